export { freeze, type NewFreeze, type Verified, verifyFreeze } from './freeze.ts';
export { messages as freezeMessages } from './messages/index.ts';
export {
  type Freeze,
  type FreezeRequest,
  type FrozenFigure,
  freezeById,
  freezesOf,
  frozenEvidence,
  frozenFigures,
} from './queries.ts';
export { type AskedFreeze, askFreeze, freezeJobs, freezeRequest } from './request.ts';
export {
  CAUSES,
  type Cause,
  type IndicatorVariance,
  type Moved,
  type Variance,
  type VarianceCell,
  variance,
} from './variance.ts';

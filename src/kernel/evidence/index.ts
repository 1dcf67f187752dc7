export { applyRecord, evidenceFollows, type Rebuilt, rebuild } from './apply.ts';
export { type Moment, REPORTED, type RowChoice, type RowCondition } from './choice.ts';
export type { EvidenceDraft, Measure, MeasureDimension, MeasuredRecord, MeasuredSubject } from './measure.ts';
export { messages as evidenceMessages } from './messages/index.ts';
export {
  type Behind,
  changedMeasures,
  fingerprint,
  recordsBehind,
  replacedRoots,
  rowsAbout,
  rowsById,
  rowsOfRoot,
} from './queries.ts';
export {
  REPORTED_FORM,
  type ReportedValue,
  reported,
  reportedHandler,
  reportedXml,
} from './reported.ts';
export type { EvidenceRow } from './rows.ts';
export { type Period, type RowIds, type TallyCell, type TallyPlan, tally, tallyRows, UNKNOWN } from './tally.ts';

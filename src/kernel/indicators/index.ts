export { type Cell, cellAt, cellKey } from './cells.ts';
export {
  addIndicator,
  type NewGoal,
  type NewIndicator,
  type Redefinition,
  redefine,
  setGoal,
} from './define.ts';
export { checkDefinition, Definition, type DefinitionInput, type Dimension, measuresOf } from './definition.ts';
export { type Basis, type Evaluated, evaluate, type Grounds } from './evaluate.ts';
export { basisOf, type Figure, type FigureOptions, figure, figuresOf } from './figure.ts';
export { baselineFor, targetFor } from './goals.ts';
export { messages as indicatorMessages } from './messages/index.ts';
export {
  type Goal,
  goalsOf,
  type Indicator,
  indicatorAt,
  indicatorsOf,
  indicatorVersions,
  versionsById,
} from './queries.ts';
export { type ShownCell, suppress } from './suppress.ts';

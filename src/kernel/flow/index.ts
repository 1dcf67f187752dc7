export type { Flow, Transition } from './flow.ts';
export { messages as flowMessages } from './messages/index.ts';
export type { FlowEvent, FlowNow } from './queries.ts';
export { countStates, historyOf, overdue, possibleSteps, rebuildFlowNow, stateOf, statesOf } from './read.ts';
export { type Start, type Step, type Stepper, start, step } from './step.ts';

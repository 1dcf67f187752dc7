export {
  allowConflict,
  assign,
  assignAll,
  cancelAssignment,
  moveAssignment,
  type NewAssignment,
  reopenAssignment,
  stateConflict,
} from './assign.ts';
export type { Assignment, ConflictOfInterest } from './assignment.ts';
export { messages as assignmentsMessages } from './messages/index.ts';
export { assignment, assignmentFor, assignmentsIn, assignmentsOf, type Task } from './read.ts';

export { addProject, addResult, editProject, editResult, type ProjectGiven, type ResultGiven } from './add.ts';
export { messages as projectMessages } from './messages/index.ts';
export {
  PARTY_ROLES,
  type PartyRole,
  RESULT_LEVELS,
  type ResultLevel,
  type ResultRow,
  resultsOf,
} from './queries.ts';
export {
  isPartyOf,
  logframe,
  type Party,
  type Project,
  type ProjectFilter,
  project,
  projects,
  projectUse,
  type ResultNode,
} from './read.ts';

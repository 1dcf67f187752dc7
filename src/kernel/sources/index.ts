export {
  addSource,
  addVersion,
  comparable,
  digestOf,
  endVersion,
  type NewRow,
  type NewVersion,
  undoVersion,
} from './add.ts';
export { type Library, libraryOf, type Table, type Tables, versionAt } from './in-force.ts';
export { messages as sourceMessages } from './messages/index.ts';
export {
  rowsOf,
  type Source,
  type SourceRow,
  type SourceVersion,
  source,
  sources,
  versionsOf,
} from './queries.ts';

export { addSource, addVersion, comparable, digestOf, endVersion, type NewVersion } from './add.ts';
export { messages as sourceMessages } from './messages/index.ts';
export {
  rowsOf,
  type Source,
  type SourceRow,
  type SourceVersion,
  source,
  sources,
  versionAt,
  versionsOf,
} from './queries.ts';

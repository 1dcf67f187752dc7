export {
  addSubject,
  editSubject,
  type NewSubjectGiven,
  setPersonDetail,
} from './add.ts';
export {
  changeType,
  closeSubject,
  type Heir,
  mergeSubjects,
  renameSubject,
  reopenSubject,
  splitSubject,
} from './change.ts';
export { countSubjects, findSubjects, type SubjectSearch } from './find.ts';
export { applyImport, type RowDecision, type UndoneImport, type UseCheck, undoImport } from './import-apply.ts';
export type { ImportColumn, ImportField } from './import-columns.ts';
export { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS } from './import-file.ts';
export { placeByWords } from './import-places.ts';
export {
  type CellError,
  type DraftRow,
  type ImportDraft,
  type ImportPreview,
  previewImport,
} from './import-preview.ts';
export type { Twin } from './import-twins.ts';
export type { Likable, Likeness } from './likeness.ts';
export { messages as subjectMessages } from './messages/index.ts';
export {
  type Ancestor,
  type By,
  existsAt,
  type Follows,
  type PersonDetail,
  type Relation,
  type RelationKind,
  type Said,
  type Speaker,
  SUBJECT_KINDS,
  type Subject,
  type SubjectKind,
  today,
} from './model.ts';
export { correctName, nameSubject } from './name.ts';
export type { NameRow } from './queries.ts';
export { type FoundSubject, typesInUse } from './queries-find.ts';
export { type ImportLine, type ImportRow, importById, recentImports } from './queries-import.ts';
export { ancestorsOf, everWithin, momentsOf, type Successor } from './queries-kin.ts';
export {
  ancestors,
  canonical,
  type LikelyTwin,
  likelyDuplicates,
  personDetail,
  predecessors,
  type SubjectPage,
  subject,
  subjectPage,
  subjects,
  successors,
  typeAt,
  unite,
} from './read.ts';
export { differentFrom, endRelation, type NewFact, relate, sameAs, undoRelation } from './relate.ts';

export { exportCount, recordsForExport } from './export.ts';
export { storeAttachment } from './files.ts';
export type { ReceivedRecord, RecordHandler, RecordLinks } from './handler.ts';
export { type JudgementGiven, judge } from './judge.ts';
export { messages as recordsMessages } from './messages/index.ts';
export { partText, questionAt } from './part-text.ts';
export { drawPictures, recordJobs, type Visible, visibleFile } from './pictures.ts';
export {
  type JudgedChoice,
  type ListFilter,
  recordsById,
  recordsRelatedTo,
  recordXml,
  waitingCounts,
} from './queries.ts';
export type { ExportFilter, ReceivedBound } from './queries-export.ts';
export {
  attachmentsOf,
  conflicts,
  currentRecord,
  currentRecords,
  judgedRecords,
  listRecords,
  type RecordPage,
  rebuildRecordNow,
  record,
  setAsideList,
  versionsOf,
} from './read.ts';
export { type Incoming, type ReceiveContext, receive } from './receive.ts';
export type {
  Answers,
  Aside,
  Attachment,
  Conflict,
  Door,
  JudgedRecord,
  Judgement,
  Receipt,
  RecordDetail,
  RecordRow,
  RecordState,
  StoredAttachment,
  Verdict,
} from './record.ts';
export { resolveAside, resolveConflict } from './resolve.ts';

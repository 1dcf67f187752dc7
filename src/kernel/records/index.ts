export type { ReceivedRecord, RecordHandler, RecordLinks } from './handler.ts';

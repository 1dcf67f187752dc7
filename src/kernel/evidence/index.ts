export type { EvidenceDraft, Measure, MeasureDimension, MeasuredRecord, MeasuredSubject } from './measure.ts';

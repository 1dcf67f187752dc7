import { uuidFromName } from '../../platform/db/index.ts';
import type { EvidenceDraft, Measure, MeasuredRecord, MeasuredSubject } from './measure.ts';
import type { Span } from './timeline.ts';

/** One row of evidence: what counts, since when, until when, and on which record it stands. */
export type EvidenceRow = {
  readonly id: string;
  readonly measure: string;
  readonly recordId: string;
  readonly rootId: string;
  readonly ordinal: number;
  readonly subjectId: string | null;
  readonly quantity: number;
  readonly denominator: number | null;
  readonly occurredOn: string;
  readonly recordedAt: Date;
  readonly placeId: string | null;
  readonly activityId: string | null;
  readonly partnerId: string | null;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  readonly basis: 'counted' | 'estimated' | 'reported';
  readonly endedAt: Date | null;
  readonly endCause: 'corrected' | 'withdrawn' | null;
  readonly endedByRecord: string | null;
};

/** A version of a record in the time it counted, with what was known of its subject then. */
export type CountedSpan = {
  readonly span: Span;
  readonly record: MeasuredRecord;
  readonly subject: MeasuredSubject | null;
};

/** Every row that one record, all versions of it, gives under all measures. A pure function: this is what a rebuild repeats. */
export function rowsOf(spaceId: string, spans: readonly CountedSpan[], measures: readonly Measure[]): EvidenceRow[] {
  const rows: EvidenceRow[] = [];
  const nextOrdinal = new Map<string, number>();
  for (const { span, record, subject } of spans) {
    for (const measure of measures) {
      if (!measure.forms.includes(record.formKey)) continue;
      const counter = `${measure.key} ${record.id}`;
      for (const draft of measure.rows(record, subject)) {
        const ordinal = nextOrdinal.get(counter) ?? 0;
        nextOrdinal.set(counter, ordinal + 1);
        rows.push({ ...rowOf(spaceId, measure, record, subject, draft, ordinal), ...endOf(span) });
      }
    }
  }
  return rows;
}

function rowOf(
  spaceId: string,
  measure: Measure,
  record: MeasuredRecord,
  subject: MeasuredSubject | null,
  draft: EvidenceDraft,
  ordinal: number,
) {
  if (!Number.isFinite(draft.quantity) || !Number.isFinite(draft.denominator ?? 0))
    throw new Error(`The measure ${measure.key} gave a row of record ${record.id} that is not a number`);
  return {
    id: uuidFromName(spaceId, measure.key, record.id, ordinal),
    measure: measure.key,
    recordId: record.id,
    rootId: record.rootId,
    ordinal,
    subjectId: draft.subjectId ?? null,
    quantity: draft.quantity,
    denominator: draft.denominator ?? null,
    occurredOn: record.occurredOn,
    placeId: subject?.places[0]?.id ?? null,
    activityId: record.activityId,
    partnerId: null,
    attributes: draft.attributes ?? {},
    basis: draft.basis ?? ('counted' as const),
  };
}

function endOf(span: Span) {
  return { recordedAt: span.from, endedAt: span.until, endCause: span.cause, endedByRecord: span.endedByRecord };
}

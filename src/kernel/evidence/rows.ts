import { uuidFromName } from '../../platform/db/index.ts';
import type { Tables } from '../sources/index.ts';
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
  /** corrected: by another version of the record, or by a fact on its subject; redefined: by what is in force. */
  readonly endCause: 'corrected' | 'withdrawn' | 'redefined' | null;
  readonly endedByRecord: string | null;
};

/** What was known for the record's day since a moment: type and places of its subject, and the tables in force. */
export type State = { readonly from: Date; readonly subject: MeasuredSubject | null; readonly tables: Tables };

/** A version of a record in the time it counted, with every state of knowledge in that time; the first begins with it. */
export type CountedSpan = { readonly span: Span; readonly record: MeasuredRecord; readonly states: readonly State[] };

/** Every row that one record, all versions of it, gives under all measures. A pure function: this is what a rebuild repeats. */
export function rowsOf(spaceId: string, spans: readonly CountedSpan[], measures: readonly Measure[]): EvidenceRow[] {
  const rows: EvidenceRow[] = [];
  for (const measure of measures) {
    const nextOrdinal = new Map<string, number>();
    for (const counted of spans) {
      if (!measure.forms.includes(counted.record.formKey)) continue;
      const ordinal = nextOrdinal.get(counted.record.id) ?? 0;
      const found = rowsIn(spaceId, counted, measure, ordinal);
      nextOrdinal.set(counted.record.id, ordinal + found.length);
      rows.push(...found);
    }
  }
  return rows;
}

/** The rows of one measure in one span. Where more became known, rows that say the same go on, others end and new ones begin. */
function rowsIn(
  spaceId: string,
  { span, record, states }: CountedSpan,
  measure: Measure,
  firstOrdinal: number,
): EvidenceRow[] {
  const ended: EvidenceRow[] = [];
  let standing: EvidenceRow[] = [];
  let ordinal = firstOrdinal;
  for (const [i, state] of states.entries()) {
    const before = states[i - 1];
    const left = [...standing];
    standing = measure.rows(record, state.subject, state.tables).map((draft) => {
      const content = contentOf(measure, record, state.subject, draft);
      const same = left.findIndex((row) => JSON.stringify(contentIn(row)) === JSON.stringify(content));
      if (same >= 0) return left.splice(same, 1)[0]!;
      const id = uuidFromName(spaceId, measure.key, record.id, ordinal);
      return rowOf(measure, record, { id, ordinal: ordinal++, recordedAt: state.from }, content);
    });
    const moved = JSON.stringify(before?.subject) !== JSON.stringify(state.subject);
    for (const row of left)
      ended.push({ ...row, endedAt: state.from, endCause: moved ? 'corrected' : 'redefined', endedByRecord: null });
  }
  const end = { endedAt: span.until, endCause: span.cause, endedByRecord: span.endedByRecord };
  return [...ended, ...standing.map((row) => ({ ...row, ...end }))].sort((a, b) => a.ordinal - b.ordinal);
}

type Content = Pick<EvidenceRow, 'subjectId' | 'quantity' | 'denominator' | 'placeId' | 'attributes' | 'basis'>;

const contentIn = ({ subjectId, quantity, denominator, placeId, attributes, basis }: Content): Content => ({
  subjectId,
  quantity,
  denominator,
  placeId,
  attributes,
  basis,
});

function contentOf(
  measure: Measure,
  record: MeasuredRecord,
  subject: MeasuredSubject | null,
  draft: EvidenceDraft,
): Content {
  if (!Number.isFinite(draft.quantity) || !Number.isFinite(draft.denominator ?? 0))
    throw new Error(`The measure ${measure.key} gave a row of record ${record.id} that is not a number`);
  return contentIn({
    subjectId: draft.subjectId ?? null,
    quantity: draft.quantity,
    denominator: draft.denominator ?? null,
    placeId: subject?.places[0]?.id ?? null,
    attributes: draft.attributes ?? {},
    basis: draft.basis ?? 'counted',
  });
}

function rowOf(
  measure: Measure,
  record: MeasuredRecord,
  own: Pick<EvidenceRow, 'id' | 'ordinal' | 'recordedAt'>,
  content: Content,
): EvidenceRow {
  return {
    ...own,
    ...content,
    measure: measure.key,
    recordId: record.id,
    rootId: record.rootId,
    occurredOn: record.occurredOn,
    activityId: record.activityId,
    partnerId: null,
    ...{ endedAt: null, endCause: null, endedByRecord: null },
  };
}

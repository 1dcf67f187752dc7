import type { Db } from '../../platform/db/index.ts';
import { type JudgedRecord, judgedRecords, record, versionsOf } from '../records/index.ts';
import { ancestorsOf, subjects } from '../subjects/index.ts';
import type { MeasuredRecord, MeasuredSubject } from './measure.ts';
import type { CountedSpan } from './rows.ts';
import { spansOf } from './timeline.ts';

/** All versions of one record with every word on them. */
export type History = { readonly rootId: string; readonly versions: readonly JudgedRecord[] };

/** The history that a record, whichever version, belongs to; null for a record that the space does not have. */
export async function historyOf(db: Db, spaceId: string, recordId: string): Promise<History | null> {
  const found = await record(db, spaceId, recordId);
  if (!found) return null;
  const versions: JudgedRecord[] = [];
  for (const { id } of await versionsOf(db, spaceId, found.rootId)) {
    const version = id === recordId ? found : await record(db, spaceId, id);
    if (version) versions.push(version);
  }
  return { rootId: found.rootId, versions };
}

/** All histories that were ever judged, a page at a time. */
export async function* histories(db: Db, spaceId: string): AsyncGenerator<readonly History[]> {
  for await (const page of judgedRecords(db, spaceId)) yield grouped(page);
}

function grouped(records: readonly JudgedRecord[]): History[] {
  const byRoot = new Map<string, JudgedRecord[]>();
  for (const record of records) {
    const versions = byRoot.get(record.rootId);
    if (versions) versions.push(record);
    else byRoot.set(record.rootId, [record]);
  }
  return [...byRoot].map(([rootId, versions]) => ({ rootId, versions }));
}

/** By root: when each version counted, with what a measure may see of it and of its subject on the day it happened. */
export async function countedSpans(
  db: Db,
  spaceId: string,
  given: readonly History[],
): Promise<ReadonlyMap<string, readonly CountedSpan[]>> {
  const counted = given.map(({ rootId, versions }) => ({
    rootId,
    spans: spansOf(versions.flatMap((version) => version.judgements)),
    records: new Map(versions.map((version) => [version.id, measured(version)])),
  }));
  const wanted = counted.flatMap(({ spans, records }) =>
    spans.flatMap(({ recordId }) =>
      records.get(recordId)?.subjectId ? [records.get(recordId) as MeasuredRecord] : [],
    ),
  );
  const known = await surroundings(db, spaceId, wanted);
  return new Map(
    counted.map(({ rootId, spans, records }) => [
      rootId,
      spans.flatMap((span) => {
        const record = records.get(span.recordId);
        return record ? [{ span, record, subject: known.get(nameOf(record)) ?? null }] : [];
      }),
    ]),
  );
}

/** A record without a day of its own happened on the day it came in, in the country's time. */
function measured(record: JudgedRecord): MeasuredRecord {
  const { id, rootId, formKey, formVersion, activityId, subjectId, relatesTo, answers } = record;
  const received = new Date(record.receivedAt.getTime() + 6 * 3_600_000).toISOString().slice(0, 10);
  return {
    ...{ id, rootId, formKey, formVersion, activityId, subjectId, relatesTo, answers },
    occurredOn: record.occurredOn ?? received,
  };
}

const nameOf = (record: MeasuredRecord): string => `${record.occurredOn} ${record.subjectId}`;

/** Type and places of each record's subject on its day, asked for once per day. */
async function surroundings(
  db: Db,
  spaceId: string,
  records: readonly MeasuredRecord[],
): Promise<ReadonlyMap<string, MeasuredSubject>> {
  const byDay = new Map<string, Set<string>>();
  for (const { occurredOn, subjectId } of records) {
    const ids = byDay.get(occurredOn) ?? new Set();
    if (subjectId) ids.add(subjectId);
    byDay.set(occurredOn, ids);
  }
  const found = new Map<string, MeasuredSubject>();
  for (const [day, ids] of byDay) {
    const there = await subjects(db, spaceId, [...ids], day);
    const above = await ancestorsOf(db, spaceId, [...ids], day);
    for (const { id, type } of there.values()) {
      const places = (above.get(id) ?? []).map((place) => ({ id: place.id, type: place.type }));
      found.set(`${day} ${id}`, { id, type, places });
    }
  }
  return found;
}

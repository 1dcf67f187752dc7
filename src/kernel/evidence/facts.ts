import type { Db } from '../../platform/db/index.ts';
import { countryDay } from '../../platform/i18n/index.ts';
import { type JudgedChoice, type JudgedRecord, judgedRecords, record, versionsOf } from '../records/index.ts';
import { type Library, libraryOf } from '../sources/index.ts';
import { ancestorsOf, momentsOf, subjects } from '../subjects/index.ts';
import type { Measure, MeasuredRecord, MeasuredSubject } from './measure.ts';
import type { CountedSpan } from './rows.ts';
import { type Span, spansOf } from './timeline.ts';

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

/** All histories that were ever judged, or those of a choice, a page at a time. */
export async function* histories(db: Db, spaceId: string, only: JudgedChoice = {}): AsyncGenerator<readonly History[]> {
  for await (const page of judgedRecords(db, spaceId, 500, only)) yield grouped(page);
}

/** The sources by which the measures count, with their whole history. */
export async function sourcesOf(db: Db, spaceId: string, measures: readonly Measure[]): Promise<Library> {
  return await libraryOf(db, spaceId, [...new Set(measures.flatMap((measure) => measure.sources ?? []))]);
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

/**
 * By root: when each version counted, with what a measure may see beside it. What is known for a record's day changes when somebody
 * states a fact later, or takes one back: a span carries every state of knowledge in its time, so that what was known at an earlier
 * moment can be drawn again from what is known today.
 */
export async function countedSpans(
  db: Db,
  spaceId: string,
  given: readonly History[],
  library: Library,
): Promise<ReadonlyMap<string, readonly CountedSpan[]>> {
  const counted = given.flatMap(({ rootId, versions }) => {
    const records = new Map(versions.map((version) => [version.id, measured(version)]));
    return spansOf(versions.flatMap((version) => version.judgements)).flatMap((span) => {
      const record = records.get(span.recordId);
      return record ? [{ rootId, span, record }] : [];
    });
  });
  const subjectIds = new Set(counted.flatMap(({ record }) => record.subjectId ?? []));
  const stated = await momentsOf(db, spaceId, [...subjectIds]);
  const cut = counted.map((one) => {
    const facts = stated.get(one.record.subjectId ?? '') ?? [];
    return {
      ...one,
      moments: momentsIn(one.span, [facts, library.moments]).map((at) => ({ at, known: lastUntil(facts, at) })),
    };
  });
  const around = await surroundings(db, spaceId, cut);
  const byRoot = new Map<string, CountedSpan[]>();
  for (const { rootId, span, record, moments } of cut) {
    const states = moments.map(({ at, known }) => ({
      from: at,
      subject: around.get(nameOf(record, known)) ?? null,
      tables: library.at(record.occurredOn, at),
    }));
    byRoot.set(rootId, [...(byRoot.get(rootId) ?? []), { span, record, states }]);
  }
  return byRoot;
}

/** The beginning of the span and every moment inside it at which more became known. */
function momentsIn(span: Span, lists: readonly (readonly Date[])[]): readonly Date[] {
  const from = span.from.getTime();
  const until = span.until?.getTime() ?? Number.POSITIVE_INFINITY;
  const inside = lists.flatMap((list) => list.map((at) => at.getTime()).filter((at) => at > from && at < until));
  return [...new Set([from, ...inside])].sort((a, b) => a - b).map((at) => new Date(at));
}

/** The last of the moments, in their order, that had come at `at`; the beginning of time before the first. */
function lastUntil(moments: readonly Date[], at: Date): Date {
  return moments.findLast((moment) => moment <= at) ?? new Date(0);
}

/** A record without a day of its own happened on the day it came in, in the country's time. */
function measured(record: JudgedRecord): MeasuredRecord {
  const { id, rootId, formKey, formVersion, activityId, subjectId, relatesTo, answers } = record;
  const received = countryDay(record.receivedAt);
  return {
    ...{ id, rootId, formKey, formVersion, activityId, subjectId, relatesTo, answers },
    occurredOn: record.occurredOn ?? received,
  };
}

const nameOf = (record: MeasuredRecord, known: Date): string =>
  `${record.occurredOn} ${known.getTime()} ${record.subjectId}`;

/** Type and places of each record's subject for its day, asked for once per day and state of knowledge. */
async function surroundings(
  db: Db,
  spaceId: string,
  wanted: readonly { readonly record: MeasuredRecord; readonly moments: readonly { readonly known: Date }[] }[],
): Promise<ReadonlyMap<string, MeasuredSubject>> {
  const questions = new Map<string, { day: string; known: Date; ids: Set<string> }>();
  for (const { record, moments } of wanted)
    for (const { known } of record.subjectId ? moments : []) {
      const name = `${record.occurredOn} ${known.getTime()}`;
      const question = questions.get(name) ?? { day: record.occurredOn, known, ids: new Set() };
      question.ids.add(record.subjectId as string);
      questions.set(name, question);
    }
  const found = new Map<string, MeasuredSubject>();
  for (const [name, { day, known, ids }] of questions) {
    const there = await subjects(db, spaceId, [...ids], day, known);
    const above = await ancestorsOf(db, spaceId, [...ids], day, known);
    for (const { id, type } of there.values()) {
      const places = (above.get(id) ?? []).map((place) => ({ id: place.id, type: place.type }));
      found.set(`${name} ${id}`, { id, type, places });
    }
  }
  return found;
}

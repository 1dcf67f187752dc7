import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/problem.ts';
import type { EvidenceRow } from './rows.ts';

const ROW = `id, measure, record_id as "recordId", root_id as "rootId", ordinal, subject_id as "subjectId", quantity, denominator,
  occurred_on as "occurredOn", recorded_at as "recordedAt", place_id as "placeId", activity_id as "activityId",
  partner_id as "partnerId", attributes, basis, ended_at as "endedAt", end_cause as "endCause", ended_by_record as "endedByRecord"`;
const CONTENT = `measure, record_id, root_id, ordinal, subject_id, quantity, denominator, occurred_on, recorded_at, place_id,
  activity_id, partner_id, attributes, basis, ended_at, end_cause, ended_by_record`;

/** Writers of single records work side by side; who draws many anew, because of a fact on which they stand, works alone. */
export async function lockSpace(tx: Db, spaceId: string, how: 'with others' | 'alone'): Promise<void> {
  const name = `evidence ${spaceId}`;
  // A large space may be drawn anew for a while. Who waits holds a connection, and a dozen of them would hold up every page.
  await tx`select set_config('lock_timeout', '5s', true)`;
  try {
    if (how === 'alone') await tx`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
    else await tx`select pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`;
  } catch (error) {
    throw (error as { code?: unknown }).code === LOCK_NOT_AVAILABLE ? new Problem(503, 'evidence.busy') : error;
  }
  await tx`select set_config('lock_timeout', '0', true)`;
}

/** PostgreSQL's word for a lock that did not come in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Holds back every other writer of one record's evidence until the transaction ends. */
export async function lockRoot(tx: Db, spaceId: string, rootId: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`evidence ${spaceId} ${rootId}`}, 0))`;
}

/** Makes the stored rows of the records equal to `rows`; rows that are right already are not touched. Returns how many changed. */
export async function putRows(
  tx: Db,
  spaceId: string,
  rootIds: readonly string[],
  rows: readonly EvidenceRow[],
): Promise<number> {
  const gone =
    await tx`delete from evidence where space_id = ${spaceId} and root_id = any(${rootIds as string[]}::uuid[])
    and id <> all(${rows.map((row) => row.id)}::uuid[])`;
  return gone.count + (await insertRows(tx, spaceId, rows));
}

/** Writes rows, several thousand in one statement. */
export async function insertRows(tx: Db, spaceId: string, rows: readonly EvidenceRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const written = await tx`insert into evidence as e (space_id, id, ${tx.unsafe(CONTENT)})
    select ${spaceId}, id, ${tx.unsafe(CONTENT)} from jsonb_to_recordset(${tx.json(rows.map(asColumns) as never)}) as r (
      id uuid, measure text, record_id uuid, root_id uuid, ordinal int, subject_id uuid, quantity numeric, denominator numeric,
      occurred_on date, recorded_at timestamptz, place_id uuid, activity_id uuid, partner_id uuid, attributes jsonb, basis text,
      ended_at timestamptz, end_cause text, ended_by_record uuid)
    on conflict (space_id, id) do update set (${tx.unsafe(CONTENT)}) = row (excluded.measure, excluded.record_id, excluded.root_id,
      excluded.ordinal, excluded.subject_id, excluded.quantity, excluded.denominator, excluded.occurred_on, excluded.recorded_at,
      excluded.place_id, excluded.activity_id, excluded.partner_id, excluded.attributes, excluded.basis, excluded.ended_at,
      excluded.end_cause, excluded.ended_by_record)
    where e is distinct from excluded`;
  return written.count;
}

function asColumns(row: EvidenceRow) {
  return {
    id: row.id,
    measure: row.measure,
    record_id: row.recordId,
    root_id: row.rootId,
    ordinal: row.ordinal,
    subject_id: row.subjectId,
    quantity: row.quantity,
    denominator: row.denominator,
    occurred_on: row.occurredOn,
    recorded_at: row.recordedAt,
    place_id: row.placeId,
    activity_id: row.activityId,
    partner_id: row.partnerId,
    attributes: row.attributes,
    basis: row.basis,
    ended_at: row.endedAt,
    end_cause: row.endCause,
    ended_by_record: row.endedByRecord,
  };
}

export async function deleteAll(tx: Db, spaceId: string): Promise<void> {
  await tx`delete from evidence where space_id = ${spaceId}`;
}

/** Count and fingerprint of all rows of a space, every column of them. */
export async function fingerprint(db: Db, spaceId: string): Promise<{ rows: number; digest: string }> {
  const [found] = await db<{ rows: number; digest: string }[]>`
    select count(*)::int as rows, encode(sha256(coalesce(string_agg(md5(e::text), '' order by id), '')::bytea), 'hex') as digest
    from evidence e where space_id = ${spaceId}`;
  return found!;
}

/** Rows by id, in the order in which things happened. */
export async function rowsById(db: Db, spaceId: string, ids: readonly string[]): Promise<readonly EvidenceRow[]> {
  return await db<EvidenceRow[]>`select ${db.unsafe(ROW)} from evidence
    where space_id = ${spaceId} and id = any(${ids as string[]}::uuid[]) order by occurred_on, id`;
}

/** All rows that one record, any version of it, ever gave. */
export async function rowsOfRoot(db: Db, spaceId: string, rootId: string): Promise<readonly EvidenceRow[]> {
  return await db<EvidenceRow[]>`select ${db.unsafe(ROW)} from evidence
    where space_id = ${spaceId} and root_id = ${rootId} order by recorded_at, measure, ordinal`;
}

/** Records by what happened between two moments to rows of theirs that stood at the first; none is in both lists. */
export type Replaced = { readonly corrected: readonly string[]; readonly redefined: readonly string[] };

/**
 * Records whose rows stood at `from` and were replaced by `to`, so that what they have now is not late: corrected by another version or
 * by a fact on their subject, else redefined by what is in force. What was withdrawn is in neither.
 */
export async function replacedRoots(db: Db, spaceId: string, from: Date, to: Date): Promise<Replaced> {
  const rows = await db<{ id: string; causes: string[] }[]>`select root_id as id,
      array_agg(distinct end_cause) filter (where ended_at > ${from} and ended_at <= ${to}) as causes
    from evidence where space_id = ${spaceId} and root_id in (select root_id from evidence where space_id = ${spaceId}
      and recorded_at <= ${from} and ended_at > ${from} and ended_at <= ${to})
    group by root_id`;
  const roots = (meant: (causes: readonly string[]) => boolean) =>
    rows.filter((row) => meant(row.causes)).map((row) => row.id);
  return {
    corrected: roots((causes) => causes.includes('corrected')),
    redefined: roots((causes) => causes.join() === 'redefined'),
  };
}

/** Which measures had rows that came or went between two moments: the others cannot have changed by that. */
export async function changedMeasures(db: Db, spaceId: string, from: Date, to: Date): Promise<ReadonlySet<string>> {
  const rows = await db<{ measure: string }[]>`select distinct measure from evidence where space_id = ${spaceId}
    and (recorded_at > ${from} and recorded_at <= ${to} or ended_at > ${from} and ended_at <= ${to})`;
  return new Set(rows.map((row) => row.measure));
}

/** Which of the rows are about one of the subjects. */
export async function rowsAbout(
  db: Db,
  spaceId: string,
  ids: readonly string[],
  subjectIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await db<{ id: string }[]>`select id from evidence where space_id = ${spaceId}
    and id = any(${ids as string[]}::uuid[]) and subject_id = any(${subjectIds as string[]}::uuid[]) order by id`;
  return rows.map((row) => row.id);
}

/** One record behind a value: how many of the rows it gave, and their sum. */
export type Behind = {
  recordId: string;
  measure: string;
  /** 'YYYY-MM-DD'. */
  occurredOn: string;
  rows: number;
  quantity: number;
};

/** The records that rows stand on, the latest happening first, a page at a time. */
export async function recordsBehind(
  db: Db,
  spaceId: string,
  ids: readonly string[],
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly all: number; readonly records: readonly Behind[] }> {
  const records = await db<(Behind & { all: number })[]>`select record_id as "recordId", min(measure) as measure,
      min(occurred_on) as "occurredOn", count(*)::int as rows, sum(quantity) as quantity, (count(*) over ())::int as all
    from evidence where space_id = ${spaceId} and id = any(${ids as string[]}::uuid[])
    group by record_id order by min(occurred_on) desc, record_id limit ${page.limit} offset ${page.offset}`;
  return { all: records[0]?.all ?? 0, records };
}

import type { Db } from '../../platform/db/index.ts';
import type {
  Aside,
  Attachment,
  Conflict,
  JudgedRecord,
  Judgement,
  RecordDetail,
  RecordRow,
  Verdict,
} from './record.ts';

const ROW = `r.id, r.form_id as "formId", r.form_key as "formKey", r.form_version as "formVersion",
  r.form_version_id as "formVersionId", r.activity_id as "activityId", r.assignment_id as "assignmentId",
  r.subject_id as "subjectId", r.author_id as "authorId", r.device_id as "deviceId", r.door, r.root_id as "rootId", r.supersedes,
  r.relates_to as "relatesTo", r.relates_as as "relatesAs", r.occurred_on as "occurredOn", r.captured_at as "capturedAt",
  r.clock_off as "clockOff", r.received_at as "receivedAt", n.verdict, n.aside, n.conflict, n.incomplete,
  exists (select 1 from record s where s.space_id = r.space_id and s.supersedes = r.id offset 0) as superseded`;
export const DETAIL = `${ROW}, r.answers`;
export const JOINED = 'record_now n join record r on r.space_id = n.space_id and r.id = n.record_id';
// The offset keeps it a look-up per row: as a join it would read every record before the first one is shown.
export const NOT_SUPERSEDED =
  'not exists (select 1 from record s where s.space_id = r.space_id and s.supersedes = r.id offset 0)';
const JUDGEMENT = 'id, record_id as "recordId", verdict, by_id as "byId", at, reason';
const ATTACHMENT = `record_id as "recordId", name, sha256, bytes, media_type as "mediaType", display_sha256 as "displaySha256",
  received_at as "receivedAt"`;
const ASIDE = `id, record_id as "recordId", key, details, parts, at, resolved_at as "resolvedAt", resolved_by as "resolvedBy",
  resolution, reason`;
const CONFLICT = `id, record_id as "recordId", xml, author_id as "authorId", received_at as "receivedAt", files,
  resolved_at as "resolvedAt", resolved_by as "resolvedBy", resolution`;

export async function recordById(db: Db, spaceId: string, recordId: string): Promise<RecordDetail | undefined> {
  const [found] = await db<RecordDetail[]>`select ${db.unsafe(DETAIL)} from ${db.unsafe(JOINED)}
    where r.space_id = ${spaceId} and r.id = ${recordId}`;
  return found;
}

export async function recordsById(
  db: Db,
  spaceId: string,
  recordIds: readonly string[],
): Promise<readonly RecordDetail[]> {
  return await db<RecordDetail[]>`select ${db.unsafe(DETAIL)} from ${db.unsafe(JOINED)}
    where r.space_id = ${spaceId} and r.id = any(${recordIds as string[]}::uuid[])`;
}

export async function recordsOfRoot(db: Db, spaceId: string, rootId: string): Promise<readonly RecordDetail[]> {
  return await db<RecordDetail[]>`select ${db.unsafe(DETAIL)} from ${db.unsafe(JOINED)}
    where r.space_id = ${spaceId} and r.root_id = ${rootId} order by r.received_at, r.id`;
}

export async function recordsRelatedTo(db: Db, spaceId: string, recordId: string): Promise<readonly RecordDetail[]> {
  return await db<RecordDetail[]>`select ${db.unsafe(DETAIL)} from ${db.unsafe(JOINED)}
    where r.space_id = ${spaceId} and r.relates_to = ${recordId} order by r.received_at, r.id`;
}

/** The records of assignments that no later record corrects and nobody rejected or withdrew, oldest first. */
export async function standingRecords(
  db: Db,
  spaceId: string,
  assignmentIds: readonly string[],
): Promise<readonly RecordRow[]> {
  return await db<RecordRow[]>`select ${db.unsafe(ROW)} from ${db.unsafe(JOINED)}
    where r.space_id = ${spaceId} and r.assignment_id = any(${assignmentIds as string[]}::uuid[])
      and n.verdict not in ('rejected', 'withdrawn') and ${db.unsafe(NOT_SUPERSEDED)}
    order by r.received_at, r.id`;
}

/** The whole document as it came in. */
export async function recordXml(db: Db, spaceId: string, recordId: string): Promise<string | null> {
  const [found] = await db<{ xml: string }[]>`select xml from record where space_id = ${spaceId} and id = ${recordId}`;
  return found?.xml ?? null;
}

export type ListFilter = {
  readonly formId?: string;
  readonly formKey?: string;
  readonly activityId?: string;
  readonly assignmentId?: string;
  /** Any of these subjects. An empty list finds nothing. */
  readonly subjectIds?: readonly string[];
  readonly authorId?: string;
  /** What a person searched for: about one of these subjects, or sent by one of these accounts. */
  readonly anyOf?: { readonly subjectIds: readonly string[]; readonly authorIds: readonly string[] };
  /** A verdict, or one of the things that wait for a person; without it all but corrected records. */
  readonly state?: Verdict | 'aside' | 'conflict' | 'incomplete' | 'superseded';
  /** Days of the happening, 'YYYY-MM-DD', both included. */
  readonly from?: string;
  readonly to?: string;
  /** What a person typed: the beginnings of words of the subject's names, folded. */
  readonly text?: string;
};
export type ListPlace = { readonly receivedAt: Date; readonly id: string };

/** Latest first, from after a place on. Every filter is one index or a check on few rows. */
export async function listRows(
  db: Db,
  spaceId: string,
  filter: ListFilter,
  after: ListPlace | null,
  limit: number,
): Promise<readonly RecordRow[]> {
  const { state } = filter;
  const verdict =
    state === 'waiting' ||
    state === 'accepted' ||
    state === 'returned' ||
    state === 'rejected' ||
    state === 'withdrawn';
  // The order is read from the index of the table that the filter is on. Days of long ago are found and ordered first, and only
  // the rows that come onto the page are looked up: the offset keeps the two apart.
  const days = Boolean(filter.from ?? filter.to);
  const ofDays = db`(select id, received_at from record where space_id = ${spaceId}
    ${filter.from ? db`and occurred_on >= ${filter.from}` : db``} ${filter.to ? db`and occurred_on <= ${filter.to}` : db``}
    order by received_at desc, id desc offset 0) d
    join lateral (select * from record where space_id = ${spaceId} and id = d.id offset 0) r on true
    join lateral (select * from record_now where space_id = r.space_id and record_id = r.id offset 0) n on true`;
  const own = Boolean(filter.activityId ?? filter.authorId) && state === undefined;
  const [time, id] = days
    ? [db`d.received_at`, db`d.id`]
    : own
      ? [db`r.received_at`, db`r.id`]
      : [db`n.received_at`, db`n.record_id`];
  return await db<RecordRow[]>`select ${db.unsafe(ROW)} from ${days ? ofDays : db.unsafe(JOINED)}
    where n.space_id = ${spaceId} and r.space_id = ${spaceId}
    ${state === 'superseded' ? db.unsafe(`and not ${NOT_SUPERSEDED}`) : db.unsafe(`and ${NOT_SUPERSEDED}`)}
    ${verdict ? db`and n.verdict = ${state}` : db``}
    ${state === 'aside' ? db`and n.aside` : db``}
    ${state === 'conflict' ? db`and n.conflict` : db``}
    ${state === 'incomplete' ? db`and n.incomplete` : db``}
    ${filter.formId ? db`and n.form_id = ${filter.formId}` : db``}
    ${filter.formKey ? db`and r.form_key = ${filter.formKey}` : db``}
    ${filter.activityId ? db`and r.activity_id = ${filter.activityId}` : db``}
    ${filter.assignmentId ? db`and r.assignment_id = ${filter.assignmentId}` : db``}
    ${filter.subjectIds ? db`and r.subject_id = any(${filter.subjectIds as string[]}::uuid[])` : db``}
    ${filter.authorId ? db`and r.author_id = ${filter.authorId}` : db``}
    ${
      filter.anyOf
        ? db`and (r.subject_id = any(${filter.anyOf.subjectIds as string[]}::uuid[])
            or r.author_id = any(${filter.anyOf.authorIds as string[]}::uuid[]))`
        : db``
    }
    ${after ? db`and (${time}, ${id}) < (${after.receivedAt}, ${after.id})` : db``}
    order by ${time} desc, ${id} desc limit ${limit}`;
}

/** How many records wait in each way; what the office's home shows. */
export async function waitingCounts(
  db: Db,
  spaceId: string,
): Promise<{ waiting: number; aside: number; conflict: number; incomplete: number }> {
  const [counts] = await db<{ waiting: number; aside: number; conflict: number; incomplete: number }[]>`select
    (select count(*)::int from record_now where space_id = ${spaceId} and verdict = 'waiting') as waiting,
    (select count(*)::int from record_now where space_id = ${spaceId} and aside) as aside,
    (select count(*)::int from record_now where space_id = ${spaceId} and conflict) as conflict,
    (select count(*)::int from record_now where space_id = ${spaceId} and incomplete) as incomplete`;
  return counts!;
}

export async function judgementRows(
  db: Db,
  spaceId: string,
  recordIds: readonly string[],
): Promise<readonly Judgement[]> {
  return await db<Judgement[]>`select ${db.unsafe(JUDGEMENT)} from record_judgement
    where space_id = ${spaceId} and record_id = any(${recordIds as string[]}::uuid[]) order by at, id`;
}

/** Which chains are meant, by any of their versions: about one of the subjects, by one of the forms. */
export type JudgedChoice = { readonly subjectIds?: readonly string[]; readonly formKeys?: readonly string[] };

/** Chains of corrections that were ever judged, by root, a page at a time: what a rebuild of evidence walks through. */
export async function judgedPage(
  db: Db,
  spaceId: string,
  afterRoot: string | null,
  limit: number,
  only: JudgedChoice,
): Promise<readonly JudgedRecord[]> {
  const meant = db`${only.subjectIds ? db`and r.subject_id = any(${only.subjectIds as string[]}::uuid[])` : db``}
    ${only.formKeys ? db`and r.form_key = any(${only.formKeys as string[]})` : db``}`;
  const rows = await db<JudgedRecord[]>`
    with roots as (
      select distinct r.root_id from record r
      where r.space_id = ${spaceId} and (${afterRoot}::uuid is null or r.root_id > ${afterRoot}::uuid)
        and exists (select 1 from record v join record_judgement j on j.space_id = v.space_id and j.record_id = v.id
          where v.space_id = r.space_id and v.root_id = r.root_id) ${meant}
      order by r.root_id limit ${limit})
    select ${db.unsafe(DETAIL)}, '[]'::jsonb as judgements from ${db.unsafe(JOINED)}
    where r.space_id = ${spaceId} and r.root_id in (select root_id from roots)
    order by r.root_id, r.received_at, r.id`;
  const judgements = new Map<string, Judgement[]>();
  for (const one of await judgementRows(
    db,
    spaceId,
    rows.map((row) => row.id),
  )) {
    const list = judgements.get(one.recordId);
    if (list) list.push(one);
    else judgements.set(one.recordId, [one]);
  }
  return rows.map((row) => ({ ...row, judgements: judgements.get(row.id) ?? [] }));
}

export async function attachmentRows(db: Db, spaceId: string, recordId: string): Promise<readonly Attachment[]> {
  return await db<Attachment[]>`select ${db.unsafe(ATTACHMENT)} from record_attachment
    where space_id = ${spaceId} and record_id = ${recordId} order by name`;
}

/** Reasons to look at a record, oldest first; of one record, or of all that are open. */
export async function asideRows(db: Db, spaceId: string, recordId: string | null): Promise<readonly Aside[]> {
  return await db<Aside[]>`select ${db.unsafe(ASIDE)} from record_aside where space_id = ${spaceId}
    ${recordId ? db`and record_id = ${recordId}` : db`and resolved_at is null`} order by at, id limit 500`;
}

export async function asideById(db: Db, spaceId: string, asideId: string): Promise<Aside | undefined> {
  const [found] = await db<Aside[]>`select ${db.unsafe(ASIDE)} from record_aside
    where space_id = ${spaceId} and id = ${asideId} for update`;
  return found;
}

/** Second contents, oldest first; of one record, or of all that are open. */
export async function conflictRows(db: Db, spaceId: string, recordId: string | null): Promise<readonly Conflict[]> {
  return await db<Conflict[]>`select ${db.unsafe(CONFLICT)} from record_conflict where space_id = ${spaceId}
    ${recordId ? db`and record_id = ${recordId}` : db`and resolved_at is null`} order by received_at, id limit 500`;
}

export async function conflictById(db: Db, spaceId: string, conflictId: string): Promise<Conflict | undefined> {
  const [found] = await db<Conflict[]>`select ${db.unsafe(CONFLICT)} from record_conflict
    where space_id = ${spaceId} and id = ${conflictId} for update`;
  return found;
}

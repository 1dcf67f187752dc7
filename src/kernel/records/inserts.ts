import { type AuditLine, auditFrom } from '../../platform/audit/index.ts';
import { type Db, type Fragment, type Tx, uuidv7 } from '../../platform/db/index.ts';
import { holdFrom } from '../../platform/files/index.ts';
import { enqueueFrom } from '../../platform/jobs/index.ts';
import type { ProblemPart } from '../../platform/problem.ts';
import { isPicture, PICTURE_JOB } from './media.ts';
import type { Answers, Door, Judgement, StoredAttachment } from './record.ts';

export type NewRecord = {
  readonly spaceId: string;
  readonly id: string;
  readonly formId: string;
  readonly formKey: string;
  readonly formVersionId: string | null;
  readonly formVersion: string;
  readonly activityId: string | null;
  readonly assignmentId: string | null;
  readonly subjectId: string | null;
  readonly authorId: string | null;
  readonly deviceId: string | null;
  readonly door: Door;
  readonly rootId: string;
  readonly supersedes: string | null;
  readonly relatesTo: string | null;
  readonly relatesAs: 'answers' | 'judges' | null;
  readonly answers: Answers;
  readonly xml: string;
  readonly xmlSha256: string;
  readonly occurredOn: string | null;
  readonly capturedAt: Date | null;
  readonly clockOff: boolean;
  readonly receivedAt: Date;
};

/** A Problem as a row: why the record waits for a person. */
export type NewAside = {
  readonly key: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly parts: readonly ProblemPart[];
};

export type NewAttachment = { readonly name: string; readonly stored: StoredAttachment | null };

/** A record with all that is kept with it. */
export type WholeRecord = {
  readonly record: NewRecord;
  readonly asides: readonly NewAside[];
  /** Files that came with it, and names of those that did not. */
  readonly files: readonly StoredAttachment[];
  readonly missing: readonly string[];
  readonly line: AuditLine;
};

/**
 * Writes the record, its state, its files' names, its asides, the pictures to be made and the audit line in one statement: all of
 * it, or nothing when the id stands already. @returns whether it was written
 */
export async function insertRecord(db: Db, whole: WholeRecord): Promise<boolean> {
  const { record: r, asides, files, missing } = whole;
  const written = await db`
    with fresh as (
      insert into record (space_id, id, form_id, form_key, form_version_id, form_version, activity_id, assignment_id, subject_id,
        author_id, device_id, door, root_id, supersedes, relates_to, relates_as, answers, xml, xml_sha256, occurred_on, captured_at,
        clock_off, received_at)
      values (${r.spaceId}, ${r.id}, ${r.formId}, ${r.formKey}, ${r.formVersionId}, ${r.formVersion}, ${r.activityId},
        ${r.assignmentId}, ${r.subjectId}, ${r.authorId}, ${r.deviceId}, ${r.door}, ${r.rootId}, ${r.supersedes}, ${r.relatesTo},
        ${r.relatesAs}, ${db.json(r.answers as never)}, ${r.xml}, ${r.xmlSha256}, ${r.occurredOn}, ${r.capturedAt}, ${r.clockOff},
        ${r.receivedAt})
      on conflict (space_id, id) do nothing
      returning space_id, id, form_id, received_at)
    ${files.length + missing.length > 0 ? db`, attached as (${attachmentsFrom(db, files, missing)})` : db``}
    ${files.length > 0 ? db`, held as (${holdFrom(db, r.spaceId, files, 'fresh')})` : db``}
    ${picturesFrom(db, r, files)}
    ${asides.length > 0 ? db`, set_aside as (${asidesFrom(db, asides)})` : db``}
    , audited as (${auditFrom(db, whole.line, 'fresh')})
    insert into record_now (space_id, record_id, form_id, received_at, aside, incomplete)
    select space_id, id, form_id, received_at, ${asides.length > 0}, ${missing.length > 0} from fresh returning 1`;
  return written.length === 1;
}

function attachmentsFrom(db: Db, files: readonly StoredAttachment[], missing: readonly string[]): Fragment {
  const rows = [...files, ...missing.map((name) => ({ name, sha256: null, bytes: null, mediaType: null }))];
  return db`insert into record_attachment (space_id, record_id, name, sha256, bytes, media_type, received_at)
    select distinct on (name) fresh.space_id, fresh.id, name, sha256, bytes, media_type, case when sha256 is null then null else fresh.received_at end
    from fresh, unnest(${rows.map((row) => row.name)}::text[], ${rows.map((row) => row.sha256)}::text[],
      ${rows.map((row) => row.bytes)}::bigint[], ${rows.map((row) => row.mediaType)}::text[]) as given (name, sha256, bytes, media_type)`;
}

function asidesFrom(db: Db, asides: readonly NewAside[]): Fragment {
  const rows = asides.map((aside) => ({ ...aside, id: uuidv7() }));
  return db`insert into record_aside (space_id, id, record_id, key, details, parts, at)
    select fresh.space_id, a.id, fresh.id, a.key, a.details, a.parts, fresh.received_at
    from fresh, jsonb_to_recordset(${db.json(rows as never)}::jsonb) as a (id uuid, key text, details jsonb, parts jsonb)`;
}

function picturesFrom(db: Db, record: NewRecord, files: readonly StoredAttachment[]): Fragment {
  const jobs = files
    .filter((file) => isPicture(file.mediaType))
    .map((file) => ({ recordId: record.id, name: file.name, sha256: file.sha256 }));
  return jobs.length > 0 ? db`, pictures as (${enqueueFrom(db, record.spaceId, PICTURE_JOB, jobs, 'fresh')})` : db``;
}

/** What stands under an id. */
export async function standing(
  db: Db,
  spaceId: string,
  recordId: string,
): Promise<
  { xmlSha256: string; receivedAt: Date; authorId: string | null; rootId: string; formId: string } | undefined
> {
  const [row] = await db<
    { xmlSha256: string; receivedAt: Date; authorId: string | null; rootId: string; formId: string }[]
  >`select xml_sha256 as "xmlSha256", received_at as "receivedAt", author_id as "authorId", root_id as "rootId",
      form_id as "formId" from record where space_id = ${spaceId} and id = ${recordId}`;
  return row;
}

/** Records that wait for one another by id follow one another; the lock ends with the transaction. */
export async function lockRecords(tx: Db, spaceId: string, recordIds: readonly string[]): Promise<void> {
  for (const id of [...recordIds].sort())
    await tx`select pg_advisory_xact_lock(hashtextextended(${`${spaceId}/${id}`}, 4202))`;
}

/** Other records that correct the same one. */
export async function correctionsOf(db: Db, spaceId: string, recordId: string): Promise<readonly string[]> {
  const rows = await db<
    { id: string }[]
  >`select id from record where space_id = ${spaceId} and supersedes = ${recordId}`;
  return rows.map((row) => row.id);
}

/** A record that came after its own corrections hands them its root. */
export async function moveRoot(tx: Db, spaceId: string, from: string, to: string): Promise<void> {
  await tx`update record set root_id = ${to} where space_id = ${spaceId} and root_id = ${from} and id <> ${to}`;
}

export async function insertAsides(
  tx: Db,
  spaceId: string,
  recordId: string,
  asides: readonly NewAside[],
  at: Date,
): Promise<void> {
  for (const aside of asides)
    await tx`insert into record_aside (space_id, id, record_id, key, details, parts, at)
      values (${spaceId}, ${uuidv7()}, ${recordId}, ${aside.key}, ${tx.json(aside.details as never)},
        ${tx.json(aside.parts as never)}, ${at})`;
}

/** Names the files; bytes that are here fill a row that waits, and never replace others. */
export async function putAttachments(
  tx: Db,
  spaceId: string,
  recordId: string,
  attachments: readonly NewAttachment[],
  at: Date,
): Promise<readonly StoredAttachment[]> {
  if (attachments.length === 0) return [];
  const names = attachments.map((one) => one.name);
  const hashes = attachments.map((one) => one.stored?.sha256 ?? null);
  const sizes = attachments.map((one) => one.stored?.bytes ?? null);
  const types = attachments.map((one) => one.stored?.mediaType ?? null);
  return await tx<StoredAttachment[]>`
    insert into record_attachment as a (space_id, record_id, name, sha256, bytes, media_type, received_at)
    select distinct on (name) ${spaceId}::uuid, ${recordId}::uuid, name, sha256, bytes, media_type, case when sha256 is null then null else ${at}::timestamptz end
    from unnest(${names}::text[], ${hashes}::text[], ${sizes}::bigint[], ${types}::text[]) as given (name, sha256, bytes, media_type)
    on conflict (space_id, record_id, name) do update
      set sha256 = excluded.sha256, bytes = excluded.bytes, media_type = excluded.media_type, received_at = excluded.received_at
      where a.sha256 is null and excluded.sha256 is not null
    returning name, sha256, bytes, media_type as "mediaType"`;
}

/** Names of files that are not here yet. */
export async function missingFiles(db: Db, spaceId: string, recordId: string): Promise<readonly string[]> {
  const rows = await db<{ name: string }[]>`select name from record_attachment
    where space_id = ${spaceId} and record_id = ${recordId} and sha256 is null order by name`;
  return rows.map((row) => row.name);
}

/** Keeps the second content of an id; the same one again is the same row. False when it stands already. */
export async function insertConflict(
  tx: Db,
  conflict: {
    spaceId: string;
    recordId: string;
    xml: string;
    xmlSha256: string;
    authorId: string | null;
    files: readonly StoredAttachment[];
    at: Date;
  },
): Promise<boolean> {
  const written =
    await tx`insert into record_conflict (space_id, id, record_id, xml, xml_sha256, author_id, files, received_at)
    values (${conflict.spaceId}, ${uuidv7()}, ${conflict.recordId}, ${conflict.xml}, ${conflict.xmlSha256}, ${conflict.authorId},
      ${tx.json(conflict.files as never)}, ${conflict.at})
    on conflict (space_id, record_id, xml_sha256) do update
      set files = (select coalesce(jsonb_agg(distinct f), '[]') from jsonb_array_elements(record_conflict.files || excluded.files) f)
    returning (xmax = 0) as fresh`;
  return written[0]?.fresh === true;
}

export async function insertJudgement(tx: Db, spaceId: string, judgement: Judgement): Promise<void> {
  const j = judgement;
  await tx`insert into record_judgement (space_id, id, record_id, verdict, by_id, at, reason)
    values (${spaceId}, ${j.id}, ${j.recordId}, ${j.verdict}, ${j.byId}, ${j.at}, ${j.reason})`;
}

export async function closeAside(
  tx: Db,
  spaceId: string,
  asideId: string,
  given: { resolution: string; by: string; reason: string | null; at: Date },
): Promise<void> {
  await tx`update record_aside set resolved_at = ${given.at}, resolved_by = ${given.by}, resolution = ${given.resolution},
      reason = ${given.reason} where space_id = ${spaceId} and id = ${asideId}`;
}

export async function closeConflict(
  tx: Db,
  spaceId: string,
  conflictId: string,
  given: { resolution: string; by: string; at: Date },
): Promise<void> {
  await tx`update record_conflict set resolved_at = ${given.at}, resolved_by = ${given.by}, resolution = ${given.resolution}
    where space_id = ${spaceId} and id = ${conflictId}`;
}

/** Keeps the state row until the transaction ends, so that two judgements of one record follow each other. */
export async function lockState(tx: Db, spaceId: string, recordId: string): Promise<boolean> {
  const rows = await tx`select 1 from record_now where space_id = ${spaceId} and record_id = ${recordId} for update`;
  return rows.length === 1;
}

const STATE = `
  coalesce((select j.verdict from record_judgement j where j.space_id = r.space_id and j.record_id = r.id
    order by j.at desc, j.id desc limit 1), 'waiting'),
  exists (select 1 from record_aside a where a.space_id = r.space_id and a.record_id = r.id and a.resolved_at is null),
  exists (select 1 from record_conflict c where c.space_id = r.space_id and c.record_id = r.id and c.resolved_at is null),
  exists (select 1 from record_attachment f where f.space_id = r.space_id and f.record_id = r.id and f.sha256 is null)`;

/** Works the state of one record out again from what was said and sent. */
export async function refreshState(tx: Db, spaceId: string, recordId: string): Promise<void> {
  await tx`update record_now n set (verdict, aside, conflict, incomplete) = (select ${tx.unsafe(STATE)})
    from record r where r.space_id = ${spaceId} and r.id = ${recordId} and n.space_id = r.space_id and n.record_id = r.id`;
}

/** Writes `record_now` of a space again from everything that it is derived from; gives the number of records. */
export async function rewriteStates(tx: Tx, spaceId: string): Promise<number> {
  await tx`delete from record_now where space_id = ${spaceId}`;
  const rows =
    await tx`insert into record_now (space_id, record_id, form_id, received_at, verdict, aside, conflict, incomplete)
    select r.space_id, r.id, r.form_id, r.received_at, ${tx.unsafe(STATE)} from record r where r.space_id = ${spaceId}`;
  return rows.count;
}

export async function setDisplay(
  db: Db,
  spaceId: string,
  recordId: string,
  name: string,
  sha256: string,
  display: string,
): Promise<void> {
  await db`update record_attachment set display_sha256 = ${display}
    where space_id = ${spaceId} and record_id = ${recordId} and name = ${name} and sha256 = ${sha256}`;
}

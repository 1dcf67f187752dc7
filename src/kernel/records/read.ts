import { type Db, transaction } from '../../platform/db/index.ts';
import { Problem } from '../../platform/problem.ts';
import { findSubjects } from '../subjects/index.ts';
import { rewriteStates } from './inserts.ts';
import {
  asideRows,
  attachmentRows,
  conflictRows,
  type JudgedChoice,
  judgedPage,
  judgementRows,
  type ListFilter,
  type ListPlace,
  listRows,
  recordById,
  recordsOfRoot,
  standingRecords,
} from './queries.ts';
import type { Aside, Attachment, Conflict, JudgedRecord, RecordDetail, RecordRow } from './record.ts';

/** One record with its answers and all that was said of it; null when the space has none of this id. */
export async function record(db: Db, spaceId: string, recordId: string): Promise<JudgedRecord | null> {
  const found = await recordById(db, spaceId, recordId);
  return found ? { ...found, judgements: await judgementRows(db, spaceId, [recordId]) } : null;
}

/** A record and its corrections, oldest first. */
export async function versionsOf(db: Db, spaceId: string, rootId: string): Promise<readonly RecordDetail[]> {
  return await recordsOfRoot(db, spaceId, rootId);
}

/** The record that an assignment stands on now: neither corrected nor rejected nor withdrawn; of several, the last to come. */
export async function currentRecord(db: Db, spaceId: string, assignmentId: string): Promise<RecordRow | null> {
  return (await currentRecords(db, spaceId, [assignmentId])).get(assignmentId) ?? null;
}

/** The same for many assignments, by assignment; those without a record are absent. */
export async function currentRecords(
  db: Db,
  spaceId: string,
  assignmentIds: readonly string[],
): Promise<ReadonlyMap<string, RecordRow>> {
  if (assignmentIds.length === 0) return new Map();
  const rows = await standingRecords(db, spaceId, assignmentIds);
  return new Map(rows.map((row) => [row.assignmentId ?? '', row]));
}

export type RecordPage = {
  readonly rows: readonly RecordRow[];
  /** Give it back to see what follows; null at the end. */
  readonly next: string | null;
};

/**
 * Records, latest first. @param cursor `next` of the page before, or null
 * @throws Problem 400 records.wrongCursor
 */
export async function listRecords(
  db: Db,
  spaceId: string,
  filter: ListFilter,
  cursor: string | null = null,
  limit = 50,
): Promise<RecordPage> {
  const subjectIds = await subjectsMeant(db, spaceId, filter);
  if (subjectIds?.length === 0) return { rows: [], next: null };
  const wanted = subjectIds ? { ...filter, subjectIds } : filter;
  const rows = await listRows(db, spaceId, wanted, cursor === null ? null : placeOf(cursor), limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit), next: last ? `${last.receivedAt.getTime()}.${last.id}` : null };
}

/** The subjects whose names begin so, among those that the filter names; a search means the first two hundred. */
async function subjectsMeant(db: Db, spaceId: string, filter: ListFilter): Promise<readonly string[] | undefined> {
  const { text, subjectIds } = filter;
  if (!text?.trim()) return subjectIds;
  const search = { text, ended: true, limit: 200, ...(subjectIds ? { ids: subjectIds } : {}) };
  return (await findSubjects(db, spaceId, search)).rows.map((row) => row.id);
}

function placeOf(cursor: string): ListPlace {
  const [, time, id] = /^(\d{1,14})\.([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (!time || !id || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    throw new Problem(400, 'records.wrongCursor');
  return { receivedAt: new Date(Number(time)), id };
}

/**
 * Every chain of corrections that was ever judged, a page of records at a time: what a rebuild of evidence walks through. With a choice,
 * those chains of which a version is about one of the subjects, or came by one of the forms.
 */
export async function* judgedRecords(
  db: Db,
  spaceId: string,
  roots = 500,
  only: JudgedChoice = {},
): AsyncGenerator<readonly JudgedRecord[]> {
  let after: string | null = null;
  for (;;) {
    const page: readonly JudgedRecord[] = await judgedPage(db, spaceId, after, roots, only);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.rootId;
  }
}

/** The files that a record names or that came with it. */
export async function attachmentsOf(db: Db, spaceId: string, recordId: string): Promise<readonly Attachment[]> {
  return await attachmentRows(db, spaceId, recordId);
}

/** Why records wait for a person, oldest first: all that are open, or every one of a record. */
export async function setAsideList(db: Db, spaceId: string, recordId?: string): Promise<readonly Aside[]> {
  return await asideRows(db, spaceId, recordId ?? null);
}

/** Ids under which two contents came, oldest first: all that are open, or every one of a record. */
export async function conflicts(db: Db, spaceId: string, recordId?: string): Promise<readonly Conflict[]> {
  return await conflictRows(db, spaceId, recordId ?? null);
}

/** Writes `record_now` of a space again; gives the number of records. */
export async function rebuildRecordNow(db: Db, spaceId: string): Promise<number> {
  return await transaction(db, (tx) => rewriteStates(tx, spaceId));
}

import { createHash } from 'node:crypto';
import { audit } from '../../platform/audit/index.ts';
import { type Db, isUniqueViolation, transaction, uuidv7 } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import type { By, Speaker } from '../subjects/index.ts';
import {
  insertRows,
  insertSource,
  insertVersion,
  lockSource,
  markUndone,
  type SourceRow,
  type SourceVersion,
  setValidTo,
  source,
  sourceOfVersion,
  versionsOf,
} from './queries.ts';

/** Enters a source, still without a version. @returns its id @throws Problem 409 sources.keyTaken; 422 sources.badKey */
export async function addSource(db: Db, by: By, given: { key: string; kind: string; title: Text3 }): Promise<string> {
  if (!/^[a-z0-9][a-z0-9._-]{0,79}$/.test(given.key))
    throw new Problem(422, 'sources.badKey', {}, [{ at: 'key', key: 'sources.badKey' }]);
  const id = uuidv7();
  try {
    return await transaction(db, async (tx) => {
      await insertSource(tx, by.spaceId, { id, ...given });
      await line(tx, by, 'source.add', id, { key: given.key });
      return id;
    });
  } catch (error) {
    if (isUniqueViolation(error))
      throw new Problem(409, 'sources.keyTaken', { key: given.key }, [
        { at: 'key', key: 'sources.keyTaken', details: { key: given.key } },
      ]);
    throw error;
  }
}

export type NewVersion = {
  /** The source's key or id. */
  readonly source: string;
  readonly version: string;
  /** First and last day in force; without a last day it holds until the next version begins. */
  readonly validFrom: string;
  readonly validTo?: string | null;
  readonly note?: Text3;
  /** In their order. */
  readonly rows: readonly NewRow[];
};

/** A row before it has its place; a text has no numbers. */
export type NewRow = Omit<SourceRow, 'ordinal' | 'numbers'> & Partial<Pick<SourceRow, 'numbers'>>;

/**
 * Adds a version with its rows. One in force without a stated end gives way; an overlap with stated ends, or a day on which another
 * version begins, is refused, so that on a day at most one version holds. What was judged by the source is judged anew at once
 * where that changes anything.
 * @throws Problem 404; 409 sources.versionTaken; 422 sources.overlap, sources.datesTurned, sources.noRows, sources.rowTwice
 */
export async function addVersion(db: Db, by: Speaker, given: NewVersion): Promise<{ id: string; sha256: string }> {
  if (given.validTo && given.validTo < given.validFrom)
    throw new Problem(422, 'sources.datesTurned', {}, [{ at: 'validTo', key: 'sources.datesTurned' }]);
  if (given.rows.length === 0) throw new Problem(422, 'sources.noRows');
  const keys = new Set<string>();
  for (const { rowKey } of given.rows) {
    if (keys.has(rowKey)) throw new Problem(422, 'sources.rowTwice', { row: rowKey });
    keys.add(rowKey);
  }
  const rows = given.rows.map((row, ordinal) => ({ numbers: {}, ...row, ordinal }));
  const id = uuidv7();
  const sha256 = digestOf(rows);
  return await transaction(db, async (tx) => {
    const of = await source(tx, by.spaceId, given.source);
    if (!of) throw notFound(given.source);
    await lockSource(tx, by.spaceId, of.id);
    const before = await versionsOf(tx, by.spaceId, of.id);
    if (before.some((one) => one.version === given.version))
      throw new Problem(409, 'sources.versionTaken', { version: given.version }, [
        { at: 'version', key: 'sources.versionTaken', details: { version: given.version } },
      ]);
    const gaveWay = demandRoom(
      before.filter((one) => one.undoneAt === null),
      given,
    );
    await insertVersion(tx, by.spaceId, {
      id,
      sourceId: of.id,
      version: given.version,
      validFrom: given.validFrom,
      validTo: given.validTo ?? null,
      sha256,
      note: given.note ?? {},
      addedAt: by.at ?? new Date(),
      addedBy: by.accountId,
    });
    await insertRows(tx, by.spaceId, id, rows);
    await line(tx, by, 'source.addVersion', of.id, { version: given.version, rows: rows.length, sha256, gaveWay });
    await by.follows(tx, by.spaceId, { source: of.key });
    return { id, sha256 };
  });
}

/** Whether the new version finds room between those that stand. @returns the version that gives way to it */
function demandRoom(live: readonly SourceVersion[], given: NewVersion): string | null {
  const { validFrom, validTo } = given;
  const before = live.find((one) => one.validFrom <= validFrom);
  const next = live.findLast((one) => one.validFrom > validFrom);
  const inTheWay =
    before && (before.validFrom === validFrom || (before.statedTo !== null && before.statedTo >= validFrom))
      ? before
      : next && validTo && validTo >= next.validFrom
        ? next
        : null;
  if (inTheWay)
    throw new Problem(422, 'sources.overlap', { version: inTheWay.version }, [
      { at: 'validFrom', key: 'sources.overlapHere' },
    ]);
  return before && (before.validTo === null || before.validTo >= validFrom) ? before.version : null;
}

/** Says on which day a version was last in force, as when an act is repealed. What was judged by it stays. @throws Problem 404; 422 sources.datesTurned; 409 sources.endedAlready */
export async function endVersion(
  db: Db,
  by: Speaker,
  given: { versionId: string; on: string; reason?: string | null },
): Promise<void> {
  await transaction(db, async (tx) => {
    const version = await lockVersion(tx, by.spaceId, given.versionId);
    if (version.undoneAt) throw new Problem(409, 'sources.undoneAlready');
    if (version.validTo !== null) throw new Problem(409, 'sources.endedAlready', { day: version.validTo });
    if (given.on < version.validFrom)
      throw new Problem(422, 'sources.datesTurned', {}, [{ at: 'on', key: 'sources.datesTurned' }]);
    await setValidTo(tx, by.spaceId, version.id, { on: given.on, at: by.at ?? new Date(), by: by.accountId });
    await line(tx, by, 'source.endVersion', version.sourceId, {
      version: version.version,
      on: given.on,
      reason: given.reason ?? null,
    });
    await by.follows(tx, by.spaceId, { source: version.sourceKey });
  });
}

/**
 * Takes a version back: it stays on file, and what held before it holds again. Reports of an earlier moment still know it.
 * @throws Problem 404; 409 sources.undoneAlready
 */
export async function undoVersion(
  db: Db,
  by: Speaker,
  given: { versionId: string; reason?: string | null },
): Promise<void> {
  await transaction(db, async (tx) => {
    const version = await lockVersion(tx, by.spaceId, given.versionId);
    const undone = { at: by.at ?? new Date(), by: by.accountId, reason: given.reason ?? null };
    if (!(await markUndone(tx, by.spaceId, version.id, undone))) throw new Problem(409, 'sources.undoneAlready');
    await line(tx, by, 'source.undoVersion', version.sourceId, { version: version.version, reason: undone.reason });
    await by.follows(tx, by.spaceId, { source: version.sourceKey });
  });
}

/** A version with its source held for this transaction. @throws Problem 404 */
async function lockVersion(tx: Db, spaceId: string, versionId: string): Promise<SourceVersion> {
  const sourceId = await sourceOfVersion(tx, spaceId, versionId);
  if (!sourceId) throw notFound(versionId);
  await lockSource(tx, spaceId, sourceId);
  return (await versionsOf(tx, spaceId, sourceId)).find((one) => one.id === versionId)!;
}

/** Whether the verdicts on two rows may be compared: their makers declared that they mean the same. */
export function comparable(a: Pick<SourceRow, 'meaning'>, b: Pick<SourceRow, 'meaning'>): boolean {
  return a.meaning !== null && a.meaning === b.meaning;
}

/** The SHA-256 of the rows as JSON with sorted keys: the same rows give the same digest whoever writes them. */
export function digestOf(rows: readonly SourceRow[]): string {
  return createHash('sha256').update(canonicalJson(rows)).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

async function line(tx: Db, by: By, action: string, id: string, details: Record<string, unknown>): Promise<void> {
  await audit(tx, { spaceId: by.spaceId, actorId: by.accountId, action, thingKind: 'source', thingId: id, details });
}

import { createHash } from 'node:crypto';
import { audit } from '../../platform/audit/index.ts';
import { type Db, isUniqueViolation, transaction, uuidv7 } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { type By, dayBefore } from '../subjects/index.ts';
import {
  insertRows,
  insertSource,
  insertVersion,
  lockSource,
  type SourceRow,
  type SourceVersion,
  setValidTo,
  source,
  sourceVersion,
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
  /** First and last day in force. */
  readonly validFrom: string;
  readonly validTo?: string | null;
  readonly note?: Text3;
  /** In their order. */
  readonly rows: readonly Omit<SourceRow, 'ordinal'>[];
};

/**
 * Adds a version with its rows. One in force without an end gives way the day before; any other overlap is refused, so that on a day at
 * most one version holds.
 * @throws Problem 404; 409 sources.versionTaken; 422 sources.overlap, sources.datesTurned, sources.noRows, sources.rowTwice
 */
export async function addVersion(db: Db, by: By, given: NewVersion): Promise<{ id: string; sha256: string }> {
  if (given.validTo && given.validTo < given.validFrom)
    throw new Problem(422, 'sources.datesTurned', {}, [{ at: 'validTo', key: 'sources.datesTurned' }]);
  if (given.rows.length === 0) throw new Problem(422, 'sources.noRows');
  const keys = new Set<string>();
  for (const { rowKey } of given.rows) {
    if (keys.has(rowKey)) throw new Problem(422, 'sources.rowTwice', { row: rowKey });
    keys.add(rowKey);
  }
  const rows = given.rows.map((row, ordinal) => ({ ...row, ordinal }));
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
    const gaveWay = await giveWay(tx, by, before, given);
    await insertVersion(tx, by.spaceId, {
      id,
      sourceId: of.id,
      version: given.version,
      validFrom: given.validFrom,
      validTo: given.validTo ?? null,
      sha256,
      note: given.note ?? {},
      addedBy: by.accountId,
    });
    await insertRows(tx, by.spaceId, id, rows);
    await line(tx, by, 'source.addVersion', of.id, { version: given.version, rows: rows.length, sha256, gaveWay });
    return { id, sha256 };
  });
}

async function giveWay(tx: Db, by: By, before: readonly SourceVersion[], given: NewVersion): Promise<string | null> {
  const meets = before.filter((one) => overlap(one, given));
  const open = meets.find((one) => one.validTo === null && one.validFrom < given.validFrom);
  if (meets.length > (open ? 1 : 0))
    throw new Problem(422, 'sources.overlap', { version: (meets.find((one) => one !== open) ?? meets[0])!.version }, [
      { at: 'validFrom', key: 'sources.overlapHere' },
    ]);
  if (!open) return null;
  await setValidTo(tx, by.spaceId, open.id, dayBefore(given.validFrom));
  return open.version;
}

/** Whether two spans of days share a day; a null end is open. */
function overlap(
  a: { validFrom: string; validTo?: string | null },
  b: { validFrom: string; validTo?: string | null },
): boolean {
  return a.validFrom <= (b.validTo ?? '9999') && b.validFrom <= (a.validTo ?? '9999');
}

/** Says on which day a version was last in force, as when an act is repealed. What was judged by it stays. @throws Problem 404; 422 sources.datesTurned; 409 sources.endedAlready */
export async function endVersion(
  db: Db,
  by: By,
  given: { versionId: string; on: string; reason?: string | null },
): Promise<void> {
  await transaction(db, async (tx) => {
    const version = await sourceVersion(tx, by.spaceId, given.versionId);
    if (!version) throw notFound(given.versionId);
    await lockSource(tx, by.spaceId, version.sourceId);
    if (version.validTo !== null) throw new Problem(409, 'sources.endedAlready', { day: version.validTo });
    if (given.on < version.validFrom)
      throw new Problem(422, 'sources.datesTurned', {}, [{ at: 'on', key: 'sources.datesTurned' }]);
    await setValidTo(tx, by.spaceId, version.id, given.on);
    await line(tx, by, 'source.endVersion', version.sourceId, {
      version: version.version,
      on: given.on,
      reason: given.reason ?? null,
    });
  });
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

import type { Db } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';

export type Source = { id: string; key: string; kind: string; title: Text3; createdAt: Date };
export type SourceVersion = {
  id: string;
  sourceId: string;
  sourceKey: string;
  version: string;
  /** 'YYYY-MM-DD'; both ends included, an open end is null. A version without a stated end holds until the next one begins. */
  validFrom: string;
  validTo: string | null;
  /** The last day as somebody stated it, and since when that is known. */
  statedTo: string | null;
  statedToAt: Date | null;
  /** Over the rows as canonical JSON. */
  sha256: string;
  note: Text3;
  addedAt: Date;
  addedBy: string | null;
  /** Set once it was taken back: it stays on file and holds on no day. */
  undoneAt: Date | null;
  undoneBy: string | null;
};
export type SourceRow = {
  rowKey: string;
  ordinal: number;
  title: Text3;
  text: Text3;
  /** Rows of two versions with the same meaning may be compared; null: not declared the same as anything. */
  meaning: string | null;
  /** Of a table: its numbers by name, {met: 18, partly: 16}. */
  numbers: Readonly<Record<string, number>>;
};

const SOURCE = 'id, key, kind, title, created_at as "createdAt"';
const VERSION = `v.id, v.source_id as "sourceId", s.key as "sourceKey", v.version, v.valid_from as "validFrom",
  least(v.valid_to, case when v.undone_at is null then lead(v.valid_from) over live - 1 end) as "validTo", v.valid_to as "statedTo",
  v.valid_to_at as "statedToAt", v.sha256, v.note, v.added_at as "addedAt", v.added_by as "addedBy", v.undone_at as "undoneAt",
  v.undone_by as "undoneBy"`;
const LIVE = 'live as (partition by v.source_id, v.undone_at is null order by v.valid_from)';

export async function insertSource(
  tx: Db,
  spaceId: string,
  row: { id: string; key: string; kind: string; title: Text3 },
): Promise<void> {
  await tx`insert into source (space_id, id, key, kind, title)
    values (${spaceId}, ${row.id}, ${row.key}, ${row.kind}, ${tx.json(row.title)})`;
}

/** All sources of the space, by key. */
export async function sources(db: Db, spaceId: string): Promise<Source[]> {
  return await db<Source[]>`select ${db.unsafe(SOURCE)} from source where space_id = ${spaceId} order by key`;
}

/** By its key or id; null for none. */
export async function source(db: Db, spaceId: string, keyOrId: string): Promise<Source | null> {
  const [row] = await db<Source[]>`select ${db.unsafe(SOURCE)} from source
    where space_id = ${spaceId} and (key = ${keyOrId} or id::text = ${keyOrId})`;
  return row ?? null;
}

/** Holds the source for this transaction, so that two versions cannot be added beside each other. */
export async function lockSource(tx: Db, spaceId: string, id: string): Promise<void> {
  await tx`select 1 from source where space_id = ${spaceId} and id = ${id} for update`;
}

export async function insertVersion(
  tx: Db,
  spaceId: string,
  row: {
    id: string;
    sourceId: string;
    version: string;
    validFrom: string;
    validTo: string | null;
    sha256: string;
    note: Text3;
    addedAt: Date;
    addedBy: string | null;
  },
): Promise<void> {
  const end = row.validTo ? { at: row.addedAt, by: row.addedBy } : { at: null, by: null };
  await tx`insert into source_version (space_id, id, source_id, version, valid_from, valid_to, valid_to_at, valid_to_by, sha256, note,
      added_at, added_by)
    values (${spaceId}, ${row.id}, ${row.sourceId}, ${row.version}, ${row.validFrom}, ${row.validTo}, ${end.at}, ${end.by},
      ${row.sha256}, ${tx.json(row.note)}, ${row.addedAt}, ${row.addedBy})`;
}

export async function insertRows(
  tx: Db,
  spaceId: string,
  versionId: string,
  rows: readonly SourceRow[],
): Promise<void> {
  await tx`insert into source_row (space_id, version_id, row_key, ordinal, title, text, meaning, numbers)
    select ${spaceId}, ${versionId}, r."rowKey", r.ordinal, r.title, r.text, r.meaning, r.numbers
    from jsonb_to_recordset(${tx.json(rows as never)}) as r("rowKey" text, ordinal int, title jsonb, text jsonb, meaning text,
      numbers jsonb)`;
}

/** All versions of the sources, those taken back too, the newest in force first. */
export async function versionsOf(db: Db, spaceId: string, ...sourceIds: readonly string[]): Promise<SourceVersion[]> {
  return await db<SourceVersion[]>`select ${db.unsafe(VERSION)} from source_version v
    join source s on s.space_id = v.space_id and s.id = v.source_id
    where v.space_id = ${spaceId} and v.source_id = any(${sourceIds as string[]}::uuid[])
    window ${db.unsafe(LIVE)} order by v.valid_from desc, v.added_at desc`;
}

/** The source that a version belongs to; null for a version that the space does not have. */
export async function sourceOfVersion(db: Db, spaceId: string, versionId: string): Promise<string | null> {
  const [row] = await db<{ id: string }[]>`select source_id as id from source_version
    where space_id = ${spaceId} and id = ${versionId}`;
  return row?.id ?? null;
}

/** The rows of a version in their order. */
export async function rowsOf(db: Db, spaceId: string, versionId: string): Promise<SourceRow[]> {
  return await db<SourceRow[]>`select row_key as "rowKey", ordinal, title, text, meaning, numbers from source_row
    where space_id = ${spaceId} and version_id = ${versionId} order by ordinal, row_key`;
}

/** The rows of several versions, by version. */
export async function rowsOfAll(
  db: Db,
  spaceId: string,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly SourceRow[]>> {
  const rows = await db<
    (SourceRow & { versionId: string })[]
  >`select version_id as "versionId", row_key as "rowKey", ordinal, title,
      text, meaning, numbers from source_row
    where space_id = ${spaceId} and version_id = any(${versionIds as string[]}::uuid[]) order by ordinal, row_key`;
  const map = new Map<string, SourceRow[]>();
  for (const { versionId, ...row } of rows) map.set(versionId, [...(map.get(versionId) ?? []), row]);
  return map;
}

/** States the last day of a version. */
export async function setValidTo(
  tx: Db,
  spaceId: string,
  versionId: string,
  end: { readonly on: string; readonly at: Date; readonly by: string | null },
): Promise<void> {
  await tx`update source_version set valid_to = ${end.on}, valid_to_at = ${end.at}, valid_to_by = ${end.by}
    where space_id = ${spaceId} and id = ${versionId}`;
}

/** @returns whether it stood until now */
export async function markUndone(
  tx: Db,
  spaceId: string,
  versionId: string,
  undone: { readonly at: Date; readonly by: string | null; readonly reason: string | null },
): Promise<boolean> {
  const done = await tx`update source_version set undone_at = ${undone.at}, undone_by = ${undone.by},
    undone_reason = ${undone.reason} where space_id = ${spaceId} and id = ${versionId} and undone_at is null`;
  return done.count === 1;
}

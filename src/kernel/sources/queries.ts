import type { Db } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';

export type Source = { id: string; key: string; kind: string; title: Text3; createdAt: Date };
export type SourceVersion = {
  id: string;
  sourceId: string;
  sourceKey: string;
  version: string;
  /** 'YYYY-MM-DD'; both ends included, an open end is null. */
  validFrom: string;
  validTo: string | null;
  /** Over the rows as canonical JSON. */
  sha256: string;
  note: Text3;
  addedAt: Date;
  addedBy: string | null;
};
export type SourceRow = {
  rowKey: string;
  ordinal: number;
  title: Text3;
  text: Text3;
  /** Rows of two versions with the same meaning may be compared; null: not declared the same as anything. */
  meaning: string | null;
};

const SOURCE = 'id, key, kind, title, created_at as "createdAt"';
const VERSION = `v.id, v.source_id as "sourceId", s.key as "sourceKey", v.version, v.valid_from as "validFrom",
  v.valid_to as "validTo", v.sha256, v.note, v.added_at as "addedAt", v.added_by as "addedBy"`;

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
    addedBy: string | null;
  },
): Promise<void> {
  await tx`insert into source_version (space_id, id, source_id, version, valid_from, valid_to, sha256, note, added_by)
    values (${spaceId}, ${row.id}, ${row.sourceId}, ${row.version}, ${row.validFrom}, ${row.validTo}, ${row.sha256},
      ${tx.json(row.note)}, ${row.addedBy})`;
}

export async function insertRows(
  tx: Db,
  spaceId: string,
  versionId: string,
  rows: readonly SourceRow[],
): Promise<void> {
  await tx`insert into source_row (space_id, version_id, row_key, ordinal, title, text, meaning)
    select ${spaceId}, ${versionId}, r."rowKey", r.ordinal, r.title, r.text, r.meaning
    from jsonb_to_recordset(${tx.json(rows as never)}) as r("rowKey" text, ordinal int, title jsonb, text jsonb, meaning text)`;
}

/** All versions of a source, the newest in force first. */
export async function versionsOf(db: Db, spaceId: string, sourceId: string): Promise<SourceVersion[]> {
  return await db<SourceVersion[]>`select ${db.unsafe(VERSION)} from source_version v
    join source s on s.space_id = v.space_id and s.id = v.source_id
    where v.space_id = ${spaceId} and v.source_id = ${sourceId} order by v.valid_from desc`;
}

/** The version of the source that was in force on the day; null before the first, after the last and in a gap. */
export async function versionAt(db: Db, spaceId: string, key: string, day: string): Promise<SourceVersion | null> {
  const [row] = await db<SourceVersion[]>`select ${db.unsafe(VERSION)} from source_version v
    join source s on s.space_id = v.space_id and s.id = v.source_id
    where v.space_id = ${spaceId} and s.key = ${key}
      and v.valid_from <= ${day}::date and coalesce(v.valid_to, 'infinity') >= ${day}::date`;
  return row ?? null;
}

export async function sourceVersion(db: Db, spaceId: string, id: string): Promise<SourceVersion | null> {
  const [row] = await db<SourceVersion[]>`select ${db.unsafe(VERSION)} from source_version v
    join source s on s.space_id = v.space_id and s.id = v.source_id where v.space_id = ${spaceId} and v.id = ${id}`;
  return row ?? null;
}

/** The rows of a version in their order. */
export async function rowsOf(db: Db, spaceId: string, versionId: string): Promise<SourceRow[]> {
  return await db<SourceRow[]>`select row_key as "rowKey", ordinal, title, text, meaning from source_row
    where space_id = ${spaceId} and version_id = ${versionId} order by ordinal, row_key`;
}

export async function setValidTo(tx: Db, spaceId: string, versionId: string, day: string): Promise<void> {
  await tx`update source_version set valid_to = ${day} where space_id = ${spaceId} and id = ${versionId}`;
}

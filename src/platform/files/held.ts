import type { Db, Fragment } from '../db/index.ts';
import type { Stored } from './store.ts';

export type StoredFile = { sha256: string; bytes: number; mediaType: string; createdAt: Date };

/** Notes in the caller's transaction that the space holds these bytes; holding them twice is holding them once. */
export async function holdFile(tx: Db, spaceId: string, stored: Stored, mediaType: string): Promise<void> {
  await tx`insert into stored_file (space_id, sha256, bytes, media_type)
    values (${spaceId}, ${stored.sha256}, ${stored.bytes}, ${mediaType}) on conflict do nothing`;
}

/** The same for many files as a part of the caller's statement, if `source` has a row. In one order, so that two senders never wait for each other. */
export function holdFrom(
  db: Db,
  spaceId: string,
  files: readonly (Stored & { readonly mediaType: string })[],
  source: string,
): Fragment {
  const sorted = [...files].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  return db`insert into stored_file (space_id, sha256, bytes, media_type)
    select ${spaceId}, held.* from ${db(source)}, unnest(${sorted.map((file) => file.sha256)}::text[],
      ${sorted.map((file) => file.bytes)}::bigint[], ${sorted.map((file) => file.mediaType)}::text[]) as held
    on conflict do nothing`;
}

/** The file if this space holds it; another space's file is as absent as one that never was. */
export async function fileOf(db: Db, spaceId: string, sha256: string): Promise<StoredFile | null> {
  const [row] = await db<StoredFile[]>`select sha256, bytes, media_type as "mediaType", created_at as "createdAt"
    from stored_file where space_id = ${spaceId} and sha256 = ${sha256}`;
  return row ?? null;
}

/** The bytes that any space holds, each once, for what keeps the whole server: a backup. */
export async function heldFiles(db: Db): Promise<Stored[]> {
  const rows = await db<Stored[]>`select distinct on (sha256) sha256, bytes from stored_file order by sha256`;
  return [...rows];
}

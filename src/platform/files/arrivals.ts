import { type Sql, transaction } from '../db/index.ts';
import type { FileStore, Shelf } from './store.ts';

/** A record names its files in the same request or within minutes; a week bears any repair. */
const UNNAMED_DAYS = 7;
/** Few, because the store may be slow and who brings the same bytes waits meanwhile. */
const AT_ONCE = 50;

/**
 * A shelf on which nothing lies unknown: the arrival is noted before the bytes are placed. The note may be lost with the last moment
 * before a power cut, as the bytes' row then is too, so it does not wait for the disk.
 */
export function notedShelf(sql: Sql, shelf: Shelf): Shelf {
  return {
    ...shelf,
    place: async (file, path) => {
      await sql`with hurry as (select set_config('synchronous_commit', 'off', true))
        insert into file_arrival (sha256) select ${file.sha256} from hurry
        on conflict (sha256) do update set arrived_at = now()`;
      await shelf.place(file, path);
    },
  };
}

/**
 * Removes the bytes that no space holds although they came days ago, and forgets the notes of the others. Who brings the same bytes at
 * this moment waits at their note until they are gone, and then brings them anew: nothing is removed under a record that arrives.
 * @returns how many files were removed
 */
export async function removeUnnamed(sql: Sql, files: Pick<FileStore, 'remove'>, now: Date): Promise<number> {
  const before = new Date(now.getTime() - UNNAMED_DAYS * 86_400_000);
  let removed = 0;
  for (let taken = AT_ONCE; taken === AT_ONCE; ) {
    taken = await transaction(sql, async (tx) => {
      const old = await tx<{ sha256: string; held: boolean }[]>`
        delete from file_arrival where sha256 in (
          select sha256 from file_arrival where arrived_at < ${before} order by sha256 limit ${AT_ONCE} for update skip locked)
        returning sha256, exists (select from stored_file where stored_file.sha256 = file_arrival.sha256) as held`;
      for (const { sha256, held } of old) {
        if (held) continue;
        await files.remove(sha256);
        removed++;
      }
      return old.length;
    });
  }
  return removed;
}

import { z } from 'zod';

export const FORMAT = 'demilge-backup-1';
export const MANIFEST = 'manifest.json';
/** Holds the digest of the manifest; with it the backup is whole. */
export const SEAL = 'manifest.sha256';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);

/** What a backup says of itself: the last thing written, so that a backup without it was cut short. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  /** The migrations that had made the tables. */
  migrations: z.array(z.object({ name: z.string(), sha256 })),
  /** The digest is of the rows as text, one after another, before they are packed. */
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(z.string()), rows: count, bytes: count, sha256, parts: count }),
  ),
  files: z.object({ count, bytes: count }),
  /** Files that the database names and the store did not hold, or not whole, when the backup was made. */
  absent: z.array(sha256),
});
export type Manifest = z.infer<typeof Manifest>;

export const partName = (table: string, part: number): string =>
  `tables/${table}/${String(part).padStart(6, '0')}.copy.gz`;
export const fileName = (digest: string): string => `files/${digest.slice(0, 2)}/${digest.slice(2)}`;

/** Rows of PostgreSQL's text: a line each, with every line end inside a value written as `\n`. */
export function rowsIn(chunk: Uint8Array): number {
  let rows = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++;
  return rows;
}

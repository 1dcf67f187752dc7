import { createHash } from 'node:crypto';
import type { Db } from '../../platform/db/index.ts';
import { type FileStore, holdFile } from '../../platform/files/index.ts';
import { notFound } from '../../platform/problem.ts';
import type { FormFile } from './queries.ts';
import { fileRows, putFile, versionById } from './queries.ts';

/** Files that were uploaded for a version: pictures, sounds, tables. */
export async function formFiles(db: Db, spaceId: string, versionId: string): Promise<readonly FormFile[]> {
  return await fileRows(db, spaceId, versionId);
}

/**
 * Adds or replaces a file of a version; phones fetch it because its hash differs.
 * @throws Problem 404 platform.notFound, 413 platform.file.tooLarge
 */
export async function addFormFile(
  db: Db,
  files: FileStore,
  given: {
    readonly spaceId: string;
    readonly versionId: string;
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: AsyncIterable<Uint8Array>;
    readonly maxBytes: number;
  },
): Promise<FormFile> {
  if (!(await versionById(db, given.spaceId, given.versionId))) throw notFound('form version');
  const stored = await files.put(given.bytes, given.maxBytes);
  await holdFile(db, given.spaceId, stored, given.mediaType);
  const file = { name: given.name, sha256: stored.sha256 };
  await putFile(db, given.spaceId, given.versionId, file);
  return file;
}

/** md5 of stored bytes, which OpenRosa clients compare; kept, because bytes under a hash never change. */
export async function md5Of(files: FileStore, sha256: string): Promise<string | null> {
  const known = digests.get(sha256);
  if (known) return known;
  const bytes = await files.read(sha256);
  if (!bytes) return null;
  const hash = createHash('md5');
  for await (const chunk of bytes) hash.update(chunk as Uint8Array);
  const md5 = hash.digest('hex');
  if (digests.size > 10_000) digests.clear();
  digests.set(sha256, md5);
  return md5;
}

const digests = new Map<string, string>();

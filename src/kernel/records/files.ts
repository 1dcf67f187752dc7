import type { Tx } from '../../platform/db/index.ts';
import { type FileStore, holdFile } from '../../platform/files/index.ts';
import { enqueue } from '../../platform/jobs/index.ts';
import { Problem } from '../../platform/problem.ts';
import { insertAsides, lockState, putAttachments, refreshState } from './inserts.ts';
import { fileName, isPicture, mediaTypeOf, PICTURE_JOB } from './media.ts';
import { asideRows, attachmentRows } from './queries.ts';
import type { StoredAttachment } from './record.ts';

/**
 * Streams one file into the store, memory flat; no row knows of it until `receive` or `attach` names it.
 * @throws Problem 413 platform.file.tooLarge
 */
export async function storeAttachment(
  files: FileStore,
  given: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array>; readonly maxBytes: number },
): Promise<StoredAttachment> {
  const name = fileName(given.name);
  const stored = await files.put(given.bytes, given.maxBytes);
  return { name, sha256: stored.sha256, bytes: stored.bytes, mediaType: mediaTypeOf(name) };
}

/** Notes that the space holds the bytes and, for files of a record, asks for their pictures. */
export async function keepFiles(
  tx: Tx,
  spaceId: string,
  recordId: string | null,
  files: readonly StoredAttachment[],
): Promise<void> {
  for (const file of files) {
    await holdFile(tx, spaceId, file, file.mediaType);
    if (recordId && isPicture(file.mediaType))
      await enqueue(tx, spaceId, PICTURE_JOB, { recordId, name: file.name, sha256: file.sha256 });
  }
}

/**
 * Adds files to a record that stands. A file of the same name with other bytes does not replace the first: it is held, and the
 * record set aside once for it.
 */
export async function addFiles(
  tx: Tx,
  spaceId: string,
  recordId: string,
  files: readonly StoredAttachment[],
  at: Date,
): Promise<void> {
  if (files.length === 0) return;
  if (!(await lockState(tx, spaceId, recordId))) throw new Problem(404, 'platform.notFound', { thing: recordId });
  const filled = await putAttachments(
    tx,
    spaceId,
    recordId,
    files.map((stored) => ({ name: stored.name, stored })),
    at,
  );
  await keepFiles(tx, spaceId, recordId, filled);
  const added = new Set(filled.map((file) => file.name));
  await setAsideDiffering(
    tx,
    spaceId,
    recordId,
    files.filter((file) => !added.has(file.name)),
    at,
  );
  await refreshState(tx, spaceId, recordId);
}

async function setAsideDiffering(
  tx: Tx,
  spaceId: string,
  recordId: string,
  files: readonly StoredAttachment[],
  at: Date,
): Promise<void> {
  if (files.length === 0) return;
  const known = new Map((await attachmentRows(tx, spaceId, recordId)).map((row) => [row.name, row.sha256]));
  const told = (await asideRows(tx, spaceId, recordId)).map((aside) => aside.details.sha256);
  for (const file of files) {
    if (known.get(file.name) === file.sha256 || told.includes(file.sha256)) continue;
    await keepFiles(tx, spaceId, null, [file]);
    const details = { name: file.name, sha256: file.sha256 };
    await insertAsides(tx, spaceId, recordId, [{ key: 'records.aside.fileDiffers', details, parts: [] }], at);
  }
}

import sharp from 'sharp';
import { type Db, transaction } from '../../platform/db/index.ts';
import { type FileStore, fileOf, holdFile } from '../../platform/files/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Actor } from '../access/index.ts';
import { setDisplay } from './inserts.ts';
import { isPicture, PICTURE_JOB } from './media.ts';
import { attachmentRows } from './queries.ts';
import type { Attachment } from './record.ts';

/** The longer edge of the picture for all eyes, in pixels. */
const LONG_EDGE = 1600;
const MOST_BYTES = 60_000_000;
const MOST_PIXELS = 120_000_000;

/** The jobs of this room: a picture for all eyes of every picture that came with a record. */
export function recordJobs(files: FileStore): ReadonlyMap<string, JobHandler> {
  return new Map([
    [
      PICTURE_JOB,
      async (payload, { spaceId, sql }) =>
        await makePicture(files, sql, spaceId, {
          recordId: String(payload.recordId),
          name: String(payload.name),
          sha256: String(payload.sha256),
        }),
    ],
  ]);
}

/** Makes the pictures of one record at once, for who cannot wait for the job; a picture that is there is left alone. */
export async function drawPictures(db: Db, files: FileStore, spaceId: string, recordId: string): Promise<void> {
  for (const { name, sha256, mediaType, displaySha256 } of await attachmentRows(db, spaceId, recordId)) {
    if (sha256 && !displaySha256 && isPicture(mediaType ?? ''))
      await makePicture(files, db, spaceId, { recordId, name, sha256 });
  }
}

async function makePicture(
  files: FileStore,
  sql: Db,
  spaceId: string,
  { recordId, name, sha256 }: { recordId: string; name: string; sha256: string },
): Promise<void> {
  const held = await fileOf(sql, spaceId, sha256);
  if (!held || held.bytes > MOST_BYTES) return;
  const original = await files.read(sha256);
  if (!original) throw new Error(`The bytes ${sha256} are held and not in the store`);
  const picture = await upright(original);
  if (!picture) return;
  const stored = await files.put(
    (async function* () {
      yield picture;
    })(),
    MOST_BYTES,
  );
  await transaction(sql, async (tx) => {
    await holdFile(tx, spaceId, stored, 'image/jpeg');
    await setDisplay(tx, spaceId, recordId, name, sha256, stored.sha256);
  });
}

/** Turned as the camera meant, no larger than a screen, and without anything but pixels. Null for what is no picture. */
async function upright(original: AsyncIterable<Uint8Array>): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of original) chunks.push(chunk);
  try {
    return await sharp(Buffer.concat(chunks), { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .resize({ width: LONG_EDGE, height: LONG_EDGE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer();
  } catch {
    return null;
  }
}

/** What of a file a person may see. */
export type Visible = { readonly sha256: string; readonly mediaType: string };

/**
 * The original for those who review; of pictures the one for all eyes, without position data, for everybody else who may see the
 * record. Null when there is nothing for this person (yet).
 */
export function visibleFile(actor: Pick<Actor, 'roles'> | null, attachment: Attachment): Visible | null {
  const reviews = actor?.roles.some((role) => role === 'reviewer' || role === 'coordinator') ?? false;
  const { sha256, displaySha256, mediaType } = attachment;
  if (reviews && sha256 && mediaType) return { sha256, mediaType };
  return displaySha256 && mediaType && isPicture(mediaType) ? { sha256: displaySha256, mediaType: 'image/jpeg' } : null;
}

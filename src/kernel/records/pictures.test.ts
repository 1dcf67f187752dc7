import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { testFiles, visitSpace, visitXml } from '../../../test/support/visit.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import { runOneJob } from '../../platform/jobs/index.ts';
import type { Role } from '../access/index.ts';
import { attachmentsOf, receive, recordJobs, storeAttachment, visibleFile } from './index.ts';

let database: TestDatabase;
let files: FileStore;
let closeFiles: () => Promise<void>;
let spaceId: string;

beforeAll(async () => {
  database = await freshDatabase();
  ({ files, close: closeFiles } = await testFiles());
  spaceId = await visitSpace(database.sql, files);
});
afterAll(async () => {
  await database.close();
  await closeFiles();
});

/** Receives a visit whose board is this file, does the waiting work, and gives the attachment. */
async function boardOf(bytes: Uint8Array) {
  const recordId = uuidv7();
  const given = (async function* () {
    yield bytes;
  })();
  const stored = await storeAttachment(files, { name: 'board.jpg', bytes: given, maxBytes: 10_000_000 });
  const xml = visitXml({ id: recordId, board: 'board.jpg' });
  await receive(
    { sql: database.sql, handlers: new Map() },
    { spaceId, xml, attachments: [stored], door: 'openrosa', authorId: null },
  );
  while (await runOneJob(database.sql, recordJobs(files)));
  return (await attachmentsOf(database.sql, spaceId, recordId))[0]!;
}

async function bytesOf(sha256: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await files.read(sha256))!) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

const who = (...roles: Role[]) => ({ roles });

test('a photo taken upright on a phone is shown upright, no longer than 1600, and without its place', async () => {
  const felt = sharp({ create: { width: 2400, height: 1200, channels: 3, background: '#b3312c' } });
  const photo = await felt
    .withExif({
      IFD0: { Orientation: '6', Model: 'Tecno Pop' },
      IFD3: { GPSLatitude: '42/1 30/1 0/1', GPSLatitudeRef: 'N' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  const board = await boardOf(photo);
  const shown = visibleFile(who('partner'), board);
  expect(shown).toEqual({ sha256: board.displaySha256, mediaType: 'image/jpeg' });
  const { width, height, exif, orientation } = await sharp(await bytesOf(shown!.sha256)).metadata();
  expect({ width, height, exif, orientation }).toEqual({
    width: 800,
    height: 1600,
    exif: undefined,
    orientation: undefined,
  });
});

test('the original is for those who review', async () => {
  const small = sharp({ create: { width: 4, height: 4, channels: 3, background: '#fff' } });
  const photo = await small.jpeg().toBuffer();
  const board = await boardOf(photo);
  for (const role of ['reviewer', 'coordinator'] as const)
    expect((await bytesOf(visibleFile(who(role), board)!.sha256)).equals(photo)).toBe(true);
  for (const role of ['field_worker', 'partner', 'funder', 'auditor'] as const)
    expect(visibleFile(who(role), board)?.sha256).toBe(board.displaySha256);
  expect(visibleFile(null, board)?.sha256).toBe(board.displaySha256);
});

test('a file that calls itself a picture and is none is kept for the reviewer and shown to nobody else', async () => {
  const board = await boardOf(new TextEncoder().encode('<script>alert(1)</script>'));
  expect([visibleFile(who('partner'), board), visibleFile(who('reviewer'), board)?.mediaType]).toEqual([
    null,
    'image/jpeg',
  ]);
  const waiting = await database.sql`select 1 from job where finished_at is null`;
  expect(waiting.length).toBe(0);
});

import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestS3, testS3 } from '../../../test/support/s3.ts';
import { Problem } from '../problem.ts';
import { readSettings } from '../settings.ts';
import type { FileStore } from './index.ts';
import { openFiles } from './open.ts';
import { checkS3, s3Shelf } from './s3.ts';
import { openStore } from './store.ts';

let s3: TestS3;
let folder: string;
let store: FileStore;
let said: string[];
beforeAll(async () => {
  s3 = await testS3();
  folder = await mkdtemp(join(tmpdir(), 'demilge-s3-store-'));
});
beforeEach(() => {
  s3.weather = 'fine';
  said = [];
  store = openStore(
    folder,
    s3Shelf(s3.place, (line) => said.push(line)),
    { perSender: 1e6, unfinished: 1e6, keepFree: 0 },
  );
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const keyOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? `${error.status} ${error.key}` : String(error)),
  );
const AWAY = '503 platform.file.storageAway';

test.each(['away', 'cut'] as const)(
  'while the storage is %s nothing is promised, and afterwards all goes on',
  async (weather) => {
    const photo = randomBytes(20_000);
    s3.weather = weather;
    const before = s3.asked();
    expect(await keyOf(store.put(one(photo), 1e6))).toBe(AWAY);
    expect(s3.asked() - before).toBe(4);
    expect(await keyOf(store.read(sha256(photo)))).toBe(AWAY);
    expect(await keyOf(store.ready())).toBe(AWAY);
    expect(await readdir(join(folder, 'incoming'))).toEqual([]);
    expect(said).toEqual([
      weather === 'away'
        ? 'The object storage does not do its work: answer 503 SlowDown'
        : 'The object storage does not do its work: no answer (ECONNRESET)',
    ]);
    s3.weather = 'fine';
    expect(await store.put(one(photo), 1e6)).toEqual({ sha256: sha256(photo), bytes: 20_000 });
  },
  60_000,
);

test('a storage that comes back between two tries is not noticed by who sends', async () => {
  s3.weather = 'away';
  setTimeout(() => {
    s3.weather = 'fine';
  }, 100);
  expect(await keyOf(store.put(one(randomBytes(1000)), 1e6))).toBe('done');
});

test('parts that came while the storage was away are not sent twice', async () => {
  const film = randomBytes(3000);
  const upload = { sender: 'Мээрим', sha256: sha256(film) };
  await store.append(upload, 0, film, 3000);
  s3.weather = 'away';
  expect(await keyOf(store.finish(upload))).toBe(AWAY);
  s3.weather = 'fine';
  expect(await store.partSize(upload)).toBe(3000);
  expect(await store.finish(upload)).toEqual({ sha256: upload.sha256, bytes: 3000 });
});

test('a bucket that is not there is no missing file', async () => {
  const lost = s3Shelf({ ...s3.place, bucket: 'no-such-bucket' }, () => {});
  expect(await keyOf(lost.read(sha256(randomBytes(8))))).toBe(AWAY);
});

test('a wrong setting stops the start with a sentence that names it, and shows no secret', async () => {
  const refused = async (place: Partial<typeof s3.place>): Promise<string> =>
    String(await checkS3({ ...s3.place, ...place }, () => {}).catch((error: Error) => error.message));
  expect(await refused({ secretAccessKey: 'жашыруун' })).toBe(
    'The object storage refuses to keep files: answer 403 SignatureDoesNotMatch. ' +
      'Check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, and whether this key may read, write and delete in S3_BUCKET.',
  );
  expect(await refused({ bucket: 'no-such-bucket' })).toBe(
    'The object storage refuses to keep files: answer 404 NoSuchBucket. ' +
      'Check S3_BUCKET: there is no such bucket at S3_ENDPOINT.',
  );
});

test('a storage that does not answer yet does not stop the start', async () => {
  s3.weather = 'away';
  await checkS3(s3.place, (line) => said.push(line));
  expect(said).toEqual(['The object storage does not answer yet (answer 503 SlowDown); files wait until it does']);
});

test('the settings choose the store', async () => {
  const { endpoint, bucket, accessKeyId, secretAccessKey } = s3.place;
  const objects = {
    ...{ S3_ENDPOINT: `${endpoint}/`, S3_BUCKET: bucket },
    ...{ S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey },
  };
  const photo = randomBytes(1000);
  const open = async (env: Record<string, string>): Promise<FileStore> =>
    await openFiles({ settings: readSettings(env), dataDir: folder, sql: null, say: (line) => said.push(line) });
  const [onDisk, inObjects] = [await open({}), await open(objects)];
  await inObjects.put(one(photo), 1e6);
  expect([await onDisk.has(sha256(photo)), await inObjects.has(sha256(photo))]).toEqual([false, true]);
  expect(said).toEqual(['Files lie in the object storage, in the bucket demilge']);
});

test('half of the settings are refused by name, without the key', () => {
  const wrong = (env: Record<string, string>): string => {
    try {
      return JSON.stringify(readSettings(env));
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(wrong({ S3_ENDPOINT: 'https://s3.example.org', S3_SECRET_ACCESS_KEY: 'жашыруун' })).toBe(
    'These settings are wrong:\n' +
      '  S3_BUCKET: is missing; an object storage needs all four\n' +
      '  S3_ACCESS_KEY_ID: is missing; an object storage needs all four',
  );
  expect(wrong({ S3_ENDPOINT: 'https://key:secret@s3.example.org' })).toMatch(
    /^These settings are wrong:\n {2}S3_ENDPOINT: must be the address of the storage alone, as https:\/\/s3.example.org/,
  );
});

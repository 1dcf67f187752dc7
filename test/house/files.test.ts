import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { s3Shelf } from '../../src/platform/files/s3.ts';
import { openStore } from '../../src/platform/files/store.ts';
import { type TestApp, type TestPerson, testApp } from '../support/app.ts';
import { type TestS3, testS3 } from '../support/s3.ts';

let s3: TestS3;
let folder: string;
let app: TestApp;
let worker: TestPerson;
const limits = { perSender: 50_000, unfinished: 200_000, keepFree: 0 };

beforeAll(async () => {
  s3 = await testS3();
  folder = await mkdtemp(join(tmpdir(), 'demilge-files-'));
  app = await testApp({
    files: openStore(
      folder,
      s3Shelf(s3.place, () => {}),
      limits,
    ),
  });
  worker = await app.person('Айжаркын', ['field_worker']);
});
afterAll(async () => {
  await app.close();
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const told = (answer: { statusCode: number; body: string }): unknown => [
  answer.statusCode,
  JSON.parse(answer.body).title,
];
const part = async (bytes: Buffer, total = bytes.length, hash = sha256(bytes)) =>
  await worker.ask({
    method: 'PUT',
    url: `/api/field/files/${hash}?offset=0&total=${total}&type=image%2Fjpeg`,
    payload: bytes,
    headers: { 'content-type': 'application/octet-stream' },
  });
const AWAY =
  'Файлдардын сактагычы азыр жооп бербей жатат. Эч нерсе жоголгон жок; бир нече мүнөттөн кийин кайра жөнөтүңүз.';

test('while the storage is away a photo is not promised, and the server says that it is not ready', async () => {
  const photo = randomBytes(1000);
  s3.weather = 'away';
  expect(told(await part(photo))).toEqual([503, AWAY]);
  expect((await app.ask('/readyz')).statusCode).toBe(503);
  expect(JSON.parse((await worker.get(`/api/field/files/${sha256(photo)}`)).body)).toEqual({
    whole: false,
    here: 1000,
  });
  s3.weather = 'fine';
  expect(JSON.parse((await part(photo)).body)).toEqual({ whole: true, here: 1000 });
  await expect.poll(async () => (await app.ask('/readyz')).statusCode, { timeout: 20_000 }).toBe(200);
});

test('who begins too many files is told so, and finishes those that are begun', async () => {
  const film = randomBytes(40_000);
  expect((await part(film.subarray(0, 100), 40_000, sha256(film))).statusCode).toBe(200);
  expect(told(await part(randomBytes(10), 20_000))).toEqual([
    507,
    'Сиз көп файл жөнөтө баштадыңыз: бүтө элек файлдар 1 МБдан ашпашы керек. Адегенде ошолорду аягына чыгарыңыз.',
  ]);
  expect(JSON.parse((await part(film)).body)).toEqual({ whole: true, here: 40_000 });
  expect((await part(randomBytes(10), 20_000)).statusCode).toBe(200);
});

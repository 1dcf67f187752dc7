import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { uuidv7 } from '../db/index.ts';
import { notedShelf, removeUnnamed } from './arrivals.ts';
import { diskShelf } from './disk.ts';
import { type FileStore, holdFile } from './index.ts';
import { limitsFor } from './limits.ts';
import { openStore } from './store.ts';

let database: TestDatabase;
let folder: string;
let store: FileStore;
beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'demilge-arrivals-'));
  store = openStore(folder, notedShelf(database.sql, diskShelf(folder)), limitsFor(1e6));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
async function bring(bytes: Uint8Array): Promise<string> {
  const { sha256 } = await store.put(
    (async function* () {
      yield bytes;
    })(),
    1e6,
  );
  return sha256;
}
const noted = async (): Promise<string[]> =>
  (await database.sql<{ sha256: string }[]>`select sha256 from file_arrival`).map((row) => row.sha256);

test('a file that no record names goes after a week; one that any space holds stays', async () => {
  const [named, unnamed] = [await bring(randomBytes(100)), await bring(randomBytes(100))];
  await holdFile(database.sql, uuidv7(), { sha256: named, bytes: 100 }, 'image/jpeg');
  expect(await removeUnnamed(database.sql, store, inDays(6))).toBe(0);
  expect([await store.has(named), await store.has(unnamed)]).toEqual([true, true]);
  expect(await removeUnnamed(database.sql, store, inDays(8))).toBe(1);
  expect([await store.has(named), await store.has(unnamed)]).toEqual([true, false]);
  expect(await noted()).toEqual([]);
});

test('many files are removed, however many come at once', async () => {
  const hashes: string[] = [];
  for (let i = 0; i < 40; i++) hashes.push(await bring(randomBytes(10)));
  await database.sql`insert into file_arrival (sha256)
    select encode(sha256(n::text::bytea), 'hex') from generate_series(1, 1200) as n`;
  expect(await removeUnnamed(database.sql, store, inDays(8))).toBe(1240);
  expect(await Promise.all(hashes.map((hash) => store.has(hash)))).toEqual(hashes.map(() => false));
});

test('who brings a file again at the moment of its removal has it afterwards', async () => {
  for (let round = 0; round < 30; round++) {
    const bytes = randomBytes(50);
    const sha256 = await bring(bytes);
    await database.sql`update file_arrival set arrived_at = now() - interval '8 days' where sha256 = ${sha256}`;
    // Each moment of the removal meets the arrival: it begins a little earlier or later in each round.
    const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
    const slow = { remove: async (hash: string) => wait(round % 5).then(() => store.remove(hash)) };
    await Promise.all([removeUnnamed(database.sql, slow, new Date()), wait(round % 7).then(() => bring(bytes))]);
    expect(await store.has(sha256)).toBe(true);
    expect(await noted()).toEqual([sha256]);
    await database.sql`delete from file_arrival`;
  }
});

test('a removal that fails is done at the next time', async () => {
  const sha256 = await bring(randomBytes(100));
  const broken = { remove: async () => Promise.reject(new Error('the storage is away')) };
  await expect(removeUnnamed(database.sql, broken, inDays(8))).rejects.toThrow('the storage is away');
  expect(await noted()).toEqual([sha256]);
  expect(await removeUnnamed(database.sql, store, inDays(8))).toBe(1);
});

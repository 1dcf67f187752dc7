import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import { type FileStore, openDiskStore } from './index.ts';

let folder: string;
let store: FileStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demilge-store-'));
  store = openDiskStore(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
async function* chunks(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}
async function readAll(hash: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of (await store.read(hash)) ?? []) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

test('a photo is found under its hash, whole', async () => {
  const photo = randomBytes(100_000);
  const stored = await store.put(chunks(photo.subarray(0, 1), photo.subarray(1)), 200_000);
  expect(stored).toEqual({ sha256: sha256(photo), bytes: 100_000 });
  expect(await readAll(stored.sha256)).toEqual(photo);
});

test('a file that is too large is refused, and nothing of it stays', async () => {
  const before = (await readdir(folder, { recursive: true })).length;
  const refused = await store.put(chunks(randomBytes(3000)), 2000).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Problem);
  expect((refused as Problem).key).toBe('platform.file.tooLarge');
  expect(
    (await readdir(folder, { recursive: true })).filter((name) => !name.endsWith('incoming')).length,
  ).toBeLessThanOrEqual(before);
});

test('what comes in parts, in any cut and with parts sent twice, becomes the same file', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 2000 }),
      fc.array(fc.nat(400), { maxLength: 12 }),
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      async (bytes, cuts, again) => {
        const key = `Айгүл ${randomBytes(8).toString('hex')}`;
        let at = 0;
        for (const [i, size] of [...cuts, bytes.length].entries()) {
          const part = bytes.slice(at, at + size);
          const here = await store.append(key, at, part, bytes.length);
          if (again[i]) await store.append(key, at, part, bytes.length);
          at = here;
        }
        expect(await store.partSize(key)).toBe(bytes.length);
        expect(await store.finish(key, sha256(bytes))).toEqual({ sha256: sha256(bytes), bytes: bytes.length });
        expect(await store.partSize(key)).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});

test('a part beyond the end is refused and says where to go on', async () => {
  await store.append('Нурбек', 0, randomBytes(10), 100);
  const gap = await store.append('Нурбек', 20, randomBytes(10), 100).catch((error: unknown) => error);
  expect([(gap as Problem).status, (gap as Problem).key, (gap as Problem).details]).toEqual([
    409,
    'platform.file.gap',
    { here: 10 },
  ]);
});

test('a file whose bytes are not those of its hash is refused and begins anew', async () => {
  await store.append('Бермет', 0, randomBytes(10), 10);
  const damaged = await store.finish('Бермет', sha256(randomBytes(10))).catch((error: unknown) => error);
  expect((damaged as Problem).key).toBe('platform.file.damaged');
  expect(await store.partSize('Бермет')).toBe(0);
});

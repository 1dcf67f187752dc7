import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestS3, testS3 } from '../../../test/support/s3.ts';
import { Problem } from '../problem.ts';
import { diskShelf } from './disk.ts';
import type { FileStore } from './index.ts';
import { s3Shelf } from './s3.ts';
import { openStore, type Shelf } from './store.ts';

const MB = 1_048_576;
const LIMITS = { perSender: 400_000, unfinished: 1_000_000, keepFree: 0 };
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
async function* chunks(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}
async function problem(work: Promise<unknown>): Promise<Pick<Problem, 'status' | 'key' | 'details'>> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof Problem)) throw new Error(`No Problem, but ${String(thrown)}`);
  const { status, key, details } = thrown;
  return { status, key, details };
}

let s3: TestS3;
beforeAll(async () => {
  s3 = await testS3();
});
afterAll(() => s3.close());

describe.each([
  { kind: 'the disk', shelf: (folder: string): Shelf => diskShelf(folder) },
  { kind: 'an object storage', shelf: (): Shelf => s3Shelf(s3.place, () => {}) },
])('a store on $kind', ({ shelf }) => {
  let folder: string;
  let store: FileStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demilge-store-'));
    store = openStore(folder, shelf(folder), LIMITS);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const onItsWay = async (): Promise<string[]> =>
    (
      await Promise.all(
        ['incoming', 'parts'].map((name) => readdir(join(folder, name), { recursive: true }).catch(() => [])),
      )
    )
      .flat()
      .filter((name) => name.length > 64 || /-/.test(name));
  const readAll = async (hash: string): Promise<Buffer | null> => {
    const bytes = await store.read(hash);
    if (!bytes) return null;
    const parts: Buffer[] = [];
    for await (const part of bytes) parts.push(part as Buffer);
    return Buffer.concat(parts);
  };

  test('a photo is found under its hash, whole, and nothing of it stays on its way', async () => {
    const photo = randomBytes(100_000);
    const stored = await store.put(chunks(photo.subarray(0, 1), photo.subarray(1)), 200_000);
    expect(stored).toEqual({ sha256: sha256(photo), bytes: 100_000 });
    expect(await readAll(stored.sha256)).toEqual(photo);
    expect(await store.has(stored.sha256)).toBe(true);
    expect(await onItsWay()).toEqual([]);
  });

  test('an empty file is a file', async () => {
    const stored = await store.put(chunks(), 10);
    expect(stored).toEqual({ sha256: sha256(new Uint8Array()), bytes: 0 });
    expect(await readAll(stored.sha256)).toEqual(Buffer.alloc(0));
  });

  test('twenty who bring the same photo at once all hear that it is here', async () => {
    const photo = randomBytes(50_000);
    const all = await Promise.all(Array.from({ length: 20 }, () => store.put(chunks(photo), MB)));
    expect(new Set(all.map((one) => one.sha256))).toEqual(new Set([sha256(photo)]));
    expect(await readAll(sha256(photo))).toEqual(photo);
  });

  test('what is not there is null, before it came and after it was removed', async () => {
    const photo = randomBytes(1000);
    expect([await readAll(sha256(photo)), await store.has(sha256(photo))]).toEqual([null, false]);
    await store.put(chunks(photo), MB);
    await store.remove(sha256(photo));
    await store.remove(sha256(photo));
    expect([await readAll(sha256(photo)), await store.has(sha256(photo))]).toEqual([null, false]);
  });

  test('a file that is too large is refused, and nothing of it stays', async () => {
    const film = randomBytes(3000);
    expect(await problem(store.put(chunks(film), 2000))).toEqual({
      status: 413,
      key: 'platform.file.tooLarge',
      details: { megabytes: 1 },
    });
    expect([await store.has(sha256(film)), await onItsWay()]).toEqual([false, []]);
  });

  test('a line that breaks in the middle leaves nothing', async () => {
    const begun = randomBytes(3000);
    const breaking = (async function* () {
      yield begun;
      throw new Error('the line broke');
    })();
    await expect(store.put(breaking, MB)).rejects.toThrow('the line broke');
    expect([await store.has(sha256(begun)), await onItsWay()]).toEqual([false, []]);
  });

  test('what comes in parts, in any cut and with parts sent twice, becomes the same file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 2000 }),
        fc.array(fc.nat(400), { maxLength: 12 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        async (bytes, cuts, again) => {
          const upload = { sender: `Айгүл ${randomBytes(8).toString('hex')}`, sha256: sha256(bytes) };
          let at = 0;
          for (const [i, size] of [...cuts, bytes.length].entries()) {
            const part = bytes.slice(at, at + size);
            const sent = [store.append(upload, at, part, bytes.length)];
            if (again[i]) sent.push(store.append(upload, at, part, bytes.length));
            at = (await Promise.all(sent))[0]!;
          }
          expect(await store.partSize(upload)).toBe(bytes.length);
          expect(await store.finish(upload)).toEqual({ sha256: sha256(bytes), bytes: bytes.length });
          expect(await store.partSize(upload)).toBe(0);
          expect(await readAll(upload.sha256)).toEqual(Buffer.from(bytes));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a part beyond the end is refused and says where to go on', async () => {
    const upload = { sender: 'Нурбек', sha256: sha256(randomBytes(8)) };
    await store.append(upload, 0, randomBytes(10), 100);
    expect(await problem(store.append(upload, 20, randomBytes(10), 100))).toEqual({
      status: 409,
      key: 'platform.file.gap',
      details: { here: 10 },
    });
  });

  test('a file whose bytes are not those of its hash is refused and begins anew', async () => {
    const upload = { sender: 'Бермет', sha256: sha256(randomBytes(10)) };
    await store.append(upload, 0, randomBytes(10), 10);
    expect((await problem(store.finish(upload))).key).toBe('platform.file.damaged');
    expect(await store.partSize(upload)).toBe(0);
    expect((await problem(store.finish(upload))).details).toEqual({ here: 0 });
  });

  test('a sender who begins too much is held back; what was begun, and other senders, go on', async () => {
    const of = (sender: string) => ({ sender, sha256: sha256(randomBytes(8)) });
    const first = of('Тынчтык');
    expect(await store.append(first, 0, randomBytes(1000), 250_000)).toBe(1000);
    expect(await problem(store.append(of('Тынчтык'), 0, randomBytes(10), 250_000))).toEqual({
      status: 507,
      key: 'platform.file.unfinished',
      details: { megabytes: 1 },
    });
    expect(await store.append(first, 1000, randomBytes(1000), 250_000)).toBe(2000);
    expect(await store.append(of('Айжан'), 0, randomBytes(10), 250_000)).toBe(10);
    // Each small file takes a block of the disk, however little is in it.
    for (let i = 0; i < 36; i++) await store.append(of('Тынчтык'), 0, randomBytes(1), 1);
    expect((await problem(store.append(of('Тынчтык'), 0, randomBytes(1), 1))).status).toBe(507);
  });

  test('all senders together do not fill the disk with what is unfinished, also after a new start', async () => {
    const kept = { sender: 'Гүлзат', sha256: sha256(randomBytes(8)) };
    for (const sender of ['Гүлзат', 'Эрлан', 'Жаркын'])
      await store.append(sender === 'Гүлзат' ? kept : { ...kept, sender }, 0, randomBytes(280_000), 300_000);
    const again = openStore(folder, shelf(folder), LIMITS);
    const full = { status: 507, key: 'platform.file.diskFull', details: {} };
    for (const one of [store, again]) {
      expect(await problem(one.append({ ...kept, sender: 'Сезим' }, 0, randomBytes(280_000), 300_000))).toEqual(full);
      expect(await one.partSize(kept)).toBe(280_000);
    }
  });

  test('a disk that is nearly full takes nothing new, and still gives what it has', async () => {
    const photo = randomBytes(1000);
    await store.put(chunks(photo), MB);
    const full = openStore(folder, shelf(folder), { ...LIMITS, keepFree: Number.MAX_SAFE_INTEGER });
    const said = { status: 507, key: 'platform.file.diskFull', details: {} };
    expect(await problem(full.put(chunks(photo), MB))).toEqual(said);
    expect(await problem(full.append({ sender: 'Данияр', sha256: sha256(photo) }, 0, photo, 1000))).toEqual(said);
    expect((await (await full.read(sha256(photo)))?.toArray())?.length).toBeGreaterThan(0);
  });

  test('what was given up is cleared after a week, what a crash left after a day, and nothing else', async () => {
    const now = new Date('2016-05-20T18:00:00Z');
    const daysAgo = (days: number): number => now.getTime() / 1000 - days * 86_400;
    const place = await mkdtemp(join(tmpdir(), 'demilge-sweep-'));
    const swept = openStore(place, shelf(place), LIMITS);
    const stored = await swept.put(chunks(randomBytes(100)), MB);
    const old = { sender: 'Кубат', sha256: sha256(randomBytes(8)) };
    const young = { sender: 'Кубат', sha256: sha256(randomBytes(8)) };
    for (const upload of [old, young]) await swept.append(upload, 0, randomBytes(10), 20);
    const [sender] = await readdir(join(place, 'parts'));
    await utimes(join(place, 'parts', sender!, old.sha256), daysAgo(8), daysAgo(8));
    await utimes(join(place, 'parts', sender!, young.sha256), daysAgo(6), daysAgo(6));
    for (const [name, days] of [
      ['crashed', 2],
      ['under-way', 0.5],
    ] as const) {
      await writeFile(join(place, 'incoming', name), 'half');
      await utimes(join(place, 'incoming', name), daysAgo(days), daysAgo(days));
    }
    expect(await swept.sweep(now)).toBe(2);
    expect(await readdir(join(place, 'incoming'))).toEqual(['under-way']);
    expect([await swept.partSize(old), await swept.partSize(young)]).toEqual([0, 10]);
    expect(await swept.has(stored.sha256)).toBe(true);
    await rm(place, { recursive: true, force: true });
  });

  test('a file that lies among the uploads and is none stops nobody', async () => {
    const place = await mkdtemp(join(tmpdir(), 'demilge-stray-'));
    await mkdir(join(place, 'parts'));
    await writeFile(join(place, 'parts', '.DS_Store'), 'a file manager was here');
    const beside = openStore(place, shelf(place), LIMITS);
    const film = randomBytes(100);
    const upload = { sender: 'Кубат', sha256: sha256(film) };
    expect(await beside.append(upload, 0, film, 100)).toBe(100);
    expect(await beside.finish(upload)).toEqual({ sha256: upload.sha256, bytes: 100 });
    expect(await beside.sweep(new Date())).toBe(0);
    await rm(place, { recursive: true, force: true });
  });

  test('the place answers', async () => {
    expect(await store.ready()).toBe(true);
  });
});

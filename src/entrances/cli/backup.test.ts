import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadStory } from '../../../seeds/load.ts';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { testS3 } from '../../../test/support/s3.ts';
import { fingerprint } from '../../kernel/evidence/index.ts';
import { listRecords } from '../../kernel/records/index.ts';
import { createSpace, type Space } from '../../kernel/spaces/index.ts';
import { allMigrations } from '../../migrations.ts';
import { appliedMigrations, migrate, type Sql } from '../../platform/db/index.ts';
import { type FileStore, heldFiles, holdFile, openDiskStore, openFiles } from '../../platform/files/index.ts';
import { readSettings } from '../../platform/settings.ts';
import { registry } from '../../programmes/registry.ts';
import { backup, restore } from './index.ts';
import type { Manifest } from './manifest.ts';
import { tarEntries } from './tar.ts';

let house: TestDatabase;
let folder: string;
let files: FileStore;
let space: Space;
let path: string;
let manifest: Manifest;
const opened: TestDatabase[] = [];
const quiet = (): void => {};

/** The association's whole story, and one backup of it that the tests restore, cut and damage. */
beforeAll(async () => {
  house = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'demilge-backup-'));
  files = openDiskStore(join(folder, 'files'));
  space = await loadStory({ sql: house.sql, files, kinds: registry, log: quiet });
  path = join(folder, 'friday.tar');
  manifest = await backup(house.sql, files, path, quiet);
}, 120_000);

afterAll(async () => {
  await Promise.all([house, ...opened].map((database) => database.close()));
  await rm(folder, { recursive: true, force: true });
});

async function emptyPlace(): Promise<Sql> {
  const database = await freshDatabase();
  opened.push(database);
  return database.sql;
}

/** What people would miss: records, figures’ evidence, files, accounts. */
async function treasure(sql: Sql, store: FileStore): Promise<unknown> {
  const { rows } = await listRecords(sql, space.id, {}, null, 1000);
  const held = await heldFiles(sql);
  const here = await Promise.all(held.map(({ sha256 }) => store.has(sha256)));
  const accounts = await sql`select login, password_hash from account order by login`;
  return {
    records: rows,
    evidence: await fingerprint(sql, space.id),
    files: held,
    here,
    accounts: [...accounts],
  };
}

/** A copy of the backup that something happened to. */
async function copyWith(name: string, harm: (copy: string) => Promise<void>): Promise<string> {
  const copy = join(folder, name);
  await writeFile(copy, await readFile(path));
  await harm(copy);
  return copy;
}

async function flip(copy: string, at: number): Promise<void> {
  const file = await open(copy, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  byte[0] = byte[0]! ^ 1;
  await file.write(byte, 0, 1, at);
  await file.close();
}

test('the house burns down, and everything stands again in an empty place: records, evidence, files, accounts', async () => {
  const sql = await emptyPlace();
  const store = openDiskStore(join(folder, 'restored'));
  await restore(sql, store, path, allMigrations, quiet);
  expect(await treasure(sql, store)).toEqual(await treasure(house.sql, files));
  const again = await backup(sql, store, join(folder, 'again.tar'), quiet);
  expect({ ...again, madeAt: '' }).toEqual({ ...manifest, madeAt: '' });
});

test('a house moves from the disk to an object storage and back, and misses nothing', async () => {
  const s3 = await testS3();
  const inObjects = await openFiles({
    settings: readSettings({
      ...{ S3_ENDPOINT: s3.place.endpoint, S3_BUCKET: s3.place.bucket },
      ...{ S3_ACCESS_KEY_ID: s3.place.accessKeyId, S3_SECRET_ACCESS_KEY: s3.place.secretAccessKey },
    }),
    ...{ dataDir: join(folder, 'moved'), sql: null, say: quiet },
  });
  const sql = await emptyPlace();
  await restore(sql, inObjects, path, allMigrations, quiet);
  expect(await treasure(sql, inObjects)).toEqual(await treasure(house.sql, files));
  const fromObjects = join(folder, 'from-objects.tar');
  expect({ ...(await backup(sql, inObjects, fromObjects, quiet)), madeAt: '' }).toEqual({ ...manifest, madeAt: '' });
  const [home, store] = [await emptyPlace(), openDiskStore(join(folder, 'moved-back'))];
  await restore(home, store, fromObjects, allMigrations, quiet);
  expect(await treasure(home, store)).toEqual(await treasure(house.sql, files));
  s3.weather = 'away';
  await expect(backup(sql, inObjects, join(folder, 'away.tar'), quiet)).rejects.toThrow('platform.file.storageAway');
  expect(existsSync(join(folder, 'away.tar'))).toBe(false);
  await s3.close();
}, 120_000);

test('nobody but its owner reads a backup, and it is never written over another', async () => {
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await expect(backup(house.sql, files, path, quiet)).rejects.toThrow(
    `${path} is there already. Give the backup a name of its own.`,
  );
});

test('a restore refuses a place where somebody works already', async () => {
  const sql = await emptyPlace();
  await createSpace(sql, { name: { ky: 'Айыл', en: 'Village' } });
  await expect(restore(sql, files, path, allMigrations, quiet)).rejects.toThrow(
    'There is data here already (in the table "space"), and a restore never writes over data. ' +
      'Set DATA_DIR to a new folder, or DATABASE_URL to an empty database.',
  );
});

test('a bit that turned over anywhere is found before anything is restored', async () => {
  const sql = await emptyPlace();
  const store = openDiskStore(join(folder, 'never'));
  const entries = (await tarEntries(path))!;
  const inside = (start: string) => {
    const entry = entries.find(({ name }) => name.startsWith(start))!;
    return { name: entry.name, at: entry.offset + Math.floor(entry.size / 2) };
  };
  const why: [string, string][] = [
    ['tables/record/', 'the rows of the table "record" are not as they were'],
    ['files/', `the file ${inside('files/').name} is not as it was`],
    ['manifest.json', 'its table of contents is not as it was'],
  ];
  for (const [start, reason] of why) {
    const copy = await copyWith('flipped.tar', (one) => flip(one, inside(start).at));
    await expect(restore(sql, store, copy, allMigrations, quiet)).rejects.toThrow(
      `The backup ${copy} is damaged: ${reason}. Nothing was restored; take another copy of it.`,
    );
  }
  expect(await heldFiles(sql)).toEqual([]);
});

test('a backup that was cut short, and a file that is none, are called by their name', async () => {
  const sql = await emptyPlace();
  const { size } = await stat(path);
  for (const length of [0, 700, Math.floor(size / 2), size - 2000]) {
    const copy = await copyWith('cut.tar', (one) => truncate(one, length));
    await expect(restore(sql, files, copy, allMigrations, quiet)).rejects.toThrow(
      `The backup ${copy} is damaged: it is cut short, or it is no backup. Nothing was restored; take another copy of it.`,
    );
  }
  const missing = join(folder, 'nowhere.tar');
  await expect(restore(sql, files, missing, allMigrations, quiet)).rejects.toThrow(`There is no file ${missing}`);
});

test('the backup of an older release is brought up to this one', async () => {
  const old = await emptyPlace();
  await old.unsafe('drop schema public cascade; create schema public');
  await migrate(old, allMigrations.slice(0, -1));
  const village = await createSpace(old, { name: { ky: 'Айыл', en: 'Village' } });
  const copy = join(folder, 'old.tar');
  await backup(old, files, copy, quiet);
  const sql = await emptyPlace();
  await sql.unsafe('drop schema public cascade; create schema public');
  await restore(sql, files, copy, allMigrations, quiet);
  expect((await appliedMigrations(sql)).map(({ name }) => name)).toEqual(allMigrations.map(({ name }) => name));
  expect((await sql`select id from space`).map(({ id }) => id)).toEqual([village.id]);
});

test('the backup of a newer release is refused by name', async () => {
  const sql = await emptyPlace();
  const last = allMigrations.at(-1)!.name;
  await expect(restore(sql, files, path, allMigrations.slice(0, -1), quiet)).rejects.toThrow(
    `The backup was made by another release of Demilge, newer than this one: its tables have ${last}. ` +
      'Install that release, and restore the backup with it.',
  );
});

test('a photo that the disk lost does not stop the backup of the rest, and is named', async () => {
  const sql = await emptyPlace();
  const { id } = await createSpace(sql, { name: { ky: 'Айыл', en: 'Village' } });
  const store = openDiskStore(join(folder, 'bad-disk'));
  const bytes = async function* () {
    yield Buffer.from('a photo of the road');
  };
  const kept = await store.put(bytes(), 1000);
  const lost = { sha256: 'a'.repeat(64), bytes: 5 };
  for (const one of [kept, lost]) await holdFile(sql, id, one, 'image/jpeg');
  const said: string[] = [];
  const made = await backup(sql, store, join(folder, 'lost.tar'), (line) => said.push(line));
  expect([made.absent, made.files]).toEqual([[lost.sha256], { count: 1, bytes: kept.bytes }]);
  expect(said[1]).toBe(`BUT 1 files that the records name are missing or damaged on this disk: ${lost.sha256}`);
  await appendFile(join(folder, 'bad-disk', kept.sha256.slice(0, 2), kept.sha256.slice(2)), 'x');
  const worse = await backup(sql, store, join(folder, 'worse.tar'), quiet);
  expect(worse.absent).toEqual([kept.sha256, lost.sha256].sort());
});

test('records that come in while the backup is made are in it wholly or not at all', async () => {
  const sql = await emptyPlace();
  let more = true;
  let made = 0;
  const people = (async () => {
    while (more) {
      await createSpace(house.sql, {
        name: { ky: 'Айыл', en: `Village ${made}` },
        host: `village-${made}.example.org`,
      });
      made++;
    }
  })();
  const copy = join(folder, 'busy.tar');
  const busy = await backup(house.sql, files, copy, quiet);
  more = false;
  await people;
  await restore(sql, openDiskStore(join(folder, 'busy')), copy, allMigrations, quiet);
  const count = busy.tables.find(({ name }) => name === 'space')!.rows;
  const [spaces] = await sql<{ n: number }[]>`select count(*)::int as n from space`;
  expect(spaces?.n).toBe(count);
  expect(made).toBeGreaterThan(0);
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuild, reported } from '../src/kernel/evidence/index.ts';
import { freezesOf, variance } from '../src/kernel/freezes/index.ts';
import { projects } from '../src/kernel/projects/index.ts';
import { setAsideList } from '../src/kernel/records/index.ts';
import type { Space } from '../src/kernel/spaces/index.ts';
import { openDiskStore } from '../src/platform/files/index.ts';
import { registry } from '../src/programmes/registry.ts';
import { freshDatabase, type TestDatabase } from '../test/support/database.ts';
import { loadStory } from './load.ts';

let database: TestDatabase;
let folder: string;
let space: Space;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'demilge-story-'));
  space = await loadStory({ sql: database.sql, files: openDiskStore(folder), kinds: registry, log: () => {} });
}, 300_000);
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

test('the story has its seven projects and INITIATIVE', async () => {
  const found = await projects(database.sql, space.id);
  expect(found.map((project) => project.code)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'INITIATIVE']);
});

test('exactly one sheet waits aside: the stove of Terek-Suu that read 190 degrees', async () => {
  const aside = await setAsideList(database.sql, space.id);
  expect(aside.map((one) => [one.key, one.parts.length])).toEqual([['records.aside.answers', 1]]);
});

test('the spring report said 19 facilities; it is 20 now, because one sheet came late', async () => {
  const project = (await projects(database.sql, space.id)).find((one) => one.code === 'P7');
  const spring = (await freezesOf(database.sql, space.id, project!.id)).find((one) => one.from.startsWith('2016'));
  const change = await variance(database.sql, space.id, spring!.id);
  const visited = change.indicators.find((one) => one.indicator.code === 'facilities-visited');
  const total = visited?.cells.find((cell) => cell.cell === '');
  expect([total?.frozen, total?.live, total?.by.late]).toEqual([19, 20, 1]);
});

test('a rebuild of the evidence gives the same rows to the byte', async () => {
  const measures = [reported, ...registry.flatMap((kind) => kind.measures)];
  expect((await rebuild(database.sql, space.id, measures)).same).toBe(true);
});

test('a rebuild of each kind’s projections gives the same rows', async () => {
  for (const kind of registry)
    expect([kind.name, (await kind.rebuild?.(database.sql, space.id))?.same]).toEqual([kind.name, true]);
});

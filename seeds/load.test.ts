import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activities } from '../src/kernel/activities/index.ts';
import { rebuild, reported } from '../src/kernel/evidence/index.ts';
import { freezesOf, variance } from '../src/kernel/freezes/index.ts';
import { projects } from '../src/kernel/projects/index.ts';
import { listRecords, setAsideList } from '../src/kernel/records/index.ts';
import type { Space } from '../src/kernel/spaces/index.ts';
import { openDiskStore } from '../src/platform/files/index.ts';
import { fixRate, problemsNow, standingsOf } from '../src/programmes/oversight/index.ts';
import { registry } from '../src/programmes/registry.ts';
import { freshDatabase, type TestDatabase } from '../test/support/database.ts';
import { loadStory } from './load.ts';

const DAY = '2017-05-17';

let database: TestDatabase;
let folder: string;
let space: Space;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'demilge-story-'));
  const now = new Date('2017-05-17T09:00:00+06:00');
  space = await loadStory({ sql: database.sql, files: openDiskStore(folder), kinds: registry, log: () => {}, now });
}, 300_000);
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

test('the story has its seven projects and INITIATIVE', async () => {
  const found = await projects(database.sql, space.id);
  expect(found.map((project) => project.code)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'INITIATIVE']);
});

test('exactly one sheet waits aside: the stove of Sary-Aryk that read 190 degrees', async () => {
  const aside = await setAsideList(database.sql, space.id);
  expect(aside.map((one) => [one.key, one.parts.length])).toEqual([['records.aside.answers', 1]]);
});

test('the round under way has something for everybody: visits in every state, one late, fixes to look at', async () => {
  const [round] = (await activities(database.sql, space.id, { kind: 'oversight' })).filter((one) => one.endsOn > DAY);
  const visits = await standingsOf(database.sql, space.id, round!.id, DAY);
  const states = visits.map((visit) => visit.state).sort();
  expect(states).toEqual([
    ...['agreed', 'agreed', 'agreed', 'answered', 'checked', 'done', 'done'],
    ...['planned', 'planned', 'published', 'returned', 'shared'],
  ]);
  expect(
    visits
      .map((visit) => visit.late)
      .filter((late) => late !== null)
      .sort(),
  ).toEqual(['answer', 'overdue']);
  const problems = await problemsNow(database.sql, space.id, {});
  const rate = (from: string, to: string) =>
    fixRate(problems.filter((one) => one.foundOn >= from && one.foundOn <= to).map((one) => one.state));
  const spring = rate('2016-04-01', '2016-05-31');
  expect([spring.base, spring.fixed, spring.confirmed]).toEqual([23, 11, 9]);
  const season = problems.filter((one) => one.foundOn >= '2017-01-01');
  expect(season.filter((one) => one.deadline !== null && one.deadline < DAY).length).toBe(2);
  const pictured = problems.filter((one) => one.foundOn >= '2016-04-01' && one.photoBefore && one.photoAfter);
  expect(pictured.length).toBe(6);
  const waiting = await listRecords(database.sql, space.id, { formKey: 'oversight_fix', state: 'waiting' }, null);
  expect(waiting.rows.map((row) => row.occurredOn).sort()).toEqual(['2017-05-13', '2017-05-15']);
});

test('the funder reads the report of the oversight, and no other project’s', async () => {
  const [found] = await database.sql<{ organisationId: string }[]>`select organisation_id as "organisationId"
    from account_role where space_id = ${space.id} and role = 'funder'`;
  const theirs = await projects(database.sql, space.id, { organisationId: found!.organisationId });
  expect(theirs.map((project) => project.code)).toEqual(['P7']);
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

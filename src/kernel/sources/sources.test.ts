import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { speakerIn } from '../../../test/support/speaker.ts';
import { auditOf } from '../../platform/audit/index.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import {
  addSource,
  addVersion,
  comparable,
  digestOf,
  endVersion,
  rowsOf,
  sources,
  undoVersion,
  versionAt,
  versionsOf,
} from './index.ts';

let database: TestDatabase;
let by: ReturnType<typeof speakerIn>;
let passport: string;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  by = speakerIn(uuidv7());
  passport = await addSource(database.sql, by, {
    key: 'passport-phc',
    kind: 'standard',
    title: { ky: 'Биринчи медициналык жардам кызматынын паспорту' },
  });
});

const row = (rowKey: string, ky: string, meaning: string | null = rowKey) => ({
  rowKey,
  title: { ky: rowKey },
  text: { ky },
  meaning,
});
const add = (version: string, validFrom: string, validTo: string | null = null, rows = [row('3.1', 'Суу бар')]) =>
  addVersion(database.sql, by, { source: 'passport-phc', version, validFrom, validTo, rows });
const inForce = async (day: string) =>
  (await versionAt(database.sql, by.spaceId, 'passport-phc', day))?.version ?? null;

test('a new version makes the open one end the day before, and each day has the version that was in force', async () => {
  await add('2014', '2014-06-03');
  await add('2016', '2016-05-01', null, [row('3.1', 'Таза суу бар', '3.1-new')]);
  expect([await inForce('2014-06-02'), await inForce('2016-04-30'), await inForce('2016-05-01')]).toEqual([
    null,
    '2014',
    '2016',
  ]);
  expect(
    (await versionsOf(database.sql, by.spaceId, passport)).map((one) => [one.version, one.validFrom, one.validTo]),
  ).toEqual([
    ['2016', '2016-05-01', null],
    ['2014', '2014-06-03', '2016-04-30'],
  ]);
});

test('a repealed act is in force up to its last day, and its rows stay readable', async () => {
  const { id, sha256 } = await add('2014', '2014-06-03');
  await endVersion(database.sql, by, { versionId: id, on: '2015-12-31', reason: 'Күчүн жоготту' });
  expect([await inForce('2015-12-31'), await inForce('2016-01-01')]).toEqual(['2014', null]);
  const rows = await rowsOf(database.sql, by.spaceId, id);
  expect(rows).toEqual([{ ...row('3.1', 'Суу бар'), ordinal: 0, numbers: {} }]);
  expect(digestOf(rows)).toBe(sha256);
  await expect(endVersion(database.sql, by, { versionId: id, on: '2017-01-01' })).rejects.toMatchObject({
    key: 'sources.endedAlready',
  });
  expect((await auditOf(database.sql, by.spaceId, passport)).map((line) => line.action)).toEqual([
    'source.endVersion',
    'source.addVersion',
    'source.add',
  ]);
});

test('versions never hold on the same day', async () => {
  await add('2014', '2014-01-01', '2014-12-31');
  await add('2016', '2016-01-01');
  const refused = (version: string, from: string, to: string | null) =>
    expect(add(version, from, to)).rejects.toMatchObject({ key: 'sources.overlap' });
  await refused('a', '2014-12-31', '2015-06-30');
  await refused('c', '2016-01-01', null);
  await refused('d', '2015-01-01', '2016-01-01');
  await add('2015', '2015-01-01', '2015-12-31');
  expect([await inForce('2014-12-31'), await inForce('2015-01-01'), await inForce('2016-01-01')]).toEqual([
    '2014',
    '2015',
    '2016',
  ]);
});

test('a version without a stated end holds until the next begins, whichever was entered first', async () => {
  await add('2016', '2016-01-01');
  await add('2014', '2014-01-01');
  await add('2015', '2015-01-01', '2015-06-30');
  expect(await Promise.all(['2014-12-31', '2015-06-30', '2015-07-01', '2016-01-01'].map(inForce))).toEqual([
    '2014',
    '2015',
    null,
    '2016',
  ]);
  expect(
    (await versionsOf(database.sql, by.spaceId, passport)).map((one) => [one.version, one.validTo, one.statedTo]),
  ).toEqual([
    ['2016', null, null],
    ['2015', '2015-06-30', '2015-06-30'],
    ['2014', '2014-12-31', null],
  ]);
});

test('a version that is taken back stays on file, holds on no day, and leaves its days to the one before', async () => {
  await add('2014', '2014-01-01');
  const { id } = await add('2016', '2016-01-01');
  await undoVersion(database.sql, by, { versionId: id, reason: 'Жаңылыш киргизилген' });
  expect(await inForce('2016-01-01')).toBe('2014');
  await add('2016a', '2016-01-01');
  expect(await inForce('2016-01-01')).toBe('2016a');
  const versions = await versionsOf(database.sql, by.spaceId, passport);
  expect(versions.map((one) => [one.version, one.undoneBy])).toEqual([
    ['2016a', null],
    ['2016', by.accountId],
    ['2014', null],
  ]);
  await expect(undoVersion(database.sql, by, { versionId: id })).rejects.toMatchObject({
    key: 'sources.undoneAlready',
  });
  await expect(endVersion(database.sql, by, { versionId: id, on: '2017-01-01' })).rejects.toMatchObject({
    key: 'sources.undoneAlready',
  });
  await expect(undoVersion(database.sql, by, { versionId: uuidv7() })).rejects.toMatchObject({ status: 404 });
  expect((await auditOf(database.sql, by.spaceId, passport))[1]?.action).toBe('source.undoVersion');
});

test.each([
  ['the same version twice', () => add('2014', '2019-01-01'), 'sources.versionTaken'],
  ['no rows', () => add('x', '2019-01-01', null, []), 'sources.noRows'],
  ['a row twice', () => add('x', '2019-01-01', null, [row('1', 'а'), row('1', 'б')]), 'sources.rowTwice'],
  ['an end before the beginning', () => add('x', '2019-01-02', '2019-01-01'), 'sources.datesTurned'],
  [
    'a key taken',
    () => addSource(database.sql, by, { key: 'passport-phc', kind: 'standard', title: {} }),
    'sources.keyTaken',
  ],
  [
    'a key with spaces',
    () => addSource(database.sql, by, { key: 'a b', kind: 'standard', title: {} }),
    'sources.badKey',
  ],
])('%s is refused', async (_, act, key) => {
  await add('2014', '2014-01-01', '2014-12-31');
  await expect(act()).rejects.toMatchObject({ key });
});

test('only rows that are declared the same are compared', () => {
  expect(comparable({ meaning: 'water' }, { meaning: 'water' })).toBe(true);
  expect(comparable({ meaning: 'water' }, { meaning: 'clean-water' })).toBe(false);
  expect(comparable({ meaning: null }, { meaning: null })).toBe(false);
});

test('the digest does not depend on the order in which languages were written', () => {
  const text = fc.record({ ky: fc.string(), ru: fc.string(), en: fc.string() });
  fc.assert(
    fc.property(text, text, (title, body) => {
      const turned = Object.fromEntries(Object.entries(body).reverse());
      const base = { rowKey: '1', ordinal: 0, title, meaning: null, numbers: {} };
      expect(digestOf([{ ...base, text: turned }])).toBe(digestOf([{ ...base, text: body }]));
    }),
  );
});

test('another association does not see it', async () => {
  await add('2014', '2014-01-01');
  expect(await sources(database.sql, uuidv7())).toEqual([]);
  expect(await versionAt(database.sql, uuidv7(), 'passport-phc', '2015-01-01')).toBeNull();
});

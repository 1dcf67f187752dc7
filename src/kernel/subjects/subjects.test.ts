import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { speakerIn } from '../../../test/support/speaker.ts';
import { auditOf } from '../../platform/audit/index.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import type { Actor, Role } from '../access/index.ts';
import {
  addSubject,
  ancestors,
  canonical,
  changeType,
  closeSubject,
  countSubjects,
  differentFrom,
  endRelation,
  existsAt,
  findSubjects,
  likelyDuplicates,
  mergeSubjects,
  nameSubject,
  personDetail,
  predecessors,
  relate,
  renameSubject,
  reopenSubject,
  type Speaker,
  sameAs,
  splitSubject,
  subject,
  subjectPage,
  successors,
  typeAt,
  undoRelation,
  unite,
} from './index.ts';

let database: TestDatabase;
let spaceId: string;
let by: Speaker;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

/** Each story gets a space of its own. */
function newSpace(): void {
  spaceId = uuidv7();
  by = speakerIn(spaceId);
}

const add = (given: Parameters<typeof addSubject>[2]) => addSubject(database.sql, by, given);
const person = (name: string, more: Partial<Parameters<typeof addSubject>[2]> = {}) =>
  add({ kind: 'person', name: { ky: name }, ...more });
const place = (ky: string, type: string, placeId?: string) =>
  add({ kind: 'place', type, name: { ky }, ...(placeId && { placeId }) });
const found = async (search: Parameters<typeof findSubjects>[2]) =>
  (await findSubjects(database.sql, spaceId, search)).rows.map((row) => row.name.ky);

describe('search forgives what keyboards do to Kyrgyz', () => {
  beforeAll(async () => {
    newSpace();
    for (const name of ['Өмүр Үмүтова', 'Айгүл Асанова', 'Ңурлан Көкөев', 'Нурлан Ормонов', 'Ёлка Ырысова', 'Ел Алиев'])
      await person(name);
  });

  test.each([
    ['омур', ['Өмүр Үмүтова']],
    ['УМУТ', ['Өмүр Үмүтова']],
    ['асан айг', ['Айгүл Асанова']],
    ['Aigul', ['Айгүл Асанова']],
    ['нурлан кок', ['Ңурлан Көкөев']],
    ['елка', ['Ёлка Ырысова']],
    ['айгүл өмүр', []],
  ])('«%s»', async (text, names) => {
    expect(await found({ kind: 'person', text })).toEqual(names);
  });

  test('a list stands in Kyrgyz order, page by page, each name once', async () => {
    const pages: (string | undefined)[][] = [];
    let cursor: string | null = null;
    do {
      const page = await findSubjects(database.sql, spaceId, { kind: 'person', limit: 4, cursor, language: 'ky' });
      pages.push(page.rows.map((row) => row.name.ky));
      cursor = page.next;
    } while (cursor);
    expect(pages).toEqual([
      ['Айгүл Асанова', 'Ел Алиев', 'Ёлка Ырысова', 'Нурлан Ормонов'],
      ['Ңурлан Көкөев', 'Өмүр Үмүтова'],
    ]);
  });

  test('a cursor that we did not make is refused', async () => {
    await expect(findSubjects(database.sql, spaceId, { cursor: 'xx' })).rejects.toMatchObject({ status: 422 });
  });

  test('another association finds nobody', async () => {
    expect((await findSubjects(database.sql, uuidv7(), { text: 'айгүл' })).rows).toEqual([]);
  });
});

describe('places and names have dates', () => {
  test('Айтматов district was Кара-Буура before, and is found under both names', async () => {
    newSpace();
    const talas = await place('Талас', 'oblast');
    const rayon = await place('Кара-Буура', 'rayon', talas);
    const village = await place('Бакыян', 'village', rayon);
    const clinic = await add({ kind: 'thing', type: 'fap', name: { ky: 'Бакыян ФАПы' }, placeId: village });
    await renameSubject(database.sql, by, { subjectId: rayon, on: '2026-01-01', name: { ky: 'Айтматов' } });

    const chain = async (day: string) =>
      (await ancestors(database.sql, spaceId, clinic, day)).map((above) => above.name.ky);
    expect(await chain('2015-06-01')).toEqual(['Бакыян', 'Кара-Буура', 'Талас']);
    expect(await chain('2026-06-01')).toEqual(['Бакыян', 'Айтматов', 'Талас']);
    expect(await found({ kind: 'place', text: 'кара', at: '2026-06-01' })).toEqual(['Айтматов']);
    expect(await found({ within: talas, types: ['fap'] })).toEqual(['Бакыян ФАПы']);
    expect(
      (await subjectPage(database.sql, spaceId, rayon)).names.map((row) => [row.name.ky, row.validFrom, row.validTo]),
    ).toEqual([
      ['Айтматов', '2026-01-01', null],
      ['Кара-Буура', null, '2025-12-31'],
    ]);
  });

  test('a village that moves to another aimak lies in each in its time', async () => {
    newSpace();
    const first = await place('Биринчи', 'aimak');
    const second = await place('Экинчи', 'aimak');
    const village = await place('Көк-Ой', 'village');
    const old = await relate(database.sql, by, { subjectId: village, kind: 'part_of', objectId: first });
    await endRelation(database.sql, by, { relationId: old, on: '2023-12-31' });
    await relate(database.sql, by, { subjectId: village, kind: 'part_of', objectId: second, from: '2024-01-01' });
    const above = async (day: string) => (await ancestors(database.sql, spaceId, village, day)).map((x) => x.name.ky);
    expect(await above('2023-12-31')).toEqual(['Биринчи']);
    expect(await above('2024-01-01')).toEqual(['Экинчи']);
    expect(await found({ within: first, at: '2024-02-01' })).toEqual(['Биринчи']);
  });

  test('a place cannot lie inside itself', async () => {
    newSpace();
    const outer = await place('Талас', 'oblast');
    const inner = await place('Манас', 'rayon', outer);
    await expect(
      relate(database.sql, by, { subjectId: outer, kind: 'part_of', objectId: inner }),
    ).rejects.toMatchObject({
      key: 'subjects.relation.circle',
    });
  });

  test.each([
    [{ startsOn: null, endsOn: null }, true],
    [{ startsOn: '2016-05-01', endsOn: null }, true],
    [{ startsOn: '2016-05-02', endsOn: null }, false],
    [{ startsOn: null, endsOn: '2016-05-01' }, true],
    [{ startsOn: null, endsOn: '2016-04-30' }, false],
  ])('%j existed on 1 May 2016: %s', (life, there) => expect(existsAt(life, '2016-05-01')).toBe(there));
});

describe('a facility splits, merges, and changes its type', () => {
  test('the old one keeps its history, the area’s number is answered at a date', async () => {
    newSpace();
    const village = await place('Покровка', 'village');
    const old = await add({ kind: 'thing', type: 'fgp', code: 'P-1', name: { ky: 'Покровка ҮДТ' }, placeId: village });
    const [north, south] = await splitSubject(database.sql, by, {
      subjectId: old,
      on: '2016-03-01',
      reason: 'Буйрук №12',
      into: [
        { name: { ky: 'Түндүк ҮДТ' }, share: 0.6 },
        { name: { ky: 'Түштүк ФАПы' }, share: 0.4, type: 'fap' },
      ],
    });
    const count = (at: string) => countSubjects(database.sql, spaceId, { kind: 'thing', within: village, at });
    expect([await count('2016-02-29'), await count('2016-03-01')]).toEqual([1, 2]);
    const before = await subject(database.sql, spaceId, old, '2016-03-01');
    expect(before && existsAt(before, '2016-03-01')).toBe(false);
    const heirs = await successors(database.sql, spaceId, old);
    expect(heirs.map(({ id, share, on, reason }) => ({ id, share, on, reason }))).toEqual([
      { id: north, share: 0.6, on: '2016-03-01', reason: 'Буйрук №12' },
      { id: south, share: 0.4, on: '2016-03-01', reason: 'Буйрук №12' },
    ]);
    expect((await predecessors(database.sql, spaceId, south!)).map((row) => row.name.ky)).toEqual(['Покровка ҮДТ']);
    expect(await typeAt(database.sql, spaceId, south!, '2016-04-01')).toBe('fap');
    expect((await auditOf(database.sql, spaceId, old)).map((line) => line.action)).toEqual([
      'subject.split',
      'subject.add',
    ]);
  });

  test('shares above the whole, a split before its birth and a person are refused', async () => {
    newSpace();
    const one = await add({ kind: 'thing', type: 'fap', name: { ky: 'ФАП' }, startsOn: '2015-01-01' });
    const asan = await person('Асан');
    const into = [
      { name: { ky: 'А' }, share: 0.7 },
      { name: { ky: 'Б' }, share: 0.5 },
    ];
    const half = into.map((heir) => ({ ...heir, share: 0.5 }));
    const split = (subjectId: string, on: string, heirs: typeof into) =>
      splitSubject(database.sql, by, { subjectId, on, into: heirs }).catch((problem) => problem.key);
    expect(await split(one, '2016-01-01', into)).toBe('subjects.split.shares');
    expect(await split(one, '2014-01-01', half)).toBe('subjects.notThen');
    expect(await split(one, '2015-01-01', half)).toBe('subjects.notThen');
    expect(await split(asan, '2016-01-01', half)).toBe('subjects.notThen');
    expect(await countSubjects(database.sql, spaceId, { kind: 'thing', at: '2016-06-01' })).toBe(1);
  });

  test('two aimaks merge into one of them', async () => {
    newSpace();
    const stays = await place('Талас айыл аймагы', 'aimak');
    const ends = await place('Көк-Ой айыл аймагы', 'aimak');
    await mergeSubjects(database.sql, by, { subjectIds: [stays, ends], on: '2024-04-01', into: { subjectId: stays } });
    expect(await found({ kind: 'place', at: '2024-03-31' })).toEqual(['Көк-Ой айыл аймагы', 'Талас айыл аймагы']);
    expect(await found({ kind: 'place', at: '2024-04-01' })).toEqual(['Талас айыл аймагы']);
    expect((await successors(database.sql, spaceId, ends)).map((row) => [row.id, row.share])).toEqual([[stays, 1]]);
  });

  test('a last day that was set by mistake is taken off, unless something came after', async () => {
    newSpace();
    const point = await add({ kind: 'thing', type: 'fap', name: { ky: 'Бел-Арык ФАП' } });
    const reopen = () =>
      reopenSubject(database.sql, by, { subjectId: point }).then(
        () => 'open',
        (problem) => problem.key,
      );
    expect(await reopen()).toBe('subjects.notEnded');
    await closeSubject(database.sql, by, { subjectId: point, on: '2016-03-31' });
    expect(await found({ kind: 'thing', at: '2016-04-01' })).toEqual([]);
    expect(await reopen()).toBe('open');
    expect(await found({ kind: 'thing', at: '2016-04-01' })).toEqual(['Бел-Арык ФАП']);
    expect((await auditOf(database.sql, spaceId, point))[0]?.details).toEqual({ lastDay: '2016-03-31', reason: null });

    const heirs = ['Төмөнкү ФАП', 'Жогорку ФАП'].map((ky) => ({ name: { ky }, share: 0.5 }));
    await splitSubject(database.sql, by, { subjectId: point, on: '2016-05-01', into: heirs });
    expect(await reopen()).toBe('subjects.hasHeirs');
    for (const heir of await successors(database.sql, spaceId, point))
      await undoRelation(database.sql, by, heir.relationId);
    expect(await reopen()).toBe('open');
  });

  test('the type is that of the day, and a change can be taken back', async () => {
    newSpace();
    const point = await add({ kind: 'thing', type: 'fap', name: { ky: 'ФАП' } });
    const change = await changeType(database.sql, by, { subjectId: point, on: '2016-01-01', type: 'fgp' });
    const types = async () => [
      await typeAt(database.sql, spaceId, point, '2015-12-31'),
      await typeAt(database.sql, spaceId, point, '2016-01-01'),
    ];
    expect(await types()).toEqual(['fap', 'fgp']);
    expect(await found({ types: ['fgp'], at: '2016-02-01' })).toEqual(['ФАП']);
    await undoRelation(database.sql, by, change);
    expect(await types()).toEqual(['fap', 'fap']);
  });
});

describe('one person in three registers', () => {
  test('is proposed, decided, and parted again; a report of an earlier moment still knows', async () => {
    newSpace();
    const village = await place('Көк-Ой', 'village');
    const born = { person: { bornYear: 1990 }, placeId: village };
    const first = await person('Бактыбекова Нургуль Жакшылыковна', born);
    const second = await person('Жакшылык кызы Нургүл', born);
    const third = await person('Nurgul Jakshylyk kyzy', born);
    await person('Жакшылык кызы Айгүл', { ...born, person: { bornYear: 1992, phone: '0555123456' } });
    expect((await likelyDuplicates(database.sql, spaceId, second)).map((twin) => twin.id).sort()).toEqual(
      [first, third].sort(),
    );

    const pause = () => new Promise((done) => setTimeout(done, 5));
    const before = new Date();
    await pause();
    const fact = await sameAs(database.sql, by, { a: second, b: first, reason: 'Паспорт көрүлдү' });
    await sameAs(database.sql, by, { a: second, b: third });
    await pause();
    const between = new Date();
    await pause();
    expect(await likelyDuplicates(database.sql, spaceId, second)).toEqual([]);
    await undoRelation(database.sql, by, fact);
    const of = async (asOf: Date | null) => [...(await canonical(database.sql, spaceId, asOf))].sort();
    expect(await of(before)).toEqual([]);
    expect(await of(between)).toEqual([first, second, third].map((id) => [id, first]));
    expect(await of(null)).toEqual([second, third].map((id) => [id, second]));
  });

  test('«not the same» is not asked again, and taking it back asks again', async () => {
    newSpace();
    const a = await person('Асанов Бакыт');
    const b = await person('Бакыт Асанов');
    const decision = await differentFrom(database.sql, by, { a, b });
    expect(await likelyDuplicates(database.sql, spaceId, a)).toEqual([]);
    await undoRelation(database.sql, by, decision);
    expect((await likelyDuplicates(database.sql, spaceId, a)).map((twin) => twin.id)).toEqual([b]);
    const again = await differentFrom(database.sql, by, { a: b, b: a });
    await sameAs(database.sql, by, { a, b });
    await expect(undoRelation(database.sql, by, again)).rejects.toMatchObject({
      key: 'subjects.relation.undoneAlready',
    });
  });

  test('union–find gives the same classes whatever the order of the decisions', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(fc.array(pair), fc.infiniteStream(fc.nat()), (pairs, keys) => {
        const facts = pairs.map(([a, b]) => ({ subjectId: `p${a}`, objectId: `p${b}` }));
        const shuffled = facts.map((fact) => [keys.next().value, fact] as const).sort((x, y) => x[0] - y[0]);
        const turned = shuffled.map(([, { subjectId, objectId }]) => ({ subjectId: objectId, objectId: subjectId }));
        expect([...unite(turned)].sort()).toEqual([...unite(facts)].sort());
        for (const { subjectId, objectId } of facts)
          expect(unite(facts).get(subjectId)).toBe(unite(facts).get(objectId));
      }),
    );
  });
});

test('birth and phone are read by a coordinator, not by a partner', async () => {
  newSpace();
  const id = await person('Асан уулу Үсөн', { person: { bornYear: 1984, phone: '0700 11 22 33', sex: 'm' } });
  const as = (...roles: Role[]): Actor => ({
    ...by,
    accountId: uuidv7(),
    name: '',
    roles,
    organisationId: null,
    personId: null,
  });
  expect(await personDetail(database.sql, as('coordinator'), id)).toEqual({
    sex: 'm',
    bornOn: null,
    bornYear: 1984,
    phone: '0700 11 22 33',
    note: null,
  });
  expect(await personDetail(database.sql, as('partner', 'field_worker', 'funder', 'auditor'), id)).toBeNull();
});

test('a subject of another association cannot be named, related or read', async () => {
  newSpace();
  const theirs = await person('Асан');
  newSpace();
  const ours = await person('Үсөн');
  const refused = { status: 404 };
  await expect(
    nameSubject(database.sql, by, { subjectId: theirs, name: { ky: 'Б' }, from: null }),
  ).rejects.toMatchObject(refused);
  await expect(sameAs(database.sql, by, { a: ours, b: theirs })).rejects.toMatchObject(refused);
  expect(await subject(database.sql, spaceId, theirs)).toBeNull();
});

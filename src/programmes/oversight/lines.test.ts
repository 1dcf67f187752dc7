import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, type TestPerson, testApp } from '../../../test/support/app.ts';
import { rebuild, reported } from '../../kernel/evidence/index.ts';
import { freezesOf, variance, verifyFreeze } from '../../kernel/freezes/index.ts';
import { compareVisits } from './compare.ts';
import { CHECKLIST } from './items.ts';
import { measures } from './measures.ts';
import { pastVisits, seenAt } from './past.ts';

const LINES = '/ky/office/oversight/lines';
const words = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

let app: TestApp;
let coordinator: TestPerson;
let auditor: TestPerson;
beforeAll(async () => {
  app = await testApp({ story: true });
  coordinator = await app.person('Айгүл Токтогулова', ['coordinator']);
  auditor = await app.person('Нурлан Исаков', ['auditor']);
}, 120_000);
afterAll(() => app.close());

/** Facilities that meet the standard by the evidence that stands now, before and since the spring round. */
async function meeting(): Promise<{ autumn: number; spring: number }> {
  const [found] = await app.sql<{ autumn: number; spring: number }[]>`select
      (count(*) filter (where occurred_on < '2016-03-01'))::int as autumn,
      (count(*) filter (where occurred_on >= '2016-03-01'))::int as spring
    from evidence where space_id = ${app.space.id} and measure = 'oversight.standard_met' and ended_at is null`;
  return found!;
}
const same = async () => (await rebuild(app.sql, app.space.id, [reported, ...measures])).same;
const set = (id: string, fields: Record<string, string>) =>
  coordinator.post(`${LINES}/${id}`, { from: '2016-03-01', reason: 'Ассоциация чечти', ...fields });
const undoIn = (body: string): string => /action="\/ky(\/office\/oversight\/lines\/[^"]*\/undo)"/.exec(body)?.[1] ?? '';

describe('a line of the space', () => {
  test('judges visits from its day on: cards, evidence and reports follow at once, and taking it back restores all', async () => {
    const [report] = await freezesOf(app.sql, app.space.id, null);
    const before = await meeting();
    expect(before.spring).toBeGreaterThan(0);
    const answer = await set('facility_score', { met: '99', partly: '50' });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `${LINES}/facility_score`]);
    expect(await meeting()).toEqual({ autumn: before.autumn, spring: 0 });
    const { indicators } = await variance(app.sql, app.space.id, report!.id);
    const moved = indicators.flatMap(({ cells }) =>
      cells.filter((cell) => cell.cell === '' && cell.by.redefined !== 0),
    );
    expect(moved.length).toBeGreaterThan(0);
    for (const { live, frozen, by } of moved)
      expect(by.late + by.corrected + by.withdrawn + by.merged + by.redefined).toBeCloseTo(
        (live ?? 0) - (frozen ?? 0),
        6,
      );
    expect((await verifyFreeze(app.sql, app.space.id, report!.id)).same).toBe(true);
    expect(await same()).toBe(true);

    const page = await coordinator.get(`${LINES}/facility_score`);
    expect(words(page.body)).toContain('99% жана андан жогору');
    expect(words(page.body)).toContain('Айгүл Токтогулова: Ассоциация чечти');
    expect((await coordinator.post(`/ky${undoIn(page.body)}`, {})).statusCode).toBe(303);
    expect(await meeting()).toEqual(before);
    expect(words((await auditor.get(`${LINES}/facility_score`)).body)).toContain('кайтарып алынган: Айгүл Токтогулова');
    expect((await coordinator.post(`/ky${undoIn(page.body)}`, {})).statusCode).toBe(409);
    expect(await same()).toBe(true);
  });

  test('of an item makes other verdicts, and the item is not compared with what another line judged', async () => {
    const facility = async () => {
      const [row] = await app.sql<
        { id: string }[]
      >`select subject_id as id from evidence where space_id = ${app.space.id}
        and measure = 'oversight.visit' and ended_at is null group by subject_id having count(*) = 2 order by 1 limit 1`;
      return await pastVisits(app.sql, app.space.id, [row!.id]);
    };
    const compared = async () => {
      const visits = await facility();
      const [earlier, later] = visits;
      const { compared, left } = compareVisits(
        await seenAt(app.sql, app.space.id, earlier!),
        await seenAt(app.sql, app.space.id, later!),
      );
      return [
        compared.some(({ item }) => item.id === 'room_temperature'),
        left.some(({ id }) => id === 'room_temperature'),
      ];
    };
    const verdict = async (which: 0 | 1) =>
      (await facility())[which]!.score.items.find(({ item }) => item.id === 'room_temperature')?.verdict;
    const autumn = await verdict(0);
    const [was] = await compared();
    expect(was).toBe(true);
    await set('room_temperature', { met: '39,5', partly: '39' });
    expect([await verdict(0), await verdict(1), await compared()]).toEqual([autumn, 'not_met', [false, true]]);
    const page = await coordinator.get(`${LINES}/room_temperature`);
    await coordinator.post(`/ky${undoIn(page.body)}`, {});
    expect(await compared()).toEqual([true, false]);
  });

  test('weights are set for all items at once and change the scores of their days only', async () => {
    const means = async () =>
      (
        await app.sql<{ day: string; points: number }[]>`select occurred_on as day, sum(denominator) as points
      from evidence where space_id = ${app.space.id} and measure = 'oversight.domain' and ended_at is null
      group by 1 order by 1`
      ).map((row) => [row.day, row.points] as const);
    const before = await means();
    const weights = Object.fromEntries(CHECKLIST.map(({ id }) => [`weight_${id}`, '1']));
    expect((await set('weights', weights)).statusCode).toBe(303);
    const after = await means();
    expect(after.filter(([day]) => day < '2016-03-01')).toEqual(before.filter(([day]) => day < '2016-03-01'));
    expect(after.every(([day, points], i) => day < '2016-03-01' || points < before[i]![1])).toBe(true);
    expect(words((await auditor.get(LINES)).body)).toContain('2016‑ж. 1‑март: Айгүл Токтогулова: Ассоциация чечти');
    await coordinator.post(`/ky${undoIn((await coordinator.get(`${LINES}/weights`)).body)}`, {});
    expect(await means()).toEqual(before);
  });

  test.each([
    [
      'outside of what is possible',
      'room_temperature',
      { met: '300', partly: '16' },
      'Бул сан мүмкүн болгон чектен тышкары',
    ],
    ['a stricter “partly”', 'room_temperature', { met: '18', partly: '20' }, 'катаал болбошу керек'],
    ['no number', 'room_temperature', { met: 'жылуу', partly: '16' }, ''],
    ['no day', 'room_temperature', { met: '18', partly: '16', from: '2016-02-31' }, ''],
    ['no reason', 'room_temperature', { met: '18', partly: '16', reason: ' ' }, ''],
    ['an item without a weight', 'weights', {}, 'Ар бир пункттун салмагы'],
  ])('is refused with words beside the field: %s', async (_, id, fields, said) => {
    const answer = await set(id, fields);
    expect(answer.statusCode).toBe(422);
    expect(words(answer.body)).toContain(said);
  });

  test('is refused on a day on which another begins, and what has no line is not found', async () => {
    const line = { met: '18', partly: '16', from: '2031-01-01' };
    expect((await set('room_temperature', line)).statusCode).toBe(303);
    const again = await set('room_temperature', line);
    expect([again.statusCode, words(again.body).includes('Ал кезде башка редакция күчүндө')]).toEqual([422, true]);
    expect((await set('signboard', line)).statusCode).toBe(404);
    expect((await coordinator.get(`${LINES}/signboard`)).statusCode).toBe(404);
    const stray = `${LINES}/weights/00000000-0000-4000-8000-000000000001/undo`;
    expect((await coordinator.post(stray, {})).statusCode).toBe(404);
  });

  test('is set by the coordinator, read by reviewers and auditors, and by nobody else, in three languages', async () => {
    const worker = await app.person('Мээрим Асанова', ['field_worker']);
    expect((await auditor.post(`${LINES}/facility_score`, { met: '80', partly: '50' })).statusCode).toBe(403);
    expect((await auditor.get(LINES)).body).not.toContain('method="post" action="/ky/office/oversight/lines');
    expect((await worker.get(LINES)).statusCode).toBe(403);
    for (const [language, title] of [
      ['ky', 'Баалоо чектери'],
      ['ru', 'Пороги оценки'],
      ['en', 'Lines of judgement'],
    ])
      expect(words((await auditor.get(`/${language}/office/oversight/lines`)).body)).toContain(title);
  });
});

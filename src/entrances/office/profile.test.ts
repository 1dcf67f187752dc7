import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../test/support/app.ts';
import { addIndicator } from '../../kernel/indicators/index.ts';
import { addProject } from '../../kernel/projects/index.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

test('what Айзада writes of the association stands on its page at once, each aim in the reader’s language', async () => {
  expect((await app.ask('/ky')).body).not.toContain('Жаштар чечимге катышсын');
  const coordinator = await app.person('Айзада', ['coordinator']);
  const saved = await coordinator.post('/ky/office/profile', {
    foundedOn: '2010-03-17',
    mission_ky: 'Жаштар чечимге катышсын',
    mission_ru: 'Чтобы молодёжь участвовала в решениях',
    aims_ky: 'Биринчи максат\r\nЭкинчи максат\r\n',
    aims_ru: 'Первая цель\r\nВторая цель',
  });
  expect([saved.statusCode, saved.headers.location]).toEqual([303, '/ky/office/profile']);
  const [ky, ru] = await Promise.all(['/ky', '/ru'].map(async (url) => (await app.ask(url)).body));
  expect(
    ['Жаштар чечимге катышсын', 'Биринчи максат', 'Экинчи максат', '2010'].map((words) => ky?.includes(words)),
  ).toEqual([true, true, true, true]);
  expect(
    ['Чтобы молодёжь участвовала в решениях', 'Первая цель', 'Вторая цель'].map((words) => ru?.includes(words)),
  ).toEqual([true, true, true]);
});

test('a date that is none is refused beside its field, and nothing is lost', async () => {
  const coordinator = await app.person('Айзада Бекбоева', ['coordinator']);
  const refused = await coordinator.post('/ru/office/profile', { foundedOn: 'давно', mission_ru: 'Ещё не сохранено' });
  expect(refused.statusCode).toBe(422);
  expect(refused.body).toContain('Ещё не сохранено');
  expect((await app.ask('/ru')).body).not.toContain('Ещё не сохранено');
});

test('the figures that Айзада chooses stand on the home page and open; of a project that is not public none does', async () => {
  const coordinator = await app.person('Айзада Асанова', ['coordinator']);
  const by = { spaceId: app.space.id, accountId: coordinator.accountId };
  for (const [slug, shown] of [
    ['peaceful-future', true],
    ['draft', false],
  ] as const) {
    const given = { code: slug, slug, title: { ky: slug }, precision: 'day' as const, parties: [], public: shown };
    const projectId = await addProject(app.sql, by, given);
    const definition = { agg: 'sum' as const, measures: ['kernel.reported'] };
    await addIndicator(app.sql, by, { projectId, code: 'mediators', title: { ky: 'Медиаторлор' }, definition });
  }
  const form = (await coordinator.get('/ky/office/profile')).body;
  expect([form.includes('value="peaceful-future/mediators"'), form.includes('value="draft/mediators"')]).toEqual([
    true,
    false,
  ]);
  await coordinator.post('/ky/office/profile', {
    headline_0: 'draft/mediators',
    headline_1: 'peaceful-future/mediators',
    headline_2: 'peaceful-future/mediators',
    headline_3: 'peaceful-future/gone',
  });
  const links = [...(await app.ask('/ky')).body.matchAll(/href="(\/ky\/projects\/[^"]+\/figures\/[^"]+)"/g)];
  expect(links.map((match) => match[1])).toEqual(['/ky/projects/peaceful-future/figures/mediators']);
});

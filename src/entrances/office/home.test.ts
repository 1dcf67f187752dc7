import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, type TestPerson, testApp } from '../../../test/support/app.ts';
import { freeze, type NewFreeze } from '../../kernel/freezes/index.ts';
import { addIndicator } from '../../kernel/indicators/index.ts';
import { addProject } from '../../kernel/projects/index.ts';
import { addSubject } from '../../kernel/subjects/index.ts';

let app: TestApp;
let coordinator: TestPerson;
let organisationId: string;
let health: string;
let reports: string[];

beforeAll(async () => {
  app = await testApp({ kinds: [] });
  coordinator = await app.person('Айзада Бекбоева', ['coordinator']);
  const by = { spaceId: app.space.id, accountId: coordinator.accountId };
  organisationId = await addSubject(app.sql, by, { kind: 'organisation', name: { ky: '«Үлгү» кору' } });
  health = await addProject(app.sql, by, {
    ...{ code: 'P7', title: { ky: 'Саламаттык', ru: 'Здоровье', en: 'Health' }, startsOn: '2015-09-01' },
    parties: [{ organisationId, role: 'funder' as const }],
  });
  const school = await addProject(app.sql, by, { code: 'P5', title: { ky: 'Мектеп', ru: 'Школа', en: 'School' } });
  const definition = { agg: 'sum' as const, measures: ['kernel.reported'] };
  for (const projectId of [health, school])
    await addIndicator(app.sql, by, { projectId, code: 'people', title: { ky: 'Адамдар' }, definition });
  const one = async (given: Pick<NewFreeze, 'projectId' | 'title'>) =>
    (await freeze(app.sql, by, { ...given, from: '2016-04-04', to: '2016-05-31' })).id;
  reports = [
    await one({ projectId: health, title: { ky: 'Күзгү отчёт', ru: 'Осенний отчёт', en: 'Autumn report' } }),
    await one({ projectId: school, title: { ky: 'Мектеп отчёту', ru: 'Отчёт о школе', en: 'School report' } }),
    await one({ projectId: health, title: { ky: 'Жазгы отчёт', ru: 'Весенний отчёт', en: 'Spring report' } }),
  ];
});
afterAll(() => app.close());

/** Where the body of the office home leads, and its headings. */
async function homeOf(person: TestPerson, language = 'ky') {
  const html = (await person.get(`/${language}/office`)).body.split('<main')[1]?.split('</main>')[0] ?? '';
  const links = [...html.matchAll(/href="\/[a-z]{2}\/office\/(figures|freezes)\/([^"]+)"/g)].map((match) => match[2]);
  return { links, headings: [...html.matchAll(/<h2[^>]*>([^<]+)</g)].map((match) => match[1]) };
}

test('Анна of a fund, Жылдыз of a partner: their projects first, then the latest frozen reports, in each language', async () => {
  for (const role of ['funder', 'partner'] as const) {
    const person = await app.person('Анна Хубер', [role], { organisationId });
    const words = {
      ky: ['Долбоорлор жана алардын сандары', 'Акыркы бекитилген отчёттор', 'Тез өтүү'],
      ru: ['Проекты и их показатели', 'Последние зафиксированные отчёты', 'Быстрый переход'],
      en: ['Projects and their figures', 'Latest frozen reports', 'Go to'],
    };
    for (const [language, headings] of Object.entries(words))
      expect(await homeOf(person, language)).toEqual({ links: [health, reports[2], reports[0]], headings });
  }
});

test('Каныкей, who audits, has every project and every report', async () => {
  const { links } = await homeOf(await app.person('Каныкей Сыдыкова', ['auditor']));
  expect(links.slice(2)).toEqual([...reports].reverse());
});

test('a funder without a part in any project is told so; who works in the office keeps their queue', async () => {
  const nobody = await app.person('Ева', ['funder']);
  expect(await homeOf(nobody)).toEqual({ links: [], headings: ['Долбоорлор жана алардын сандары', 'Тез өтүү'] });
  for (const role of ['coordinator', 'reviewer'] as const)
    expect((await homeOf(await app.person('Улан', [role, 'auditor']))).headings[0]).toBe('Бүгүн сизди күткөн иштер');
});

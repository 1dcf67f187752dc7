import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, type TestPerson, testApp } from '../../../../test/support/app.ts';
import { axe, complaints, screenshot, withBrowser } from '../../../../test/support/browser.ts';
import { putRecord } from '../../../../test/support/records.ts';
import { planActivity } from '../../../kernel/activities/index.ts';
import { applyRecord, type Measure } from '../../../kernel/evidence/index.ts';
import { freezesOf } from '../../../kernel/freezes/index.ts';
import { addIndicator, setGoal } from '../../../kernel/indicators/index.ts';
import { addProject } from '../../../kernel/projects/index.ts';
import { judge } from '../../../kernel/records/index.ts';
import { addSubject } from '../../../kernel/subjects/index.ts';
import { uuidv7 } from '../../../platform/db/index.ts';

/** One patient asked: once each, by sex and by group. */
const asked: Measure = {
  key: 'test.asked',
  title: { ky: 'Сурамжыланган бейтап', ru: 'Опрошенный пациент', en: 'Patient asked' },
  unit: 'person',
  forms: ['interview'],
  dimensions: [],
  rows: (record) => [
    {
      subjectId: record.subjectId,
      quantity: 1,
      attributes: { sex: String(record.answers.sex), group: record.answers.group as string[] },
    },
  ],
};

const browser = withBrowser();
let app: TestApp;
let coordinator: TestPerson;
let funder: TestPerson;
let projectId: string;
let indicatorId: string;
let interview: (name: string, sex: string, group: string[], accept?: boolean) => Promise<string>;
let accept: (recordId: string) => Promise<void>;

beforeAll(async () => {
  app = await testApp();
  coordinator = await app.person('Айнура', ['coordinator']);
  const by = { spaceId: app.space.id, accountId: coordinator.accountId };
  const organisationId = await addSubject(app.sql, by, { kind: 'organisation', name: { en: 'Swiss Caritas' } });
  funder = await app.person('Ханна', ['funder'], { organisationId });
  projectId = await addProject(app.sql, by, {
    ...{
      code: 'P7',
      title: { ky: 'Саламаттык', ru: 'Здоровье', en: 'Health' },
      startsOn: '2016-01-01',
      endsOn: '2016-12-31',
      parties: [{ organisationId, role: 'funder' as const }],
    },
  });
  const activityId = await planActivity(app.sql, by, {
    ...{ kind: 'oversight', title: { ky: 'Жазгы айлампа' }, startsOn: '2016-04-01', endsOn: '2016-06-30' },
    projectIds: [projectId],
  });
  accept = (recordId) =>
    app.sql.begin(async (tx) => {
      await judge(tx, { spaceId: app.space.id, recordId, verdict: 'accepted', by: { accountId: uuidv7() } });
      await applyRecord(tx, { spaceId: app.space.id, recordId, measures: [asked] });
    });
  interview = async (name, sex, group, accepted = true) => {
    const subjectId = await addSubject(app.sql, by, { kind: 'person', name: { ky: name } });
    const one = { formKey: 'interview', occurredOn: '2016-05-12', subjectId, activityId, answers: { sex, group } };
    const { id } = await putRecord(app.sql, { spaceId: app.space.id, ...one });
    if (accepted) await accept(id);
    return id;
  };
  const made = await addIndicator(app.sql, by, {
    ...{ projectId, code: 'asked', title: { ky: 'Сурамжылангандар', ru: 'Опрошенные', en: 'Patients asked' } },
    unit: { ky: 'адам', ru: 'человек', en: 'people' },
    definition: {
      agg: 'count_distinct',
      measures: ['test.asked'],
      dimensions: [
        { key: 'sex', suppressBelow: 5 },
        { key: 'group', kind: 'overlapping', suppressBelow: 5 },
      ],
    },
  });
  indicatorId = made.id;
  await setGoal(app.sql, by, { indicatorId, kind: 'target', from: '2016-01-01', to: '2016-12-31', value: 24 });
  for (let n = 0; n < 17; n++) await interview(`Гүлнара ${n}-кызы`, 'f', ['poor']);
  for (let n = 0; n < 2; n++) await interview(`Бакыт ${n}-уулу`, 'm', []);
});
afterAll(() => app.close());

const visible = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('figures in the office', () => {
  test.each(['ky', 'ru', 'en'])('every page opens in %s', async (language) => {
    const at = (path: string) => `/${language}/office/${path}`;
    const paths = [
      'figures',
      `figures/${projectId}`,
      `figures/${projectId}?period=2016-Q2`,
      `figures/${projectId}/report`,
      `figures/${projectId}/freeze`,
      `indicators/${indicatorId}`,
      `indicators/${indicatorId}?by=group`,
      `indicators/${indicatorId}/evidence`,
      `indicators/${indicatorId}/definition`,
      `indicators/new?project=${projectId}`,
      'freezes',
    ];
    const answers = await Promise.all(paths.map(async (path) => [path, (await coordinator.get(at(path))).statusCode]));
    expect(answers).toEqual(paths.map((path) => [path, 200]));
  });

  test('a figure shows its value, its target and leads to its evidence, and each row to its record', async () => {
    const figures = visible((await coordinator.get(`/en/office/figures/${projectId}?period=2016-Q2`)).body);
    expect(figures).toMatch(/Patients asked.* 19 people/);
    const evidence = await coordinator.get(`/en/office/indicators/${indicatorId}/evidence?period=2016-Q2&cell=sex%3Dm`);
    expect(visible(evidence.body)).toContain('Бакыт 0-уулу');
    expect(evidence.body.match(/\/en\/office\/records\/[0-9a-f-]{36}/g)).toHaveLength(2);
  });

  test('a funder sees no name, no group of few people, and no evidence of a hidden group', async () => {
    const page = visible((await funder.get(`/en/office/indicators/${indicatorId}?by=sex`)).body);
    expect(page).toMatch(/19 people/);
    expect(page).not.toMatch(/women 17|men 2/);
    const list = await funder.get(`/en/office/indicators/${indicatorId}/evidence`);
    expect([list.statusCode, list.body.includes('Гүлнара')]).toEqual([200, false]);
    const row = list.body.match(/\/en\/office\/evidence\/[0-9a-f-]{36}/)?.[0];
    const opened = await funder.get(row ?? '');
    expect([opened.statusCode, opened.body.includes('Гүлнара')]).toEqual([200, false]);
    expect((await funder.get(`/en/office/indicators/${indicatorId}/evidence?cell=sex%3Dm`)).statusCode).toBe(404);
    const file = await funder.get(`/en/office/figures/${projectId}/evidence.csv`);
    expect([file.statusCode, file.body.includes('Гүлнара')]).toEqual([200, false]);
  });

  test('the evidence file has a line for each row, and the figures file a line for each cell', async () => {
    const lines = async (path: string) =>
      (await coordinator.get(`/ky/office/figures/${projectId}/${path}`)).body.trim().split('\r\n');
    expect(await lines('evidence.csv')).toHaveLength(20);
    expect((await lines('figures.csv')).slice(1).map((line) => line.split(',').slice(7, 10))).toEqual([
      ['', '', '19'],
      ['group=poor', 'poor', '17'],
      ['sex=f', 'аялдар', '17'],
      ['sex=m', 'эркектер', '2'],
    ]);
  });

  test('reported 19, now 20: the frozen report names the late interview, and can be drawn again', async () => {
    const late = await interview('Жаркын Асанова', 'f', [], false);
    const form = await coordinator.get(`/ky/office/figures/${projectId}/freeze?period=all`);
    const request = /name="request" value="([0-9a-f-]{36})"/.exec(form.body)![1]!;
    const ask = () =>
      coordinator.post(`/ky/office/figures/${projectId}/freeze?period=all`, { title_ky: 'Жазгы отчёт', request });
    const under = `/ky/office/freezes/asked/${request}`;
    // Two presses of the button are one wish.
    for (const answer of await Promise.all([ask(), ask()]))
      expect([answer.statusCode, answer.headers.location]).toEqual([303, under]);
    const progress = await coordinator.get(under);
    expect([progress.statusCode, progress.headers.refresh]).toEqual([200, '2']);
    expect(visible(progress.body)).toContain('1 көрсөткүчтүн 0 даяр');
    await app.sql`update freeze_request set failed_at = now(), given_up_at = now() where id = ${request}`;
    const over = await coordinator.get(under);
    expect([over.statusCode, over.headers.refresh, visible(over.body).includes('Кайра суроо')]).toEqual([
      200,
      undefined,
      true,
    ]);
    await app.runJobs();
    const done = await coordinator.get(under);
    expect([done.statusCode, done.headers.location]).toEqual([303, `/ky/office/freezes/${request}`]);
    expect((await ask()).headers.location).toBe(under);
    await app.runJobs();
    expect(await freezesOf(app.sql, app.space.id, projectId)).toHaveLength(1);
    expect((await funder.get(under)).statusCode).toBe(403);
    expect((await coordinator.get(`/ky/office/freezes/asked/${projectId}`)).statusCode).toBe(404);
    const spoilt = await coordinator.post(`/ky/office/figures/${projectId}/freeze?period=all`, { request: 'x' });
    expect(spoilt.statusCode).toBe(422);
    await accept(late);
    const [kept] = await freezesOf(app.sql, app.space.id, projectId);
    const report = visible((await coordinator.get(`/ky/office/freezes/${kept!.id}?check=1`)).body);
    expect(report).toContain('Баштапкы жазуулардан кайра эсептелди: баары дал келди');
    for (const [language, words] of [
      ['ky', 'Билдирилгени 19, азыр 20: кечигип келгени +1.'],
      ['ru', 'Сообщено 19, сейчас 20: поступило позже +1.'],
      ['en', 'Reported 19, now 20: late +1.'],
    ])
      expect(visible((await coordinator.get(`/${language}/office/freezes/${kept!.id}`)).body)).toContain(words);
    expect(visible((await coordinator.get(`/en/office/freezes/${kept!.id}`)).body)).toContain('Жаркын Асанова');
    expect(visible((await funder.get(`/en/office/freezes/${kept!.id}`)).body)).not.toContain('Жаркын');
    for (const path of ['print', 'figures.csv', 'evidence.csv', 'changes.csv'])
      expect((await funder.get(`/ru/office/freezes/${kept!.id}/${path}`)).statusCode).toBe(200);
    const changes = await coordinator.get(`/ru/office/freezes/${kept!.id}/changes.csv`);
    expect(
      changes.body
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',').slice(0, 3)),
    ).toEqual([['asked', 'late', 'added']]);
  });

  test('a new definition needs its reason, and one that contradicts itself comes back with words', async () => {
    const path = `/ru/office/indicators/${indicatorId}/definition`;
    const fields = {
      title_ru: 'Опрошенные',
      agg: 'count_distinct',
      measures: 'test.asked',
      period: 'flow',
      digits: '0',
      estimates: 'yes',
    };
    const without = await coordinator.post(path, fields);
    expect([without.statusCode, visible(without.body)]).toEqual([422, expect.stringContaining('Напишите причину')]);
    const wrong = await coordinator.post(path, { ...fields, period: 'stock', reason: 'на дату' });
    expect([wrong.statusCode, visible(wrong.body)]).toEqual([
      422,
      expect.stringContaining('не складывается по времени'),
    ]);
    const right = await coordinator.post(path, { ...fields, reason: 'Донор просит без разрезов' });
    expect(right.statusCode).toBe(303);
    expect(visible((await coordinator.get(path)).body)).toContain('Донор просит без разрезов');
  });

  test('the pages are accessible on a phone and speak no error to the browser', async () => {
    const baseURL = await app.listen();
    const page = await browser.openPage({ baseURL, width: 360, language: 'ky' });
    await page.context().addCookies([{ name: 'demilge', value: coordinator.token, url: baseURL }]);
    const [kept] = await freezesOf(app.sql, app.space.id, projectId);
    const paths = [
      `figures/${projectId}`,
      `indicators/${indicatorId}`,
      `indicators/${indicatorId}/evidence`,
      `indicators/${indicatorId}/definition`,
      `freezes/${kept!.id}`,
      `freezes/${kept!.id}/print`,
    ];
    for (const path of paths) {
      await page.goto(`/ky/office/${path}`);
      await screenshot(page, `figures-${paths.indexOf(path)}`);
      expect([path, await axe(page)]).toEqual([path, []]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([path, width]).toEqual([path, 360]);
    }
    expect(complaints(page)).toEqual([]);
  });

  test('who may not, may not: a field worker sees nothing, a funder defines nothing, a partner only its own projects', async () => {
    const worker = await app.person('Эрмек', ['field_worker']);
    expect((await worker.get('/ky/office/figures')).statusCode).toBe(403);
    expect((await funder.get(`/ky/office/figures/${projectId}/freeze`)).statusCode).toBe(403);
    expect((await funder.post(`/ky/office/indicators/${indicatorId}/goals`, {})).statusCode).toBe(403);
  });

  test('figures, evidence and reports are open to the project’s own funder and to an auditor, and to no other funder or partner', async () => {
    const [kept] = await freezesOf(app.sql, app.space.id, projectId);
    const [row] = await app.sql<{ id: string }[]>`select id from evidence where space_id = ${app.space.id} limit 1`;
    const paths = [
      `figures/${projectId}`,
      `figures/${projectId}/report`,
      `figures/${projectId}/figures.csv`,
      `figures/${projectId}/evidence.csv`,
      `indicators/${indicatorId}`,
      `indicators/${indicatorId}/evidence`,
      `indicators/${indicatorId}/evidence.csv`,
      `indicators/${indicatorId}/definition`,
      `evidence/${row?.id}`,
      `freezes/${kept?.id}`,
      `freezes/${kept?.id}/print`,
      `freezes/${kept?.id}/figures.csv`,
      `freezes/${kept?.id}/evidence.csv`,
      `freezes/${kept?.id}/changes.csv`,
    ];
    const seen = async (person: TestPerson) =>
      await Promise.all(paths.map(async (path) => (await person.get(`/ky/office/${path}`)).statusCode));
    const all = (status: number) => paths.map(() => status);
    const others = [
      await app.person('Санжар', ['partner']),
      await app.person('Юрг', ['funder']),
      await app.person('Клаус', ['funder', 'field_worker']),
    ];
    for (const other of others) {
      expect(await seen(other)).toEqual(all(404));
      for (const list of ['figures', 'freezes'])
        expect(visible((await other.get(`/en/office/${list}`)).body)).not.toContain('Health');
    }
    const twice = await app.person('Асель', ['auditor', 'partner']);
    for (const reader of [funder, await app.person('Канышай', ['auditor']), twice])
      expect(await seen(reader)).toEqual(all(200));
  });

  test('another space has none of it', async () => {
    const space = await app.addSpace({ en: 'Another association' }, 'other.example');
    const stranger = await app.person('Мира', ['coordinator'], { space });
    const [kept] = await freezesOf(app.sql, app.space.id, projectId);
    const [row] = await app.sql<{ id: string }[]>`select id from evidence limit 1`;
    for (const path of [
      `figures/${projectId}`,
      `figures/${projectId}/freeze`,
      `indicators/${indicatorId}`,
      `indicators/${indicatorId}/definition`,
      `indicators/new?project=${projectId}`,
      `freezes/${kept?.id}`,
      `evidence/${row?.id}`,
      'figures/not-an-id',
      `indicators/${indicatorId}/evidence?page=-1&period=%00&cell=%FF`,
    ])
      expect([path, (await stranger.get(`/en/office/${path}`)).statusCode]).toEqual([path, 404]);
  });
});

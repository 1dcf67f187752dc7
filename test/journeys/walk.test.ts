import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../seeds/load.ts';
import { drawPhoto } from '../../seeds/story/index.ts';
import { indicatorsOf } from '../../src/kernel/indicators/index.ts';
import { projects } from '../../src/kernel/projects/index.ts';
import { drawPictures } from '../../src/kernel/records/index.ts';
import { today } from '../../src/kernel/subjects/index.ts';
import type { Language, Locale } from '../../src/platform/i18n/index.ts';
import { CHECKLIST, VISIT_SHEETS, workbookBytes } from '../../src/programmes/oversight/index.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { complaints, screenshot, withBrowser } from '../support/browser.ts';
import {
  actorNamed,
  dayAfter,
  fieldWords,
  fillOnPhone,
  monitorWithPhone,
  quartersBefore,
  type Stop,
  signInAs,
  stopsOf,
  visitComesIn,
} from '../support/walk.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ROUNDS = '/office/oversight/rounds';
const VISITS = '/office/oversight/visits';
const NOW = today(new Date());
/** Each language walks in a quarter of its own, so that its figures are its own. */
const QUARTERS = quartersBefore(NOW, 3);

/** What people write in each language on the way. */
const WALKS = [
  {
    language: 'ky',
    monitor: 'Нурбек Асылбеков',
    round: 'Үчүнчү кыдыруу',
    problem: 'Пандус жок, коляска менен кирүү мүмкүн эмес',
    plan: 'Айыл өкмөтү менен пандус салабыз',
    owner: 'чарба башчысы',
    position: 'мекеменин башчысы',
    report: 'Кварталдык отчёт',
  },
  {
    language: 'ru',
    monitor: 'Анара Сыдыкова',
    round: 'Третий обход',
    problem: 'Пандуса нет, с коляской не войти',
    plan: 'Построим пандус вместе с айыл окмоту',
    owner: 'завхоз',
    position: 'заведующая',
    report: 'Отчёт за квартал',
  },
  {
    language: 'en',
    monitor: 'Эмил Турдубеков',
    round: 'Third round',
    problem: 'There is no ramp; a pram cannot get in',
    plan: 'We build a ramp with the village government',
    owner: 'caretaker',
    position: 'head of the facility',
    report: 'Quarterly report',
  },
] as const;
type Walk = (typeof WALKS)[number];

const browser = withBrowser();
let app: TestApp;
let address: string;
let projectId: string;

beforeAll(async () => {
  app = await testApp({ story: true });
  address = await app.listen();
  projectId = (await projects(app.sql, app.space.id)).find((one) => one.code === 'P7')!.id;
}, 300_000);
afterAll(() => app.close());

const desk = (language: Language, more: { javaScript?: boolean; width?: number } = {}) =>
  browser.openPage({ width: 1280, height: 900, language, baseURL: address, ...more });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test.each(WALKS)(
  'the walk in $language, from the checklist to “reported 19, now 20”',
  { timeout: 300_000 },
  async (walk) => {
    const { language } = walk;
    const l = app.locales[language];
    const quarter = QUARTERS[WALKS.indexOf(walk)]!;
    const version = `${quarter.from.replaceAll('-', '')}01`;
    const monitor = await monitorWithPhone(app, {
      ...{ login: `monitor-${language}`, name: walk.monitor, language, password: DEMO_PASSWORD },
    });
    const reviewer = await actorNamed(app, 'ulan');

    const office = await desk(language);
    await signInAs(office, l, 'aizada', DEMO_PASSWORD);
    await publishChecklist(office, l, version);
    const roundId = await planRound(office, l, walk, quarter.from);
    const stops = await stopsOf(app, roundId);
    expect(stops.length).toBe(20);
    const [phoneStop, lateStop, ...others] = stops as [Stop, Stop, ...Stop[]];
    const given = { version, authorId: monitor.accountId, reviewer };
    for (const [i, stop] of others.entries())
      await visitComesIn(app, { ...given, stop, day: dayAfter(quarter.from, i) });

    const name = l.pick(phoneStop.name);
    const day = dayAfter(quarter.from, 30);
    await fillOffline(walk, monitor.token, { name, day, label: `${phoneStop.name.ky} ${day}` });
    await review(l, phoneStop);
    await shareAndAnswer(office, l, walk, phoneStop);
    const visitAddress = `/${language}${VISITS}/${phoneStop.assignmentId}`;
    await office.goto(visitAddress);
    await press(office, l.t('oversight.publish.do'));
    await office.getByText(l.t('oversight.publish.done')).first().waitFor();
    await scoreCard(l, walk, { roundId, name });

    const figures = `/${language}/office/figures/${projectId}?period=${quarter.key}`;
    await evidenceBehind(office, l, walk, { figures, day });
    await office.goto(figures);
    await office.getByRole('link', { name: l.t('figures.freeze'), exact: true }).click();
    await office.locator('[name^=title]').first().fill(walk.report);
    await press(office, l.t('figures.freeze.do'));
    await office.waitForURL('**/office/freezes/asked/*');
    await app.runJobs();
    await office.waitForURL('**/office/freezes/*');
    const report = office.url();
    expect(await office.getByText(l.t('figures.unchanged'), { exact: true }).count()).toBe(1);

    const lateDay = dayAfter(quarter.from, 40);
    await visitComesIn(app, { ...given, stop: lateStop, day: lateDay });
    await office.goto(report);
    const change = office.locator('section.section').filter({
      has: office.getByRole('heading', { name: await titleOf('facilities-visited', l), exact: true }),
    });
    const causes = l.t('donor.cause.late', { change: '+1' });
    expect(await change.locator('p.lead').textContent()).toBe(
      l.t('donor.reportedNow', { frozen: '19', live: '20', causes }),
    );
    expect(await change.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual([l.t('figures.cause.late')]);
    expect(await change.locator('tbody tr').count()).toBe(1);
    expect(await change.locator('tbody tr').textContent()).toContain(l.pick(lateStop.name));
    await screenshot(office, `walk-report-${language}`);
    expect(complaints(office)).toEqual([]);
  },
);

async function titleOf(code: string, l: Locale): Promise<string> {
  const found = (await indicatorsOf(app.sql, app.space.id, projectId)).find((one) => one.code === code);
  return l.pick(found?.title);
}

async function publishChecklist(page: Page, l: Locale, version: string): Promise<void> {
  await page.goto(`/${l.language}/office/forms`);
  const buffer = Buffer.from(workbookBytes({ ...VISIT_SHEETS, version }));
  await page.setInputFiles('[name=workbook]', { name: 'visit.xlsx', mimeType: XLSX, buffer });
  await press(page, l.t('office.forms.upload'));
  await page.waitForURL('**/office/forms/*/versions/*');
  expect(await page.getByText(l.t('office.forms.findings'), { exact: true }).count()).toBe(0);
  await press(page, l.t('office.forms.publish'));
  await page.getByText(l.t('office.forms.state.published'), { exact: true }).waitFor();
}

/** Twenty of the facilities, one monitor. @returns the round */
async function planRound(page: Page, l: Locale, walk: Walk, from: string): Promise<string> {
  await page.goto(`/${l.language}${ROUNDS}/new`);
  await page.fill('[name=title_ky]', walk.round);
  await page.selectOption('[name=project]', projectId);
  await page.fill('[name=from]', from);
  await page.fill('[name=to]', NOW);
  for (const group of await page.locator('main details > summary').all()) await group.click();
  const facilities = await page.locator('[name=facilities]').all();
  for (const facility of facilities.slice(0, 20)) await facility.check();
  for (const monitor of await page.locator('[name=monitors]').all()) await monitor.setChecked(false);
  await page.getByLabel(walk.monitor).check();
  await press(page, l.t('oversight.plan.preview'));
  await page.waitForURL(`**${ROUNDS}/preview`);
  expect(await page.locator('tbody tr').count()).toBe(20);
  await press(page, l.t('oversight.plan.plan'));
  await page.waitForURL(/\/rounds\/[0-9a-f-]{36}$/);
  expect(await page.locator('tbody tr').count()).toBe(20);
  return page.url().split('/').at(-1)!;
}

/** The nineteenth visit: the phone has no network until it is finished. */
async function fillOffline(
  walk: Walk,
  token: string,
  visit: { name: string; day: string; label: string },
): Promise<void> {
  const words = fieldWords(walk.language);
  const page = await browser.openPage({ language: walk.language, baseURL: address });
  await page.goto(`/field/#key=${token}`);
  await page.getByRole('button', { name: fieldWords('ky').t('field.pin.none'), exact: true }).click();
  await page.getByRole('heading', { name: words.t('field.today.title'), exact: true }).waitFor();
  await page.getByText(words.t('field.line.good')).waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));

  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: visit.name }).first().click();
  await page.locator('.form-step').waitFor();
  const photo = await drawPhoto({
    ...{ kind: 'ramp', facility: 'ak-kashat-fap', moment: 'before', takenOn: visit.day, seed: walk.language },
  });
  expect(await fillOnPhone(page, words, { day: visit.day, problem: walk.problem, photo })).toBeGreaterThan(5);
  await page.getByText(words.t('field.out.phone'), { exact: true }).waitFor();

  await page.context().setOffline(false);
  const received = words.t('field.out.received', { when: '' }).trim();
  await page.getByText(received).first().waitFor();
  await screenshot(page, `walk-receipt-${walk.language}`);
  expect(await page.getByText(words.t('field.out.aside'), { exact: true }).count()).toBe(0);
  expect(await page.locator('.out-name').allTextContents()).toEqual([visit.label]);
  expect(complaints(page).filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one))).toEqual([]);
}

/** A second person looks at the photo and says that no patient is in it. */
async function review(l: Locale, stop: Stop): Promise<void> {
  const page = await desk(l.language);
  await signInAs(page, l, 'ulan', DEMO_PASSWORD);
  await page.goto(`/${l.language}${VISITS}/${stop.assignmentId}`);
  await page.check('[name=no_people]');
  await press(page, l.t('oversight.visit.event.check'));
  await page.getByText(l.t('oversight.check.done')).first().waitFor();
  const [found] = await app.sql<{ id: string }[]>`
    select id from record where space_id = ${app.space.id} and assignment_id = ${stop.assignmentId}`;
  // The job that takes position data out of pictures runs beside the server; here it runs now.
  await drawPictures(app.sql, app.files, app.space.id, found!.id);
}

/** The coordinator gives the facility its link; the facility answers without an account and without scripts. */
async function shareAndAnswer(office: Page, l: Locale, walk: Walk, stop: Stop): Promise<void> {
  await office.goto(`/${l.language}${VISITS}/${stop.assignmentId}`);
  await press(office, l.t('oversight.visit.event.share'));
  const telegram = await office.getByRole('link', { name: 'Telegram' }).getAttribute('href');
  const link = new URL(new URL(telegram!).searchParams.get('url')!).pathname;

  const page = await desk(l.language, { javaScript: false, width: 360 });
  await page.goto(link);
  await page.locator('#problem-1').getByLabel(l.t('oversight.answer.choice.agreed'), { exact: true }).check();
  await page.fill('#plan_1', walk.plan);
  await page.fill('#owner_1', walk.owner);
  await page.fill('#deadline_1', dayAfter(NOW, 60));
  await page.fill('#position', walk.position);
  await press(page, l.t('oversight.answer.send'));
  await page.getByText(l.t('oversight.answer.thanks')).first().waitFor();
  expect(await page.getByText(walk.plan).count()).toBe(1);
}

/** What the villagers see: the problem, the promise and the photo, without a script. */
async function scoreCard(l: Locale, walk: Walk, { roundId, name }: { roundId: string; name: string }): Promise<void> {
  const page = await desk(l.language, { javaScript: false, width: 360 });
  await page.goto(`/${l.language}/oversight/rounds/${roundId}`);
  await page.getByRole('link', { name, exact: true }).first().click();
  await page.waitForURL('**/oversight/facilities/*');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(name);
  const problem = page.locator('#problems article');
  expect(await problem.count()).toBe(1);
  expect(await problem.getByRole('heading').textContent()).toBe(walk.problem);
  expect(await problem.locator('dd').allInnerTexts()).toEqual([
    l.t('oversight.answer.agreed'),
    walk.plan,
    walk.owner,
    l.date(dayAfter(NOW, 60)),
  ]);
  const picture = await page.request.get((await problem.locator('img').first().getAttribute('src'))!);
  expect([picture.status(), picture.headers()['content-type']]).toEqual([200, 'image/jpeg']);
  await screenshot(page, `walk-card-${l.language}`);
}

/** Nineteen facilities; the evidence behind the number opens down to the tick and the photo of the phone. */
async function evidenceBehind(
  page: Page,
  l: Locale,
  walk: Walk,
  { figures, day }: { figures: string; day: string },
): Promise<void> {
  await page.goto(figures);
  const title = await titleOf('facilities-visited', l);
  const card = page.locator('.figure-card').filter({ has: page.getByRole('link', { name: title, exact: true }) });
  expect(await card.locator('.figure-value strong').textContent()).toBe('19');
  await card.getByRole('link', { name: l.t('figures.evidence.n', { n: 19 }) }).click();
  await page.waitForURL('**/evidence?*');
  expect(await page.locator('tbody tr').count()).toBe(19);
  await page.getByRole('link', { name: l.date(day), exact: true }).click();
  await page.waitForURL('**/office/records/*');
  const signboard = CHECKLIST.find((item) => item.id === 'signboard')!.question;
  const tick = page.locator('dl.facts > div').filter({ hasText: l.pick(signboard) });
  expect(await tick.locator('dd').textContent()).toBe(verdictMet(l));
  expect(await page.getByText(walk.problem, { exact: true }).count()).toBeGreaterThan(0);
  const photo = page.locator('main img').first();
  await photo.scrollIntoViewIfNeeded();
  await expect.poll(() => photo.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  await screenshot(page, `walk-evidence-${l.language}`);
}

const verdictMet = (l: Locale): string =>
  l.pick(VISIT_SHEETS.choices.find((choice) => choice.list === 'verdict' && choice.name === 'met')?.label);

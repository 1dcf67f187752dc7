import { afterAll, beforeAll, expect, test } from 'vitest';
import { listRecords } from '../../src/kernel/records/index.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { axe, complaints, screenshot, withBrowser } from '../support/browser.ts';
import { fieldDay, publishForm, settleIn } from '../support/field.ts';
import { arrived, badLine, dice, stormWorkbook, weather } from '../support/storm.ts';

const browser = withBrowser();
let app: TestApp;
let address: string;
let day: Awaited<ReturnType<typeof fieldDay>>;

beforeAll(async () => {
  app = await testApp();
  day = await fieldDay(app);
  address = await app.listen();
});
afterAll(() => app.close());

test('Айгүл signs in by a link, fills a form without a network, and sees that the server has it', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, day.link, '2580');
  expect(new URL(page.url()).hash).toBe('');
  await screenshot(page, 'field-today-ky');

  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole('heading', { name: 'Бүгүнкү иштер' }).waitFor();
  await page.getByRole('button', { name: 'Клиникага баруу' }).click();
  await page.getByLabel('Мекеме').fill('Ак-Дөбө ФАП');
  await page.getByRole('button', { name: 'Андан ары' }).click();
  await page.getByLabel('Канча градус?').fill('18');
  await page.getByRole('button', { name: 'Андан ары' }).click();
  await page.getByLabel('Ооба').check();
  await page.locator('.fill-kept[aria-busy="false"]').waitFor();

  // The battery is empty: the tab is gone, and the form is where it was.
  const context = page.context();
  await page.close();
  const again = await context.newPage();
  await again.goto(`${address}/field/`);
  await again
    .getByRole('button', { name: /Клиникага баруу 20/ })
    .or(again.locator('.task-row .task'))
    .first()
    .click();
  await expect.poll(() => again.getByLabel('Ооба').isChecked()).toBe(true);
  for (let i = 0; i < 4; i++) await again.getByRole('button', { name: 'Андан ары' }).click();
  await again.getByRole('button', { name: 'Бүттү, улантуу' }).click();
  await again.getByRole('button', { name: 'Бүтүрүү жана жөнөтүү' }).click();
  await again.getByText('Телефондо турат, жоголбойт').waitFor();
  await screenshot(again, 'field-out-phone-ky');
  expect((await listRecords(app.sql, app.space.id, {})).rows).toEqual([]);

  await context.setOffline(false);
  await again.getByText(/Сервер алды:/).waitFor();
  await screenshot(again, 'field-out-received-ky');
  const { rows } = await listRecords(app.sql, app.space.id, {});
  expect(rows.map(({ formKey, door, authorId, aside }) => ({ formKey, door, authorId, aside }))).toEqual([
    { formKey: 'visit', door: 'field', authorId: day.accountId, aside: false },
  ]);
  expect(await axe(again)).toEqual([]);
  expect(complaints(again).filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one))).toEqual([]);
});

test('a task opens its checklist at the right clinic, and the form changes its language in place', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, day.link);
  await page.getByRole('button', { name: /Кең-Суу/ }).click();
  const clinic = page.getByLabel('Кайсы мекемеге келдиңиз?');
  expect(await clinic.evaluate((list: HTMLSelectElement) => list.selectedOptions[0]?.text)).toBe(
    'Кең-Суу үй-бүлөлүк медицина борбору',
  );
  await screenshot(page, 'field-form-ky');
  expect(await axe(page)).toEqual([]);

  await page.getByRole('button', { name: 'Андан ары' }).click();
  await page.locator('.field-error').first().waitFor();
  await screenshot(page, 'field-form-wrong-ky');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Русский' }).click();
  await page.getByText('День визита').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Всё равно дальше' }).click();
  await page.getByText('Страница 2 из').waitFor();
  await page.getByRole('button', { name: 'Кыргызча' }).click();
  await screenshot(page, 'field-form-domain-ky');
  expect(await axe(page)).toEqual([]);
});

test('what breaks the form’s rules is sent all the same, and the phone says that the office will look', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, day.link);
  await page.getByRole('button', { name: 'Клиникага баруу' }).click();
  await page.getByLabel('Мекеме').fill('Үч-Булак ФАП');
  const next = page.locator('.form-next');
  await next.click();
  await page.getByLabel('Канча градус?').fill('75');
  await next.click();
  await page.getByText('50дөн аз болсун').waitFor();
  for (let i = 0; i < 5; i++) await next.click();
  await page.getByRole('button', { name: 'Бүттү, улантуу' }).click();
  await page.getByText('Текшере турган 1').waitFor();
  await screenshot(page, 'field-end-wrong-ky');
  await page.getByRole('button', { name: 'Ушул бойдон бүтүрүү' }).click();
  await page.getByText('Кеңсе карайт').waitFor();
  await screenshot(page, 'field-out-aside-ky');
  const { rows } = await listRecords(app.sql, app.space.id, { state: 'aside' });
  expect(rows.length).toBe(1);
});

test('ten people’s records, a tab killed six times, a line that breaks in the middle of photos: each arrives once', async () => {
  const random = dice(20160412);
  await publishForm(app, 'storm.xlsx', await stormWorkbook());
  const line = await badLine(Number(new URL(address).port), random, 0.9);
  const here = `http://127.0.0.1:${line.port}`;
  const page = await browser.openPage();
  await settleIn(page, here, day.link);
  const context = page.context();
  await page.close();
  await context.setOffline(true);
  const storm = { context, address: here, records: 10, random };
  const { names } = await weather({ ...storm, kills: 6 });
  line.rage(true);
  await context.setOffline(false);
  await arrived({ ...storm, kills: 3 });
  expect(line.cuts()).toBeGreaterThan(0);
  expect(await received()).toEqual(names);
  await line.close();
}, 240_000);

/** What came of the storm's form, with its photo, in the order of the names. */
async function received(): Promise<string[]> {
  const { rows } = await listRecords(app.sql, app.space.id, { formKey: 'storm' }, null, 500);
  expect(rows.filter((row) => row.incomplete || row.aside || row.conflict)).toEqual([]);
  const answers = await app.sql<
    { who: string }[]
  >`select answers->>'who' as who from record where form_key = 'storm' order by 1`;
  return answers.map((row) => row.who);
}

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attachmentsOf, listRecords } from '../../src/kernel/records/index.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { axe, screenshot, withBrowser } from '../support/browser.ts';
import { controlsWorkbook, FORTY, registerWorkbook } from '../support/controls.ts';
import { fieldDay, publishForm, settleIn } from '../support/field.ts';
import { dice, noisyPhoto } from '../support/storm.ts';

const browser = withBrowser();
let app: TestApp;
let address: string;
let link: string;

beforeAll(async () => {
  app = await testApp();
  ({ link } = await fieldDay(app));
  await publishForm(app, 'controls.xlsx', await controlsWorkbook());
  await publishForm(app, 'register.xlsx', await registerWorkbook(FORTY));
  address = await app.listen();
});
afterAll(() => app.close());

const next = (page: Page) => page.locator('.form-next').click();
const LANGUAGES = { ky: 'Кыргызча', ru: 'Русский', en: 'English' } as const;
const PAGES = 9;

test('every control in every language is free of accessibility faults, with its errors shown', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, link);
  await page.getByRole('button', { name: 'Баары' }).click();
  for (let n = 1; n <= PAGES; n++) {
    for (const [code, name] of Object.entries(LANGUAGES)) {
      await page.getByRole('button', { name }).click();
      await page.locator(`html[lang=${code}]`).waitFor();
      if (n === 1 && code === 'ky') {
        await next(page);
        await page.locator('.field-error').first().waitFor();
      }
      expect(await axe(page), `page ${n} in ${code}`).toEqual([]);
    }
    await page.getByRole('button', { name: LANGUAGES.ky }).click();
    if (n === 1) await page.getByLabel('Аты-жөнү').fill('Асан');
    await screenshot(page, `field-controls-${n}-ky`);
    if (await page.getByRole('button', { name: 'Бүттү, улантуу' }).count())
      await page.getByRole('button', { name: 'Бүттү, улантуу' }).click();
    else await next(page);
  }
}, 180_000);

/** Opens the form with every control and goes to one of its pages. */
async function controlsAt(name: string): Promise<Page> {
  const page = await browser.openPage();
  await settleIn(page, address, link);
  await page.getByRole('button', { name: 'Баары' }).click();
  await page.getByLabel('Аты-жөнү').fill('Асан');
  const heading = page.getByRole('heading', { name, exact: true });
  for (let i = 0; i < PAGES && (await heading.count()) === 0; i++) await next(page);
  await heading.waitFor();
  return page;
}
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

test('an order is made by the keyboard alone: the focus goes with the row, at the end to the button that still works', async () => {
  const page = await controlsAt('Тизмелер');
  const rows = () => page.locator('.rank-row .rank-words').allTextContents();
  await page.getByRole('button', { name: 'Ооба: төмөн' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(rows).toEqual(['Жарым-жартылай', 'Ооба', 'Жок']);
  await expect.poll(() => focused(page)).toBe('Ооба: төмөн');
  await page.keyboard.press('Enter');
  await expect.poll(rows).toEqual(['Жарым-жартылай', 'Жок', 'Ооба']);
  await expect.poll(() => focused(page)).toBe('Ооба: жогору');
});

test('a child that was taken off the list by mistake comes back with its name', async () => {
  const page = await controlsAt('Бала 1');
  await page.getByLabel('Баланын аты').fill('Нурайым');
  await next(page);
  await page.getByRole('button', { name: 'Кошуу: Бала' }).click();
  await page.getByLabel('Баланын аты').fill('Тилек');
  await page.getByRole('button', { name: 'Артка' }).click();
  await page.getByRole('button', { name: 'Алып салуу: Бала 1' }).click();
  await page.getByText('Алынды: Бала 1').waitFor();
  expect(await focused(page)).toBe('Кайтаруу');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Бала 1', exact: true }).waitFor();
  expect(await page.getByLabel('Баланын аты').inputValue()).toBe('Нурайым');
  await next(page);
  expect(await page.getByLabel('Баланын аты').inputValue()).toBe('Тилек');
});

test('half a month is no answer, and nobody guesses the other half', async () => {
  const page = await controlsAt('Күндөр');
  const group = page.getByRole('group', { name: 'Айы' });
  const [month, year] = [group.getByLabel('Ай', { exact: true }), group.getByLabel('Жыл', { exact: true })];
  await month.selectOption('09');
  expect(await year.inputValue()).toBe('');
  await year.selectOption('2015');
  expect([await month.inputValue(), await year.inputValue()]).toEqual(['09', '2015']);
});

test('a wrong number is told in the language of the person, and the next page is one more touch away', async () => {
  const page = await controlsAt('Текшерүүлөр');
  await page.getByLabel('Канча адам катышты?').fill('1 250');
  await page.getByText('0дөн 1000ге чейинки сан жазыңыз').waitFor();
  await page.getByRole('button', { name: LANGUAGES.ru }).click();
  await page.getByText('Введите число от 0 до 1000').waitFor();
  await page.getByLabel('Годовой бюджет, тыс. сом?').fill('1234567,5');
  await page.getByText('1\u00a0234\u00a0567,5').waitFor();
  await next(page);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('name')))
    .toBe('/data/checks/people');
  await page.getByRole('button', { name: 'Всё равно дальше' }).click();
  await page.getByRole('heading', { name: 'Измерения', exact: true }).waitFor();
});

test('a point by satellite becomes better while one waits, and its accuracy is shown', async () => {
  const page = await controlsAt('Өлчөөлөр');
  await page.context().grantPermissions(['geolocation']);
  await page.context().setGeolocation({ latitude: 42.501, longitude: 78.395, accuracy: 30 });
  await page.getByRole('button', { name: 'Жайгашкан жерди алуу' }).click();
  await page.getByText('тактыгы 30 м').waitFor();
  await page.context().setGeolocation({ latitude: 42.5012, longitude: 78.3951, accuracy: 4 });
  await page.getByText('42.50120, 78.39510').waitFor();
  await page.getByRole('button', { name: 'Кайра алуу' }).waitFor();
});

test('a photo is made smaller than 200 KB on the phone and arrives with its record', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, link);
  await page.getByRole('button', { name: 'Клиникага баруу' }).click();
  await page.getByLabel('Мекеме').fill('Ак-Дөбө ФАП');
  for (let i = 0; i < 3; i++) await next(page);
  const photo = await noisyPhoto(dice(7), 1800);
  expect(photo.length).toBeGreaterThan(1_000_000);
  await page.getByLabel('Такта').setInputFiles({ name: 'board.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByRole('button', { name: 'Алып салуу' }).waitFor();
  for (let i = 0; i < 3; i++) await next(page);
  await page.getByRole('button', { name: 'Бүттү, улантуу' }).click();
  await page.getByRole('button', { name: 'Бүтүрүү жана жөнөтүү' }).click();
  await page.getByText(/Сервер алды:/).waitFor();
  const { rows } = await listRecords(app.sql, app.space.id, { formKey: 'visit' });
  const [file] = await attachmentsOf(app.sql, app.space.id, rows[0]!.id);
  expect(file?.mediaType).toBe('image/jpeg');
  expect(file!.bytes!).toBeLessThanOrEqual(200_000);
});

test('forty people are marked with one thumb: the rest at once, the few others after', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, link);
  await page.getByRole('button', { name: 'Журнал' }).tap();
  await page.getByRole('button', { name: 'Калган 40: баары «Келди»' }).tap();
  const late = [FORTY[7]!, FORTY[23]!];
  for (const name of late) await page.getByRole('group', { name }).getByRole('radio', { name: 'Кечикти' }).tap();
  await page.getByRole('group', { name: FORTY[39]! }).getByRole('radio', { name: 'Жок' }).tap();
  await page.getByText('Келди: 37 · Кечикти: 2 · Жок: 1').waitFor();
  expect(await axe(page)).toEqual([]);
  await next(page);
  await page.getByRole('button', { name: 'Бүтүрүү жана жөнөтүү' }).tap();
  await page.getByText(/Сервер алды:/).waitFor();
  const [sent] = await app.sql<
    { rows: { name: string; mark: string }[] }[]
  >`select answers->'row' as rows from record where form_key = 'register'`;
  expect(sent?.rows.map((row) => row.name)).toEqual(FORTY);
  expect(sent?.rows.filter((row) => row.mark === 'late').map((row) => row.name)).toEqual(late);
});

test('a short form is filled with the keyboard alone', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, link);
  await page.getByRole('button', { name: 'Клиникага баруу' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Мекеме').waitFor();
  const reach = async (name: string) => {
    for (let i = 0; i < 30; i++) {
      const words = await page.evaluate(() => {
        const at = document.activeElement as HTMLInputElement | null;
        return at === document.body ? '' : `${at?.labels?.[0]?.textContent ?? ''} ${at?.textContent ?? ''}`;
      });
      if (words.includes(name)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach ${name}`);
  };
  await reach('Мекеме');
  await page.keyboard.type('Үч-Булак ФАП');
  await page.keyboard.press('Enter');
  await page.getByLabel('Канча градус?').waitFor();
  await reach('Канча градус?');
  await page.keyboard.type('17');
  await page.keyboard.press('Enter');
  await page.getByText('Пандус барбы?').waitFor();
  await reach('Ооба');
  await page.keyboard.press('Space');
  await expect.poll(() => page.getByLabel('Ооба').isChecked()).toBe(true);
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attachmentsOf, listRecords } from '../../src/kernel/records/index.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { axe, screenshot, withBrowser } from '../support/browser.ts';
import { controlsWorkbook, registerWorkbook } from '../support/controls.ts';
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
  await publishForm(app, 'register.xlsx', await registerWorkbook());
  address = await app.listen();
});
afterAll(() => app.close());

const next = (page: Page) => page.locator('.form-next').click();
const LANGUAGES = { ky: 'Кыргызча', ru: 'Русский', en: 'English' } as const;
const PAGES = 7;

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

test('a register is marked with two touches: the rest at once, the late one after', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, link);
  await page.getByRole('button', { name: 'Журнал' }).click();
  await page.getByRole('button', { name: 'Калган 3: баары «Келди»' }).click();
  await page.getByRole('group', { name: '2. Катышуучу' }).getByRole('radio', { name: 'Кечикти' }).check();
  await page.getByText('Келди: 2 · Кечикти: 1 · Жок: 0').waitFor();
  expect(await axe(page)).toEqual([]);
  await screenshot(page, 'field-register-ky');
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

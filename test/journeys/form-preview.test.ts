import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uploadWorkbook } from '../../src/kernel/forms/index.ts';
import { type TestApp, type TestPerson, testApp } from '../support/app.ts';
import { axe, complaints, type PageOptions, screenshot, withBrowser } from '../support/browser.ts';
import { controlsWorkbook, ref } from '../support/controls.ts';
import { noisyPhoto } from '../support/storm.ts';
import { workbook } from '../support/workbook.ts';

const browser = withBrowser();
let app: TestApp;
let bakyt: TestPerson;
let address: string;
let herders: string;
let controls: string;

/** A form with conditions, a check, a sum, a picture, an uploaded list and a list that only the system makes. */
const herdersWorkbook = (): Promise<Uint8Array> =>
  workbook({
    survey: [
      [
        'type',
        'name',
        'label::Кыргызча (ky)',
        'label::Русский (ru)',
        'label::English (en)',
        'required',
        'relevant',
        'constraint',
        'constraint_message::Кыргызча (ky)',
        'constraint_message::Русский (ru)',
        'constraint_message::English (en)',
        'calculation',
        'media::image::Кыргызча (ky)',
      ],
      ['text', 'name', 'Малчынын аты', 'Имя чабана', 'Name of the herder', 'yes', ...Array(6).fill(''), 'koi.png'],
      [
        ...['integer', 'sheep', 'Канча кой?', 'Сколько овец?', 'How many sheep?', '', '', '. >= 0 and . <= 500'],
        ...['500дөн ашпасын', 'Не больше 500', 'No more than 500', '', ''],
      ],
      ['select_one_from_file pastures.csv', 'pasture', 'Кайсы жайлоо?', 'Какой джайлоо?', 'Which pasture?'],
      ['select_one_from_file facilities.csv', 'vet', 'Мал доктур кайда?', 'Где ветеринар?', 'Where is the vet?'],
      ['text', 'why', 'Эмнеге кой жок?', 'Почему нет овец?', 'Why no sheep?', '', `${ref('sheep')} = 0`],
      ['calculate', 'legs', '', '', '', '', '', '', '', '', '', `${ref('sheep')} * 4`],
      ['note', 'sum', `Буттары: ${ref('legs')}`, `Ног: ${ref('legs')}`, `Legs: ${ref('legs')}`],
    ],
    settings: [
      ['form_title', 'form_id', 'version', 'default_language', 'style'],
      ['Малчылар', 'herders', '1', 'Кыргызча (ky)', 'pages'],
    ],
  });

const draft = async (fileName: string, bytes: Uint8Array, media: { name: string; bytes: Uint8Array }[] = []) => {
  const { form, version } = await uploadWorkbook(app.sql, app.files, null, {
    ...{ spaceId: app.space.id, kind: 'oversight', fileName, bytes, media },
  });
  return `/office/forms/${form.id}/versions/${version.id}`;
};

beforeAll(async () => {
  app = await testApp();
  bakyt = await app.person('Бакыт Жээнбеков', ['coordinator']);
  herders = await draft('herders.xlsx', await herdersWorkbook(), [
    { name: 'pastures.csv', bytes: new TextEncoder().encode('name,label\nsoo,Соң-Көл\narpa,Арпа\n') },
    { name: 'koi.png', bytes: await noisyPhoto(() => 0.5, 40) },
  ]);
  controls = await draft('controls.xlsx', await controlsWorkbook());
  address = await app.listen();
});
afterAll(() => app.close());

async function open(path: string, options: PageOptions = {}, who = bakyt): Promise<Page> {
  const page = await browser.openPage(options);
  await page.context().addCookies([{ name: 'demilge', value: who.token, url: address }]);
  await page.goto(`${address}${path}`);
  return page;
}
const counts = async (): Promise<unknown> =>
  (
    await app.sql`select (select count(*)::int from record) as records, (select count(*)::int from stored_file) as files`
  )[0];

test('a draft is tried as on the phone: conditions, checks and sums answer, and nothing is kept or sent', async () => {
  const before = await counts();
  const page = await open(`/ky${herders}`);
  const phone = page.locator('.tryout');
  const next = phone.locator('.form-next');
  await phone.getByRole('img').or(phone.locator('img.q-media')).first().waitFor();
  await next.click();
  await phone.getByText('Жооп керек').waitFor();
  // The eye follows with the next frame.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.id))
    .toBe(await phone.getByLabel('Малчынын аты').getAttribute('id'));
  await phone.getByLabel('Малчынын аты').fill('Үсөн');
  await next.click();
  await phone.getByLabel('Канча кой?').fill('501');
  await phone.getByText('500дөн ашпасын').waitFor();
  await phone.getByRole('button', { name: 'По-русски' }).click();
  await phone.getByText('Не больше 500').waitFor();
  await phone.getByLabel('Сколько овец?').fill('0');
  await next.click();
  await phone.getByLabel('Соң-Көл').check();
  await next.click();
  await phone.getByText('Где ветеринар?').waitFor();
  await next.click();
  await phone.getByLabel('Почему нет овец?').waitFor();
  await phone.getByRole('button', { name: 'Назад' }).click();
  await phone.getByRole('button', { name: 'Назад' }).click();
  await phone.getByRole('button', { name: 'Назад' }).click();
  await phone.getByLabel('Сколько овец?').fill('12');
  for (let i = 0; i < 3; i++) await next.click();
  await phone.getByText('Ног: 48').waitFor();
  await next.click();
  await phone.getByRole('button', { name: 'Завершить и отправить' }).click();
  await phone.getByText('Ничего не сохранено и не отправлено').waitFor();
  await phone.getByRole('button', { name: 'Начать сначала' }).click();
  await phone.getByLabel('Имя чабана').waitFor();
  expect(await phone.getByLabel('Имя чабана').inputValue()).toBe('');
  expect(await counts()).toEqual(before);
  expect(complaints(page)).toEqual([]);
});

test('a photo is taken for a try and stays in the page', async () => {
  const before = await counts();
  const page = await open(`/ky${controls}`);
  const phone = page.locator('.tryout');
  await phone.getByLabel('Аты-жөнү').fill('Үсөн');
  const photo = phone.getByLabel('Сүрөт');
  while ((await photo.count()) === 0) await phone.locator('.form-next').click();
  await photo.setInputFiles({ name: 'koi.png', mimeType: 'image/png', buffer: await noisyPhoto(() => 0.3, 900) });
  await phone.locator('img.q-picture').waitFor();
  expect(await counts()).toEqual(before);
  expect(complaints(page)).toEqual([]);
});

test('an auditor tries the draft with its lists and pictures, too', async () => {
  const nurlan = await app.person('Нурлан Сыдыков', ['auditor']);
  const page = await open(`/ky${herders}`, {}, nurlan);
  await page.locator('.tryout .form-next').waitFor();
  expect(await page.getByText('Телефондо гана көрүнөт').count()).toBe(0);
  expect(complaints(page)).toEqual([]);
});

test('without a script the first page is shown, with a sentence that says so', async () => {
  const page = await open(`/ky${herders}`, { javaScript: false });
  // Read as one: words in a noscript element are no text to the browser's driver.
  expect(await page.locator('noscript p').isVisible()).toBe(true);
  expect(await page.getByLabel('Малчынын аты').count()).toBe(1);
  expect(await page.locator('.form-next').count()).toBe(0);
});

test('the preview has no accessibility fault in any language, width or scheme', async () => {
  for (const width of [360, 1280])
    for (const colorScheme of ['light', 'dark'] as const)
      for (const language of ['ky', 'ru', 'en']) {
        const page = await open(`/${language}${controls}`, { width, colorScheme });
        await page.locator('.tryout .form-next').waitFor();
        const at = `${language}-${colorScheme}-${width}`;
        expect([at, await axe(page)]).toEqual([at, []]);
        await screenshot(page, `form-preview-${at}`);
      }
}, 120_000);

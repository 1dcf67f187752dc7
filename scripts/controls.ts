/**
 * Takes pictures of a form with every control, page by page, answered and in Kyrgyz on a screen of 360 pixels:
 * `npm run build -- assets && node --conditions=demilge-source --import tsx scripts/controls.ts [ky|ru|en] [light|dark]`.
 * They lie in test-results/. No server and no database are needed: the try of a form in the office runs on what it is handed here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileWorkbook } from '@demilge/xlsform';
import type { Page } from 'playwright-core';
import { ROOT } from '../src/platform/root.ts';
import { launchChromium, newContext, screenshot } from '../test/support/browser.ts';
import { controlsWorkbook } from '../test/support/controls.ts';
import { dice, noisyPhoto } from '../test/support/storm.ts';

const language = (['ru', 'en'] as const).find((one) => process.argv.includes(one)) ?? 'ky';
const colorScheme = process.argv.includes('dark') ? 'dark' : 'light';
/** A browser gives a page of localhost what it gives a secure one; nothing listens there. */
const ADDRESS = 'http://localhost:1/';

const { xform = '' } = await compileWorkbook(await controlsWorkbook());
const asset = (name: string): string => readFileSync(join(ROOT, 'dist/assets', name), 'utf8');
const ANSWERS: Readonly<Record<string, { readonly contentType: string; readonly body: string }>> = {
  '/': {
    contentType: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="${language}"><head><meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="stylesheet" href="/site.css"><link rel="stylesheet" href="/form-preview.css"></head>
      <body><main><div id="form-preview" data-sources='{"xform":"/form.xml","files":{}}'></div></main>
      <script type="module" src="/form-preview.js"></script></body></html>`,
  },
  '/site.css': { contentType: 'text/css', body: asset('site.css') },
  '/form-preview.css': { contentType: 'text/css', body: asset('form-preview.css') },
  '/form-preview.js': { contentType: 'text/javascript', body: asset('form-preview.js') },
  '/form.xml': { contentType: 'text/xml', body: xform },
};

/** One line of text, and no number, day or search box. */
const PLAIN = ['inputmode', 'type=search', 'type=date', 'type=time', 'type=datetime-local']
  .map((other) => `:not([${other}])`)
  .join('');

/** Answers what stands on the page, as somebody in a hurry would. */
async function answerAll(page: Page): Promise<void> {
  const each = async (selector: string, act: (nth: number) => Promise<unknown>) => {
    const count = await page.locator(`.tryout form ${selector}`).count();
    for (let i = 0; i < count; i++) await act(i);
  };
  const at = (selector: string, i: number) => page.locator(`.tryout form ${selector}`).nth(i);
  await each('details:not([open]) > summary', () => at('details:not([open]) > summary', 0).click());
  await each(`input.input${PLAIN}:enabled`, (i) => at(`input.input${PLAIN}:enabled`, i).fill('Асанова Айгүл'));
  await each('textarea:enabled', (i) => at('textarea:enabled', i).fill('Жылуулук жок, терезе сынган.'));
  await each('input[inputmode]:enabled', (i) => at('input[inputmode]:enabled', i).fill('125000'));
  await each('input[type=date]:enabled', (i) => at('input[type=date]:enabled', i).fill('2016-04-05'));
  await each('input[type=time]', (i) => at('input[type=time]', i).fill('09:30'));
  await each('input[type=datetime-local]', (i) => at('input[type=datetime-local]', i).fill('2016-04-05T09:30'));
  await each('select:enabled', (i) => at('select:enabled', i).selectOption({ index: 3 }));
  await each('fieldset .tick:first-child input:enabled', (i) =>
    at('fieldset .tick:first-child input:enabled', i).check({ force: true }),
  );
  await each('input[type=range]', (i) => at('input[type=range]', i).press('ArrowRight'));
  await each('.rank-row:nth-child(2) .btn:enabled >> nth=0', (i) =>
    at('.rank-row:nth-child(2) .btn:enabled', i).click(),
  );
  await each('canvas', () => sign(page));
  await each('input[type=file][accept="image/*"]', async (i) =>
    at('input[type=file][accept="image/*"]', i).setInputFiles({
      ...{ name: 'board.png', mimeType: 'image/png' },
      buffer: await noisyPhoto(dice(7), 300),
    }),
  );
}

async function sign(page: Page): Promise<void> {
  const canvas = page.locator('.tryout canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  const place = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...place(0.15, 0.6));
  await page.mouse.down();
  for (let i = 1; i <= 12; i++) await page.mouse.move(...place(0.15 + i * 0.055, 0.5 + 0.25 * Math.sin(i)));
  await page.mouse.up();
}

const browser = await launchChromium();
const page = await (await newContext(browser, { width: 360, height: 740, language, colorScheme })).newPage();
await page.route(`${ADDRESS}**`, async (route) => {
  const found = ANSWERS[new URL(route.request().url()).pathname];
  await route.fulfill(found ?? { status: 404, body: '' });
});
await page.goto(ADDRESS);
const next = page.locator('.tryout .form-next');
const on = page.locator('.tryout .btn--main');
await on.first().waitFor();
for (let n = 1; ; n++) {
  await answerAll(page);
  await page.waitForTimeout(200);
  process.stdout.write(`${await screenshot(page, `controls-${n}-${language}-${colorScheme}`)}\n`);
  if ((await page.locator('.tryout progress').evaluate((bar: HTMLProgressElement) => bar.value / bar.max)) === 1) break;
  await ((await next.count()) > 0 ? next : on).click();
}
await browser.close();

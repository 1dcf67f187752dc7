import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axe, complaints, withBrowser } from '../../test/support/browser.ts';
import { galleryPages } from './gallery.tsx';

const read = (name: string) => readFileSync(join(import.meta.dirname, 'styles', name));
const pages = galleryPages((name) => `/assets/${name}`);

describe('the gallery in a real browser', () => {
  const browser = withBrowser();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const page = pages.find(({ name }) => path === `/${name}`);
    const file = /^\/assets\/(site\.css|office\.css|icon\.svg|display)/.exec(path)?.[1];
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'",
    );
    if (page) response.setHeader('content-type', 'text/html; charset=utf-8').end(page.html);
    else if (file?.endsWith('.css')) response.setHeader('content-type', 'text/css').end(read(file));
    else if (file === 'icon.svg') response.setHeader('content-type', 'image/svg+xml').end(read(file));
    else if (file) response.setHeader('content-type', 'font/woff2').end(read('display.woff2'));
    else response.writeHead(404).end();
  });
  beforeAll(() => new Promise<void>((done) => void server.listen(0, done)));
  afterAll(() => new Promise<void>((done) => void server.close(() => done())));
  const address = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;

  test.each([
    ['public-ky-light', 360],
    ['public-ru-dark', 1280],
    ['office-ky-dark', 360],
    ['office-ru-light', 1280],
    ['plain-ky-light', 360],
    ['poster-ru-light', 1280],
  ])('%s at %i px has no fault of accessibility, nothing refused, and no sideways scroll', async (name, width) => {
    const page = await browser.openPage({ width, language: name.includes('-ru-') ? 'ru' : 'ky' });
    await page.goto(address(name));
    expect(await axe(page)).toEqual([]);
    expect(complaints(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
  });

  test('every button, field and menu link of the office is at least 44 px high for a thumb', async () => {
    const page = await browser.openPage({ width: 360 });
    await page.goto(address('office-ky-light'));
    await page.locator('.fold summary').click();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('.btn, .input, .fold-nav a, summary, .themes button, .tabs a')]
        .filter((element) => element.getClientRects().length > 0 && element.getBoundingClientRect().height < 43.9)
        .map((element) => element.outerHTML.slice(0, 90)),
    );
    expect(small).toEqual([]);
  });

  test('Айжан opens a photo large without a script, and "close" brings her back to the list', async () => {
    const page = await browser.openPage({ javaScript: false });
    await page.goto(address('public-ky-light'));
    await page.locator('.photos a').first().click();
    expect(await page.locator('#photo-e0').isVisible()).toBe(true);
    await page.locator('#photo-e0 a.btn--plain').first().click();
    expect(await page.locator('#photo-e0').isVisible()).toBe(false);
  });

  test('a workbook can be chosen by pressing anywhere in its field', async () => {
    const page = await browser.openPage({ width: 360 });
    await page.goto(address('office-ky-light'));
    const area = await page.locator('.drop').boundingBox();
    const chosen = page.waitForEvent('filechooser');
    await page.locator('.drop').click({ position: { x: (area?.width ?? 0) / 2, y: (area?.height ?? 0) - 12 } });
    expect((await chosen).isMultiple()).toBe(false);
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, complaints, withBrowser } from './browser.ts';

const browser = withBrowser();
let server: Server;
let baseURL: string;

const PAGE = `<!doctype html><html lang="ky"><title>Демилге</title><style nonce="n">
  body { font-family: sans-serif; color: #767676; background: #fff }</style>
  <h1>Өмүр Үмүтова</h1><img src="/photo"><p>Айыл</p><script>document.title = 'сырттан'</script>`;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'nonce-n'; img-src 'self'");
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(request.url === '/language' ? String(request.headers['accept-language']) : PAGE);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((done) => server.close(done)));

test('axe finds the picture without words while the page keeps its security policy', async () => {
  const page = await browser.openPage({ baseURL });
  await page.goto('/');
  expect(await axe(page)).toEqual([
    { rule: 'image-alt', impact: 'critical', help: 'Images must have alternative text', elements: ['img'] },
  ]);
  expect(await page.title()).toBe('Демилге');
});

test('what the browser refuses is remembered as a complaint', async () => {
  const page = await browser.openPage({ baseURL });
  await page.goto('/');
  expect(complaints(page).filter((text) => text.includes('inline script'))).toHaveLength(1);
});

test('each page is another person: a phone in Kyrgyz, an office in Russian, two profiles at once', async () => {
  const phone = await browser.openPage({ baseURL, width: 360, language: 'ky' });
  const office = await browser.openPage({ baseURL, width: 1280, height: 800, language: 'ru', colorScheme: 'dark' });
  await phone.goto('/language');
  await office.goto('/language');
  expect(await phone.textContent('body')).toMatch(/^ky-KG/);
  expect(await office.textContent('body')).toMatch(/^ru-KG/);
  const seen = () => [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, navigator.maxTouchPoints > 0];
  expect([await phone.evaluate(seen), await office.evaluate(seen)]).toEqual([
    [expect.any(Number), false, true],
    [1280, true, false],
  ]);
});

test('offline pages reach nothing, also from a second tab', async () => {
  const page = await browser.openPage({ baseURL });
  await page.goto('/');
  await page.context().setOffline(true);
  const tab = await page.context().newPage();
  await expect(tab.goto('/')).rejects.toThrow('ERR_INTERNET_DISCONNECTED');
});

test('letters of Kyrgyz are drawn, not boxes', async () => {
  const page = await browser.openPage({ baseURL });
  await page.goto('/');
  const widths = await page.evaluate(() => {
    const pen = document.createElement('canvas').getContext('2d');
    if (!pen) return [];
    const draw = (text: string) => {
      pen.canvas.width = 60;
      pen.font = '40px sans-serif';
      pen.fillText(text, 5, 45);
      return pen.canvas.toDataURL();
    };
    // A letter that no font has is drawn as the same box.
    const box = draw('\u{10FFFD}');
    return ['ө', 'ү', 'ң', '⃀'].map((letter) => [letter, draw(letter) !== box]);
  });
  expect(widths.slice(0, 3)).toEqual([
    ['ө', true],
    ['ү', true],
    ['ң', true],
  ]);
});

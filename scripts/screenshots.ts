/**
 * Takes pictures of the pages that show the product best, from a running server with the story:
 * `node --conditions=demilge-source --import tsx scripts/screenshots.ts [address]`; with `field` in place of the address, of the phone's
 * app in each of its states, on a server of its own. They lie in test-results/.
 */
import type { Page } from 'playwright-core';
import { launchChromium, newContext, screenshot } from '../test/support/browser.ts';
import { fieldPictures } from './screenshots-field.ts';

const base = process.argv[2] ?? 'http://localhost:8080';
/** The words that the story's accounts are opened with; the server prints them when it starts. */
const LOGIN = { login: 'aizada', password: process.env.DEMILGE_PASSWORD ?? 'ала-кийиз 2010' };
const LANGUAGES = ['ky', 'ru'] as const;
const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280] as const;

type Shown = { readonly name: string; readonly path: string };

/** The address of the first link on a page that looks as asked, without its language and what follows the path. */
async function linkOn(page: Page, path: string, looks: RegExp): Promise<string> {
  await page.goto(`/ky${path}`);
  const links = await page
    .locator('main a[href]')
    .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
  const link = links.find((one) => looks.test(one));
  if (!link) throw new Error(`There is no link like ${looks} on ${page.url()}: is the story loaded?`);
  return link.replace(/^\/ky/, '');
}

const ID = '[0-9a-f-]{36}';

/** The project whose figures stand on the rounds: the one that has a frozen report. */
async function figureOfRounds(page: Page): Promise<string> {
  const freeze = await linkOn(page, '/office/freezes', new RegExp(`/freezes/${ID}$`));
  return await linkOn(page, freeze, new RegExp(`/indicators/${ID}$`));
}

/** Finds the pages by walking as a person does, so that no id is written here. */
async function pagesOf(page: Page): Promise<readonly Shown[]> {
  const publicRound = await linkOn(page, '/oversight', /\/oversight\/rounds\//);
  const board = await linkOn(page, '/office/oversight/rounds', new RegExp(`/rounds/${ID}$`));
  const figure = await figureOfRounds(page);
  return [
    { name: 'home', path: '' },
    { name: 'score-card', path: await linkOn(page, publicRound, /\/oversight\/facilities\/[^/]+$/) },
    { name: 'board', path: board },
    { name: 'review', path: await linkOn(page, `${board}?view=waiting`, new RegExp(`/visits/${ID}$`)) },
    { name: 'figure', path: figure },
    { name: 'evidence', path: await linkOn(page, figure, /\/evidence/) },
  ];
}

/** The whole page comes into the picture: pictures that wait for the reader to scroll are fetched first. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const images = [...document.images];
    for (const image of images) image.loading = 'eager';
    await Promise.all([document.fonts.ready, ...images.map((image) => image.decode().catch(() => undefined))]);
  });
}

const browser = await launchChromium();
if (process.argv[2] === 'field') await fieldPictures(browser, process.argv[3]);
else await officePictures();
await browser.close();

async function officePictures(): Promise<void> {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const context = await newContext(browser, { width, height: 800, colorScheme, baseURL: base });
      const page = await context.newPage();
      await page.goto('/ky/sign-in');
      await page.fill('[name=login]', LOGIN.login);
      await page.fill('[name=password]', LOGIN.password);
      await page.locator('form[action$="/sign-in"] button').click();
      await page.waitForURL('**/office');
      const pages = await pagesOf(page);
      for (const language of LANGUAGES) {
        for (const { name, path } of pages) {
          await page.goto(`/${language}${path}`);
          await settle(page);
          process.stdout.write(`${await screenshot(page, `${name}-${language}-${colorScheme}-${width}`)}\n`);
        }
      }
      await context.close();
    }
  }
}

import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach } from 'vitest';
import { ROOT } from '../../src/platform/root.ts';
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts';

export interface PageOptions {
  /** CSS pixels; 360 × 740 is the phone of the field. */
  width?: number;
  height?: number;
  /** The language that the browser asks for. */
  language?: 'ky' | 'ru' | 'en';
  colorScheme?: 'light' | 'dark';
  /** Begins without network. */
  offline?: boolean;
  /** `false` for public pages, which work without scripts. */
  javaScript?: boolean;
  /** Prefix for `page.goto('/ky/')`. */
  baseURL?: string;
}

export interface TestBrowser {
  /** A page in a profile of its own (cookies, storage), closed after the test. `page.context().newPage()` is a second tab. */
  openPage(options?: PageOptions): Promise<Page>;
}

const LOCALES = { ky: 'ky-KG', ru: 'ru-KG', en: 'en-GB' } as const;
const complaintsOf = new WeakMap<BrowserContext, string[]>();

/** Call it once at the top of a test file: one browser for the file, started when a page is first opened. */
export function withBrowser(): TestBrowser {
  let browser: Promise<Browser> | undefined;
  const open = new Set<BrowserContext>();
  afterEach(async () => {
    await Promise.all([...open].map((context) => context.close()));
    open.clear();
  });
  afterAll(async () => {
    await (await browser)?.close();
  });
  return {
    openPage: async (options = {}) => {
      browser ??= launchChromium();
      const context = await newContext(await browser, options);
      open.add(context);
      return await context.newPage();
    },
  };
}

/** Starts the browser by itself, for scripts that are not tests (screenshots, benchmarks). */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({ ...findChromium(), args: CHROMIUM_FLAGS, headless: true, chromiumSandbox: false });
}

/** A profile with the language, the size and the time zone of the person. */
export async function newContext(browser: Browser, options: PageOptions = {}): Promise<BrowserContext> {
  const { width = 360, height = 740, language = 'ky', colorScheme = 'light', offline = false } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    isMobile: width < 600,
    hasTouch: width < 600,
    locale: LOCALES[language],
    timezoneId: 'Asia/Bishkek',
    colorScheme,
    offline,
    reducedMotion: 'reduce',
    javaScriptEnabled: options.javaScript ?? true,
    ...(options.baseURL ? { baseURL: options.baseURL } : {}),
  });
  const complaints: string[] = [];
  complaintsOf.set(context, complaints);
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return context;
}

/** What the browser complained about so far in the page's profile: uncaught errors, refused scripts, missing files. */
export function complaints(page: Page): readonly string[] {
  return complaintsOf.get(page.context()) ?? [];
}

export interface Violation {
  rule: string;
  impact: string;
  help: string;
  /** Selectors of the elements at fault. */
  elements: string[];
}

/** Runs axe-core on the page as it stands, by the rules of WCAG 2.0–2.2 A and AA. An accessible page gives `[]`. */
export async function axe(page: Page): Promise<Violation[]> {
  const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  // Scripts that come through the debugger are not held back by the page's content security policy, so it stays in force.
  await page.evaluate(await readFile(source, 'utf8'));
  return await page.evaluate(async () => {
    type Found = { id: string; impact: string | null; help: string; nodes: Array<{ target: unknown[] }> };
    type Axe = { run(context: Document, options: object): Promise<{ violations: Found[] }> };
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, {
      preload: false,
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    });
    return violations.map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact: impact ?? '',
      help,
      elements: nodes.map(({ target }) => target.join(' ')),
    }));
  });
}

/** Writes the whole page to `test-results/<name>.png` and gives the path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = join(ROOT, 'test-results');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  return path;
}

/** Slows the page down to a cheap phone on a weak network. Speed in kbit/s, round trip in ms, processor as a divisor. */
export async function throttle(
  page: Page,
  { kbitPerSecond, roundTripMs, cpu }: { kbitPerSecond?: number; roundTripMs?: number; cpu?: number },
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  if (kbitPerSecond !== undefined || roundTripMs !== undefined) {
    const bytesPerSecond = kbitPerSecond === undefined ? -1 : (kbitPerSecond * 1000) / 8;
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: roundTripMs ?? 0,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    });
  }
  if (cpu !== undefined) await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
}

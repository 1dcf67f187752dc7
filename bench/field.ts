/**
 * The field app on a cheap phone: what it weighs, how soon it is there the first time on a slow line, and the second time without any.
 * Limits: JavaScript ≤ 90 KB gzip; first load ≤ 150 KB compressed; second start offline ≤ 1 s with the processor slowed down six times.
 * `npm run bench -- field`
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../src/platform/root.ts';
import { launchChromium, newContext, throttle } from '../test/support/browser.ts';
import { fieldDay, settleIn } from '../test/support/field.ts';
import { startFieldServer } from '../test/support/fieldServer.ts';

const KB = 1000;
const ROUNDS = 5;
let missed = false;
const line = (what: string, value: number, unit: string, limit: number): void => {
  missed ||= value > limit;
  console.log(
    `${what.padEnd(64)} ${value.toFixed(1).padStart(8)} ${unit.padEnd(3)} ≤ ${limit}   ${value <= limit ? 'held' : 'MISSED'}`,
  );
};
const median = (times: number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

const server = await startFieldServer();
const day = await fieldDay(server);
const browser = await launchChromium();

const scripts = readdirSync(join(ROOT, 'dist/field/assets')).filter((name) => name.endsWith('.js'));
const weight = scripts.reduce(
  (sum, name) => sum + gzipSync(readFileSync(join(ROOT, 'dist/field/assets', name)), { level: 9 }).length,
  0,
);
line('JavaScript of engine, controls and app, gzip', weight / KB, 'KB', 90);

const context = await newContext(browser);
const page = await context.newPage();
let bytes = 0;
const session = await context.newCDPSession(page);
await session.send('Network.enable');
session.on('Network.loadingFinished', ({ encodedDataLength }) => {
  bytes += encodedDataLength;
});
await page.goto(`${server.address}/field/`);
await page.getByRole('heading', { name: 'Кирүү' }).waitFor();
await page.evaluate(() => document.fonts.ready.then(() => undefined));
line('First load: all that the page asks for', bytes / KB, 'KB', 150);

await settleIn(page, server.address, day.link);
await page.close();
await context.setOffline(true);

/** From opening the app to the tasks on the screen, no network, six times slower. */
async function secondStart(): Promise<number> {
  const opened = await context.newPage();
  await throttle(opened, { cpu: 6 });
  const begin = performance.now();
  await opened.goto(`${server.address}/field/`, { waitUntil: 'commit' });
  await opened.getByRole('heading', { name: 'Бүгүнкү иштер' }).waitFor();
  await opened.locator('.task').first().waitFor();
  const time = performance.now() - begin;
  await opened.close();
  return time;
}
await secondStart();
const starts: number[] = [];
for (let i = 0; i < ROUNDS; i++) starts.push(await secondStart());
line(`Second start offline, processor 6× slower (median of ${ROUNDS})`, median(starts), 'ms', 1000);

/** From a task to its checklist of forty questions on the screen. */
const opened = await context.newPage();
await throttle(opened, { cpu: 6 });
await opened.goto(`${server.address}/field/`);
const begin = performance.now();
await opened.getByRole('button', { name: /Кең-Суу/ }).click();
await opened.locator('.form-view .q').first().waitFor();
console.log(
  `${'Opening the checklist of a visit, processor 6× slower'.padEnd(64)} ${(performance.now() - begin).toFixed(1).padStart(8)} ms`,
);

await browser.close();
await server.stop();
process.exitCode = missed ? 1 : 0;

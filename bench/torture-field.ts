/**
 * 200 records with photos entered offline in a real browser at phone size, the tab killed at 50 random moments (half of them by the death of
 * its process), then sent over a line that cuts every connection in the middle, with ten more kills while sending: every record must arrive
 * once, whole, and nothing may stay behind on the phone. Then the app with all of it in its history starts offline, six times slower.
 * `npm run bench -- torture-field [--records=200 --kills=50 --seed=20160412]`
 */
import { createHash } from 'node:crypto';
import type { BrowserContext } from 'playwright-core';
import { attachmentsOf, listRecords } from '../src/kernel/records/index.ts';
import { launchChromium, newContext, throttle } from '../test/support/browser.ts';
import { fieldDay, keptOnPhone, publishForm, settleIn } from '../test/support/field.ts';
import { startFieldServer } from '../test/support/fieldServer.ts';
import { arrived, badLine, dice, stormWorkbook, weather } from '../test/support/storm.ts';

const asked = (name: string, otherwise: number): number =>
  Number(new RegExp(`--${name}=(\\d+)`).exec(process.argv.join(' '))?.[1] ?? otherwise);
const records = asked('records', 200);
const kills = asked('kills', 50);
const random = dice(asked('seed', 20_160_412));
const SENDING_KILLS = 10;
const START_MS = 1000;

const server = await startFieldServer();
const day = await fieldDay(server);
await publishForm(server, 'storm.xlsx', await stormWorkbook());
const bad = await badLine(Number(new URL(server.address).port), random, 0.9);
const address = `http://127.0.0.1:${bad.port}`;
const browser = await launchChromium();
const context = await newContext(browser);
const first = await context.newPage();
await settleIn(first, address, day.link);
await first.close();

/** What went out, from the page and from the service worker, those that were cut off too. */
const sent = { records: 0, parts: 0, partBytes: 0 };
context.on('request', (request) => {
  const path = new URL(request.url()).pathname;
  if (path === '/api/field/records') sent.records++;
  if (request.method() === 'PUT') {
    sent.parts++;
    sent.partBytes += request.postDataBuffer()?.length ?? 0;
  }
});

await context.setOffline(true);
const begin = performance.now();
const seconds = (): number => Math.round((performance.now() - begin) / 100) / 10;
const { names, killed } = await weather({
  context,
  address,
  records,
  kills,
  random,
  onRecord: (n) => n % 20 === 0 && console.log(`${n} of ${records} entered, ${seconds()} s`),
});
const enteredIn = seconds();
bad.rage(true);
await context.setOffline(false);
await arrived({ context, address, records, kills: SENDING_KILLS, random });
const sentIn = seconds() - enteredIn;
bad.rage(false);

const { rows } = await listRecords(server.sql, server.space.id, { formKey: 'storm' }, null, records * 2);
const answers = await server.sql<{ who: string }[]>`select answers->>'who' as who from record where form_key = 'storm'`;
const counts = new Map<string, number>();
for (const { who } of answers) counts.set(who, (counts.get(who) ?? 0) + 1);
const lost = names.filter((name) => !counts.has(name)).length;
const doubled = [...counts.values()].filter((n) => n > 1).length;
const incomplete = rows.filter((row) => row.incomplete || row.aside || row.conflict).length;

/** Every photo is read back from the store and hashed. */
let photos = 0;
let photoBytes = 0;
for (const row of rows) {
  for (const { sha256 } of await attachmentsOf(server.sql, server.space.id, row.id)) {
    const bytes = sha256 && (await server.files.read(sha256));
    if (!bytes) continue;
    const hash = createHash('sha256');
    for await (const chunk of bytes) {
      hash.update(chunk);
      photoBytes += (chunk as Uint8Array).length;
    }
    if (hash.digest('hex') === sha256) photos++;
  }
}

const page = await context.newPage();
await page.goto(`${address}/field/`);
const left = await keptOnPhone(page);
const behind = (left.draft ?? 0) + (left.file ?? 0);
await page.close();
const startMs = await secondStart(context);

console.table({
  'records entered offline': names.length,
  'seconds to enter them': enteredIn,
  'tab killed while filling': killed,
  'tab killed while sending': SENDING_KILLS,
  'connections cut while sending': bad.cuts(),
  'seconds until all were received': Math.round(sentIn * 10) / 10,
  'records posted, repeats included': sent.records,
  'parts of photos sent, repeats included': sent.parts,
  'MB of photos sent': Math.round(sent.partBytes / 1e5) / 10,
  'MB of photos in the store': Math.round(photoBytes / 1e5) / 10,
  'records that arrived': answers.length,
  'photos that arrived whole': photos,
  lost,
  doubled,
  'incomplete, aside or in conflict': incomplete,
  'drafts and photos left on the phone': behind,
  [`second start offline with this history, 6× slower, ms (≤ ${START_MS})`]: Math.round(startMs),
});

await browser.close();
await bad.close();
await server.stop();
const wrong = lost + doubled + incomplete + behind + (names.length - photos);
process.exitCode = wrong > 0 || startMs > START_MS ? 1 : 0;

/** The median of five. */
async function secondStart(phone: BrowserContext): Promise<number> {
  await phone.setOffline(true);
  const times: number[] = [];
  for (let i = 0; i < 6; i++) {
    const opened = await phone.newPage();
    await throttle(opened, { cpu: 6 });
    const from = performance.now();
    await opened.goto(`${address}/field/`, { waitUntil: 'commit' });
    await opened.locator('.task').first().waitFor();
    if (i > 0) times.push(performance.now() - from);
    await opened.close();
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}

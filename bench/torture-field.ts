/**
 * 200 records with photos entered offline in a real browser, the tab killed at 50 random moments, then sent over a line that cuts nine of ten of
 * its connections in the middle, with more kills while sending: every record must arrive once, whole.
 * `npm run bench -- torture-field [--records=200 --kills=50 --seed=20160412]`
 */
import { listRecords } from '../src/kernel/records/index.ts';
import { launchChromium, newContext } from '../test/support/browser.ts';
import { fieldDay, publishForm, settleIn } from '../test/support/field.ts';
import { startFieldServer } from '../test/support/fieldServer.ts';
import { arrived, badLine, dice, stormWorkbook, weather } from '../test/support/storm.ts';

const asked = (name: string, otherwise: number): number =>
  Number(new RegExp(`--${name}=(\\d+)`).exec(process.argv.join(' '))?.[1] ?? otherwise);
const records = asked('records', 200);
const kills = asked('kills', 50);
const random = dice(asked('seed', 20_160_412));

const server = await startFieldServer();
const day = await fieldDay(server);
await publishForm(server, 'storm.xlsx', await stormWorkbook());
const bad = await badLine(Number(new URL(server.address).port), random, 0.9);
const address = `http://127.0.0.1:${bad.port}`;
const browser = await launchChromium();
const context = await newContext(browser);
const page = await context.newPage();
await settleIn(page, address, day.link);
await page.close();
await context.setOffline(true);
const begin = performance.now();
const { names, killed } = await weather({
  context,
  address,
  records,
  kills,
  random,
  onRecord: (n) =>
    n % 20 === 0 && console.log(`${n} of ${records} entered, ${((performance.now() - begin) / 1000).toFixed(0)} s`),
});
bad.rage(true);
await context.setOffline(false);
await arrived({ context, address, records, kills: 10, random });

const { rows } = await listRecords(server.sql, server.space.id, { formKey: 'storm' }, null, records * 2);
const answers = await server.sql<{ who: string }[]>`select answers->>'who' as who from record where form_key = 'storm'`;
const counts = new Map<string, number>();
for (const { who } of answers) counts.set(who, (counts.get(who) ?? 0) + 1);
const lost = names.filter((name) => !counts.has(name)).length;
const doubled = [...counts.values()].filter((n) => n > 1).length;
const incomplete = rows.filter((row) => row.incomplete || row.aside || row.conflict).length;
console.table({
  entered: names.length,
  'tab killed while filling': killed,
  'tab killed while sending': 10,
  'connections cut': bad.cuts(),
  arrived: answers.length,
  lost,
  doubled,
  incomplete,
});

await browser.close();
await bad.close();
await server.stop();
process.exitCode = lost + doubled + incomplete > 0 ? 1 : 0;

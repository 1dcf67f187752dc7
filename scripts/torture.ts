/**
 * Nothing is ever lost. First the app and its database are killed (SIGKILL) at random moments under load; then twenty phones with bad
 * lines and wrong clocks send what a second house receives in order, and both must count the same.
 * `npm run torture [-- --kills=50 --records=10000 --photos=2000 --minutes=30 --seed=20160412 --quick]`
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../src/platform/root.ts';
import { dice } from '../test/support/storm.ts';
import { killRun } from './torture/kills.ts';
import { phoneRun } from './torture/phones.ts';

const quick = process.argv.includes('--quick');
const asked = (name: string, usual: number, short: number): number =>
  Number(new RegExp(`--${name}=(\\d+)`).exec(process.argv.join(' '))?.[1] ?? (quick ? short : usual));
const until = Date.now() + asked('minutes', 30, 3) * 60_000;
const random = dice(asked('seed', 20_160_412, 20_160_412));
const kills = asked('kills', 50, 5);
const records = asked('records', 10_000, 300);
const photos = asked('photos', 2000, 60);

const built = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'inherit' });
if (built.status !== 0) process.exit(1);

let missed = 0;
const show = (title: string, { table, misses }: Awaited<ReturnType<typeof killRun>>): void => {
  console.log(`\n${title}`);
  for (const [name, count] of Object.entries(table)) console.log(`  ${name.padEnd(72)} ${count}`);
  for (const [name, count] of Object.entries(misses)) {
    console.log(`  ${name.padEnd(72)} ${count}${count === 0 ? '' : '   MISSED, the limit is 0'}`);
    if (count !== 0) missed++;
  }
};
if (kills > 0) show('Killed at random moments', await killRun({ kills, until, random }));
if (records > 0) show('Twenty phones against a run in order', await phoneRun({ records, photos, until, random }));
process.exitCode = missed > 0 ? 1 : 0;

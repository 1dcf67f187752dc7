/**
 * Broken and hostile input for the form engine, counted over runs:
 * `node --conditions=demilge-source --import tsx bench/fuzz-xform.ts [cases] [seed]` (100,000 of each door when not said).
 * Fails on a crash, on a case that takes more than a second of processor time, and above 300 MB of memory.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { DOORS } from '../packages/xform/test/fuzz-cases.ts';

const cases = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? Date.now() % 2_147_483_647);
const chosen = process.argv[4];

/** Runs one door in this process and prints its row; true when it held. */
function runDoor(door: (typeof DOORS)[number]): boolean {
  let [count, answers, slowest, memory] = [0, 0, 0, 0];
  let worst = '';
  const property = fc.property(door.cases, (text) => {
    const start = process.cpuUsage();
    const answered = door.run(text);
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1000;
    count++;
    if (answered) answers++;
    if (ms > slowest) {
      slowest = ms;
      worst = text;
    }
    if (count % 500 === 0) memory = Math.max(memory, process.memoryUsage().rss);
  });
  // In parts, so that what is measured is the engine and not the checker's record of its run.
  let failure: string | undefined;
  for (let done = 0; done < cases && failure === undefined; done += 2000) {
    const result = fc.check(property, { numRuns: Math.min(2000, cases - done), seed: seed + done });
    if (result.failed) failure = fc.defaultReportMessage(result);
  }
  const megabytes = Math.max(memory, process.memoryUsage().rss) / 1024 / 1024;
  const ok = failure === undefined && slowest <= 1000 && megabytes <= 300;
  const numbers = [count, answers, count - answers, `${slowest.toFixed(0)} ms`, `${megabytes.toFixed(0)} MB`];
  console.log(`| ${door.name} | ${numbers.join(' | ')} | ${ok ? 'ok' : 'FAILED'} |`);
  if (failure !== undefined) console.log(failure);
  else if (slowest > 200) console.log(`slowest: ${JSON.stringify(worst.slice(0, 2000))}`);
  return ok;
}

if (chosen !== undefined) process.exit(runDoor(DOORS[Number(chosen)]!) ? 0 : 1);
console.log(
  `seed ${seed}\n| door | cases | answered | refused | slowest (processor) | most memory | |\n|---|---:|---:|---:|---:|---:|---|`,
);
let held = true;
for (const index of DOORS.keys()) {
  // A process of its own for each, with a small heap: memory then counts what is needed, not what was free to take.
  const heap = ['--max-old-space-size=160', '--max-semi-space-size=8'];
  const args = [
    ...heap,
    ...process.execArgv,
    fileURLToPath(import.meta.url),
    String(cases),
    String(seed),
    String(index),
  ];
  held = spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0 && held;
}
process.exit(held ? 0 : 1);

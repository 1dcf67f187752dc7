/**
 * A newcomer's first minute: from nothing to a usable page, and a warm start. Limits: ≤ 90 s from nothing (with a warm npm cache:
 * `npm ci` is timed too when `--ci` is given, in a fresh clone), ≤ 3 s warm.
 * `npm run bench -- start`
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../src/platform/root.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'demilge-start-'));
const port = 18_000 + (process.pid % 1000);

/** Seconds until the first page is answered, and the server's way to stop. */
async function start(folder: string): Promise<{ seconds: number; rss: number; stop: () => Promise<void> }> {
  const begin = performance.now();
  const server = spawn(process.execPath, [join(folder, 'scripts/start.mjs')], {
    cwd: folder,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
    stdio: 'ignore',
  });
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/ky`, { redirect: 'manual' }).catch(() => null);
    if (answer?.status === 200) break;
    if (performance.now() - begin > 180_000) throw new Error('The server did not open in three minutes');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const seconds = (performance.now() - begin) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const status = spawnSync('cat', [`/proc/${server.pid}/status`], { encoding: 'utf8' }).stdout;
  const rss = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  return {
    seconds,
    rss,
    stop: async () => {
      const closed = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await closed;
    },
  };
}

let folder = ROOT;
let install = 0;
if (process.argv.includes('--ci')) {
  folder = mkdtempSync(join(tmpdir(), 'demilge-clone-'));
  spawnSync('git', ['clone', '-q', ROOT, folder]);
  const begin = performance.now();
  spawnSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' });
  install = (performance.now() - begin) / 1000;
}
const cold = await start(folder);
await cold.stop();
const warm: number[] = [];
let rss = 0;
for (let i = 0; i < 3; i++) {
  const one = await start(folder);
  warm.push(one.seconds);
  rss = one.rss;
  await one.stop();
}
warm.sort((a, b) => a - b);
const line = (what: string, value: number, limit: number, unit: string): void =>
  console.log(
    `${what.padEnd(44)} ${value.toFixed(1).padStart(7)} ${unit}   limit ${limit} ${unit}   ratio ${(value / limit).toFixed(2)}`,
  );
if (install > 0) console.log(`npm ci in a fresh clone                      ${install.toFixed(1).padStart(7)} s`);
line('From nothing to a page, the story loaded', install + cold.seconds, 90, 's');
line('Warm start, median of 3', warm[1] ?? 0, 3, 's');
line('Memory at rest with the story', rss, 250, 'MB');
rmSync(dataDir, { recursive: true, force: true });
if (folder !== ROOT) rmSync(folder, { recursive: true, force: true });

/**
 * Broken and hostile requests to the doors of phones, at the built server and over real connections, counted over runs: multipart and JSON
 * bodies, documents, names, lengths, keys and lines that break. Nothing may be answered with 5xx, end the server, or take more than
 * 350 MB of its memory; a whole request must have an answer. The aim is 1,000,000 over all runs (`.cache/fuzz-doors.json`).
 * `npm run bench -- fuzz-doors [--minutes=1] [--seed=…]`
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { foundHouse, request, visitXml } from '../scripts/torture/house.ts';
import { send } from '../scripts/torture/line.ts';
import { lookInto, server } from '../scripts/torture/server.ts';
import { connect, migrate } from '../src/platform/db/index.ts';
import { openDiskStore } from '../src/platform/files/index.ts';
import { startPostgres } from '../src/platform/postgres/index.ts';
import { ROOT } from '../src/platform/root.ts';
import { type HostileRequest, hostileRequests } from '../test/support/hostile.ts';

const argument = (name: string, usual: number): number =>
  Number(new RegExp(`--${name}=(\\d+)`).exec(process.argv.join(' '))?.[1] ?? usual);
const until = Date.now() + argument('minutes', 1) * 60_000;
const seed = argument('seed', Date.now() % 2_147_483_647);
const LINES = 24;
const AT_ONCE = 600;
const AIM = 1_000_000;
const COUNTER = join(ROOT, '.cache/fuzz-doors.json');
const MEMORY = 350;

/** Sends all of it, and hangs up where something was cut off; the status of the answer, or 'none'. */
function answerTo(port: number, { bytes, whole }: HostileRequest): Promise<string> {
  return new Promise((done) => {
    let heard = '';
    const socket = connectSocket({ port, host: '127.0.0.1' }, () => (whole ? socket.write(bytes) : socket.end(bytes)));
    socket.setTimeout(30_000, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      if (heard.length < 200) heard += chunk.toString('latin1');
    });
    socket.on('close', () => {
      const statuses = [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => match[1]!);
      done(statuses.find((status) => status !== '100') ?? 'none');
    });
  });
}

const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

type Count = { cases: number; answers: Record<string, number> };

function countSoFar(): Count {
  try {
    return JSON.parse(readFileSync(COUNTER, 'utf8')) as Count;
  } catch {
    return { cases: 0, answers: {} };
  }
}

async function main(): Promise<void> {
  const built = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { cwd: ROOT, stdio: 'inherit' });
  if (built.status !== 0) process.exit(1);
  const folder = mkdtempSync(join(tmpdir(), 'demilge-fuzz-'));
  chmodSync(folder, 0o755);
  const database = await startPostgres({ dataDir: folder, log: () => {} });
  const sql = connect(database.options, 2);
  await migrate(sql);
  const house = await foundHouse(sql, openDiskStore(join(folder, 'files')), 'localhost', 1);
  await sql.end();
  await database.stop();
  const running = await server(folder);
  await running.start();

  const requests = hostileRequests({
    host: 'localhost',
    token: house.tokens[0]!,
    document: (id) => visitXml({ id, n: 0, facilityId: house.facilities[0]! }),
  });
  const run: Count = { cases: 0, answers: {} };
  const failures: { status: string; case: HostileRequest }[] = [];
  for (let round = 0; Date.now() < until && failures.length < 10 && running.falls() === 0; round++) {
    const waiting = fc.sample(requests, { numRuns: AT_ONCE, seed: seed + round });
    const line = async (): Promise<void> => {
      for (let one = waiting.pop(); one; one = waiting.pop()) {
        const status = await answerTo(running.port, one);
        run.cases++;
        run.answers[status] = (run.answers[status] ?? 0) + 1;
        if (status >= '500' && status !== 'none') failures.push({ status, case: one });
        if (status === 'none' && one.whole) failures.push({ status, case: one });
      }
    };
    await Promise.all(Array.from({ length: LINES }, line));
  }
  const alive = (await send(running.port, request('GET', '/readyz', 'localhost')))?.status === 200;
  const peak = peakOf(running.pid());
  const [kept] = await lookInto(folder, (db) => db<{ n: number }[]>`select count(*)::int as n from record`);
  const all = countSoFar();
  all.cases += run.cases;
  for (const [status, n] of Object.entries(run.answers)) all.answers[status] = (all.answers[status] ?? 0) + n;
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  writeFileSync(COUNTER, JSON.stringify(all));

  const table = (answers: Record<string, number>): string =>
    Object.entries(answers)
      .sort()
      .map(([status, n]) => `${status}: ${n}`)
      .join(', ');
  console.log(`seed ${seed}: ${run.cases} requests (${table(run.answers)}); records kept: ${kept?.n}`);
  console.log(
    `server: ${alive ? 'answers' : 'DOES NOT ANSWER'}, fell ${running.falls()} times, memory at most ${peak.toFixed(0)} MB (limit ≤ ${MEMORY})`,
  );
  console.log(`all runs: ${all.cases} of ${AIM} (${table(all.answers)})`);
  for (const [i, failure] of failures.entries()) {
    const path = join(ROOT, `.cache/fuzz-doors-${seed}-${i}.bin`);
    writeFileSync(path, failure.case.bytes);
    console.log(`FAILED ${failure.status}: ${failure.case.kind} (the bytes: ${path})`);
  }
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = failures.length === 0 && alive && running.falls() === 0 && peak <= MEMORY ? 0 : 1;
}

await main();

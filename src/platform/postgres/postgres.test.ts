import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunningPostgres, startPostgres } from './index.ts';

const quiet = () => {};
let dataDir: string;
let server: RunningPostgres | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'demilge-pg-'));
  chmodSync(dataDir, 0o755);
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

function open(running: RunningPostgres) {
  if (typeof running.options === 'string') throw new Error('a private server is reached by its socket');
  return postgres({ ...running.options, max: 4, onnotice: quiet, backoff: () => 0.05 });
}

test('sorts Kyrgyz and Russian words as their dictionaries do, and folds their capitals', async () => {
  server = await startPostgres({ dataDir, log: quiet, durable: false });
  const sql = open(server);
  const words = ['Ырыс', 'Өмүр', 'Үмүт', 'Ууз', 'Ңа', 'Нур', 'Ормон', 'Ёлка', 'Ел'];
  const ky = await sql`select w from unnest(${words}::text[]) w order by w collate "ky-x-icu"`;
  expect(ky.map(({ w }) => w).join(' ')).toBe('Ел Ёлка Нур Ңа Ормон Өмүр Ууз Үмүт Ырыс');
  const ru = await sql`select w from unnest(array['жук','ёж','ель','Яма','арка']) w order by w collate "ru-x-icu"`;
  expect(ru.map(({ w }) => w).join(' ')).toBe('арка ёж ель жук Яма');
  expect(await sql`select lower('ӨҮҢЁ') as low, upper('өүңё') as high`).toEqual([{ low: 'өүңё', high: 'ӨҮҢЁ' }]);
  await sql.end();
});

test('keeps what it has been told to keep: safe writes, no network, a private folder', async () => {
  server = await startPostgres({ dataDir, log: quiet });
  const sql = open(server);
  const settings = await sql`select name, setting from pg_settings
    where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'data_checksums') order by name`;
  expect(settings.map(({ name, setting }) => [name, setting])).toEqual([
    ['data_checksums', 'on'],
    ['fsync', 'on'],
    ['full_page_writes', 'on'],
    ['listen_addresses', ''],
    ['synchronous_commit', 'on'],
  ]);
  expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
  const rules = readFileSync(join(dataDir, 'postgres', 'cluster', 'pg_hba.conf'), 'utf8');
  expect([...rules.matchAll(/^(local|host\w*)\s.*\s(\w+)$/gm)].map(([, kind, method]) => `${kind} ${method}`)).toEqual([
    'local trust',
    'host reject',
    'host reject',
    'local trust',
    'host reject',
    'host reject',
  ]);
  await sql.end();
});

test('refuses a second server on the same folder, and says what to do', async () => {
  server = await startPostgres({ dataDir, log: quiet, durable: false });
  await expect(startPostgres({ dataDir, log: quiet, durable: false })).rejects.toThrow(
    `Another Demilge server is already running on the data folder ${join(dataDir, 'postgres')}. ` +
      'Stop it first, or give this one a folder of its own with DATA_DIR.',
  );
});

test('the server killed while Aigul and Bakyt send their sheets: it comes back by itself with every acknowledged row', async () => {
  const said: string[] = [];
  server = await startPostgres({ dataDir, log: (line) => said.push(line) });
  const sql = open(server);
  await sql`create table sheet (id int primary key, sender text)`;
  const acknowledged: number[] = [];
  let next = 0;
  let stop = false;
  const send = async (sender: string) => {
    while (!stop) {
      const id = next++;
      await sql`insert into sheet values (${id}, ${sender})`.then(
        () => acknowledged.push(id),
        () => sleep(5),
      );
    }
  };
  const senders = [send('Aigul'), send('Bakyt'), send('Aigul'), send('Bakyt')];
  for (let round = 0; round < 3; round++) {
    const before = acknowledged.length;
    while (acknowledged.length < before + 200) await sleep(5);
    process.kill(server.pid?.() ?? 0, 'SIGKILL');
  }
  const before = acknowledged.length;
  while (acknowledged.length < before + 200) await sleep(5);
  stop = true;
  await Promise.all(senders);
  const kept = new Set((await sql`select id from sheet`).map(({ id }) => id as number));
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  expect(said.filter((line) => line === 'PostgreSQL is back')).toHaveLength(3);
  await sql.end();
});

test('our program killed outright: its database ends too, and the next start finds every acknowledged row', async () => {
  const program = `
    import postgres from 'postgres';
    import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    const server = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: () => {} });
    const sql = postgres(server.options);
    await sql\`create table sheet (id int)\`;
    console.log('pid', server.pid());
    for (let id = 0; ; id++) { await sql\`insert into sheet values (\${id})\`; console.log(id); }`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  while (!output.includes('\n300\n')) await sleep(5);
  child.kill('SIGKILL');
  await new Promise((done) => child.once('close', done));

  server = await startPostgres({ dataDir, log: quiet });
  const sql = open(server);
  const [, pid] = /pid (\d+)/.exec(output) ?? [];
  // A finished process may stay listed until its new parent looks; it has no working folder any more.
  expect(() => readlinkSync(`/proc/${pid}/cwd`)).toThrow();
  const last = Number(output.trimEnd().split('\n').slice(0, -1).at(-1));
  const [found] = await sql`select count(*)::int as rows, max(id) as last from sheet`;
  expect(found?.rows).toBe(found?.last + 1);
  expect(found?.last).toBeGreaterThanOrEqual(last);
  await sql.end();
});

test('a process number left in postmaster.pid that now belongs to a stranger does not stop the start', async () => {
  server = await startPostgres({ dataDir, log: quiet, durable: false });
  const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  const left = readFileSync(file, 'utf8');
  await server.stop();
  writeFileSync(file, left.replace(/^\d+/, String(process.ppid)));
  server = await startPostgres({ dataDir, log: quiet, durable: false });
  const sql = open(server);
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  await sql.end();
});

test('a folder with a very long name, with spaces and Kyrgyz letters, still has a socket', async () => {
  const long = join(dataDir, 'Ассоциация, "Демилге" жана анын өнөктөштөрү', 'маалымат '.repeat(8).trim());
  mkdirSync(long, { recursive: true });
  server = await startPostgres({ dataDir: long, log: quiet, durable: false });
  const sql = open(server);
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  await sql.end();
});

test.runIf(process.getuid?.() === 0)(
  'as root, a folder that nobody else may enter is served from a user namespace',
  async () => {
    const closed = join(dataDir, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    server = await startPostgres({ dataDir: closed, log: quiet, durable: false });
    const sql = open(server);
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    expect(statSync(join(closed, 'postgres', 'cluster')).uid).toBe(0);
    await sql.end();
  },
);

test('an interrupted preparation is begun anew', async () => {
  const unfinished = join(dataDir, 'postgres', 'cluster.new');
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, 'PG_VERSION'), '18\n');
  server = await startPostgres({ dataDir, log: quiet, durable: false });
  expect(existsSync(unfinished)).toBe(false);
});

test('data made by another major version is not touched, and the message says what to do', async () => {
  const cluster = join(dataDir, 'postgres', 'cluster');
  mkdirSync(cluster, { recursive: true });
  writeFileSync(join(cluster, 'PG_VERSION'), '14\n');
  await expect(startPostgres({ dataDir, log: quiet, durable: false })).rejects.toThrow(
    /was made by PostgreSQL 14, and this is PostgreSQL \d+/,
  );
});

test('a DATABASE_URL takes the place of our own server', async () => {
  const url = 'postgres://coordinator@db.example.org/demilge';
  const running = await startPostgres({ dataDir, log: quiet, databaseUrl: url });
  expect({ origin: running.origin, options: running.options }).toEqual({ origin: 'url', options: url });
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Sql } from '../../src/platform/db/index.ts';
import { ROOT } from '../../src/platform/root.ts';
import { request } from './house.ts';
import { send } from './line.ts';

/** The built server as a process of its own on a data folder, as `npm start` runs it. */
export type Running = {
  readonly port: number;
  /** Process number of the app. */
  readonly pid: () => number;
  /** Process number of the database's first process; 0 while there is none. */
  readonly databasePid: () => number;
  readonly start: () => Promise<void>;
  /** Kills without a word; waits until the process is gone. */
  readonly kill: () => Promise<void>;
  /** Kills the database's first process; the app starts another. */
  readonly killDatabase: () => boolean;
  readonly stop: () => Promise<void>;
  /** How often the app ended by itself and was started again, as systemd and Docker do. */
  readonly falls: () => number;
};

export async function server(dataDir: string, settings: Readonly<Record<string, string>> = {}): Promise<Running> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  let wanted = false;
  let falls = 0;
  const gone = (): Promise<unknown> =>
    !child || child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((done) => child?.once('exit', done));
  const start = async (): Promise<void> => {
    wanted = true;
    launchOnce();
    for (let waited = 0; waited < 60_000; waited += 50) {
      if ((await send(port, request('GET', '/readyz', 'localhost')))?.status === 200) return;
      await sleep(50);
    }
    throw new Error('The server did not start within a minute');
  };
  const launchOnce = (): void => {
    child = spawn(process.execPath, [join(ROOT, 'scripts/start.mjs'), '--empty'], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DATA_DIR: dataDir,
        PORT: String(port),
        HOST: '127.0.0.1',
        // Each phone has an address of its own, as behind a proxy; one address is held back by the limit of requests.
        TRUST_PROXY: '1',
        LOG_LEVEL: 'silent',
        // The test runner has a variable of this name for itself.
        BASE_URL: '',
        ...settings,
      },
    });
    child.once('exit', () => {
      if (!wanted) return;
      falls++;
      launchOnce();
    });
  };
  const databasePid = (): number => {
    try {
      return Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
    } catch {
      return 0;
    }
  };
  return {
    port,
    pid: () => child?.pid ?? 0,
    databasePid,
    start,
    kill: async () => {
      wanted = false;
      child?.kill('SIGKILL');
      await gone();
    },
    killDatabase: () => {
      try {
        const first = databasePid();
        return first > 1 && process.kill(first, 'SIGKILL');
      } catch {
        return false;
      }
    },
    falls: () => falls,
    stop: async () => {
      wanted = false;
      child?.kill('SIGTERM');
      await gone();
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Looks into the database of the running server through its socket, again while it is being started anew. */
export async function lookInto<T>(dataDir: string, look: (sql: Sql) => Promise<T>): Promise<T> {
  const folder = join(dataDir, 'postgres');
  const place = { host: folder, path: join(folder, '.s.PGSQL.5432'), user: 'demilge', database: 'demilge' };
  for (let tries = 0; ; tries++) {
    const sql = connect(place as Parameters<typeof connect>[0], 4);
    try {
      return await look(sql);
    } catch (error) {
      if (tries === 300) throw error;
      await sleep(100);
    } finally {
      await sql.end({ timeout: 5 });
    }
  }
}

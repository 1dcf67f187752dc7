import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findRunning, type Launched, launch } from './launch.ts';

export interface RunningPostgres {
  /** Where the database comes from: the owner's DATABASE_URL, our server from npm, or the system's programs. */
  origin: 'url' | Launched['origin'];
  /** For `connect()` of platform/db, and for postgres.js itself: a URL, or the address of the unix socket. */
  options: string | Launched['options'];
  /** Process number of the server, where we started it. */
  pid?: () => number;
  /** Stops the server if we started it; a server behind DATABASE_URL is left alone. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** The application's data folder; the server keeps to `postgres/` inside it. */
  dataDir: string;
  /** Gets one line per step, in plain words. */
  log: (line: string) => void;
  /** Takes the place of our own server. */
  databaseUrl?: string | undefined;
  /** Take only the server from npm, or only the system's. */
  only?: Launched['origin'] | undefined;
  /** `false` never waits for the disk: for a database that nobody will miss after the test. Default: true. */
  durable?: boolean | undefined;
}

/**
 * Gives a running database: `databaseUrl`, else the server from npm, else one installed on the system.
 * @throws DataFolderInUse if another server runs on the folder
 */
export async function startPostgres({ dataDir, databaseUrl, ...options }: StartOptions): Promise<RunningPostgres> {
  if (databaseUrl) return { origin: 'url', options: databaseUrl, stop: async () => {} };
  const server = await launch({ dataDir: join(dataDir, 'postgres'), ...options });
  return { origin: server.origin, options: server.options, pid: server.pid, stop: server.stop };
}

/**
 * The same for a verb beside a working server: where a server runs on the folder, its database is used, and left running.
 * @throws Error when there is no database in the folder
 */
export async function joinPostgres(given: StartOptions): Promise<RunningPostgres> {
  if (given.databaseUrl) return await startPostgres(given);
  const options = await findRunning(join(given.dataDir, 'postgres'));
  if (options) return { origin: 'embedded', options, stop: async () => {} };
  if (!existsSync(join(given.dataDir, 'postgres', 'cluster')))
    throw new Error(`There is no data of Demilge in ${given.dataDir}. Set DATA_DIR to the folder of the data.`);
  return await startPostgres(given);
}

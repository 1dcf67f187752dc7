import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment, DATABASE_NAME, DATABASE_USER, ensureCluster, serverSettings } from './cluster.ts';
import { chooseIdentity, giveFolder, type Identity } from './identity.ts';
import { findInstallation, type Installation } from './locate.ts';
import { clearTraces, isOwned, ownFolder } from './owner.ts';

export interface LaunchOptions {
  /** Folder that belongs to the server alone; made if missing. */
  dataDir: string;
  /** One line per step, in plain words. */
  log: (line: string) => void;
  /** Take only the server from npm, or only the system's. */
  only?: Installation['origin'] | undefined;
  /** `false` never waits for the disk: for a database that nobody will miss after the test. */
  durable?: boolean | undefined;
}

export interface Launched {
  origin: Installation['origin'];
  version: string;
  /** For postgres.js: `postgres(options)`. It takes `path` and shows `host` in messages. */
  options: { host: string; path: string; port: number; user: string; database: string };
  /** The server's process number; changes if the server had to be started again. */
  pid(): number;
  stop(): Promise<void>;
}

const PORT = 5432;
/** sun_path has 108 bytes with its closing zero on Linux, 104 elsewhere. */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103;

/** Starts a private PostgreSQL on a folder, reachable only through a unix socket, and keeps it running until `stop()`. */
export async function launch({ dataDir, log, only, durable = true }: LaunchOptions): Promise<Launched> {
  if (process.platform === 'win32') {
    throw new Error('On Windows, run Demilge inside WSL, or set DATABASE_URL to a PostgreSQL server.');
  }
  mkdirSync(dataDir, { recursive: true });
  const folder = realpathSync(dataDir);
  const spare = `${folder}-programs`;
  const installation = findInstallation(spare, only);
  if (!installation) {
    throw new Error(
      'No PostgreSQL server was found for this machine. Set DATABASE_URL, or install PostgreSQL 15 or newer from your system.',
    );
  }
  const { identity, bin } = chooseIdentity(installation, folder, spare);
  giveFolder(folder, identity);
  chmodSync(folder, 0o700);
  const socketDir = socketFolder(folder, identity);

  const letGo = await ownFolder(folder, socketDir);
  try {
    if (!existsSync(join(folder, 'cluster')))
      log(`Preparing a PostgreSQL ${installation.version} database in ${folder}`);
    const cluster = await ensureCluster(installation, bin, identity, folder, durable);
    await clearTraces(cluster);
    const server = await keepRunning({ installation, bin, identity, folder, cluster, socketDir, durable, log });
    return {
      origin: installation.origin,
      version: installation.version,
      options: addressIn(socketDir),
      pid: server.pid,
      stop: async () => {
        await server.stop();
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

/**
 * Where a server that another program runs on this folder takes connections: it has written that down itself.
 * @returns null when none runs. @throws Error when this person may not look
 */
export async function findRunning(dataDir: string): Promise<Launched['options'] | null> {
  const file = join(dataDir, 'cluster', 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    if (code === 'EACCES') throw new Error(`You may not read ${dataDir}: run this as the person who runs the server.`);
    throw error;
  }
  const socketDir = lines[4] ?? '';
  if (!isAbsolute(socketDir) || !(await isOwned(socketDir))) return null;
  return addressIn(socketDir);
}

const addressIn = (socketDir: string): Launched['options'] => ({
  host: socketDir,
  path: join(socketDir, `.s.PGSQL.${PORT}`),
  port: PORT,
  user: DATABASE_USER,
  database: DATABASE_NAME,
});

/** The data folder itself, or a short private folder if its path does not fit into a socket address. */
function socketFolder(folder: string, identity: Identity): string {
  if (Buffer.byteLength(join(folder, `.s.PGSQL.${PORT}`)) <= LONGEST_SOCKET_PATH && !folder.includes('"'))
    return folder;
  const name = `demilge-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  const parent = tmpdir().length < 60 ? tmpdir() : '/tmp';
  const short = resolve(parent, name);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  const found = lstatSync(short);
  const ours = [process.getuid?.(), identity.uid].includes(found.uid);
  if (!found.isDirectory() || !ours) throw new Error(`${short} belongs to somebody else; remove it and start again.`);
  giveFolder(short, identity);
  chmodSync(short, 0o700);
  return short;
}

interface Run {
  installation: Installation;
  bin: string;
  identity: Identity;
  folder: string;
  cluster: string;
  socketDir: string;
  durable: boolean;
  log: (line: string) => void;
}

/** A server that dies without being asked is started again: PostgreSQL repairs itself from its log. */
async function keepRunning(run: Run): Promise<{ pid(): number; stop(): Promise<void> }> {
  let stopping = false;
  let child = await startOnce(run);
  let restart: Promise<void> = Promise.resolve();

  const watch = (): void => {
    child.once('exit', (code, signal) => {
      if (stopping) return;
      run.log(`PostgreSQL ended without being asked (${signal ?? code}); starting it again`);
      restart = (async () => {
        child = await startOnce(run, () => stopping);
        watch();
        run.log('PostgreSQL is back');
      })().catch((error: Error) => run.log(`PostgreSQL did not come back: ${error.message}`));
    });
  };
  watch();

  const onExit = () => child.kill('SIGINT');
  process.once('exit', onExit);
  return {
    pid: () => child.pid ?? -1,
    stop: async () => {
      stopping = true;
      await restart;
      process.removeListener('exit', onExit);
      await end(child);
    },
  };
}

/** Starts the server and waits until it takes connections; old backends may need a moment to leave after a crash. */
async function startOnce(run: Run, givenUp: () => boolean = () => false): Promise<ChildProcess> {
  for (let waited = 0; ; waited += 200) {
    const logFile = rollLog(run.folder);
    const begin = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    const child = spawnServer(run, logFile);
    if (await untilReady(child, run.cluster)) return child;
    const said = readFileSync(logFile).subarray(begin).toString('utf8').trim();
    const busy = /still in use|lock file .* already exists|Address already in use/.test(said);
    if (!busy || waited > 20_000 || givenUp()) throw new Error(`PostgreSQL did not start:\n${said}`);
    await sleep(200);
  }
}

function spawnServer({ installation, bin, identity, cluster, socketDir, durable }: Run, logFile: string): ChildProcess {
  // In a session of its own, Ctrl-C in the terminal reaches us and not the server: we finish our answers first.
  // If we are killed, the kernel asks the server to stop.
  const guard = hasSetpriv() ? ['setpriv', '--pdeathsig', 'INT', '--'] : [];
  const program = [join(bin, 'postgres'), '-D', cluster, '-p', String(PORT)];
  const [command = '', ...args] = [
    ...identity.prefix,
    ...guard,
    ...program,
    ...serverSettings(installation.major, socketDir, durable),
  ];
  const output = openSync(logFile, 'a', 0o600);
  try {
    return spawn(command, args, {
      ...identity.spawn,
      detached: true,
      cwd: '/',
      env: cleanEnvironment(),
      stdio: ['ignore', output, output],
    });
  } finally {
    closeSync(output);
  }
}

let setpriv: boolean | undefined;
function hasSetpriv(): boolean {
  setpriv ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true'], { stdio: 'ignore' }).status === 0;
  return setpriv;
}

/** The server writes its state into the last line of postmaster.pid; our child keeps its number through every prefix. */
async function untilReady(child: ChildProcess, cluster: string): Promise<boolean> {
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  const file = join(cluster, 'postmaster.pid');
  // Recovery after a crash on a slow disk takes as long as it takes.
  while (!ended) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') {
      child.unref();
      return true;
    }
    await sleep(4);
  }
  return false;
}

function rollLog(folder: string): string {
  const file = join(folder, 'postgres.log');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 1_000_000) renameSync(file, `${file}.old`);
  return file;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.ref();
  child.kill('SIGINT');
  const insist = setTimeout(() => child.kill('SIGQUIT'), 20_000);
  await gone;
  clearTimeout(insist);
}

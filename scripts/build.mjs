import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mendPostgres } from './mendPostgres.mjs';
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
  await replaceFolder(join(ROOT, dirname(target.output)), makers[target.name]);
  markBuilt(target, inputs);
  process.stdout.write(`${((performance.now() - begin) / 1000).toFixed(1)} s\n`);
}

/** Builds beside the old folder and takes its place when all went well: a running server never sees half a build. */
async function replaceFolder(folder, make) {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await make(unfinished);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process built the same from the same and was first.
    if (error.code !== 'ENOTEMPTY') throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function vite(config) {
  const { build } = await import('vite');
  return await build({ root: ROOT, configFile: false, logLevel: 'warn', ...config });
}

/** The server as one file, with the workspace packages and the mended postgres.js inside and npm's other packages outside. */
async function buildServer(outDir) {
  await vite({
    resolve: { conditions: ['demilge-source', 'module', 'node', 'production'] },
    plugins: [mendPostgres()],
    ssr: {
      noExternal: [/^@demilge\//, 'postgres'],
      resolve: { conditions: ['demilge-source', 'module', 'node', 'production'] },
    },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      ssr: 'src/main.ts',
      outDir,
      emptyOutDir: false,
      target: 'node20',
      sourcemap: true,
      minify: false,
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames: 'main.js', chunkFileNames: '[name]-[hash].js' } },
    },
  });
}

/** Settings of the field app are in vite.config.ts, where `npx vite` finds them too. */
async function buildField(outDir) {
  const { build } = await import('vite');
  await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn', build: { outDir, emptyOutDir: false } });
}

/**
 * Styles, scripts and static files of the server's pages, under their plain names: the server reads the folder once,
 * compresses what is in it and gives each file an address with its digest (platform/http/assets.ts).
 */
async function buildAssets(outDir) {
  const taken = new Set();
  for (const folder of assetFolders()) {
    for (const file of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
      if (!file.isFile() || /\.test\.tsx?$|\.d\.ts$/.test(file.name)) continue;
      const name = file.name.replace(/\.tsx?$/, '.js');
      if (taken.has(name)) throw new Error(`Two files for the browser are named ${name}; rename one of them.`);
      taken.add(name);
      const path = join(ROOT, folder, file.name);
      if (/\.(tsx?|css)$/.test(file.name)) await bundleAsset(path, outDir);
      else copyFileSync(path, join(outDir, name));
    }
  }
  writeFileSync(join(outDir, '.complete'), '');
}

/** One file for one page, with everything that it imports inside: no second round trip on a slow network. */
async function bundleAsset(path, outDir) {
  await vite({
    base: './',
    // A font's address in a style sheet is the server's (with its digest); the builder would warn that it cannot see it.
    logLevel: 'error',
    publicDir: false,
    resolve: { conditions: ['demilge-source', 'module', 'browser', 'production'] },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: false,
      assetsDir: '',
      assetsInlineLimit: 0,
      modulePreload: false,
      target: ['chrome87', 'firefox78', 'safari14'],
      rolldownOptions: {
        input: path,
        output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]', codeSplitting: false },
      },
    },
  });
}

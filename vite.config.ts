import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const field = join(import.meta.dirname, 'src/field');
const serviceWorker = join(field, 'sw.ts');

/** The field app: a page and a service worker, served by the server under /field/. */
export default defineConfig({
  root: field,
  base: '/field/',
  resolve: { conditions: ['demilge-source', 'module', 'browser', 'development|production'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: join(import.meta.dirname, 'dist/field'),
    emptyOutDir: true,
    // Chrome 87 of 2020 is what cheap phones of the villages still carry.
    target: ['chrome87', 'firefox78', 'safari14'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: existsSync(serviceWorker)
        ? { app: join(field, 'index.html'), sw: serviceWorker }
        : { app: join(field, 'index.html') },
      // A service worker keeps its address for life; everything else carries its digest.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  plugins: [precacheList()],
});

/**
 * Writes the list of built files into the service worker, in place of `__PRECACHE__`:
 * `{ version, files }`. A changed list changes the worker's bytes, which is how a phone learns of a new release.
 */
function precacheList(): Plugin {
  return {
    name: 'demilge-precache-list',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle['sw.js'];
        if (worker?.type !== 'chunk') return;
        const files = Object.keys(bundle)
          .filter((name) => name !== 'sw.js' && !name.endsWith('.map'))
          .sort();
        const hash = createHash('sha256');
        for (const name of files) {
          const file = bundle[name];
          hash.update(name).update(file?.type === 'chunk' ? file.code : (file?.source ?? ''));
        }
        const list = JSON.stringify({ version: hash.digest('hex').slice(0, 16), files });
        worker.code = worker.code.replaceAll('__PRECACHE__', () => list);
      },
    },
  };
}

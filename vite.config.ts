import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, defineConfig, type Plugin } from 'vite';

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
      input: { app: join(field, 'index.html') },
      output: { entryFileNames: 'assets/[name]-[hash].js' },
    },
  },
  plugins: [oldPhoneStyles(), serviceWorkerFile()],
});

/**
 * Phones of 2020 do not know `@layer`: they would show no style at all, so the layers are unwrapped, in the order in which they stand.
 * The font's address in the server's style sheet carries a digest that only the server knows.
 */
function oldPhoneStyles(): Plugin {
  return {
    name: 'demilge-old-phone-styles',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/site.css')) return;
      return code
        .replace(/display\.\w+\.woff2/, './display.woff2')
        .replace(/^@layer [\w, ]+;$/m, '')
        .replace(/^@layer \w+ \{\n([\s\S]*?)^\}$/gm, '$1');
    },
  };
}

/**
 * Builds the service worker as one plain script under an address for life, and writes the list of built files into it in place of
 * `__PRECACHE__`: `{ version, files }`. A changed list changes the worker's bytes, which is how a phone learns of a new release.
 */
function serviceWorkerFile(): Plugin {
  return {
    name: 'demilge-service-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = [...Object.keys(bundle), ...readdirSync(join(field, 'public'))].sort();
        const hash = createHash('sha256');
        for (const name of files) {
          const file = bundle[name];
          const bytes = file
            ? file.type === 'chunk'
              ? file.code
              : file.source
            : readFileSync(join(field, 'public', name));
          hash.update(name).update(bytes);
        }
        const list = JSON.stringify({ version: hash.digest('hex').slice(0, 16), files });
        const source = (await workerCode()).replaceAll('__PRECACHE__', () => list);
        this.emitFile({ type: 'asset', fileName: 'sw.js', source });
      },
    },
  };
}

async function workerCode(): Promise<string> {
  const built = await build({
    configFile: false,
    root: field,
    logLevel: 'warn',
    publicDir: false,
    resolve: { conditions: ['demilge-source', 'module', 'browser', 'production'] },
    build: {
      write: false,
      target: ['chrome87', 'firefox78', 'safari14'],
      modulePreload: false,
      rolldownOptions: { input: serviceWorker, output: { format: 'iife', codeSplitting: false } },
    },
  });
  const [result] = [built].flat();
  const chunk = result && 'output' in result ? result.output.find((file) => file.type === 'chunk') : undefined;
  if (chunk?.type !== 'chunk') throw new Error('The service worker was not built');
  return chunk.code;
}

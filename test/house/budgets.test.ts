import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { ROOT } from '../../src/platform/root.ts';

/** A kilobyte of a network bill. */
const KB = 1000;

/** JavaScript of an entry with all that it imports, as a phone gets it. */
async function gzipOf(entry: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from ${JSON.stringify(join(ROOT, entry))};`, resolveDir: ROOT },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'chrome87',
    conditions: ['demilge-source'],
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}

test('the form engine costs a phone at most 45 KB', async () => {
  expect(await gzipOf('packages/xform/src/index.ts')).toBeLessThanOrEqual(45 * KB);
});

test('the style sheet and the letters of a public page leave room for its words within 50 KB', () => {
  const styles = brotliCompressSync(readFileSync(join(ROOT, 'src/ui/styles/site.css'))).length;
  const letters = readdirSync(join(ROOT, 'src/ui/styles'))
    .filter((name) => name.endsWith('.woff2'))
    .reduce((sum, name) => sum + readFileSync(join(ROOT, 'src/ui/styles', name)).length, 0);
  expect(styles + letters).toBeLessThanOrEqual(36 * KB);
});

// `npm run build` makes it, where this checkout has the field app.
if (existsSync(join(ROOT, 'dist/field/index.html'))) {
  test('the field app’s first load is at most 150 KB', () => {
    const files = readdirSync(join(ROOT, 'dist/field'), { recursive: true, withFileTypes: true }).filter(
      (file) => file.isFile() && /\.(html|js|css|svg|webmanifest)$/.test(file.name),
    );
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(file.parentPath, file.name))).length, 0);
    expect(bytes).toBeLessThanOrEqual(150 * KB);
  });
}

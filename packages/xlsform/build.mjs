// Builds dist/: one browser-safe module, the command line, and the types.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
rmSync(join(here, 'dist'), { recursive: true, force: true });
const common = {
  bundle: true,
  format: 'esm',
  target: 'es2023',
  external: ['fflate'],
  logLevel: 'warning',
  charset: 'utf8',
};
await build({
  ...common,
  entryPoints: [join(here, 'src/index.ts')],
  outfile: join(here, 'dist/index.js'),
  platform: 'neutral',
});
await build({
  ...common,
  entryPoints: [join(here, 'src/cli.ts')],
  outfile: join(here, 'dist/cli.js'),
  platform: 'node',
});
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', join(here, 'tsconfig.build.json')], { stdio: 'inherit' });

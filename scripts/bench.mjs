import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './targets.mjs';

/**
 * `npm run bench [-- name … --option=value …]`: runs `bench/<name>.ts`, all of them when none is named.
 * Each runs in a process of its own, so that one cannot warm up or fill the memory of the next.
 */
const folder = join(ROOT, 'bench');
const known = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.slice(0, -3))
      .sort()
  : [];
const named = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const options = process.argv.slice(2).filter((arg) => arg.startsWith('-'));
const unknown = named.filter((name) => !known.includes(name));
if (unknown.length > 0 || known.length === 0) {
  console.error(
    known.length === 0
      ? 'There are no benchmarks in bench/.'
      : `Unknown: ${unknown.join(', ')}. There are: ${known.join(', ')}`,
  );
  process.exit(1);
}

const failed = [];
for (const name of named.length > 0 ? named : known) {
  console.log(`\n── ${name} ──`);
  const { status } = spawnSync(
    process.execPath,
    ['--conditions=demilge-source', '--import', 'tsx', '--expose-gc', join(folder, `${name}.ts`), ...options],
    { stdio: 'inherit', cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) console.error(`\nMissed or broken: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

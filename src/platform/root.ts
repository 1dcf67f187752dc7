import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout or installation: bundled code, tests and scripts all read migrations and workbooks below it. */
export const ROOT: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(from: string): string {
  const manifest = join(from, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'demilge') return from;
  const above = dirname(from);
  if (above === from) throw new Error('The folder of Demilge (package.json named "demilge") was not found');
  return findRoot(above);
}

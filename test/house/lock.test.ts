import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../src/platform/root.ts';

interface Installed {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}
const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Installed>;
};

/** Looks a package up as Node does: beside the one that needs it, then further up. */
function isLocked(needed: string, from: string): boolean {
  const above = from.split('/node_modules/');
  const places = above.map((_, i) => [...above.slice(0, i + 1), needed].join('/node_modules/'));
  return [...places, `node_modules/${needed}`].some((place) => place in packages);
}

/**
 * npm leaves out the programs of other systems when its registry does not have them, and `npm ci` then refuses the lock
 * file on a bare clone. An entry with version, os, cpu (and libc) by hand is enough.
 */
test('the lock file names every package that npm ci asks for, also those of other systems', () => {
  const missing = Object.entries(packages).flatMap(([from, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((needed) => !isLocked(needed, from))
      .map((needed) => `${from} needs ${needed}`),
  );
  expect(missing).toEqual([]);
});

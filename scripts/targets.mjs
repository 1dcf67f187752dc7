import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * What a build makes, and from what. A target is built again only when its inputs changed.
 * This file imports nothing but Node, so that a warm start does not load the builder.
 */
export const TARGETS = [
  {
    name: 'assets',
    says: 'styles and scripts of the pages',
    output: 'dist/assets/.complete',
    inputs: ['src/ui', 'src/platform/i18n', ...assetFolders()],
  },
  {
    name: 'field',
    says: 'the field app for phones',
    entry: 'src/field/index.html',
    output: 'dist/field/index.html',
    inputs: ['src/field', 'src/ui', 'src/platform/i18n', 'packages'],
  },
  {
    name: 'server',
    says: 'the server',
    entry: 'src/main.ts',
    output: 'dist/server/main.js',
    inputs: ['src', 'packages', 'seeds'],
  },
];

/** Folders whose files go to the browser as they are named: `client/` beside the pages, and the design system's own. */
export function assetFolders() {
  const clients = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name === 'client')
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .filter((folder) => !folder.startsWith('src/field'));
  return ['src/ui/styles', 'src/ui/static', ...clients].filter((folder) => existsSync(join(ROOT, folder)));
}

/** Whether the target must be built; a target whose entry does not exist is not part of this checkout. */
export function isStale(target) {
  if (target.entry && !existsSync(join(ROOT, target.entry))) return false;
  const mark = join(ROOT, 'dist', `.${target.name}`);
  if (!existsSync(join(ROOT, target.output)) || !existsSync(mark)) return true;
  return readFileSync(mark, 'utf8') !== digest(target);
}

/** Remembers that the target was built from the inputs with this digest. */
export function markBuilt(target, inputs) {
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(join(ROOT, 'dist', `.${target.name}`), inputs);
}

/** One digest over every input file: its path and content. Tests and SQL are no inputs; SQL is read at run time. */
export function digest(target) {
  const hash = createHash('sha256');
  const scripts = ['scripts/build.mjs', 'scripts/targets.mjs', 'scripts/mendPostgres.mjs'];
  const files = ['package-lock.json', 'tsconfig.json', 'vite.config.ts', ...scripts];
  for (const folder of new Set(target.inputs)) {
    if (!existsSync(join(ROOT, folder))) continue;
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name).slice(ROOT.length + 1);
      if (!entry.isFile() || /(^|\/)(dist|node_modules|migrations|test)\/|\.test\.tsx?$/.test(path)) continue;
      files.push(path);
    }
  }
  for (const file of files.sort()) {
    if (!existsSync(join(ROOT, file))) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

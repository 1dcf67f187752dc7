/** Writes the gallery of all controls to test-results/: `node --conditions=demilge-source --import tsx scripts/gallery.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { galleryPages } from '../src/ui/gallery.tsx';

const folder = resolve(import.meta.dirname, '../test-results');
mkdirSync(folder, { recursive: true });
for (const page of galleryPages((name) => `../src/ui/styles/${name}`)) {
  writeFileSync(join(folder, `gallery-${page.name}.html`), page.html);
}
process.stdout.write(`The gallery is in ${folder}\n`);

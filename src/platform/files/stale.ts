import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes the files of a folder that nobody has written since `before` (milliseconds of the clock). @returns how many */
export async function removeOlder(folder: string, before: number): Promise<number> {
  let count = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    // It may be finished and placed while we look.
    const written = (await stat(path).catch(() => null))?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (written >= before) continue;
    await rm(path, { force: true });
    count++;
  }
  return count;
}

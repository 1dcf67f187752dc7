import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Shelf } from './store.ts';

/** Files under `<folder>/ab/cdef…` on this machine's disk; `folder` must lie on the disk from which files are placed. */
export function diskShelf(folder: string): Shelf {
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2));
  return {
    place: async ({ sha256 }, path) => {
      const place = pathOf(sha256);
      const made = await mkdir(dirname(place), { recursive: true });
      await rename(path, place);
      await syncFolder(dirname(place));
      if (made) await syncFolder(folder);
    },
    read: async (sha256) => ((await exists(pathOf(sha256))) ? createReadStream(pathOf(sha256)) : null),
    has: (sha256) => exists(pathOf(sha256)),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    ready: async () => {
      await mkdir(folder, { recursive: true });
      return true;
    },
  };
}

/** The rename itself must survive a power cut, which on Linux needs the folder synced too; other systems may refuse it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

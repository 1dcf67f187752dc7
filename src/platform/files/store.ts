import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Problem } from '../problem.ts';

export type Stored = { readonly sha256: string; readonly bytes: number };

/** Bytes under their hash. A file is either wholly there or not there at all. */
export type FileStore = {
  /** Streams the bytes in, memory flat. @throws Problem 413 platform.file.tooLarge beyond `maxBytes`; nothing is kept then. */
  readonly put: (bytes: AsyncIterable<Uint8Array>, maxBytes: number) => Promise<Stored>;
  readonly read: (sha256: string) => Promise<Readable | null>;
  readonly has: (sha256: string) => Promise<boolean>;
  readonly remove: (sha256: string) => Promise<void>;
};

/** The store on this machine's disk: `<folder>/ab/cdef…`, written aside, synced, then renamed, so that a power cut leaves no half file. */
export function openDiskStore(folder: string): FileStore {
  const place = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2));
  return {
    put: async (bytes, maxBytes) => {
      await mkdir(join(folder, 'incoming'), { recursive: true });
      const aside = join(folder, 'incoming', randomUUID());
      const hash = createHash('sha256');
      let size = 0;
      const file = await open(aside, 'wx');
      try {
        for await (const chunk of bytes) {
          size += chunk.byteLength;
          if (size > maxBytes)
            throw new Problem(413, 'platform.file.tooLarge', { megabytes: Math.floor(maxBytes / 1_048_576) });
          hash.update(chunk);
          await file.write(chunk);
        }
        await file.sync();
        await file.close();
        const sha256 = hash.digest('hex');
        await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true });
        await rename(aside, place(sha256));
        await syncFolder(join(folder, sha256.slice(0, 2)));
        return { sha256, bytes: size };
      } catch (error) {
        await file.close().catch(() => {});
        await rm(aside, { force: true });
        throw error;
      }
    },
    read: async (sha256) => ((await exists(place(sha256))) ? createReadStream(place(sha256)) : null),
    has: (sha256) => exists(place(sha256)),
    remove: (sha256) => rm(place(sha256), { force: true }),
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

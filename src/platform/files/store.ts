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
  /** How many bytes of a file that comes in parts are here; `key` is the sender's own. */
  readonly partSize: (key: string) => Promise<number>;
  /**
   * Adds a part at `offset`, which must be where the parts so far end; a part sent twice is taken once.
   * @returns the bytes here now. @throws Problem 409 platform.file.gap beyond the end; 413 platform.file.tooLarge
   */
  readonly append: (key: string, offset: number, part: Uint8Array, maxBytes: number) => Promise<number>;
  /** Puts the parts into the store. @throws Problem 422 platform.file.damaged, and forgets the parts, when the hash is another */
  readonly finish: (key: string, sha256: string) => Promise<Stored>;
};

/** The store on this machine's disk: `<folder>/ab/cdef…`, written aside, synced, then renamed, so that a power cut leaves no half file. */
export function openDiskStore(folder: string): FileStore {
  const place = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2));
  const put: FileStore['put'] = async (bytes, maxBytes) => {
    await mkdir(join(folder, 'incoming'), { recursive: true });
    const aside = join(folder, 'incoming', randomUUID());
    const hash = createHash('sha256');
    let size = 0;
    const file = await open(aside, 'wx');
    try {
      for await (const chunk of bytes) {
        size += chunk.byteLength;
        if (size > maxBytes) throw tooLarge(maxBytes);
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
  };
  return {
    put,
    read: async (sha256) => ((await exists(place(sha256))) ? createReadStream(place(sha256)) : null),
    has: (sha256) => exists(place(sha256)),
    remove: (sha256) => rm(place(sha256), { force: true }),
    ...partsIn(join(folder, 'parts'), put),
  };
}

/** Files that come in parts over a bad line: one growing file per key, until its hash says that it is whole. */
function partsIn(folder: string, put: FileStore['put']): Pick<FileStore, 'partSize' | 'append' | 'finish'> {
  const place = (key: string): string => join(folder, createHash('sha256').update(key).digest('hex'));
  const partSize = async (key: string): Promise<number> => (await stat(place(key)).catch(() => null))?.size ?? 0;
  return {
    partSize,
    append: async (key, offset, part, maxBytes) => {
      await mkdir(folder, { recursive: true });
      const here = await partSize(key);
      if (offset > here) throw new Problem(409, 'platform.file.gap', { here });
      if (offset + part.byteLength > maxBytes) throw tooLarge(maxBytes);
      if (offset + part.byteLength <= here) return here;
      const file = await open(place(key), here === 0 ? 'w' : 'r+');
      try {
        await file.write(part, 0, part.byteLength, offset);
      } finally {
        await file.close();
      }
      return offset + part.byteLength;
    },
    finish: async (key, sha256) => {
      const whole = createHash('sha256');
      for await (const chunk of createReadStream(place(key))) whole.update(chunk as Buffer);
      if (whole.digest('hex') !== sha256) {
        await rm(place(key), { force: true });
        throw new Problem(422, 'platform.file.damaged');
      }
      const stored = await put(createReadStream(place(key)), Number.MAX_SAFE_INTEGER);
      await rm(place(key), { force: true });
      return stored;
    },
  };
}

const tooLarge = (maxBytes: number): Problem =>
  new Problem(413, 'platform.file.tooLarge', { megabytes: Math.max(1, Math.floor(maxBytes / 1_048_576)) });

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

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { diskShelf } from './disk.ts';
import { fullAsProblem, type Limits, limitsFor, roomOn, tooLarge } from './limits.ts';
import { type PartStore, partsIn } from './parts.ts';
import { removeOlder } from './stale.ts';

export type Stored = { readonly sha256: string; readonly bytes: number };

/** The place where whole files lie for good, each under its hash. */
export type Shelf = {
  /** Takes a whole file that is synced on this machine's disk. It is kept for good when this returns; `path` may be gone then. */
  readonly place: (file: Stored, path: string) => Promise<void>;
  /** The bytes as a stream; null when there is no such file. */
  readonly read: (sha256: string) => Promise<Readable | null>;
  readonly has: (sha256: string) => Promise<boolean>;
  /** Removing what is not there is no error. */
  readonly remove: (sha256: string) => Promise<void>;
  /** Whether the place answers; what /readyz tells. */
  readonly ready: () => Promise<boolean>;
};

/** Bytes under their hash. A file is either wholly there or not there at all. */
export type FileStore = Omit<Shelf, 'place'> &
  PartStore & {
    /**
     * Streams the bytes in, memory flat.
     * @throws Problem 413 platform.file.tooLarge beyond `maxBytes`, 507 platform.file.diskFull; nothing is kept then
     */
    readonly put: (bytes: AsyncIterable<Uint8Array>, maxBytes: number) => Promise<Stored>;
    /** Removes what a crash or an abandoned upload left on this machine. @returns how many files that were */
    readonly sweep: (now: Date) => Promise<number>;
  };

const DAY_MS = 86_400_000;
/** No request takes longer than some minutes, so what lies here since yesterday has nobody any more. */
const INCOMING_DAYS = 1;
/** A phone in a village without signal goes on with its film after a week. */
const PART_DAYS = 7;

/**
 * What comes in is written aside in `folder` and synced; under its hash it is on the shelf or not at all, so that neither a power cut
 * nor a broken line leaves half a file. Parts of uploads that go on stay in `folder` too.
 */
export function openStore(folder: string, shelf: Shelf, limits: Limits): FileStore {
  const incoming = join(folder, 'incoming');
  const room = roomOn(folder, limits.keepFree);
  const { place: _, ...whole } = shelf;
  const parts = partsIn(join(folder, 'parts'), { shelf, room, limits });
  return {
    ...whole,
    ...parts,
    put: async (bytes, maxBytes) => {
      await mkdir(incoming, { recursive: true });
      const aside = join(incoming, randomUUID());
      try {
        const stored = await fullAsProblem(spool(bytes, aside, maxBytes, room));
        await shelf.place(stored, aside);
        return stored;
      } finally {
        await rm(aside, { force: true });
      }
    },
    sweep: async (now) =>
      (await removeOlder(incoming, now.getTime() - INCOMING_DAYS * DAY_MS)) +
      (await parts.sweep(now.getTime() - PART_DAYS * DAY_MS)),
  };
}

/** The store on this machine's disk. */
export function openDiskStore(folder: string, limits: Limits = limitsFor(200 * 1_048_576)): FileStore {
  return openStore(folder, diskShelf(folder), limits);
}

async function spool(
  bytes: AsyncIterable<Uint8Array>,
  path: string,
  maxBytes: number,
  room: () => Promise<void>,
): Promise<Stored> {
  const hash = createHash('sha256');
  let size = 0;
  await room();
  const file = await open(path, 'wx');
  try {
    for await (const chunk of bytes) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      await room();
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes: size };
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem } from '../problem.ts';
import { diskFull, fullAsProblem, type Limits, megabytes, tooLarge } from './limits.ts';
import type { Shelf, Stored } from './store.ts';

/** One file that one sender brings in parts; two senders of the same file do not meet. */
export type Upload = { readonly sender: string; readonly sha256: string };

/** Files that come in parts over a bad line. */
export type PartStore = {
  /** How many bytes of a file that comes in parts are here. */
  readonly partSize: (upload: Upload) => Promise<number>;
  /**
   * Adds a part at `offset`, which must be where the parts so far end; a part sent twice is taken once. `total` is the whole file's size.
   * @returns the bytes here now. @throws Problem 409 platform.file.gap beyond the end; 413 platform.file.tooLarge,
   *   507 platform.file.unfinished for a sender with too much begun, platform.file.diskFull. What was here before stays here
   */
  readonly append: (upload: Upload, offset: number, part: Uint8Array, total: number) => Promise<number>;
  /** Puts the parts into the store. @throws Problem 422 platform.file.damaged, and forgets the parts, when the hash is another */
  readonly finish: (upload: Upload) => Promise<Stored>;
};

type Means = { readonly shelf: Shelf; readonly room: () => Promise<void>; readonly limits: Limits };

/** However small a file is, the disk gives it a block. */
const BLOCK = 4096;

/** One growing file per upload, until its hash says that it is whole. `sweep` removes uploads that stand still since `before`. */
export function partsIn(
  folder: string,
  { shelf, room, limits }: Means,
): PartStore & { readonly sweep: (before: number) => Promise<number> } {
  const place = ({ sender, sha256 }: Upload): string =>
    join(folder, createHash('sha256').update(sender).digest('hex'), sha256);
  const inTurn = turns();
  const begun = ledger(folder);
  const forget = async (path: string): Promise<void> => {
    await rm(path, { force: true });
    (await begun).remove(path);
  };
  return {
    partSize: async (upload) => await sizeOf(place(upload)),
    append: (upload, offset, part, total) =>
      inTurn(place(upload), async () => {
        const path = place(upload);
        const here = await sizeOf(path);
        const end = offset + part.byteLength;
        if (offset > here) throw new Problem(409, 'platform.file.gap', { here });
        if (end > total) throw tooLarge(total);
        if (end <= here) return here;
        await room();
        (await begun).reserve(path, end, total, limits);
        await fullAsProblem(write(path, here, part, offset));
        return end;
      }),
    finish: (upload) =>
      inTurn(place(upload), async () => {
        const path = place(upload);
        const bytes = await sizeOf(path);
        if (bytes === 0) throw new Problem(409, 'platform.file.gap', { here: 0 });
        if ((await syncedHash(path)) !== upload.sha256) {
          await forget(path);
          throw new Problem(422, 'platform.file.damaged');
        }
        const stored = { sha256: upload.sha256, bytes };
        await shelf.place(stored, path);
        await forget(path);
        return stored;
      }),
    sweep: async (before) => {
      let count = 0;
      for (const path of (await begun).paths()) {
        await inTurn(path, async () => {
          const written = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
          if (written >= before) return;
          await forget(path);
          count++;
        });
      }
      return count;
    },
  };
}

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0;

async function write(path: string, here: number, part: Uint8Array, offset: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, here === 0 ? 'w' : 'r+');
  try {
    const { bytesWritten } = await file.write(part, 0, part.byteLength, offset);
    if (bytesWritten < part.byteLength) throw diskFull();
  } finally {
    await file.close();
  }
}

async function syncedHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'r+');
  try {
    await file.sync();
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** Two parts of one file that arrive at once are taken one after the other. */
function turns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

type Ledger = {
  readonly paths: () => readonly string[];
  readonly remove: (path: string) => void;
  /** @throws Problem 507 platform.file.unfinished, platform.file.diskFull */
  readonly reserve: (path: string, here: number, total: number, limits: Limits) => void;
};

/** Bytes that one upload has on the disk, and that it will have. */
type Begun = { readonly here: number; readonly total: number };

/**
 * What is begun: read once from the disk, then kept. A sender is asked for the whole sizes, so that no upload is refused in its middle;
 * all together count by what lies on the disk.
 */
async function ledger(folder: string): Promise<Ledger> {
  const uploads = new Map<string, Begun>();
  const promised = new Map<string, number>();
  let all = 0;
  const put = (path: string, next: Begun | undefined): void => {
    const before = uploads.get(path);
    all += (next?.here ?? 0) - (before?.here ?? 0);
    const sender = (promised.get(dirname(path)) ?? 0) + (next?.total ?? 0) - (before?.total ?? 0);
    if (sender === 0) promised.delete(dirname(path));
    else promised.set(dirname(path), sender);
    if (next) uploads.set(path, next);
    else uploads.delete(path);
  };
  const blocks = (bytes: number): number => Math.max(bytes, BLOCK);
  for (const sender of await readdir(folder).catch(() => [])) {
    // Something else may lie here, as a file that an older server or a file manager left: it is no upload.
    for (const name of await readdir(join(folder, sender)).catch(() => [])) {
      const path = join(folder, sender, name);
      const size = blocks(await sizeOf(path));
      put(path, { here: size, total: size });
    }
  }
  return {
    paths: () => [...uploads.keys()],
    remove: (path) => put(path, undefined),
    reserve: (path, here, total, limits) => {
      const before = uploads.get(path);
      const next = { here: blocks(here), total: blocks(total) };
      if ((promised.get(dirname(path)) ?? 0) - (before?.total ?? 0) + next.total > limits.perSender)
        // Not 429, which a phone takes for the whole server's word: what waits behind this one has room.
        throw new Problem(507, 'platform.file.unfinished', { megabytes: megabytes(limits.perSender) });
      if (all - (before?.here ?? 0) + next.here > limits.unfinished) throw diskFull();
      put(path, next);
    },
  };
}

import { mkdir, statfs } from 'node:fs/promises';
import { Problem } from '../problem.ts';

/** All in bytes. */
export type Limits = {
  /** What one sender's unfinished uploads may come to. */
  readonly perSender: number;
  /** What all unfinished uploads may take of the disk. */
  readonly unfinished: number;
  /** Below this much free disk no new file is taken: the database on the same disk must go on. */
  readonly keepFree: number;
};

/** One phone sends one file after the other; a second large one may wait begun. `maxUpload` is the largest file that is accepted. */
export const limitsFor = (maxUpload: number): Limits => ({
  perSender: 2 * maxUpload,
  unfinished: 20 * maxUpload,
  keepFree: 500 * 1_048_576,
});

const FRESH_MS = 500;

/**
 * Says no while the disk of `folder` has less than `keepFree` bytes free. The disk is asked at most twice a second, so that it may be
 * asked before each chunk. @throws Problem 507 platform.file.diskFull
 */
export function roomOn(folder: string, keepFree: number): () => Promise<void> {
  let asked = Number.NEGATIVE_INFINITY;
  let free = Number.POSITIVE_INFINITY;
  return async () => {
    if (performance.now() - asked > FRESH_MS) {
      await mkdir(folder, { recursive: true });
      const disk = await statfs(folder);
      free = disk.bavail * disk.bsize;
      asked = performance.now();
    }
    if (free < keepFree) throw diskFull();
  };
}

export const diskFull = (): Problem => new Problem(507, 'platform.file.diskFull');

/** A disk that filled up, or a quota that ended, in the middle of the work. */
export async function fullAsProblem<T>(work: Promise<T>): Promise<T> {
  return await work.catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOSPC' || error.code === 'EDQUOT' ? diskFull() : error;
  });
}

export const tooLarge = (maxBytes: number): Problem =>
  new Problem(413, 'platform.file.tooLarge', { megabytes: megabytes(maxBytes) });

export const megabytes = (bytes: number): number => Math.max(1, Math.floor(bytes / 1_048_576));

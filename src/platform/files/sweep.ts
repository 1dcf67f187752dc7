import type { Sql } from '../db/index.ts';
import { removeUnnamed } from './arrivals.ts';
import type { FileStore } from './store.ts';

const HOUR_MS = 3_600_000;

/**
 * Clears the store each hour, beginning at once: what a crash left, uploads that were given up, and files that no record names. Parts
 * lie on this machine, so each server clears its own. `stop` waits for the round that is under way.
 */
export function startSweeping(sql: Sql, files: FileStore, say: (line: string) => void): { stop: () => Promise<void> } {
  const round = async (): Promise<void> => {
    try {
      const now = new Date();
      const left = await files.sweep(now);
      const unnamed = await removeUnnamed(sql, files, now);
      if (left + unnamed > 0)
        say(`Cleared the file store: ${left} unfinished uploads, ${unnamed} files that no record names`);
    } catch (error) {
      say(`The file store was not cleared and will be in an hour: ${(error as Error).message}`);
    }
  };
  let last = round();
  const timer = setInterval(() => {
    last = last.then(round);
  }, HOUR_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
    },
  };
}

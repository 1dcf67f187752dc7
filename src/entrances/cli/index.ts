import { rebuild, reported } from '../../kernel/evidence/index.ts';
import { rebuildFlowNow } from '../../kernel/flow/index.ts';
import type { Kind } from '../../kernel/kinds/index.ts';
import { rebuildRecordNow } from '../../kernel/records/index.ts';
import { allSpaces } from '../../kernel/spaces/index.ts';
import type { Sql } from '../../platform/db/index.ts';

export { backup } from './backup.ts';
export { restore } from './restore.ts';

/** `npm start -- rebuild`: draws every projection of every space anew from records, judgements and steps, and says whether it was the same. */
export async function rebuildAll(sql: Sql, kinds: readonly Kind[], say: (line: string) => void): Promise<void> {
  const measures = [reported, ...kinds.flatMap((kind) => kind.measures)];
  for (const space of await allSpaces(sql)) {
    const things = await rebuildFlowNow(sql, space.id);
    const records = await rebuildRecordNow(sql, space.id);
    const evidence = await rebuild(sql, space.id, measures, (done) => say(`${space.slug}: ${done} records read`));
    say(
      `${space.slug}: ${things} things in flows, ${records} records, ${evidence.rows} evidence rows ${sameWords(evidence.same)}`,
    );
    for (const kind of kinds) {
      const own = await kind.rebuild?.(sql, space.id);
      if (own) say(`${space.slug}: ${kind.name}: ${own.rows} rows ${sameWords(own.same)}`);
    }
    say(`${space.slug}: evidence digest ${evidence.digest}`);
  }
}

const sameWords = (same: boolean): string => (same ? '(the same as before)' : '(THESE DIFFER from before)');

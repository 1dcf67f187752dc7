import { type Db, transaction } from '../../platform/db/index.ts';
import { countedSpans, histories, historyOf } from './facts.ts';
import type { Measure } from './measure.ts';
import { deleteAll, fingerprint, insertRows, lockRoot, putRows } from './queries.ts';
import { rowsOf } from './rows.ts';

/**
 * Draws the evidence of one record anew after a judgement on any of its versions, in the judgement's transaction.
 * It gives the same rows whatever was there before. Returns how many rows were written, changed or removed.
 */
export async function applyRecord(
  tx: Db,
  given: { spaceId: string; recordId: string; measures: readonly Measure[] },
): Promise<number> {
  const { spaceId, recordId, measures } = given;
  const first = await historyOf(tx, spaceId, recordId);
  if (!first) return 0;
  await lockRoot(tx, spaceId, first.rootId);
  // What another transaction judged while this one waited is read after the lock.
  const history = (await historyOf(tx, spaceId, recordId)) ?? first;
  const spans = await countedSpans(tx, spaceId, [history]);
  return await putRows(tx, spaceId, history.rootId, rowsOf(spaceId, spans.get(history.rootId) ?? [], measures));
}

export type Rebuilt = {
  readonly rows: number;
  /** Whether every row is what it was before, byte for byte. */
  readonly same: boolean;
  /** SHA-256 over all rows. */
  readonly digest: string;
};

/**
 * Throws the space's evidence away and draws it anew from records and judgements, in one transaction: readers see the old rows
 * or the new ones. `progress` hears how many records are done.
 */
export async function rebuild(
  db: Db,
  spaceId: string,
  measures: readonly Measure[],
  progress: (records: number) => void = () => {},
): Promise<Rebuilt> {
  return await transaction(db, async (tx) => {
    const before = await fingerprint(tx, spaceId);
    await deleteAll(tx, spaceId);
    let done = 0;
    for await (const page of histories(tx, spaceId)) {
      const spans = await countedSpans(tx, spaceId, page);
      const rows = page.flatMap(({ rootId }) => rowsOf(spaceId, spans.get(rootId) ?? [], measures));
      await insertRows(tx, spaceId, rows);
      done += page.length;
      progress(done);
    }
    const now = await fingerprint(tx, spaceId);
    return { ...now, same: now.digest === before.digest };
  });
}

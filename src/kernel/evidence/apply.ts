import { type Db, transaction } from '../../platform/db/index.ts';
import type { JudgedChoice } from '../records/index.ts';
import type { Library } from '../sources/index.ts';
import { everWithin, type Follows } from '../subjects/index.ts';
import { countedSpans, type History, histories, historyOf, sourcesOf } from './facts.ts';
import type { Measure } from './measure.ts';
import { deleteAll, fingerprint, insertRows, lockRoot, lockSpace, putRows } from './queries.ts';
import { type EvidenceRow, rowsOf } from './rows.ts';

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
  await lockSpace(tx, spaceId, 'with others');
  await lockRoot(tx, spaceId, first.rootId);
  // What another transaction judged or stated while this one waited is read after the locks.
  const history = (await historyOf(tx, spaceId, recordId)) ?? first;
  const rows = await drawn(tx, spaceId, [history], measures, await sourcesOf(tx, spaceId, measures));
  return await putRows(tx, spaceId, [history.rootId], rows);
}

/**
 * What must follow in the same transaction when somebody states a fact on subjects, or adds, ends or takes back a version of a source:
 * the records that may be told apart by it are drawn anew. Rows that change end with their cause and new ones begin, so that reports
 * of an earlier moment keep what they stood on.
 */
export const evidenceFollows =
  (measures: readonly Measure[]): Follows =>
  async (tx, spaceId, said) => {
    if ('source' in said) {
      const touched = measures.filter((measure) => measure.sources?.includes(said.source));
      if (touched.length > 0)
        await redraw(tx, spaceId, measures, { formKeys: [...new Set(touched.flatMap((measure) => measure.forms))] });
    } else await redraw(tx, spaceId, measures, { subjectIds: await everWithin(tx, spaceId, said.subjects) });
  };

async function redraw(tx: Db, spaceId: string, measures: readonly Measure[], only: JudgedChoice): Promise<void> {
  // Nobody's word may come between the fact and what follows from it: whoever judges now waits, and then knows the fact.
  await lockSpace(tx, spaceId, 'alone');
  const library = await sourcesOf(tx, spaceId, measures);
  for await (const page of histories(tx, spaceId, only)) {
    const rows = await drawn(tx, spaceId, page, measures, library);
    await putRows(
      tx,
      spaceId,
      page.map((history) => history.rootId),
      rows,
    );
  }
}

async function drawn(
  tx: Db,
  spaceId: string,
  page: readonly History[],
  measures: readonly Measure[],
  library: Library,
): Promise<EvidenceRow[]> {
  const spans = await countedSpans(tx, spaceId, page, library);
  return page.flatMap(({ rootId }) => rowsOf(spaceId, spans.get(rootId) ?? [], measures));
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
    await lockSpace(tx, spaceId, 'alone');
    const before = await fingerprint(tx, spaceId);
    await deleteAll(tx, spaceId);
    const library = await sourcesOf(tx, spaceId, measures);
    let done = 0;
    for await (const page of histories(tx, spaceId)) {
      await insertRows(tx, spaceId, await drawn(tx, spaceId, page, measures, library));
      done += page.length;
      progress(done);
    }
    const now = await fingerprint(tx, spaceId);
    return { ...now, same: now.digest === before.digest };
  });
}

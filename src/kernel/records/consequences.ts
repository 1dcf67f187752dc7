import { isContentError, type Tx } from '../../platform/db/index.ts';
import { uuidParam } from '../../platform/http/index.ts';
import { Problem } from '../../platform/problem.ts';
import type { ReceivedRecord, RecordHandler, RecordLinks } from './handler.ts';
import type { NewAside } from './inserts.ts';
import type { Answers } from './record.ts';
import { isDay } from './times.ts';

const IDS = ['activityId', 'assignmentId', 'subjectId', 'relatesTo'] as const;

/** Asks the kind what the record belongs to. A Problem leaves the record without links and sets it aside. */
export async function linksOf(
  tx: Tx,
  handler: RecordHandler | undefined,
  spaceId: string,
  answers: Answers,
  authorId: string | null,
): Promise<{ links: RecordLinks; asides: readonly NewAside[] }> {
  const ask = handler?.links;
  if (!ask) return { links: {}, asides: [] };
  let links: RecordLinks = {};
  const refused = await bounded(tx, async (inner) => {
    const given = await ask(inner, spaceId, answers, authorId);
    for (const name of IDS)
      if (given[name] && !uuidParam.safeParse(given[name]).success) throw new Problem(422, 'records.aside.unknownLink');
    if (given.occurredOn && !isDay(given.occurredOn)) throw new Problem(422, 'records.aside.unknownDay');
    links = given;
  });
  return refused ? { links: {}, asides: [refused] } : { links, asides: [] };
}

/** Lets the kind act on the record. A Problem undoes what the kind did, keeps the record, and sets it aside. */
export async function consequences(
  tx: Tx,
  handler: RecordHandler | undefined,
  record: Omit<ReceivedRecord, 'aside'>,
  aside: boolean,
): Promise<NewAside | null> {
  const act = handler?.onRecord;
  if (!act) return null;
  return await bounded(tx, async (inner) => {
    await act(inner, { ...record, aside });
  });
}

/** Runs the kind's part so that its failure on this content undoes that part alone. */
async function bounded(tx: Tx, work: (inner: Tx) => Promise<void>): Promise<NewAside | null> {
  try {
    await tx.savepoint(work);
    return null;
  } catch (error) {
    if (error instanceof Problem) return { key: error.key, details: error.details, parts: error.parts };
    // What the tables refuse now they refuse at every retry: a person must see it.
    if (isContentError(error)) return { key: 'records.aside.refusedByKind', details: {}, parts: [] };
    throw error;
  }
}

import type { Actor } from '../../kernel/access/index.ts';
import { evidenceFollows } from '../../kernel/evidence/index.ts';
import { addSource, addVersion, type NewRow, source, undoVersion, versionsOf } from '../../kernel/sources/index.ts';
import { type Db, transaction } from '../../platform/db/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import { notFound, Problem, type ProblemPart } from '../../platform/problem.ts';
import type { Text3 } from './checklist.ts';
import { CHECKLIST } from './items.ts';
import { JUDGED_BY, LINED, WEIGHTS } from './lines.ts';
import { measures } from './measures.ts';

type Setting = {
  readonly by: Actor;
  /** First day in force, 'YYYY-MM-DD'; what was visited earlier keeps what it was judged by. */
  readonly from: string;
  /** Why, in the words of whoever sets it. */
  readonly reason: string;
  readonly language: Language;
  readonly at?: Date;
};

const speaker = ({ by, at }: Pick<Setting, 'by' | 'at'>) => ({
  spaceId: by.spaceId,
  accountId: by.accountId,
  follows: evidenceFollows(measures),
  ...(at && { at }),
});

/**
 * Draws the line of an item, or of the whole score, from a day on. `met` and `partly` are in the unit of the answer; a share is 0 to 1.
 * @returns the id of the version, by which it can be taken back
 * @throws Problem 404 for what has no line; 422 oversight.line.outside, oversight.line.turned; 422 sources.overlap for a day on which
 * another line begins
 */
export async function setLine(
  db: Db,
  given: Setting & { readonly id: string; readonly met: number; readonly partly: number },
): Promise<string> {
  const lined = LINED.find((one) => one.id === given.id);
  if (!lined) throw notFound(given.id);
  const { met, partly } = given;
  const outside = (['met', 'partly'] as const).flatMap((at): ProblemPart[] =>
    given[at] >= lined.min && given[at] <= lined.max ? [] : [{ at, key: 'oversight.line.outside' }],
  );
  if (outside.length > 0) throw new Problem(422, 'oversight.line.outside', {}, outside);
  if (lined.better === 'more' ? partly > met : partly < met)
    throw new Problem(422, 'oversight.line.turned', {}, [{ at: 'partly', key: 'oversight.line.turned' }]);
  const row = { rowKey: 'line', title: lined.title, text: {}, meaning: null, numbers: { met, partly } };
  return await put(db, given, { key: lined.key, kind: 'threshold', title: lined.title, rows: [row] });
}

const WEIGHTS_TITLE: Text3 = { ky: 'Пункттардын салмагы', ru: 'Вес пунктов', en: 'Weights of the items' };

/**
 * Sets how much every item weighs inside its domain, from a day on: 1 to 3 by the item's id.
 * @returns the id of the version
 * @throws Problem 422 oversight.line.weight with a part for each item without one; 422 sources.overlap
 */
export async function setWeights(
  db: Db,
  given: Setting & { readonly weights: Readonly<Record<string, number>> },
): Promise<string> {
  const wrong = CHECKLIST.filter(({ id }) => ![1, 2, 3].includes(given.weights[id] ?? 0));
  if (wrong.length > 0)
    throw new Problem(
      422,
      'oversight.line.weight',
      {},
      wrong.map(({ id }) => ({ at: `weight_${id}`, key: 'oversight.line.weight' })),
    );
  const rows = CHECKLIST.map(({ id, question }) => ({
    ...{ rowKey: id, title: question, text: {}, meaning: null },
    numbers: { weight: given.weights[id]! },
  }));
  return await put(db, given, { key: WEIGHTS, kind: 'weights', title: WEIGHTS_TITLE, rows });
}

async function put(
  db: Db,
  given: Setting,
  of: { readonly key: string; readonly kind: string; readonly title: Text3; readonly rows: readonly NewRow[] },
): Promise<string> {
  const by = speaker(given);
  return await transaction(db, async (tx) => {
    const id = (await source(tx, by.spaceId, of.key))?.id ?? (await addSource(tx, by, of));
    const names = new Set((await versionsOf(tx, by.spaceId, id)).map((one) => one.version));
    let version = given.from;
    for (let n = 2; names.has(version); n++) version = `${given.from} (${n})`;
    const note = { [given.language]: given.reason };
    return (await addVersion(tx, by, { source: id, version, validFrom: given.from, note, rows: of.rows })).id;
  });
}

/** Takes a line or a table of weights back: what held before it holds again. @throws Problem 404; 409 sources.undoneAlready */
export async function undoLine(
  db: Db,
  given: { readonly by: Actor; readonly key: string; readonly versionId: string; readonly at?: Date },
): Promise<void> {
  const by = speaker(given);
  const found = JUDGED_BY.includes(given.key) ? await source(db, by.spaceId, given.key) : null;
  const versions = found ? await versionsOf(db, by.spaceId, found.id) : [];
  if (!versions.some((one) => one.id === given.versionId)) throw notFound(given.versionId);
  await undoVersion(db, by, { versionId: given.versionId });
}

import type { Tx } from '../../platform/db/index.ts';
import { correctionsOf, lockRecords, type NewAside, standing } from './inserts.ts';
import type { Understood } from './understand.ts';

/** Where a document stands among corrections. */
export type Chain = {
  readonly rootId: string;
  readonly supersedes: string | null;
  readonly asides: readonly NewAside[];
};

/**
 * A correction belongs to the chain of what it corrects, also when it arrives first. One corrects one's own record, with the same
 * form, once; anything else is kept and a person looks at it.
 */
export async function chainOf(
  tx: Tx,
  given: { readonly spaceId: string; readonly authorId: string | null },
  read: Pick<Understood, 'recordId' | 'corrects' | 'form'>,
): Promise<Chain> {
  const { recordId, corrects } = read;
  if (!corrects || corrects === recordId) return { rootId: recordId, supersedes: null, asides: [] };
  await lockRecords(tx, given.spaceId, [recordId, corrects]);
  const before = await standing(tx, given.spaceId, corrects);
  const others = (await correctionsOf(tx, given.spaceId, corrects)).filter((id) => id !== recordId);
  const asides: NewAside[] = [];
  const add = (key: string): void => void asides.push({ key, details: {}, parts: [] });
  // What came without an account, a facility's answer by its link, is nobody else's to correct either.
  if (before && before.authorId !== given.authorId) add('records.aside.othersRecord');
  if (before && before.formId !== read.form.formId) add('records.aside.otherForm');
  if (others.length > 0) add('records.aside.alreadyCorrected');
  // A ring of corrections has no root: the record begins its own chain.
  if (before?.rootId === recordId) {
    add('records.aside.correctionRing');
    return { rootId: recordId, supersedes: null, asides };
  }
  return { rootId: before?.rootId ?? corrects, supersedes: corrects, asides };
}

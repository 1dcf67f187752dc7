import type { FormDefinition } from '@demilge/xform';
import type { Db } from '../../platform/db/index.ts';
import { formByKey, versionByName, versionRows } from './queries.ts';
import { parsedForm } from './versions.ts';

/** With what a document is read. */
export type FormToRead = {
  readonly formId: string;
  readonly formKey: string;
  /** The version whose questions read it: its own, or the newest where the space does not know its own. */
  readonly versionId: string;
  readonly definition: FormDefinition;
  /** exact: a version that was published, retired since or not; draft: not published yet; unknown: no such version. */
  readonly match: 'exact' | 'draft' | 'unknown';
};

type Known = Pick<FormToRead, 'formId' | 'formKey' | 'versionId'>;

/** What never changes again: that a version of this name exists and was published. */
const published = new Map<string, Known>();
const MOST_KNOWN = 10_000;

/** How a document of this form and version is to be read; null when the space has no such form. */
export async function formToRead(
  db: Db,
  spaceId: string,
  formKey: string,
  version: string,
): Promise<FormToRead | null> {
  const key = JSON.stringify([spaceId, formKey, version]);
  const known = published.get(key);
  if (known) return { ...known, definition: await parsedForm(db, spaceId, known.versionId), match: 'exact' };

  const own = await versionByName(db, spaceId, formKey, version);
  if (own) {
    const found = { formId: own.formId, formKey, versionId: own.id };
    if (own.publishedAt) {
      if (published.size >= MOST_KNOWN) published.clear();
      published.set(key, found);
    }
    const definition = await parsedForm(db, spaceId, own.id);
    return { ...found, definition, match: own.publishedAt ? 'exact' : 'draft' };
  }
  const form = await formByKey(db, spaceId, formKey);
  const [newest] = form ? await versionRows(db, spaceId, form.id) : [];
  if (!newest) return null;
  const definition = await parsedForm(db, spaceId, newest.id);
  return { formId: newest.formId, formKey, versionId: newest.id, definition, match: 'unknown' };
}

import { recordsById } from '../../kernel/records/index.ts';
import { type Db, uuidFromName } from '../../platform/db/index.ts';
import { problems } from './queries.ts';

/** The kind's forms, by the keys that phones know. */
export const VISIT_FORM = 'oversight_visit';
export const ANSWER_FORM = 'oversight_answer';
export const FIX_FORM = 'oversight_fix';

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id of a problem: the visit's root record and its number in the form, so that a rebuild and a correction keep it. */
export function problemId(spaceId: string, rootId: string, number: number): string {
  return uuidFromName(spaceId, 'oversight.problem', rootId, number);
}

/** The problem that a fix speaks of: 'visit record/number'. */
export async function problemOfRef(
  db: Db,
  spaceId: string,
  ref: string | null,
): Promise<{ id: string; visitId: string } | null> {
  const [visitId, no] = (ref ?? '').split('/');
  if (!visitId || !UUID.test(visitId) || !no || !/^\d{1,2}$/.test(no)) return null;
  const [visit] = await recordsById(db, spaceId, [visitId]);
  if (!visit) return null;
  const id = problemId(spaceId, visit.rootId, Number(no));
  const [found] = await problems(db, spaceId, { ids: [id] });
  return found ? { id, visitId } : null;
}

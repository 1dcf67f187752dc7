import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { cleanName, refreshWords } from './add.ts';
import { type By, dayBefore, today } from './model.ts';
import { endNamesAt, insertNames, subjectsByIds, updateName } from './queries.ts';

/**
 * Gives a subject another name from a day on; the name before ends the day before and stays findable.
 * @returns the id of the name
 * @throws Problem 404; 422 subjects.noName
 */
export async function nameSubject(
  db: Db,
  by: By,
  given: { subjectId: string; name: Text3; from: string | null; to?: string | null; reason?: string | null },
): Promise<string> {
  const name = cleanName(given.name);
  return await transaction(db, async (tx) => {
    const [subject] = await subjectsByIds(tx, by.spaceId, [given.subjectId], today());
    if (!subject || subject.removedAt) throw notFound(given.subjectId);
    if (given.from) await endNamesAt(tx, by.spaceId, given.subjectId, dayBefore(given.from));
    const id = uuidv7();
    await insertNames(tx, by.spaceId, [
      { id, subject_id: given.subjectId, name, valid_from: given.from, valid_to: given.to ?? null },
    ]);
    await refreshWords(tx, by.spaceId, given.subjectId, subject);
    await audit(tx, {
      spaceId: by.spaceId,
      actorId: by.accountId,
      action: 'subject.name',
      thingKind: subject.kind,
      thingId: given.subjectId,
      details: { from: given.from, reason: given.reason ?? null },
    });
    return id;
  });
}

/** Mends a slip of the pen in a name that stands already, or its dates. @throws Problem 404; 422 subjects.noName, subjects.datesTurned */
export async function correctName(
  db: Db,
  by: By,
  given: { subjectId: string; nameId: string; name: Text3; from: string | null; to: string | null },
): Promise<void> {
  const name = cleanName(given.name);
  if (given.from && given.to && given.to < given.from)
    throw new Problem(422, 'subjects.datesTurned', {}, [{ at: 'to', key: 'subjects.datesTurned' }]);
  await transaction(db, async (tx) => {
    const [subject] = await subjectsByIds(tx, by.spaceId, [given.subjectId], today());
    if (!subject || subject.removedAt) throw notFound(given.subjectId);
    const row = { id: given.nameId, subjectId: given.subjectId, name, validFrom: given.from, validTo: given.to };
    if (!(await updateName(tx, by.spaceId, row))) throw notFound(given.nameId);
    await refreshWords(tx, by.spaceId, given.subjectId, subject);
    await audit(tx, {
      spaceId: by.spaceId,
      actorId: by.accountId,
      action: 'subject.correctName',
      thingKind: subject.kind,
      thingId: given.subjectId,
    });
  });
}

import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { type By, type PersonDetail, type Subject, type SubjectKind, today } from './model.ts';
import {
  deleteWords,
  insertNames,
  insertRelations,
  insertSubjects,
  insertWords,
  namesOf,
  setSortNames,
  subjectsByIds,
  updateSubject,
  upsertDetails,
} from './queries.ts';
import { searchWords } from './sound.ts';

export type NewSubjectGiven = {
  /** Made here unless the caller needs to know it beforehand. */
  readonly id?: string;
  readonly kind: SubjectKind;
  readonly type?: string | null;
  readonly code?: string | null;
  /** A person's name stands under the language it was written in. */
  readonly name: Text3;
  readonly nameFrom?: string | null;
  readonly startsOn?: string | null;
  readonly endsOn?: string | null;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly person?: Partial<PersonDetail>;
  /** The place it lies in (or, for a place, is a part of), since it began. */
  readonly placeId?: string | null;
};

/**
 * Enters a person, organisation, place or thing with its first name, and says where it lies. Joins the caller's transaction.
 * @returns its id
 * @throws Problem 422 subjects.noName; 422 subjects.notAPlace when placeId is none
 */
export async function addSubject(db: Db, by: By, given: NewSubjectGiven): Promise<string> {
  const name = cleanName(given.name);
  const id = given.id ?? uuidv7();
  return await transaction(db, async (tx) => {
    if (given.placeId) await demandPlace(tx, by.spaceId, given.placeId);
    await insertSubjects(tx, by.spaceId, [
      {
        id,
        kind: given.kind,
        type: given.type || null,
        code: given.code || null,
        attributes: given.attributes ?? {},
        starts_on: given.startsOn || null,
        ends_on: given.endsOn || null,
        created_by: by.accountId,
        import_id: null,
        name,
      },
    ]);
    await insertNames(tx, by.spaceId, [
      { id: uuidv7(), subject_id: id, name, valid_from: given.nameFrom || null, valid_to: null },
    ]);
    await refreshWords(tx, by.spaceId, id, { code: given.code ?? null, attributes: given.attributes ?? {} });
    if (given.person) await upsertDetails(tx, by.spaceId, [detailRow(id, given.person)]);
    if (given.placeId)
      await insertRelations(tx, by.spaceId, [
        {
          id: uuidv7(),
          subject_id: id,
          kind: given.kind === 'place' ? 'part_of' : 'located_in',
          object_id: given.placeId,
          valid_from: given.startsOn || null,
          valid_to: null,
          share: null,
          attributes: {},
          reason: null,
          stated_at: by.at ?? new Date(),
          stated_by: by.accountId,
          import_id: null,
        },
      ]);
    await audit(tx, {
      spaceId: by.spaceId,
      actorId: by.accountId,
      action: 'subject.add',
      thingKind: given.kind,
      thingId: id,
      details: { type: given.type ?? null },
    });
    return id;
  });
}

/** Corrects what has no dates: the code and the attributes given here; other attributes stay. @throws Problem 404 */
export async function editSubject(
  db: Db,
  by: By,
  given: { id: string; code?: string | null; attributes?: Readonly<Record<string, unknown>> },
): Promise<void> {
  await transaction(db, async (tx) => {
    const [before] = await subjectsByIds(tx, by.spaceId, [given.id], today());
    if (!before || before.removedAt) throw notFound(given.id);
    const code = given.code === undefined ? before.code : given.code || null;
    const attributes = { ...before.attributes, ...given.attributes };
    await updateSubject(tx, by.spaceId, given.id, {
      code,
      attributes,
    });
    await refreshWords(tx, by.spaceId, given.id, { code, attributes });
    await audit(tx, {
      spaceId: by.spaceId,
      actorId: by.accountId,
      action: 'subject.edit',
      thingKind: before.kind,
      thingId: given.id,
      details: { attributes: Object.keys(given.attributes ?? {}) },
    });
  });
}

/** Notes sex, birth, phone and a remark of a person, all at once. @throws Problem 404; 422 subjects.notAPerson */
export async function setPersonDetail(
  db: Db,
  by: By,
  given: { subjectId: string; detail: Partial<PersonDetail> },
): Promise<void> {
  await transaction(db, async (tx) => {
    const [person] = await subjectsByIds(tx, by.spaceId, [given.subjectId], today());
    if (!person || person.removedAt) throw notFound(given.subjectId);
    if (person.kind !== 'person') throw new Problem(422, 'subjects.notAPerson');
    await upsertDetails(tx, by.spaceId, [detailRow(given.subjectId, given.detail)]);
    await audit(tx, {
      spaceId: by.spaceId,
      actorId: by.accountId,
      action: 'subject.detail',
      thingKind: 'person',
      thingId: given.subjectId,
    });
  });
}

/** The name without empty languages and stray spaces. @throws Problem 422 subjects.noName when nothing is left */
export function cleanName(name: Text3): Text3 {
  const entries = Object.entries(name)
    .map(([language, text]) => [language, text?.replace(/\s+/g, ' ').trim().normalize('NFC') ?? ''] as const)
    .filter(([, text]) => text !== '');
  if (entries.length === 0) throw new Problem(422, 'subjects.noName', {}, [{ at: 'name', key: 'subjects.noName' }]);
  return Object.fromEntries(entries);
}

/**
 * Brings the search words and the place in lists into step with all names, the code, and the other spellings that
 * `attributes.aliases` holds.
 */
export async function refreshWords(
  tx: Db,
  spaceId: string,
  id: string,
  { code, attributes }: Pick<Subject, 'code' | 'attributes'>,
): Promise<void> {
  const names = await namesOf(tx, spaceId, id);
  const aliases = Array.isArray(attributes.aliases) ? attributes.aliases.map(String) : [];
  const texts = [...names.flatMap((row) => Object.values(row.name)), ...aliases, code ?? ''];
  await deleteWords(tx, spaceId, [id]);
  await insertWords(tx, spaceId, [{ subject_id: id, words: searchWords(texts) }]);
  await setSortNames(tx, spaceId, [id]);
}

async function demandPlace(tx: Db, spaceId: string, id: string): Promise<void> {
  const [place] = await subjectsByIds(tx, spaceId, [id], today());
  if (place?.kind !== 'place' || place.removedAt)
    throw new Problem(422, 'subjects.notAPlace', {}, [{ at: 'placeId', key: 'subjects.notAPlace' }]);
}

function detailRow(id: string, detail: Partial<PersonDetail>) {
  return {
    subject_id: id,
    sex: detail.sex ?? null,
    born_on: detail.bornOn || null,
    born_year: detail.bornYear ?? (detail.bornOn ? Number(detail.bornOn.slice(0, 4)) : null),
    phone: detail.phone || null,
    note: detail.note || null,
  };
}

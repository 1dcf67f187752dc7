import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { addSubject } from './add.ts';
import { type By, dayBefore, existsAt, type Speaker, type Subject, today } from './model.ts';
import { nameSubject } from './name.ts';
import { relationsFrom, relationsTo, setLife, subjectsByIds } from './queries.ts';
import { relate, state, stateSensible } from './relate.ts';

/** One of those that come after a split. */
export type Heir = {
  readonly name: Text3;
  /** Its part of the catchment, above 0 up to 1. */
  readonly share: number;
  /** As the old one, unless told. */
  readonly type?: string | null;
  readonly code?: string | null;
};

/**
 * A facility, place or organisation falls into several on a day. The old one ends the day before and keeps all its history; the new
 * ones begin, lie where it lay, and name it as their predecessor with their share. Nothing that was recorded moves.
 * @returns the ids of the new ones, in the order given
 * @throws Problem 404; 422 subjects.split.tooFew, subjects.split.shares, subjects.notThen when it did not exist that day or is a person
 */
export async function splitSubject(
  db: Db,
  by: By,
  given: { subjectId: string; on: string; into: readonly Heir[]; reason?: string | null },
): Promise<string[]> {
  if (given.into.length < 2) throw new Problem(422, 'subjects.split.tooFew');
  const shares = given.into.reduce((sum, heir) => sum + heir.share, 0);
  if (given.into.some((heir) => !(heir.share > 0)) || shares > 1.000001)
    throw new Problem(422, 'subjects.split.shares');
  return await transaction(db, async (tx) => {
    const old = await demandChangeable(tx, by.spaceId, given.subjectId, given.on);
    await endLife(tx, by, old, given.on, 'subject.split', given.reason ?? null);
    const ids: string[] = [];
    for (const heir of given.into) {
      ids.push(await addHeir(tx, by, old, given.on, heir));
      await stateSensible(tx, by, {
        subjectId: ids[ids.length - 1]!,
        kind: 'successor_of',
        objectId: old.id,
        from: given.on,
        share: heir.share,
        reason: given.reason ?? null,
      });
    }
    return ids;
  });
}

/**
 * Several become one on a day: a new one, or one of them that goes on (`into.subjectId`). Those that end keep their history.
 * @returns the id of the one that goes on
 * @throws Problem 404; 422 subjects.merge.tooFew, subjects.merge.kinds, subjects.notThen
 */
export async function mergeSubjects(
  db: Db,
  by: By,
  given: {
    subjectIds: readonly string[];
    on: string;
    into: { readonly subjectId: string } | Omit<Heir, 'share'>;
    reason?: string | null;
  },
): Promise<string> {
  const ids = [...new Set(given.subjectIds)];
  const goesOn = 'subjectId' in given.into ? given.into.subjectId : null;
  if (new Set([...ids, ...(goesOn ? [goesOn] : [])]).size < 2) throw new Problem(422, 'subjects.merge.tooFew');
  return await transaction(db, async (tx) => {
    const old: Subject[] = [];
    for (const id of ids) if (id !== goesOn) old.push(await demandChangeable(tx, by.spaceId, id, given.on));
    const first = old[0]!;
    if (old.some((subject) => subject.kind !== first.kind)) throw new Problem(422, 'subjects.merge.kinds');
    let into: string;
    if ('subjectId' in given.into) {
      const stays = await demandChangeable(tx, by.spaceId, given.into.subjectId, given.on);
      if (stays.kind !== first.kind) throw new Problem(422, 'subjects.merge.kinds');
      into = stays.id;
    } else into = await addHeir(tx, by, first, given.on, given.into);
    for (const subject of old) {
      await endLife(tx, by, subject, given.on, 'subject.merge', given.reason ?? null);
      await stateSensible(tx, by, {
        subjectId: into,
        kind: 'successor_of',
        objectId: subject.id,
        from: given.on,
        share: 1,
        reason: given.reason ?? null,
      });
    }
    return into;
  });
}

/** Another name from a day on: the subject, its visits and its figures stay the same. @throws Problem 404; 422 subjects.notThen */
export async function renameSubject(
  db: Db,
  by: By,
  given: { subjectId: string; on: string; name: Text3; reason?: string | null },
): Promise<void> {
  await transaction(db, async (tx) => {
    await demandChangeable(tx, by.spaceId, given.subjectId, given.on);
    await nameSubject(tx, by, { ...given, from: given.on });
  });
}

/**
 * Another type from a day on: what was a feldsher point is a family doctors' group. `typeAt` answers by the day.
 * @returns the id of the fact, by which it can be taken back
 */
export async function changeType(
  db: Db,
  by: Speaker,
  given: { subjectId: string; on: string; type: string; reason?: string | null },
): Promise<string> {
  return await transaction(db, async (tx) => {
    const subject = await demandChangeable(tx, by.spaceId, given.subjectId, given.on);
    return await relate(tx, by, {
      subjectId: given.subjectId,
      kind: 'changed_type',
      from: given.on,
      attributes: { type: given.type, before: subject.type },
      reason: given.reason ?? null,
    });
  });
}

/** Closes a subject without a successor; `on` is its last day. @throws Problem 404; 422 subjects.notThen */
export async function closeSubject(
  db: Db,
  by: By,
  given: { subjectId: string; on: string; reason?: string | null },
): Promise<void> {
  await transaction(db, async (tx) => {
    const subject = await demandChangeable(tx, by.spaceId, given.subjectId, given.on);
    await writeEnd(tx, by, subject, given.on, 'subject.close', given.reason ?? null);
  });
}

/**
 * Takes off a last day that was set by mistake: the subject goes on as if it had not ended.
 * @throws Problem 404; 409 subjects.notEnded, subjects.hasHeirs while a fact names a successor
 */
export async function reopenSubject(
  db: Db,
  by: By,
  given: { subjectId: string; reason?: string | null },
): Promise<void> {
  await transaction(db, async (tx) => {
    const [subject] = await subjectsByIds(tx, by.spaceId, [given.subjectId], today());
    if (!subject || subject.removedAt) throw notFound(given.subjectId);
    if (!subject.endsOn) throw new Problem(409, 'subjects.notEnded');
    if ((await relationsTo(tx, by.spaceId, [subject.id], ['successor_of'])).length > 0)
      throw new Problem(409, 'subjects.hasHeirs');
    await setLife(tx, by.spaceId, subject.id, { startsOn: subject.startsOn, endsOn: null });
    await audit(tx, {
      spaceId: by.spaceId,
      actorId: by.accountId,
      action: 'subject.reopen',
      thingKind: subject.kind,
      thingId: subject.id,
      details: { lastDay: subject.endsOn, reason: given.reason ?? null },
    });
  });
}

async function demandChangeable(tx: Db, spaceId: string, id: string, on: string): Promise<Subject> {
  const [subject] = await subjectsByIds(tx, spaceId, [id], on);
  if (!subject || subject.removedAt) throw notFound(id);
  if (subject.kind === 'person' || !existsAt(subject, on)) throw new Problem(422, 'subjects.notThen', { day: on });
  return subject;
}

/** The last day is the day before the change; a subject that began on the very day cannot end before it began. */
async function endLife(tx: Db, by: By, old: Subject, on: string, action: string, reason: string | null): Promise<void> {
  const last = dayBefore(on);
  if (old.startsOn && last < old.startsOn) throw new Problem(422, 'subjects.notThen', { day: on });
  await writeEnd(tx, by, old, last, action, reason);
}

async function writeEnd(
  tx: Db,
  by: By,
  old: Subject,
  last: string,
  action: string,
  reason: string | null,
): Promise<void> {
  await setLife(tx, by.spaceId, old.id, { startsOn: old.startsOn, endsOn: last });
  await audit(tx, {
    spaceId: by.spaceId,
    actorId: by.accountId,
    action,
    thingKind: old.kind,
    thingId: old.id,
    details: { lastDay: last, reason },
  });
}

/** The new one lies in and belongs to what the old one did on that day. */
async function addHeir(tx: Db, by: By, old: Subject, on: string, heir: Omit<Heir, 'share'>): Promise<string> {
  const id = await addSubject(tx, by, {
    kind: old.kind,
    type: heir.type ?? old.type,
    code: heir.code ?? null,
    name: heir.name,
    startsOn: on,
    attributes: old.attributes,
  });
  const facts = await relationsFrom(tx, by.spaceId, [old.id], ['part_of', 'located_in']);
  for (const fact of facts) {
    const holds = (fact.validFrom ?? '') <= on && (fact.validTo ?? '9999') >= on;
    if (holds) await state(tx, by, { subjectId: id, kind: fact.kind, objectId: fact.objectId, from: on });
  }
  return id;
}

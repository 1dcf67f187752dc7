import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import {
  type By,
  RELATION_KINDS,
  type Relation,
  type RelationKind,
  type Speaker,
  SUBJECT_KINDS,
  type SubjectKind,
  today,
} from './model.ts';
import { insertRelations, markUndone, relationById, relationsFrom, relationsTo, subjectsByIds } from './queries.ts';
import { liesUnder } from './queries-kin.ts';

export type NewFact = {
  readonly subjectId: string;
  readonly kind: RelationKind;
  readonly objectId?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
  /** Of a successor: the part of the old one's catchment, above 0 up to 1. */
  readonly share?: number | null;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly reason?: string | null;
};

/** What may stand on either side; null: nothing stands there. */
const SIDES: Readonly<Record<RelationKind, readonly [readonly SubjectKind[], readonly SubjectKind[] | null]>> = {
  part_of: [
    ['place', 'organisation', 'thing'],
    ['place', 'organisation', 'thing'],
  ],
  located_in: [['person', 'organisation', 'thing'], ['place']],
  member_of: [['person', 'organisation'], ['organisation']],
  works_at: [['person'], ['organisation', 'thing']],
  guardian_of: [['person'], ['person']],
  successor_of: [
    ['place', 'organisation', 'thing'],
    ['place', 'organisation', 'thing'],
  ],
  same_as: [SUBJECT_KINDS, SUBJECT_KINDS],
  different_from: [SUBJECT_KINDS, SUBJECT_KINDS],
  changed_type: [['place', 'organisation', 'thing'], null],
};

/** Facts that say where a subject lies or what type it is: what was recorded about it is told apart by them. */
const SURROUNDINGS: readonly RelationKind[] = ['part_of', 'located_in', 'changed_type'];

async function followed(tx: Db, by: Speaker, fact: { subjectId: string; kind: RelationKind }): Promise<void> {
  if (SURROUNDINGS.includes(fact.kind)) await by.follows(tx, by.spaceId, { subjects: [fact.subjectId] });
}

/**
 * States a dated fact between two subjects. Facts are never edited: what was wrong is taken back (`undoRelation`) and stated anew.
 * @returns its id
 * @throws Problem 404 for a subject the space does not have; 422 subjects.relation.* for a fact that cannot be
 */
export async function relate(db: Db, by: Speaker, fact: NewFact): Promise<string> {
  return await transaction(db, async (tx) => {
    const id = await stateSensible(tx, by, fact);
    await followed(tx, by, fact);
    return id;
  });
}

/** States a fact that nothing recorded is told apart by. */
export async function stateSensible(tx: Db, by: By, fact: NewFact): Promise<string> {
  await demandSense(tx, by.spaceId, fact);
  return await state(tx, by, fact);
}

/** Writes a fact that is known to make sense, with its audit line. */
export async function state(tx: Db, by: By, fact: NewFact): Promise<string> {
  const id = uuidv7();
  await insertRelations(tx, by.spaceId, [
    {
      id,
      subject_id: fact.subjectId,
      kind: fact.kind,
      object_id: fact.objectId ?? null,
      valid_from: fact.from ?? null,
      valid_to: fact.to ?? null,
      share: fact.share ?? null,
      attributes: fact.attributes ?? {},
      reason: fact.reason ?? null,
      stated_at: by.at ?? new Date(),
      stated_by: by.accountId,
      import_id: null,
    },
  ]);
  await audit(tx, {
    spaceId: by.spaceId,
    actorId: by.accountId,
    action: `subject.${fact.kind}`,
    thingKind: 'relation',
    thingId: fact.subjectId,
    details: { relationId: id, objectId: fact.objectId ?? null, from: fact.from ?? null },
  });
  return id;
}

/** Takes a fact back. It stays on file with who and when; figures of an earlier moment still know it. @throws Problem 404; 409 when already taken back */
export async function undoRelation(
  db: Db,
  by: Speaker,
  relationId: string,
  reason: string | null = null,
): Promise<Relation> {
  return await transaction(db, async (tx) => {
    const relation = await undo(tx, by, relationId, reason);
    await followed(tx, by, relation);
    return relation;
  });
}

async function undo(tx: Db, by: By, relationId: string, reason: string | null = null): Promise<Relation> {
  const relation = await relationById(tx, by.spaceId, relationId);
  if (!relation) throw notFound(relationId);
  const undone = { at: by.at ?? new Date(), by: by.accountId };
  if (!(await markUndone(tx, by.spaceId, relationId, undone)))
    throw new Problem(409, 'subjects.relation.undoneAlready');
  await audit(tx, {
    spaceId: by.spaceId,
    actorId: by.accountId,
    action: 'subject.undoRelation',
    thingKind: 'relation',
    thingId: relation.subjectId,
    details: { relationId, kind: relation.kind, reason },
  });
  return relation;
}

/** Says on which day a fact ceased to hold: the open fact is taken back and stated anew with its end. @returns the id of the new fact */
export async function endRelation(db: Db, by: Speaker, given: { relationId: string; on: string }): Promise<string> {
  return await transaction(db, async (tx) => {
    const old = await undo(tx, by, given.relationId);
    if (old.validFrom && given.on < old.validFrom)
      throw new Problem(422, 'subjects.datesTurned', {}, [{ at: 'on', key: 'subjects.datesTurned' }]);
    const id = await state(tx, by, {
      ...old,
      from: old.validFrom,
      to: given.on,
    });
    await followed(tx, by, old);
    return id;
  });
}

/**
 * A person says that two entries are one. Nothing is merged: counting treats them as one from this moment, and undoing parts them
 * again. An earlier "different" between the two is taken back with it.
 * @returns the id of the fact
 */
export async function sameAs(db: Db, by: By, given: { a: string; b: string; reason?: string | null }): Promise<string> {
  return await decide(db, by, 'same_as', 'different_from', given);
}

/** A person says that two alike entries are not one, so that nobody is asked again. Takes back an earlier "same". */
export async function differentFrom(
  db: Db,
  by: By,
  given: { a: string; b: string; reason?: string | null },
): Promise<string> {
  return await decide(db, by, 'different_from', 'same_as', given);
}

async function decide(
  db: Db,
  by: By,
  kind: 'same_as' | 'different_from',
  contrary: 'same_as' | 'different_from',
  { a, b, reason }: { a: string; b: string; reason?: string | null },
): Promise<string> {
  return await transaction(db, async (tx) => {
    const facts = [
      ...(await relationsFrom(tx, by.spaceId, [a, b], [kind, contrary])),
      ...(await relationsTo(tx, by.spaceId, [a, b], [kind, contrary])),
    ].filter((fact) => [fact.subjectId, fact.objectId].sort().join() === [a, b].sort().join());
    const stands = facts.find((fact) => fact.kind === kind);
    if (stands) return stands.id;
    const against = new Set(facts.map((fact) => fact.id));
    for (const id of against) await undo(tx, by, id);
    return await stateSensible(tx, by, { subjectId: a, kind, objectId: b, reason: reason ?? null });
  });
}

async function demandSense(tx: Db, spaceId: string, fact: NewFact): Promise<void> {
  const refuse = (key: string): never => {
    throw new Problem(422, `subjects.relation.${key}`);
  };
  if (!RELATION_KINDS.includes(fact.kind)) refuse('unknown');
  if (fact.from && fact.to && fact.to < fact.from) throw new Problem(422, 'subjects.datesTurned');
  if (fact.share != null && !(fact.share > 0 && fact.share <= 1)) refuse('share');
  const [subjectSide, objectSide] = SIDES[fact.kind];
  const ids = [fact.subjectId, fact.objectId].filter((id) => id != null);
  const found = await subjectsByIds(tx, spaceId, ids, today());
  const subject = found.find((row) => row.id === fact.subjectId);
  const object = found.find((row) => row.id === fact.objectId);
  if (!subject || subject.removedAt) throw notFound(fact.subjectId);
  if (!subjectSide.includes(subject.kind)) refuse('sides');
  if (objectSide === null) {
    if (fact.objectId) refuse('sides');
    return;
  }
  if (!fact.objectId || !object || object.removedAt) throw notFound(fact.objectId ?? '');
  if (fact.objectId === fact.subjectId) refuse('itself');
  if (!objectSide.includes(object.kind)) refuse('sides');
  const alike = ['part_of', 'successor_of', 'same_as', 'different_from'].includes(fact.kind);
  if (alike && subject.kind !== object.kind) refuse('sides');
  if (fact.kind === 'part_of' && (await liesUnder(tx, spaceId, fact.objectId, fact.subjectId))) refuse('circle');
}

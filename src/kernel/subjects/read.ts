import type { Db } from '../../platform/db/index.ts';
import { notFound } from '../../platform/problem.ts';
import { type Actor, can } from '../access/index.ts';
import { LIKELY, type Likable, type Likeness, likeness, nameParts } from './likeness.ts';
import { type Ancestor, type PersonDetail, type Relation, type Subject, today } from './model.ts';
import { detailOf, type NameRow, namesOf, relationsFrom, relationsOf, subjectsByIds } from './queries.ts';
import { type Candidate, candidatesBySound } from './queries-find.ts';
import { ancestorsOf, lineOf, type Successor, samePairs } from './queries-kin.ts';
import { subjectRules } from './rules.ts';

/** The subject as it was on the day (today unless told); null for one that the space does not have or that was removed. */
export async function subject(db: Db, spaceId: string, id: string, at: string = today()): Promise<Subject | null> {
  const [row] = await subjectsByIds(db, spaceId, [id], at);
  return row && !row.removedAt ? row : null;
}

/** Several at once, by id; what is missing or removed is not in the map. `asOf`: as their types were known at that moment. */
export async function subjects(
  db: Db,
  spaceId: string,
  ids: readonly string[],
  at: string = today(),
  asOf: Date | null = null,
): Promise<ReadonlyMap<string, Subject>> {
  if (ids.length === 0) return new Map();
  const rows = await subjectsByIds(db, spaceId, ids, at, asOf);
  return new Map(rows.filter((row) => !row.removedAt).map((row) => [row.id, row]));
}

/** The type on the day; null for a subject without one, or none at all. */
export async function typeAt(db: Db, spaceId: string, id: string, day: string): Promise<string | null> {
  return (await subject(db, spaceId, id, day))?.type ?? null;
}

/** The chain of places above a subject on the day, the nearest first. */
export async function ancestors(
  db: Db,
  spaceId: string,
  id: string,
  at: string = today(),
): Promise<readonly Ancestor[]> {
  return (await ancestorsOf(db, spaceId, [id], at)).get(id) ?? [];
}

/** Those that came after it, with their share of its catchment; a record about an ended subject is asked about these. */
export async function successors(db: Db, spaceId: string, id: string): Promise<readonly Successor[]> {
  return await lineOf(db, spaceId, id, 'after');
}

/** Those that it came from. */
export async function predecessors(db: Db, spaceId: string, id: string): Promise<readonly Successor[]> {
  return await lineOf(db, spaceId, id, 'before');
}

/**
 * For everyone who is declared the same as somebody, the one that stands for all of them: the oldest entry. Whoever is not in the map
 * stands for themself. `asOf` asks what was known at that moment, so that a frozen report counts as it did then.
 */
export async function canonical(
  db: Db,
  spaceId: string,
  asOf: Date | null = null,
): Promise<ReadonlyMap<string, string>> {
  return unite(await samePairs(db, spaceId, asOf));
}

/** Union–find over pairs: each member → the smallest id of its class. The order of the pairs does not matter. */
export function unite(pairs: readonly { subjectId: string; objectId: string }[]): ReadonlyMap<string, string> {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    let at = id;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    for (let on = id; on !== at; ) {
      const next = parent.get(on) ?? at;
      parent.set(on, at);
      on = next;
    }
    return at;
  };
  for (const { subjectId, objectId } of pairs) {
    const a = root(subjectId);
    const b = root(objectId);
    const [low, high] = a < b ? [a, b] : [b, a];
    parent.set(low, low);
    parent.set(high, low);
  }
  return new Map([...parent.keys()].map((id) => [id, root(id)]));
}

/** Sex, birth, phone and remark, for those whose task needs them; null for everybody else. */
export async function personDetail(db: Db, actor: Actor, subjectId: string): Promise<PersonDetail | null> {
  return can(subjectRules, actor, 'subjects.personDetail') ? await detailOf(db, actor.spaceId, subjectId) : null;
}

export type LikelyTwin = Likeness & { readonly id: string; readonly name: Subject['name'] };

/** People who may be this one: not yet decided, the likeliest first, at most ten. */
export async function likelyDuplicates(db: Db, spaceId: string, id: string): Promise<readonly LikelyTwin[]> {
  const person = await subject(db, spaceId, id);
  if (person?.kind !== 'person') return [];
  const detail = await detailOf(db, spaceId, id);
  const [home] = await relationsFrom(db, spaceId, [id], ['located_in']);
  const decided = new Set(
    (await relationsOf(db, spaceId, id))
      .filter((fact) => !fact.undoneAt && ['same_as', 'different_from'].includes(fact.kind))
      .flatMap((fact) => [fact.subjectId, fact.objectId]),
  );
  const mine = { id, name: person.name, ...detail, placeId: home?.objectId ?? null } as Candidate;
  const heard = new Set(
    Object.values(person.name).flatMap((text) => {
      const parts = nameParts(text);
      return [...parts.given, parts.father, parts.surname].filter((part) => part !== null);
    }),
  );
  const found = await candidatesBySound(db, spaceId, [...heard], id, 300);
  return found
    .filter((other) => !decided.has(other.id))
    .map((other) => ({ id: other.id, name: other.name, ...bestLikeness(mine, other) }))
    .filter((twin) => twin.score >= LIKELY)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, 10);
}

/** A person may stand under names in two scripts: the likest pair of names counts. */
function bestLikeness(a: Candidate, b: Candidate): Likeness {
  let best: Likeness = { score: 0, reasons: [], against: [] };
  for (const x of Object.values(a.name))
    for (const y of Object.values(b.name)) {
      const found = likeness(likable(a, x), likable(b, y));
      if (found.score > best.score) best = found;
    }
  return best;
}

export function likable(person: Candidate, name: string): Likable {
  const { sex, bornOn, bornYear, phone } = person;
  return { name, sex, bornOn, bornYear, phone, village: person.placeId };
}

export type SubjectPage = {
  readonly subject: Subject;
  readonly names: readonly NameRow[];
  /** Live facts, then those taken back. */
  readonly relations: readonly Relation[];
  /** Everyone whom the facts name. */
  readonly others: ReadonlyMap<string, Subject>;
  readonly ancestors: readonly Ancestor[];
  readonly successors: readonly Successor[];
  readonly predecessors: readonly Successor[];
};

/** All that a subject's page shows, on one day. @throws Problem 404 */
export async function subjectPage(db: Db, spaceId: string, id: string, at: string = today()): Promise<SubjectPage> {
  const found = await subject(db, spaceId, id, at);
  if (!found) throw notFound(id);
  const [names, relations, above, after, before] = await Promise.all([
    namesOf(db, spaceId, id),
    relationsOf(db, spaceId, id),
    ancestors(db, spaceId, id, at),
    successors(db, spaceId, id),
    predecessors(db, spaceId, id),
  ]);
  const ids = relations
    .flatMap((fact) => [fact.subjectId, fact.objectId])
    .filter((other) => other !== null && other !== id);
  const others = await subjects(db, spaceId, [...new Set(ids)] as string[], at);
  return { subject: found, names, relations, others, ancestors: above, successors: after, predecessors: before };
}

import type { Db } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import type { PersonDetail, Relation, RelationKind, Subject, SubjectKind } from './model.ts';

export type NewSubject = {
  id: string;
  kind: SubjectKind;
  type: string | null;
  code: string | null;
  attributes: Readonly<Record<string, unknown>>;
  starts_on: string | null;
  ends_on: string | null;
  created_by: string | null;
  import_id: string | null;
  /** The newest name, by which lists are ordered. */
  name: Text3;
};
export type NewName = {
  id: string;
  subject_id: string;
  name: Text3;
  valid_from: string | null;
  valid_to: string | null;
};
export type NewRelation = {
  id: string;
  subject_id: string;
  kind: RelationKind;
  object_id: string | null;
  valid_from: string | null;
  valid_to: string | null;
  share: number | null;
  attributes: Readonly<Record<string, unknown>>;
  reason: string | null;
  stated_at: Date;
  stated_by: string | null;
  import_id: string | null;
};
export type NewDetail = {
  subject_id: string;
  sex: string | null;
  born_on: string | null;
  born_year: number | null;
  phone: string | null;
  note: string | null;
};

/** SQL: by what the lists of ky, ru and en order a name; a language without one borrows another. */
const sortNames = (name: string): string =>
  [
    ['ky', 'ru', 'en'],
    ['ru', 'ky', 'en'],
    ['en', 'ru', 'ky'],
  ]
    .map((order) => `coalesce(${order.map((language) => `${name}->>'${language}'`).join(', ')}, '')`)
    .join(', ');

/** Rows go as one JSON parameter, so one subject and fifty thousand take the same way. */
export async function insertSubjects(tx: Db, spaceId: string, rows: readonly NewSubject[]): Promise<void> {
  await tx`insert into subject (space_id, id, kind, type, code, attributes, starts_on, ends_on, created_by, import_id,
      sort_ky, sort_ru, sort_en)
    select ${spaceId}, r.id, r.kind, r.type, r.code, r.attributes, r.starts_on, r.ends_on, r.created_by, r.import_id,
      ${tx.unsafe(sortNames('r.name'))}
    from jsonb_to_recordset(${tx.json(rows as never)}) as r(id uuid, kind text, type text, code text, attributes jsonb,
      starts_on date, ends_on date, created_by uuid, import_id uuid, name jsonb)`;
}

export async function insertNames(tx: Db, spaceId: string, rows: readonly NewName[]): Promise<void> {
  await tx`insert into subject_name (space_id, subject_id, id, name, valid_from, valid_to)
    select ${spaceId}, r.subject_id, r.id, r.name, r.valid_from, r.valid_to
    from jsonb_to_recordset(${tx.json(rows as never)}) as r(subject_id uuid, id uuid, name jsonb, valid_from date, valid_to date)`;
}

export async function insertWords(
  tx: Db,
  spaceId: string,
  rows: readonly { subject_id: string; words: readonly string[] }[],
): Promise<void> {
  await tx`insert into subject_word (space_id, word, subject_id)
    select ${spaceId}, w.word, r.subject_id
    from jsonb_to_recordset(${tx.json(rows as never)}) as r(subject_id uuid, words jsonb),
      jsonb_array_elements_text(r.words) as w(word)
    on conflict do nothing`;
}

export async function insertRelations(tx: Db, spaceId: string, rows: readonly NewRelation[]): Promise<void> {
  await tx`insert into relation (space_id, id, subject_id, kind, object_id, valid_from, valid_to, share, attributes, reason,
      stated_at, stated_by, import_id)
    select ${spaceId}, r.id, r.subject_id, r.kind, r.object_id, r.valid_from, r.valid_to, r.share, r.attributes, r.reason,
      r.stated_at, r.stated_by, r.import_id
    from jsonb_to_recordset(${tx.json(rows as never)}) as r(id uuid, subject_id uuid, kind text, object_id uuid,
      valid_from date, valid_to date, share numeric, attributes jsonb, reason text, stated_at timestamptz,
      stated_by uuid, import_id uuid)`;
}

export async function upsertDetails(tx: Db, spaceId: string, rows: readonly NewDetail[]): Promise<void> {
  await tx`insert into person_detail (space_id, subject_id, sex, born_on, born_year, phone, note)
    select ${spaceId}, r.subject_id, r.sex, r.born_on, r.born_year, r.phone, r.note
    from jsonb_to_recordset(${tx.json(rows as never)}) as r(subject_id uuid, sex text, born_on date, born_year int,
      phone text, note text)
    on conflict (space_id, subject_id) do update set sex = excluded.sex, born_on = excluded.born_on,
      born_year = excluded.born_year, phone = excluded.phone, note = excluded.note`;
}

/** Rewrites the order of lists from the newest name of each subject. */
export async function setSortNames(tx: Db, spaceId: string, ids: readonly string[]): Promise<void> {
  await tx`update subject s set (sort_ky, sort_ru, sort_en) = row(${tx.unsafe(sortNames('n.name'))})
    from (select distinct on (subject_id) subject_id, name from subject_name
          where space_id = ${spaceId} and subject_id = any(${ids as string[]})
          order by subject_id, valid_from desc nulls last, id desc) n
    where s.space_id = ${spaceId} and s.id = n.subject_id`;
}

export async function deleteWords(tx: Db, spaceId: string, ids: readonly string[]): Promise<void> {
  await tx`delete from subject_word where space_id = ${spaceId} and subject_id = any(${ids as string[]})`;
}

export type NameRow = { id: string; name: Text3; validFrom: string | null; validTo: string | null };

/** All names of a subject, the newest first. */
export async function namesOf(db: Db, spaceId: string, subjectId: string): Promise<NameRow[]> {
  return await db<NameRow[]>`select id, name, valid_from as "validFrom", valid_to as "validTo" from subject_name
    where space_id = ${spaceId} and subject_id = ${subjectId} order by valid_from desc nulls last, id desc`;
}

/** A name that is open or reaches past the day ends there; one that begins on the day or later is left alone. */
export async function endNamesAt(tx: Db, spaceId: string, subjectId: string, lastDay: string): Promise<void> {
  await tx`update subject_name set valid_to = ${lastDay} where space_id = ${spaceId} and subject_id = ${subjectId}
    and (valid_from is null or valid_from <= ${lastDay}) and (valid_to is null or valid_to > ${lastDay})`;
}

export async function updateName(
  tx: Db,
  spaceId: string,
  row: { id: string; subjectId: string; name: Text3; validFrom: string | null; validTo: string | null },
): Promise<boolean> {
  const done = await tx`update subject_name set name = ${tx.json(row.name)}, valid_from = ${row.validFrom},
    valid_to = ${row.validTo} where space_id = ${spaceId} and subject_id = ${row.subjectId} and id = ${row.id}`;
  return done.count === 1;
}

/**
 * The subjects as they were on the day, in no order; ids that the space does not have are left out. `asOf`: as facts were known at that
 * moment; names and dates of life are always today's.
 */
export async function subjectsByIds(
  db: Db,
  spaceId: string,
  ids: readonly string[],
  at: string,
  asOf: Date | null = null,
): Promise<(Subject & { importId: string | null })[]> {
  return await db<
    (Subject & { importId: string | null })[]
  >`select s.id, s.kind, coalesce(t.type, s.type) as type, s.code,
      coalesce(n.name, '{}') as name, s.attributes, s.starts_on as "startsOn", s.ends_on as "endsOn",
      s.removed_at as "removedAt", s.import_id as "importId"
    from subject s
    left join lateral ${nameAt(db, at)} n on true
    left join lateral ${changedType(db, at, asOf)} t on true
    where s.space_id = ${spaceId} and s.id = any(${ids as string[]})`;
}

/** A piece of SQL: the name of `s` on the day, or where none was in force the newest. */
export function nameAt(db: Db, at: string) {
  return db`(select name from subject_name where space_id = s.space_id and subject_id = s.id
    order by (coalesce(valid_from, '-infinity') <= ${at}::date and coalesce(valid_to, 'infinity') >= ${at}::date) desc,
      valid_from desc nulls last, id desc limit 1)`;
}

/** A piece of SQL: the type that `s` had changed to by the day. */
export function changedType(db: Db, at: string, asOf: Date | null = null) {
  return db`(select r.attributes->>'type' as type from relation r where r.space_id = s.space_id and r.subject_id = s.id
    and r.kind = 'changed_type' and ${stoodAt(db, asOf)} and r.valid_from <= ${at}::date
    order by r.valid_from desc, r.stated_at desc, r.id desc limit 1)`;
}

/** A piece of SQL: the fact `r` stood as it was known at the moment; now, without one. */
export function stoodAt(db: Db, asOf: Date | null) {
  return asOf === null
    ? db`r.undone_at is null`
    : db`r.stated_at <= ${asOf} and (r.undone_at is null or r.undone_at > ${asOf})`;
}

export const RELATION_COLUMNS = `id, subject_id as "subjectId", kind, object_id as "objectId", valid_from as "validFrom",
  valid_to as "validTo", share, attributes, reason, stated_at as "statedAt", stated_by as "statedBy", undone_at as "undoneAt"`;

export async function relationById(db: Db, spaceId: string, id: string): Promise<Relation | null> {
  const [row] = await db<Relation[]>`select ${db.unsafe(RELATION_COLUMNS)} from relation
    where space_id = ${spaceId} and id = ${id}`;
  return row ?? null;
}

/** Every fact that names the subject on either side, undone ones too, newest first; at most 500. */
export async function relationsOf(db: Db, spaceId: string, subjectId: string): Promise<Relation[]> {
  return await db<Relation[]>`select ${db.unsafe(RELATION_COLUMNS)} from relation
    where space_id = ${spaceId} and (subject_id = ${subjectId} or object_id = ${subjectId})
    order by undone_at is not null, valid_from desc nulls last, stated_at desc, id desc limit 500`;
}

/** Live facts of these kinds that go out from the subjects. */
export async function relationsFrom(
  db: Db,
  spaceId: string,
  subjectIds: readonly string[],
  kinds: readonly RelationKind[],
): Promise<Relation[]> {
  return await db<Relation[]>`select ${db.unsafe(RELATION_COLUMNS)} from relation where space_id = ${spaceId}
    and subject_id = any(${subjectIds as string[]}) and kind = any(${kinds as RelationKind[]}) and undone_at is null
    order by valid_from nulls first, stated_at, id`;
}

/** Live facts of these kinds that come in to the subjects. */
export async function relationsTo(
  db: Db,
  spaceId: string,
  objectIds: readonly string[],
  kinds: readonly RelationKind[],
): Promise<Relation[]> {
  return await db<Relation[]>`select ${db.unsafe(RELATION_COLUMNS)} from relation where space_id = ${spaceId}
    and object_id = any(${objectIds as string[]}) and kind = any(${kinds as RelationKind[]}) and undone_at is null
    order by valid_from nulls first, stated_at, id`;
}

export async function markUndone(
  tx: Db,
  spaceId: string,
  id: string,
  undone: { readonly at: Date; readonly by: string | null },
): Promise<boolean> {
  const done = await tx`update relation set undone_at = ${undone.at}, undone_by = ${undone.by}
    where space_id = ${spaceId} and id = ${id} and undone_at is null`;
  return done.count === 1;
}

export async function setLife(
  tx: Db,
  spaceId: string,
  id: string,
  life: { startsOn: string | null; endsOn: string | null },
): Promise<void> {
  await tx`update subject set starts_on = ${life.startsOn}, ends_on = ${life.endsOn} where space_id = ${spaceId} and id = ${id}`;
}

export async function updateSubject(
  tx: Db,
  spaceId: string,
  id: string,
  given: { code: string | null; attributes: Readonly<Record<string, unknown>> },
): Promise<void> {
  await tx`update subject set code = ${given.code}, attributes = ${tx.json(given.attributes as never)}
    where space_id = ${spaceId} and id = ${id}`;
}

export async function detailOf(db: Db, spaceId: string, subjectId: string): Promise<PersonDetail | null> {
  const [row] = await db<PersonDetail[]>`select sex, born_on as "bornOn", born_year as "bornYear", phone, note
    from person_detail where space_id = ${spaceId} and subject_id = ${subjectId}`;
  return row ?? null;
}

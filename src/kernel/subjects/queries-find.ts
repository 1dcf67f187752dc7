import type { Db } from '../../platform/db/index.ts';
import type { Language, Text3 } from '../../platform/i18n/index.ts';
import type { SubjectKind } from './model.ts';
import { changedType, nameAt } from './queries.ts';
import { within } from './queries-kin.ts';

export type FoundSubject = {
  id: string;
  kind: SubjectKind;
  type: string | null;
  code: string | null;
  name: Text3;
  startsOn: string | null;
  endsOn: string | null;
  /** The nearest place, if it lies in one on the day. */
  placeId: string | null;
  placeName: Text3 | null;
  /** What the list is ordered by; the cursor is made of it. */
  sort: string;
};

export type FindFilter = {
  readonly kind?: SubjectKind;
  /** Types on the day. */
  readonly types?: readonly string[];
  /** Only what lies within this place on the day, at any depth. */
  readonly within?: string;
  /** Folded prefixes, each of which some word of the subject's names begins with (see searchPrefixes). */
  readonly prefixes: readonly string[];
  readonly ids?: readonly string[];
  readonly at: string;
  /** Only what existed on the day. */
  readonly existing: boolean;
  readonly language: Language;
};

/** The end of the range of words that begin with the prefix, in the byte order of the column. */
const END = '\u{10FFFF}';

/** A piece of SQL: ids of the subjects that have, for every prefix, a word that begins with it. Found once, not per row. */
function hits(db: Db, spaceId: string, prefixes: readonly string[]) {
  const [first = '', ...rest] = prefixes;
  const one = (prefix: string) => db`select w.subject_id from subject_word w
    where w.space_id = ${spaceId} and w.word >= ${prefix} and w.word < ${prefix + END}`;
  return rest.reduce((all, prefix) => db`${all} intersect ${one(prefix)}`, one(first));
}

/** A piece of SQL: where the subjects of the filter come from. */
function source(db: Db, spaceId: string, filter: FindFilter) {
  return filter.prefixes.length > 0
    ? db`(select distinct subject_id from hit) h join subject s on s.space_id = ${spaceId} and s.id = h.subject_id`
    : db`subject s`;
}

/** A piece of SQL: the hits of the search, worked out before anything else. */
function withHits(db: Db, spaceId: string, filter: FindFilter) {
  return filter.prefixes.length > 0
    ? db`hit as materialized (${hits(db, spaceId, filter.prefixes)}),`
    : db`hit as (select 1),`;
}

function matches(db: Db, spaceId: string, filter: FindFilter) {
  const { kind, types, ids, at } = filter;
  return db`s.space_id = ${spaceId} and s.removed_at is null
    ${kind ? db`and s.kind = ${kind}` : db``}
    ${ids ? db`and s.id = any(${ids as string[]})` : db``}
    ${
      types?.length
        ? db`and coalesce((select c.type from ${changedType(db, at)} c), s.type) = any(${types as string[]})`
        : db``
    }
    ${
      filter.existing
        ? db`and coalesce(s.starts_on, '-infinity') <= ${at}::date and coalesce(s.ends_on, 'infinity') >= ${at}::date`
        : db``
    }
    ${filter.within ? db`and s.id in ${within(db, spaceId, filter.within, at)}` : db``}`;
}

/** One page of a list in the order of the language, after the cursor. */
export async function findPage(
  db: Db,
  spaceId: string,
  filter: FindFilter,
  after: { sort: string; id: string } | null,
  limit: number,
): Promise<FoundSubject[]> {
  const column = db(`sort_${filter.language}`);
  return await db<FoundSubject[]>`with ${withHits(db, spaceId, filter)} page as (
      select s.* from ${source(db, spaceId, filter)} where ${matches(db, spaceId, filter)}
      ${after ? db`and (s.${column}, s.id) > (${after.sort}, ${after.id}::uuid)` : db``}
      order by s.${column}, s.id limit ${limit}
    )
    select s.id, s.kind, coalesce(t.type, s.type) as type, s.code, coalesce(n.name, '{}') as name,
      s.starts_on as "startsOn", s.ends_on as "endsOn", p.id as "placeId", p.name as "placeName", s.${column} as sort
    from page s
    left join lateral ${nameAt(db, filter.at)} n on true
    left join lateral ${changedType(db, filter.at)} t on true
    left join lateral (
      select o.id, pn.name from relation r join subject o on o.space_id = r.space_id and o.id = r.object_id and o.kind = 'place'
      left join lateral (select name from subject_name where space_id = o.space_id and subject_id = o.id
        order by valid_from desc nulls last, id desc limit 1) pn on true
      where r.space_id = s.space_id and r.subject_id = s.id and r.kind in ('located_in', 'part_of') and r.undone_at is null
        and coalesce(r.valid_from, '-infinity') <= ${filter.at}::date and coalesce(r.valid_to, 'infinity') >= ${filter.at}::date
      order by r.valid_from desc nulls last, r.stated_at desc limit 1
    ) p on true
    order by s.${column}, s.id`;
}

export async function countMatches(db: Db, spaceId: string, filter: FindFilter): Promise<number> {
  const [row] = await db<{ n: number }[]>`with ${withHits(db, spaceId, filter)} counted as (
      select s.id from ${source(db, spaceId, filter)} where ${matches(db, spaceId, filter)}
    ) select count(*) as n from counted`;
  return row?.n ?? 0;
}

/** The types in use for a kind, for filters. */
export async function typesInUse(db: Db, spaceId: string, kind: SubjectKind): Promise<string[]> {
  const rows = await db<{ type: string }[]>`select distinct type from subject
    where space_id = ${spaceId} and kind = ${kind} and type is not null and removed_at is null order by type`;
  return rows.map((row) => row.type);
}

export type Candidate = {
  id: string;
  name: Text3;
  sex: string | null;
  bornOn: string | null;
  bornYear: number | null;
  phone: string | null;
  placeId: string | null;
};

const CANDIDATE = `s.id, n.name, d.sex, d.born_on as "bornOn", d.born_year as "bornYear", d.phone, p.object_id as "placeId"`;

function candidateJoins(db: Db) {
  return db`left join lateral (select name from subject_name where space_id = s.space_id and subject_id = s.id
      order by valid_from desc nulls last, id desc limit 1) n on true
    left join person_detail d on d.space_id = s.space_id and d.subject_id = s.id
    left join lateral (select object_id from relation r where r.space_id = s.space_id and r.subject_id = s.id
      and r.kind = 'located_in' and r.undone_at is null order by r.valid_from desc nulls last, r.stated_at desc limit 1) p on true`;
}

/** People of whose names the most words begin like the given sounds: those worth comparing, at most `limit`. */
export async function candidatesBySound(
  db: Db,
  spaceId: string,
  heard: readonly string[],
  not: string,
  limit: number,
): Promise<Candidate[]> {
  return await db<Candidate[]>`with heard as (
      select w.subject_id, count(distinct k.word) as hits from unnest(${heard as string[]}::text[]) as k(word)
      join subject_word w on w.space_id = ${spaceId} and w.word >= '~' || k.word and w.word < '~' || k.word || ${END}
      where w.subject_id <> ${not}
      group by w.subject_id order by count(distinct k.word) desc, w.subject_id limit ${limit}
    )
    select ${db.unsafe(CANDIDATE)} from heard h
    join subject s on s.space_id = ${spaceId} and s.id = h.subject_id and s.kind = 'person' and s.removed_at is null
    ${candidateJoins(db)}
    order by h.hits desc, s.id`;
}

/** Everybody, in portions, for comparing a whole file with those already there; memory stays flat. */
export function allPeople(db: Db, spaceId: string, portion: number): AsyncIterable<Candidate[]> {
  return db<Candidate[]>`select ${db.unsafe(CANDIDATE)} from subject s ${candidateJoins(db)}
    where s.space_id = ${spaceId} and s.kind = 'person' and s.removed_at is null`.cursor(portion);
}

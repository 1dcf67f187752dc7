import type { Db } from '../../platform/db/index.ts';
import type { Ancestor } from './model.ts';
import { changedType, nameAt, stoodAt } from './queries.ts';

/** Deeper than country, oblast, rayon, aimak, village and a facility inside another. */
const DEEPEST = 12;

/**
 * For each subject the places above it on the day, the nearest first. Subjects without a place are left out of the map.
 * `asOf`: as facts were known at that moment.
 */
export async function ancestorsOf(
  db: Db,
  spaceId: string,
  ids: readonly string[],
  at: string,
  asOf: Date | null = null,
): Promise<ReadonlyMap<string, readonly Ancestor[]>> {
  const rows = await db<(Ancestor & { from: string })[]>`with recursive up as (
      select r.subject_id as "from", r.object_id as id, 1 as depth, r.valid_from, r.stated_at from relation r
      where r.space_id = ${spaceId} and r.subject_id = any(${ids as string[]}) and ${liveAt(db, at, asOf)}
      union all
      select up."from", r.object_id, up.depth + 1, r.valid_from, r.stated_at from up
      join relation r on r.space_id = ${spaceId} and r.subject_id = up.id and ${liveAt(db, at, asOf)}
      where up.depth < ${DEEPEST}
    ), nearest as (
      select "from", id, min(depth) as depth, max(stated_at) as stated_at from up group by "from", id
    )
    select u."from", s.id, coalesce(t.type, s.type) as type, coalesce(n.name, '{}') as name
    from nearest u join subject s on s.space_id = ${spaceId} and s.id = u.id and s.kind = 'place'
    left join lateral ${nameAt(db, at)} n on true
    left join lateral ${changedType(db, at, asOf)} t on true
    order by u."from", u.depth, u.stated_at desc, s.id`;
  const map = new Map<string, Ancestor[]>();
  for (const { from, id, type, name } of rows) {
    const chain = map.get(from) ?? [];
    chain.push({ id, type, name });
    map.set(from, chain);
  }
  return map;
}

/** A piece of SQL: the fact `r` says where something lies, and held on the day. */
function liveAt(db: Db, at: string, asOf: Date | null = null) {
  return db`r.kind in ('part_of', 'located_in') and ${stoodAt(db, asOf)}
    and coalesce(r.valid_from, '-infinity') <= ${at}::date and coalesce(r.valid_to, 'infinity') >= ${at}::date`;
}

/** A piece of SQL: ids of all that lay within the place on the day, the place itself included. */
export function within(db: Db, spaceId: string, placeId: string, at: string) {
  return db`(with recursive down as (
      select ${placeId}::uuid as id
      union
      select r.subject_id from down join relation r on r.space_id = ${spaceId} and r.object_id = down.id and ${liveAt(db, at)}
    ) select id from down)`;
}

/** Whether `above` can be reached upwards from `id` at any time: what would make a circle. */
export async function liesUnder(db: Db, spaceId: string, id: string, above: string): Promise<boolean> {
  const [row] = await db<{ found: boolean }[]>`with recursive up as (
      select ${id}::uuid as id
      union
      select r.object_id from up join relation r on r.space_id = ${spaceId} and r.subject_id = up.id
        and r.kind in ('part_of', 'located_in') and r.undone_at is null
    ) select exists (select 1 from up where id = ${above}) as found`;
  return row?.found ?? false;
}

/** Pairs that somebody declared the same, as the database knew it at the moment (null: now). */
export async function samePairs(
  db: Db,
  spaceId: string,
  asOf: Date | null,
): Promise<{ subjectId: string; objectId: string }[]> {
  return await db<{ subjectId: string; objectId: string }[]>`select subject_id as "subjectId", object_id as "objectId"
    from relation r where r.space_id = ${spaceId} and r.kind = 'same_as' and ${stoodAt(db, asOf)}`;
}

/**
 * For each subject every moment at which a fact on its type or on where it lies, its places' own facts included, was stated or taken
 * back, the earliest first: between two of them the same was known.
 */
export async function momentsOf(
  db: Db,
  spaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Date[]>> {
  const rows = await db<{ id: string; at: Date }[]>`with recursive up as (
      select id as "from", id from unnest(${ids as string[]}::uuid[]) as given(id)
      union
      select up."from", r.object_id from up join relation r on r.space_id = ${spaceId} and r.subject_id = up.id
        and r.kind in ('part_of', 'located_in')
    )
    select distinct up."from" as id, m.at from up join relation r on r.space_id = ${spaceId} and r.subject_id = up.id
      and r.kind in ('part_of', 'located_in', 'changed_type')
    cross join lateral (values (r.stated_at), (r.undone_at)) as m(at)
    where m.at is not null order by 1, 2`;
  const map = new Map<string, Date[]>();
  for (const { id, at } of rows) {
    const moments = map.get(id);
    if (moments) moments.push(at);
    else map.set(id, [at]);
  }
  return map;
}

/** The subjects and all that ever lay in one of them or was a part of it, by any fact on file, taken back or not. */
export async function everWithin(db: Db, spaceId: string, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await db<{ id: string }[]>`with recursive down as (
      select id from unnest(${ids as string[]}::uuid[]) as given(id)
      union
      select r.subject_id from down join relation r on r.space_id = ${spaceId} and r.object_id = down.id
        and r.kind in ('part_of', 'located_in')
    ) select id from down`;
  return rows.map((row) => row.id);
}

export type Successor = {
  id: string;
  name: Record<string, string>;
  on: string | null;
  share: number | null;
  reason: string | null;
  relationId: string;
};

/** Who came after (`direction` 'after') or was there before, with the share of the old one's catchment. */
export async function lineOf(db: Db, spaceId: string, id: string, direction: 'after' | 'before'): Promise<Successor[]> {
  const [mine, other] =
    direction === 'after' ? (['object_id', 'subject_id'] as const) : (['subject_id', 'object_id'] as const);
  return await db<Successor[]>`select s.id, coalesce(n.name, '{}') as name, r.valid_from as "on", r.share, r.reason,
      r.id as "relationId"
    from relation r join subject s on s.space_id = r.space_id and s.id = r.${db(other)}
    left join lateral (select name from subject_name where space_id = s.space_id and subject_id = s.id
      order by valid_from desc nulls last, id desc limit 1) n on true
    where r.space_id = ${spaceId} and r.${db(mine)} = ${id} and r.kind = 'successor_of' and r.undone_at is null
    order by r.share desc nulls last, r.stated_at, r.id`;
}

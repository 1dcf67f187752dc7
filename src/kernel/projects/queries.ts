import type { Db } from '../../platform/db/index.ts';
import type { Precision, Text3 } from '../../platform/i18n/index.ts';

export const PARTY_ROLES = ['funder', 'implementer', 'partner', 'host'] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];
export const RESULT_LEVELS = ['impact', 'outcome', 'output'] as const;
export type ResultLevel = (typeof RESULT_LEVELS)[number];

export type ProjectRow = {
  id: string;
  /** Short and unique, as people say it: 'P6'. */
  code: string;
  /** In addresses of the public site. */
  slug: string;
  title: Text3;
  goal: Text3;
  summary: Text3;
  startsOn: string | null;
  /** Null while it runs. */
  endsOn: string | null;
  /** How exactly the two dates are known. */
  precision: Precision;
  /** What is uncertain about it, for the reader. */
  note: Text3;
  public: boolean;
  ordinal: number;
};
export type PartyRow = { projectId: string; organisationId: string; role: PartyRole };
export type ResultRow = {
  id: string;
  projectId: string;
  parentId: string | null;
  level: ResultLevel;
  ordinal: number;
  title: Text3;
  assumption: Text3;
};

const PROJECT = `id, code, slug, title, goal, summary, starts_on as "startsOn", ends_on as "endsOn", precision, note, public, ordinal`;
const RESULT = 'id, project_id as "projectId", parent_id as "parentId", level, ordinal, title, assumption';

export async function insertProject(tx: Db, spaceId: string, row: ProjectRow, by: string | null): Promise<void> {
  await tx`insert into project (space_id, id, code, slug, title, goal, summary, starts_on, ends_on, precision, note, public,
      ordinal, created_by)
    values (${spaceId}, ${row.id}, ${row.code}, ${row.slug}, ${tx.json(row.title)}, ${tx.json(row.goal)}, ${tx.json(row.summary)},
      ${row.startsOn}, ${row.endsOn}, ${row.precision}, ${tx.json(row.note)}, ${row.public}, ${row.ordinal}, ${by})`;
}

export async function updateProject(tx: Db, spaceId: string, row: ProjectRow): Promise<void> {
  await tx`update project set code = ${row.code}, title = ${tx.json(row.title)}, goal = ${tx.json(row.goal)},
      summary = ${tx.json(row.summary)}, starts_on = ${row.startsOn}, ends_on = ${row.endsOn}, precision = ${row.precision},
      note = ${tx.json(row.note)}, public = ${row.public}, ordinal = ${row.ordinal}
    where space_id = ${spaceId} and id = ${row.id}`;
}

/** Slugs of the space that begin so, to find a free one. */
export async function slugsLike(db: Db, spaceId: string, slug: string): Promise<string[]> {
  const rows = await db<
    { slug: string }[]
  >`select slug from project where space_id = ${spaceId} and starts_with(slug, ${slug})`;
  return rows.map((row) => row.slug);
}

export async function replaceParties(
  tx: Db,
  spaceId: string,
  projectId: string,
  parties: readonly Omit<PartyRow, 'projectId'>[],
): Promise<void> {
  await tx`delete from project_party where space_id = ${spaceId} and project_id = ${projectId}`;
  await tx`insert into project_party (space_id, project_id, organisation_id, role)
    select distinct ${spaceId}::uuid, ${projectId}::uuid, r."organisationId", r.role
    from jsonb_to_recordset(${tx.json(parties as never)}) as r("organisationId" uuid, role text)`;
}

export async function replacePlaces(
  tx: Db,
  spaceId: string,
  projectId: string,
  placeIds: readonly string[],
): Promise<void> {
  await tx`delete from project_place where space_id = ${spaceId} and project_id = ${projectId}`;
  await tx`insert into project_place (space_id, project_id, place_id)
    select distinct ${spaceId}::uuid, ${projectId}::uuid, id from unnest(${placeIds as string[]}::uuid[]) as id`;
}

export async function projectRows(db: Db, spaceId: string): Promise<ProjectRow[]> {
  return await db<ProjectRow[]>`select ${db.unsafe(PROJECT)} from project where space_id = ${spaceId}
    order by ordinal, starts_on nulls last, code limit 1000`;
}

/** By its id or slug. */
export async function projectRow(db: Db, spaceId: string, idOrSlug: string): Promise<ProjectRow | null> {
  const [row] = await db<ProjectRow[]>`select ${db.unsafe(PROJECT)} from project
    where space_id = ${spaceId} and (slug = ${idOrSlug} or id::text = ${idOrSlug})
    order by slug = ${idOrSlug} desc limit 1`;
  return row ?? null;
}

export async function partiesOf(db: Db, spaceId: string, projectIds: readonly string[]): Promise<PartyRow[]> {
  return await db<
    PartyRow[]
  >`select project_id as "projectId", organisation_id as "organisationId", role from project_party
    where space_id = ${spaceId} and project_id = any(${projectIds as string[]})`;
}

export async function placesOf(
  db: Db,
  spaceId: string,
  projectIds: readonly string[],
): Promise<{ projectId: string; placeId: string }[]> {
  return await db<{ projectId: string; placeId: string }[]>`select project_id as "projectId", place_id as "placeId"
    from project_place where space_id = ${spaceId} and project_id = any(${projectIds as string[]})`;
}

export async function insertResult(tx: Db, spaceId: string, row: ResultRow): Promise<void> {
  await tx`insert into result (space_id, id, project_id, parent_id, level, ordinal, title, assumption)
    values (${spaceId}, ${row.id}, ${row.projectId}, ${row.parentId}, ${row.level}, ${row.ordinal}, ${tx.json(row.title)},
      ${tx.json(row.assumption)})`;
}

export async function updateResult(tx: Db, spaceId: string, row: ResultRow): Promise<void> {
  await tx`update result set title = ${tx.json(row.title)}, assumption = ${tx.json(row.assumption)}, ordinal = ${row.ordinal}
    where space_id = ${spaceId} and id = ${row.id}`;
}

export async function resultsOf(db: Db, spaceId: string, projectId: string): Promise<ResultRow[]> {
  return await db<ResultRow[]>`select ${db.unsafe(RESULT)} from result
    where space_id = ${spaceId} and project_id = ${projectId} order by ordinal, id`;
}

export async function resultRow(db: Db, spaceId: string, id: string): Promise<ResultRow | null> {
  const [row] = await db<
    ResultRow[]
  >`select ${db.unsafe(RESULT)} from result where space_id = ${spaceId} and id = ${id}`;
  return row ?? null;
}

/** Which of these subjects are a party or a place of a project. */
export async function usedByProjects(db: Db, spaceId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select organisation_id as id from project_party where space_id = ${spaceId} and organisation_id = any(${ids as string[]})
    union select place_id from project_place where space_id = ${spaceId} and place_id = any(${ids as string[]})`;
  return rows.map((row) => row.id);
}

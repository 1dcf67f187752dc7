import type { Db } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';

/** One edition of a programme kind: the round of visits of spring 2016. Both days are included. */
export type Activity = {
  id: string;
  kind: string;
  title: Text3;
  startsOn: string;
  endsOn: string;
  /** The kind's own; the kind checks it. */
  settings: Readonly<Record<string, unknown>>;
  projectIds: string[];
  createdAt: Date;
};

const COLUMNS = `a.id, a.kind, a.title, a.starts_on as "startsOn", a.ends_on as "endsOn", a.settings,
  (select coalesce(array_agg(p.project_id order by p.project_id), '{}') from activity_project p
   where p.space_id = a.space_id and p.activity_id = a.id) as "projectIds", a.created_at as "createdAt"`;

export async function insertActivity(
  tx: Db,
  spaceId: string,
  row: Omit<Activity, 'projectIds' | 'createdAt'>,
  by: string | null,
): Promise<void> {
  await tx`insert into activity (space_id, id, kind, title, starts_on, ends_on, settings, created_by)
    values (${spaceId}, ${row.id}, ${row.kind}, ${tx.json(row.title)}, ${row.startsOn}, ${row.endsOn},
      ${tx.json(row.settings as never)}, ${by})`;
}

export async function updateActivity(tx: Db, spaceId: string, row: Activity): Promise<void> {
  await tx`update activity set title = ${tx.json(row.title)}, starts_on = ${row.startsOn}, ends_on = ${row.endsOn},
    settings = ${tx.json(row.settings as never)} where space_id = ${spaceId} and id = ${row.id}`;
}

export async function replaceProjects(
  tx: Db,
  spaceId: string,
  id: string,
  projectIds: readonly string[],
): Promise<void> {
  await tx`delete from activity_project where space_id = ${spaceId} and activity_id = ${id}`;
  await tx`insert into activity_project (space_id, activity_id, project_id)
    select distinct ${spaceId}::uuid, ${id}::uuid, p from unnest(${projectIds as string[]}::uuid[]) as p`;
}

/** Null for one that the space does not have. */
export async function activity(db: Db, spaceId: string, id: string): Promise<Activity | null> {
  const [row] = await db<
    Activity[]
  >`select ${db.unsafe(COLUMNS)} from activity a where a.space_id = ${spaceId} and a.id = ${id}`;
  return row ?? null;
}

/** The activities of a project, the latest first. */
export async function activitiesOf(db: Db, spaceId: string, projectId: string): Promise<Activity[]> {
  return await db<Activity[]>`select ${db.unsafe(COLUMNS)} from activity_project x
    join activity a on a.space_id = x.space_id and a.id = x.activity_id
    where x.space_id = ${spaceId} and x.project_id = ${projectId} order by a.starts_on desc, a.id desc`;
}

/** The activities of the space, or of one kind, the latest first. */
export async function activities(db: Db, spaceId: string, filter: { kind?: string } = {}): Promise<Activity[]> {
  return await db<Activity[]>`select ${db.unsafe(COLUMNS)} from activity a where a.space_id = ${spaceId}
    ${filter.kind ? db`and a.kind = ${filter.kind}` : db``} order by a.starts_on desc, a.id desc limit 500`;
}

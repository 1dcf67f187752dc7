import type { Db } from '../../platform/db/index.ts';

/** The activities of a project. */
export async function activitiesOf(db: Db, spaceId: string, projectId: string): Promise<readonly { id: string }[]> {
  return await db<{ id: string }[]>`select activity_id as id from activity_project
    where space_id = ${spaceId} and project_id = ${projectId} order by activity_id`;
}

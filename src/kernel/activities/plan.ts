import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { project } from '../projects/index.ts';
import type { By } from '../subjects/index.ts';
import { type Activity, activity, insertActivity, replaceProjects, updateActivity } from './queries.ts';

export type ActivityGiven = {
  readonly kind: string;
  readonly title: Text3;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly projectIds: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
};

/** Plans an edition of a programme inside one or more projects. @returns its id @throws Problem 404 for a project; 422 activities.noTitle, activities.datesTurned */
export async function planActivity(db: Db, by: By, given: ActivityGiven): Promise<string> {
  const row = { id: uuidv7(), settings: {}, ...given };
  check(row);
  return await transaction(db, async (tx) => {
    await insertActivity(tx, by.spaceId, row, by.accountId);
    await putProjects(tx, by, row.id, given.projectIds);
    await line(tx, by, 'activity.plan', row.id, { kind: row.kind, projects: given.projectIds });
    return row.id;
  });
}

/** Changes what is given; settings are replaced as a whole. @throws as planActivity */
export async function editActivity(
  db: Db,
  by: By,
  id: string,
  given: Partial<Omit<ActivityGiven, 'kind'>>,
): Promise<void> {
  await transaction(db, async (tx) => {
    const before = await activity(tx, by.spaceId, id);
    if (!before) throw notFound(id);
    const row: Activity = {
      ...before,
      title: given.title ?? before.title,
      startsOn: given.startsOn ?? before.startsOn,
      endsOn: given.endsOn ?? before.endsOn,
      settings: given.settings ?? before.settings,
    };
    check(row);
    await updateActivity(tx, by.spaceId, row);
    if (given.projectIds) await putProjects(tx, by, id, given.projectIds);
    await line(tx, by, 'activity.edit', id, { changed: Object.keys(given) });
  });
}

function check(row: Pick<Activity, 'title' | 'startsOn' | 'endsOn'>): void {
  if (!Object.values(row.title).some(Boolean))
    throw new Problem(422, 'activities.noTitle', {}, [{ at: 'title', key: 'activities.noTitle' }]);
  if (row.endsOn < row.startsOn)
    throw new Problem(422, 'activities.datesTurned', {}, [{ at: 'endsOn', key: 'activities.datesTurned' }]);
}

async function putProjects(tx: Db, by: By, id: string, projectIds: readonly string[]): Promise<void> {
  for (const projectId of projectIds) if (!(await project(tx, by.spaceId, projectId))) throw notFound(projectId);
  await replaceProjects(tx, by.spaceId, id, projectIds);
}

async function line(tx: Db, by: By, action: string, id: string, details: Record<string, unknown>): Promise<void> {
  await audit(tx, { spaceId: by.spaceId, actorId: by.accountId, action, thingKind: 'activity', thingId: id, details });
}

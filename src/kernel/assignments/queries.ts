import type { Db } from '../../platform/db/index.ts';
import type { Assignment, ConflictOfInterest } from './assignment.ts';

const COLUMNS = `id, activity_id as "activityId", actor_id as "actorId", role, subject_id as "subjectId", form_id as "formId",
  window_from as "from", window_to as "to", conflict, conflict is not null and not conflict ? 'allowedBy' as blocked,
  created_at as "createdAt", created_by as "createdBy", cancelled_at as "cancelledAt"`;

export type NewRow = Pick<
  Assignment,
  'id' | 'activityId' | 'actorId' | 'role' | 'subjectId' | 'formId' | 'from' | 'to'
>;

export async function insertAssignments(
  tx: Db,
  spaceId: string,
  rows: readonly NewRow[],
  by: string | null,
  at: Date,
): Promise<void> {
  const column = (name: keyof NewRow): string[] => rows.map((row) => row[name]);
  await tx`insert into assignment (space_id, id, activity_id, actor_id, role, subject_id, form_id, window_from, window_to, created_at, created_by)
    select ${spaceId}, given.*, ${at}::timestamptz, ${by}::uuid from unnest(${column('id')}::uuid[], ${column('activityId')}::uuid[],
      ${column('actorId')}::uuid[], ${column('role')}::text[], ${column('subjectId')}::uuid[], ${column('formId')}::uuid[],
      ${column('from')}::date[], ${column('to')}::date[]) as given`;
}

export async function assignmentById(
  db: Db,
  spaceId: string,
  id: string,
  lock = false,
): Promise<Assignment | undefined> {
  const [found] = await db<Assignment[]>`select ${db.unsafe(COLUMNS)} from assignment
    where space_id = ${spaceId} and id = ${id} ${lock ? db`for update` : db``}`;
  return found;
}

/** What is asked of a person in windows that touch the days given, soonest due first. */
export async function ofActor(
  db: Db,
  spaceId: string,
  actorId: string,
  from: string,
  to: string,
): Promise<readonly Assignment[]> {
  return await db<Assignment[]>`select ${db.unsafe(COLUMNS)} from assignment
    where space_id = ${spaceId} and actor_id = ${actorId} and cancelled_at is null and window_to >= ${from} and window_from <= ${to}
    order by window_to, window_from, id`;
}

/** All of an activity, cancelled ones too when asked for, soonest due first. */
export async function inActivity(
  db: Db,
  spaceId: string,
  activityId: string,
  cancelled: boolean,
): Promise<readonly Assignment[]> {
  return await db<Assignment[]>`select ${db.unsafe(COLUMNS)} from assignment
    where space_id = ${spaceId} and activity_id = ${activityId} ${cancelled ? db`` : db`and cancelled_at is null`}
    order by window_to, window_from, id`;
}

/** Standing assignments of a person about a subject on a day, for this form: what a record answers. */
export async function matching(
  db: Db,
  spaceId: string,
  given: { actorId: string; subjectId: string; formId: string },
): Promise<readonly Assignment[]> {
  return await db<Assignment[]>`select ${db.unsafe(COLUMNS)} from assignment
    where space_id = ${spaceId} and actor_id = ${given.actorId} and subject_id = ${given.subjectId} and form_id = ${given.formId}
      and cancelled_at is null
    order by window_to, id`;
}

export async function markCancelled(tx: Db, spaceId: string, id: string, by: string | null): Promise<void> {
  await tx`update assignment set cancelled_at = now(), cancelled_by = ${by} where space_id = ${spaceId} and id = ${id}`;
}

export async function markReopened(tx: Db, spaceId: string, id: string): Promise<void> {
  await tx`update assignment set cancelled_at = null, cancelled_by = null where space_id = ${spaceId} and id = ${id}`;
}

export async function setWindow(tx: Db, spaceId: string, id: string, from: string, to: string): Promise<void> {
  await tx`update assignment set window_from = ${from}, window_to = ${to} where space_id = ${spaceId} and id = ${id}`;
}

export async function setConflict(
  tx: Db,
  spaceId: string,
  id: string,
  conflict: ConflictOfInterest | null,
): Promise<void> {
  await tx`update assignment set conflict = ${conflict ? tx.json(conflict as never) : null} where space_id = ${spaceId} and id = ${id}`;
}

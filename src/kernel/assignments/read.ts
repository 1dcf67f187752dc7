import type { Db } from '../../platform/db/index.ts';
import { currentRecords, type RecordRow } from '../records/index.ts';
import type { Assignment } from './assignment.ts';
import { assignmentById, inActivity, matching, ofActor } from './queries.ts';

/** An assignment and the record that it stands on now, if one came. */
export type Task = Assignment & { readonly record: RecordRow | null };

/** One assignment with its record; null when the space has none of this id. */
export async function assignment(db: Db, spaceId: string, id: string): Promise<Task | null> {
  const found = await assignmentById(db, spaceId, id);
  return found ? ((await withRecords(db, spaceId, [found]))[0] ?? null) : null;
}

/**
 * What is asked of a person in windows that touch the days from–to ('YYYY-MM-DD'), soonest due first: today's tasks are those of
 * from = to = today that have no record. Blocked ones are among them, marked.
 */
export async function assignmentsOf(
  db: Db,
  spaceId: string,
  actorId: string,
  from: string,
  to: string,
): Promise<readonly Task[]> {
  return await withRecords(db, spaceId, await ofActor(db, spaceId, actorId, from, to));
}

/** The assignments of an activity, soonest due first; `cancelled: true` shows those too. */
export async function assignmentsIn(
  db: Db,
  spaceId: string,
  activityId: string,
  options: { readonly cancelled?: boolean } = {},
): Promise<readonly Task[]> {
  return await withRecords(db, spaceId, await inActivity(db, spaceId, activityId, options.cancelled ?? false));
}

/**
 * The assignment that a record of this person, subject, form and day answers: the one whose window holds the day, else the nearest
 * window; null when the person was not asked.
 */
export async function assignmentFor(
  db: Db,
  spaceId: string,
  given: { readonly actorId: string; readonly subjectId: string; readonly formId: string; readonly day: string },
): Promise<Assignment | null> {
  const rows = await matching(db, spaceId, given);
  const distance = (one: Assignment): number => {
    if (given.day < one.from) return days(given.day, one.from);
    return given.day > one.to ? days(one.to, given.day) : 0;
  };
  return [...rows].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

function days(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

async function withRecords(db: Db, spaceId: string, rows: readonly Assignment[]): Promise<readonly Task[]> {
  const records = await currentRecords(
    db,
    spaceId,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, record: records.get(row.id) ?? null }));
}

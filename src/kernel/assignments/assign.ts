import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import type { Actor } from '../access/index.ts';
import type { Assignment } from './assignment.ts';
import { assignmentById, insertAssignments, markCancelled, markReopened, setConflict, setWindow } from './queries.ts';

type By = Pick<Actor, 'accountId'> | null;

export type NewAssignment = Pick<
  Assignment,
  'activityId' | 'actorId' | 'role' | 'subjectId' | 'formId' | 'from' | 'to'
>;

/** Asks one person. @throws Problem 422 assignments.wrongWindow when the last day is before the first */
export async function assign(
  db: Db,
  actor: By,
  spaceId: string,
  given: NewAssignment,
  at: Date = new Date(),
): Promise<string> {
  const [id] = await assignAll(db, actor, spaceId, [given], at);
  return id!;
}

/** Asks many at once, in one statement: a round of visits. Gives the ids in the order of what was given. */
export async function assignAll(
  db: Db,
  actor: By,
  spaceId: string,
  given: readonly NewAssignment[],
  at: Date = new Date(),
): Promise<readonly string[]> {
  const late = given.find((one) => one.to < one.from);
  if (late) throw wrongWindow(late.from, late.to);
  if (given.length === 0) return [];
  const rows = given.map((one) => ({ ...one, id: uuidv7(at.getTime()) }));
  await transaction(db, async (tx) => {
    await insertAssignments(tx, spaceId, rows, actor?.accountId ?? null, at);
    for (const activityId of new Set(given.map((one) => one.activityId)))
      await audit(tx, {
        spaceId,
        actorId: actor?.accountId ?? null,
        action: 'assignment.assign',
        thingKind: 'activity',
        thingId: activityId,
        details: { assignments: given.filter((one) => one.activityId === activityId).length },
      });
  });
  return rows.map((row) => row.id);
}

/** Takes the request back; what was recorded stays. @throws Problem 404, 409 assignments.cancelled */
export async function cancelAssignment(db: Db, actor: By, spaceId: string, id: string): Promise<void> {
  await changed(db, actor, spaceId, id, 'assignment.cancel', {}, (tx) =>
    markCancelled(tx, spaceId, id, actor?.accountId ?? null),
  );
}

/** Asks again what was taken back. @throws Problem 404, 409 assignments.notCancelled */
export async function reopenAssignment(db: Db, actor: By, spaceId: string, id: string): Promise<Assignment> {
  return await transaction(db, async (tx) => {
    const assignment = await assignmentById(tx, spaceId, id, true);
    if (!assignment) throw notFound('assignment');
    if (!assignment.cancelledAt) throw new Problem(409, 'assignments.notCancelled');
    await markReopened(tx, spaceId, id);
    await audit(tx, {
      spaceId,
      actorId: actor?.accountId ?? null,
      action: 'assignment.reopen',
      thingKind: 'assignment',
      thingId: id,
    });
    return assignment;
  });
}

/** Gives other days. @throws Problem 404, 409 assignments.cancelled, 422 assignments.wrongWindow */
export async function moveAssignment(
  db: Db,
  actor: By,
  spaceId: string,
  id: string,
  window: { readonly from: string; readonly to: string },
): Promise<void> {
  if (window.to < window.from) throw wrongWindow(window.from, window.to);
  await changed(db, actor, spaceId, id, 'assignment.move', window, (tx) =>
    setWindow(tx, spaceId, id, window.from, window.to),
  );
}

/**
 * States why the person should perhaps not do this (a relative works there). From then on it is blocked until somebody lets it
 * pass. Stating it again replaces the reason, and a permission falls.
 * @throws Problem 404, 409 assignments.cancelled, 422 assignments.reasonNeeded
 */
export async function stateConflict(
  db: Db,
  actor: Pick<Actor, 'accountId'>,
  spaceId: string,
  id: string,
  reason: string,
  at: Date = new Date(),
): Promise<void> {
  const stated = { reason: reasonOf(reason), statedBy: actor.accountId, statedAt: at.toISOString() };
  await changed(db, actor, spaceId, id, 'assignment.stateConflict', {}, (tx) => setConflict(tx, spaceId, id, stated));
}

/**
 * Lets a stated conflict pass, with a reason. Nobody lets their own pass: neither who stated it for themselves nor who is asked.
 * @throws Problem 404, 409 assignments.noConflict, 403 assignments.secondPerson, 422 assignments.reasonNeeded
 */
export async function allowConflict(
  db: Db,
  actor: Pick<Actor, 'accountId'>,
  spaceId: string,
  id: string,
  reason: string,
  at: Date = new Date(),
): Promise<void> {
  const allowedReason = reasonOf(reason);
  await changed(db, actor, spaceId, id, 'assignment.allowConflict', {}, async (tx, assignment) => {
    if (!assignment.conflict) throw new Problem(409, 'assignments.noConflict');
    if (assignment.actorId === actor.accountId) throw new Problem(403, 'assignments.secondPerson');
    const allowed = { allowedBy: actor.accountId, allowedAt: at.toISOString(), allowedReason };
    await setConflict(tx, spaceId, id, { ...assignment.conflict, ...allowed });
  });
}

async function changed(
  db: Db,
  actor: By,
  spaceId: string,
  id: string,
  action: string,
  details: Readonly<Record<string, unknown>>,
  work: (tx: Db, assignment: Assignment) => Promise<void>,
): Promise<void> {
  await transaction(db, async (tx) => {
    const assignment = await assignmentById(tx, spaceId, id, true);
    if (!assignment) throw notFound('assignment');
    if (assignment.cancelledAt) throw new Problem(409, 'assignments.cancelled');
    await work(tx, assignment);
    await audit(tx, {
      spaceId,
      actorId: actor?.accountId ?? null,
      action,
      thingKind: 'assignment',
      thingId: id,
      details,
    });
  });
}

function reasonOf(given: string): string {
  const reason = given.trim();
  if (!reason)
    throw new Problem(422, 'assignments.reasonNeeded', {}, [{ at: 'reason', key: 'assignments.reasonNeeded' }]);
  return reason;
}

const wrongWindow = (from: string, to: string): Problem => new Problem(422, 'assignments.wrongWindow', { from, to });

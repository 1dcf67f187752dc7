import type { Actor } from '../../kernel/access/index.ts';
import { planActivity } from '../../kernel/activities/index.ts';
import {
  assignAll,
  cancelAssignment,
  moveAssignment,
  reopenAssignment,
  stateConflict,
} from '../../kernel/assignments/index.ts';
import { start, step } from '../../kernel/flow/index.ts';
import { formOfKey, publishedForms } from '../../kernel/forms/index.ts';
import { ancestorsOf, existsAt, subjects } from '../../kernel/subjects/index.ts';
import { type Db, transaction } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import { visitFlow } from './flows.ts';
import { VISIT_FORM } from './keys.ts';

export type RoundPlan = {
  readonly title: Text3;
  readonly projectIds: readonly string[];
  readonly facilityIds: readonly string[];
  /** Accounts of monitors with the places that they know, nearest first, so that each gets what lies near. */
  readonly monitors: readonly { readonly accountId: string; readonly placeIds: readonly string[] }[];
  readonly from: string;
  readonly to: string;
};

/**
 * Plans a round from a list: the activity, one assignment for each facility, every visit at the beginning of its flow.
 * @returns the activity and its assignments in the order of the facilities
 * @throws Problem 422 oversight.round.noFacilities, noMonitors, noForm; 422 oversight.round.gone for a facility that is not there then
 */
export async function planRound(
  db: Db,
  by: Actor,
  plan: RoundPlan,
  at: Date = new Date(),
): Promise<{ activityId: string; assignmentIds: readonly string[] }> {
  const { spaceId } = by;
  if (plan.facilityIds.length === 0)
    throw new Problem(422, 'oversight.round.noFacilities', {}, [
      { at: 'facilities', key: 'oversight.round.noFacilities' },
    ]);
  if (plan.monitors.length === 0)
    throw new Problem(422, 'oversight.round.noMonitors', {}, [{ at: 'monitors', key: 'oversight.round.noMonitors' }]);
  return await transaction(db, async (tx) => {
    const form = await formOfKey(tx, spaceId, VISIT_FORM);
    const offered = (await publishedForms(tx, spaceId)).some((version) => version.formId === form?.id);
    if (!form || !offered) throw new Problem(422, 'oversight.round.noForm');
    const known = await subjects(tx, spaceId, plan.facilityIds, plan.from);
    const gone = plan.facilityIds.find((id) => !known.has(id) || !existsAt(known.get(id)!, plan.from));
    if (gone)
      throw new Problem(422, 'oversight.round.gone', { day: plan.from }, [
        { at: 'facilities', key: 'oversight.round.gone', details: { day: plan.from } },
      ]);
    const above = await ancestorsOf(tx, spaceId, plan.facilityIds, plan.from);
    const places = plan.facilityIds.map((id) => (above.get(id) ?? []).map((place) => place.id));
    const chosen = share(places, plan.monitors);
    const activityId = await planActivity(tx, by, {
      kind: 'oversight',
      title: plan.title,
      startsOn: plan.from,
      endsOn: plan.to,
      projectIds: plan.projectIds,
    });
    const assignmentIds = await assignAll(
      tx,
      by,
      spaceId,
      plan.facilityIds.map((subjectId, i) => ({
        activityId,
        actorId: chosen[i]!,
        role: 'monitor',
        subjectId,
        formId: form.id,
        from: plan.from,
        to: plan.to,
      })),
      at,
    );
    for (const thingId of assignmentIds)
      await start(tx, visitFlow, { spaceId, thingId, actor: by, deadline: plan.to, at });
    return { activityId, assignmentIds };
  });
}

/**
 * Gives each facility a monitor: whoever has the least so far among those who know the nearest place. Pure, and the same for the same
 * lists, so that the preview is what will be planned.
 */
export function share(
  facilityPlaces: readonly (readonly string[])[],
  monitors: RoundPlan['monitors'],
): readonly string[] {
  const load = new Map(monitors.map((monitor) => [monitor.accountId, 0]));
  return facilityPlaces.map((places) => {
    const distance = (known: readonly string[]): number => {
      const found = places.findIndex((place) => known.includes(place));
      return found < 0 ? Number.MAX_SAFE_INTEGER : found;
    };
    const [best] = [...monitors].sort(
      (a, b) => distance(a.placeIds) - distance(b.placeIds) || load.get(a.accountId)! - load.get(b.accountId)!,
    );
    load.set(best!.accountId, load.get(best!.accountId)! + 1);
    return best!.accountId;
  });
}

type OneVisit = { readonly assignmentId: string; readonly by: Actor; readonly at?: Date };

/** The facility has agreed to a day: its window becomes that day when one is given. */
export async function agreeVisit(db: Db, given: OneVisit & { readonly day?: string }): Promise<void> {
  await transaction(db, async (tx) => {
    const { spaceId } = given.by;
    await step(tx, visitFlow, {
      spaceId,
      thingId: given.assignmentId,
      event: 'agree',
      actor: given.by,
      ...(given.day && { deadline: given.day, details: { day: given.day } }),
      ...(given.at && { at: given.at }),
    });
    if (given.day) await moveAssignment(tx, given.by, spaceId, given.assignmentId, { from: given.day, to: given.day });
  });
}

/** Takes a visit out of the round before it was made. */
export async function cancelVisit(db: Db, given: OneVisit & { readonly reason: string }): Promise<void> {
  await transaction(db, async (tx) => {
    const { spaceId } = given.by;
    await step(tx, visitFlow, {
      spaceId,
      thingId: given.assignmentId,
      event: 'cancel',
      actor: given.by,
      reason: given.reason,
      ...(given.at && { at: given.at }),
    });
    await cancelAssignment(tx, given.by, spaceId, given.assignmentId);
  });
}

/** Takes a cancelled visit into the round again, in the window that it had; its day is agreed anew. */
export async function reopenVisit(db: Db, given: OneVisit): Promise<void> {
  await transaction(db, async (tx) => {
    const { spaceId } = given.by;
    const task = await reopenAssignment(tx, given.by, spaceId, given.assignmentId);
    await step(tx, visitFlow, {
      spaceId,
      thingId: given.assignmentId,
      event: 'reopen',
      actor: given.by,
      deadline: task.to,
      ...(given.at && { at: given.at }),
    });
  });
}

/** A monitor or coordinator says why this monitor should not go there. */
export async function stateVisitConflict(db: Db, given: OneVisit & { readonly reason: string }): Promise<void> {
  await stateConflict(db, given.by, given.by.spaceId, given.assignmentId, given.reason, given.at);
}

import { type Db, transaction } from '../../platform/db/index.ts';
import type { Flow, Transition } from './flow.ts';
import { countsByState, eventsOf, type FlowEvent, type FlowNow, nowBefore, nowOf, rewriteNow } from './queries.ts';
import { mayTake, type Stepper } from './step.ts';

/** Where one thing stands; null when its flow has not begun. */
export async function stateOf(db: Db, flow: Flow, spaceId: string, thingId: string): Promise<FlowNow | null> {
  const [now] = await nowOf(db, spaceId, flow.name, [thingId]);
  return now ?? null;
}

/** Where many things stand, by thing; those whose flow has not begun are absent. */
export async function statesOf(
  db: Db,
  flow: Flow,
  spaceId: string,
  thingIds: readonly string[],
): Promise<ReadonlyMap<string, FlowNow>> {
  if (thingIds.length === 0) return new Map();
  return new Map((await nowOf(db, spaceId, flow.name, thingIds)).map((now) => [now.thingId, now]));
}

/** Every step of a thing, oldest first. */
export async function historyOf(db: Db, flow: Flow, spaceId: string, thingId: string): Promise<readonly FlowEvent[]> {
  return await eventsOf(db, spaceId, flow.name, thingId);
}

/** How many things stand in each state; a state with none counts 0. */
export async function countStates(db: Db, flow: Flow, spaceId: string): Promise<Readonly<Record<string, number>>> {
  const counts = Object.fromEntries(flow.states.map((state) => [state, 0]));
  for (const { state, count } of await countsByState(db, spaceId, flow.name)) counts[state] = count;
  return counts;
}

/** Things whose next step was due before this day ('YYYY-MM-DD'), longest overdue first. */
export async function overdue(db: Db, flow: Flow, spaceId: string, day: string): Promise<readonly FlowNow[]> {
  return await nowBefore(db, spaceId, flow.name, day);
}

/** The steps that a page may offer this person now. `history` is what `historyOf` gave. */
export function possibleSteps(
  flow: Flow,
  state: string,
  actor: Stepper,
  history: readonly FlowEvent[],
): readonly Transition[] {
  return flow.transitions.filter((arrow) => {
    if (!arrow.from.includes(state) || !mayTake(arrow, actor)) return false;
    if (!arrow.notBy || actor === 'system') return true;
    return history.findLast((event) => event.event === arrow.notBy)?.byId !== actor.accountId;
  });
}

/** Writes `flow_now` of a space again from the events; gives the number of things. */
export async function rebuildFlowNow(db: Db, spaceId: string): Promise<number> {
  return await transaction(db, (tx) => rewriteNow(tx, spaceId));
}

import { audit } from '../../platform/audit/index.ts';
import { type Db, uuidv7 } from '../../platform/db/index.ts';
import { countryDay } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import type { Actor } from '../access/index.ts';
import type { Flow, Transition } from './flow.ts';
import { type FlowNow, lastBy, nowForUpdate, writeStep } from './queries.ts';

/** A person with rights, or 'system' for what follows from a record or a time-out. */
export type Stepper = Actor | 'system';

export type Start = {
  readonly spaceId: string;
  readonly thingId: string;
  readonly actor: Stepper;
  /** The day by which the first step is due. */
  readonly deadline?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** For history that is entered later; now, without it. */
  readonly at?: Date;
};

export type Step = Start & {
  readonly event: string;
  readonly reason?: string | null;
};

/** Puts a thing at the beginning of its flow. @throws Problem 409 flow.startedAlready */
export async function start(tx: Db, flow: Flow, given: Start): Promise<FlowNow> {
  return await write(tx, flow, given, { event: 'start', from: '', to: flow.initial, seq: 0, reason: null });
}

/**
 * Makes one step, with its audit line. A `deadline` that is given goes before the one of the flow's table.
 * @throws Problem 404 flow.notStarted, 409 flow.notFromHere (the table has no such arrow from this state),
 *   403 flow.notYours (wrong role), 403 flow.secondPerson (the same person as `notBy`), 422 flow.reasonNeeded
 */
export async function step(tx: Db, flow: Flow, given: Step): Promise<FlowNow> {
  const now = await nowForUpdate(tx, given.spaceId, flow.name, given.thingId);
  if (!now) throw new Problem(404, 'flow.notStarted', { flow: flow.name });
  const arrow = arrowFor(flow, now.state, given.event, given.actor);
  if (arrow.notBy && given.actor !== 'system') {
    const before = await lastBy(tx, given.spaceId, flow.name, given.thingId, arrow.notBy);
    if (before === given.actor.accountId) throw new Problem(403, 'flow.secondPerson', { event: given.event });
  }
  const reason = given.reason?.trim() || null;
  if (arrow.needsReason && !reason)
    throw new Problem(422, 'flow.reasonNeeded', { event: given.event }, [{ at: 'reason', key: 'flow.reasonNeeded' }]);
  const at = given.at ?? new Date();
  const deadline = given.deadline ?? (arrow.deadlineDays === undefined ? undefined : daysAfter(at, arrow.deadlineDays));
  return await write(tx, flow, deadline === undefined ? { ...given, at } : { ...given, at, deadline }, {
    event: given.event,
    from: now.state,
    to: arrow.to,
    seq: now.seq + 1,
    reason,
  });
}

/** The arrow that this person may take. @throws Problem 409 flow.notFromHere, 403 flow.notYours */
function arrowFor(flow: Flow, state: string, event: string, actor: Stepper): Transition {
  const arrows = flow.transitions.filter((arrow) => arrow.event === event && arrow.from.includes(state));
  if (arrows.length === 0) throw new Problem(409, 'flow.notFromHere', { flow: flow.name, event, state });
  const mine = arrows.find((arrow) => mayTake(arrow, actor));
  if (!mine) throw new Problem(403, 'flow.notYours', { flow: flow.name, event });
  return mine;
}

/** Whether the role suffices; the second person is a matter of the thing's history. */
export function mayTake(arrow: Transition, actor: Stepper): boolean {
  return arrow.who.some((who) => (actor === 'system' ? who === 'system' : actor.roles.some((role) => role === who)));
}

type Move = { event: string; from: string; to: string; seq: number; reason: string | null };

async function write(tx: Db, flow: Flow, given: Start, move: Move): Promise<FlowNow> {
  const byId = given.actor === 'system' ? null : given.actor.accountId;
  const at = given.at ?? new Date();
  const deadline = given.deadline ?? null;
  const written = await writeStep(tx, given.spaceId, flow.name, given.thingId, {
    id: uuidv7(),
    seq: move.seq,
    event: move.event,
    fromState: move.from,
    toState: move.to,
    at,
    byId,
    reason: move.reason,
    details: given.details ?? {},
    deadline,
  });
  if (!written) throw new Problem(409, 'flow.startedAlready', { flow: flow.name });
  await audit(tx, {
    spaceId: given.spaceId,
    actorId: byId,
    action: `${flow.name}.${move.event}`,
    thingKind: flow.name,
    thingId: given.thingId,
    details: { from: move.from, to: move.to, ...(move.reason ? { reason: move.reason } : {}) },
  });
  return { thingId: given.thingId, state: move.to, since: at, byId, deadline, seq: move.seq };
}

/** The day in the country (UTC+6) that lies so many days after a moment. */
function daysAfter(at: Date, days: number): string {
  return countryDay(at, days);
}

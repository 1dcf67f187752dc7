import type { Db, Tx } from '../../platform/db/index.ts';

/** Where a thing stands. `deadline` is the day ('YYYY-MM-DD') by which its next step is due. */
export type FlowNow = {
  readonly thingId: string;
  readonly state: string;
  readonly since: Date;
  readonly byId: string | null;
  readonly deadline: string | null;
  readonly seq: number;
};

/** One step that was made. The first one has event 'start' and an empty `fromState`. */
export type FlowEvent = {
  readonly id: string;
  readonly seq: number;
  readonly event: string;
  readonly fromState: string;
  readonly toState: string;
  readonly at: Date;
  readonly byId: string | null;
  readonly reason: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly deadline: string | null;
};

const NOW = 'thing_id as "thingId", state, since, by_id as "byId", deadline, seq';
const EVENT =
  'id, seq, event, from_state as "fromState", to_state as "toState", at, by_id as "byId", reason, details, deadline';

/** Keeps the row until the transaction ends, so that two steps of one thing follow each other. */
export async function nowForUpdate(
  tx: Db,
  spaceId: string,
  flow: string,
  thingId: string,
): Promise<FlowNow | undefined> {
  const [now] = await tx<FlowNow[]>`select ${tx.unsafe(NOW)} from flow_now
    where space_id = ${spaceId} and flow = ${flow} and thing_id = ${thingId} for update`;
  return now;
}

export async function nowOf(
  db: Db,
  spaceId: string,
  flow: string,
  thingIds: readonly string[],
): Promise<readonly FlowNow[]> {
  return await db<FlowNow[]>`select ${db.unsafe(NOW)} from flow_now
    where space_id = ${spaceId} and flow = ${flow} and thing_id = any(${thingIds as string[]}::uuid[])`;
}

export async function nowBefore(db: Db, spaceId: string, flow: string, day: string): Promise<readonly FlowNow[]> {
  return await db<FlowNow[]>`select ${db.unsafe(NOW)} from flow_now
    where space_id = ${spaceId} and flow = ${flow} and deadline < ${day} order by deadline, thing_id`;
}

export async function countsByState(
  db: Db,
  spaceId: string,
  flow: string,
): Promise<readonly { state: string; count: number }[]> {
  return await db<{ state: string; count: number }[]>`select state, count(*)::int as count from flow_now
    where space_id = ${spaceId} and flow = ${flow} group by state`;
}

export async function eventsOf(db: Db, spaceId: string, flow: string, thingId: string): Promise<readonly FlowEvent[]> {
  return await db<FlowEvent[]>`select ${db.unsafe(EVENT)} from flow_event
    where space_id = ${spaceId} and flow = ${flow} and thing_id = ${thingId} order by seq`;
}

/** Who made the latest step of this name. */
export async function lastBy(
  db: Db,
  spaceId: string,
  flow: string,
  thingId: string,
  event: string,
): Promise<string | null> {
  const [row] = await db<{ byId: string | null }[]>`select by_id as "byId" from flow_event
    where space_id = ${spaceId} and flow = ${flow} and thing_id = ${thingId} and event = ${event}
    order by seq desc limit 1`;
  return row?.byId ?? null;
}

/** Writes the step and where the thing now stands. False when the thing has a step of this number already. */
export async function writeStep(
  tx: Db,
  spaceId: string,
  flow: string,
  thingId: string,
  step: FlowEvent,
): Promise<boolean> {
  const written = await tx`
    with event as (
      insert into flow_event (space_id, id, flow, thing_id, seq, event, from_state, to_state, at, by_id, reason, details, deadline)
      values (${spaceId}, ${step.id}, ${flow}, ${thingId}, ${step.seq}, ${step.event}, ${step.fromState}, ${step.toState},
        ${step.at}, ${step.byId}, ${step.reason}, ${tx.json(step.details as never)}, ${step.deadline})
      on conflict (space_id, flow, thing_id, seq) do nothing
      returning *)
    insert into flow_now (space_id, flow, thing_id, state, since, by_id, deadline, seq)
    select space_id, flow, thing_id, to_state, at, by_id, deadline, seq from event
    on conflict (space_id, flow, thing_id) do update
      set state = excluded.state, since = excluded.since, by_id = excluded.by_id, deadline = excluded.deadline, seq = excluded.seq
    returning 1`;
  return written.length === 1;
}

export async function rewriteNow(tx: Tx, spaceId: string): Promise<number> {
  await tx`delete from flow_now where space_id = ${spaceId}`;
  const rows = await tx`insert into flow_now (space_id, flow, thing_id, state, since, by_id, deadline, seq)
    select distinct on (flow, thing_id) space_id, flow, thing_id, to_state, at, by_id, deadline, seq from flow_event
    where space_id = ${spaceId} order by flow, thing_id, seq desc returning 1`;
  return rows.length;
}

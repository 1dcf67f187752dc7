import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import type { Actor, Role } from '../../kernel/access/index.ts';
import { type Flow, type Stepper, start, stateOf, step, type Transition } from '../../kernel/flow/index.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import { Problem } from '../../platform/problem.ts';
import { problemFlow, visitFlow } from './flows.ts';

const spaceId = uuidv7();
let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const person = (role: Role): Actor => ({
  accountId: uuidv7(),
  spaceId,
  name: role,
  roles: [role],
  organisationId: null,
  personId: null,
});
const WHO: Readonly<Record<string, Stepper>> = {
  coordinator: person('coordinator'),
  reviewer: person('reviewer'),
  field_worker: person('field_worker'),
  partner: person('partner'),
  funder: person('funder'),
  auditor: person('auditor'),
  system: 'system',
};

/** Arrows that lead to a state, the shortest way. */
function way(flow: Flow, to: string): readonly Transition[] {
  const known = new Map<string, readonly Transition[]>([[flow.initial, []]]);
  for (const [state, path] of known)
    for (const arrow of flow.transitions)
      if (arrow.from.includes(state) && !known.has(arrow.to)) known.set(arrow.to, [...path, arrow]);
  return known.get(to)!;
}

async function thingIn(flow: Flow, state: string): Promise<string> {
  const thingId = uuidv7();
  await start(database.sql, flow, { spaceId, thingId, actor: 'system' });
  for (const arrow of way(flow, state))
    await step(database.sql, flow, {
      spaceId,
      thingId,
      event: arrow.event,
      actor: WHO[arrow.who[0]!]!,
      reason: 'себеп',
    });
  return thingId;
}

const said = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.key : String(error)),
  );

describe.each([visitFlow, problemFlow])('$name: every state, event and role', (flow) => {
  const events = [...new Set(flow.transitions.map((arrow) => arrow.event))];
  test.each(flow.states)('from %s only the arrows of the table can be gone, by those whom it names', async (state) => {
    let thingId = await thingIn(flow, state);
    for (const event of events) {
      for (const [role, actor] of Object.entries(WHO)) {
        const arrows = flow.transitions.filter((arrow) => arrow.event === event && arrow.from.includes(state));
        const mine = arrows.find((arrow) => arrow.who.some((who) => who === role));
        const given = { spaceId, thingId, event, actor };
        const expected = arrows.length === 0 ? 'flow.notFromHere' : mine ? 'done' : 'flow.notYours';
        if (mine?.needsReason)
          expect([state, event, role, await said(step(database.sql, flow, given))]).toEqual([
            state,
            event,
            role,
            'flow.reasonNeeded',
          ]);
        const answer = await said(step(database.sql, flow, { ...given, reason: 'себеп' }));
        expect([state, event, role, answer]).toEqual([state, event, role, expected]);
        const now = await stateOf(database.sql, flow, spaceId, thingId);
        expect(now?.state).toBe(mine ? mine.to : state);
        if (mine) thingId = await thingIn(flow, state);
      }
    }
  });
});

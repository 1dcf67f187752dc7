import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import { Problem } from '../../platform/problem.ts';
import type { Actor, Role } from '../access/index.ts';
import {
  countStates,
  type Flow,
  historyOf,
  overdue,
  possibleSteps,
  rebuildFlowNow,
  start,
  stateOf,
  step,
} from './index.ts';

/** A letter to a facility: written, checked by another person, sent, answered or left without an answer. */
const letter: Flow = {
  name: 'test.letter',
  initial: 'draft',
  states: ['draft', 'written', 'checked', 'sent', 'answered', 'silent'],
  transitions: [
    { from: ['draft'], event: 'write', to: 'written', who: ['field_worker'] },
    {
      from: ['written'],
      event: 'return',
      to: 'draft',
      who: ['reviewer', 'coordinator'],
      notBy: 'write',
      needsReason: true,
    },
    { from: ['written'], event: 'check', to: 'checked', who: ['reviewer', 'coordinator'], notBy: 'write' },
    { from: ['checked'], event: 'send', to: 'sent', who: ['coordinator'], deadlineDays: 14 },
    { from: ['sent', 'silent'], event: 'answer', to: 'answered', who: ['partner', 'system'] },
    { from: ['sent'], event: 'timeOut', to: 'silent', who: ['system'] },
  ],
};

const spaceId = uuidv7();
const person = (name: string, ...roles: Role[]): Actor => ({
  accountId: uuidv7(),
  spaceId,
  name,
  roles,
  organisationId: null,
  personId: null,
});
const aigul = person('Айгүл', 'field_worker');
const bakyt = person('Бакыт', 'reviewer', 'field_worker');
const nurlan = person('Нурлан', 'coordinator');
const clinic = person('Талас үй-бүлөлүк медицина борбору', 'partner');

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

/** Brings a new letter into a state along the shortest way. */
async function letterIn(state: string): Promise<string> {
  const thingId = uuidv7();
  const at = new Date('2016-03-10T08:00:00Z');
  await start(database.sql, letter, { spaceId, thingId, actor: nurlan, at });
  const go = async (event: string, actor: Actor | 'system') =>
    void (await step(database.sql, letter, { spaceId, thingId, event, actor, at }));
  const order = ['draft', 'written', 'checked', 'sent'];
  const way: [string, Actor | 'system'][] = [
    ['write', aigul],
    ['check', bakyt],
    ['send', nurlan],
  ];
  const steps = order.includes(state) ? order.indexOf(state) : 3;
  for (const [event, actor] of way.slice(0, steps)) await go(event, actor);
  if (state === 'answered') await go('answer', clinic);
  if (state === 'silent') await go('timeOut', 'system');
  return thingId;
}

const problem = (work: Promise<unknown>) =>
  work.then(
    () => 'no problem',
    (error: unknown) => (error instanceof Problem ? [error.status, error.key] : Promise.reject(error)),
  );

const everybody = {
  field_worker: aigul,
  reviewer: bakyt,
  coordinator: nurlan,
  partner: clinic,
  system: 'system',
} as const;
const events = ['write', 'return', 'check', 'send', 'answer', 'timeOut'];

describe('every arrow of the table, and every other one refused', () => {
  for (const from of letter.states) {
    for (const event of events) {
      const arrow = letter.transitions.find((one) => one.event === event && one.from.includes(from));
      test(`${event} from ${from} ${arrow ? `leads to ${arrow.to}` : 'is refused'}`, async () => {
        const thingId = await letterIn(from);
        for (const [role, actor] of Object.entries(everybody)) {
          const may =
            arrow?.who.some((who) => who === role) || (actor === bakyt && arrow?.who.includes('field_worker'));
          if (may) continue;
          expect(
            await problem(step(database.sql, letter, { spaceId, thingId, event, actor, reason: 'кайра кара' })),
          ).toEqual(arrow ? [403, 'flow.notYours'] : [409, 'flow.notFromHere']);
        }
        if (!arrow) return;
        const actor = everybody[arrow.who[0] as keyof typeof everybody];
        await step(database.sql, letter, { spaceId, thingId, event, actor, reason: 'кайра кара' });
        expect((await stateOf(database.sql, letter, spaceId, thingId))?.state).toBe(arrow.to);
      });
    }
  }
});

test('Bakyt may not check the letter that he wrote himself; Nurlan may', async () => {
  const thingId = await letterIn('draft');
  await step(database.sql, letter, { spaceId, thingId, event: 'write', actor: bakyt });
  const check = { spaceId, thingId, event: 'check' };
  expect(await problem(step(database.sql, letter, { ...check, actor: bakyt }))).toEqual([403, 'flow.secondPerson']);
  const history = await historyOf(database.sql, letter, spaceId, thingId);
  expect(possibleSteps(letter, 'written', bakyt, history)).toEqual([]);
  expect(possibleSteps(letter, 'written', nurlan, history).map((arrow) => arrow.event)).toEqual(['return', 'check']);
  await step(database.sql, letter, { ...check, actor: nurlan });
  expect((await stateOf(database.sql, letter, spaceId, thingId))?.byId).toBe(nurlan.accountId);
});

test('a letter does not go back without a reason, and the reason stays in its history', async () => {
  const thingId = await letterIn('written');
  const back = { spaceId, thingId, event: 'return', actor: bakyt };
  expect(await problem(step(database.sql, letter, { ...back, reason: '   ' }))).toEqual([422, 'flow.reasonNeeded']);
  await step(database.sql, letter, { ...back, reason: 'Сүрөт бүдөмүк' });
  const history = await historyOf(database.sql, letter, spaceId, thingId);
  expect(history.map(({ seq, event, fromState, toState, reason }) => [seq, event, fromState, toState, reason])).toEqual(
    [
      [0, 'start', '', 'draft', null],
      [1, 'write', 'draft', 'written', null],
      [2, 'return', 'written', 'draft', 'Сүрөт бүдөмүк'],
    ],
  );
});

test('an answer is due fourteen days after the letter was sent', async () => {
  const thingId = await letterIn('sent');
  expect((await stateOf(database.sql, letter, spaceId, thingId))?.deadline).toBe('2016-03-24');
  const due = async (day: string) =>
    (await overdue(database.sql, letter, spaceId, day)).some((now) => now.thingId === thingId);
  expect([await due('2016-03-24'), await due('2016-03-25')]).toEqual([false, true]);
});

test('of two people who send the same letter at once, one succeeds', async () => {
  const thingId = await letterIn('checked');
  const send = () =>
    problem(database.sql.begin((tx) => step(tx, letter, { spaceId, thingId, event: 'send', actor: nurlan })));
  expect((await Promise.all([send(), send()])).sort()).toEqual([[409, 'flow.notFromHere'], 'no problem']);
});

test('a flow is begun once and another space does not see it', async () => {
  const thingId = await letterIn('draft');
  expect(await problem(start(database.sql, letter, { spaceId, thingId, actor: nurlan }))).toEqual([
    409,
    'flow.startedAlready',
  ]);
  expect(await stateOf(database.sql, letter, uuidv7(), thingId)).toBe(null);
  const elsewhere = { spaceId: uuidv7(), thingId, event: 'write', actor: aigul };
  expect(await problem(step(database.sql, letter, elsewhere))).toEqual([404, 'flow.notStarted']);
});

test('where things stand is rebuilt from their steps to the same rows', async () => {
  const rows = () => database.sql`select * from flow_now where space_id = ${spaceId} order by thing_id`;
  const before = await rows();
  await database.sql`update flow_now set state = 'lost', seq = 99`;
  expect(await rebuildFlowNow(database.sql, spaceId)).toBe(before.length);
  expect(await rows()).toEqual(before);
  const counts = await countStates(database.sql, letter, spaceId);
  expect(Object.values(counts).reduce((a, b) => a + b)).toBe(before.length);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadForms } from '../../../seeds/load.ts';
import { type TestApp, type TestPerson, testApp } from '../../../test/support/app.ts';
import type { Actor } from '../../kernel/access/index.ts';
import { assignmentsIn } from '../../kernel/assignments/index.ts';
import { stateOf } from '../../kernel/flow/index.ts';
import { addSubject } from '../../kernel/subjects/index.ts';
import { visitFlow } from './flows.ts';
import { oversight } from './manifest.ts';
import { planRound } from './rounds.ts';

let app: TestApp;
let coordinator: TestPerson;
let worker: TestPerson;
let assignmentId: string;
let activityId: string;
beforeAll(async () => {
  app = await testApp({ now: () => new Date('2016-04-01T09:00:00+06:00') });
  coordinator = await app.person('Айзада', ['coordinator']);
  worker = await app.person('Азамат', ['field_worker']);
  const by: Actor = {
    ...{ accountId: coordinator.accountId, spaceId: app.space.id, name: 'Айзада', roles: ['coordinator'] },
    ...{ organisationId: null, personId: null },
  };
  await loadForms({ tx: app.sql, files: app.files, kinds: [oversight], space: app.space }, by);
  const facility = await addSubject(app.sql, by, { kind: 'thing', type: 'fap', name: { ky: 'Бел-Арык ФАП' } });
  const planned = await planRound(app.sql, by, {
    ...{
      title: { ky: 'Жазгы кыдыруу' },
      projectIds: [],
      facilityIds: [facility],
      from: '2016-04-04',
      to: '2016-04-30',
    },
    monitors: [{ accountId: worker.accountId, placeIds: [] }],
  });
  [assignmentId, activityId] = [planned.assignmentIds[0]!, planned.activityId];
});
afterAll(() => app.close());

const act = (person: TestPerson, what: string, fields: Record<string, string> = {}) =>
  person.post(`/ky/office/oversight/visits/${assignmentId}/${what}`, fields);
const state = async () => {
  const now = await stateOf(app.sql, visitFlow, app.space.id, assignmentId);
  return [now?.state, now?.deadline];
};
const expected = async () => (await assignmentsIn(app.sql, app.space.id, activityId)).length;

test('a cancelled visit comes back into the round with its window, by the button beside the word and on its page', async () => {
  expect((await act(coordinator, 'cancel', { reason: 'Жол жабылды' })).statusCode).toBe(303);
  expect([await state(), await expected()]).toEqual([['cancelled', null], 0]);
  const page = await coordinator.get(`/ky/office/oversight/visits/${assignmentId}`);
  expect(page.body).toContain(`action="/ky/office/oversight/visits/${assignmentId}/reopen"`);
  expect((await act(worker, 'reopen')).statusCode).toBe(403);
  expect((await act(coordinator, 'reopen')).statusCode).toBe(303);
  expect([await state(), await expected()]).toEqual([['planned', '2016-04-30'], 1]);
  expect((await act(coordinator, 'reopen')).statusCode).toBe(409);
});

test('another day is agreed as often as it takes', async () => {
  for (const day of ['2016-04-12', '2016-04-14']) {
    expect((await act(worker, 'agree', { day })).statusCode).toBe(303);
    expect(await state()).toEqual(['agreed', day]);
  }
});

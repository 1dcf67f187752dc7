import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../test/support/app.ts';
import { answerVisit } from './share.ts';
import { problemsNow } from './standing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ story: true });
}, 120_000);
afterAll(() => app.close());

test('a facility that answers at two in the night answers on its own day, whatever day it still is at Greenwich', async () => {
  const spaceId = app.space.id;
  const [shared] = await app.sql<{ id: string; since: Date }[]>`select thing_id as id, since from flow_now
    where space_id = ${spaceId} and flow = 'oversight.visit' and state = 'shared' order by since limit 1`;
  const night = new Date(shared!.since.getTime() + 86_400_000);
  night.setUTCHours(20, 0, 0, 0);
  const problems = await problemsNow(app.sql, spaceId, { assignmentId: shared!.id });
  const receipt = await answerVisit(app.sql, {
    spaceId,
    assignmentId: shared!.id,
    answer: {
      position: 'ФАПтын башчысы',
      comment: '',
      problems: problems.map((_, i) => ({
        ...{ number: i + 1, agreed: 'refused', plan: '', owner: '', deadline: '', reason: 'Бул биздин иш эмес' },
      })),
    },
    at: night,
  });
  const [record] = await app.sql<{ day: string }[]>`select answers->>'answered_on' as day from record
    where space_id = ${spaceId} and id = ${receipt.recordId}`;
  const next = new Date(night.getTime() + 86_400_000).toISOString().slice(0, 10);
  expect([receipt.outcome, receipt.aside, record?.day]).toEqual(['received', null, next]);
});

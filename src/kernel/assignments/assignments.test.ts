import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { testFiles, visitSpace, visitXml } from '../../../test/support/visit.ts';
import { auditOf } from '../../platform/audit/index.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import { Problem } from '../../platform/problem.ts';
import { formOfKey } from '../forms/index.ts';
import { currentRecord, judge, receive } from '../records/index.ts';
import {
  allowConflict,
  assign,
  assignAll,
  assignment,
  assignmentFor,
  assignmentsIn,
  assignmentsOf,
  cancelAssignment,
  moveAssignment,
  type NewAssignment,
  reopenAssignment,
  stateConflict,
} from './index.ts';

let database: TestDatabase;
let files: FileStore;
let closeFiles: () => Promise<void>;
let spaceId: string;
let formId: string;
const [aigul, bakyt, nurlan] = [uuidv7(), uuidv7(), uuidv7()].map((accountId) => ({ accountId })) as [
  { accountId: string },
  { accountId: string },
  { accountId: string },
];

beforeAll(async () => {
  database = await freshDatabase();
  ({ files, close: closeFiles } = await testFiles());
  spaceId = await visitSpace(database.sql, files);
  formId = (await formOfKey(database.sql, spaceId, 'visit'))!.id;
});
afterAll(async () => {
  await database.close();
  await closeFiles();
});

const visit = (more: Partial<NewAssignment> = {}): NewAssignment => ({
  activityId: uuidv7(),
  actorId: aigul.accountId,
  role: 'monitor',
  subjectId: uuidv7(),
  formId,
  from: '2016-04-10',
  to: '2016-04-20',
  ...more,
});
const problem = (work: Promise<unknown>) =>
  work.then(
    () => 'no problem',
    (error: unknown) => (error instanceof Problem ? [error.status, error.key] : Promise.reject(error)),
  );

test('a round of twenty clinics is asked for at once, with one line of audit', async () => {
  const activityId = uuidv7();
  const round = Array.from({ length: 20 }, (_, i) => visit({ activityId, actorId: (i % 2 ? bakyt : aigul).accountId }));
  const ids = await assignAll(database.sql, nurlan, spaceId, round);
  const found = await assignmentsIn(database.sql, spaceId, activityId);
  expect(new Set(found.map((one) => one.id))).toEqual(new Set(ids));
  expect((await assignment(database.sql, spaceId, ids[3]!))?.actorId).toBe(bakyt.accountId);
  expect((await auditOf(database.sql, spaceId, activityId)).map(({ action, details }) => [action, details])).toEqual([
    ['assignment.assign', { assignments: 20 }],
  ]);
});

test('today’s tasks are those whose window holds today, soonest due first', async () => {
  const me = { actorId: uuidv7() };
  const [soon, later] = await assignAll(database.sql, null, spaceId, [
    visit({ ...me, from: '2016-04-01', to: '2016-04-12' }),
    visit({ ...me, from: '2016-04-12', to: '2016-04-30' }),
    visit({ ...me, from: '2016-05-01', to: '2016-05-02' }),
    visit({ ...me, from: '2016-03-01', to: '2016-04-11' }),
  ]);
  const today = await assignmentsOf(database.sql, spaceId, me.actorId, '2016-04-12', '2016-04-12');
  expect(today.map((task) => task.id)).toEqual([soon, later]);
  expect(await assignmentsOf(database.sql, uuidv7(), me.actorId, '2016-04-12', '2016-04-12')).toEqual([]);
});

test('a task shows the record that it stands on: the correction, and none once it is rejected', async () => {
  const given = visit();
  const assignmentId = await assign(database.sql, nurlan, spaceId, given);
  const handlers = new Map([['visit', { links: async () => ({ assignmentId, subjectId: given.subjectId }) }]]);
  const [one, two] = [uuidv7(), uuidv7()];
  const send = (xml: string) =>
    receive({ sql: database.sql, handlers }, { spaceId, xml, door: 'field', authorId: aigul.accountId });
  await send(visitXml({ id: one }));
  expect((await assignment(database.sql, spaceId, assignmentId))?.record?.id).toBe(one);
  await send(visitXml({ id: two, corrects: one }));
  expect((await currentRecord(database.sql, spaceId, assignmentId))?.id).toBe(two);
  await judge(database.sql, { spaceId, recordId: two, verdict: 'rejected', by: bakyt, reason: 'Башка мекеме' });
  expect((await assignment(database.sql, spaceId, assignmentId))?.record).toBe(null);
});

test('a conflict of interest blocks the task until somebody else lets it pass, with a reason', async () => {
  const id = await assign(database.sql, nurlan, spaceId, visit());
  const state = async () => {
    const task = await assignment(database.sql, spaceId, id);
    return [task?.blocked, task?.conflict?.reason, task?.conflict?.allowedReason];
  };
  expect(await problem(allowConflict(database.sql, nurlan, spaceId, id, 'Болот'))).toEqual([
    409,
    'assignments.noConflict',
  ]);
  expect(await problem(stateConflict(database.sql, aigul, spaceId, id, ' '))).toEqual([
    422,
    'assignments.reasonNeeded',
  ]);
  await stateConflict(database.sql, aigul, spaceId, id, 'Эжем ошол жерде иштейт');
  expect(await state()).toEqual([true, 'Эжем ошол жерде иштейт', undefined]);
  expect(await problem(allowConflict(database.sql, aigul, spaceId, id, 'Болот'))).toEqual([
    403,
    'assignments.secondPerson',
  ]);
  await allowConflict(database.sql, nurlan, spaceId, id, 'Экөө баруучу эле');
  expect(await state()).toEqual([false, 'Эжем ошол жерде иштейт', 'Экөө баруучу эле']);
  await stateConflict(database.sql, bakyt, spaceId, id, 'Күйөөсү башкы дарыгер');
  expect(await state()).toEqual([true, 'Күйөөсү башкы дарыгер', undefined]);
});

test('a task is moved and cancelled; a cancelled one stands still', async () => {
  const activityId = uuidv7();
  const id = await assign(database.sql, nurlan, spaceId, visit({ activityId }));
  await moveAssignment(database.sql, nurlan, spaceId, id, { from: '2016-05-01', to: '2016-05-03' });
  expect((await assignment(database.sql, spaceId, id))?.to).toBe('2016-05-03');
  const backwards = { from: '2016-05-03', to: '2016-05-01' };
  expect(await problem(moveAssignment(database.sql, nurlan, spaceId, id, backwards))).toEqual([
    422,
    'assignments.wrongWindow',
  ]);
  expect(await problem(assign(database.sql, nurlan, spaceId, visit(backwards)))).toEqual([
    422,
    'assignments.wrongWindow',
  ]);
  await cancelAssignment(database.sql, nurlan, spaceId, id);
  expect(await problem(cancelAssignment(database.sql, nurlan, spaceId, id))).toEqual([409, 'assignments.cancelled']);
  expect(await assignmentsIn(database.sql, spaceId, activityId)).toEqual([]);
  expect((await assignmentsIn(database.sql, spaceId, activityId, { cancelled: true })).map((one) => one.id)).toEqual([
    id,
  ]);
  expect(await problem(cancelAssignment(database.sql, nurlan, uuidv7(), id))).toEqual([404, 'platform.notFound']);
  expect(await problem(reopenAssignment(database.sql, nurlan, uuidv7(), id))).toEqual([404, 'platform.notFound']);
  await reopenAssignment(database.sql, nurlan, spaceId, id);
  expect((await assignmentsIn(database.sql, spaceId, activityId)).map((one) => one.id)).toEqual([id]);
  expect(await problem(reopenAssignment(database.sql, nurlan, spaceId, id))).toEqual([409, 'assignments.notCancelled']);
});

test('a record answers the task whose window holds its day, else the nearest one', async () => {
  const pair = { actorId: uuidv7(), subjectId: uuidv7() };
  const [spring, autumn] = await assignAll(database.sql, null, spaceId, [
    visit({ ...pair, from: '2016-04-10', to: '2016-04-20' }),
    visit({ ...pair, from: '2016-10-10', to: '2016-10-20' }),
  ]);
  const on = async (day: string) => (await assignmentFor(database.sql, spaceId, { ...pair, formId, day }))?.id;
  expect([await on('2016-04-12'), await on('2016-05-30'), await on('2016-09-01'), await on('2016-10-20')]).toEqual([
    spring,
    spring,
    autumn,
    autumn,
  ]);
  expect(await assignmentFor(database.sql, spaceId, { ...pair, subjectId: uuidv7(), formId, day: '2016-04-12' })).toBe(
    null,
  );
});

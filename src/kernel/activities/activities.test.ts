import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import { addProject } from '../projects/index.ts';
import { activities, activitiesOf, activity, editActivity, planActivity } from './index.ts';

let database: TestDatabase;
const by = { spaceId: uuidv7(), accountId: uuidv7() };
let first: string;
let second: string;
beforeAll(async () => {
  database = await freshDatabase();
  first = await addProject(database.sql, by, { code: 'A', title: { ky: 'Көзөмөл' } });
  second = await addProject(database.sql, by, { code: 'B', title: { ky: 'Мектеп' } });
});
afterAll(() => database.close());

const round = { kind: 'oversight', title: { ky: '2016-жылдын жазы' }, startsOn: '2016-04-01', endsOn: '2016-05-31' };

test('a round stands in the projects that pay for it, until it is moved', async () => {
  const id = await planActivity(database.sql, by, { ...round, projectIds: [first, second, first] });
  expect(await activity(database.sql, by.spaceId, id)).toMatchObject({
    ...round,
    settings: {},
    projectIds: [first, second].sort(),
  });
  await editActivity(database.sql, by, id, { endsOn: '2016-06-15', projectIds: [first] });
  expect((await activitiesOf(database.sql, by.spaceId, first)).map((one) => [one.id, one.endsOn])).toEqual([
    [id, '2016-06-15'],
  ]);
  expect(await activitiesOf(database.sql, by.spaceId, second)).toEqual([]);
  expect((await activities(database.sql, by.spaceId, { kind: 'contest' })).length).toBe(0);
  expect(await activity(database.sql, uuidv7(), id)).toBeNull();
});

test('a round without a name, one that ends before it begins, and one in a stranger’s project are refused', async () => {
  const plan = (more: object) =>
    planActivity(database.sql, by, { ...round, projectIds: [first], ...more }).catch((problem) => problem.key);
  expect(await plan({ title: {} })).toBe('activities.noTitle');
  expect(await plan({ endsOn: '2016-03-31' })).toBe('activities.datesTurned');
  expect(await plan({ projectIds: [uuidv7()] })).toBe('platform.notFound');
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { transaction, uuidv7 } from '../db/index.ts';
import { enqueue, type JobHandler, runOneJob } from './index.ts';

let database: TestDatabase;
const space = uuidv7();
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test('work that is asked for in a transaction that fails was never asked for', async () => {
  const failed = transaction(database.sql, async (tx) => {
    await enqueue(tx, space, 'picture', { name: 'ramp.jpg' });
    throw new Error('the record was refused');
  });
  await expect(failed).rejects.toThrow('the record was refused');
  expect(await runOneJob(database.sql, new Map())).toBe(false);
});

test('two workers never take the same job', async () => {
  const done: string[] = [];
  const handlers = new Map<string, JobHandler>([['picture', async (payload) => void done.push(String(payload.name))]]);
  for (let i = 0; i < 10; i++) await enqueue(database.sql, space, 'picture', { name: `photo ${i}` });
  await Promise.all(
    [1, 2, 3, 4].map(async () => {
      while (await runOneJob(database.sql, handlers));
    }),
  );
  expect(done.sort()).toEqual(Array.from({ length: 10 }, (_, i) => `photo ${i}`));
});

test('a job that fails waits, is tried again and is given up after eight times with its reason', async () => {
  let tries = 0;
  const handlers = new Map<string, JobHandler>([
    [
      'broken',
      async () => {
        tries++;
        throw new Error('the picture cannot be read');
      },
    ],
  ]);
  await enqueue(database.sql, space, 'broken', {});
  for (let i = 0; i < 10; i++) {
    await database.sql`update job set run_at = now() where kind = 'broken'`;
    await runOneJob(database.sql, handlers);
  }
  const [job] =
    await database.sql`select attempts, failed_at is not null as failed, last_error from job where kind = 'broken'`;
  expect([tries, job]).toEqual([8, { attempts: 8, failed: true, last_error: 'the picture cannot be read' }]);
});

import { expect, test } from 'vitest';
import { freshDatabase } from './database.ts';

test('two test files never see each other’s rows', async () => {
  const first = await freshDatabase();
  const second = await freshDatabase();
  await first.sql`create table only_here (id int)`;
  const [seen] = await second.sql`select to_regclass('only_here') as found`;
  expect(seen).toEqual({ found: null });
  await first.close();
  await second.close();
});

test('a fresh database has the migrations of the house', async () => {
  const database = await freshDatabase();
  const applied = await database.sql`select name from migration order by name`;
  expect(applied.length).toBeGreaterThan(0);
  await database.close();
});

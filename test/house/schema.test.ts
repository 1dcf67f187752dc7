import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeSchema, SCHEMA_FILE } from '../../scripts/schema.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test('docs/schema.sql is what the migrations make; if not, run: npm run schema', async () => {
  expect(await describeSchema(database.sql)).toBe(readFileSync(SCHEMA_FILE, 'utf8'));
});

test('every key of a table begins with the space, so that two spaces on one server never meet', async () => {
  const rows = await database.sql`
    select c.conrelid::regclass::text as table, a.attname as first
    from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'p' and c.connamespace = 'public'::regnamespace
      and exists (select 1 from pg_attribute s where s.attrelid = c.conrelid and s.attname = 'space_id')
      and a.attname <> 'space_id'
    order by 1`;
  // The queue and the sign-ins are looked up before the space is known; neither is ever distributed.
  expect(rows.map(({ table, first }) => `${table} by ${first}`)).toEqual(['job by id', 'sign_in by token_sha256']);
});

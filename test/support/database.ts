import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { connect, type Sql } from '../../src/platform/db/index.ts';
import { inDatabase } from './globalSetup.ts';

export interface TestDatabase {
  /** A pool on a database that nobody else uses, with every migration applied. */
  sql: Sql;
  /** For code that opens its own pool: the options of `connect()`. */
  options: Parameters<typeof connect>[0];
  /** Closes the pool and drops the database. */
  close(): Promise<void>;
}

/** Makes a fresh database by copying the migrated one. Call it in `beforeAll`, and `close()` in `afterAll`. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { options: given, template, failure } = inject('database');
  if (failure) throw new Error(`The migrations do not apply: ${failure}`);
  const server = JSON.parse(given) as Parameters<typeof connect>[0];
  const name = `test_${randomBytes(8).toString('hex')}`;
  await once(server, (admin) => admin`create database ${admin(name)} template ${admin(template)} strategy wal_log`);
  const options = inDatabase(server, name);
  const sql = connect(options, 5);
  return {
    sql,
    options,
    close: async () => {
      await sql.end({ timeout: 5 });
      await once(server, (admin) => admin`drop database if exists ${admin(name)} with (force)`);
    },
  };
}

async function once(server: Parameters<typeof connect>[0], work: (admin: Sql) => Promise<unknown>): Promise<void> {
  const admin = connect(server, 1);
  try {
    await work(admin);
  } finally {
    await admin.end({ timeout: 5 });
  }
}

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../root.ts';
import type { Db, Sql } from './connect.ts';

export type Migration = { readonly name: string; readonly sql: string };

/**
 * Reads every `migrations/NNNN_name.sql` below `src/`, in the order of their numbers.
 * Numbers are unique over all rooms: platform 00xx, kernel 01xx–14xx in order of dependence, programmes 20xx and up.
 */
export function loadMigrations(root: string = ROOT): Migration[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|[\\/])migrations[\\/]\d{4}_\w+\.sql$/.test(path),
  );
  const migrations = files.map((path) => ({
    name: basename(path, '.sql'),
    sql: readFileSync(join(root, 'src', path), 'utf8'),
  }));
  migrations.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [i, migration] of migrations.entries()) {
    if (migrations[i + 1]?.name.slice(0, 4) === migration.name.slice(0, 4)) {
      throw new Error(`Two migrations have the number ${migration.name.slice(0, 4)}`);
    }
  }
  return migrations;
}

/**
 * Applies what is missing, all in one transaction under a lock, so that two starting processes do not meet.
 * A migration that was applied and then edited is an error: what ran on somebody's data is history.
 */
export async function migrate(sql: Sql, migrations: readonly Migration[] = loadMigrations()): Promise<string[]> {
  return await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(4201)`;
    await tx`create table if not exists migration
      (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`;
    const applied = new Map((await tx`select name, sha256 from migration`).map((row) => [row.name, row.sha256]));
    const done: string[] = [];
    for (const { name, sql: text } of migrations) {
      const sha256 = createHash('sha256').update(text).digest('hex');
      const before = applied.get(name);
      if (before === sha256) continue;
      if (before)
        throw new Error(`The migration ${name} was changed after it had been applied; write a new one instead`);
      await tx.unsafe(text);
      await tx`insert into migration (name, sha256) values (${name}, ${sha256})`;
      done.push(name);
    }
    return done;
  });
}

/** What was applied to this database, in order; empty where nothing was. */
export async function appliedMigrations(db: Db): Promise<{ name: string; sha256: string }[]> {
  const [made] = await db<{ there: boolean }[]>`select to_regclass('migration') is not null as there`;
  if (!made?.there) return [];
  const rows = await db<{ name: string; sha256: string }[]>`select name, sha256 from migration order by name`;
  return [...rows];
}

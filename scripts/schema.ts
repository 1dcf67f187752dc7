import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allMigrations } from '../src/migrations.ts';
import { connect, type Db, migrate } from '../src/platform/db/index.ts';
import { startPostgres } from '../src/platform/postgres/index.ts';
import { ROOT } from '../src/platform/root.ts';

/** The file that `npm run schema` writes. */
export const SCHEMA_FILE = join(ROOT, 'docs/schema.sql');

const HEAD = `-- The database as the migrations make it, in the order of dependence.
-- Written by \`npm run schema\`; a test compares it with the migrations. Do not edit.
`;

/** Reads the tables, views, functions and triggers of the schema `public` as SQL for people to read. */
export async function describeSchema(db: Db): Promise<string> {
  const tables = await db`
    select c.oid, c.relname as name, obj_description(c.oid, 'pg_class') as comment
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.oid`;
  const parts = [HEAD];
  for (const table of tables) parts.push(await describeTable(db, table.oid, table.name, table.comment));

  const views = await db`
    select c.relname as name, c.relkind = 'm' as kept, pg_get_viewdef(c.oid) as body
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm') order by c.oid`;
  for (const { name, kept, body } of views)
    parts.push(`create ${kept ? 'materialized ' : ''}view ${name} as\n${body}\n`);

  const functions = await db`
    select pg_get_functiondef(p.oid) as body from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.oid`;
  for (const { body } of functions) parts.push(`${body.trim()};\n`);

  const triggers = await db`
    select pg_get_triggerdef(t.oid) as body from pg_trigger t where not t.tgisinternal order by t.oid`;
  if (triggers.length > 0) parts.push(`${triggers.map(({ body }) => `${body};`).join('\n')}\n`);
  return parts.join('\n');
}

async function describeTable(db: Db, oid: number, name: string, comment: string | null): Promise<string> {
  const columns = await db`
    select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
      a.attgenerated <> '' as generated, a.attidentity as identity, pg_get_expr(d.adbin, d.adrelid) as value,
      (select c.collname from pg_collation c where c.oid = a.attcollation and c.collname <> 'default') as collation
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = ${oid} and a.attnum > 0 and not a.attisdropped order by a.attnum`;
  // PostgreSQL 18 lists NOT NULL among the constraints; the columns say it already.
  const constraints = await db`
    select conname as name, pg_get_constraintdef(oid) as body from pg_constraint
    where conrelid = ${oid} and contype <> 'n' and coninhcount = 0
    order by array_position(array['p', 'u', 'x', 'f', 'c'], contype::text), conname`;
  const indexes = await db`
    select pg_get_indexdef(i.indexrelid) as body from pg_index i
    where i.indrelid = ${oid} and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = ${oid})
    order by i.indexrelid::regclass::text`;
  const lines = [
    ...columns.map((column) => {
      const collation = column.collation ? ` collate "${column.collation}"` : '';
      const required = column.required ? ' not null' : '';
      const identity = column.identity ? ' generated always as identity' : '';
      const value = column.generated
        ? ` generated always as (${column.value}) stored`
        : column.value
          ? ` default ${column.value}`
          : '';
      return `  ${column.name} ${column.type}${collation}${required}${identity}${value}`;
    }),
    ...constraints.map((constraint) => `  constraint ${constraint.name} ${constraint.body}`),
  ];
  const head = comment ? `-- ${comment.replaceAll('\n', '\n-- ')}\n` : '';
  return `${head}create table ${name} (\n${lines.join(',\n')}\n);\n${indexes.map(({ body }) => `${body};\n`).join('')}`;
}

async function write(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'demilge-schema-'));
  chmodSync(dataDir, 0o755);
  const server = await startPostgres({ dataDir, log: () => {} });
  const sql = connect(server.options, 1);
  try {
    await migrate(sql, allMigrations);
    writeFileSync(SCHEMA_FILE, await describeSchema(sql));
    console.log(`Wrote ${SCHEMA_FILE}`);
  } finally {
    await sql.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) await write();

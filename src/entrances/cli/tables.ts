import type { Db, Fragment } from '../../platform/db/index.ts';

/** A table as a backup sees it. */
export type Table = {
  readonly name: string;
  readonly columns: readonly string[];
  /** What its rows are ordered by, so that the same rows give the same bytes: the key, or all columns. */
  readonly order: readonly { readonly column: string; readonly text: boolean }[];
};

/** Every table but the list of migrations, each after those that it refers to. */
export async function tablesOf(db: Db): Promise<Table[]> {
  const rows = await db<(Table & { refersTo: string[] })[]>`
    with here as (
      select oid, relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'migration'
    ), part as (
      select attrelid, attnum, attname, attcollation <> 0 as is_text from pg_attribute
      where attnum > 0 and not attisdropped and attgenerated = ''
    )
    select relname as name,
      (select json_agg(attname order by attnum) from part where attrelid = here.oid) as columns,
      (select json_agg(json_build_object('column', attname, 'text', is_text) order by array_position(indkey::int2[], attnum), attnum)
        from part left join pg_index on indrelid = attrelid and indisprimary
        where attrelid = here.oid and (indkey is null or attnum = any(indkey::int2[]))) as order,
      coalesce((select json_agg(distinct target.relname) from pg_constraint join here as target on target.oid = confrelid
        where contype = 'f' and conrelid = here.oid and confrelid <> conrelid), '[]') as "refersTo"
    from here order by relname`;
  const waiting = new Map(rows.map((row) => [row.name, row]));
  const sorted: Table[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter((row) => !row.refersTo.some((name) => waiting.has(name)));
    if (ready.length === 0) throw new Error(`These tables refer to each other: ${[...waiting.keys()].join(', ')}`);
    for (const { name, columns, order } of ready) {
      waiting.delete(name);
      sorted.push({ name, columns, order });
    }
  }
  return sorted;
}

/** All rows as PostgreSQL's own text, in one order wherever the database is. */
export async function* copyOut(db: Db, table: Table): AsyncGenerator<Buffer> {
  // Alphabets sort differently from machine to machine; code points do not.
  const by = table.order.map(({ column, text }) => (text ? db`${db(column)} collate "C"` : db`${db(column)}`));
  const rows =
    await db`copy (select ${listed(db, table.columns)} from ${db(table.name)} order by ${joined(db, by)}) to stdout`.readable();
  for await (const chunk of rows) yield chunk as Buffer;
  // postgres.js pauses the connection when the last rows come faster than they are read, and nobody wakes it after the end.
  rows._read(0);
}

/** Takes such rows in. */
export async function copyIn(db: Db, table: Table): Promise<NodeJS.WritableStream> {
  return await db`copy ${db(table.name)} (${listed(db, table.columns)}) from stdin`.writable();
}

/** @returns the first table that has a row */
export async function firstFilled(db: Db, tables: readonly Table[]): Promise<string | null> {
  for (const { name } of tables) if ((await db`select 1 from ${db(name)} limit 1`).length > 0) return name;
  return null;
}

const listed = (db: Db, columns: readonly string[]): Fragment =>
  joined(
    db,
    columns.map((column) => db`${db(column)}`),
  );

const joined = (db: Db, parts: readonly Fragment[]): Fragment => parts.reduce((all, part) => db`${all}, ${part}`);

import postgres from 'postgres';

/** A pool of connections. */
export type Sql = postgres.Sql;
/** One open transaction. */
export type Tx = postgres.TransactionSql;
/** Where a query may run: on the pool or inside a transaction. */
export type Db = Sql | Tx;

/**
 * Opens the pool. Dates (`date`) come back as 'YYYY-MM-DD' strings, because a day in the village has no time zone;
 * `numeric` and `bigint` come back as numbers, since quantities stay far below 2^53 (sums are checked by the database).
 */
export function connect(options: string | postgres.Options<Record<string, postgres.PostgresType>>, max = 10): Sql {
  const settings: postgres.Options<Record<string, postgres.PostgresType>> = {
    max,
    onnotice: () => {},
    connection: { application_name: 'demilge', TimeZone: 'UTC' },
    types: {
      date: { to: 1082, from: [1082], serialize: (x: string) => x, parse: (x: string) => x },
      numeric: { to: 1700, from: [1700], serialize: (x: number) => String(x), parse: (x: string) => Number(x) },
      bigint: { to: 20, from: [20], serialize: (x: number) => String(x), parse: (x: string) => Number(x) },
    },
  };
  return typeof options === 'string'
    ? (postgres(options, settings) as unknown as Sql)
    : (postgres({ ...options, ...settings }) as unknown as Sql);
}

/** A piece of a statement: written with the same tag, sent only as a part of another. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** Runs `work` in one transaction: all of it is kept, or none. Given a transaction, joins it. */
export async function transaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!('begin' in db)) return await work(db);
  return (await db.begin(work)) as T;
}

/** Whether the database refused a row because one with that key stands already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === '23505';
}

/** Whether the database refused the content itself (class 22: data, 23: constraints): the same content is refused at every try. */
export function isContentError(error: unknown): boolean {
  return error instanceof postgres.PostgresError && /^2[23]/.test(error.code);
}

const LOST = /^(CONNECTION_(CLOSED|DESTROYED|ENDED)|CONNECT_TIMEOUT|ECONN\w+|EPIPE|57P0[1-3])$/;

/** Whether the database was not there, or went away in the middle: what was asked may be asked again. */
export function isConnectionLost(error: unknown): boolean {
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  return typeof code === 'string' && (LOST.test(code) || (code === 'ENOENT' && syscall === 'connect'));
}

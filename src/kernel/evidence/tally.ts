import type { Db } from '../../platform/db/index.ts';
import { type Piece, type RowChoice, rowsWhere } from './choice.ts';

/** Days 'YYYY-MM-DD', both ends included. */
export type Period = { readonly from: string; readonly to: string };

/** What to add up, over which periods, split by which attributes. */
export type TallyPlan = {
  readonly choice: RowChoice;
  /** subject → the one that stands for it and for all that are the same (R1). */
  readonly canonical: ReadonlyMap<string, string>;
  readonly periods: readonly Period[];
  /** within: what happened in each period; until: everything up to its last day. */
  readonly reach: 'within' | 'until';
  /** last: only the last row of each subject (of each place without one) and of each category of `seriesBy`. */
  readonly pick: 'all' | 'last';
  readonly seriesBy?: string | undefined;
  /** Conditions that the last row itself must meet. */
  readonly having?: RowChoice['filter'];
  /** Each subject counts once, and lies in one category of a dimension: that of its first row (R2). Otherwise each row in its own. */
  readonly distinct: boolean;
  /** Attributes of partition dimensions, by split; [] is the total. */
  readonly splits: readonly (readonly string[])[];
  /** Attributes whose rows lie in several categories at once; no total line (R7). */
  readonly overlapping: readonly string[];
  /** Also give the quantity of the row that happened last in each cell. */
  readonly last?: boolean;
  /** Also list the rows that each cell stands on; costs about as much again. */
  readonly ids: boolean;
};

/** One cell of one period. Amounts are over the rows; `subjects` counts each subject once where the plan is distinct, else 0. */
export type TallyCell = {
  readonly period: number;
  /** dimension → category; empty for the total. */
  readonly at: Readonly<Record<string, string>>;
  rows: number;
  /** Rows that have a subject. */
  subjectRows: number;
  subjects: number;
  sum: number;
  denominators: number;
  max: number | null;
  /** Quantity of the row that happened last. */
  last: number | null;
  /** Sum over the rows without a subject. */
  loose: number;
  ids: string[];
  /** Ids of rows that have a subject. */
  subjectIds: string[];
};

/** A category for rows that do not say. */
export const UNKNOWN = 'unknown';

/** Adds rows up, in one statement for all partition dimensions and one for each overlapping one. */
export async function tally(db: Db, plan: TallyPlan): Promise<TallyCell[]> {
  if (plan.periods.length === 0) return [];
  const order = orderOf(plan);
  const cells: TallyCell[] = [];
  const ask = async (splits: TallyPlan['splits'], overlap: string | null): Promise<void> => {
    const raw = await readCells(db, plan, order, splits, overlap);
    cells.push(...(accumulates(plan) ? accumulate(raw, order) : raw));
  };
  if (plan.splits.length > 0) await ask(plan.splits, null);
  for (const dimension of plan.overlapping) await ask([[dimension]], dimension);
  return cells;
}

/** What is counted until a day grows from period to period: each row is read once, in the first period that reaches it. */
const accumulates = (plan: TallyPlan): boolean => plan.reach === 'until' && plan.pick === 'all';

type Read = {
  period: number;
  level: number;
  rows: number;
  subjectRows: number;
  subjects: number;
  sum: number;
  denominators: number;
  max: number | null;
  last: number | null;
  loose: number;
  ids: string | null;
  subjectIds: string | null;
} & Record<`d${number}`, string | null>;

async function readCells(
  db: Db,
  plan: TallyPlan,
  order: readonly number[],
  splits: TallyPlan['splits'],
  overlap: string | null,
): Promise<TallyCell[]> {
  const keys = [...new Set(splits.flat())];
  const column = (dimension: string): string => `d${keys.indexOf(dimension)}`;
  const dims = keys.map((_, i) => `d${i}`);
  const list = (names: readonly string[]): string => names.map((name) => `, ${name}`).join('');
  const grow = accumulates(plan);
  const attributes = overlap
    ? db``
    : join(
        db,
        keys.map((key, i) => db`, coalesce(e.attributes ->> ${key}, ${UNKNOWN}) as ${db(`d${i}`)}`),
      );
  const spread = overlap
    ? db`select p.*, o.category as d0 from picked p cross join lateral (select distinct category
        from jsonb_array_elements_text(case jsonb_typeof(p.attributes -> ${overlap}) when 'array' then p.attributes -> ${overlap}
          when 'string' then jsonb_build_array(p.attributes -> ${overlap}) else '[]' end) as c(category)) o`
    : db`select * from picked`;
  const one = `partition by ${grow ? '' : 'period, '}subject${overlap ? ', d0' : ''} order by occurred_on, id`;
  const first = dims
    .map((d) => `, case when subject is null then ${d} else first_value(${d}) over one end as ${d}`)
    .join('');
  const placed = plan.distinct
    ? `id, period, subject, quantity, denominator, occurred_on, subject is not null and row_number() over one = 1 as first${first}
       from spread window one as (${one})`
    : '*, false as first from spread';
  const sets = splits.map((split) => `(period${list(split.map(column))})`).join(', ');
  const ids = plan.ids
    ? `, string_agg(id::text, '') as ids, string_agg(id::text, '') filter (where subject is not null) as "subjectIds"`
    : ', null as ids, null as "subjectIds"';
  const rows = await db<
    Read[]
  >`with ${rowsOf(db, plan, order, attributes)}, spread as (${spread}), placed as (select ${db.unsafe(placed)})
    select period::int, ${db.unsafe(dims.length > 0 ? `grouping(${dims.join(', ')})` : '0')} as level ${db.unsafe(list(dims))},
      count(*)::int as rows, count(subject)::int as "subjectRows", (count(*) filter (where first))::int as subjects,
      sum(quantity) as sum, coalesce(sum(denominator), 0) as denominators, max(quantity) as max,
      ${db.unsafe(plan.last ? '(array_agg(quantity order by occurred_on desc, id desc))[1]' : 'null::numeric')} as last,
      coalesce(sum(quantity) filter (where subject is null), 0) as loose ${db.unsafe(ids)}
    from placed group by grouping sets (${db.unsafe(sets)})`;
  return rows.map((row) => ({
    period: order[row.period - 1]!,
    at: Object.fromEntries(
      keys.flatMap((dimension, i) =>
        // grouping() sets the bit of each column that the row does not split by, the first column in the highest bit.
        row.level & (1 << (dims.length - 1 - i)) ? [] : [[dimension, row[`d${i}`] ?? UNKNOWN]],
      ),
    ),
    rows: row.rows,
    subjectRows: row.subjectRows,
    subjects: row.subjects,
    sum: row.sum,
    denominators: row.denominators,
    max: row.max,
    last: row.last,
    loose: row.loose,
    ids: uuids(row.ids),
    subjectIds: uuids(row.subjectIds),
  }));
}

/** The rows that a plan reads, as the two common tables `chosen` and `picked`; `period` is a place in `order`. */
function rowsOf(db: Db, plan: TallyPlan, order: readonly number[], attributes: Piece): Piece {
  const from = order.map((at, i) => {
    if (plan.reach === 'within') return plan.periods[at]!.from;
    const before = order[i - 1];
    return accumulates(plan) && before !== undefined ? dayAfter(plan.periods[before]!.to) : '-infinity';
  });
  const to = order.map((at) => plan.periods[at]!.to);
  // Who is the same as whom matters only where each subject counts once: thousands of pairs are no small thing to send.
  const oneEach = plan.distinct || plan.pick === 'last';
  const canonical = oneEach ? [...plan.canonical].filter(([id, canon]) => id !== canon) : [];
  const chosen = db`select e.id, coalesce(canon.one, e.subject_id) as subject, e.place_id, e.quantity, e.denominator, e.occurred_on,
      e.attributes, period.n as period ${attributes}
    from unnest(${from}::date[], ${to}::date[]) with ordinality as period(f, t, n)
    join evidence e on e.occurred_on between period.f and period.t
    left join unnest(${canonical.map(([id]) => id)}::uuid[], ${canonical.map(([, one]) => one)}::uuid[]) as canon(id, one)
      on canon.id = e.subject_id
    where ${rowsWhere(db, plan.choice)}`;
  const series = plan.seriesBy ? db`attributes ->> ${plan.seriesBy}` : db`true`;
  const having = (plan.having ?? []).map(({ key, oneOf }) => db`and l.attributes -> ${key} ?| ${oneOf as string[]}`);
  const last = db`select * from (select distinct on (period, one, series) * from (
        select *, coalesce(subject, place_id) as one, ${series} as series from chosen) s
      order by period, one, series, occurred_on desc, id desc) l where true ${join(db, having)}`;
  return db`chosen as (${chosen}), picked as (${plan.pick === 'all' ? db`select * from chosen` : last})`;
}

/** Ids of rows: all of them, and those that have a subject. */
export type RowIds = { readonly ids: readonly string[]; readonly subjectIds: readonly string[] };

/** The rows that the total of each period stands on, in the order of the periods; a small part of what `ids` costs. */
export async function tallyRows(db: Db, plan: TallyPlan): Promise<readonly RowIds[]> {
  const order = orderOf(plan);
  const rows = await db<{ period: number; ids: string; subjectIds: string | null }[]>`
    with ${rowsOf(db, { ...plan, distinct: false }, order, db``)}
    select period::int, string_agg(id::text, '') as ids, string_agg(id::text, '') filter (where subject is not null) as "subjectIds"
    from picked group by period`;
  const out: RowIds[] = plan.periods.map(() => ({ ids: [], subjectIds: [] }));
  let sum: RowIds = { ids: [], subjectIds: [] };
  for (const [place, at] of order.entries()) {
    const row = rows.find((one) => one.period === place + 1);
    const fresh = { ids: uuids(row?.ids ?? null), subjectIds: uuids(row?.subjectIds ?? null) };
    sum = accumulates(plan)
      ? { ids: [...sum.ids, ...fresh.ids], subjectIds: [...sum.subjectIds, ...fresh.subjectIds] }
      : fresh;
    out[at] = sum;
  }
  return out;
}

/** Places of the periods, the one that ends first at the beginning. */
function orderOf({ periods }: TallyPlan): number[] {
  return periods.map((_, i) => i).sort((a, b) => (periods[a]!.to < periods[b]!.to ? -1 : 1));
}

/** Turns what came anew in each period into what there was until its end. */
function accumulate(cells: readonly TallyCell[], order: readonly number[]): TallyCell[] {
  const byCell = new Map<string, Map<number, TallyCell>>();
  for (const cell of cells) {
    const name = JSON.stringify(Object.entries(cell.at).sort());
    const line = byCell.get(name) ?? new Map<number, TallyCell>();
    line.set(cell.period, cell);
    byCell.set(name, line);
  }
  const out: TallyCell[] = [];
  for (const line of byCell.values()) {
    let sum: TallyCell | null = null;
    for (const period of order) {
      const fresh = line.get(period);
      if (fresh) sum = sum ? plus(sum, fresh) : fresh;
      if (sum) out.push({ ...sum, period });
    }
  }
  return out;
}

function plus(a: TallyCell, b: TallyCell): TallyCell {
  return {
    period: b.period,
    at: b.at,
    rows: a.rows + b.rows,
    subjectRows: a.subjectRows + b.subjectRows,
    subjects: a.subjects + b.subjects,
    sum: a.sum + b.sum,
    denominators: a.denominators + b.denominators,
    max: a.max === null || (b.max !== null && b.max > a.max) ? b.max : a.max,
    last: b.last,
    loose: a.loose + b.loose,
    ids: [...a.ids, ...b.ids],
    subjectIds: [...a.subjectIds, ...b.subjectIds],
  };
}

/** Puts pieces of SQL one after the other. */
function join(db: Db, pieces: readonly Piece[]): Piece {
  return pieces.reduce<Piece>((all, piece) => db`${all} ${piece}`, db``);
}

const NO_IDS: string[] = [];

function uuids(text: string | null): string[] {
  return text ? (text.match(/.{36}/g) ?? []) : NO_IDS;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

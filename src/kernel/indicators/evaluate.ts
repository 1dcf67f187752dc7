import type { Db } from '../../platform/db/index.ts';
import {
  type Moment,
  type Period,
  REPORTED,
  type TallyCell,
  type TallyPlan,
  tally,
  tallyRows,
} from '../evidence/index.ts';
import { type Cell, cellKey, emptyCell, meanCell, ratioCell, type Side, simpleCell } from './cells.ts';
import type { Definition } from './definition.ts';

/** Where a figure is drawn from: which rows exist, who is the same person, which activities are the project's. */
export type Basis = {
  readonly spaceId: string;
  readonly moment: Moment;
  readonly canonical: ReadonlyMap<string, string>;
  readonly activities: readonly string[];
};

/** What is evaluated: a definition, and whose reported values belong to it. */
export type Evaluated = { readonly projectId: string; readonly code: string; readonly definition: Definition };

/** Which values also list the rows that they stand on: none, the total, or every cell with the fingerprint of its rows. */
export type Grounds = 'none' | 'total' | 'cells';

/**
 * The cells of an indicator in each period, the total first. Reads the database once for an indicator with partition dimensions, once
 * more for each overlapping one, and once more for the rows of the total; a ratio does so for each of its sides. What another indicator
 * of the same basis has read already is not read again.
 */
export async function evaluate(
  db: Db,
  basis: Basis,
  indicator: Evaluated,
  periods: readonly Period[],
  grounds: Grounds,
): Promise<Cell[][]> {
  const { definition } = indicator;
  const cells = await cellsOf(db, basis, indicator, periods, grounds === 'cells');
  const out: Cell[][] = periods.map(() => []);
  for (const [period, cell] of cells) out[period]?.push(cell);
  const rows = grounds === 'total' ? await totalRows(db, basis, indicator, periods) : null;
  return out.map((found, i) => {
    const list = found.some((cell) => cell.key === '') ? found : [...found, emptyCell(definition, grounds === 'cells')];
    const grounded = rows
      ? list.map((cell) => (cell.key === '' ? { ...cell, evidenceIds: rows[i] ?? [] } : cell))
      : list;
    return grounded.sort((a, b) => (a.key < b.key ? -1 : 1));
  });
}

type Placed = readonly [period: number, cell: Cell];

async function cellsOf(
  db: Db,
  basis: Basis,
  indicator: Evaluated,
  periods: readonly Period[],
  digests: boolean,
): Promise<Placed[]> {
  const { definition } = indicator;
  if (definition.agg === 'ratio') return await ratioCells(db, basis, indicator, periods, digests);
  if (definition.agg === 'mean_of') return await meanCells(db, basis, indicator, periods, digests);
  const cells = await read(db, basis, planOf(basis, indicator, periods, digests));
  return cells.map((cell) => [cell.period, simpleCell(definition, cell, digests)]);
}

/** Tallies of a basis that list no rows: many indicators of a logframe ask the same. They go when the basis does. */
const known = new WeakMap<Basis, Map<string, Promise<TallyCell[]>>>();

function read(db: Db, basis: Basis, plan: TallyPlan): Promise<TallyCell[]> {
  if (plan.ids) return tally(db, plan);
  const { choice, canonical: _same, ...rest } = plan;
  const { moment: _moment, activities, reported, ...chosen } = choice;
  const ours = [activities === null, choice.measures.includes(REPORTED) ? reported : null];
  const key = JSON.stringify([chosen, ours, rest]);
  const held = known.get(basis) ?? new Map<string, Promise<TallyCell[]>>();
  known.set(basis, held);
  const before = held.get(key);
  if (before) return before;
  const drawn = tally(db, plan);
  held.set(key, drawn);
  return drawn;
}

/** Ids of the rows that the total stands on, by period. */
async function totalRows(
  db: Db,
  basis: Basis,
  indicator: Evaluated,
  periods: readonly Period[],
): Promise<readonly (readonly string[])[]> {
  const { definition } = indicator;
  const { numerator, denominator } = definition;
  if (definition.agg !== 'ratio') {
    const people = definition.agg === 'count_distinct';
    const rows = await tallyRows(db, plainPlan(basis, indicator, periods));
    return rows.map((one) => (people ? one.subjectIds : one.ids));
  }
  if (!numerator || !denominator) return [];
  const sides = await Promise.all(
    [numerator, denominator].map(async (part) => {
      const rows = await tallyRows(db, planOf(basis, sideOf(indicator, part), periods, false));
      return rows.map((one) => (part.agg === 'count_distinct' ? one.subjectIds : one.ids));
    }),
  );
  return periods.map((_, i) => [...new Set(sides.flatMap((side) => side[i] ?? []))]);
}

/** The plan whose rows an indicator that is no ratio reads. */
function plainPlan(basis: Basis, indicator: Evaluated, periods: readonly Period[]): TallyPlan {
  const { definition } = indicator;
  const last = definition.agg === 'mean_of' && definition.lastOnly ? LAST(definition.over ?? '') : {};
  return { ...planOf(basis, indicator, periods, false), ...last };
}

type Part = NonNullable<Definition['numerator']>;

const sideOf = (indicator: Evaluated, part: Part): Evaluated => ({
  ...indicator,
  definition: { ...indicator.definition, ...part, agg: 'sum' },
});

/** Whether every row of the numerator is one of the denominator's, so that the denominator's are all there are. */
function covers(numerator: Part, denominator: Part): boolean {
  const has = (list: readonly unknown[], wanted: readonly unknown[]): boolean =>
    wanted.every((one) => list.some((other) => JSON.stringify(other) === JSON.stringify(one)));
  return (
    has(denominator.measures, numerator.measures) &&
    has(numerator.filter, denominator.filter) &&
    (denominator.agg !== 'count_distinct' || numerator.agg === 'count_distinct')
  );
}

async function ratioCells(
  db: Db,
  basis: Basis,
  indicator: Evaluated,
  periods: readonly Period[],
  digests: boolean,
): Promise<Placed[]> {
  const { numerator, denominator } = indicator.definition;
  if (!numerator || !denominator) return [];
  // A person lies in the cell of their first row on each side, and that may be another row on each: only the total is sure to hold.
  const moves = numerator.agg === 'count_distinct' && indicator.definition.dimensions.length > 0;
  const inside = covers(numerator, denominator) && !moves;
  const side = async (part: Part): Promise<Map<string, Side>> => {
    const people = part.agg === 'count_distinct';
    const plan = planOf(basis, sideOf(indicator, part), periods, digests || !inside);
    const cells = await read(db, basis, { ...plan, distinct: people });
    const amount = (cell: TallyCell): number =>
      ({ sum: cell.sum, count: cell.rows, count_distinct: cell.subjects, denominators: cell.denominators })[part.agg];
    return new Map(
      cells.map((cell) => [
        `${cell.period} ${cellKey(cell.at)}`,
        {
          amount: amount(cell),
          cell: people ? { ...cell, ids: cell.subjectIds } : cell,
          rows: people ? cell.subjectRows : cell.rows,
        },
      ]),
    );
  };
  const top = await side(numerator);
  const bottom = await side(denominator);
  return [...bottom].map(([name, below]) => [
    below.cell.period,
    ratioCell(below.cell.at, top.get(name), below, { inside, digests }),
  ]);
}

async function meanCells(
  db: Db,
  basis: Basis,
  indicator: Evaluated,
  periods: readonly Period[],
  digests: boolean,
): Promise<Placed[]> {
  const over = indicator.definition.over ?? '';
  const plan = { ...plainPlan(basis, indicator, periods), ids: digests };
  const splits = plan.splits.map((split) => (split.includes(over) ? split : [...split, over]));
  const unique = [...new Map(splits.map((split) => [[...split].sort().join(' '), split])).values()];
  const cells = await read(db, basis, { ...plan, splits: unique, overlapping: [] });
  const out: Placed[] = [];
  for (const split of plan.splits) {
    const groups = new Map<string, { period: number; at: Record<string, string>; members: [string, TallyCell][] }>();
    for (const cell of cells) {
      if (!sameKeys(Object.keys(cell.at), [...new Set([...split, over])])) continue;
      const at = Object.fromEntries(split.map((dimension) => [dimension, cell.at[dimension] ?? '']));
      const name = `${cell.period} ${cellKey(at)}`;
      const group = groups.get(name) ?? { period: cell.period, at, members: [] };
      group.members.push([cell.at[over] ?? '', cell]);
      groups.set(name, group);
    }
    for (const { period, at, members } of groups.values()) out.push([period, meanCell(at, members, digests)]);
  }
  return out;
}

const LAST = (over: string) => ({ pick: 'last', seriesBy: over }) as const;
const sameKeys = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key) => b.includes(key));

function planOf(basis: Basis, indicator: Evaluated, periods: readonly Period[], ids: boolean): TallyPlan {
  const { definition } = indicator;
  const partitions = definition.dimensions.filter((dimension) => dimension.kind === 'partition');
  return {
    choice: {
      spaceId: basis.spaceId,
      measures: definition.measures,
      filter: definition.filter,
      estimates: definition.estimates,
      activities: definition.scope === 'space' ? null : basis.activities,
      reported: { projectId: indicator.projectId, indicator: indicator.code },
      moment: basis.moment,
    },
    canonical: basis.canonical,
    periods,
    reach: definition.period === 'flow' ? 'within' : 'until',
    pick: definition.agg === 'latest' ? 'last' : 'all',
    having: definition.having,
    distinct: definition.agg === 'count_distinct',
    splits: splitsOf(definition, partitions),
    overlapping: definition.dimensions.filter((dimension) => dimension.kind === 'overlapping').map(({ key }) => key),
    last: definition.agg === 'latest' && definition.placeRule === 'latest',
    ids,
  };
}

/** The total, each partition dimension, crosses, and each dimension within its wider one (rayons of an oblast). */
function splitsOf(definition: Definition, partitions: Definition['dimensions']): string[][] {
  const splits = [
    [],
    ...partitions.map(({ key }) => [key]),
    ...partitions.flatMap(({ key, within }) => (within === undefined ? [] : [[within, key]])),
    ...definition.crosses.map((cross) => [...cross]),
  ];
  return [...new Map(splits.map((split) => [[...split].sort().join(' '), split])).values()];
}

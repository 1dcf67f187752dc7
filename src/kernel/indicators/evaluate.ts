import type { Db } from '../../platform/db/index.ts';
import { type Moment, type Period, type TallyCell, type TallyPlan, tally } from '../evidence/index.ts';
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

/**
 * The cells of an indicator in each period, the total first. Reads the database once for an indicator with partition dimensions, once
 * more for each overlapping one; a ratio does so for each of its sides.
 */
export async function evaluate(
  db: Db,
  basis: Basis,
  indicator: Evaluated,
  periods: readonly Period[],
  digests: boolean,
): Promise<Cell[][]> {
  const { definition } = indicator;
  const cells =
    definition.agg === 'ratio'
      ? await ratioCells(db, basis, indicator, periods, digests)
      : definition.agg === 'mean_of'
        ? await meanCells(db, basis, indicator, periods, digests)
        : (await tally(db, planOf(basis, indicator, periods, digests))).map(
            (cell) => [cell.period, simpleCell(definition, cell, digests)] as const,
          );
  const out: Cell[][] = periods.map(() => []);
  for (const [period, cell] of cells) out[period]?.push(cell);
  for (const list of out) {
    if (!list.some((cell) => cell.key === '')) list.push(emptyCell(definition, digests));
    list.sort((a, b) => (a.key < b.key ? -1 : 1));
  }
  return out;
}

type Placed = readonly [period: number, cell: Cell];

async function ratioCells(
  db: Db,
  basis: Basis,
  indicator: Evaluated,
  periods: readonly Period[],
  digests: boolean,
): Promise<Placed[]> {
  const side = async (part: NonNullable<Definition['numerator']>): Promise<Map<string, Side>> => {
    const plan = planOf(
      basis,
      { ...indicator, definition: { ...indicator.definition, ...part, agg: 'sum' } },
      periods,
      true,
    );
    const cells = await tally(db, { ...plan, distinct: part.agg === 'count_distinct' });
    const amount = (cell: TallyCell): number =>
      ({ sum: cell.sum, count: cell.rows, count_distinct: cell.subjects, denominators: cell.denominators })[part.agg];
    const people = part.agg === 'count_distinct';
    return new Map(
      cells.map((cell) => [
        `${cell.period} ${cellKey(cell.at)}`,
        { amount: amount(cell), cell: people ? { ...cell, ids: cell.subjectIds } : cell },
      ]),
    );
  };
  const { numerator, denominator } = indicator.definition;
  if (!numerator || !denominator) return [];
  const top = await side(numerator);
  const bottom = await side(denominator);
  return [...bottom].map(([name, below]) => [
    below.cell.period,
    ratioCell(below.cell.at, top.get(name), below, digests),
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
  const plan = planOf(basis, indicator, periods, digests);
  const splits = plan.splits.map((split) => (split.includes(over) ? split : [...split, over]));
  const unique = [...new Map(splits.map((split) => [[...split].sort().join(' '), split])).values()];
  const cells = await tally(db, {
    ...plan,
    splits: unique,
    overlapping: [],
    ...(indicator.definition.lastOnly ? LAST(over) : {}),
  });
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

import { createHash } from 'node:crypto';
import type { EvidenceRow, Period } from '../../src/kernel/evidence/index.ts';
import type { Definition } from '../../src/kernel/indicators/index.ts';

/** Everything that a figure is drawn from, as plain lists. */
export type World = {
  rows: readonly EvidenceRow[];
  same: readonly { a: string; b: string; statedAt: Date; undoneAt: Date | null }[];
  activities: readonly string[];
  projectId: string;
  code: string;
};
export type NaiveCell = { value: number | null; evidence: number; digest: string };
type Row = EvidenceRow & { who: string | null };

/**
 * The figure again, in the plainest way and sharing no line with the product: lists, loops, one period, one cell after the other.
 * Gives the cells that stand on at least one row, and the total.
 */
export function naiveFigure(world: World, definition: Definition, period: Period, asOf: Date): Map<string, NaiveCell> {
  const groups: Set<string>[] = [];
  for (const { a, b, statedAt, undoneAt } of world.same) {
    if (statedAt > asOf || (undoneAt !== null && undoneAt <= asOf)) continue;
    const touched = groups.filter((group) => group.has(a) || group.has(b));
    for (const group of touched) groups.splice(groups.indexOf(group), 1);
    groups.push(new Set([a, b, ...touched.flatMap((group) => [...group])]));
  }
  const who = (id: string | null) =>
    id === null ? null : ([...(groups.find((g) => g.has(id)) ?? [id])].sort()[0] ?? null);
  const values = (row: EvidenceRow, key: string): string[] => {
    const value = row.attributes[key];
    return value === undefined ? [] : typeof value === 'string' ? [value] : [...value];
  };
  const meets = (row: EvidenceRow, filter: Definition['filter']): boolean =>
    filter.every(({ key, oneOf }) => values(row, key).some((value) => oneOf.includes(value)));
  const choose = (measures: readonly string[], filter: Definition['filter']): Row[] =>
    world.rows
      .filter((row) => row.recordedAt <= asOf && (row.endedAt === null || row.endedAt > asOf))
      .filter((row) => measures.includes(row.measure) && meets(row, filter))
      .filter((row) => definition.estimates || row.basis !== 'estimated')
      .filter((row) => {
        if (row.measure === 'kernel.reported')
          return row.attributes.project === world.projectId && row.attributes.indicator === world.code;
        return definition.scope === 'space' || world.activities.includes(row.activityId ?? '');
      })
      .filter((row) => row.occurredOn <= period.to && (definition.period !== 'flow' || row.occurredOn >= period.from))
      .map((row) => ({ ...row, who: who(row.subjectId) }))
      .sort((a, b) => (`${a.occurredOn} ${a.id}` < `${b.occurredOn} ${b.id}` ? -1 : 1));
  const lastOf = (rows: Row[], key: (row: Row) => string): Row[] => [
    ...new Map(rows.map((row) => [key(row), row])).values(),
  ];

  const partitions = definition.dimensions.filter((dimension) => dimension.kind === 'partition');
  const splits = [
    [],
    ...partitions.map((dimension) => [dimension.key]),
    ...partitions.flatMap((dimension) => (dimension.within ? [[dimension.within, dimension.key]] : [])),
    ...definition.crosses,
  ];
  /** Puts rows into cells. A person lies where their first row says; of several groups, in each. */
  const cellsOf = (rows: Row[], people: boolean): Map<string, Row[]> => {
    const cells = new Map<string, Row[]>([['', []]]);
    const put = (key: string, row: Row) => cells.set(key, [...(cells.get(key) ?? []), row]);
    for (const row of rows) {
      const speaker = people && row.who !== null ? rows.find((other) => other.who === row.who)! : row;
      for (const split of splits)
        put(
          [...split]
            .map((key) => `${key}=${values(speaker, key)[0] ?? 'unknown'}`)
            .sort()
            .join(';'),
          row,
        );
      for (const dimension of definition.dimensions)
        if (dimension.kind === 'overlapping')
          for (const value of new Set(values(row, dimension.key))) put(`${dimension.key}=${value}`, row);
    }
    return cells;
  };
  const sum = (rows: Row[]) => rows.reduce((all, row) => all + row.quantity, 0);
  const distinct = (rows: Row[]) => new Set(rows.flatMap((row) => (row.who === null ? [] : [row.who]))).size;
  const over = (top: number, bottom: number) => (bottom === 0 ? null : top / bottom);
  const cell = (value: number | null, rows: Row[]): NaiveCell => {
    const ids = [...new Set(rows.map((row) => row.id))].sort();
    return { value, evidence: ids.length, digest: createHash('sha256').update(ids.join('\n')).digest('hex') };
  };
  const shares = (rows: Row[]): number | null => {
    const parts = [...new Set(rows.map((row) => values(row, definition.over!)[0] ?? 'unknown'))]
      .sort()
      .flatMap((category) => {
        const own = rows.filter((row) => (values(row, definition.over!)[0] ?? 'unknown') === category);
        const share = over(
          sum(own),
          own.reduce((all, row) => all + (row.denominator ?? 0), 0),
        );
        return share === null ? [] : [share];
      });
    return over(
      parts.reduce((all, share) => all + share, 0),
      parts.length,
    );
  };

  const out = new Map<string, NaiveCell>();
  if (definition.agg === 'ratio') {
    const [top, bottom] = [definition.numerator!, definition.denominator!].map((part) => {
      const people = part.agg === 'count_distinct';
      const cells = cellsOf(choose(part.measures, part.filter), people);
      const amount = (rows: Row[]) =>
        ({
          sum: sum(rows),
          count: rows.length,
          count_distinct: distinct(rows),
          denominators: rows.reduce((all, row) => all + (row.denominator ?? 0), 0),
        })[part.agg];
      return { cells, amount, mine: (rows: Row[]) => (people ? rows.filter((row) => row.who !== null) : rows) };
    }) as [Side, Side];
    for (const [key, below] of bottom.cells) {
      const above = top.cells.get(key) ?? [];
      out.set(key, cell(over(top.amount(above), bottom.amount(below)), [...top.mine(above), ...bottom.mine(below)]));
    }
  } else {
    const people = definition.agg === 'count_distinct';
    let rows = choose(definition.measures, definition.filter);
    if (definition.agg === 'latest')
      rows = lastOf(rows, (row) => row.who ?? row.placeId ?? '').filter((row) => meets(row, definition.having));
    if (definition.lastOnly)
      rows = lastOf(rows, (row) => `${row.who ?? row.placeId} ${values(row, definition.over!)[0]}`);
    for (const [key, all] of cellsOf(rows, people)) {
      const mine = people ? all.filter((row) => row.who !== null) : all;
      const most = all.length > 0 ? Math.max(...all.map((row) => row.quantity)) : null;
      const last =
        [...all].sort((a, b) => (`${a.occurredOn} ${a.id}` < `${b.occurredOn} ${b.id}` ? 1 : -1))[0]?.quantity ?? null;
      const byRule = { sum: sum(all), avg: over(sum(all), all.length), max: most, count: all.length, latest: last };
      const value = {
        sum: sum(all),
        count: all.length,
        count_distinct: distinct(all),
        avg: over(sum(all), all.length),
        max: most,
        latest: all.length === 0 ? null : byRule[definition.placeRule],
        mean_of: definition.over ? shares(all) : null,
        ratio: null,
      }[definition.agg];
      out.set(key, cell(value, mine));
    }
  }
  return new Map([...out].filter(([key, { evidence }]) => key === '' || evidence > 0));
}

type Side = { cells: Map<string, Row[]>; amount: (rows: Row[]) => number; mine: (rows: Row[]) => Row[] };

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, cellKey, checkDefinition } from './index.ts';
import { solvable, suppress } from './suppress.ts';

const LIMIT = 5;
const people = (count: number, at: Record<string, string> = {}): Cell => ({
  ...{ key: cellKey(at), at, value: count, numerator: count, denominator: null, evidence: count, digest: null },
  ...{ evidenceIds: [], base: count, engagements: 0, parts: [] },
});
const definition = checkDefinition({
  agg: 'count_distinct',
  measures: ['interview'],
  dimensions: [
    { key: 'age', suppressBelow: LIMIT },
    { key: 'oblast', suppressBelow: LIMIT },
    { key: 'group', kind: 'overlapping', suppressBelow: LIMIT },
  ],
  crosses: [['age', 'oblast']],
});
const shown = (cells: readonly Cell[]) =>
  Object.fromEntries(suppress(cells, definition).map((cell) => [cell.key, cell.hidden ? 'hidden' : cell.value]));

describe('few people behind a number', () => {
  test('three old women are hidden, and the next smallest group with them, so that nobody subtracts', () => {
    const cells = [people(60), people(3, { age: '65+' }), people(17, { age: '18-30' }), people(40, { age: '31-64' })];
    expect(shown(cells)).toEqual({ '': 60, 'age=65+': 'hidden', 'age=18-30': 'hidden', 'age=31-64': 40 });
  });

  test('large groups stay as they are', () => {
    const cells = [people(60), people(20, { age: '18-30' }), people(40, { age: '31-64' })];
    expect(shown(cells)).toEqual({ '': 60, 'age=18-30': 20, 'age=31-64': 40 });
  });

  test('one person each in five groups would be told by the total, so the split is left out', () => {
    const cells = [people(5), ...['a', 'b', 'c', 'd', 'e'].map((age) => people(1, { age }))];
    expect(shown(cells)).toEqual({ '': 5 });
  });

  test('a cross of a split that is left out is left out too: alone, it would be the whole', () => {
    const cells = [
      people(1),
      people(1, { age: 'a' }),
      people(1, { oblast: 'o' }),
      people(1, { age: 'a', oblast: 'o' }),
    ];
    expect(shown(cells)).toEqual({ '': 1 });
  });

  test('of overlapping groups, also the one that nearly everybody is in: the rest would be few', () => {
    const cells = [
      people(20),
      people(18, { group: 'poor' }),
      people(9, { group: 'pregnant' }),
      people(2, { group: 'youth' }),
    ];
    expect(shown(cells)).toEqual({ '': 20, 'group=poor': 'hidden', 'group=pregnant': 9, 'group=youth': 'hidden' });
  });

  test('what is hidden has no evidence, no parts and no digest', () => {
    const [, hidden] = suppress([people(60), people(3, { age: '65+' }), people(57, { age: '18-64' })], definition);
    expect(hidden).toEqual({
      ...people(0, { age: '65+' }),
      ...{ value: null, numerator: null, hidden: true },
    });
  });
});

describe('whatever the table', () => {
  const table = fc.array(fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  });

  test('no small cell is shown, and no hidden one follows from totals and neighbours', () => {
    fc.assert(
      fc.property(table, (counts) => {
        const crossed = counts.flatMap((row, i) => row.map((n, j) => people(n, { age: `a${i}`, oblast: `o${j}` })));
        const add = (key: string, name: string) =>
          people(
            crossed.filter((cell) => cell.at[key] === name).reduce((sum, cell) => sum + cell.base, 0),
            { [key]: name },
          );
        const ages = counts.map((_, i) => add('age', `a${i}`));
        const oblasts = [0, 1, 2].map((j) => add('oblast', `o${j}`));
        const all = [people(crossed.reduce((sum, cell) => sum + cell.base, 0)), ...ages, ...oblasts, ...crossed];
        const cells = all.filter((cell) => cell.base > 0 || cell.key === '');
        const seen = new Map(suppress(cells, definition).map((cell) => [cell.key, cell]));
        for (const cell of cells)
          if (cell.key !== '' && cell.base < LIMIT) expect(seen.get(cell.key)?.hidden ?? true).toBe(true);

        const unknown = cells.filter((cell) => cell.key !== '' && seen.get(cell.key)?.hidden !== false);
        const at = (cell: Cell) => unknown.indexOf(cell);
        const equation = (parent: Cell | undefined, children: Cell[]) => [
          ...children.filter((cell) => at(cell) >= 0).map((cell) => ({ at: at(cell), factor: 1 })),
          ...(parent && at(parent) >= 0 ? [{ at: at(parent), factor: -1 }] : []),
        ];
        const pick = (test: (cell: Cell) => boolean) => cells.filter(test);
        const two = (cell: Cell) => Object.keys(cell.at).length === 2;
        const one = (key: string) => (cell: Cell) => Object.keys(cell.at).join() === key;
        const published = (list: Cell[]) => list.some((cell) => seen.has(cell.key));
        const lines = [
          equation(undefined, pick(one('age'))),
          equation(undefined, pick(one('oblast'))),
          ...pick(one('age')).map((age) =>
            equation(
              age,
              pick((cell) => two(cell) && cell.at.age === age.at.age),
            ),
          ),
          ...pick(one('oblast')).map((o) =>
            equation(
              o,
              pick((cell) => two(cell) && cell.at.oblast === o.at.oblast),
            ),
          ),
        ];
        const told = solvable(lines, unknown.length).map((i) => unknown[i]!);
        expect(told.filter((cell) => published([cell]) && cell.base < LIMIT)).toEqual([]);
      }),
      {
        numRuns: 300,
        examples: [
          [[[1, 0, 0]]],
          [
            [
              [2, 1, 0],
              [4, 0, 0],
              [0, 4, 2],
            ],
          ],
        ],
      },
    );
  });
});

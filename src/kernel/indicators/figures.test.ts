import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { naiveFigure } from '../../../test/support/oracle.ts';
import { ACTIVITY, aWorld, CODE, PERIODS, PROJECT, putWorld, START } from '../../../test/support/world.ts';
import { basisOf } from './figure.ts';
import { checkDefinition, type DefinitionInput, evaluate } from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const dimensions: DefinitionInput['dimensions'] = [
  { key: 'sex' },
  { key: 'oblast' },
  { key: 'rayon', within: 'oblast' },
  { key: 'group', kind: 'overlapping' },
];
const partitions = dimensions.slice(0, 3);
const crosses: [string, string][] = [['sex', 'oblast']];
const base = { measures: ['a', 'b'], dimensions, crosses };

/** One of each: aggregation, period rule, filter, and what is special about it. */
const DEFINITIONS: Record<string, DefinitionInput> = {
  'people reached': { ...base, agg: 'count_distinct' },
  'people reached to date': { ...base, agg: 'count_distinct', period: 'to_date' },
  'women reached, estimates left out': {
    ...base,
    agg: 'count_distinct',
    filter: [{ key: 'sex', oneOf: ['f'] }],
    estimates: false,
  },
  'contacts of the poor or pregnant': {
    ...base,
    agg: 'count',
    filter: [{ key: 'group', oneOf: ['poor', 'pregnant'] }],
  },
  'som spent': { ...base, agg: 'sum' },
  'som spent to date, with what was reported': {
    ...base,
    measures: ['a', 'kernel.reported'],
    agg: 'sum',
    period: 'to_date',
  },
  'largest meeting': { ...base, agg: 'max' },
  'largest meeting so far': { ...base, agg: 'max', period: 'stock' },
  'mean size': { ...base, agg: 'avg', scope: 'space' },
  'members on the day': { ...base, agg: 'latest', period: 'stock' },
  'latest state only: those still poor': {
    ...base,
    agg: 'latest',
    period: 'stock',
    having: [{ key: 'group', oneOf: ['poor'] }],
    placeRule: 'count',
  },
  'mean of the last visits': { ...base, agg: 'latest', placeRule: 'avg' },
  'largest of the last visits': { ...base, agg: 'latest', placeRule: 'max' },
  'the very last': { ...base, agg: 'latest', placeRule: 'latest' },
  'share met': {
    agg: 'ratio',
    numerator: { agg: 'sum', measures: ['a'] },
    denominator: { agg: 'denominators', measures: ['a'] },
    dimensions,
  },
  'share of women among people to date': {
    agg: 'ratio',
    period: 'to_date',
    numerator: { agg: 'count_distinct', measures: ['a', 'b'], filter: [{ key: 'sex', oneOf: ['f'] }] },
    denominator: { agg: 'count_distinct', measures: ['a', 'b'] },
    dimensions,
  },
  'index: mean of domains': {
    agg: 'mean_of',
    measures: ['a'],
    over: 'domain',
    dimensions: [...partitions, { key: 'domain' }],
  },
  'index of the last visits': {
    agg: 'mean_of',
    measures: ['a', 'b'],
    over: 'domain',
    lastOnly: true,
    period: 'stock',
    dimensions: partitions,
  },
};

describe('every figure, cell by cell, equals a naive recomputation', () => {
  test.each(Object.entries(DEFINITIONS))('%s', async (_, given) => {
    const definition = checkDefinition(given);
    await fc.assert(
      fc.asyncProperty(aWorld(), fc.integer({ min: 0, max: 400 }), async (world, minutes) => {
        const spaceId = await putWorld(database.sql, world);
        const asOf = new Date(START + minutes * 60_000);
        const basis = await basisOf(database.sql, spaceId, PROJECT, asOf);
        const one = { projectId: PROJECT, code: CODE, definition };
        const cells = await evaluate(database.sql, basis, one, PERIODS, 'cells');
        // Without their rows the values are the same, also when they are read a second time; the total alone can list its rows.
        const plain = cells.map((list) => list.map((cell) => ({ ...cell, digest: null, evidenceIds: [] })));
        const bare = (list: typeof cells) => list.map((all) => all.map((cell) => ({ ...cell, evidenceIds: [] })));
        for (const grounds of ['none', 'total', 'none'] as const) {
          const again = await evaluate(database.sql, basis, one, PERIODS, grounds);
          expect(bare(again)).toEqual(plain);
          if (grounds === 'total')
            for (const [i, list] of again.entries())
              expect(list.map((cell) => [cell.key, [...cell.evidenceIds].sort()])).toEqual(
                cells[i]!.map((cell) => [cell.key, cell.key === '' ? [...cell.evidenceIds].sort() : []]),
              );
        }
        for (const [i, period] of PERIODS.entries()) {
          const mine = cells[i]!.filter((cell) => cell.key === '' || cell.evidence > 0).map(
            ({ key, value, evidence, digest }) => [key, { value: rounded(value), evidence, digest }] as const,
          );
          const naive = naiveFigure(world, definition, period, asOf);
          const expected = [...naive].map(([key, cell]) => [key, { ...cell, value: rounded(cell.value) }] as const);
          expect(new Map(mine)).toEqual(new Map(expected));
          expect(basis.activities).toEqual([ACTIVITY]);
        }
      }),
      { numRuns: 12 },
    );
  });
});

/** Shares are compared to twelve digits: the order of additions shows in the last ones. */
const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(12)));

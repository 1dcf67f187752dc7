import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import type { World } from '../../../test/support/oracle.ts';
import { aWorld, CODE, PERIODS, PROJECT, putWorld, START } from '../../../test/support/world.ts';
import { uuidFromName } from '../../platform/db/index.ts';
import { basisOf } from './figure.ts';
import { type Cell, checkDefinition, type DefinitionInput, evaluate } from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const dimensions: DefinitionInput['dimensions'] = [
  { key: 'sex' },
  { key: 'oblast' },
  { key: 'rayon', within: 'oblast' },
];
const reached: DefinitionInput = { agg: 'count_distinct', measures: ['a', 'b'], dimensions };
const END = new Date(START + 400 * 60_000);

async function cellsOf(world: World, given: DefinitionInput): Promise<Cell[][]> {
  const spaceId = await putWorld(database.sql, world);
  const basis = await basisOf(database.sql, spaceId, PROJECT, END);
  const definition = checkDefinition(given);
  return await evaluate(database.sql, basis, { projectId: PROJECT, code: CODE, definition }, PERIODS, 'cells');
}
const total = (cells: readonly Cell[]): number => cells.find((cell) => cell.key === '')?.value ?? 0;
const totals = (periods: Cell[][]): number[] => periods.map(total);
const pure = (periods: Cell[][]) => periods.map((cells) => cells.map(({ key, value, digest }) => [key, value, digest]));
const check = (property: (world: World) => Promise<void>) =>
  fc.assert(fc.asyncProperty(aWorld(), property), { numRuns: 10 });

describe('what holds of every figure', () => {
  test.each(['count_distinct', 'sum', 'count'] as const)(
    'categories of a partition add up to the total (%s)',
    async (agg) => {
      await check(async (world) => {
        for (const cells of await cellsOf(world, { ...reached, agg }))
          for (const { key } of dimensions) {
            const parts = cells.filter((cell) => Object.keys(cell.at).join() === key);
            expect(parts.reduce((sum, cell) => sum + (cell.value ?? 0), 0)).toBe(total(cells));
            expect(parts.reduce((sum, cell) => sum + cell.evidence, 0)).toBe(
              cells.find((cell) => cell.key === '')?.evidence,
            );
          }
      });
    },
  );

  test('a second row of the same person in the same period leaves the number of people alone', async () => {
    await check(async (world) => {
      const again = world.rows.map((row) => ({ ...row, id: uuidFromName('again', row.id), attributes: {} }));
      expect(totals(await cellsOf({ ...world, rows: [...world.rows, ...again] }, reached))).toEqual(
        totals(await cellsOf(world, reached)),
      );
    });
  });

  test('declaring two entries the same person never raises a count, and taking it back restores it', async () => {
    await check(async (world) => {
      const apart = totals(await cellsOf({ ...world, same: [] }, reached));
      const together = totals(
        await cellsOf({ ...world, same: world.same.map((pair) => ({ ...pair, undoneAt: null })) }, reached),
      );
      for (const [i, count] of together.entries()) expect(count).toBeLessThanOrEqual(apart[i]!);
      const undone = world.same.map((pair) => ({ ...pair, undoneAt: new Date(pair.statedAt.getTime() + 1) }));
      expect(totals(await cellsOf({ ...world, same: undone }, reached))).toEqual(apart);
    });
  });

  test('the order in which phones found a network changes nothing', async () => {
    await check(async (world) => {
      const standing = world.rows.map((row) => ({ ...row, endedAt: null, endCause: null }));
      const later = standing.map((row, i) => ({ ...row, recordedAt: new Date(START + ((i * 7919) % 300) * 60_000) }));
      for (const given of [reached, { ...reached, agg: 'latest', period: 'stock' } as const])
        expect(pure(await cellsOf({ ...world, rows: later.reverse() }, given))).toEqual(
          pure(await cellsOf({ ...world, rows: standing }, given)),
        );
    });
  });

  test('a figure that is not zero lists at least one row of evidence', async () => {
    await check(async (world) => {
      for (const cells of await cellsOf(world, reached))
        for (const cell of cells) {
          if (cell.value) expect(cell.evidence).toBeGreaterThan(0);
          expect(cell.evidenceIds).toHaveLength(cell.evidence);
        }
    });
  });

  test('people to date are at least those of the best period and at most those of all periods together (R3)', async () => {
    await check(async (world) => {
      const [second, first] = totals(await cellsOf(world, reached)) as [number, number];
      const toDate = totals(await cellsOf(world, { ...reached, period: 'to_date' }))[0]!;
      expect(toDate).toBeGreaterThanOrEqual(Math.max(first, second));
      expect(toDate).toBeLessThanOrEqual(first + second);
    });
  });

  test('a state on a day is not added over time (R6): the half-year shows what the last quarter shows', async () => {
    await check(async (world) => {
      const [second, , half] = await cellsOf(world, { ...reached, agg: 'latest', period: 'stock' });
      expect(pure([half!])).toEqual(pure([second!]));
    });
  });

  test('contacts of nobody in particular stand beside the people and are never among them (R4)', async () => {
    await check(async (world) => {
      const crowd = world.rows.map((row) => ({
        ...row,
        id: uuidFromName('crowd', row.id),
        subjectId: null,
        quantity: 500,
      }));
      const before = await cellsOf(world, reached);
      const after = await cellsOf({ ...world, rows: [...world.rows, ...crowd] }, reached);
      expect(totals(after)).toEqual(totals(before));
      for (const [i, cells] of after.entries()) {
        const rows =
          cells.find((cell) => cell.key === '')!.engagements - before[i]!.find((cell) => cell.key === '')!.engagements;
        expect(rows % 500).toBe(0);
      }
    });
  });
});

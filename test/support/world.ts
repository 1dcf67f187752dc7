import fc from 'fast-check';
import type { EvidenceRow } from '../../src/kernel/evidence/index.ts';
import { insertRows } from '../../src/kernel/evidence/queries.ts';
import { type Sql, uuidFromName, uuidv7 } from '../../src/platform/db/index.ts';
import type { World } from './oracle.ts';

export const START = Date.UTC(2016, 3, 1);
export const PROJECT = '20000000-0000-4000-8000-000000000001';
export const ACTIVITY = '20000000-0000-4000-8000-000000000002';
const ELSEWHERE = '20000000-0000-4000-8000-000000000003';
export const CODE = 'reached';
/** Two quarters, the half-year over both, and a week inside: periods may overlap, and come in any order. */
export const PERIODS = [
  { from: '2016-04-01', to: '2016-06-30' },
  { from: '2016-01-01', to: '2016-03-31' },
  { from: '2016-01-01', to: '2016-06-30' },
  { from: '2016-05-02', to: '2016-05-08' },
] as const;

const PEOPLE = Array.from({ length: 8 }, (_, i) => `30000000-0000-4000-8000-00000000000${i}`);
const PLACES = ['40000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000002'];
const RAYONS = [
  ['chui', 'alamudun'],
  ['chui', 'kemin'],
  ['talas', 'manas'],
] as const;
const minute = (n: number): Date => new Date(START + n * 60_000);
const optional = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined });

/** Rows of a half-year with every kind of untidiness: the same person under two entries, both sexes, no subject, late and ended rows. */
const aRow: fc.Arbitrary<EvidenceRow> = fc
  .record({
    name: fc.uuid(),
    measure: fc.constantFrom('a', 'b', 'kernel.reported', 'elsewhere'),
    subjectId: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...PEOPLE) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    quantity: fc.integer({ min: 0, max: 9 }),
    denominator: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }),
    day: fc.integer({ min: 0, max: 181 }),
    recorded: fc.integer({ min: 0, max: 300 }),
    ended: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null, freq: 4 }),
    cause: fc.constantFrom('corrected' as const, 'withdrawn' as const, 'redefined' as const),
    placeId: fc.constantFrom(...PLACES, null),
    activityId: fc.constantFrom(ACTIVITY, ACTIVITY, ACTIVITY, ELSEWHERE),
    basis: fc.constantFrom<EvidenceRow['basis']>('counted', 'counted', 'estimated'),
    sex: optional(fc.constantFrom('f', 'm')),
    where: optional(fc.constantFrom(...RAYONS)),
    group: optional(fc.subarray(['poor', 'pregnant', 'youth'])),
    domain: optional(fc.constantFrom('access', 'information', 'privacy')),
    indicator: fc.constantFrom(CODE, 'another'),
  })
  .map((r) => ({
    id: uuidFromName('row', r.name),
    measure: r.measure,
    recordId: uuidFromName('record', r.name),
    rootId: uuidFromName('record', r.name),
    ordinal: 0,
    subjectId: r.subjectId,
    quantity: r.quantity,
    denominator: r.denominator,
    occurredOn: new Date(Date.UTC(2016, 0, 1) + r.day * 86_400_000).toISOString().slice(0, 10),
    recordedAt: minute(r.recorded),
    placeId: r.placeId,
    activityId: r.activityId,
    partnerId: null,
    attributes: {
      ...(r.sex ? { sex: r.sex } : {}),
      ...(r.where ? { oblast: r.where[0], rayon: r.where[1] } : {}),
      ...(r.group ? { group: r.group } : {}),
      ...(r.domain ? { domain: r.domain } : {}),
      ...(r.measure === 'kernel.reported' ? { project: PROJECT, indicator: r.indicator } : {}),
    },
    basis: r.basis,
    endedAt: r.ended === null ? null : minute(r.recorded + r.ended),
    endCause: r.ended === null ? null : r.cause,
    endedByRecord: null,
  }));

const aPair = fc
  .record({
    pair: fc.shuffledSubarray(PEOPLE, { minLength: 2, maxLength: 2 }),
    stated: fc.integer({ min: 0, max: 300 }),
    undone: fc.option(fc.integer({ min: 1, max: 100 }), { nil: null }),
  })
  .map(({ pair, stated, undone }) => ({
    a: pair[0]!,
    b: pair[1]!,
    statedAt: minute(stated),
    undoneAt: undone === null ? null : minute(stated + undone),
  }));

export const aWorld = (): fc.Arbitrary<World> =>
  fc.record({
    rows: fc.uniqueArray(aRow, { maxLength: 60, size: 'max', selector: (row) => row.id }),
    same: fc.array(aPair, { maxLength: 4, size: 'max' }),
    activities: fc.constant([ACTIVITY]),
    projectId: fc.constant(PROJECT),
    code: fc.constant(CODE),
  });

/** Puts a world into a space of its own. */
export async function putWorld(sql: Sql, world: Pick<World, 'rows' | 'same'>): Promise<string> {
  const spaceId = uuidv7();
  await sql`insert into project (space_id, id, code, slug, title) values (${spaceId}, ${PROJECT}, 'P7', 'p7', '{"en": "Visits"}')`;
  await sql`insert into activity (space_id, id, kind, title, starts_on, ends_on)
    values (${spaceId}, ${ACTIVITY}, 'test', '{}', '2016-01-01', '2016-06-30')`;
  await sql`insert into activity_project (space_id, activity_id, project_id) values (${spaceId}, ${ACTIVITY}, ${PROJECT})`;
  for (const id of PEOPLE) await sql`insert into subject (space_id, id, kind) values (${spaceId}, ${id}, 'person')`;
  for (const { a, b, statedAt, undoneAt } of world.same)
    await sql`insert into relation (space_id, id, subject_id, kind, object_id, stated_at, undone_at)
      values (${spaceId}, ${uuidv7()}, ${a}, 'same_as', ${b}, ${statedAt}, ${undoneAt})`;
  await insertRows(sql, spaceId, world.rows);
  return spaceId;
}

import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { putRecord } from '../../../test/support/records.ts';
import { speakerIn } from '../../../test/support/speaker.ts';
import { uuidFromName, uuidv7 } from '../../platform/db/index.ts';
import { judge } from '../records/index.ts';
import { addSubject, relate } from '../subjects/index.ts';
import { applyRecord, type Measure, rebuild, reported, rowsOfRoot } from './index.ts';
import { lockSpace } from './queries.ts';
import { spansOf, type Verdict } from './timeline.ts';

/** One row for each person ticked on the sheet, with the rayon of the place where it happened. */
const present: Measure = {
  key: 'test.present',
  title: { en: 'Person present' },
  unit: 'person',
  forms: ['sheet'],
  dimensions: [],
  rows: (record, subject) =>
    (record.answers.present as string[]).map((personId) => ({
      subjectId: personId,
      quantity: 1,
      attributes: { rayon: subject?.places.find((place) => place.type === 'rayon')?.id ?? 'unknown' },
    })),
};
const measures = [present, reported];
const nurlan = '10000000-0000-4000-8000-000000000001';
const aigul = '10000000-0000-4000-8000-000000000002';
const reviewer = { accountId: uuidv7() };

let database: TestDatabase;
let spaceId: string;
const day = (n: number): Date => new Date(Date.UTC(2016, 3, n, 9));

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  spaceId = uuidv7();
});

const sheet = (present: string[], more: object = {}) =>
  putRecord(database.sql, { spaceId, formKey: 'sheet', occurredOn: '2016-04-02', answers: { present }, ...more });

/** A second person's word, and the evidence that follows from it, in one transaction. */
async function say(recordId: string, verdict: Verdict['verdict'], at: Date): Promise<void> {
  await database.sql.begin(async (tx) => {
    await judge(tx, { spaceId, recordId, verdict, by: reviewer, at, reason: 'looked at the paper' });
    await applyRecord(tx, { spaceId, recordId, measures });
  });
}

describe('evidence follows judgements', () => {
  test('a sheet counts from the moment it is accepted, a row per person, and its ids can be made again', async () => {
    const { id } = await sheet([nurlan, aigul]);
    await applyRecord(database.sql, { spaceId, recordId: id, measures });
    expect(await rowsOfRoot(database.sql, spaceId, id)).toEqual([]);

    await say(id, 'accepted', day(5));
    const rows = await rowsOfRoot(database.sql, spaceId, id);
    expect(rows.map((row) => [row.subjectId, row.occurredOn, row.recordedAt, row.endedAt])).toEqual([
      [nurlan, '2016-04-02', day(5), null],
      [aigul, '2016-04-02', day(5), null],
    ]);
    expect(rows.map((row) => row.id)).toEqual([0, 1].map((n) => uuidFromName(spaceId, 'test.present', id, n)));
  });

  test('who judges while a whole space is drawn anew is told to come back, and nothing is half done', async () => {
    const { id } = await sheet([nurlan]);
    let ready: () => void = () => {};
    const locked = new Promise<void>((resolve) => {
      ready = resolve;
    });
    let end: () => void = () => {};
    const drawing = database.sql.begin(async (tx) => {
      await lockSpace(tx, spaceId, 'alone');
      ready();
      await new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    await locked;
    await expect(say(id, 'accepted', day(5))).rejects.toMatchObject({ status: 503, key: 'evidence.busy' });
    end();
    await drawing;
    expect(await rowsOfRoot(database.sql, spaceId, id)).toEqual([]);
    await say(id, 'accepted', day(5));
    expect((await rowsOfRoot(database.sql, spaceId, id)).length).toBe(1);
  }, 20_000);

  test('a correction ends the rows of the first sheet when it is accepted, not when it arrives', async () => {
    const first = await sheet([nurlan, aigul]);
    await say(first.id, 'accepted', day(5));
    const second = await sheet([nurlan], { supersedes: first });
    await applyRecord(database.sql, { spaceId, recordId: second.id, measures });
    expect((await rowsOfRoot(database.sql, spaceId, first.id)).filter((row) => row.endedAt)).toEqual([]);

    await say(second.id, 'accepted', day(8));
    const rows = await rowsOfRoot(database.sql, spaceId, first.id);
    expect(rows.map((row) => [row.recordId, row.subjectId, row.endedAt, row.endCause, row.endedByRecord])).toEqual([
      [first.id, nurlan, day(8), 'corrected', second.id],
      [first.id, aigul, day(8), 'corrected', second.id],
      [second.id, nurlan, null, null, null],
    ]);
  });

  test.each(['withdrawn', 'rejected', 'returned'] as const)(
    'a sheet that is %s after acceptance ends as withdrawn',
    async (verdict) => {
      const { id } = await sheet([nurlan]);
      await say(id, 'accepted', day(5));
      await say(id, verdict, day(6));
      expect((await rowsOfRoot(database.sql, spaceId, id)).map((row) => [row.endedAt, row.endCause])).toEqual([
        [day(6), 'withdrawn'],
      ]);
    },
  );

  test('a sheet accepted again counts again, in new rows, and the time between stays a gap', async () => {
    const { id } = await sheet([nurlan]);
    await say(id, 'accepted', day(5));
    await say(id, 'returned', day(6));
    await say(id, 'accepted', day(9));
    expect(
      (await rowsOfRoot(database.sql, spaceId, id)).map((row) => [row.ordinal, row.recordedAt, row.endedAt]),
    ).toEqual([
      [0, day(5), day(6)],
      [1, day(9), null],
    ]);
  });

  test('the place is where it happened then: a village that moved to another rayon keeps its past', async () => {
    const by = { ...speakerIn(spaceId, measures), at: day(1) };
    const place = (type: string, name: string) =>
      addSubject(database.sql, by, { kind: 'place', type, name: { ky: name } });
    const talas = await place('rayon', 'Талас району');
    const manas = await place('rayon', 'Манас району');
    const village = await place('village', 'Бала-Саруу');
    await relate(database.sql, by, { subjectId: village, kind: 'part_of', objectId: talas, to: '2016-03-31' });
    await relate(database.sql, by, { subjectId: village, kind: 'part_of', objectId: manas, from: '2016-04-01' });
    const before = await sheet([nurlan], { subjectId: village, occurredOn: '2016-03-20' });
    const after = await sheet([nurlan], { subjectId: village, occurredOn: '2016-04-20' });
    await say(before.id, 'accepted', day(21));
    await say(after.id, 'accepted', day(21));
    const rayons = [before, after].map(
      async ({ id }) => (await rowsOfRoot(database.sql, spaceId, id))[0]?.attributes.rayon,
    );
    expect(await Promise.all(rayons)).toEqual([talas, manas]);
  });

  test('the 46 mediators of 2011 are a record with its document, basis "reported"', async () => {
    const projectId = uuidv7();
    const { id } = await putRecord(database.sql, {
      spaceId,
      formKey: 'reported_value',
      occurredOn: '2011-12-20',
      answers: { project: projectId, indicator: 'mediators', quantity: '46', document: 'Final report, page 7' },
    });
    await say(id, 'accepted', day(1));
    expect(
      (await rowsOfRoot(database.sql, spaceId, id)).map((row) => [row.quantity, row.basis, row.attributes]),
    ).toEqual([[46, 'reported', { project: projectId, indicator: 'mediators' }]]);
  });
});

describe('a rebuild', () => {
  test('gives the same rows byte for byte, and says how far it is', async () => {
    for (let n = 0; n < 30; n++) {
      const one = await sheet([nurlan, aigul], { occurredOn: `2016-04-${String((n % 28) + 1).padStart(2, '0')}` });
      await say(one.id, 'accepted', day(1 + n));
      if (n % 3 === 0) await say(one.id, 'withdrawn', day(40 + n));
      if (n % 3 === 1) await say((await sheet([aigul], { supersedes: one })).id, 'accepted', day(50 + n));
    }
    const steps: number[] = [];
    const result = await rebuild(database.sql, spaceId, measures, (done) => steps.push(done));
    expect([result.same, result.rows, steps]).toEqual([true, 70, [30]]);
  });

  test('mends rows that somebody changed in the database, and says that they were not the same', async () => {
    const { id } = await sheet([nurlan]);
    await say(id, 'accepted', day(5));
    await database.sql`update evidence set quantity = 1000 where space_id = ${spaceId}`;
    expect((await rebuild(database.sql, spaceId, measures)).same).toBe(false);
    expect((await rowsOfRoot(database.sql, spaceId, id)).map((row) => row.quantity)).toEqual([1]);
  });

  test('leaves another space alone', async () => {
    const { id } = await sheet([nurlan]);
    await say(id, 'accepted', day(5));
    await rebuild(database.sql, uuidv7(), measures);
    expect(await rowsOfRoot(database.sql, spaceId, id)).toHaveLength(1);
  });
});

test('whatever is said of the versions of a record, one version counts at a time and every end has a cause', () => {
  const word = fc.record({
    recordId: fc.constantFrom('a', 'b', 'c'),
    verdict: fc.constantFrom<Verdict['verdict']>('accepted', 'returned', 'rejected', 'withdrawn'),
    minute: fc.nat(20),
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (words, seed) => {
      const verdicts = words.map((w, i) => ({ ...w, id: String(i).padStart(3, '0'), at: new Date(w.minute * 60_000) }));
      const spans = spansOf(verdicts);
      const shuffled = [...verdicts].sort(() => ((seed.next().value ?? 0) % 2) - 0.5);
      expect(spansOf(shuffled)).toEqual(spans);
      for (const [i, span] of spans.entries()) {
        const next = spans[i + 1];
        expect(span.until === null).toBe(span.cause === null);
        if (next) expect(span.until!.getTime()).toBeLessThanOrEqual(next.from.getTime());
      }
      const last = [...verdicts].sort((a, b) => a.minute - b.minute || (a.id < b.id ? -1 : 1)).at(-1);
      if (last?.verdict === 'accepted') expect(spans.at(-1)?.recordId).toBe(last.recordId);
    }),
  );
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { naiveFigure, type World } from '../../../test/support/oracle.ts';
import { putRecord } from '../../../test/support/records.ts';
import { speakerIn } from '../../../test/support/speaker.ts';
import { ACTIVITY, aWorld, CODE, PROJECT, putWorld, START } from '../../../test/support/world.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import { applyRecord, type Measure } from '../evidence/index.ts';
import { addIndicator, checkDefinition, type DefinitionInput, figure, redefine } from '../indicators/index.ts';
import { judge } from '../records/index.ts';
import { addSource, addVersion, undoVersion } from '../sources/index.ts';
import { addSubject, changeType, sameAs, undoRelation } from '../subjects/index.ts';
import {
  askFreeze,
  CAUSES,
  freeze,
  freezeJobs,
  freezeRequest,
  freezesOf,
  frozenEvidence,
  variance,
  verifyFreeze,
} from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const coordinator = (spaceId: string) => speakerIn(spaceId);
const SPRING = { from: '2016-04-01', to: '2016-06-30' };
const at = (minutes: number): Date => new Date(START + minutes * 60_000);
const title = { en: 'Spring report' };

const dimensions: DefinitionInput['dimensions'] = [{ key: 'sex' }, { key: 'oblast' }];
const KINDS: Record<string, DefinitionInput> = {
  people: { agg: 'count_distinct', measures: ['a', 'b'], dimensions },
  'people to date': { agg: 'count_distinct', measures: ['a', 'b'], period: 'to_date', dimensions },
  som: { agg: 'sum', measures: ['a'], dimensions },
  members: { agg: 'latest', measures: ['a', 'b'], period: 'stock', dimensions },
  'share met': {
    agg: 'ratio',
    numerator: { agg: 'sum', measures: ['a'] },
    denominator: { agg: 'denominators', measures: ['a'] },
    dimensions,
  },
  index: { agg: 'mean_of', measures: ['a'], over: 'domain', dimensions },
};

describe('whatever happened before and after a report', () => {
  test.each(Object.entries(KINDS))(
    'it can be drawn again exactly, and causes explain every change: %s',
    async (_, given) => {
      const run = async (world: World, frozenAfter: number, redefined: boolean): Promise<void> => {
        const spaceId = await putWorld(database.sql, world);
        const by = coordinator(spaceId);
        const one = { projectId: PROJECT, code: CODE, title: { en: 'Reached' }, definition: given, at: at(-1) };
        const indicator = await addIndicator(database.sql, by, one);
        const report = await freeze(database.sql, by, { projectId: PROJECT, ...SPRING, title, asOf: at(frozenAfter) });
        const newer = { ...given, filter: [{ key: 'sex', oneOf: ['f'] }] };
        if (redefined && given.agg !== 'ratio')
          await redefine(database.sql, by, {
            indicatorId: indicator.id,
            definition: newer,
            reason: 'women only',
            at: at(380),
          });
        expect(await verifyFreeze(database.sql, spaceId, report.id)).toEqual({
          same: true,
          digest: report.digest,
          different: [],
        });

        const live = checkDefinition(redefined && given.agg !== 'ratio' ? newer : given);
        const [found] = (await variance(database.sql, spaceId, report.id, at(400))).indicators;
        for (const cell of found!.cells) {
          const sum = CAUSES.reduce((all, cause) => all + Math.round(cell.by[cause] * 1e6), 0);
          expect(sum).toBe(Math.round((cell.live ?? 0) * 1e6) - Math.round((cell.frozen ?? 0) * 1e6));
        }
        const naive = naiveFigure(world, live, SPRING, at(400)).get('');
        const total = found!.cells.find((cell) => cell.cell === '')!;
        expect([total.live === null, total.live?.toPrecision(12)]).toEqual([
          naive?.value === null,
          naive?.value?.toPrecision(12),
        ]);

        const evidence = new Set(await frozenEvidence(database.sql, spaceId, report.id, indicator.id));
        for (const cause of CAUSES)
          for (const { evidenceId, effect } of found!.rows[cause]) {
            if (effect === 'added') evidence.add(evidenceId);
            if (effect === 'removed') evidence.delete(evidenceId);
          }
        expect(evidence.size).toBe(naive?.evidence);
      };
      await fc.assert(fc.asyncProperty(aWorld(), fc.integer({ min: 20, max: 350 }), fc.boolean(), run), { numRuns: 8 });
    },
  );
});

describe('the report of spring 2016', () => {
  const visit: Measure = {
    key: 'test.visit',
    title: { en: 'Facility visited' },
    unit: 'thing',
    forms: ['visit'],
    dimensions: [],
    sources: ['least-score'],
    rows: (record, subject, tables) => {
      const least = tables.get('least-score')?.rows[0]?.numbers.met ?? 0;
      return record.answers.counts === false || least > 7
        ? []
        : [{ subjectId: record.subjectId, quantity: 1, attributes: { sex: 'f', type: subject?.type ?? 'unknown' } }];
    },
  };

  /** Three facilities visited and checked; the report is frozen; then life goes on. */
  async function aSpring() {
    const sql = database.sql;
    const spaceId = await putWorld(sql, { rows: [], same: [] });
    const by = speakerIn(spaceId, [visit]);
    const reviewer = { accountId: uuidv7() };
    const facility = (name: string) => addSubject(sql, by, { kind: 'thing', type: 'fap', name: { ky: name } });
    const facilities = [await facility('Ак-Дөбө ФАП'), await facility('Көк-Ой ФАП'), await facility('Үч-Эмчек ФАП')];
    const comes = (subjectId: string, more: object = {}) =>
      putRecord(sql, { spaceId, formKey: 'visit', occurredOn: '2016-05-10', subjectId, activityId: ACTIVITY, ...more });
    const say = (recordId: string, verdict: 'accepted' | 'withdrawn') =>
      sql.begin(async (tx) => {
        await judge(tx, { spaceId, recordId, verdict, by: reviewer, reason: 'checked' });
        await applyRecord(tx, { spaceId, recordId, measures: [visit] });
      });
    const indicator = await addIndicator(sql, by, {
      projectId: PROJECT,
      code: 'visited',
      title: { en: 'Facilities visited' },
      definition: { agg: 'count_distinct', measures: ['test.visit'] },
    });
    const [first, second, third] = [
      await comes(facilities[0]!),
      await comes(facilities[1]!),
      await comes(facilities[2]!),
    ];
    await say(first.id, 'accepted');
    await say(second.id, 'accepted');
    const report = await freeze(sql, by, { projectId: PROJECT, ...SPRING, title });
    const explained = async () => {
      const [found] = (await variance(sql, spaceId, report.id)).indicators;
      const [cell] = found!.cells;
      const rows = CAUSES.flatMap((cause) => found!.rows[cause].map((row) => [cause, row.effect] as const));
      return { frozen: cell!.frozen, live: cell!.live, by: cell!.by, rows };
    };
    return { sql, spaceId, by, indicator, facilities, first, second, third, comes, say, report, explained };
  }
  const nothing = { late: 0, corrected: 0, withdrawn: 0, merged: 0, redefined: 0 };

  test('nothing has changed yet', async () => {
    const { explained } = await aSpring();
    expect(await explained()).toEqual({ frozen: 2, live: 2, by: nothing, rows: [] });
  });

  test('a visit that was accepted after the report is late: reported 2, now 3', async () => {
    const { say, third, explained } = await aSpring();
    await say(third.id, 'accepted');
    expect(await explained()).toEqual({ frozen: 2, live: 3, by: { ...nothing, late: 1 }, rows: [['late', 'added']] });
  });

  test('a corrected sheet that no longer counts is a correction, not a loss', async () => {
    const { say, second, comes, facilities, explained } = await aSpring();
    const corrected = await comes(facilities[1]!, { supersedes: second, answers: { counts: false } });
    await say(corrected.id, 'accepted');
    expect(await explained()).toEqual({
      ...{ frozen: 2, live: 1, by: { ...nothing, corrected: -1 } },
      rows: [['corrected', 'removed']],
    });
  });

  test('a corrected sheet that says the same changes rows and no number', async () => {
    const { say, second, comes, facilities, explained } = await aSpring();
    await say((await comes(facilities[1]!, { supersedes: second })).id, 'accepted');
    expect(await explained()).toEqual({
      ...{ frozen: 2, live: 2, by: nothing },
      rows: [
        ['corrected', 'added'],
        ['corrected', 'removed'],
      ],
    });
  });

  test('a withdrawn sheet is a withdrawal', async () => {
    const { say, first, explained } = await aSpring();
    await say(first.id, 'withdrawn');
    expect(await explained()).toEqual({
      ...{ frozen: 2, live: 1, by: { ...nothing, withdrawn: -1 } },
      rows: [['withdrawn', 'removed']],
    });
  });

  test('two entries that turn out to be one facility are a merge, and taking it back restores the number', async () => {
    const { sql, by, facilities, explained } = await aSpring();
    const relation = await sameAs(sql, by, { a: facilities[0]!, b: facilities[1]!, reason: 'one building' });
    expect(await explained()).toEqual({
      ...{ frozen: 2, live: 1, by: { ...nothing, merged: -1 } },
      rows: [['merged', 'regrouped']],
    });
    await undoRelation(sql, by, relation, 'two buildings after all');
    expect(await explained()).toEqual({ frozen: 2, live: 2, by: nothing, rows: [] });
  });

  test('a line that is stated later about the past is a redefinition; taking it back restores the number', async () => {
    const { sql, spaceId, by, report, explained } = await aSpring();
    await addSource(sql, by, { key: 'least-score', kind: 'threshold', title: { en: 'Least score' } });
    const { id } = await addVersion(sql, by, {
      ...{ source: 'least-score', version: '1', validFrom: '2016-01-01' },
      rows: [{ rowKey: 'line', title: {}, text: {}, meaning: null, numbers: { met: 8 } }],
    });
    const removed = ['redefined', 'removed'] as const;
    expect(await explained()).toEqual({
      ...{ frozen: 2, live: 0, by: { ...nothing, redefined: -2 }, rows: [removed, removed] },
    });
    expect((await verifyFreeze(sql, spaceId, report.id)).same).toBe(true);
    await undoVersion(sql, by, { versionId: id, reason: 'a slip' });
    const { frozen, live, by: causes } = await explained();
    expect({ frozen, live, causes }).toEqual({ frozen: 2, live: 2, causes: nothing });
  });

  test('a type that is stated later about the past is a correction, and the report can still be drawn again', async () => {
    const { sql, spaceId, by, facilities, report, explained } = await aSpring();
    await changeType(sql, by, { subjectId: facilities[0]!, on: '2016-01-01', type: 'fgp' });
    expect(await explained()).toEqual({
      ...{ frozen: 2, live: 2, by: nothing },
      rows: [
        ['corrected', 'added'],
        ['corrected', 'removed'],
      ],
    });
    expect((await verifyFreeze(sql, spaceId, report.id)).same).toBe(true);
  });

  test('a new definition is told apart from new facts, and the frozen report keeps the old one', async () => {
    const { sql, spaceId, by, indicator, say, third, report, explained } = await aSpring();
    await say(third.id, 'accepted');
    const definition: DefinitionInput = {
      agg: 'count',
      measures: ['test.visit'],
      filter: [{ key: 'sex', oneOf: ['m'] }],
    };
    await redefine(sql, by, { indicatorId: indicator.id, definition, reason: 'The funder asks for men' });
    const { frozen, live, by: causes } = await explained();
    expect({ frozen, live, causes }).toEqual({ frozen: 2, live: 0, causes: { ...nothing, late: 1, redefined: -3 } });
    expect((await verifyFreeze(sql, spaceId, report.id)).same).toBe(true);
    const asThen = await figure(sql, spaceId, { indicatorId: indicator.id, periods: [SPRING], asOf: report.asOf });
    expect([asThen.indicator.version, asThen.periods[0]!.cells[0]!.value]).toEqual([1, 2]);
  });

  test('somebody who changes rows in the database behind the records is found', async () => {
    const { sql, spaceId, indicator, report } = await aSpring();
    await sql`update evidence set occurred_on = '2015-01-01' where space_id = ${spaceId}
      and id = (select min(id::text)::uuid from evidence where space_id = ${spaceId})`;
    const { same, different } = await verifyFreeze(sql, spaceId, report.id);
    expect({ same, different }).toEqual({ same: false, different: [{ indicatorId: indicator.id, cell: '' }] });
  });

  test('who asks twice gets one report; a run that breaks is noted, and the next one does it', async () => {
    const { sql, spaceId, by, report } = await aSpring();
    const asked = { id: uuidv7(), projectId: PROJECT, ...SPRING, title };
    await Promise.all([askFreeze(sql, by, asked), askFreeze(sql, by, asked)]);
    const [job] = await sql<{ n: number }[]>`select count(*)::int as n from job where space_id = ${spaceId}`;
    expect(job?.n).toBe(1);
    expect(await freezeRequest(sql, spaceId, asked.id)).toMatchObject({ done: 0, total: 1, finishedAt: null });

    const run = freezeJobs().get('freezes.make')!;
    await sql`alter table freeze_figure rename to freeze_figure_away`;
    await expect(run({ id: asked.id }, { spaceId, sql, lastTry: false })).rejects.toThrow();
    const broken = await freezeRequest(sql, spaceId, asked.id);
    expect([broken.done, broken.finishedAt, broken.failedAt !== null, broken.givenUpAt]).toEqual([1, null, true, null]);
    await expect(run({ id: asked.id }, { spaceId, sql, lastTry: true })).rejects.toThrow();
    expect((await freezeRequest(sql, spaceId, asked.id)).givenUpAt).not.toBeNull();
    await sql`alter table freeze_figure_away rename to freeze_figure`;

    const again = { spaceId, sql, lastTry: false };
    await Promise.all([run({ id: asked.id }, again), run({ id: asked.id }, again)]);
    const done = await freezeRequest(sql, spaceId, asked.id);
    expect([done.done, done.finishedAt !== null, done.failedAt]).toEqual([1, true, null]);
    expect((await freezesOf(sql, spaceId, PROJECT)).map((one) => one.id)).toEqual([asked.id, report.id]);
    expect((await verifyFreeze(sql, spaceId, asked.id)).same).toBe(true);
    await expect(freezeRequest(sql, uuidv7(), asked.id)).rejects.toMatchObject({ status: 404 });
    await expect(askFreeze(sql, by, { ...asked, id: uuidv7(), from: '2017-01-01' })).rejects.toMatchObject({
      key: 'freezes.periodWrong',
    });
    await expect(askFreeze(sql, by, { ...asked, id: uuidv7(), projectId: uuidv7() })).rejects.toMatchObject({
      status: 404,
    });
  });

  test('a space without the project freezes nothing, and a project without indicators neither', async () => {
    const { sql, spaceId, by } = await aSpring();
    const other = coordinator(uuidv7());
    const asked = { projectId: PROJECT, ...SPRING, title };
    await expect(freeze(sql, other, asked)).rejects.toMatchObject({ status: 404 });
    await sql`insert into project (space_id, id, code, slug, title) values (${spaceId}, ${ACTIVITY}, 'P8', 'p8', '{}')`;
    await expect(freeze(sql, by, { ...asked, projectId: ACTIVITY })).rejects.toMatchObject({ key: 'freezes.nothing' });
    await expect(freeze(sql, by, { ...asked, from: '2017-01-01' })).rejects.toMatchObject({
      key: 'freezes.periodWrong',
    });
  });
});

/**
 * Figures over a million rows of evidence (domain/results.md §5): 200 indicators (90 of people, 90 sums, 20 shares of people), each whole
 * and by sex, age and district, over 16 quarters, and the people to date besides, with 2,000 declared twins. Prints medians and the ratio
 * to the limit. `npm run bench -- figures [--rows=1000000]`
 *
 * B1 everything drawn anew ≤ 10 s · B2 one row more, all figures of its measure fresh ≤ 100 ms · B3 a person declared the same, figures of
 * all their measures fresh ≤ 500 ms · B4 figure → first page of its evidence with files ≤ 200 ms · B5 a frozen report drawn again after
 * 50,000 late, 5,000 corrected, 1,000 withdrawn rows, 2,000 merges and 3 new definitions, and its variance explained ≤ 15 s
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Period, rowsById } from '../src/kernel/evidence/index.ts';
import { CAUSES, freeze, variance, verifyFreeze } from '../src/kernel/freezes/index.ts';
import {
  addIndicator,
  basisOf,
  type DefinitionInput,
  evaluate,
  figuresOf,
  type Indicator,
  redefine,
} from '../src/kernel/indicators/index.ts';
import { attachmentsOf } from '../src/kernel/records/index.ts';
import { subjects } from '../src/kernel/subjects/index.ts';
import { connect, migrate, type Sql, uuidv7 } from '../src/platform/db/index.ts';
import { startPostgres } from '../src/platform/postgres/index.ts';

const ROWS = Number(/--rows=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 1_000_000);
const PERSONS = Math.round(ROWS * 0.15);
const MEASURES = 60;
const CHANGES = { late: ROWS / 20, corrected: ROWS / 200, withdrawn: ROWS / 1000, merges: 2000 };
const QUARTERS: Period[] = Array.from({ length: 16 }, (_, i) => {
  const from = new Date(Date.UTC(2013, i * 3, 1));
  const to = new Date(Date.UTC(2013, i * 3 + 3, 0));
  return { from: from.toISOString().slice(0, 10), to: to.toISOString().slice(0, 10) };
});
const START = '2017-01-01T00:00:00Z';
const dimensions: DefinitionInput['dimensions'] = [{ key: 'sex' }, { key: 'age' }, { key: 'district' }];

let missed = false;
function tell(name: string, seconds: number, limit: number, more = ''): void {
  const ratio = seconds / limit;
  if (ratio > 1) missed = true;
  const show = (s: number) => (s < 1 ? `${(s * 1000).toFixed(0)} ms` : `${s.toFixed(2)} s`);
  console.log(
    `${name.padEnd(58)} ${show(seconds).padStart(9)}  limit ${show(limit).padStart(8)}  ${(ratio * 100).toFixed(0)} % ${more}`,
  );
}
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
const p95 = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length * 0.95)] ?? 0;
async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const from = performance.now();
  const result = await work();
  return [(performance.now() - from) / 1000, result];
}

const id = (kind: string, n: string): string => `(md5('${kind}' || (${n})))::uuid`;

/** `count` rows from number `first` on, as if `recorded` had been when they were accepted. */
async function addRows(sql: Sql, spaceId: string, first: number, count: number, recorded: string): Promise<void> {
  // The same number gives the same row: `hashint4` spreads persons, measures and days independently of each other.
  await sql.unsafe(
    `insert into evidence (space_id, id, measure, record_id, root_id, ordinal, subject_id, quantity, denominator, occurred_on,
       recorded_at, activity_id, attributes)
     select '${spaceId}', ${id('row', 'n')}, 'm' || (abs(hashint4(n)) % ${MEASURES}), ${id('record', 'n')}, ${id('record', 'n')}, 0,
       ${id('person', `abs(hashint4(n + 7)) % ${PERSONS}`)}, abs(hashint4(n + 11)) % 100, 100,
       date '2013-01-01' + abs(hashint4(n + 13)) % 1461, '${recorded}', ${id('activity', 'abs(hashint4(n + 17)) % 8')},
       jsonb_build_object('sex', (array['f','m','x'])[1 + abs(hashint4(n + 7)) % 3], 'age', 'a' || abs(hashint4(n + 19)) % 6,
         'district', 'd' || abs(hashint4(n + 23)) % 56)
     from generate_series(${first}, ${first + count - 1}) n`,
  );
}

async function merge(sql: Sql, spaceId: string, first: number, count: number, stated: string): Promise<void> {
  await sql.unsafe(`insert into relation (space_id, id, subject_id, kind, object_id, stated_at)
    select '${spaceId}', ${id('same', 'n')}, ${id('person', 'n * 2')}, 'same_as', ${id('person', 'n * 2 + 1')}, '${stated}'
    from generate_series(${first}, ${first + count - 1}) n`);
}

async function world(
  sql: Sql,
): Promise<{ spaceId: string; projectId: string; by: { spaceId: string; accountId: string } }> {
  const [spaceId, projectId, accountId] = [uuidv7(), uuidv7(), uuidv7()];
  await sql`insert into project (space_id, id, code, slug, title) values (${spaceId}, ${projectId}, 'B', 'b', '{"en": "Bench"}')`;
  await sql.unsafe(`insert into activity (space_id, id, kind, title, starts_on, ends_on)
    select '${spaceId}', ${id('activity', 'n')}, 'bench', '{}', '2013-01-01', '2016-12-31' from generate_series(0, 7) n`);
  await sql.unsafe(`insert into activity_project (space_id, activity_id, project_id)
    select '${spaceId}', ${id('activity', 'n')}, '${projectId}' from generate_series(0, 3) n`);
  await sql.unsafe(`insert into subject (space_id, id, kind)
    select '${spaceId}', ${id('person', 'n')}, 'person' from generate_series(0, ${PERSONS - 1}) n`);
  await addRows(sql, spaceId, 0, ROWS, START);
  await merge(sql, spaceId, 0, CHANGES.merges, START);
  await sql`vacuum analyze evidence`;
  await sql`analyze relation`;
  return { spaceId, projectId, by: { spaceId, accountId } };
}

function definitionOf(n: number): DefinitionInput {
  const measures = [`m${n % MEASURES}`];
  if (n < 90) return { agg: 'count_distinct', measures, dimensions };
  if (n < 180) return { agg: 'sum', measures, dimensions };
  const women = [{ key: 'sex', oneOf: ['f'] }];
  return {
    agg: 'ratio',
    numerator: { agg: 'count_distinct', measures, filter: women },
    denominator: { agg: 'count_distinct', measures },
    dimensions,
  };
}

/** Processor seconds of this process and of the database's, so that a busy machine can be told from a slow figure. */
function cpu(serverPid: number): number {
  const own = process.cpuUsage();
  const theirs = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ');
      } catch {
        return [];
      }
    })
    .filter((stat) => Number(stat[1]) === serverPid)
    .reduce((sum, stat) => sum + (Number(stat[11]) + Number(stat[12])) / 100, 0);
  return (own.user + own.system) / 1e6 + theirs;
}

const memory = (): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8').toString())?.[1] ?? 0) / 1024;

const folder = mkdtempSync(join(tmpdir(), 'demilge-bench-'));
chmodSync(folder, 0o755);
const server = await startPostgres({ dataDir: folder, log: () => {} });
const sql = connect(server.options, 4);
try {
  await migrate(sql);
  const [loading, { spaceId, projectId, by }] = await timed(() => world(sql));
  console.log(`${ROWS} rows, ${PERSONS} persons, loaded in ${loading.toFixed(1)} s`);
  const indicators: Indicator[] = [];
  for (let n = 0; n < 200; n++) {
    const one = { projectId, code: `i${n}`, title: { en: `Indicator ${n}` }, ordinal: n, definition: definitionOf(n) };
    indicators.push(await addIndicator(sql, by, { ...one, at: new Date(START) }));
  }
  const toDate = indicators
    .slice(0, 90)
    .map((one) => ({ ...one, definition: { ...one.definition, period: 'to_date' as const } }));

  const runs: number[] = [];
  const costs: number[] = [];
  let cells = 0;
  for (let run = 0; run < 3; run++) {
    const before = cpu(server.pid?.() ?? 0);
    const [seconds, drawn] = await timed(async () => {
      const figures = await figuresOf(sql, spaceId, projectId, QUARTERS);
      const basis = await basisOf(sql, spaceId, projectId);
      const grown = [];
      for (let i = 0; i < toDate.length; i += 2)
        grown.push(
          ...(await Promise.all(toDate.slice(i, i + 2).map((one) => evaluate(sql, basis, one, QUARTERS, 'none')))),
        );
      return { figures, grown };
    });
    runs.push(seconds);
    costs.push(cpu(server.pid?.() ?? 0) - before);
    cells = [
      ...drawn.figures.flatMap((one) => one.periods.map((period) => period.cells.length)),
      ...drawn.grown.flat().map((list) => list.length),
    ].reduce((a, b) => a + b, 0);
  }
  tell(
    'B1 200 indicators × 3 splits × 16 quarters, to date besides',
    median(runs),
    (10 * ROWS) / 1e6,
    `${cells} cells, ${median(costs).toFixed(1)} s of processor, ${memory().toFixed(0)} MB`,
  );

  const quarter = QUARTERS.slice(8, 9);
  const affected = (measure: string) =>
    indicators.filter((one) => (one.definition.numerator?.measures ?? one.definition.measures)[0] === measure);
  const fresh = async (list: readonly Indicator[]) => {
    const basis = await basisOf(sql, spaceId, projectId);
    await Promise.all(list.map((one) => evaluate(sql, basis, one, quarter, 'none')));
  };
  const added: number[] = [];
  for (let n = 0; n < 20; n++)
    added.push(
      (
        await timed(async () => {
          await addRows(sql, spaceId, 10_000_000 + n, 1, START);
          await fresh(affected(`m${n}`));
        })
      )[0],
    );
  tell(
    'B2 one row more, its measure’s figures of the quarter',
    p95(added),
    0.1,
    `(median ${(median(added) * 1000).toFixed(0)} ms)`,
  );

  const merged: number[] = [];
  for (let n = 0; n < 10; n++)
    merged.push(
      (
        await timed(async () => {
          await merge(sql, spaceId, 3_000 + n, 1, START);
          await fresh([...Array.from({ length: 7 }, (_, i) => affected(`m${i}`)).flat()]);
        })
      )[0],
    );
  tell(
    'B3 two entries become one person, figures of 7 measures',
    p95(merged),
    0.5,
    `(median ${(median(merged) * 1000).toFixed(0)} ms)`,
  );

  const opened: number[] = [];
  for (let n = 0; n < 30; n++)
    opened.push(
      (
        await timed(async () => {
          const basis = await basisOf(sql, spaceId, projectId);
          const [drawn] = await evaluate(sql, basis, indicators[n]!, quarter, 'total');
          const rows = await rowsById(sql, spaceId, drawn!.find((cell) => cell.key === '')!.evidenceIds.slice(0, 50));
          await subjects(
            sql,
            spaceId,
            rows.flatMap((row) => row.subjectId ?? []),
          );
          await Promise.all(rows.map((row) => attachmentsOf(sql, spaceId, row.recordId)));
        })
      )[0],
    );
  tell(
    'B4 figure → first page of its evidence, with files',
    p95(opened),
    0.2,
    `(median ${(median(opened) * 1000).toFixed(0)} ms)`,
  );

  const year = { from: QUARTERS[8]!.from, to: QUARTERS[11]!.to };
  const [freezing, report] = await timed(() =>
    freeze(sql, by, { projectId, ...year, title: {}, asOf: new Date('2017-06-01T00:00:00Z') }),
  );
  await addRows(sql, spaceId, 20_000_000, CHANGES.late, '2017-07-01T00:00:00Z');
  await sql`update evidence set ended_at = '2017-08-01', end_cause = 'corrected' where space_id = ${spaceId}
    and id in (select id from evidence where space_id = ${spaceId} order by id limit ${CHANGES.corrected})`;
  await sql`insert into evidence (space_id, id, measure, record_id, root_id, ordinal, subject_id, quantity, denominator, occurred_on,
      recorded_at, activity_id, attributes)
    select space_id, md5('corrected' || id::text)::uuid, measure, md5('corrected' || record_id::text)::uuid, root_id, 0, subject_id,
      quantity + 1, denominator, occurred_on, '2017-08-01', activity_id, attributes
    from evidence where space_id = ${spaceId} and end_cause = 'corrected'`;
  await sql`update evidence set ended_at = '2017-09-01', end_cause = 'withdrawn' where space_id = ${spaceId} and ended_at is null
    and id in (select id from evidence where space_id = ${spaceId} order by id desc limit ${CHANGES.withdrawn})`;
  await merge(sql, spaceId, 4_000, CHANGES.merges, '2017-10-01T00:00:00Z');
  const newer: DefinitionInput = { agg: 'count', measures: ['m1'], dimensions };
  for (const one of indicators.slice(0, 3))
    await redefine(sql, by, { indicatorId: one.id, definition: newer, reason: 'bench' });
  await sql`vacuum analyze evidence`;
  const [checking, verified] = await timed(() => verifyFreeze(sql, spaceId, report.id));
  const [explaining, explained] = await timed(() => variance(sql, spaceId, report.id));
  const micro = (x: number) => Math.round(x * 1e6);
  const wrong = explained.indicators
    .flatMap((one) => one.cells)
    .filter(
      (cell) =>
        CAUSES.reduce((sum, cause) => sum + micro(cell.by[cause]), 0) !==
        micro(cell.live ?? 0) - micro(cell.frozen ?? 0),
    );
  const checks = `digest ${verified.same ? 'identical' : 'DIFFERS'}, ${wrong.length} of ${explained.indicators.flatMap((one) => one.cells).length} sums wrong`;
  console.log(
    `   freezing the year took ${freezing.toFixed(2)} s, drawing it again ${checking.toFixed(2)} s, explaining ${explaining.toFixed(2)} s`,
  );
  tell('B5 the frozen year drawn again, and its variance', checking + explaining, (15 * ROWS) / 1e6, checks);
  if (!verified.same || wrong.length > 0) missed = true;
} finally {
  await sql.end({ timeout: 5 });
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missed ? 1 : 0;

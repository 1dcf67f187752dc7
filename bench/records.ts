/**
 * Lists of records among 1,000 and among 100,000: each page must cost at most twice as much among the many (and a millisecond).
 * `npm run bench -- records`
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ListFilter, listRecords, waitingCounts } from '../src/kernel/records/index.ts';
import { addSubject } from '../src/kernel/subjects/index.ts';
import { connect, migrate, type Sql, uuidv7 } from '../src/platform/db/index.ts';
import { startPostgres } from '../src/platform/postgres/index.ts';

const ROUNDS = 40;

type World = { spaceId: string; formId: string; authorId: string; activityId: string };

/** Records of twenty places, one every minute, with 40 answers each: one in ten waits, one in a hundred is set aside. */
async function fill(sql: Sql, count: number): Promise<World> {
  const world = { spaceId: uuidv7(), formId: uuidv7(), authorId: uuidv7(), activityId: uuidv7() };
  const { spaceId, formId, authorId, activityId } = world;
  const places: string[] = [];
  for (let i = 0; i < 20; i++) {
    const name = { ky: `${i % 2 ? 'Ак-Дөбө' : 'Кең-Арал'} ${i} ФАП` };
    places.push(await addSubject(sql, { spaceId, accountId: null }, { kind: 'thing', type: 'fap', name }));
  }
  const answers = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`q${i}`, 'жооп']));
  await sql`insert into record (space_id, id, form_id, form_key, form_version, subject_id, author_id, activity_id, door, root_id,
      answers, xml, xml_sha256, occurred_on, received_at)
    select ${spaceId}, id, ${formId}, 'bench', '1', (${places}::uuid[])[1 + n % 20], ${authorId}, ${activityId}, 'seed', id,
      ${sql.json(answers)}, '<data/>', '', date '2016-01-01' + n / 1440, timestamptz '2016-01-01' + n * interval '1 minute'
    from (select n, gen_random_uuid() as id from generate_series(1, ${count}::int) n) given`;
  await sql`insert into record_now (space_id, record_id, form_id, received_at, verdict, aside)
    select space_id, id, form_id, received_at,
      case when extract(minute from received_at)::int % 10 = 0 then 'waiting' else 'accepted' end,
      extract(epoch from received_at)::bigint / 60 % 100 = 0
    from record where space_id = ${spaceId}`;
  await sql`analyze`;
  return world;
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}

const folder = mkdtempSync(join(tmpdir(), 'demilge-bench-'));
chmodSync(folder, 0o755);
const server = await startPostgres({ dataDir: folder, log: () => {} });
const sql = connect(server.options as string, 1);
await migrate(sql);
const worlds = [await fill(sql, 1000), await fill(sql, 100_000)] as const;

const pages: Record<string, (world: World) => ListFilter> = {
  latest: () => ({}),
  'of a form': ({ formId }) => ({ formId }),
  'of an activity': ({ activityId }) => ({ activityId }),
  'of an author': ({ authorId }) => ({ authorId }),
  'waiting in a form': ({ formId }) => ({ formId, state: 'waiting' }),
  'set aside': () => ({ state: 'aside' }),
  'incomplete (none)': () => ({ state: 'incomplete' }),
  'found by a place’s name': () => ({ text: 'ак добо' }),
  'of three days': () => ({ from: '2016-01-01', to: '2016-01-03' }),
};
let kept = true;
for (const [name, filter] of Object.entries(pages)) {
  const [few, many] = [
    await median(() => listRecords(sql, worlds[0].spaceId, filter(worlds[0]))),
    await median(() => listRecords(sql, worlds[1].spaceId, filter(worlds[1]))),
  ];
  const fine = many <= 2 * few + 1;
  kept &&= fine;
  console.log(
    `${name}: ${few.toFixed(1)} ms among 1,000, ${many.toFixed(1)} ms among 100,000${fine ? '' : '  ← too slow'}`,
  );
}
const counts = await median(() => waitingCounts(sql, worlds[1].spaceId));
console.log(`counts of what waits: ${counts.toFixed(1)} ms among 100,000`);
await sql.end();
await server.stop();
rmSync(folder, { recursive: true, force: true });
process.exitCode = kept ? 0 : 1;

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, migrate, type Sql, uuidv7 } from '../../src/platform/db/index.ts';
import { type FileStore, heldFiles, openDiskStore } from '../../src/platform/files/index.ts';
import { startPostgres } from '../../src/platform/postgres/index.ts';
import { planRound } from '../../src/programmes/oversight/index.ts';
import { foundHouse, type Phone, photoRequest, recordRequest, sha256, visitXml } from './house.ts';
import { send } from './line.ts';
import { lookInto, server } from './server.ts';

const CLIENTS = 6;
const ASSIGNMENTS = 2000;

/** What the server promised to somebody. */
type Promised = { records: Map<string, { photo: string | null; assignmentId: string | null }>; photos: Set<string> };

/**
 * Kills the app and its database at random moments while phones send, and looks each time whether every promise was kept.
 * @returns a table; every row named in `misses` must be 0
 */
export async function killRun(given: { kills: number; until: number; random: () => number }): Promise<{
  table: Record<string, number>;
  misses: Record<string, number>;
}> {
  const { random } = given;
  const dataDir = mkdtempSync(join(tmpdir(), 'demilge-torture-'));
  chmodSync(dataDir, 0o755);
  const files = openDiskStore(join(dataDir, 'files'));
  const database = await startPostgres({ dataDir, log: () => {} });
  const sql = connect(database.options, 4);
  await migrate(sql);
  const house = await foundHouse(sql, files, 'localhost', CLIENTS);
  const { facilities } = house;
  const { assignmentIds } = await planRound(sql, house.reviewer, {
    title: { ky: 'Бороон', en: 'Storm' },
    projectIds: [],
    facilityIds: Array.from({ length: ASSIGNMENTS }, (_, i) => facilities[i % facilities.length]!),
    monitors: [{ accountId: house.reviewer.accountId, placeIds: [] }],
    from: '2015-01-01',
    to: '2017-12-31',
  });
  await sql.end();
  await database.stop();

  const running = await server(dataDir);
  await running.start();
  const promised: Promised = { records: new Map(), photos: new Set() };
  let ended = false;
  let next = 0;
  let repeats = 0;
  const insist = async (bytes: Buffer, status: number): Promise<boolean> => {
    for (;;) {
      const sent = await send(running.port, bytes);
      if (sent?.status === status) return true;
      // What was never promised may be given up when the storm is over.
      if (ended) return false;
      if (sent && sent.status < 500) throw new Error(`The server answered ${sent.status}: ${sent.body.slice(0, 200)}`);
      repeats++;
      await sleep(50);
    }
  };
  const client = async (i: number): Promise<void> => {
    const phone: Phone = { token: house.tokens[i]!, host: house.host, from: `10.0.0.${i + 1}` };
    while (!ended) {
      const n = next++;
      const assignmentId = assignmentIds[n] ?? null;
      const photo = n % 2 === 0 ? randomBytes(20_000 + Math.floor(random() * 100_000)) : undefined;
      const id = uuidv7();
      if (photo) {
        if (!(await insist(photoRequest(phone, photo), 200))) return;
        promised.photos.add(sha256(photo));
      }
      const xml = visitXml({
        id,
        n,
        facilityId: facilities[n % facilities.length]!,
        ...(assignmentId ? { assignmentId } : {}),
        ...(photo ? { photo: sha256(photo) } : {}),
      });
      const bytes = recordRequest(phone, xml, photo);
      if (!(await insist(bytes, 201))) return;
      promised.records.set(id, { photo: photo ? sha256(photo) : null, assignmentId });
      if (random() < 0.1) await send(running.port, bytes);
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(i)));
  let failure: unknown;
  clients.catch((error) => {
    failure = error;
    ended = true;
  });

  const kills = { app: 0, database: 0 };
  let lostAfterRestart = 0;
  while (kills.app + kills.database < given.kills && Date.now() < given.until && !ended) {
    await sleep(100 + random() * 1200);
    const before = [...promised.records.keys()];
    if (random() < 0.5) {
      await running.kill();
      kills.app++;
      await running.start();
    } else if (running.killDatabase()) kills.database++;
    await untilMore(promised, before.length, () => ended);
    lostAfterRestart += await lookInto(dataDir, (db) => lost(db, before));
    if ((kills.app + kills.database) % 10 === 0)
      console.log(`  ${kills.app + kills.database} kills, ${promised.records.size} records acknowledged`);
  }
  ended = true;
  await clients.catch(() => {});
  if (failure) throw failure;
  const misses = {
    'lost after a restart': lostAfterRestart,
    ...(await lookInto(dataDir, (db) => judgeAll(db, files, promised))),
  };
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return {
    table: {
      'kills of the app': kills.app,
      'kills of the database': kills.database,
      'records acknowledged': promised.records.size,
      'photos acknowledged': promised.photos.size,
      'requests repeated': repeats,
      'times the app fell with its database and was started again': running.falls(),
    },
    misses,
  };
}

/** The house works again when it makes a new promise. */
async function untilMore(promised: Promised, before: number, over: () => boolean): Promise<void> {
  for (let waited = 0; promised.records.size <= before && !over(); waited += 20) {
    if (waited > 90_000) throw new Error('Nothing was received for a minute and a half after a kill');
    await sleep(20);
  }
}

async function lost(db: Sql, ids: readonly string[]): Promise<number> {
  const [row] = await db<
    { n: number }[]
  >`select count(*)::int as n from unnest(${ids as string[]}::uuid[]) as wanted(id)
    where not exists (select from record where record.id = wanted.id)`;
  return row?.n ?? 0;
}

/** Counts every broken promise and every half of something. */
async function judgeAll(db: Sql, files: FileStore, promised: Promised): Promise<Record<string, number>> {
  const count = async (rows: Promise<readonly { n?: number }[]>): Promise<number> => (await rows)[0]?.n ?? -1;
  const withPhoto = [...promised.records].filter(([, { photo }]) => photo);
  const withTask = [...promised.records].filter(([, { assignmentId }]) => assignmentId).map(([id]) => id);
  const held = new Map((await heldFiles(db)).map(({ sha256: digest }) => [digest, true]));
  let absent = 0;
  for (const digest of promised.photos) {
    const chunks: Buffer[] = [];
    for await (const chunk of (await files.read(digest)) ?? []) chunks.push(chunk as Buffer);
    if (!held.has(digest) || sha256(Buffer.concat(chunks)) !== digest) absent++;
  }
  return {
    'acknowledged and lost': await lost(db, [...promised.records.keys()]),
    doubled: await count(db`select (count(*) - count(distinct id))::int as n from record`),
    'a step of the flow taken twice': await count(db`select count(*)::int as n from (
      select from flow_event where details ? 'recordId' group by details->>'recordId' having count(*) > 1) as twice`),
    'without its state': await count(db`select count(*)::int as n from record
      where not exists (select from record_now where record_now.space_id = record.space_id and record_id = record.id)`),
    'without its audit line': await count(db`select count(*)::int as n from record where not exists (
      select from audit_line where thing_id = record.id and action = 'record.receive')`),
    'without its step of the flow': await count(db`select count(*)::int as n from record
      where assignment_id is not null and not exists (
        select from flow_event where thing_id = record.assignment_id and details->>'recordId' = record.id::text)`),
    'a step without its record': await count(db`select count(*)::int as n from flow_event
      where details ? 'recordId' and not exists (select from record where id::text = details->>'recordId')`),
    'acknowledged with an assignment and set aside, or beside no assignment': await count(db`
      select count(*)::int as n from record join record_now on record_id = record.id
      where record.id = any(${withTask}::uuid[]) and (assignment_id is null or aside)`),
    'acknowledged without its photo': await count(db`select count(*)::int as n
      from unnest(${withPhoto.map(([id]) => id)}::uuid[], ${withPhoto.map(([, { photo }]) => photo)}::text[]) as wanted(id, photo)
      where not exists (select from record_attachment where record_id = wanted.id and sha256 = wanted.photo)`),
    'photos acknowledged and absent': absent,
  };
}

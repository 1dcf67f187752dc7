import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundHouse, type House, recordRequest, request, visitXml } from '../../scripts/torture/house.ts';
import { send } from '../../scripts/torture/line.ts';
import { lookInto, type Running, server } from '../../scripts/torture/server.ts';
import { connect, migrate, uuidv7 } from '../../src/platform/db/index.ts';
import { openDiskStore } from '../../src/platform/files/index.ts';
import { startPostgres } from '../../src/platform/postgres/index.ts';

const PHONES = 12;
let dataDir: string;
let house: House;
let running: Running;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'demilge-survive-'));
  chmodSync(dataDir, 0o755);
  const database = await startPostgres({ dataDir, log: () => {} });
  const sql = connect(database.options, 4);
  await migrate(sql);
  house = await foundHouse(sql, openDiskStore(join(dataDir, 'files')), 'localhost', PHONES);
  await sql.end();
  await database.stop();
  running = await server(dataDir);
  await running.start();
}, 120_000);
afterAll(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('the database is killed under load, and the server that npm start began goes on with a new one', async () => {
  const pid = running.pid();
  const promised: string[] = [];
  const statuses = new Map<number, number>();
  let ended = false;
  const phone = async (i: number): Promise<void> => {
    const me = { token: house.tokens[i]!, host: house.host, from: `10.0.0.${i + 1}` };
    while (!ended) {
      const id = uuidv7();
      const sent = await send(
        running.port,
        recordRequest(me, visitXml({ id, n: i, facilityId: house.facilities[i]! })),
      );
      if (sent) statuses.set(sent.status, (statuses.get(sent.status) ?? 0) + 1);
      if (sent?.status === 201) promised.push(id);
      else await sleep(20);
    }
  };
  const phones = Promise.all(Array.from({ length: PHONES }, (_, i) => phone(i)));
  for (let kill = 0; kill < 4; kill++) {
    await sleep(300 + kill * 70);
    const before = promised.length;
    expect(running.killDatabase()).toBe(true);
    // Every phone gets through again: no connection of the pool stays behind.
    while (promised.length < before + 3 * PHONES) await sleep(50);
    expect((await send(running.port, request('GET', '/readyz', 'localhost')))?.status).toBe(200);
  }
  ended = true;
  await phones;
  expect([running.pid(), running.falls()]).toEqual([pid, 0]);
  // A database that is away is no bug of ours: 503, which every phone takes for "later".
  expect([...statuses.keys()].filter((status) => status !== 201 && status !== 503)).toEqual([]);
  const kept = await lookInto(
    dataDir,
    (db) => db<{ n: number }[]>`select count(*)::int as n from record
    where id = any(${promised}::uuid[])`,
  );
  expect(kept[0]?.n).toBe(promised.length);
}, 180_000);

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyRecord, reported } from '../../src/kernel/evidence/index.ts';
import { judge } from '../../src/kernel/records/index.ts';
import { connect, migrate, type Sql, transaction } from '../../src/platform/db/index.ts';
import { openDiskStore } from '../../src/platform/files/index.ts';
import { startPostgres } from '../../src/platform/postgres/index.ts';
import { Problem } from '../../src/platform/problem.ts';
import { registry } from '../../src/programmes/registry.ts';
import { foundHouse, type House, nameId, type Phone, photoRequest, recordRequest, sha256, visitXml } from './house.ts';
import { send } from './line.ts';
import { server } from './server.ts';

const PHONES = 20;
const CUT_SHARE = 0.3;
const DOUBLED_SHARE = 0.1;
const YEARS_OFF = 730;

type Filled = { readonly id: string; readonly phone: number; readonly xml: string; readonly photo: Buffer | null };

/**
 * Twenty phones send in any order, with three of ten requests cut at a random byte, and send again; a second house receives the same in
 * order on a good line. Both accept everything, and must hold the same records, photos and evidence.
 */
export async function phoneRun(given: { records: number; photos: number; until: number; random: () => number }) {
  const { random } = given;
  const dataDir = mkdtempSync(join(tmpdir(), 'demilge-phones-'));
  chmodSync(dataDir, 0o755);
  const files = openDiskStore(join(dataDir, 'files'));
  const database = await startPostgres({ dataDir, log: () => {} });
  const sql = connect(database.options, 4);
  await migrate(sql);
  const storm = await foundHouse(sql, files, 'storm.localhost', PHONES);
  const calm = await foundHouse(sql, files, 'calm.localhost', 1);
  await sql.end();
  await database.stop();
  const running = await server(dataDir);
  await running.start();
  const filled = fill(given.records, given.photos, storm, random);
  const told = { requests: 0, cut: 0, doubled: 0 };
  const late = (): void => {
    if (Date.now() > given.until) throw new Error('The time is over before everything was sent: give more --minutes');
  };

  const insist = async (bytes: Buffer): Promise<void> => {
    for (;;) {
      late();
      told.requests++;
      const cut = random() < CUT_SHARE;
      if (cut) told.cut++;
      // The last byte too may be the one after which the line breaks: then all arrived, and only the answer is lost.
      const sent = await send(running.port, bytes, cut ? 1 + Math.floor(random() * bytes.length) : undefined);
      if (sent && sent.status < 300) return;
      if (sent && sent.status < 500) throw new Error(`The server answered ${sent.status}: ${sent.body.slice(0, 200)}`);
    }
  };
  const phone = async (i: number): Promise<void> => {
    const own: Phone = { token: storm.tokens[i]!, host: storm.host, from: `10.0.1.${i + 1}` };
    for (const one of shuffled(
      filled.filter((record) => record.phone === i),
      random,
    )) {
      if (one.photo) await insist(photoRequest(own, one.photo));
      const bytes = recordRequest(own, one.xml, one.photo ?? undefined);
      await insist(bytes);
      if (random() >= DOUBLED_SHARE) continue;
      told.doubled++;
      await Promise.all([insist(bytes), insist(bytes)]);
    }
  };
  const begin = Date.now();
  await Promise.all(Array.from({ length: PHONES }, (_, i) => phone(i)));
  const seconds = Math.round((Date.now() - begin) / 1000);

  for (const [i, one] of filled.entries()) {
    late();
    const own: Phone = { token: calm.tokens[0]!, host: calm.host, from: `10.0.${2 + (i % 200)}.1` };
    const requests = [...(one.photo ? [photoRequest(own, one.photo)] : [])];
    for (const bytes of [...requests, recordRequest(own, one.xml, one.photo ?? undefined)]) {
      const sent = await send(running.port, bytes);
      if (!sent || sent.status >= 300)
        throw new Error(`In order, the server answered ${sent?.status}: ${sent?.body.slice(0, 200)}`);
    }
  }
  await running.stop();
  const again = await startPostgres({ dataDir, log: () => {} });
  const db = connect(again.options, 4);
  const [wild, still] = [await figures(db, storm, filled), await figures(db, calm, filled)];
  await db.end();
  await again.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return {
    table: {
      records: filled.length,
      photos: filled.filter(({ photo }) => photo).length,
      'requests sent': told.requests,
      'requests cut': told.cut,
      'records sent twice more': told.doubled,
      'seconds of the storm': seconds,
      'records accepted': still.accepted,
      'records set aside': still.aside,
      'rows of evidence': still.evidence.length,
    },
    misses: {
      lost: filled.length - wild.ids.size,
      doubled: wild.rows - wild.ids.size,
      'photos missing': wild.photosMissing,
      'verdicts that differ': differing(wild.verdicts, still.verdicts),
      'rows of evidence that differ': differing(wild.evidence, still.evidence),
    },
  };
}

/** Visits of twenty facilities; one of twenty corrects another, and phones' clocks are off by up to two years. */
function fill(records: number, photos: number, house: House, random: () => number): Filled[] {
  return Array.from({ length: records }, (_, n) => {
    const id = nameId(`record ${n}`);
    const photo = n < photos ? randomBytes(20_000 + Math.floor(random() * 60_000)) : null;
    const corrects = n % 20 === 19 ? nameId(`record ${n - 7}`) : null;
    // A correction speaks of the visit that it corrects, and comes from the same person.
    const about = corrects ? n - 7 : n;
    const xml = visitXml({
      id,
      n: about,
      facilityId: house.facilities[about % house.facilities.length]!,
      clockDays: Math.round((random() * 2 - 1) * YEARS_OFF),
      ...(photo ? { photo: nameId(`photo ${n}`) } : {}),
      ...(corrects ? { corrects } : {}),
    });
    return { id, phone: about % PHONES, xml: photo ? xml.replaceAll(nameId(`photo ${n}`), sha256(photo)) : xml, photo };
  });
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const all = [...list];
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}

/** Accepts every record that can be accepted, and draws what then counts. */
async function figures(db: Sql, house: House, filled: readonly Filled[]) {
  const { spaceId } = house;
  const measures = [reported, ...registry.flatMap((kind) => kind.measures)];
  const verdicts: string[] = [];
  for (const { id } of filled) {
    const verdict = await transaction(db, async (tx) => {
      await judge(tx, { spaceId, recordId: id, verdict: 'accepted', by: house.reviewer });
      await applyRecord(tx, { spaceId, recordId: id, measures });
      return 'accepted';
    }).catch((error: unknown) => {
      if (error instanceof Problem) return error.key;
      throw error;
    });
    verdicts.push(`${id} ${verdict}`);
  }
  const evidence = await db<{ line: string }[]>`
    select concat_ws(' ', measure, record_id, root_id, ordinal, subject_id, trim_scale(quantity), trim_scale(denominator), occurred_on,
      place_id, attributes, basis) as line
    from evidence where space_id = ${spaceId} and ended_at is null order by line`;
  const rows = await db<{ id: string }[]>`select id from record where space_id = ${spaceId}`;
  const held = await db<{ record: string }[]>`select record_id as record from record_attachment
    where space_id = ${spaceId} and sha256 is not null`;
  const withFile = new Set(held.map(({ record }) => record));
  return {
    rows: rows.length,
    ids: new Set(rows.map(({ id }) => id)),
    photosMissing: filled.filter(({ id, photo }) => photo && !withFile.has(id)).length,
    verdicts,
    accepted: verdicts.filter((line) => line.endsWith(' accepted')).length,
    aside: verdicts.filter((line) => line.endsWith(' records.asideFirst')).length,
    evidence: evidence.map(({ line }) => line),
  };
}

/** How many lines stand in one list only. */
function differing(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [new Set(a), new Set(b)];
  return a.filter((line) => !right.has(line)).length + b.filter((line) => !left.has(line)).length;
}

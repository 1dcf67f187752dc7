import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { testFiles, type Visit, visitSpace, visitXml } from '../../../test/support/visit.ts';
import { uuidFromName, uuidv7 } from '../../platform/db/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import { Problem } from '../../platform/problem.ts';
import { addSubject } from '../subjects/index.ts';
import {
  type JudgedRecord,
  judge,
  judgedRecords,
  type ListFilter,
  listRecords,
  rebuildRecordNow,
  receive,
  type StoredAttachment,
  storeAttachment,
  waitingCounts,
} from './index.ts';

let database: TestDatabase;
let files: FileStore;
let closeFiles: () => Promise<void>;
beforeAll(async () => {
  database = await freshDatabase();
  ({ files, close: closeFiles } = await testFiles());
});
afterAll(async () => {
  await database.close();
  await closeFiles();
});

const bakyt = { accountId: uuidv7() };
const file = async (name: string) =>
  await storeAttachment(files, {
    name,
    bytes: (async function* () {
      yield new TextEncoder().encode(name);
    })(),
    maxBytes: 1000,
  });

describe('a list of records', () => {
  const aigul = uuidv7();
  const [one, two, three, four, five] = [1, 2, 3, 4, 5].map((n) => uuidFromName('list', n)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const titles = new Map([one, two, three, four, five].map((id, i) => [id, `${i + 1}`]));
  let spaceId: string;
  let places: { akDobo: string; kenAral: string };

  beforeAll(async () => {
    spaceId = await visitSpace(database.sql, files);
    const place = async (ky: string) =>
      await addSubject(
        database.sql,
        { accountId: bakyt.accountId, spaceId },
        { kind: 'thing', type: 'fap', name: { ky } },
      );
    places = { akDobo: await place('Ак-Дөбө ФАП'), kenAral: await place('Кең-Арал ФАП') };
    const send = async (
      visit: Visit,
      minute: number,
      subjectId: string,
      attachments: readonly StoredAttachment[] = [],
    ) =>
      await receive(
        {
          sql: database.sql,
          handlers: new Map([['visit', { links: async () => ({ subjectId, activityId: aigul }) }]]),
        },
        {
          spaceId,
          xml: visitXml(visit),
          door: 'field',
          authorId: aigul,
          attachments,
          receivedAt: new Date(Date.UTC(2016, 3, 12, 10, minute)),
        },
      );
    await send({ id: one, today: '2016-04-10' }, 1, places.akDobo);
    await send({ id: two, corrects: one, today: '2016-04-10' }, 2, places.akDobo);
    await send({ id: three, warmth: '60', today: '2016-04-11' }, 3, places.kenAral);
    await send({ id: four, board: 'board.jpg', today: '2016-04-12' }, 3, places.kenAral);
    await send({ id: five, today: '2016-04-12' }, 5, places.akDobo);
    await send({ id: five, today: '2016-04-12', warmth: '1' }, 6, places.akDobo);
    await judge(database.sql, { spaceId, recordId: two, verdict: 'accepted', by: bakyt });
  });

  const found = async (filter: ListFilter) =>
    (await listRecords(database.sql, spaceId, filter)).rows
      .map((row) => titles.get(row.id))
      .sort()
      .join(' ');

  test('is filtered by state, subject, author, activity and day; corrected ones are shown when asked for', async () => {
    const cases: [ListFilter, string][] = [
      [{}, '2 3 4 5'],
      [{ state: 'superseded' }, '1'],
      [{ state: 'waiting' }, '3 4 5'],
      [{ state: 'accepted' }, '2'],
      [{ state: 'aside' }, '3'],
      [{ state: 'incomplete' }, '4'],
      [{ state: 'conflict' }, '5'],
      [{ subjectIds: [places.kenAral] }, '3 4'],
      [{ subjectIds: [] }, ''],
      [{ authorId: aigul }, '2 3 4 5'],
      [{ authorId: bakyt.accountId }, ''],
      [{ activityId: aigul, state: 'waiting' }, '3 4 5'],
      [{ formKey: 'visit' }, '2 3 4 5'],
      [{ formKey: 'other' }, ''],
      [{ from: '2016-04-11', to: '2016-04-11' }, '3'],
    ];
    for (const [filter, expected] of cases) expect([filter, await found(filter)]).toEqual([filter, expected]);
    expect(await waitingCounts(database.sql, spaceId)).toEqual({ waiting: 4, aside: 1, conflict: 1, incomplete: 1 });
  });

  test('is found by the name of its place, also without ө and ң', async () => {
    expect([
      await found({ text: 'ак добо' }),
      await found({ text: 'КЕН АРАЛ' }),
      await found({ text: 'Талас' }),
    ]).toEqual(['2 5', '3 4', '']);
  });

  test('comes page by page, latest first, each record once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listRecords>> = await listRecords(database.sql, spaceId, {}, cursor, 1);
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.next;
    } while (cursor);
    const whole = (await listRecords(database.sql, spaceId, {})).rows.map((row) => row.id);
    expect(seen).toEqual(whole);
    expect(seen.map((id) => titles.get(id))[0]).toBe('5');
  });

  test('does not take a cursor that it did not make', async () => {
    for (const cursor of ['', 'x', '1.2', `99999999999999.${one}x`, "1.0198f2c0' or '1'='1"])
      await expect(listRecords(database.sql, spaceId, {}, cursor)).rejects.toEqual(
        new Problem(400, 'records.wrongCursor'),
      );
  });

  test('is another one in another space', async () => {
    expect((await listRecords(database.sql, uuidv7(), {})).rows).toEqual([]);
  });

  test('stands on states that are rebuilt to the same rows', async () => {
    const rows = () => database.sql`select * from record_now where space_id = ${spaceId} order by record_id`;
    const before = await rows();
    await database.sql`update record_now set verdict = 'rejected', aside = true, incomplete = true`;
    expect(await rebuildRecordNow(database.sql, spaceId)).toBe(5);
    expect(await rows()).toEqual(before);
  });

  test('what was judged is walked through with its corrections and every word on them', async () => {
    const pages: JudgedRecord[] = [];
    for await (const page of judgedRecords(database.sql, spaceId, 1)) pages.push(...page);
    expect(pages.map((record) => [titles.get(record.id), record.judgements.map((one) => one.verdict)])).toEqual([
      ['1', []],
      ['2', ['accepted']],
    ]);
  });
});

describe('any order, doubling and cutting of what phones send', () => {
  const ids = [0, 1, 2, 3].map((n) => uuidFromName('any order', n)) as [string, string, string, string];
  const at = new Date('2016-04-12T12:00:00Z');
  /** Four visits: one with two photos in two requests, one that another corrects, one that breaks a rule. */
  const documents = [
    visitXml({ id: ids[0], board: 'board.jpg', problems: [{ what: 'Суу', photo: 'tap.jpg' }] }),
    visitXml({ id: ids[1] }),
    visitXml({ id: ids[2], corrects: ids[1], warmth: '20' }),
    visitXml({ id: ids[3], warmth: '60', board: 'door.jpg' }),
  ];
  const requests: readonly [document: number, files: readonly string[]][] = [
    [0, ['board.jpg']],
    [0, ['tap.jpg']],
    [1, []],
    [2, []],
    [3, ['door.jpg']],
  ];

  async function rowsAfter(order: readonly { request: number; cut: number | null }[]): Promise<unknown> {
    const spaceId = await visitSpace(database.sql, files);
    const ctx = { sql: database.sql, handlers: new Map([['visit', { onRecord: async () => {} }]]) };
    for (const { request, cut } of order) {
      const [document, names] = requests[request]!;
      const xml = documents[document]!;
      const sent = cut === null ? xml : xml.slice(0, Math.floor(cut * (xml.length - 1)));
      const attachments = cut === null ? await Promise.all(names.map(file)) : [];
      const given = {
        spaceId,
        xml: sent,
        attachments,
        door: 'openrosa',
        authorId: bakyt.accountId,
        receivedAt: at,
      } as const;
      const refused = await receive(ctx, given).then(
        () => null,
        (error: unknown) => error,
      );
      if (cut === null ? refused !== null : !(refused instanceof Problem))
        throw refused ?? new Error('Half a document was taken');
    }
    const { sql } = database;
    return [
      await sql`select id, root_id, supersedes, occurred_on, answers, xml_sha256, n.verdict, n.aside, n.conflict, n.incomplete
        from record r join record_now n on n.space_id = r.space_id and n.record_id = r.id where r.space_id = ${spaceId} order by id`,
      await sql`select record_id, name, sha256, bytes from record_attachment where space_id = ${spaceId} order by record_id, name`,
      await sql`select record_id, key, parts from record_aside where space_id = ${spaceId} order by record_id, key`,
      await sql`select action, thing_id from audit_line where space_id = ${spaceId} and action like 'record.%' order by thing_id`,
      await sql`select payload from job where space_id = ${spaceId} order by payload->>'name'`,
    ];
  }

  test('gives the rows of a quiet day', async () => {
    const quiet = await rowsAfter(requests.map((_, request) => ({ request, cut: null })));
    const whole = requests.map((_, request) => ({ request, cut: null }));
    const noise = fc.array(
      fc.record({
        request: fc.nat(requests.length - 1),
        cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { nil: null }),
      }),
      { maxLength: 6 },
    );
    const order = noise.chain((extra) =>
      fc.shuffledSubarray([...whole, ...extra], { minLength: whole.length + extra.length }),
    );
    await fc.assert(
      fc.asyncProperty(order, async (given) => {
        expect(await rowsAfter(given)).toEqual(quiet);
      }),
      { numRuns: 15 },
    );
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { testFiles, type Visit, visitSpace, visitXml } from '../../../test/support/visit.ts';
import { visitWorkbook, workbook } from '../../../test/support/workbook.ts';
import { auditOf } from '../../platform/audit/index.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import { Problem } from '../../platform/problem.ts';
import { publishVersion, uploadWorkbook } from '../forms/index.ts';
import {
  attachmentsOf,
  conflicts,
  type Incoming,
  judge,
  type ReceiveContext,
  type RecordHandler,
  receive,
  record,
  recordXml,
  resolveAside,
  resolveConflict,
  setAsideList,
  storeAttachment,
  versionsOf,
} from './index.ts';

let database: TestDatabase;
let files: FileStore;
let closeFiles: () => Promise<void>;
let spaceId: string;
const aigul = uuidv7();
const bakyt = uuidv7();
const receivedAt = new Date('2016-04-12T12:00:00Z');

beforeAll(async () => {
  database = await freshDatabase();
  ({ files, close: closeFiles } = await testFiles());
});
afterAll(async () => {
  await database.close();
  await closeFiles();
});
beforeEach(async () => {
  spaceId = await visitSpace(database.sql, files);
});

const context = (handler?: RecordHandler): ReceiveContext => ({
  sql: database.sql,
  handlers: new Map(handler ? [['visit', handler]] : []),
});
const send = async (xml: string, more: Partial<Incoming> = {}, handler?: RecordHandler) =>
  await receive(context(handler), { spaceId, xml, door: 'openrosa', authorId: aigul, receivedAt, ...more });
const file = async (name: string, text: string) =>
  await storeAttachment(files, {
    name,
    bytes: (async function* () {
      yield new TextEncoder().encode(text);
    })(),
    maxBytes: 1000,
  });
const problem = (work: Promise<unknown>) =>
  work.then(
    () => 'no problem',
    (error: unknown) => (error instanceof Problem ? [error.status, error.key] : Promise.reject(error)),
  );
const count = async (table: string) =>
  Number((await database.sql.unsafe(`select count(*) as n from ${table} where space_id = '${spaceId}'`))[0]?.n);

describe('a record in order', () => {
  test('is kept whole, with its answers, its day and its audit line', async () => {
    const xml = visitXml({ problems: [{ what: 'Суу жок' }, { what: 'Эшик тар' }] });
    const receipt = await send(xml);
    expect(receipt).toEqual({ recordId: receipt.recordId, outcome: 'received', receivedAt, aside: null, missing: [] });
    const kept = await record(database.sql, spaceId, receipt.recordId);
    expect(kept?.answers).toEqual({
      start: '2016-04-12T10:00:00.000+06:00',
      end: '',
      today: '2016-04-12',
      facility: 'Ак-Дөбө ФАП',
      warmth: '18',
      ramp: 'no',
      board: '',
      problem: [
        { what: 'Суу жок', photo: '' },
        { what: 'Эшик тар', photo: '' },
      ],
      meta: { instanceID: `uuid:${receipt.recordId}` },
    });
    expect([kept?.occurredOn, kept?.capturedAt, kept?.clockOff, kept?.verdict]).toEqual([
      '2016-04-12',
      new Date('2016-04-12T04:00:00Z'),
      false,
      'waiting',
    ]);
    expect(await recordXml(database.sql, spaceId, receipt.recordId)).toBe(xml);
    const lines = await auditOf(database.sql, spaceId, receipt.recordId);
    expect(lines.map(({ action, actorId, details }) => [action, actorId, details])).toEqual([
      ['record.receive', aigul, { form: 'visit', version: '1', door: 'openrosa' }],
    ]);
  });

  test('sent twenty times at once is one row and twenty successes', async () => {
    const xml = visitXml();
    const receipts = await Promise.all(Array.from({ length: 20 }, () => send(xml)));
    expect(receipts.map((receipt) => receipt.outcome).sort()).toEqual([...Array(19).fill('already'), 'received']);
    expect([await count('record'), await count('record_now'), await count('record_conflict')]).toEqual([1, 1, 0]);
    expect((await auditOf(database.sql, spaceId, receipts[0]!.recordId)).length).toBe(1);
  });

  test('of another space is not seen in this one', async () => {
    const { recordId } = await send(visitXml());
    expect(await record(database.sql, uuidv7(), recordId)).toBe(null);
  });

  test('with a clock three years behind is kept as it is and marked', async () => {
    const { recordId } = await send(visitXml({ start: '2013-01-01T00:00:00+06:00', today: '2013-01-01' }));
    const kept = await record(database.sql, spaceId, recordId);
    expect([kept?.clockOff, kept?.occurredOn, kept?.aside]).toEqual([true, '2013-01-01', false]);
  });
});

describe('a clock that is wrong is shown, and what was answered is not blamed for it', () => {
  const at = new Date('2016-04-12T12:00:00Z');
  /** Filled at noon of the day that the phone shows, about the day that the person gives. */
  const filled = (day: string, came: string, offset = '+06:00'): string =>
    `<data id="came" version="1" xmlns:orx="http://openrosa.org/xforms"><start>${day}T11:30:00.000${offset}</start><end>${day}T12:00:00.000${offset}</end><came>${came}</came><orx:meta><orx:instanceID>uuid:${uuidv7()}</orx:instanceID></orx:meta></data>`;
  const sendFilled = async (day: string, came: string, clock: string | null, offset?: string) => {
    const sentAt = clock ? new Date(clock) : null;
    const { recordId } = await send(filled(day, came, offset), { receivedAt: at, sentAt });
    const kept = await record(database.sql, spaceId, recordId);
    return [kept?.clockOff, kept?.aside];
  };
  beforeEach(async () => {
    const bytes = await workbook({
      survey: [
        ['type', 'name', 'label::Кыргызча (ky)', 'constraint', 'constraint_message::Кыргызча (ky)'],
        ['start', 'start', '', '', ''],
        ['end', 'end', '', '', ''],
        ['date', 'came', 'Кайсы күнү?', '. <= today()', 'Бул күн али келе элек.'],
      ],
      choices: [['list_name', 'name', 'label::Кыргызча (ky)']],
      settings: [
        ['form_title', 'form_id', 'version', 'default_language'],
        ['Күн', 'came', '1', 'Кыргызча (ky)'],
      ],
    });
    const given = { spaceId, kind: 'test', fileName: 'came.xlsx', bytes };
    const { version } = await uploadWorkbook(database.sql, files, null, given);
    await publishVersion(database.sql, null, { spaceId, versionId: version.id });
  });

  test('right clock: a day to come is set aside', async () => {
    expect(await sendFilled('2016-04-12', '2016-04-12', '2016-04-12T12:00:00Z')).toEqual([false, false]);
    expect(await sendFilled('2016-04-10', '2016-04-11', '2016-04-12T12:00:00Z')).toEqual([false, true]);
    expect(await sendFilled('2016-04-12', '2016-04-13', '2016-04-12T12:00:00Z')).toEqual([false, true]);
  });

  test('six weeks behind: the true day is in order, a day that has not come is not', async () => {
    expect(await sendFilled('2016-03-01', '2016-04-12', '2016-03-01T12:00:00Z')).toEqual([true, false]);
    expect(await sendFilled('2016-03-01', '2016-03-01', '2016-03-01T12:00:00Z')).toEqual([true, false]);
    expect(await sendFilled('2016-03-01', '2016-04-13', '2016-03-01T12:00:00Z')).toEqual([true, true]);
  });

  test('six weeks ahead: the day that the phone shows and the true one are both in order', async () => {
    expect(await sendFilled('2016-05-24', '2016-04-12', '2016-05-24T12:00:00Z')).toEqual([true, false]);
    expect(await sendFilled('2016-05-24', '2016-05-24', '2016-05-24T12:00:00Z')).toEqual([true, false]);
    expect(await sendFilled('2016-05-24', '2016-05-25', '2016-05-24T12:00:00Z')).toEqual([true, true]);
  });

  test('reset by an empty battery and set right before sending: judged by the arrival', async () => {
    expect(await sendFilled('2010-01-01', '2016-04-11', '2016-04-12T12:00:00Z')).toEqual([true, false]);
    expect(await sendFilled('2010-01-01', '2016-04-13', '2016-04-12T12:00:00Z')).toEqual([true, true]);
  });

  test('a phone that does not tell its clock is judged by what it wrote', async () => {
    expect(await sendFilled('2016-03-01', '2016-04-12', null)).toEqual([false, true]);
  });

  test('a phone in another time zone is judged by the day that it showed', async () => {
    expect(await sendFilled('2016-04-13', '2016-04-13', null, '+14:00')).toEqual([false, false]);
    expect(await sendFilled('2016-04-12', '2016-04-13', null, '+14:00')).toEqual([false, true]);
  });

  test('minutes of a slow line are no wrong clock', async () => {
    expect(await sendFilled('2016-04-12', '2016-04-12', '2016-04-12T11:10:00Z')).toEqual([false, false]);
  });
});

describe('a record that breaks a rule is kept and set aside', () => {
  const cases: Record<string, [Visit, string, string[]]> = {
    'a missing answer': [{ facility: '' }, 'records.aside.answers', ['/data/facility records.part.required']],
    'text in a number': [{ warmth: 'жылуу' }, 'records.aside.answers', ['/data/warmth records.part.type']],
    'a failed check': [{ warmth: '60' }, 'records.aside.answers', ['/data/warmth records.part.constraint']],
    'a choice outside the list': [{ ramp: 'maybe' }, 'records.aside.answers', ['/data/ramp records.part.choice']],
    'a question of no form': [
      { more: '<colour>көк</colour>' },
      'records.aside.answers',
      ['/data/colour records.part.unknown-element'],
    ],
    'an unknown version': [{ version: '99' }, 'records.aside.unknownVersion', []],
    'no instanceID': [{ id: '' }, 'records.aside.noInstanceId', []],
  };
  for (const [name, [visit, key, parts]] of Object.entries(cases))
    test(name, async () => {
      const receipt = await send(visitXml(visit));
      expect(receipt.aside?.key).toBe(key);
      const [aside] = await setAsideList(database.sql, spaceId, receipt.recordId);
      expect(aside?.parts.map((part) => `${part.at} ${part.key}`)).toEqual(parts);
      expect((await record(database.sql, spaceId, receipt.recordId))?.aside).toBe(true);
    });

  test('the form’s own words go with the failed check', async () => {
    const { recordId } = await send(visitXml({ warmth: '60' }));
    const [aside] = await setAsideList(database.sql, spaceId, recordId);
    expect(aside?.parts[0]?.details).toEqual({ value: '60', message_ky: '50дөн аз болсун' });
  });

  test('a version that is still a draft', async () => {
    const bytes = await visitWorkbook('2');
    await uploadWorkbook(database.sql, files, null, { spaceId, kind: 'test', fileName: 'visit.xlsx', bytes });
    expect((await send(visitXml({ version: '2' }))).aside?.key).toBe('records.aside.draftVersion');
  });

  test('the same one again, without an instanceID, is found again', async () => {
    const xml = visitXml({ id: '' });
    const first = await send(xml);
    expect(await send(xml)).toEqual({ ...first, outcome: 'already' });
  });
});

describe('what cannot be read is refused and nothing is kept', () => {
  const whole = visitXml();
  const refused: Record<string, [string | Uint8Array, [number, string]]> = {
    'half a document': [whole.slice(0, 300), [422, 'records.unreadable']],
    'an entity bomb': [`<!DOCTYPE data [<!ENTITY a "aaaa">]>${whole.slice(21)}`, [422, 'records.unreadable']],
    'a picture': [new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), [422, 'records.unreadable']],
    nothing: ['', [422, 'records.unreadable']],
    'a document of no form of ours': [visitXml({ form: 'elsewhere' }), [404, 'records.formUnknown']],
    'eleven megabytes': [visitXml({ facility: 'а'.repeat(5_500_000) }), [413, 'records.tooLarge']],
  };
  for (const [name, [xml, answer]] of Object.entries(refused))
    test(name, async () => {
      expect(await problem(send(xml as string))).toEqual(answer);
      expect(await count('record')).toBe(0);
    });

  test('a form of another space', async () => {
    const empty = uuidv7();
    expect(await problem(send(visitXml(), { spaceId: empty }))).toEqual([404, 'records.formUnknown']);
  });
});

describe('another content under the same id', () => {
  const id = '0198f2c0-0000-7000-8000-0000000000aa';
  test('is kept beside the first, once, and a person keeps the first', async () => {
    const first = visitXml({ id });
    const second = visitXml({ id, warmth: '20' });
    await send(first);
    const receipts = await Promise.all([send(second), send(second), send(first)]);
    expect(receipts.map((receipt) => receipt.outcome)).toEqual(['conflict', 'conflict', 'already']);
    const [conflict, ...more] = await conflicts(database.sql, spaceId);
    expect([conflict?.xml, more.length, (await record(database.sql, spaceId, id))?.conflict]).toEqual([
      second,
      0,
      true,
    ]);
    const accept = { spaceId, recordId: id, verdict: 'accepted', by: { accountId: bakyt } } as const;
    expect(await problem(judge(database.sql, accept))).toEqual([409, 'records.conflictFirst']);
    const decide = { spaceId, conflictId: conflict!.id, resolution: 'kept_first' } as const;
    expect(await problem(resolveConflict(context(), { ...decide, by: { accountId: aigul } }))).toEqual([
      403,
      'records.secondPerson',
    ]);
    expect(await resolveConflict(context(), { ...decide, by: { accountId: bakyt } })).toBe(null);
    await judge(database.sql, accept);
    expect((await record(database.sql, spaceId, id))?.verdict).toBe('accepted');
  });

  test('becomes a correction of the first when a person takes it', async () => {
    await send(visitXml({ id }));
    await send(visitXml({ id, warmth: '20' }), { attachments: [await file('board.jpg', 'такта')] });
    const [conflict] = await conflicts(database.sql, spaceId, id);
    await resolveConflict(context(), {
      spaceId,
      conflictId: conflict!.id,
      resolution: 'took_second',
      by: { accountId: bakyt },
    });
    const versions = await versionsOf(database.sql, spaceId, id);
    expect(versions.map(({ answers, superseded, conflict: open }) => [answers.warmth, superseded, open])).toEqual([
      ['18', true, false],
      ['20', false, false],
    ]);
    expect((await attachmentsOf(database.sql, spaceId, versions[1]!.id)).map((one) => one.name)).toEqual(['board.jpg']);
  });
});

describe('a correction', () => {
  const [one, two, three] = [1, 2, 3].map((n) => `0198f2c0-0000-7000-8000-00000000000${n}`) as [string, string, string];
  const chain = [
    visitXml({ id: one }),
    visitXml({ id: two, corrects: one, warmth: '19' }),
    visitXml({ id: three, corrects: two, warmth: '20' }),
  ];
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])
    test(`belongs to its chain when they arrive as ${order.map((n) => n + 1).join(', ')}`, async () => {
      for (const n of order) expect((await send(chain[n]!)).aside).toBe(null);
      const versions = await versionsOf(database.sql, spaceId, one);
      expect(versions.map(({ id, supersedes, superseded }) => [id, supersedes, superseded]).sort()).toEqual([
        [one, null, true],
        [two, one, true],
        [three, two, false],
      ]);
    });

  test('of another person’s record, or a second one of the same record, waits for a person', async () => {
    await send(chain[0]!);
    expect((await send(chain[1]!, { authorId: bakyt })).aside?.key).toBe('records.aside.othersRecord');
    const other = visitXml({ id: three, corrects: one });
    expect((await send(other)).aside?.key).toBe('records.aside.alreadyCorrected');
  });

  test('of what came by a link, without an account, waits for a person too', async () => {
    await send(chain[0]!, { authorId: null });
    expect((await send(chain[1]!, { authorId: bakyt })).aside?.key).toBe('records.aside.othersRecord');
  });

  test('may be accepted; what it corrects may not any more', async () => {
    await send(chain[0]!);
    await send(chain[1]!);
    const accept = (recordId: string) =>
      judge(database.sql, { spaceId, recordId, verdict: 'accepted', by: { accountId: bakyt } });
    expect(await problem(accept(one))).toEqual([409, 'records.superseded']);
    expect((await accept(two)).verdict).toBe('accepted');
  });

  test('of itself is a record like any other', async () => {
    expect((await send(visitXml({ id: one, corrects: one }))).aside).toBe(null);
    expect((await record(database.sql, spaceId, one))?.supersedes).toBe(null);
  });
});

describe('files', () => {
  const id = '0198f2c0-0000-7000-8000-0000000000bb';
  const xml = visitXml({ id, board: 'board.jpg', problems: [{ what: 'Суу жок', photo: 'tap.jpg' }] });
  test('a record is incomplete until every file that it names is here, in whatever requests they come', async () => {
    const [board, tap] = [await file('board.jpg', 'такта'), await file('tap.jpg', 'кран')];
    expect((await send(xml, { attachments: [tap] })).missing).toEqual(['board.jpg']);
    expect((await record(database.sql, spaceId, id))?.incomplete).toBe(true);
    expect((await send(xml)).missing).toEqual(['board.jpg']);
    expect((await send(xml, { attachments: [board] })).missing).toEqual([]);
    expect((await record(database.sql, spaceId, id))?.incomplete).toBe(false);
    expect(
      (await attachmentsOf(database.sql, spaceId, id)).map(({ name, sha256, bytes, mediaType }) => ({
        name,
        sha256,
        bytes,
        mediaType,
      })),
    ).toEqual([board, tap]);
  });

  test('two requests that bring the last two files at once leave a complete record', async () => {
    await send(xml);
    const [board, tap] = [await file('board.jpg', 'такта'), await file('tap.jpg', 'кран')];
    await Promise.all([send(xml, { attachments: [board] }), send(xml, { attachments: [tap] })]);
    expect((await record(database.sql, spaceId, id))?.incomplete).toBe(false);
  });

  test('the same picture in two records lies in the store once', async () => {
    const first = await file('board.jpg', 'бир сүрөт');
    const second = await file('other.jpg', 'бир сүрөт');
    expect(first.sha256).toBe(second.sha256);
    await send(visitXml({ board: 'board.jpg' }), { attachments: [first] });
    await send(visitXml({ board: 'other.jpg' }), { attachments: [second] });
    const [held] =
      await database.sql`select count(*)::int as n from stored_file where space_id = ${spaceId} and sha256 = ${first.sha256}`;
    expect(held?.n).toBe(1);
  });

  test('a second file of the same name does not replace the first; a person is told once', async () => {
    await send(xml, { attachments: [await file('tap.jpg', 'кран')] });
    const other = await file('tap.jpg', 'башка кран');
    await send(xml, { attachments: [other] });
    await send(xml, { attachments: [other] });
    const asides = await setAsideList(database.sql, spaceId, id);
    expect(asides.map(({ key, details }) => [key, details])).toEqual([
      ['records.aside.fileDiffers', { name: 'tap.jpg', sha256: other.sha256 }],
    ]);
    expect((await attachmentsOf(database.sql, spaceId, id))[1]?.sha256).toBe((await file('tap.jpg', 'кран')).sha256);
  });

  test('a name with folders is the file’s name alone', async () => {
    expect((await file('../../etc/pass\u0000wd', 'x')).name).toBe('passwd');
  });
});

describe('what the kind does with a record', () => {
  const subjectId = uuidv7();
  test('stands in the same transaction, and the record beside its subject', async () => {
    const seen: string[] = [];
    const handler: RecordHandler = {
      links: async (_tx, space, answers, author) => {
        seen.push(`${space === spaceId} ${answers.facility} ${author === aigul}`);
        return { subjectId, occurredOn: '2016-04-11' };
      },
      onRecord: async (tx, one) => {
        await tx`insert into audit_line (space_id, id, action, thing_kind, thing_id) values (${one.spaceId}, ${uuidv7()}, 'test.seen', 'record', ${one.id})`;
      },
    };
    const { recordId } = await send(visitXml(), {}, handler);
    const kept = await record(database.sql, spaceId, recordId);
    expect([seen, kept?.subjectId, kept?.occurredOn]).toEqual([['true Ак-Дөбө ФАП true'], subjectId, '2016-04-11']);
    expect((await auditOf(database.sql, spaceId, recordId)).map((line) => line.action).sort()).toEqual([
      'record.receive',
      'test.seen',
    ]);
  });

  test('is undone by its Problem, and the record is set aside; when a person lets it pass, it is done', async () => {
    let full = true;
    const handler: RecordHandler = {
      onRecord: async (tx, one) => {
        await tx`insert into audit_line (space_id, id, action, thing_kind, thing_id) values (${one.spaceId}, ${uuidv7()}, ${`test.aside.${one.aside}`}, 'record', ${one.id})`;
        if (full) throw new Problem(409, 'flow.notFromHere', { state: 'checked' });
      },
    };
    const { recordId, aside } = await send(visitXml(), {}, handler);
    expect(aside).toEqual({ key: 'flow.notFromHere', details: { state: 'checked' } });
    expect((await auditOf(database.sql, spaceId, recordId)).map((line) => line.action)).toEqual(['record.receive']);

    const [open] = await setAsideList(database.sql, spaceId);
    const pass = {
      spaceId,
      asideId: open!.id,
      resolution: 'accepted',
      by: { accountId: bakyt },
      reason: 'Текшерилди',
    } as const;
    expect(await problem(resolveAside(context(handler), pass))).toEqual([409, 'flow.notFromHere']);
    expect((await setAsideList(database.sql, spaceId)).length).toBe(1);
    full = false;
    expect(await problem(resolveAside(context(handler), { ...pass, by: { accountId: aigul } }))).toEqual([
      403,
      'records.secondPerson',
    ]);
    expect(await problem(resolveAside(context(handler), { ...pass, reason: ' ' }))).toEqual([
      422,
      'records.reasonNeeded',
    ]);
    await resolveAside(context(handler), pass);
    expect(await problem(resolveAside(context(handler), pass))).toEqual([409, 'records.resolvedAlready']);
    expect((await auditOf(database.sql, spaceId, recordId)).map((line) => line.action).sort()).toEqual([
      'record.receive',
      'record.resolveAside',
      'test.aside.false',
    ]);
    expect((await record(database.sql, spaceId, recordId))?.aside).toBe(false);
  });

  test('with links that are no links, or content that the tables refuse, sets the record aside', async () => {
    const wrong: RecordHandler = { links: async () => ({ subjectId: 'Ак-Дөбө' }) };
    expect((await send(visitXml(), {}, wrong)).aside?.key).toBe('records.aside.unknownLink');
    const refused: RecordHandler = { onRecord: async (tx) => void (await tx`select 'x'::uuid`) };
    expect((await send(visitXml(), {}, refused)).aside?.key).toBe('records.aside.refusedByKind');
  });

  test('fails whole when the kind has a bug: nothing is kept, the phone sends again', async () => {
    const broken: RecordHandler = { onRecord: () => Promise.reject(new TypeError('bug')) };
    await expect(send(visitXml(), {}, broken)).rejects.toThrow('bug');
    expect(await count('record')).toBe(0);
  });
});

describe('a judgement', () => {
  test('is a second person’s, with a reason unless it accepts, and the last one holds', async () => {
    const { recordId } = await send(visitXml());
    const say = (verdict: 'accepted' | 'returned' | 'withdrawn', by: string, reason?: string) =>
      judge(database.sql, { spaceId, recordId, verdict, by: { accountId: by }, ...(reason ? { reason } : {}) });
    expect(await problem(say('accepted', aigul))).toEqual([403, 'records.secondPerson']);
    expect(await problem(say('returned', bakyt))).toEqual([422, 'records.reasonNeeded']);
    await say('returned', bakyt, 'Сүрөт бүдөмүк');
    await say('accepted', bakyt);
    const kept = await record(database.sql, spaceId, recordId);
    expect([kept?.verdict, kept?.judgements.map((one) => [one.verdict, one.reason])]).toEqual([
      'accepted',
      [
        ['returned', 'Сүрөт бүдөмүк'],
        ['accepted', null],
      ],
    ]);
    expect(
      await problem(
        judge(database.sql, { spaceId: uuidv7(), recordId, verdict: 'accepted', by: { accountId: bakyt } }),
      ),
    ).toEqual([404, 'platform.notFound']);
  });

  test('does not accept what is set aside; a person who rejects the aside rejects the record', async () => {
    const { recordId } = await send(visitXml({ warmth: '60' }));
    const accept = judge(database.sql, { spaceId, recordId, verdict: 'accepted', by: { accountId: bakyt } });
    expect(await problem(accept)).toEqual([409, 'records.asideFirst']);
    const [open] = await setAsideList(database.sql, spaceId);
    await resolveAside(context(), {
      spaceId,
      asideId: open!.id,
      resolution: 'rejected',
      by: { accountId: bakyt },
      reason: 'Термометр бузук',
    });
    const kept = await record(database.sql, spaceId, recordId);
    expect([kept?.verdict, kept?.aside]).toEqual(['rejected', false]);
  });
});

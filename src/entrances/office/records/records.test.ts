import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, type TestPerson, testApp } from '../../../../test/support/app.ts';
import { visitSpace, visitXml } from '../../../../test/support/visit.ts';
import type { Role } from '../../../kernel/access/index.ts';
import { planActivity } from '../../../kernel/activities/index.ts';
import { applyRecord, type Measure } from '../../../kernel/evidence/index.ts';
import type { Kind } from '../../../kernel/kinds/index.ts';
import { addProject } from '../../../kernel/projects/index.ts';
import {
  conflicts,
  drawPictures,
  type Incoming,
  judge,
  receive,
  setAsideList,
  storeAttachment,
} from '../../../kernel/records/index.ts';
import { addSubject } from '../../../kernel/subjects/index.ts';
import { uuidv7 } from '../../../platform/db/index.ts';

const visits: Measure = {
  key: 'test.visit',
  title: { ky: 'Баруу', ru: 'Визит', en: 'Visit' },
  unit: 'event',
  forms: ['visit'],
  dimensions: [],
  rows: () => [{ quantity: 1 }],
};

const testKind: Kind = {
  ...{ name: 'test', forms: [], flows: [], measures: [visits], rules: {}, pages: [], nav: [] },
  messages: { ky: {}, ru: {}, en: {} },
  records: {},
  todos: async () => [],
};

let app: TestApp;
let aigul: TestPerson;
let bakyt: TestPerson;
const by: Partial<Record<Role, TestPerson>> = {};

beforeAll(async () => {
  app = await testApp({ kinds: [testKind] });
  await visitSpace(app.sql, app.files, app.space.id);
  aigul = await app.person('Айгүл Осмонова', ['field_worker']);
  bakyt = await app.person('Бакыт Жээнбеков', ['coordinator']);
  for (const role of ['reviewer', 'auditor', 'funder', 'partner'] as const) by[role] = await app.person(role, [role]);
  by.field_worker = aigul;
  by.coordinator = bakyt;
});
afterAll(() => app.close());

const send = async (xml: string, more: Partial<Incoming> = {}): Promise<string> => {
  const given = { spaceId: app.space.id, xml, door: 'openrosa', authorId: aigul.accountId, ...more } as const;
  return (await receive({ sql: app.sql, handlers: new Map() }, given)).recordId;
};
/** What a reader of the page sees: its text without tags, spaces made one. */
const seen = (html: string): string =>
  html
    .replace(/<(script|style|head)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
const between = (text: string, from: string, to: string): string => text.split(from)[1]?.split(to)[0]?.trim() ?? '';

describe('the list of records', () => {
  test('finds a record by the beginning of its sender’s name, typed without Kyrgyz letters', async () => {
    const id = await send(visitXml({ facility: 'Көк-Ой ФАП' }));
    const found = await bakyt.get('/ky/office/records?q=айгул');
    expect([found.statusCode, found.body.includes(`/ky/office/records/${id}`)]).toEqual([200, true]);
    const nobody = await bakyt.get('/ky/office/records?q=чынара');
    expect([nobody.statusCode, nobody.body.includes(id), nobody.body.includes('Эч нерсе табылган жок')]).toEqual([
      ...[200, false, true],
    ]);
  });

  test('keeps to one state, one sender and one span of days', async () => {
    const id = await send(visitXml({ start: '2012-05-01T10:00:00.000+06:00', today: '2012-05-01' }));
    const has = async (query: string) =>
      (await bakyt.get(`/ru/office/records?${query}`)).body.includes(`/ru/office/records/${id}`);
    expect(await has(`person=${aigul.accountId}&state=waiting&from=2012-05-01&to=2012-05-01`)).toBe(true);
    expect(await has('from=2012-05-02&to=2012-05-03')).toBe(false);
    expect(await has(`person=${bakyt.accountId}`)).toBe(false);
    expect(await has('state=aside')).toBe(false);
  });

  test('goes on page by page until every record was seen once', async () => {
    for (let i = 0; i < 55; i++) await send(visitXml());
    const ids: string[] = [];
    let next: string | undefined = '/en/office/records';
    while (next) {
      const { body } = await bakyt.get(next);
      ids.push(...[...body.matchAll(/\/en\/office\/records\/([0-9a-f-]{36})/g)].map((match) => match[1] ?? ''));
      next = /href="([^"]*)" rel="next"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
    }
    const [all] = await app.sql<
      { n: number }[]
    >`select count(*)::int as n from record where space_id = ${app.space.id}`;
    expect([ids.length, new Set(ids).size]).toEqual([all?.n, all?.n]);
  });
});

describe('a record’s page', () => {
  test('shows answers with their questions in the language of the page, turn by turn', async () => {
    const id = await send(
      visitXml({ facility: 'Талды-Суу ФАП', problems: [{ what: 'Суу жок' }, { what: 'Эшик тар' }] }),
    );
    const ky = seen((await bakyt.get(`/ky/office/records/${id}`)).body);
    expect(between(ky, 'Жооптор', 'Качан жана ким')).toBe(
      'Мекеме Талды-Суу ФАП Канча градус? 18 Пандус барбы? Жок Көйгөй 1 Эмне болду? Суу жок Көйгөй 2 Эмне болду? Эшик тар',
    );
    const en = seen((await bakyt.get(`/en/office/records/${id}`)).body);
    expect(between(en, 'Is there a ramp?', 'Problem')).toBe('No');
  });

  test('says when the phone’s clock cannot have been right', async () => {
    const id = await send(visitXml({ start: '2031-01-01T10:00:00.000+06:00', today: '2016-04-12' }));
    const { body } = await bakyt.get(`/ru/office/records/${id}`);
    expect(body.includes('часы телефона неверны')).toBe(true);
  });

  test('shows a correction with what it changed', async () => {
    const first = await send(visitXml({ warmth: '18' }));
    const second = await send(visitXml({ warmth: '21', corrects: first }));
    const text = seen((await bakyt.get(`/en/office/records/${second}`)).body);
    expect(between(text, 'What this correction changed', '<')).toMatch(
      /^Question Before After How many degrees\? 18 21/,
    );
    expect(seen((await bakyt.get(`/en/office/records/${first}`)).body)).toMatch(/corrected since/);
  });

  test('shows the picture for all eyes, and its original only to who reviews', async () => {
    const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a33' } })
      .png()
      .toBuffer();
    const stored = await storeAttachment(app.files, {
      name: 'board.png',
      bytes: (async function* () {
        yield picture;
      })(),
      maxBytes: 100_000,
    });
    const id = await send(visitXml({ board: 'board.png' }), { attachments: [stored] });
    const other = await send(visitXml());
    await drawPictures(app.sql, app.files, app.space.id, id);
    const path = `/office/records/${id}/files/board.png`;
    const types = async (person: TestPerson | undefined, url: string) => {
      const answer = await person?.get(url);
      return [answer?.statusCode, answer?.headers['content-type']];
    };
    expect(await types(by.reviewer, path)).toEqual([200, 'image/jpeg']);
    expect(await types(by.reviewer, `${path}?original=1`)).toEqual([200, 'image/png']);
    expect(await types(by.auditor, `${path}?original=1`)).toEqual([200, 'image/jpeg']);
    expect((await bakyt.get(`/office/records/${other}/files/board.png`)).statusCode).toBe(404);
    expect((await bakyt.get(`/office/records/${id}/files/no.png`)).statusCode).toBe(404);
  });
});

describe('a record that was set aside', () => {
  test('shows why, answer by answer, and stands once a second person lets it', async () => {
    const id = await send(visitXml({ warmth: '70' }));
    const [aside] = await setAsideList(app.sql, app.space.id, id);
    const text = seen((await bakyt.get(`/ky/office/records/${id}`)).body);
    expect(text.includes('Канча градус?: 50дөн аз болсун')).toBe(true);
    const path = `/ky/office/records/${id}/asides/${aside?.id}`;
    const unsaid = await bakyt.post(path, { resolution: 'accepted', reason: ' ' });
    expect(unsaid.statusCode).toBe(422);
    const done = await bakyt.post(path, { resolution: 'accepted', reason: 'Термометр туура' });
    expect([done.statusCode, done.headers.location]).toEqual([303, `/ky/office/records/${id}`]);
    expect((await setAsideList(app.sql, app.space.id, id))[0]?.resolution).toBe('accepted');
    expect((await bakyt.post(path, { resolution: 'accepted', reason: 'Дагы' })).statusCode).toBe(409);
  });

  test('is not decided under the address of another record', async () => {
    const id = await send(visitXml({ warmth: '71' }));
    const other = await send(visitXml());
    const [aside] = await setAsideList(app.sql, app.space.id, id);
    const answer = await bakyt.post(`/ky/office/records/${other}/asides/${aside?.id}`, {
      resolution: 'rejected',
      reason: 'Ката',
    });
    expect(answer.statusCode).toBe(404);
  });
});

describe('two contents under one number', () => {
  test('stand side by side; the second, when taken, corrects the first', async () => {
    const id = uuidv7();
    await send(visitXml({ id, warmth: '18' }));
    await send(visitXml({ id, warmth: '25' }));
    const [conflict] = await conflicts(app.sql, app.space.id, id);
    const text = seen((await bakyt.get(`/en/office/records/${id}`)).body);
    expect(text).toMatch(/How many degrees\? 18 25/);
    const done = await bakyt.post(`/en/office/records/${id}/conflicts/${conflict?.id}`, { resolution: 'took_second' });
    expect([done.statusCode, done.headers.location]).toEqual([303, `/en/office/records/${conflict?.id}`]);
    expect(seen((await bakyt.get(`/en/office/records/${conflict?.id}`)).body)).toMatch(/How many degrees\? 25/);
  });
});

describe('who may', () => {
  test('a funder opens a record by the evidence on it, and reads no person’s name or words', async () => {
    const plain = await send(visitXml({ facility: 'Бейшен Ата үйү' }));
    const own = { spaceId: app.space.id, accountId: bakyt.accountId };
    const organisationId = await addSubject(app.sql, own, { kind: 'organisation', name: { en: 'Swiss Caritas' } });
    const project = { code: 'P7', title: { en: 'Health' }, parties: [{ organisationId, role: 'funder' as const }] };
    const projectIds = [await addProject(app.sql, own, project)];
    const round = { kind: 'test', title: { en: 'Spring' }, startsOn: '2016-04-01', endsOn: '2016-06-30', projectIds };
    const activityId = await planActivity(app.sql, own, round);
    await app.sql`update record set activity_id = ${activityId} where space_id = ${app.space.id} and id = ${plain}`;
    const theirs = await app.person('Ханна', ['funder'], { organisationId });
    expect((await theirs.get(`/ru/office/records/${plain}`)).statusCode).toBe(404);
    await judge(app.sql, { spaceId: app.space.id, recordId: plain, verdict: 'accepted', by: bakyt });
    await applyRecord(app.sql, { spaceId: app.space.id, recordId: plain, measures: [visits] });
    expect((await by.funder?.get(`/ru/office/records/${plain}`))?.statusCode).toBe(404);
    const answer = await theirs.get(`/ru/office/records/${plain}`);
    const text = seen(answer.body);
    expect(answer.statusCode).toBe(200);
    for (const hidden of ['Айгүл', 'Бакыт', 'Бейшен']) expect(text.includes(hidden)).toBe(false);
    expect(between(text, 'Есть пандус?', 'Когда')).toBe('Нет');
  });

  test('each role comes in exactly where the table says', async () => {
    const id = await send(visitXml({ warmth: '72' }));
    const [aside] = await setAsideList(app.sql, app.space.id, id);
    const answers: Record<string, (number | undefined)[]> = {};
    for (const [role, person] of Object.entries(by)) {
      const list = await person.get('/ky/office/records');
      const one = await person.get(`/ky/office/records/${id}`);
      const file = await person.get(`/office/records/${id}/files/x.png`);
      const post = await person.post(`/ky/office/records/${id}/asides/${aside?.id}`, { resolution: 'wrong' });
      const conflict = await person.post(`/ky/office/records/${id}/conflicts/${uuidv7()}`, { resolution: 'wrong' });
      answers[role] = [list, one, file, post, conflict].map((answer) => answer.statusCode);
    }
    expect(answers).toEqual({
      coordinator: [200, 200, 404, 422, 422],
      reviewer: [200, 200, 404, 422, 422],
      auditor: [200, 200, 404, 403, 403],
      funder: [403, 404, 404, 403, 403],
      partner: [403, 403, 403, 403, 403],
      field_worker: [403, 403, 403, 403, 403],
    });
    const stranger = await app.ask(`/ky/office/records/${id}`);
    expect([stranger.statusCode, stranger.headers.location?.startsWith('/ky/sign-in')]).toEqual([302, true]);
  });

  test('another association on the same server sees none of it', async () => {
    const id = await send(visitXml({ warmth: '73' }));
    const [aside] = await setAsideList(app.sql, app.space.id, id);
    const neighbours = await app.addSpace({ ky: 'Коңшулар' }, 'neighbours.example');
    const chynara = await app.person('Чынара', ['coordinator'], { space: neighbours });
    const list = await chynara.get('/ky/office/records');
    expect([list.statusCode, /office\/records\/[0-9a-f]/.test(list.body)]).toEqual([200, false]);
    expect((await chynara.get(`/ky/office/records/${id}`)).statusCode).toBe(404);
    const post = await chynara.post(`/ky/office/records/${id}/asides/${aside?.id}`, {
      resolution: 'rejected',
      reason: 'Ката',
    });
    expect(post.statusCode).toBe(404);
  });

  test('bad addresses and fields are answered with what is wrong, never with a fault of ours', async () => {
    const statuses = async (...urls: string[]) =>
      await Promise.all(urls.map(async (url) => (await bakyt.get(url)).statusCode));
    expect(
      await statuses(
        '/ky/office/records/x',
        `/ky/office/records/${uuidv7()}`,
        '/ky/office/records?after=x',
        "/ky/office/records?q=%00'--&form=1&from=2012-02-31&state=x",
        '/ky/office/records?q=a&q=b',
        '/office/records/x/files/y',
      ),
    ).toEqual([404, 404, 400, 200, 200, 404]);
  });
});

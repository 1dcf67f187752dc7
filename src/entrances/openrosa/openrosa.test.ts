import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { readFormList, readManifest, readResponse } from '@demilge/openrosa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../../test/support/app.ts';
import { visitSpace, visitXml } from '../../../test/support/visit.ts';
import { workbook } from '../../../test/support/workbook.ts';
import { addDevice, revokeDevice } from '../../kernel/access/index.ts';
import { assign, stateConflict } from '../../kernel/assignments/index.ts';
import { addFormFile, publishVersion, uploadWorkbook } from '../../kernel/forms/index.ts';
import type { Kind } from '../../kernel/kinds/index.ts';
import { attachmentsOf, listRecords, record } from '../../kernel/records/index.ts';
import { uuidv7 } from '../../platform/db/index.ts';

/** A kind with one form that asks for a table. */
const kind: Kind = {
  name: 'test',
  forms: [],
  flows: [],
  measures: [],
  rules: {},
  pages: [],
  nav: [],
  messages: { ky: {}, ru: {}, en: {} },
  records: {},
  media: { 'villages.csv': async (_db, _spaceId, actor) => `name,label\nak-dobo,"Ак-Дөбө (${actor.name})"\n` },
  todos: async () => [],
};

let app: TestApp;
let formId: string;
let aigul: { accountId: string; token: string };
let nurlan: { accountId: string; token: string };

async function phone(name: string, role: 'field_worker' | 'coordinator', language: 'ky' | 'ru') {
  const person = await app.person(name, [role]);
  await app.sql`update account set language = ${language} where id = ${person.accountId}`;
  const { token } = await addDevice(app.sql, app.space.id, null, person.accountId, 'Tecno Pop');
  return { accountId: person.accountId, token };
}

beforeAll(async () => {
  app = await testApp({ kinds: [kind], now: () => new Date('2016-04-12T12:00:00Z') });
  await visitSpace(app.sql, app.files, app.space.id);
  [formId = ''] = (await app.sql<{ id: string }[]>`select id from form`).map((row) => row.id);
  aigul = await phone('Айгүл', 'field_worker', 'ky');
  nurlan = await phone('Нурлан', 'coordinator', 'ru');
});
afterAll(() => app.close());

const BOUNDARY = 'aT-the-clinic';
type Part = { name: string; filename?: string; type?: string; body: string | Buffer };
function multipart(parts: readonly Part[]): Buffer {
  const chunks = parts.flatMap(({ name, filename, type, body }) => [
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${filename ? `; filename="${filename}"` : ''}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`,
    ),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}
const xmlPart = (xml: string): Part => ({
  name: 'xml_submission_file',
  filename: 'visit.xml',
  type: 'text/xml',
  body: xml,
});
const photo = (name: string, body: string | Buffer = name): Part => ({
  name,
  filename: name,
  type: 'image/jpeg',
  body,
});

/** As ODK Collect asks: no cookie, no origin. */
const ask = async (method: 'GET' | 'HEAD' | 'POST', token: string, path: string, payload?: Buffer) =>
  await app.http.inject({
    method,
    url: `/or/${token}/${path}`,
    headers: {
      host: 'localhost',
      'x-openrosa-version': '1.0',
      ...(payload ? { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } : {}),
    },
    ...(payload ? { payload } : {}),
  });
const post = (token: string, parts: readonly Part[]) => ask('POST', token, 'submission', multipart(parts));
const path = (url: string, token: string) => url.replace(`http://localhost/or/${token}/`, '');

describe('forms', () => {
  test('a monitor is offered a form when a task asks for it, until a conflict of interest is stated', async () => {
    const offered = async () =>
      readFormList((await ask('GET', aigul.token, 'formList')).body).map((form) => form.formId);
    expect(await offered()).toEqual([]);
    const id = await assign(app.sql, null, app.space.id, {
      activityId: uuidv7(),
      actorId: aigul.accountId,
      role: 'monitor',
      subjectId: uuidv7(),
      formId,
      from: '2016-04-10',
      to: '2016-04-20',
    });
    expect(await offered()).toEqual(['visit']);
    await stateConflict(app.sql, { accountId: nurlan.accountId }, app.space.id, id, 'Эжеси ошол жерде иштейт');
    expect(await offered()).toEqual([]);
  });

  test('a coordinator fetches list, form, manifest and files, each with its hash', async () => {
    const bytes = await workbook({
      survey: [
        ['type', 'name', 'label::Кыргызча (ky)', 'label::Русский (ru)', 'media::image::Кыргызча (ky)'],
        ['select_one_from_file villages.csv', 'village', 'Айыл', 'Село', 'felt.png'],
      ],
      settings: [
        ['form_title', 'form_id', 'version', 'default_language'],
        ['Айыл', 'village', '3', 'Кыргызча (ky)'],
      ],
    });
    const given = { spaceId: app.space.id, kind: 'test', fileName: 'village.xlsx', bytes };
    const { version } = await uploadWorkbook(app.sql, app.files, null, given);
    await publishVersion(app.sql, null, { spaceId: app.space.id, versionId: version.id });
    await addFormFile(app.sql, app.files, {
      spaceId: app.space.id,
      versionId: version.id,
      name: 'felt.png',
      mediaType: 'image/png',
      bytes: (async function* () {
        yield Buffer.from('felt');
      })(),
      maxBytes: 100,
    });

    const answer = await ask('GET', nurlan.token, 'formList');
    expect([answer.statusCode, answer.headers['x-openrosa-version'], answer.headers['content-type']]).toEqual([
      200,
      '1.0',
      'text/xml; charset=utf-8',
    ]);
    const list = readFormList(answer.body);
    expect(list.map(({ formId: key, name, version: v }) => [key, name, v])).toEqual([
      ['village', 'Айыл', '3'],
      ['visit', 'Клиникага баруу', '1'],
    ]);
    const form = list[0]!;
    const xform = await ask('GET', nurlan.token, path(form.downloadUrl, nurlan.token));
    expect(createHash('md5').update(xform.body).digest('hex')).toBe(form.md5);
    const files = readManifest((await ask('GET', nurlan.token, path(form.manifestUrl ?? '', nurlan.token))).body);
    expect(files.map((file) => file.filename)).toEqual(['felt.png', 'villages.csv']);
    const bodies: string[] = [];
    for (const file of files) {
      const { body } = await ask('GET', nurlan.token, path(file.downloadUrl, nurlan.token));
      expect(createHash('md5').update(body).digest('hex')).toBe(file.md5);
      bodies.push(body);
    }
    expect(bodies).toEqual(['felt', 'name,label\nak-dobo,"Ак-Дөбө (Нурлан)"\n']);
    expect(readFormList((await ask('GET', nurlan.token, 'formList?formID=visit')).body).length).toBe(1);
  });

  test('a form that is not offered, a file that is not there and a wrong id do not exist', async () => {
    const [visit] = readFormList((await ask('GET', nurlan.token, 'formList?formID=visit')).body);
    for (const [token, where] of [
      [aigul.token, path(visit!.downloadUrl, nurlan.token)],
      [nurlan.token, `forms/${uuidv7()}/form.xml`],
      [nurlan.token, 'forms/1/manifest'],
      [nurlan.token, path(visit!.downloadUrl, nurlan.token).replace('form.xml', 'media/none.csv')],
    ] as const)
      expect([where, (await ask('GET', token, where)).statusCode]).toEqual([where, 404]);
  });

  test('a phone whose key was taken back is a stranger', async () => {
    const { accountId, token } = await phone('Таалай', 'field_worker', 'ky');
    expect((await ask('GET', token, 'formList')).statusCode).toBe(200);
    const [device] = await app.sql<{ id: string }[]>`select id from device where account_id = ${accountId}`;
    await revokeDevice(app.sql, app.space.id, nurlan.accountId, device!.id);
    expect((await ask('GET', token, 'formList')).statusCode).toBe(401);
    expect((await post(token, [xmlPart(visitXml())])).statusCode).toBe(401);
  });
});

describe('sending', () => {
  test('Collect asks first what the server takes', async () => {
    const answer = await ask('HEAD', aigul.token, 'submission');
    expect([answer.statusCode, answer.headers['x-openrosa-accept-content-length'], answer.body]).toEqual([
      204,
      '209715200',
      '',
    ]);
  });

  test('a visit with its photo is received once, and Aigul reads so in Kyrgyz', async () => {
    const id = uuidv7();
    const xml = visitXml({ id, board: 'board.jpg' });
    const first = await post(aigul.token, [xmlPart(xml), photo('board.jpg')]);
    expect([first.statusCode, readResponse(first.body)]).toEqual([
      201,
      { text: 'Кабыл алынды. Рахмат!', nature: 'submit_success' },
    ]);
    const second = await post(aigul.token, [photo('board.jpg'), xmlPart(xml)]);
    expect([second.statusCode, readResponse(second.body).text]).toEqual([201, 'Бул жазуу серверде мурда эле бар.']);
    const kept = await record(app.sql, app.space.id, id);
    expect([kept?.authorId, kept?.deviceId === null, kept?.door, kept?.incomplete]).toEqual([
      aigul.accountId,
      false,
      'openrosa',
      false,
    ]);
    const [board] = await attachmentsOf(app.sql, app.space.id, id);
    expect([board?.name, board?.sha256]).toEqual(['board.jpg', createHash('sha256').update('board.jpg').digest('hex')]);
  });

  test('photos in several requests, as Collect sends them when there are many', async () => {
    const id = uuidv7();
    const xml = visitXml({ id, board: 'board.jpg', problems: [{ what: 'Суу', photo: 'tap.jpg' }] });
    const more: Part = { name: '*isIncomplete*', body: 'yes' };
    const first = await post(nurlan.token, [xmlPart(xml), photo('board.jpg'), more]);
    expect(readResponse(first.body).text).toBe('Принято. Спасибо! Ожидается ещё 1\u00a0файл.');
    const second = await post(nurlan.token, [xmlPart(xml), photo('tap.jpg')]);
    expect(readResponse(second.body).text).toBe('Эта запись уже на сервере.');
    expect((await record(app.sql, app.space.id, id))?.incomplete).toBe(false);
  });

  test('a photo with a Kyrgyz name, sent twice in one request', async () => {
    const id = uuidv7();
    const xml = visitXml({ id, board: 'көрнөк такта.jpg' });
    for (const parts of [
      [xmlPart(xml), photo('көрнөк такта.jpg'), photo('көрнөк такта.jpg')],
      [photo('көрнөк такта.jpg'), photo('көрнөк такта.jpg'), xmlPart(xml)],
    ])
      expect((await post(aigul.token, parts)).statusCode).toBe(201);
    const files = await attachmentsOf(app.sql, app.space.id, id);
    expect(files.map((file) => [file.name, file.sha256 !== null])).toEqual([['көрнөк такта.jpg', true]]);
  });

  test('twenty identical requests at once: twenty times 201, one row', async () => {
    const id = uuidv7();
    const parts = [xmlPart(visitXml({ id, board: 'board.jpg' })), photo('board.jpg')];
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(aigul.token, parts)));
    expect(answers.map((answer) => answer.statusCode)).toEqual(Array(20).fill(201));
    const rows = await app.sql`select 1 from record where id = ${id}`;
    expect([rows.length, (await attachmentsOf(app.sql, app.space.id, id)).length]).toEqual([1, 1]);
  });

  test('a visit that breaks a rule leaves the phone, and Aigul reads why somebody will look at it', async () => {
    const answer = await post(aigul.token, [xmlPart(visitXml({ warmth: '60' }))]);
    expect([answer.statusCode, readResponse(answer.body).text]).toEqual([
      201,
      'Кабыл алынды. Рахмат! Аны адам карап чыгат: 1\u00a0жооп форманын эрежесине туура келбейт.',
    ]);
  });

  test('another content under the same number is taken too, and said', async () => {
    const id = uuidv7();
    await post(aigul.token, [xmlPart(visitXml({ id }))]);
    const answer = await post(aigul.token, [xmlPart(visitXml({ id, warmth: '3' }))]);
    expect([answer.statusCode, readResponse(answer.body).text]).toEqual([
      201,
      'Кабыл алынды. Рахмат! Бул номер менен башка мазмун да келген. Экөө тең сакталды, адам карап чыгат.',
    ]);
  });

  test('what cannot be taken is refused in words, and nothing is kept', async () => {
    const before = (await listRecords(app.sql, app.space.id, {}, null, 200)).rows.length;
    const whole = visitXml();
    const cases: [Part[], number, string][] = [
      [[xmlPart(whole.slice(0, 200))], 422, 'Бул документ окулбайт. Эч нерсе сакталган жок, кайра жөнөтүңүз.'],
      [[xmlPart(visitXml({ form: 'нет' }))], 404, 'Бул бирикмеде «нет» деген форма жок.'],
      [[photo('board.jpg')], 400, 'Жооптор жок: xml_submission_file деген бөлүк келген жок.'],
    ];
    for (const [parts, status, words] of cases) {
      const answer = await post(aigul.token, parts);
      expect([answer.statusCode, readResponse(answer.body).text]).toEqual([status, words]);
    }
    const text = await app.http.inject({
      method: 'POST',
      url: `/or/${aigul.token}/submission`,
      headers: { host: 'localhost', 'content-type': 'text/plain' },
      payload: whole,
    });
    expect(text.statusCode).toBe(415);
    expect((await listRecords(app.sql, app.space.id, {}, null, 200)).rows.length).toBe(before);
  });

  test('a request that is cut at any place keeps nothing, and the same one sent whole is received', async () => {
    const address = new URL(await app.listen());
    const id = uuidv7();
    const body = multipart([
      xmlPart(visitXml({ id, board: 'board.jpg' })),
      photo('board.jpg', Buffer.alloc(50_000, 7)),
    ]);
    const send = (end: number): Promise<number> =>
      new Promise((resolve) => {
        const sent = httpRequest({
          host: address.hostname,
          port: address.port,
          method: 'POST',
          path: `/or/${aigul.token}/submission`,
          headers: {
            host: 'localhost',
            'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
            'content-length': body.length,
          },
        });
        sent.on('response', (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        sent.on('error', () => resolve(0));
        sent.write(body.subarray(0, end), () => {
          if (end < body.length) sent.destroy();
          else sent.end();
        });
      });
    for (const end of [1, 100, 300, 900, 1100, 5_000, 30_000, body.length - 30, body.length - 2])
      expect([end, await send(end)]).toEqual([end, 0]);
    expect(await record(app.sql, app.space.id, id)).toBe(null);
    expect(await send(body.length)).toBe(201);
    expect((await record(app.sql, app.space.id, id))?.incomplete).toBe(false);
  });

  test('a file larger than the server takes is refused while it comes', async () => {
    const answer = await post(aigul.token, [
      xmlPart(visitXml({ board: 'big.jpg' })),
      photo('big.jpg', Buffer.alloc(210_000_000)),
    ]);
    expect([answer.statusCode, readResponse(answer.body).nature]).toEqual([413, 'submit_error']);
  });
});

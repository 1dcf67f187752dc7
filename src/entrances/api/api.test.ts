import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, type TestPerson, testApp } from '../../../test/support/app.ts';
import { workbook } from '../../../test/support/workbook.ts';
import { addDevice, type Role, revokeDevice } from '../../kernel/access/index.ts';
import { publishVersion, uploadWorkbook } from '../../kernel/forms/index.ts';
import { receive } from '../../kernel/records/index.ts';
import { addSubject } from '../../kernel/subjects/index.ts';
import { geometryOf } from './geojson.ts';

let app: TestApp;
let bakyt: TestPerson;
let formId: string;
const by: Partial<Record<Role, TestPerson>> = {};
const ids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

const xml = (id: string, rooms: string, owner: string, people: readonly [string, string][]) =>
  `<data id="home" version="1" xmlns:orx="http://openrosa.org/xforms"><today>2016-04-12</today><owner>${owner}</owner><house><rooms>${rooms}</rooms><point>42.87 74.59 760 5</point></house>${people
    .map(([name, age]) => `<member><name>${name}</name><age>${age}</age></member>`)
    .join('')}<orx:meta><orx:instanceID>uuid:${id}</orx:instanceID></orx:meta></data>`;

beforeAll(async () => {
  app = await testApp({ kinds: [] });
  const bytes = await workbook({
    survey: [
      ['type', 'name', 'label'],
      ['today', 'today', ''],
      ['text', 'owner', 'Ээси'],
      ['begin group', 'house', 'Үй'],
      ['integer', 'rooms', 'Бөлмө'],
      ['geopoint', 'point', 'Орду'],
      ['end group', '', ''],
      ['begin repeat', 'member', 'Адам'],
      ['text', 'name', 'Аты'],
      ['integer', 'age', 'Жашы'],
      ['end repeat', '', ''],
    ],
    settings: [
      ['form_title', 'form_id', 'version'],
      ['Үй', 'home', '1'],
    ],
  });
  const { form, version } = await uploadWorkbook(app.sql, app.files, null, {
    ...{ spaceId: app.space.id, kind: 'general', fileName: 'home.xlsx', bytes },
  });
  formId = form.id;
  await publishVersion(app.sql, null, { spaceId: app.space.id, versionId: version.id });
  for (const role of ['coordinator', 'reviewer', 'auditor', 'funder', 'partner', 'field_worker'] as const)
    by[role] = await app.person(`Айгүл ${role}`, [role]);
  bakyt = by.coordinator!;
  const sent = [
    [xml(ids[0]!, '3', '=1+1', [['Асан, кичүү', '7']]), '2016-05-01T00:00:00Z'],
    [
      xml(ids[1]!, 'үч', 'Гүлнара &lt;эне&gt;', [
        ['Усон', '40'],
        ['Бурул', '38'],
      ]),
      '2016-06-01T00:00:00Z',
    ],
  ] as const;
  for (const [document, at] of sent)
    await receive(
      { sql: app.sql, handlers: new Map() },
      {
        ...{ spaceId: app.space.id, xml: document, door: 'openrosa', authorId: by.field_worker!.accountId },
        receivedAt: new Date(at),
      },
    );
});
afterAll(() => app.close());

const lines = (text: string): string[][] =>
  text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
/** A row of a table as an object by its head. */
const named = (rows: string[][]): Record<string, string>[] =>
  rows.slice(1).map((row) => Object.fromEntries(rows[0]!.map((name, i) => [name, row[i] ?? ''])));

describe('CSV', () => {
  test('has a file of records and one of each repeat, tied by their ids', async () => {
    const answer = await bakyt.get('/api/v1/forms/home/records.csv.zip');
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip']);
    const files = unzipSync(answer.rawPayload);
    expect(Object.keys(files)).toEqual(['home.csv', 'home-member.csv']);
    const text = (name: string) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(files[name]);
    const records = named(lines(text('home.csv')));
    expect(
      records.map((row) => [row.record_id, row.owner, row['house-rooms'], row['house-point-latitude'], row.waits]),
    ).toEqual([
      [ids[1], 'Гүлнара <эне>', 'үч', '42.87', 'aside'],
      [ids[0], "'=1+1", '3', '42.87', ''],
    ]);
    expect(records[0]?.sent_by).toBe('Айгүл field_worker');
    const members = named(lines(text('home-member.csv')));
    expect(members.map((row) => [row.row_id, row.parent_id, row.name, row.age])).toEqual([
      [`${ids[1]}/member[1]`, ids[1], 'Усон', '40'],
      [`${ids[1]}/member[2]`, ids[1], 'Бурул', '38'],
      [`${ids[0]}/member[1]`, ids[0], '"Асан, кичүү"', '7'],
    ]);
  });
});

describe('Excel', () => {
  test('opens the workbook: numbers are numbers, texts are texts, a sheet for each repeat', async () => {
    const answer = await bakyt.get(`/api/v1/forms/${formId}/records.xlsx`);
    expect(answer.statusCode).toBe(200);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(answer.rawPayload as unknown as ArrayBuffer);
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual(['home', 'member']);
    const head = (book.worksheets[0]!.getRow(1).values as string[]).indexOf('house-rooms');
    const owner = (book.worksheets[0]!.getRow(1).values as string[]).indexOf('owner');
    const cells = [2, 3].map((row) =>
      [head, owner].map((column) => book.worksheets[0]!.getRow(row).getCell(column).value),
    );
    expect(cells).toEqual([
      ['үч', 'Гүлнара <эне>'],
      [3, '=1+1'],
    ]);
    expect(book.worksheets[1]!.rowCount).toBe(4);
  });
});

describe('the OData feed', () => {
  const feed = (path = '') => `/api/v1/forms/${formId}/odata${path}`;

  test('describes itself: sets, keys and types', async () => {
    const service = await bakyt.get(feed());
    expect([service.statusCode, service.headers['odata-version'], service.json()]).toEqual([
      200,
      '4.0',
      {
        '@odata.context': `http://localhost${feed('/$metadata')}`,
        value: [
          { name: 'Submissions', kind: 'EntitySet', url: 'Submissions' },
          { name: 'Submissions_member', kind: 'EntitySet', url: 'Submissions_member' },
        ],
      },
    ]);
    const { body } = await bakyt.get(feed('/$metadata'));
    expect(
      [...body.matchAll(/<Property Name="(house_\w+|age)" Type="([\w.]+)"/g)].map((one) => [one[1], one[2]]),
    ).toEqual([
      ['house_rooms', 'Edm.Int64'],
      ['house_point_latitude', 'Edm.Double'],
      ['house_point_longitude', 'Edm.Double'],
      ['house_point_altitude', 'Edm.Double'],
      ['house_point_accuracy', 'Edm.Double'],
      ['age', 'Edm.Int64'],
    ]);
  });

  test('gives the latest first; what is not of its type is no value', async () => {
    const { value } = (await bakyt.get(feed('/Submissions'))).json() as { value: Record<string, unknown>[] };
    expect(value.map((row) => [row.__id, row.owner, row.house_rooms])).toEqual([
      [ids[1], 'Гүлнара <эне>', null],
      [ids[0], '=1+1', 3],
    ]);
    expect(value[1]?.__system).toEqual({
      submissionDate: '2016-05-01T00:00:00.000Z',
      occurredOn: '2016-04-12',
      submitterName: 'Айгүл field_worker',
      reviewState: 'waiting',
      formVersion: '1',
      door: 'openrosa',
      activityId: null,
      subjectId: null,
    });
  });

  test('keeps to the window, the count, the filter and the selection that were asked for', async () => {
    const got = async (set: string, query: Record<string, string>) => {
      const answer = await bakyt.get(feed(`/${set}?${new URLSearchParams(query)}`));
      const { value, ...head } = answer.json() as { value: Record<string, unknown>[]; '@odata.count'?: number };
      return [value.map((row) => row.__id), head['@odata.count']];
    };
    expect(await got('Submissions', { $top: '1', $count: 'true' })).toEqual([[ids[1]], 2]);
    expect(await got('Submissions', { $skip: '1' })).toEqual([[ids[0]], undefined]);
    expect(await got('Submissions', { $top: '0', $count: 'true' })).toEqual([[], 2]);
    const may = '__system/submissionDate ge 2016-05-01T00:00:00Z and __system/submissionDate lt 2016-06-01T00:00:00Z';
    expect(await got('Submissions', { $filter: may, $count: 'true' })).toEqual([[ids[0]], 1]);
    expect(await got('Submissions', { $filter: "(__system/reviewState eq 'accepted')" })).toEqual([[], undefined]);
    expect(await got('Submissions_member', { $skip: '1', $top: '1', $count: 'true' })).toEqual([
      [`${ids[1]}/member[2]`],
      3,
    ]);
    const selected = (await bakyt.get(feed('/Submissions?$select=owner&$top=1'))).json() as { value: unknown[] };
    expect(selected.value).toEqual([{ __id: ids[1], owner: 'Гүлнара <эне>' }]);
  });

  test('refuses what it does not understand, in words', async () => {
    const status = async (query: string) => (await bakyt.get(feed(`/Submissions?${query}`))).statusCode;
    const wrong = ['$top=-1', '$skip=x', '$count=maybe', '$filter=owner eq 1', '$top=1&$top=2', '$filter=%00'];
    expect(await Promise.all(wrong.map(status))).toEqual([400, 400, 400, 400, 400, 400]);
    const unknown = ['$expand=*', '$search=x', '$orderby=owner', '$format=xml'];
    expect(await Promise.all(unknown.map(status))).toEqual([501, 501, 501, 501]);
    expect((await bakyt.get(feed('/Nothing'))).statusCode).toBe(404);
    expect((await bakyt.get(feed('/Submissions?$top=x'))).json()).toMatchObject({
      ...{ status: 400, key: 'api.odata.wrong', title: '$top параметринин мааниси туура эмес.' },
    });
  });
});

describe('GeoJSON', () => {
  test('draws positions of records, longitude first', async () => {
    const answer = await bakyt.get(`/api/v1/forms/${formId}/records.geojson`);
    const { type, features } = answer.json() as { type: string; features: Record<string, unknown>[] };
    expect([type, features.length, features[0]?.geometry]).toEqual([
      'FeatureCollection',
      2,
      { type: 'Point', coordinates: [74.59, 42.87, 760] },
    ]);
    expect(features[0]?.properties).toMatchObject({
      record_id: ids[1],
      question: 'house-point',
      owner: 'Гүлнара <эне>',
    });
  });

  test('draws lines and closes areas; what is no place on Earth is left out', () => {
    const [a, b, c] = ['42 74 0 0', '42.1 74 0 0', '42.1 74.1 0 0'];
    expect(geometryOf('geotrace', `${a};${b}`)).toEqual({
      type: 'LineString',
      coordinates: [
        [74, 42],
        [74, 42.1],
      ],
    });
    expect(geometryOf('geoshape', `${a};${b};${c};`)).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [74, 42],
          [74, 42.1],
          [74.1, 42.1],
          [74, 42],
        ],
      ],
    });
    expect([geometryOf('geopoint', '142 74'), geometryOf('geotrace', `${a}`), geometryOf('geopoint', 'x')]).toEqual([
      ...[null, null, null],
    ]);
  });

  test('draws the places and facilities of the register that have a position', async () => {
    const given = { startsOn: '2010-01-01' };
    await addSubject(
      app.sql,
      { spaceId: app.space.id, accountId: null },
      {
        ...given,
        ...{ kind: 'thing', type: 'fap', name: { ky: 'Көк-Ой ФАП' }, attributes: { lat: 42.5, lon: 72.1 } },
      },
    );
    await addSubject(
      app.sql,
      { spaceId: app.space.id, accountId: null },
      {
        ...given,
        ...{ kind: 'place', type: 'village', name: { ky: 'Көк-Ой' }, attributes: {} },
      },
    );
    const { features } = (await bakyt.get('/api/v1/places.geojson')).json() as { features: Record<string, unknown>[] };
    expect(features.map((one) => [one.geometry, (one.properties as Record<string, unknown>).name])).toEqual([
      [{ type: 'Point', coordinates: [72.1, 42.5] }, { ky: 'Көк-Ой ФАП' }],
    ]);
  });
});

describe('who may', () => {
  const paths = () => [
    '/api/v1/forms',
    `/api/v1/forms/${formId}/records.csv.zip`,
    `/api/v1/forms/${formId}/records.xlsx`,
    `/api/v1/forms/${formId}/records.geojson`,
    `/api/v1/forms/${formId}/odata`,
    `/api/v1/forms/${formId}/odata/$metadata`,
    `/api/v1/forms/${formId}/odata/Submissions`,
    '/api/v1/places.geojson',
  ];

  test('each role gets exactly what the table says; a stranger gets nothing but the description', async () => {
    const answers: Record<string, number[]> = {};
    for (const [role, person] of Object.entries(by))
      answers[role] = (await Promise.all(paths().map(person.get))).map((answer) => answer.statusCode);
    const all = paths().map(() => 200);
    const none = paths().map(() => 403);
    expect(answers).toEqual({
      ...{ coordinator: all, reviewer: all, auditor: all, funder: none, partner: none, field_worker: none },
    });
    expect((await Promise.all(paths().map(app.ask))).map((answer) => answer.statusCode)).toEqual(
      paths().map(() => 401),
    );
  });

  test('a program comes in by its own key, as a header or in the address, until the key is revoked', async () => {
    const { id, token } = await addDevice(app.sql, app.space.id, bakyt.accountId, bakyt.accountId, 'Power BI');
    const header = { authorization: `Bearer ${token}` };
    const byHeader = await app.ask({ url: '/api/v1/forms', headers: header });
    const byAddress = await app.ask(`/api/v1/key/${token}/forms/${formId}/odata/Submissions?$top=1`);
    expect([byHeader.statusCode, byAddress.statusCode]).toEqual([200, 200]);
    expect((byAddress.json() as Record<string, unknown>)['@odata.context']).toBe(
      `http://localhost/api/v1/key/${token}/forms/${formId}/odata/$metadata#Submissions`,
    );
    await revokeDevice(app.sql, app.space.id, bakyt.accountId, id);
    const after = [
      await app.ask({ url: '/api/v1/forms', headers: header }),
      await app.ask(`/api/v1/key/${token}/forms/${formId}/odata`),
    ];
    expect(after.map((answer) => answer.statusCode)).toEqual([401, 401]);
  });

  test('another association on the same server gets none of it', async () => {
    const neighbours = await app.addSpace({ ky: 'Коңшулар' }, 'neighbours.example');
    const chynara = await app.person('Чынара', ['coordinator'], { space: neighbours });
    expect((await Promise.all(paths().map(chynara.get))).map((answer) => answer.statusCode)).toEqual([
      ...[200, 404, 404, 404, 404, 404, 404, 200],
    ]);
    expect((await chynara.get('/api/v1/forms')).json()).toEqual({ value: [] });
    expect((await chynara.get('/api/v1/places.geojson')).json()).toEqual({ type: 'FeatureCollection', features: [] });
  });
});

describe('the description of the API', () => {
  test('names every address that a program may open, in OpenAPI 3.1', async () => {
    const answer = await app.ask('/api/v1/openapi.json');
    const { openapi, paths } = answer.json() as { openapi: string; paths: Record<string, unknown> };
    const mounted = app.pages
      .filter(
        (page) =>
          page.path.startsWith('/api/v1/') && !page.path.includes(':deviceToken') && page.action !== 'api.describe',
      )
      .map((page) => page.path.slice('/api/v1'.length).replace(/:(\w+)/g, '{$1}'));
    expect([answer.statusCode, openapi, Object.keys(paths).sort()]).toEqual([200, '3.1.0', mounted.sort()]);
  });
});

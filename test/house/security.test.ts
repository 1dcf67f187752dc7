import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { addDevice } from '../../src/kernel/access/index.ts';
import { attachmentsOf } from '../../src/kernel/records/index.ts';
import { uuidv7 } from '../../src/platform/db/index.ts';
import { loggedPath } from '../../src/platform/http/index.ts';
import { readSettings } from '../../src/platform/settings.ts';
import { PASSWORD, type TestApp, type TestPerson, testApp } from '../support/app.ts';
import { visitSpace, visitXml } from '../support/visit.ts';

let app: TestApp;
let jyldyz: TestPerson;

beforeAll(async () => {
  app = await testApp();
  await visitSpace(app.sql, app.files, app.space.id);
  jyldyz = await app.person('Жылдыз', ['coordinator']);
});
afterAll(() => app.close());

const form = (fields: Record<string, string>) => ({
  payload: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
const loginOf = async (person: TestPerson): Promise<string> =>
  (await app.sql<{ login: string }[]>`select login from account where id = ${person.accountId}`)[0]!.login;

describe('signing in', () => {
  test.each([
    ['/ru/office/records?form=visit&q=%D3%A9', '/ru/office/records?form=visit&q=%D3%A9'],
    ['https://bad.example/', '/ky/office'],
    ['//bad.example/ky/', '/ky/office'],
    ['/ky/\\bad.example', '/ky/office'],
    ['/ky/office\r\nSet-Cookie: demilge=x', '/ky/office'],
    ['/ky/өрүк', '/ky/office'],
  ])('after it %j leads to %s', async (next, to) => {
    const login = await loginOf(jyldyz);
    const answer = await app.ask({ method: 'POST', url: '/ky/sign-in', ...form({ login, password: PASSWORD, next }) });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, to]);
  });

  test('thirty guesses sent at once are ten guesses', async () => {
    const login = await loginOf(await app.person('Назира', ['reviewer']));
    const guess = async (password: string) =>
      (await app.ask({ method: 'POST', url: '/ky/sign-in', ...form({ login, password }) })).statusCode;
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => guess(`сыр сөз жок ${i}`)));
    expect([
      answers.filter((status) => status === 401).length,
      answers.filter((status) => status === 429).length,
    ]).toEqual([10, 20]);
    expect(await guess(PASSWORD)).toBe(429);
  });

  test('the cookie is out of reach of scripts, and under https of other lines', async () => {
    const settings = readSettings({ LOG_LEVEL: 'silent', BASE_URL: 'https://demilge.example' });
    const { http } = await createApp({ sql: app.sql, files: app.files, settings });
    const given = form({ login: await loginOf(jyldyz), password: PASSWORD });
    const headers = { ...given.headers, 'sec-fetch-site': 'same-origin' };
    const answer = await http.inject({ method: 'POST', url: '/ky/sign-in', ...given, headers });
    await http.close();
    const [cookie] = [answer.headers['set-cookie']].flat().filter((one) => one?.startsWith('demilge='));
    expect(cookie?.replace(/=[\w-]{43};/, '=…;')).toBe(
      'demilge=…; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure',
    );
  });
});

test('a phone’s key opens the doors of phones and programs, not the office', async () => {
  const { token } = await addDevice(app.sql, app.space.id, null, jyldyz.accountId, 'Tecno Pop');
  const headers = { authorization: `Bearer ${token}` };
  const statuses: number[] = [];
  for (const url of ['/api/field/home', '/api/v1/forms', '/ky/office', '/ky/office/access', '/ky/office/people'])
    statuses.push((await app.ask({ url, headers })).statusCode);
  expect(statuses).toEqual([200, 200, 302, 302, 302]);
});

test('a page that a phone sends as a picture never opens beside our pages', async () => {
  const monitor = await app.person('Азамат', ['field_worker']);
  const page = Buffer.from('<script src="/office/records/1/files/2"></script>');
  const sha256 = createHash('sha256').update(page).digest('hex');
  const sent = await monitor.ask({
    method: 'PUT',
    url: `/api/field/files/${sha256}?offset=0&total=${page.length}&type=text/html`,
    payload: page,
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(sent.json()).toEqual({ whole: true, here: page.length });
  const id = uuidv7();
  const received = await monitor.ask({
    method: 'POST',
    url: '/api/field/records',
    payload: JSON.stringify({
      xml: visitXml({ id, board: 'board.html' }),
      files: [{ name: 'board.html', sha256, bytes: 1, mediaType: 'text/html' }],
    }),
    headers: { 'content-type': 'application/json' },
  });
  expect(received.statusCode).toBe(201);
  const [kept] = await attachmentsOf(app.sql, app.space.id, id);
  expect([kept?.mediaType, kept?.bytes]).toEqual(['application/octet-stream', page.length]);
  const shown = await jyldyz.get(`/office/records/${id}/files/board.html?original=1`);
  expect([
    shown.statusCode,
    shown.headers['content-type'],
    shown.headers['content-disposition'],
    shown.headers['content-security-policy'],
  ]).toEqual([
    200,
    'application/octet-stream',
    "attachment; filename*=UTF-8''board.html",
    "default-src 'none'; sandbox",
  ]);
});

test('links and passkeys of a space lead to its own host name, whatever the server is called', async () => {
  await app.addSpace({ en: 'Future of Talas' }, 'talas.example');
  const settings = readSettings({ LOG_LEVEL: 'silent', BASE_URL: 'https://demilge.example:8443' });
  const { http } = await createApp({ sql: app.sql, files: app.files, settings });
  const lines: string[] = [];
  for (const host of ['talas.example', 'demilge.example', 'bad.example'])
    lines.push((await http.inject({ url: '/robots.txt', headers: { host } })).body.trim().split('\n').at(-1)!);
  await http.close();
  expect(lines).toEqual([
    'Sitemap: https://talas.example:8443/sitemap.xml',
    'Sitemap: https://demilge.example:8443/sitemap.xml',
    'Sitemap: https://demilge.example:8443/sitemap.xml',
  ]);
});

test('the server’s measures are for this machine, not for who comes through a proxy on it', async () => {
  const asked = [{}, { 'x-forwarded-for': '203.0.113.7' }];
  const statuses = await Promise.all(
    asked.map(async (headers) => (await app.ask({ url: '/metrics', headers })).statusCode),
  );
  expect(statuses).toEqual([200, 403]);
});

test('the log keeps no key that stands in an address, and nothing that people search for', () => {
  expect(
    [
      '/or/s3cret/formList',
      '/api/v1/key/s3cret/forms/1/records.xlsx?x=1',
      '/ky/invitation/s3cret',
      '/ru/oversight/answer/s3cret?y',
      '/oversight/answer/s3cret/photos/ab',
      '/ky/office/people?q=Айгүл',
    ].map(loggedPath),
  ).toEqual([
    '/or/…/formList',
    '/api/v1/key/…/forms/1/records.xlsx',
    '/ky/invitation/…',
    '/ru/oversight/answer/…',
    '/oversight/answer/…/photos/ab',
    '/ky/office/people',
  ]);
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { can, type Page, ROLES, type Role } from '../../src/kernel/access/index.ts';
import { mediaTypeOf } from '../../src/kernel/records/media.ts';
import { uuidv7 } from '../../src/platform/db/index.ts';
import { type TestApp, type TestPerson, testApp } from '../support/app.ts';

let app: TestApp;
const people = new Map<Role, TestPerson>();

beforeAll(async () => {
  app = await testApp();
  for (const role of ROLES) people.set(role, await app.person(`Элнура ${role}`, [role]));
});
afterAll(() => app.close());

/** An address of the route with something in place of each parameter. */
function addressOf(page: Page, fill: string): string {
  const path = page.path.replace(/:[A-Za-z]+/g, fill).replace('*', fill);
  return page.languages === 'paths' ? `/ky${path === '/' ? '' : path}` : path;
}

/** A phone's own addresses carry its token, so a person with a cookie is no visitor there. */
const forPhones = (page: Page): boolean => page.path.includes(':deviceToken');

describe('every door asks the table of rules', () => {
  test('every route names an action that has a rule', () => {
    expect(app.pages.filter((page) => !(page.action in app.rules)).map((page) => page.path)).toEqual([]);
  });

  test('a stranger opens only what is anyone’s', async () => {
    const wrong: string[] = [];
    for (const page of app.pages) {
      const answer = await app.ask({ method: page.method, url: addressOf(page, uuidv7()) });
      const refused =
        answer.statusCode === 401 ||
        (answer.statusCode === 302 && String(answer.headers.location).includes('/sign-in'));
      if (refused === (app.rules[page.action] === 'anyone'))
        wrong.push(`${page.method} ${page.path}: ${answer.statusCode}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test.each(ROLES)(
    'a %s is let in exactly where the table says',
    async (role) => {
      const person = people.get(role)!;
      const actor = {
        accountId: person.accountId,
        spaceId: app.space.id,
        name: '',
        roles: [role],
        organisationId: null,
        personId: null,
      };
      const wrong: string[] = [];
      for (const page of app.pages) {
        // Signing out would end the visit of this test.
        if (forPhones(page) || page.path === '/sign-out') continue;
        const answer = await person.ask({ method: page.method, url: addressOf(page, uuidv7()) });
        const open = can(app.rules, actor, page.action);
        if (!open && answer.statusCode !== 403) wrong.push(`${page.method} ${page.path} is open: ${answer.statusCode}`);
        if (open && answer.statusCode === 401) wrong.push(`${page.method} ${page.path} is closed`);
        if (answer.statusCode >= 500) wrong.push(`${page.method} ${page.path} broke: ${answer.statusCode}`);
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});

/** What people and machines put into addresses and forms. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '%00',
    '%',
    '%E0%A4%A',
    '../../etc/passwd',
    "' or 1=1 --",
    '<script>alert(1)</script>',
    '0',
    '-1',
    '9'.repeat(400),
    'NaN',
    '2015-13-45',
    '00000000-0000-0000-0000-000000000000',
    '\u202e',
    'ө'.repeat(300),
    '[]',
    '{"a":1}',
    '__proto__',
  ),
);

describe('nothing that a client can send is our bug', () => {
  test('hostile addresses, fields and types get a Problem, never a 5xx', async () => {
    const person = people.get('coordinator')!;
    const routes = app.pages.filter((page) => page.path !== '/sign-out');
    const types = [
      'application/x-www-form-urlencoded',
      'application/json',
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/octet-stream',
      'application/xml',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        hostile,
        fc.dictionary(
          fc.constantFrom(
            'q',
            'after',
            'cursor',
            'name',
            'id',
            'reason',
            'from',
            'to',
            'do',
            'role',
            'login',
            'password',
            'text',
            'language',
            'file',
            'xml',
            'offset',
            'total',
            'type',
          ),
          hostile,
        ),
        fc.constantFrom(...types),
        async (page, fill, fields, type) => {
          const url = addressOf(page, encodeURIComponent(fill).slice(0, 300) || 'x');
          const query = new URLSearchParams(fields).toString();
          const withBody = page.method === 'POST' || page.method === 'PUT';
          const answer = await person.ask({
            method: page.method,
            url: withBody ? url : `${url}?${query}`,
            ...(withBody && {
              payload: type === 'application/json' ? JSON.stringify(fields) : query,
              headers: { 'content-type': type },
            }),
          });
          if (answer.statusCode >= 500)
            throw new Error(`${page.method} ${url} answered ${answer.statusCode}: ${answer.body.slice(0, 200)}`);
        },
      ),
      { numRuns: 600 },
    );
  }, 240_000);

  test.each(['__proto__', 'constructor', 'toString'])(
    'the name %s, which every object knows, is a name like others',
    async (name) => {
      const worker = people.get('field_worker')!;
      const lists = await Promise.all(
        [`/api/field/lists/${name}`, `/share/ky/page/${name}.png`].map((url) => worker.ask({ method: 'GET', url })),
      );
      expect(lists.map((answer) => answer.statusCode)).toEqual([404, 404]);
      expect([mediaTypeOf(name), mediaTypeOf(`photo.${name}`)]).toEqual(Array(2).fill('application/octet-stream'));
    },
  );

  test('broken requests get a 4xx in the language of the address', async () => {
    const answers = await Promise.all([
      app.ask('/ru/no-such-page'),
      app.ask('/ky/%E0%A4%A'),
      app.ask({
        method: 'POST',
        url: '/en/sign-in',
        payload: '{"login":',
        headers: { 'content-type': 'application/json' },
      }),
      app.ask({
        method: 'POST',
        url: '/ky/sign-in',
        payload: 'a'.repeat(1_200_000),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    ]);
    expect(answers.map((answer) => answer.statusCode)).toEqual([404, 400, 400, 413]);
    expect(answers[0]?.body).toContain('<html lang="ru"');
  });
});

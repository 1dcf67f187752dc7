import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, type TestApp, testApp } from '../../../test/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

describe('signing in', () => {
  test('leads a stranger from an office page to sign-in and, after the right password, back to it', async () => {
    const closed = await app.ask('/ky/office/account');
    expect([closed.statusCode, closed.headers.location]).toEqual([302, '/ky/sign-in?next=%2Fky%2Foffice%2Faccount']);
    await app.person('Жазгүл', ['coordinator']);
    const [account] = await app.sql<{ login: string }[]>`select login from account where name = 'Жазгүл'`;
    const entered = await app.ask({
      method: 'POST',
      url: '/ky/sign-in',
      payload: new URLSearchParams({
        login: account!.login,
        password: PASSWORD,
        next: '/ky/office/account',
      }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([entered.statusCode, entered.headers.location]).toEqual([303, '/ky/office/account']);
    const cookie = [entered.headers['set-cookie']]
      .flat()
      .find((line) => line?.startsWith('demilge='))
      ?.split(';')[0];
    const page = await app.ask({ url: '/ky/office/account', headers: { cookie: cookie! } });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Менин эсебим');
  });

  test('says the same for a wrong password and an unknown login', async () => {
    const answers = await Promise.all(
      ['жазгүл', 'мындай киши жок'].map((login) =>
        app.ask({
          method: 'POST',
          url: '/ru/sign-in',
          payload: new URLSearchParams({ login, password: 'туура эмес сөз' }).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
      ),
    );
    for (const answer of answers) {
      expect(answer.statusCode).toBe(401);
      expect(answer.body).toContain('Неверный логин или пароль.');
    }
  });

  test('a password is changed only by who knows the old one, and guesses at it are counted', async () => {
    const person = await app.person('Жыргал', ['coordinator']);
    const change = (old: string, password: string) => person.post('/ky/office/account/password', { old, password });
    const wrong = await change('башка сырсөз эле', 'төрт кара өрүк бар');
    expect([wrong.statusCode, wrong.body.includes('Азыркы сырсөз туура эмес.')]).toEqual([422, true]);
    expect((await person.get('/ky/office/account')).statusCode).toBe(200);
    for (let n = 0; n < 9; n++) await change('башка сырсөз эле', 'төрт кара өрүк бар');
    expect((await change(PASSWORD, 'төрт кара өрүк бар')).statusCode).toBe(429);
    const other = await app.person('Элнура', ['coordinator']);
    const done = await other.post('/ky/office/account/password', { old: PASSWORD, password: 'төрт кара өрүк бар' });
    expect([done.statusCode, done.headers.location]).toEqual([303, '/ky/sign-in']);
    expect((await other.get('/ky/office/account')).statusCode).toBe(302);
  });

  test('refuses a form that another site sends with the cookie of a signed-in person', async () => {
    const person = await app.person('Нурбек', ['coordinator']);
    const forged = await person.ask({
      method: 'POST',
      url: '/ky/sign-out',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(forged.statusCode).toBe(403);
    expect((await person.get('/ky/office')).statusCode).toBe(200);
  });

  test('never follows an address that leads out of the site', async () => {
    await app.person('Бермет', ['auditor']);
    const [account] = await app.sql<{ login: string }[]>`select login from account where name = 'Бермет'`;
    for (const next of ['https://example.org/', '//example.org', '/\\example.org', 'javascript:alert(1)']) {
      const entered = await app.ask({
        method: 'POST',
        url: '/ky/sign-in',
        payload: new URLSearchParams({ login: account!.login, password: PASSWORD, next }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(entered.headers.location).toBe('/ky/office');
    }
  });

  test('keeps another space’s people out of this one', async () => {
    const other = await app.addSpace({ ky: 'Бюджет борбору' }, 'budget.example');
    const stranger = await app.person('Талант', ['coordinator'], { space: other });
    expect((await stranger.get('/ky/office')).statusCode).toBe(200);
    const here = await app.ask({ url: '/ky/office', headers: { cookie: `demilge=${stranger.token}` } });
    expect(here.statusCode).toBe(302);
  });
});

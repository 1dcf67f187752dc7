import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { Problem } from '../../platform/problem.ts';
import { createSpace, type Space } from '../spaces/index.ts';
import {
  acceptInvitation,
  actorForDevice,
  actorForToken,
  addAccount,
  addDevice,
  can,
  endRole,
  grantRole,
  invite,
  openInvitation,
  type Role,
  revokeDevice,
  setAccountDisabled,
  signIn,
  signOut,
} from './index.ts';

let database: TestDatabase;
let space: Space;
let aizada: string;
const PASSWORD = 'үч кызыл өрүк';

beforeAll(async () => {
  database = await freshDatabase();
  space = await createSpace(database.sql, { name: { ky: 'Агенты перемен' } });
  aizada = await addAccount(database.sql, space.id, null, {
    login: 'aizada',
    name: 'Айзада',
    password: PASSWORD,
    language: 'ky',
    roles: ['coordinator'],
  });
});
afterAll(() => database.close());

const problem = (work: Promise<unknown>) =>
  work.then(
    () => 'no problem',
    (error: unknown) => (error instanceof Problem ? [error.status, error.key] : Promise.reject(error)),
  );
const enter = (login: string, password = PASSWORD, now?: Date) =>
  signIn(database.sql, { spaceId: space.id, login, password, userAgent: 'test', ...(now && { now }) });

describe('signing in', () => {
  test('opens for the right password however the login is written, until the person signs out', async () => {
    const { token } = await enter('  AIZADA ');
    expect((await actorForToken(database.sql, space.id, token))?.name).toBe('Айзада');
    await signOut(database.sql, space.id, token);
    expect(await actorForToken(database.sql, space.id, token)).toBe(null);
  });

  test('slows guessing down after ten tries, and forgets it after ten minutes', async () => {
    await addAccount(database.sql, space.id, null, {
      login: 'timur',
      name: 'Тимур',
      password: PASSWORD,
      language: 'ru',
      roles: ['field_worker'],
    });
    const now = new Date('2026-05-01T10:00:00Z');
    for (let i = 0; i < 10; i++)
      expect(await problem(enter('timur', 'туура эмес сөз', now))).toEqual([401, 'access.wrongPassword']);
    expect(await problem(enter('timur', PASSWORD, now))).toEqual([429, 'access.tooManyTries']);
    expect(await problem(enter('timur', PASSWORD, new Date('2026-05-01T10:11:00Z')))).toBe('no problem');
  });

  test('stores no password and no token that opens a door', async () => {
    const { token } = await enter('aizada');
    const rows =
      await database.sql`select (select json_agg(a) from account a)::text || (select json_agg(s) from sign_in s)::text as text`;
    expect([String(rows[0]?.text).includes(PASSWORD), String(rows[0]?.text).includes(token)]).toEqual([false, false]);
  });

  test('refuses a password that is short or holds the login', async () => {
    const make = (password: string) =>
      addAccount(database.sql, space.id, null, {
        login: 'bermet',
        name: 'Бермет',
        password,
        language: 'ky',
        roles: [],
      });
    expect(await problem(make('кыска'))).toEqual([422, 'access.weakPassword']);
    expect(await problem(make('bermet-bermet'))).toEqual([422, 'access.weakPassword']);
  });
});

describe('invitations', () => {
  test('work once, even when two people click at the same moment', async () => {
    const { token } = await invite(database.sql, space.id, aizada, {
      name: 'Улан',
      roles: ['reviewer'],
      language: 'ru',
    });
    const accept = (login: string) =>
      problem(
        acceptInvitation(database.sql, space.id, token, { login, name: 'Улан', password: PASSWORD, language: 'ru' }),
      );
    const outcomes = await Promise.all([accept('ulan'), accept('ulan2')]);
    expect(outcomes.sort()).toEqual([[404, 'access.invitationOver'], 'no problem'].sort());
    const [count] = await database.sql<{ n: number }[]>`select count(*)::int as n from account where name = 'Улан'`;
    expect(count?.n).toBe(1);
  });

  test('end after fourteen days', async () => {
    const { token } = await invite(database.sql, space.id, aizada, {
      name: 'Гүлзат',
      roles: ['field_worker'],
      language: 'ky',
      now: new Date('2026-05-01T00:00:00Z'),
    });
    expect(await problem(openInvitation(database.sql, space.id, token, new Date('2026-05-14T23:00:00Z')))).toBe(
      'no problem',
    );
    expect(await problem(openInvitation(database.sql, space.id, token, new Date('2026-05-15T01:00:00Z')))).toEqual([
      404,
      'access.invitationOver',
    ]);
  });
});

describe('rights', () => {
  test('are dated facts: granted, held, ended, and the table says what each may do', async () => {
    const nurgul = await addAccount(database.sql, space.id, aizada, {
      login: 'nurgul',
      name: 'Нургүл',
      password: PASSWORD,
      language: 'ky',
      roles: ['field_worker'],
    });
    const { token } = await enter('nurgul');
    const roles = async (): Promise<readonly Role[]> =>
      (await actorForToken(database.sql, space.id, token))?.roles ?? [];
    await grantRole(database.sql, space.id, aizada, nurgul, 'reviewer');
    expect([...(await roles())].sort()).toEqual(['field_worker', 'reviewer']);
    await endRole(database.sql, space.id, aizada, nurgul, 'reviewer');
    expect(await roles()).toEqual(['field_worker']);
    const actor = await actorForToken(database.sql, space.id, token);
    const rules = {
      'visit.check': ['reviewer'],
      'visit.fill': ['field_worker'],
      page: 'anyone',
      home: 'signed_in',
    } as const;
    expect(['visit.check', 'visit.fill', 'page', 'home', 'no.such'].map((action) => can(rules, actor, action))).toEqual(
      [false, true, true, true, false],
    );
    expect(['visit.check', 'visit.fill', 'page', 'home'].map((action) => can(rules, null, action))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  test('the last coordinator can neither be ended nor closed', async () => {
    expect(await problem(endRole(database.sql, space.id, aizada, aizada, 'coordinator'))).toEqual([
      409,
      'access.lastCoordinator',
    ]);
    expect(await problem(setAccountDisabled(database.sql, space.id, aizada, aizada, true))).toEqual([
      409,
      'access.lastCoordinator',
    ]);
    expect((await enter('aizada')).accountId).toBe(aizada);
  });

  test('a phone’s key opens until it is revoked; the person’s account stays', async () => {
    const { id, token } = await addDevice(database.sql, space.id, aizada, aizada, 'кызыл Redmi');
    expect((await actorForDevice(database.sql, space.id, token))?.deviceId).toBe(id);
    await revokeDevice(database.sql, space.id, aizada, id);
    expect(await actorForDevice(database.sql, space.id, token)).toBe(null);
    expect(await problem(revokeDevice(database.sql, space.id, aizada, id))).toEqual([404, 'platform.notFound']);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { type App, createApp } from '../../app.ts';
import { openDiskStore } from '../../platform/files/index.ts';
import { readSettings } from '../../platform/settings.ts';
import { registry } from '../../programmes/registry.ts';

let database: TestDatabase;
let app: App;
beforeAll(async () => {
  database = await freshDatabase();
  const settings = readSettings({ LOG_LEVEL: 'silent' });
  app = await createApp({ sql: database.sql, settings, files: openDiskStore('/nowhere'), kinds: registry });
});
afterAll(async () => {
  await app.http.close();
  await database.close();
});

const get = async (url: string) => {
  const { statusCode, headers } = await app.http.inject({ url, headers: { host: 'localhost' } });
  return [statusCode, headers.location];
};
const post = async (fields: Record<string, string>) =>
  await app.http.inject({
    method: 'POST',
    url: '/ky/set-up',
    payload: new URLSearchParams(fields).toString(),
    headers: {
      host: 'localhost',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
  });
const aida = { person: 'Аида Асанова', login: 'aida', password: 'үч кызыл өрүк' };

test('on an empty server every page leads to the founding, until Аида has founded her association', async () => {
  for (const url of ['/ky', '/ky/projects', '/ky/sign-in', '/ky/office/access'])
    expect([url, ...(await get(url))]).toEqual([url, 302, '/ky/set-up']);
  expect(await get('/ky/set-up')).toEqual([200, undefined]);

  const refused = await post({ ...aida, name_ky: '' });
  expect([
    refused.statusCode,
    refused.body.includes('Бул талааны толтуруңуз.'),
    refused.body.includes('name_ky,'),
  ]).toEqual([422, true, false]);
  expect(refused.body).toContain('value="Аида Асанова"');

  const founded = await post({ ...aida, name_ky: 'Жаңы демилге' });
  expect([founded.statusCode, founded.headers.location]).toEqual([303, '/ky/office']);
  expect(await get('/ky')).toEqual([200, undefined]);
  expect(await get('/ky/no-such')).toEqual([404, undefined]);
});

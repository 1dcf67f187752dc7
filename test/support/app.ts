import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions, Response } from 'light-my-request';
import { loadStory } from '../../seeds/load.ts';
import { type App, createApp, jobsOf } from '../../src/app.ts';
import { addAccount, type Role, signIn, TIED_ROLES } from '../../src/kernel/access/index.ts';
import type { Kind } from '../../src/kernel/kinds/index.ts';
import { createSpace, type Space } from '../../src/kernel/spaces/index.ts';
import { type Sql, uuidv7 } from '../../src/platform/db/index.ts';
import { type FileStore, openDiskStore } from '../../src/platform/files/index.ts';
import type { Text3 } from '../../src/platform/i18n/index.ts';
import { runOneJob } from '../../src/platform/jobs/index.ts';
import { readSettings } from '../../src/platform/settings.ts';
import { registry } from '../../src/programmes/registry.ts';
import { freshDatabase } from './database.ts';

export const PASSWORD = 'үч кызыл өрүк';

export type TestApp = App & {
  readonly sql: Sql;
  readonly files: FileStore;
  readonly space: Space;
  /** Founds another space on the same server, answering on its own host name. */
  readonly addSpace: (name: Text3, host: string) => Promise<Space>;
  /** Opens an account and signs in; a partner or funder is of an organisation that has a part in nothing, unless told. @returns the account and a function that asks as this person */
  readonly person: (
    name: string,
    roles: readonly Role[],
    options?: { space?: Space; organisationId?: string },
  ) => Promise<TestPerson>;
  /** Asks as a stranger. */
  readonly ask: (options: InjectOptions | string) => Promise<Response>;
  /** Does all work that waits for later. */
  readonly runJobs: () => Promise<void>;
  /** Opens a real port for a browser. @returns the address */
  readonly listen: () => Promise<string>;
  readonly close: () => Promise<void>;
};

export type TestPerson = {
  readonly accountId: string;
  readonly token: string;
  readonly get: (url: string) => Promise<Response>;
  /** Sends a form as a browser would. */
  readonly post: (url: string, fields: Record<string, string | string[]>) => Promise<Response>;
  readonly ask: (options: InjectOptions) => Promise<Response>;
};

export type TestAppOptions = {
  kinds?: readonly Kind[];
  now?: () => Date;
  /** The association's story is told first: the space has its places, people, projects, two rounds and the demo accounts. */
  story?: boolean;
  /** In place of a store on a private folder. */
  files?: FileStore;
};

/** The whole app on a fresh real database and a private folder, with one space: «Агенты перемен». */
export async function testApp({ story = false, ...options }: TestAppOptions = {}): Promise<TestApp> {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'demilge-test-'));
  const files = options.files ?? openDiskStore(folder);
  const settings = readSettings({ LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent', DATA_DIR: folder });
  const now = options.now ? { now: options.now() } : {};
  const space = story
    ? await loadStory({ sql: database.sql, files, kinds: options.kinds ?? registry, log: () => {}, ...now })
    : await createSpace(database.sql, {
        name: { ky: 'Агенты перемен', ru: 'Агенты перемен', en: 'Agents of Change' },
      });
  const app = await createApp({ sql: database.sql, settings, requestsPerMinute: 1_000_000, ...options, files });
  const ask = async (given: InjectOptions | string, host = 'localhost', cookie?: string): Promise<Response> => {
    const one: InjectOptions = typeof given === 'string' ? { url: given } : given;
    return await app.http.inject({
      ...one,
      headers: { host, 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }), ...one.headers },
    });
  };
  return {
    ...app,
    sql: database.sql,
    files,
    space,
    addSpace: async (name, host) => await createSpace(database.sql, { name, host }),
    person: async (name, roles, given = {}) => {
      const home = given.space ?? space;
      const login = `${name.toLowerCase().replace(/\s+/g, '.')}.${Math.floor(performance.now() * 1000)}`;
      const accountId = await addAccount(database.sql, home.id, null, {
        login,
        name,
        password: PASSWORD,
        language: 'ky',
        roles,
        organisationId: given.organisationId ?? (roles.some((role) => TIED_ROLES.includes(role)) ? uuidv7() : null),
      });
      const { token } = await signIn(database.sql, { spaceId: home.id, login, password: PASSWORD, userAgent: 'test' });
      const cookie = `demilge=${token}`;
      const host = home.host ?? 'localhost';
      return {
        accountId,
        token,
        get: (url) => ask({ url }, host, cookie),
        post: (url, fields) => {
          const body = new URLSearchParams();
          for (const [field, value] of Object.entries(fields))
            for (const one of [value].flat()) body.append(field, one);
          return ask(
            {
              method: 'POST',
              url,
              payload: body.toString(),
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
            },
            host,
            cookie,
          );
        },
        ask: (one) => ask(one, host, cookie),
      };
    },
    ask: (given) => ask(given),
    runJobs: async () => {
      while (await runOneJob(database.sql, jobsOf(files)));
    },
    listen: async () => await app.http.listen({ port: 0, host: '127.0.0.1' }),
    close: async () => {
      await app.http.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

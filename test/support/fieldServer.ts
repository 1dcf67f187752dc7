import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { createSpace } from '../../src/kernel/spaces/index.ts';
import { connect, migrate } from '../../src/platform/db/index.ts';
import { openDiskStore } from '../../src/platform/files/index.ts';
import { startPostgres } from '../../src/platform/postgres/index.ts';
import { readSettings } from '../../src/platform/settings.ts';
import { buildFieldApp, type FieldServer } from './field.ts';

/** The built app behind a real server on a database of its own, for benchmarks: no test runner around it. */
export async function startFieldServer(): Promise<
  FieldServer & { readonly address: string; readonly stop: () => Promise<void> }
> {
  await buildFieldApp();
  const folder = mkdtempSync(join(tmpdir(), 'demilge-field-'));
  chmodSync(folder, 0o755);
  const database = await startPostgres({ dataDir: folder, log: () => {} });
  const sql = connect(database.options, 10);
  await migrate(sql);
  const files = openDiskStore(join(folder, 'files'));
  const name = { ky: 'Агенты перемен', ru: 'Агенты перемен', en: 'Agents of Change' };
  const space = await createSpace(sql, { name });
  const app = await createApp({
    sql,
    files,
    settings: readSettings({ LOG_LEVEL: 'silent', DATA_DIR: folder }),
    requestsPerMinute: 100_000_000,
  });
  const address = await app.http.listen({ port: 0, host: '127.0.0.1' });
  return {
    sql,
    files,
    space,
    address,
    stop: async () => {
      await app.http.close();
      await sql.end();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { connect, migrate } from '../../src/platform/db/index.ts';
import { startPostgres } from '../../src/platform/postgres/index.ts';
import { ROOT } from '../../src/platform/root.ts';

/** Database that every test's own one is copied from. */
const TEMPLATE = 'demilge_template';

declare module 'vitest' {
  interface ProvidedContext {
    /** Options of the run's server as JSON, and the database to copy; an error text if the migrations do not apply. */
    database: { options: string; template: string; failure: string };
  }
}

/** One server per run, in a folder of its own, with the migrated template; gone when the run ends. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  buildForBrowsers();
  const dataDir = mkdtempSync(join(tmpdir(), 'demilge-test-'));
  // As root, the server runs as nobody and must be able to enter.
  chmodSync(dataDir, 0o755);
  const server = await startPostgres({
    dataDir,
    log: () => {},
    databaseUrl: process.env.TEST_DATABASE_URL,
    // Nothing of a test run must survive a power cut, and waiting for the disk would be most of its time.
    durable: false,
  });
  const admin = connect(server.options, 1);
  await admin`drop database if exists ${admin(TEMPLATE)}`;
  await admin`create database ${admin(TEMPLATE)}`;
  await admin.end();

  const failure = await migrateTemplate(server.options);
  project.provide('database', { options: JSON.stringify(server.options), template: TEMPLATE, failure });
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Pages name styles and scripts by their digest, so these must be built before the app under test can draw one. */
function buildForBrowsers(): void {
  const built = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), 'assets', 'field'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`The build for browsers failed:\n${built.stdout}${built.stderr}`);
}

/** A broken migration must fail the tests that need a database, not the others. */
async function migrateTemplate(options: Parameters<typeof connect>[0]): Promise<string> {
  const template = connect(inDatabase(options, TEMPLATE), 1);
  try {
    await migrate(template);
    return '';
  } catch (error) {
    return String(error);
  } finally {
    await template.end();
  }
}

/** The same server, another database. */
export function inDatabase(options: Parameters<typeof connect>[0], database: string): Parameters<typeof connect>[0] {
  if (typeof options !== 'string') return { ...options, database };
  const url = new URL(options);
  url.pathname = `/${database}`;
  return url.href;
}

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createApp } from './app.ts';
import { anySpace } from './kernel/spaces/index.ts';
import { allMigrations } from './migrations.ts';
import { connect, migrate } from './platform/db/index.ts';
import { openDiskStore } from './platform/files/index.ts';
import { startPostgres } from './platform/postgres/index.ts';
import { readSettings } from './platform/settings.ts';

const startedAt = Number(process.env.DEMILGE_STARTED_AT ?? Date.now());
const say = (line: string): void =>
  console.log(`[${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${line}`);

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

/** `npm start`: the database, its tables, the story the first time, then the doors open. `--empty` leaves the story out. */
async function main(args: readonly string[]): Promise<void> {
  const settings = readSettings(process.env);
  const dataDir = resolve(settings.DATA_DIR);
  await mkdir(dataDir, { recursive: true });
  const database = await startPostgres({ dataDir, log: say, databaseUrl: settings.DATABASE_URL });
  const sql = connect(database.options, 12);
  const done = await migrate(sql, allMigrations);
  if (done.length > 0) say(`The tables are ready (${done.length} migrations)`);
  const files = openDiskStore(join(dataDir, 'files'));

  const app = await createApp({ sql, files, settings });
  await app.http.listen({ port: settings.PORT, host: settings.HOST });
  const address = settings.BASE_URL ?? `http://localhost:${(app.http.server.address() as { port: number }).port}`;
  say(`Demilge is open at ${address}`);
  if (!(await anySpace(sql))) say(`Nothing is set up yet: open ${address} and follow the page`);

  const stop = async (signal: string): Promise<void> => {
    say(`${signal}: finishing what is under way`);
    await app.http.close();
    await sql.end({ timeout: 10 });
    await database.stop();
    say('Stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
  if (args.includes('--help')) say('npm start [-- --empty]');
}

import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DEMO_LOGINS, DEMO_PASSWORD, loadStory } from '../seeds/load.ts';
import { createApp, jobsOf } from './app.ts';
import { backup, rebuildAll, restore } from './entrances/cli/index.ts';
import { passwordHolds } from './kernel/access/index.ts';
import { anySpace, spaceForHost } from './kernel/spaces/index.ts';
import { allMigrations } from './migrations.ts';
import { connect, migrate, type Sql } from './platform/db/index.ts';
import { openFiles, startSweeping } from './platform/files/index.ts';
import { startJobs } from './platform/jobs/index.ts';
import { messages } from './platform/messages/index.ts';
import { joinPostgres, startPostgres } from './platform/postgres/index.ts';
import { Problem } from './platform/problem.ts';
import { readSettings, type Settings } from './platform/settings.ts';
import { registry } from './programmes/registry.ts';

const startedAt = Number(process.env.DEMILGE_STARTED_AT ?? Date.now());
const say = (line: string): void =>
  console.log(`[${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${line}`);

main(process.argv.slice(2)).catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  console.error(`\n${error instanceof Problem ? (messages.en[error.key] ?? text) : text}\n`);
  process.exit(1);
});

/** `npm start`: the database, its tables, the story the first time, then the doors open. `--empty` leaves the story out. */
async function main(args: readonly string[]): Promise<void> {
  // In a terminal the address and the logins must stay in sight; elsewhere every request is a line of the log.
  const settings = readSettings({ ...(process.stdout.isTTY && { LOG_LEVEL: 'warn' }), ...process.env });
  const dataDir = resolve(settings.DATA_DIR);
  if (args[0] === 'backup' || args[0] === 'restore') return await keep(args[0], args[1], dataDir, settings);
  await mkdir(dataDir, { recursive: true });
  const database = await startPostgres({ dataDir, log: say, databaseUrl: settings.DATABASE_URL });
  const sql = connect(database.options, 12);
  const done = await migrate(sql, allMigrations);
  if (done.length > 0) say(`The tables are ready (${done.length} migrations)`);

  if (args[0] === 'rebuild') {
    await rebuildAll(sql, registry, say);
    await sql.end();
    await database.stop();
    return;
  }
  const files = await openFiles({ settings, dataDir, sql, say });
  const fresh = !(await anySpace(sql));
  if (fresh && !args.includes('--empty')) {
    say('The first start: telling the association\u2019s story (npm start -- --empty leaves it out)');
    await loadStory({ sql, files, kinds: registry, log: say });
  }

  const app = await createApp({ sql, files, settings });
  const jobs = startJobs(sql, jobsOf(files));
  const sweeping = startSweeping(sql, files, say);
  await app.http.listen({ port: settings.PORT, host: settings.HOST });
  const address = settings.BASE_URL ?? `http://localhost:${(app.http.server.address() as { port: number }).port}`;
  say(`Demilge is open at ${address}`);
  await greet(sql, address);

  const stop = async (signal: string): Promise<void> => {
    say(`${signal}: finishing what is under way`);
    await app.http.close();
    await Promise.all([jobs.stop(), sweeping.stop()]);
    await sql.end({ timeout: 10 });
    await database.stop();
    say('Stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
}

/** `npm start -- backup FILE`, also while the server runs, and `npm start -- restore FILE` into an empty place. */
async function keep(verb: 'backup' | 'restore', file: string | undefined, dataDir: string, settings: Settings) {
  if (!file) throw new Error(`Name the file of the backup: npm start -- ${verb} FILE`);
  // npm changes to its own folder; the person named the file from where they stood.
  const path = resolve(process.env.INIT_CWD ?? '.', file);
  const place = { dataDir, log: say, databaseUrl: settings.DATABASE_URL };
  if (verb === 'restore') await mkdir(dataDir, { recursive: true });
  const database = verb === 'backup' ? await joinPostgres(place) : await startPostgres(place);
  const sql = connect(database.options, 2);
  try {
    const files = await openFiles({ settings, dataDir, sql: null, say });
    if (verb === 'backup') await backup(sql, files, path, say);
    else await restore(sql, files, path, allMigrations, say);
  } finally {
    await sql.end({ timeout: 5 });
    await database.stop();
  }
}

/** Who may sign in: the demo's people while they have the demo's password, or the way to set up an empty server. */
async function greet(sql: Sql, address: string): Promise<void> {
  if (!(await anySpace(sql))) return say(`Nothing is set up yet: open ${address} and follow the page`);
  if (!(await isDemo(sql))) return;
  say(`Sign in at ${address}/ky/sign-in with the password «${DEMO_PASSWORD}» as:`);
  for (const { login, role } of DEMO_LOGINS) say(`  ${login.padEnd(10)} ${role}`);
}

/** The story's first account still opens with the password that we print. */
async function isDemo(sql: Sql): Promise<boolean> {
  const space = await spaceForHost(sql, 'localhost');
  return space !== null && (await passwordHolds(sql, space.id, DEMO_LOGINS[0]?.login ?? '', DEMO_PASSWORD));
}

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from './identity.ts';
import type { Installation } from './locate.ts';

export const DATABASE_USER = 'demilge';
export const DATABASE_NAME = 'demilge';

/** How the server is run. Given on the command line at each start, so that a new release can change it. */
export function serverSettings(major: number, socketDir: string, durable: boolean): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: `"${socketDir}"`,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: '128MB',
    work_mem: '32MB',
    maintenance_work_mem: '64MB',
    effective_cache_size: '512MB',
    random_page_cost: '1.1',
    // Plans are small and many: compiling them costs more than it brings, and parallel workers take the app's cores.
    jit: 'off',
    max_parallel_workers_per_gather: '1',
    // An answer to a phone is a promise: it is on the disk.
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: 'on',
    // Backups are made through SQL; there is no standby that would need more in the log.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '512MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    logging_collector: 'off',
    log_line_prefix: '%t [%p] ',
    log_min_messages: 'warning',
    log_checkpoints: 'off',
  };
  // A few kilobytes per record on a local disk: helper processes for reading bring nothing here.
  if (major >= 18) settings.io_method = 'sync';
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Makes the cluster once: text is compared by code point and folded by Unicode's tables (C.UTF-8),
 * whatever languages the machine has; orders that people see name their collation ("ky-x-icu").
 * An interrupted attempt leaves only `cluster.new`, which the next one throws away.
 */
export async function ensureCluster(
  installation: Installation,
  bin: string,
  identity: Identity,
  dataDir: string,
  durable: boolean,
): Promise<string> {
  const cluster = join(dataDir, 'cluster');
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    const made = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
    if (made !== String(installation.major)) {
      throw new Error(
        `The data in ${cluster} was made by PostgreSQL ${made}, and this is PostgreSQL ${installation.version}. ` +
          'Start the release that made it, take a backup, and restore the backup into a new folder.',
      );
    }
    return cluster;
  }
  const unfinished = `${cluster}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const locale =
    installation.major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C.UTF-8'];
  await run(identity, join(bin, 'initdb'), [
    ...['-D', unfinished, `--username=${DATABASE_USER}`, '--encoding=UTF8', ...locale],
    ...['--auth-local=trust', '--auth-host=reject', '--data-checksums', '--no-instructions'],
    ...(durable ? [] : ['--no-sync']),
  ]);
  // A server without network and without clients makes the database, so a cluster that has its name is complete.
  const single = ['--single', '-D', unfinished, '-c', `fsync=${durable ? 'on' : 'off'}`, 'postgres'];
  await run(identity, join(bin, 'postgres'), single, `create database ${DATABASE_NAME}\n`);
  renameSync(unfinished, cluster);
  return cluster;
}

/** Environment without the person's own PG* settings and languages. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

function run(identity: Identity, program: string, args: string[], input = ''): Promise<void> {
  const [command = program, ...rest] = [...identity.prefix, program, ...args];
  return new Promise((done, fail) => {
    const child = spawn(command, rest, { ...identity.spawn, env: cleanEnvironment(), cwd: '/' });
    let said = '';
    const listen = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4000);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? done() : fail(new Error(`${program} failed:\n${said}`))));
    child.stdin.end(input);
  });
}

import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { appliedMigrations, type Migration, migrate, type Sql, type Tx } from '../../platform/db/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import { fileName, MANIFEST, Manifest, partName, SEAL } from './manifest.ts';
import { copyIn, copyOut, firstFilled, type Table, tablesOf } from './tables.ts';
import { type TarEntry, tarBytes, tarEntries } from './tar.ts';

/** A part is packed from some four megabytes; one that unpacks to more than this was not written by us. */
const MOST_UNPACKED = 256_000_000;
const unpacked = promisify(gunzip);

/** A backup whose every byte was found to be as it was written. */
type Checked = { readonly path: string; readonly manifest: Manifest; readonly entries: ReadonlyMap<string, TarEntry> };

/**
 * `npm start -- restore FILE`: the whole backup is checked first, then taken into an empty database and checked again there; all of the
 * rows are kept, or none. A backup of an older release is brought up to this one's tables at the end.
 * @throws Error in plain words when the file is damaged, comes from a newer release, or the database is not empty
 */
export async function restore(
  sql: Sql,
  files: FileStore,
  path: string,
  migrations: readonly Migration[],
  say: (line: string) => void,
): Promise<Manifest> {
  const checked = await check(path);
  const { manifest } = checked;
  say(`The backup of ${manifest.madeAt} is whole`);
  const first = knownMigrations(manifest, migrations);
  await refuseFilled(sql, manifest);
  await migrate(sql, first);
  // A file lies under its digest and does no harm alone; so files come first, and an interrupted restore is simply begun again.
  const count = await takeFiles(checked, files);
  say(`${count} files are in their place`);
  const rows = await sql.begin((tx) => takeRows(tx, checked));
  say(`${rows} rows of ${manifest.tables.length} tables are in their place`);
  const newer = await migrate(sql, migrations);
  if (newer.length > 0) say(`The tables are brought up to this release (${newer.length} migrations)`);
  if (manifest.absent.length > 0) say(`${manifest.absent.length} files were missing already when the backup was made`);
  return manifest;
}

async function check(path: string): Promise<Checked> {
  if (!(await stat(path).catch(() => null))?.isFile()) throw new Error(`There is no file ${path}`);
  const listed = await tarEntries(path);
  if (!listed) throw damaged(path, 'it is cut short, or it is no backup');
  const entries = new Map(listed.map((entry) => [entry.name, entry]));
  const manifest = await readManifest(path, entries);
  const files = listed.filter((entry) => entry.name.startsWith('files/'));
  const parts = manifest.tables.reduce((sum, table) => sum + table.parts, 0);
  if (
    files.length !== manifest.files.count ||
    entries.size !== listed.length ||
    listed.length !== files.length + parts + 2
  )
    throw damaged(path, 'it does not hold what it says that it holds');
  for (const table of manifest.tables) {
    const hash = createHash('sha256');
    for await (const rows of rowsOf({ path, manifest, entries }, table)) hash.update(rows);
    if (hash.digest('hex') !== table.sha256)
      throw damaged(path, `the rows of the table "${table.name}" are not as they were`);
  }
  for (const entry of files) {
    const hash = createHash('sha256');
    for await (const chunk of tarBytes(path, entry)) hash.update(chunk);
    if (fileName(hash.digest('hex')) !== entry.name) throw damaged(path, `the file ${entry.name} is not as it was`);
  }
  return { path, manifest, entries };
}

async function readManifest(path: string, entries: ReadonlyMap<string, TarEntry>): Promise<Manifest> {
  const [manifest, seal] = await Promise.all([MANIFEST, SEAL].map((name) => wholeOf(path, entries.get(name))));
  if (!manifest || !seal) throw damaged(path, 'its end is missing');
  const digest = createHash('sha256').update(manifest).digest('hex');
  if (seal.toString('latin1').slice(0, 64) !== digest) throw damaged(path, 'its table of contents is not as it was');
  const read = Manifest.safeParse(JSON.parse(manifest.toString('utf8')));
  if (!read.success) throw new Error(`${path} was not written by this program or by one that it knows.`);
  return read.data;
}

/** The backup's migrations among ours. @throws Error when it has one that we do not know */
function knownMigrations({ migrations: theirs }: Manifest, ours: readonly Migration[]): Migration[] {
  const digests = new Map(ours.map(({ name, sql }) => [name, createHash('sha256').update(sql).digest('hex')]));
  const unknown = theirs.filter(({ name, sha256 }) => digests.get(name) !== sha256).map(({ name }) => name);
  if (unknown.length > 0)
    throw new Error(
      `The backup was made by another release of Demilge, newer than this one: its tables have ${unknown.join(', ')}. ` +
        'Install that release, and restore the backup with it.',
    );
  const names = new Set(theirs.map(({ name }) => name));
  return ours.filter(({ name }) => names.has(name));
}

async function refuseFilled(sql: Sql, manifest: Manifest): Promise<void> {
  const filled = await firstFilled(sql, await tablesOf(sql));
  if (filled)
    throw new Error(
      `There is data here already (in the table "${filled}"), and a restore never writes over data. ` +
        'Set DATA_DIR to a new folder, or DATABASE_URL to an empty database.',
    );
  const names = new Set(manifest.migrations.map(({ name }) => name));
  if ((await appliedMigrations(sql)).some(({ name }) => !names.has(name)))
    throw new Error(
      'The tables here are newer than the backup. Set DATA_DIR to a new folder, or DATABASE_URL to an empty database.',
    );
}

async function takeFiles({ path, entries }: Checked, files: FileStore): Promise<number> {
  let count = 0;
  for (const entry of entries.values()) {
    if (!entry.name.startsWith('files/')) continue;
    const stored = await files.put(Readable.from(tarBytes(path, entry)), Number.MAX_SAFE_INTEGER);
    if (fileName(stored.sha256) !== entry.name) throw new Error(`The disk did not keep ${entry.name} as it was.`);
    count++;
  }
  return count;
}

async function takeRows(tx: Tx, checked: Checked): Promise<number> {
  const told = new Map(checked.manifest.tables.map((table) => [table.name, table]));
  const tables = await tablesOf(tx);
  const same =
    tables.length === told.size && tables.every(({ name, columns }) => sameNames(columns, told.get(name)?.columns));
  if (!same) throw new Error('The tables of the backup are not those that its migrations make.');
  let rows = 0;
  for (const { name, order } of tables) {
    const from = told.get(name)!;
    const table: Table = { name, order, columns: from.columns };
    if (from.rows > 0) await pipeline(Readable.from(rowsOf(checked, from)), await copyIn(tx, table));
    const hash = createHash('sha256');
    for await (const chunk of copyOut(tx, table)) hash.update(chunk);
    if (hash.digest('hex') !== from.sha256) throw new Error(`The database did not keep the table "${name}" as it was.`);
    rows += from.rows;
  }
  return rows;
}

const sameNames = (a: readonly string[], b: readonly string[] = []): boolean =>
  [...a].sort().join() === [...b].sort().join();

async function* rowsOf(
  { path, entries }: Checked,
  { name, parts }: Manifest['tables'][number],
): AsyncGenerator<Buffer> {
  for (let part = 1; part <= parts; part++) {
    const packed = await wholeOf(path, entries.get(partName(name, part)));
    const text = packed && (await unpacked(packed, { maxOutputLength: MOST_UNPACKED }).catch(() => null));
    if (!text) throw damaged(path, `the rows of the table "${name}" are not as they were`);
    yield text;
  }
}

async function wholeOf(path: string, entry: TarEntry | undefined): Promise<Buffer | null> {
  if (!entry || entry.size > MOST_UNPACKED) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of tarBytes(path, entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const damaged = (path: string, why: string): Error =>
  new Error(`The backup ${path} is damaged: ${why}. Nothing was restored; take another copy of it.`);

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { appliedMigrations, type Sql, type Tx } from '../../platform/db/index.ts';
import { type FileStore, heldFiles } from '../../platform/files/index.ts';
import { FORMAT, fileName, MANIFEST, type Manifest, partName, rowsIn, SEAL } from './manifest.ts';
import { copyOut, type Table, tablesOf } from './tables.ts';
import { type TarWriter, tarWriter } from './tar.ts';

/** Rows are packed in parts of this size, so that memory stays flat whatever the table. */
const PART_BYTES = 4_000_000;
const packed = promisify(gzip);

/**
 * `npm start -- backup FILE`: one moment of the whole database, and every file that it names, in one tar. The server may go on working:
 * what comes in after the first row was read is not in it, wholly. The file appears under its name only when it is whole.
 * @throws Error when the file is there already, or the database was never set up
 */
export async function backup(sql: Sql, files: FileStore, path: string, say: (line: string) => void): Promise<Manifest> {
  if (existsSync(path)) throw new Error(`${path} is there already. Give the backup a name of its own.`);
  const unfinished = `${path}.unfinished`;
  await rm(unfinished, { force: true });
  // Names of people are inside: nobody else on the machine reads it.
  const out = await open(unfinished, 'wx', 0o600);
  try {
    const manifest = await write(sql, files, out);
    await out.sync();
    const { size } = await out.stat();
    await out.close();
    await rename(unfinished, path);
    tell(manifest, size, path, say);
    return manifest;
  } catch (error) {
    await out.close().catch(() => {});
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function write(sql: Sql, files: FileStore, out: FileHandle): Promise<Manifest> {
  const tar = tarWriter(out);
  // Every table is read as of one moment. Files never change, so they are copied after it, without holding the database.
  const { held, ...rows } = await sql.begin('isolation level repeatable read read only', async (tx) => {
    const migrations = await appliedMigrations(tx);
    if (migrations.length === 0) throw new Error('The database holds nothing of Demilge: there is nothing to back up.');
    const tables: Manifest['tables'] = [];
    for (const table of await tablesOf(tx)) tables.push(await writeTable(tx, tar, table));
    return { migrations, tables, held: await heldFiles(tx) };
  });
  const kept = { count: 0, bytes: 0 };
  const absent: string[] = [];
  for (const { sha256, bytes } of held) {
    const whole = await isWhole(files, sha256, bytes);
    const content = whole ? await files.read(sha256) : null;
    if (!content) {
      absent.push(sha256);
      continue;
    }
    await tar.add(fileName(sha256), bytes, content);
    kept.count++;
    kept.bytes += bytes;
  }
  const manifest: Manifest = { format: FORMAT, madeAt: new Date().toISOString(), ...rows, files: kept, absent };
  const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  const seal = Buffer.from(`${createHash('sha256').update(text).digest('hex')}  ${MANIFEST}\n`);
  await tar.add(MANIFEST, text.length, only(text));
  await tar.add(SEAL, seal.length, only(seal));
  await tar.end();
  return manifest;
}

async function writeTable(tx: Tx, tar: TarWriter, table: Table): Promise<Manifest['tables'][number]> {
  const hash = createHash('sha256');
  const told = { rows: 0, bytes: 0, parts: 0 };
  let gathered: Uint8Array[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const part = await packed(Buffer.concat(gathered), { level: 6 });
    told.parts++;
    await tar.add(partName(table.name, told.parts), part.length, only(part));
    gathered = [];
    size = 0;
  };
  for await (const chunk of copyOut(tx, table)) {
    hash.update(chunk);
    told.rows += rowsIn(chunk);
    told.bytes += chunk.length;
    gathered.push(chunk);
    size += chunk.length;
    if (size >= PART_BYTES) await flush();
  }
  if (size > 0) await flush();
  return { name: table.name, columns: [...table.columns], ...told, sha256: hash.digest('hex') };
}

/** A disk can lose what it was given: a file goes into the backup only as what its name says. */
async function isWhole(files: FileStore, sha256: string, bytes: number): Promise<boolean> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of (await files.read(sha256)) ?? []) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return size === bytes && hash.digest('hex') === sha256;
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function tell(manifest: Manifest, size: number, path: string, say: (line: string) => void): void {
  const { tables, files, absent } = manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  say(
    `The backup is whole: ${rows} rows of ${tables.length} tables, ${files.count} files, ${megabytes(size)} MB in ${path}`,
  );
  if (absent.length > 0)
    say(`BUT ${absent.length} files that the records name are missing or damaged on this disk: ${absent.join(', ')}`);
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

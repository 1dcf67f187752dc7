import { once } from 'node:events';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FormData, Row } from './form.ts';
import { ABOUT } from './form.ts';
import { allTables, type Cell, type CellType, cellAt, type Table, turnsOf } from './tables.ts';
import type { ZipEntry } from './zip.ts';

/** How a kind of file writes tables. */
export type SheetFormat = {
  /** The place of a table in the archive; 0 is the table of the records. */
  readonly fileName: (table: Table, index: number) => string;
  readonly begin: (names: readonly string[], types: readonly CellType[]) => string;
  /** @param number the row's number, the head being 1 */
  readonly line: (cells: readonly Cell[], number: number) => string;
  readonly end: string;
};

/** Ids before the answers of a turn of a repeat. */
const TURN_IDS = ['row_id', 'parent_id', 'record_id'];

/**
 * The tables of a form as files of an archive, in one walk over the records: the records' own table goes out as they come, those of
 * the repeats wait on the disk until it is done.
 */
export async function* sheetsOf(
  { root }: FormData,
  rows: AsyncIterable<readonly Row[]>,
  format: SheetFormat,
): AsyncGenerator<ZipEntry> {
  const repeats = allTables(root).slice(1);
  const folder = await mkdtemp(join(tmpdir(), 'demilge-export-'));
  const waiting = new Map(repeats.map((table, i) => [table, spool(join(folder, String(i)), table, format)]));
  try {
    yield { name: format.fileName(root, 0), chunks: recordLines(root, rows, format, waiting) };
    for (const [i, table] of repeats.entries()) {
      const { stream, path } = waiting.get(table)!;
      stream.end(format.end);
      await once(stream, 'close');
      yield { name: format.fileName(table, i + 1), chunks: createReadStream(path) };
    }
  } finally {
    for (const { stream } of waiting.values()) stream.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

type Spool = { readonly path: string; readonly stream: WriteStream; number: number };

function spool(path: string, table: Table, format: SheetFormat): Spool {
  const stream = createWriteStream(path);
  const types: CellType[] = [...TURN_IDS.map(() => 'text' as const), ...table.columns.map((column) => column.type)];
  stream.write(format.begin([...TURN_IDS, ...table.columns.map((column) => column.name)], types));
  return { path, stream, number: 1 };
}

async function* recordLines(
  root: Table,
  rows: AsyncIterable<readonly Row[]>,
  format: SheetFormat,
  waiting: ReadonlyMap<Table, Spool>,
): AsyncGenerator<string> {
  const names = [...ABOUT.map((one) => one.name), ...root.columns.map((column) => column.name)];
  const types = [...ABOUT.map((one) => one.type), ...root.columns.map((column) => column.type)];
  yield format.begin(names, types);
  let number = 1;
  for await (const batch of rows) {
    let text = '';
    const turns = new Map<Table, string>();
    for (const row of batch) {
      const { answers, id } = row.record;
      const cells = [...ABOUT.map((one) => one.of(row)), ...root.columns.map((column) => cellAt(answers, column))];
      text += format.line(cells, ++number);
      for (const turn of turnsOf(root, answers, id)) {
        const held = waiting.get(turn.table)!;
        const own = turn.table.columns.map((column) => cellAt(turn.answers, column));
        const line = format.line([turn.id, turn.parentId, id, ...own], ++held.number);
        turns.set(turn.table, (turns.get(turn.table) ?? '') + line);
      }
    }
    for (const [table, lines] of turns) {
      const { stream } = waiting.get(table)!;
      if (!stream.write(lines)) await once(stream, 'drain');
    }
    yield text;
  }
  yield format.end;
}

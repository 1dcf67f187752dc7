import { columnLetters, readWorkbook, WorkbookRefused } from '@demilge/xlsform';
import { Problem } from '../../platform/problem.ts';

/** A table from a file: the first row is the head. Cells are trimmed text by column (0 is A); empty ones are absent. */
export type Grid = {
  readonly sheet: string;
  readonly head: ReadonlyMap<number, string>;
  readonly rows: readonly { readonly number: number; readonly cells: ReadonlyMap<number, string> }[];
};

export const MAX_IMPORT_BYTES = 20 * 1024 * 1024;
export const MAX_IMPORT_ROWS = 50_000;
const MAX_COLUMNS = 200;
const MAX_CELL = 2_000;

/**
 * Reads the first sheet of an .xlsx, or text with semicolons, commas or tabs in UTF-8, UTF-16 or Windows-1251.
 * @throws Problem 413 for too large a file; 422 subjects.import.* for one that cannot be read, with its place
 */
export async function readGrid(fileName: string, bytes: Uint8Array): Promise<Grid> {
  if (bytes.byteLength > MAX_IMPORT_BYTES)
    throw new Problem(413, 'platform.file.tooLarge', { megabytes: MAX_IMPORT_BYTES / 1_048_576 });
  const packed = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!packed && /\.xlsx?$/i.test(fileName)) throw new Problem(422, 'subjects.import.notAWorkbook');
  return packed ? await readXlsx(bytes) : readDelimited(decode(bytes));
}

async function readXlsx(bytes: Uint8Array): Promise<Grid> {
  try {
    const { sheets } = await readWorkbook(bytes, { rows: MAX_IMPORT_ROWS + 1, cells: 2_000_000 });
    const sheet = sheets.find((one) => one.rows.length > 0);
    if (!sheet) throw new Problem(422, 'subjects.import.empty');
    const rows = sheet.rows.map((row) => ({
      number: row.number,
      cells: clean(row.cells.map((cell) => [cell.column, cell.text.replace(/ 00:00:00$/, '')])),
    }));
    return grid(sheet.name, rows);
  } catch (error) {
    if (!(error instanceof WorkbookRefused)) throw error;
    if (error.code === 'FILE_TOO_MANY_ROWS' || error.code === 'FILE_TOO_MANY_CELLS')
      throw new Problem(422, 'subjects.import.tooMany', { rows: MAX_IMPORT_ROWS });
    throw new Problem(422, 'subjects.import.unreadable', {
      place: error.row ? `${error.sheet} ${error.row}` : error.sheet || '–',
      code: error.code,
    });
  }
}

/** UTF-16 and UTF-8 say what they are; what is neither comes from an older Windows. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

function readDelimited(text: string): Grid {
  if (text.includes('\0')) throw new Problem(422, 'subjects.import.notATable');
  const sign = delimiter(text);
  const rows: { number: number; cells: ReadonlyMap<number, string> }[] = [];
  let number = 1;
  for (const values of records(text, sign)) {
    const cells = clean(values.map((value, column) => [column, value]));
    if (cells.size > 0) rows.push({ number, cells });
    if (rows.length > MAX_IMPORT_ROWS + 1) break;
    number++;
  }
  return grid('CSV', rows);
}

/** The sign that stands most often in the first line outside quotes. */
function delimiter(text: string): string {
  const first = (text.split(/\r?\n/).find((line) => line.trim() !== '') ?? '').replace(/"[^"]*"/g, '');
  const counts = [';', ',', '\t'].map((sign) => [first.split(sign).length, sign] as const);
  return counts.reduce((most, one) => (one[0] > most[0] ? one : most))[1];
}

/** The records of RFC 4180, also with a lone quote inside a value; a quoted value may hold lines of its own. */
function* records(text: string, sign: string): Generator<string[]> {
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let value = '';
    if (text[at] === '"') {
      let end = at + 1;
      for (;;) {
        const quote = text.indexOf('"', end);
        if (quote < 0) {
          value += text.slice(end);
          end = text.length;
          break;
        }
        value += text.slice(end, quote);
        end = quote + 1;
        if (text[end] !== '"') break;
        value += '"';
        end++;
      }
      at = end;
    }
    const stop = nextStop(text, at, sign);
    value += text.slice(at, stop);
    record.push(value);
    at = stop;
    if (text[at] === sign) {
      at++;
      if (at >= text.length) record.push('');
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    yield record;
    record = [];
  }
  if (record.length > 0) yield record;
}

function nextStop(text: string, from: number, sign: string): number {
  let at = from;
  while (at < text.length && text[at] !== sign && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

function clean(cells: readonly (readonly [number, string])[]): ReadonlyMap<number, string> {
  const kept = cells
    .filter(([column]) => column < MAX_COLUMNS)
    .map(
      ([column, text]) =>
        [
          column,
          text
            .replace(/[\s\u00a0\ufeff]+/g, ' ')
            .trim()
            .slice(0, MAX_CELL),
        ] as const,
    )
    .filter(([, text]) => text !== '');
  return new Map(kept);
}

function grid(sheet: string, rows: Grid['rows']): Grid {
  const [head, ...body] = rows.filter((row) => row.cells.size > 0);
  if (!head || body.length === 0) throw new Problem(422, 'subjects.import.empty');
  if (body.length > MAX_IMPORT_ROWS) throw new Problem(422, 'subjects.import.tooMany', { rows: MAX_IMPORT_ROWS });
  return { sheet, head: head.cells, rows: body };
}

/** 'B7', as spreadsheets name a cell. */
export function cellName(column: number, row: number): string {
  return `${columnLetters(column)}${row}`;
}

import type { SheetColumns } from './columns.ts';
import type { Report } from './diagnostics.ts';
import { columnLetters } from './xlsx/cells.ts';
import type { Sheet } from './xlsx/workbook.ts';

/** Text by language, in the order of the columns. */
export type Localized = ReadonlyMap<string, string>;

/** One filled cell, or several cells of one meaning in several languages. */
export interface Field {
  /** Header as the author wrote it (of the first cell). */
  readonly header: string;
  /** One text for all languages, or a text for each. */
  readonly value: string | Localized;
  /** Header of each language's column, for diagnostics. */
  readonly headers: ReadonlyMap<string, string>;
}

export interface TableRow {
  /** Row number that the author sees. */
  readonly row: number;
  readonly fields: ReadonlyMap<string, Field>;
}

export interface Column {
  readonly index: number;
  /** As written. */
  readonly header: string;
  readonly key: string;
  readonly language: string | undefined;
}

export interface Table {
  /** The sheet's name in lower case, as diagnostics give it. */
  readonly sheet: string;
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

export interface TableOptions {
  readonly columns: SheetColumns;
  /** Language of a column without one, where other columns name theirs. */
  readonly defaultLanguage: string;
  /** Whether runs of spaces become one. */
  readonly collapseSpaces: boolean;
}

/** Blank columns after which a header row has ended, and blank rows after which a sheet has. */
const BLANK_COLUMNS = 20;
const BLANK_ROWS = 60;
/** Most columns that mean something in one sheet: eight texts in a hundred languages, and more. */
const MOST_COLUMNS = 1_000;

/** Reads a sheet's header row and rows into fields by meaning. Reports what is wrong with the headers. */
export function readTable(sheet: Sheet, name: string, options: TableOptions, report: Report): Table {
  const { columns, filled } = readColumns(sheet, name, options.columns, report);
  const headers = headersByKey(columns, options.defaultLanguage);
  const byIndex = new Map(columns.map((column) => [column.index, column]));
  const rows: TableRow[] = [];
  let last = 1;
  for (const { number, cells } of sheet.rows) {
    if (number === 1) continue;
    if (number - last - 1 > BLANK_ROWS) break;
    const fields = new Map<string, MutableField>();
    for (const cell of cells) {
      const column = byIndex.get(cell.column);
      if (!column) continue;
      const text = tidy(cell.text, options.collapseSpaces);
      const { key, language, header } = column;
      const field = fields.get(key);
      if (field) merge(field, language, text, options.defaultLanguage);
      else {
        const value = language === undefined ? text : new Map([[language, text]]);
        fields.set(key, { header, value, headers: headers.get(key)! });
      }
    }
    if (cells.some((cell) => filled.has(cell.column))) last = number;
    if (fields.size > 0) rows.push({ row: number, fields });
  }
  return { sheet: name, columns, rows };
}

interface MutableField {
  readonly header: string;
  value: string | Map<string, string>;
  readonly headers: ReadonlyMap<string, string>;
}

/** Headers of each meaning's columns by language; shared by all rows. */
function headersByKey(columns: readonly Column[], defaultLanguage: string): Map<string, Map<string, string>> {
  const byKey = new Map<string, Map<string, string>>();
  for (const { key, language = defaultLanguage, header } of columns) {
    const headers = byKey.get(key) ?? new Map<string, string>();
    if (!headers.has(language)) headers.set(language, header);
    byKey.set(key, headers);
  }
  return byKey;
}

/**
 * Joins one more cell to the others of its meaning. A text without a language stands for the default language once
 * another language is there; a column that names the default language wins over it.
 */
function merge(field: MutableField, language: string | undefined, text: string, defaultLanguage: string): void {
  if (typeof field.value === 'string') {
    if (language === undefined) return;
    field.value = new Map([[defaultLanguage, field.value]]);
  }
  if (language !== undefined) field.value.set(language, text);
  else if (!field.value.has(defaultLanguage)) field.value.set(defaultLanguage, text);
}

const QUOTES: Record<string, string> = { '\u2018': "'", '\u2019': "'", '\u201C': '"', '\u201D': '"' };

/** Straight quotes for curly ones, which no expression understands; one space for many, where asked. */
export function tidy(text: string, collapseSpaces: boolean): string {
  const straight = /[\u2018\u2019\u201C\u201D]/.test(text)
    ? text.replace(/[\u2018\u2019\u201C\u201D]/g, (quote) => QUOTES[quote] ?? quote)
    : text;
  return collapseSpaces ? straight.replace(/ {2,}/g, ' ') : straight;
}

function readColumns(sheet: Sheet, name: string, known: SheetColumns, report: Report) {
  const header = sheet.rows[0]?.number === 1 ? sheet.rows[0].cells : [];
  const cells: { index: number; text: string }[] = [];
  let last = -1;
  for (const cell of header) {
    if (cell.column - last - 1 > BLANK_COLUMNS) break;
    last = cell.column;
    cells.push({ index: cell.column, text: tidy(cell.text, true) });
  }
  const separator = cells.some(({ text }) => text.includes('::')) ? '::' : ':';
  const columns: Column[] = [];
  const written = new Set<string>();
  for (const { index, text } of cells) {
    const place = { sheet: name, row: 1, column: text || columnLetters(index) };
    if (written.has(text)) {
      report.error('HEADER_DUPLICATE', place, { value: text });
      continue;
    }
    written.add(text);
    const column = parseHeader(index, text, separator, known);
    if (!column) {
      if (known.unknown === 'refuse') report.error('HEADER_005', place, { value: text, among: known.aliases.keys() });
      continue;
    }
    if (columns.length >= MOST_COLUMNS) {
      report.error('HEADER_TOO_MANY', place, { params: { columns: String(MOST_COLUMNS) } });
      break;
    }
    const twin = columns.find((each) => each.key === column.key && each.language === column.language);
    if (twin) {
      report.error('HEADER_002', place, { value: text, params: { other: twin.header } });
      continue;
    }
    columns.push(column);
  }
  return { columns, filled: new Set(cells.map(({ index }) => index)) };
}

const plainName = (text: string) => text.trim().toLowerCase().replace(/\s+/g, '_');

function parseHeader(index: number, header: string, separator: string, known: SheetColumns): Column | undefined {
  const parts = splitHeader(header, separator);
  const [first = '', ...rest] = parts;
  const family = known.families.get(plainName(first));
  if (family && rest.length > 0) {
    const own = rest[0]!;
    // "bind::relevance" and "media::image" mean what their short forms mean.
    const short = known.aliases.get(plainName(own));
    const key = short?.startsWith(`${family}.`) ? short : `${family}.${own}`;
    const language = rest[1] !== undefined && known.localized(key) ? rest.slice(1).join(separator) : undefined;
    if (rest.length > 1 && language === undefined) return undefined;
    return { index, header, key, language };
  }
  const key = known.aliases.get(plainName(first));
  if (key === undefined || (rest.length > 0 && !known.localized(key))) {
    const kept = known.unknown instanceof RegExp ? known.unknown.test(header) : known.unknown === 'keep';
    return kept ? { index, header, key: header, language: undefined } : undefined;
  }
  return { index, header, key, language: rest.length > 0 ? rest.join(separator) : undefined };
}

/** Splits "label::Русский (ru)"; with the old single colon, "jr:count" stays one word. */
function splitHeader(header: string, separator: string): string[] {
  const parts = header.split(separator).map((part) => part.trim());
  if (separator === '::') return parts;
  const joined: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] === 'jr' && parts[i + 1] !== undefined) joined.push(`jr:${parts[++i]}`);
    else joined.push(parts[i]!);
  }
  return joined;
}

/** The text of a field that has none by language; the first one otherwise; undefined when absent. */
export function plain(row: TableRow | undefined, key: string): string | undefined {
  const value = row?.fields.get(key)?.value;
  if (value === undefined || typeof value === 'string') return value;
  return value.values().next().value;
}

/** Header of a field as the author wrote it, or the usual name where the cell is empty. */
export function headerOf(row: TableRow, key: string, usual: string): string {
  return row.fields.get(key)?.header ?? usual;
}

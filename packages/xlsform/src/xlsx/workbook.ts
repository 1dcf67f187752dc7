import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import {
  cleanCell,
  columnIndex,
  dateText,
  durationText,
  isoDateText,
  type NumberKind,
  numberKind,
  numberText,
  unescapeText,
} from './cells.ts';
import { WorkbookRefused } from './refusal.ts';
import type { PartHandler } from './scan.ts';
import { readXmlPart } from './xml.ts';
import { type Archive, openArchive } from './zip.ts';

/** One cell with something in it. `column` is 0-based: 0 is A. */
export interface Cell {
  readonly column: number;
  readonly text: string;
}

/** One row with something in it. `number` is the row number that the author sees: the first row is 1. */
export interface Row {
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** A sheet as rows of text; blank rows and cells are simply not there. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly Row[];
}

/** A whole workbook as text. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
}

interface Book {
  readonly sheets: { name: string; relation: string }[];
  epoch1904: boolean;
}

/**
 * Reads an .xlsx file as text, within limits: inflating is bounded, a document type declaration is refused, and a
 * styled but empty row far below costs nothing. Formulas give the value that was computed last.
 * Throws WorkbookRefused with the sheet and row where reading stopped.
 */
export async function readWorkbook(bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<Workbook> {
  const bounds = { ...DEFAULT_LIMITS, ...limits };
  const archive = openArchive(bytes, bounds);
  const bookPart = findBookPart(archive, bounds);
  const book = readBook(archive, bookPart, bounds);
  if (book.sheets.length > bounds.sheets) throw new WorkbookRefused('FILE_TOO_MANY_SHEETS');
  const folder = bookPart.slice(0, bookPart.lastIndexOf('/') + 1);
  const relations = readRelations(archive, `${folder}_rels/${bookPart.slice(folder.length)}.rels`, bounds);
  const strings = readSharedStrings(archive, relations.byType('sharedStrings', folder), bounds);
  const kinds = readNumberKinds(archive, relations.byType('styles', folder), bounds);
  const counter = { cells: 0 };
  const sheets: Sheet[] = [];
  for (const { name, relation } of book.sheets) {
    const part = relations.byId(relation, folder);
    if (!part || !archive.names.has(part)) continue;
    // A chart sheet is listed like a sheet and has no rows.
    if (!/worksheets?\//i.test(part) && /chartsheets\//i.test(part)) continue;
    sheets.push({ name, rows: readSheet(archive, part, name, { strings, kinds, book, bounds, counter }) });
  }
  if (sheets.length === 0) throw new WorkbookRefused('FILE_NOT_A_WORKBOOK');
  return { sheets };
}

function findBookPart(archive: Archive, limits: Limits): string {
  if (archive.names.has('_rels/.rels')) {
    const part = readRelations(archive, '_rels/.rels', limits).byType('officeDocument', '');
    if (part && archive.names.has(part)) return part;
  }
  if (archive.names.has('xl/workbook.xml')) return 'xl/workbook.xml';
  throw new WorkbookRefused('FILE_NOT_A_WORKBOOK');
}

function readBook(archive: Archive, part: string, limits: Limits): Book {
  const book: Book = { sheets: [], epoch1904: false };
  readXmlPart(archive, part, limits, {
    open(name, attribute) {
      if (name === 'workbookPr') book.epoch1904 = /^(1|true)$/.test(attribute('date1904') ?? '');
      if (name === 'sheet') {
        const relation = attribute('r:id') ?? attribute('ns1:id') ?? attribute('id') ?? '';
        book.sheets.push({ name: (attribute('name') ?? '').trim(), relation });
      }
    },
    close() {},
    text() {},
  });
  return book;
}

function readRelations(archive: Archive, part: string, limits: Limits) {
  const list: { id: string; type: string; target: string }[] = [];
  readXmlPart(archive, part, limits, {
    open(name, attribute) {
      if (name !== 'Relationship' || attribute('TargetMode') === 'External') return;
      list.push({
        id: attribute('Id') ?? '',
        type: attribute('Type') ?? '',
        target: attribute('Target') ?? '',
      });
    },
    close() {},
    text() {},
  });
  const place = (target: string | undefined, folder: string) => {
    if (target === undefined) return undefined;
    return target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, '');
  };
  return {
    byId: (id: string, folder: string) => place(list.find((each) => each.id === id)?.target, folder),
    byType: (type: string, folder: string) =>
      place(list.find((each) => each.type.endsWith(`/${type}`))?.target, folder),
  };
}

/** Collects the text of <t> elements, leaving out phonetic runs. */
function textCollector() {
  let text = '';
  let inText = false;
  let phonetic = 0;
  return {
    open(name: string) {
      if (name === 't') inText = true;
      else if (name === 'rPh') phonetic += 1;
    },
    close(name: string) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
    },
    text(piece: string) {
      if (inText && phonetic === 0) text += piece;
    },
    take() {
      const whole = text;
      text = '';
      return whole;
    },
  };
}

function readSharedStrings(archive: Archive, part: string | undefined, limits: Limits): string[] {
  const strings: string[] = [];
  if (!part) return strings;
  const collector = textCollector();
  readXmlPart(archive, part, limits, {
    open: (name) => collector.open(name),
    close(name) {
      collector.close(name);
      if (name !== 'si') return;
      if (strings.length >= limits.cells) throw new WorkbookRefused('FILE_TOO_MANY_CELLS');
      strings.push(cleanCell(unescapeText(collector.take())));
    },
    text: (piece) => collector.text(piece),
  });
  return strings;
}

/** Kind of number for each cell style index. */
function readNumberKinds(archive: Archive, part: string | undefined, limits: Limits): NumberKind[] {
  const kinds: NumberKind[] = [];
  if (!part) return kinds;
  const codes = new Map<number, string>();
  let inCellFormats = false;
  readXmlPart(archive, part, limits, {
    open(name, attribute) {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attribute('numFmtId') ?? 0);
        kinds.push(numberKind(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text() {},
  });
  return kinds;
}

interface SheetContext {
  readonly strings: readonly string[];
  readonly kinds: readonly NumberKind[];
  readonly book: Book;
  readonly bounds: Limits;
  readonly counter: { cells: number };
}

function readSheet(archive: Archive, part: string, sheet: string, context: SheetContext): Row[] {
  const reader = sheetReader(sheet, context);
  readXmlPart(archive, part, context.bounds, reader.handler);
  reader.rows.sort((a, b) => a.number - b.number);
  return reader.rows;
}

function sheetReader(sheet: string, context: SheetContext) {
  const { bounds, counter } = context;
  const rows: Row[] = [];
  const inline = textCollector();
  let inRow = false;
  let rowNumber = 0;
  let column = -1;
  let cells: Cell[] = [];
  let type = 'n';
  let style = 0;
  let value = '';
  let inValue = false;

  const endCell = () => {
    const stored = type === 'inlineStr' ? unescapeText(inline.take()) : value;
    const text = stored === '' ? '' : cleanCell(cellText(stored, type, style, context));
    if (text === '') return;
    if (text.length > bounds.cellChars) throw new WorkbookRefused('FILE_CELL_TOO_LONG', {}, sheet, rowNumber);
    counter.cells += 1;
    if (counter.cells > bounds.cells) throw new WorkbookRefused('FILE_TOO_MANY_CELLS', {}, sheet, rowNumber);
    cells.push({ column, text });
  };

  const endRow = () => {
    inRow = false;
    if (cells.length === 0) return;
    if (rows.length >= bounds.rows) {
      throw new WorkbookRefused('FILE_TOO_MANY_ROWS', { rows: String(bounds.rows) }, sheet, rowNumber);
    }
    cells.sort((a, b) => a.column - b.column);
    rows.push({ number: rowNumber, cells });
    cells = [];
  };

  const handler: PartHandler = {
    open(name, attribute) {
      if (name === 'row') {
        inRow = true;
        const given = Number(attribute('r'));
        rowNumber = Number.isInteger(given) && given > 0 ? given : rowNumber + 1;
        column = -1;
      } else if (name === 'c' && inRow) {
        const reference = attribute('r');
        column = reference ? columnIndex(reference.replace(/\d+$/, '').toUpperCase()) : column + 1;
        if (column < 0) throw new WorkbookRefused('FILE_DAMAGED', { part: sheet }, sheet, rowNumber);
        type = attribute('t') ?? 'n';
        style = Number(attribute('s') ?? 0);
        value = '';
      } else if (name === 'v') inValue = true;
      else inline.open(name);
    },
    close(name) {
      if (name === 'v') inValue = false;
      else if (name === 'c' && inRow) endCell();
      else if (name === 'row') endRow();
      else inline.close(name);
    },
    text(piece) {
      if (inValue) value += piece;
      else inline.text(piece);
    },
  };
  return { rows, handler };
}

function cellText(stored: string, type: string, style: number, context: SheetContext): string {
  switch (type) {
    case 's':
      return context.strings[Number(stored)] ?? '';
    case 'b':
      return stored.trim() === '1' ? 'TRUE' : 'FALSE';
    case 'd':
      return isoDateText(stored.trim());
    case 'n': {
      const kind = context.kinds[style] ?? 'number';
      if (kind === 'date') return dateText(stored.trim(), context.book.epoch1904);
      if (kind === 'duration') return durationText(stored.trim());
      return numberText(stored.trim());
    }
    case 'str':
      return unescapeText(stored);
    default:
      return stored;
  }
}

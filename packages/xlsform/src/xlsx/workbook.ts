import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import { cleanCell, type NumberKind, numberKind, unescapeText } from './cells.ts';
import { WorkbookRefused } from './refusal.ts';
import { type Row, readSheet, textCollector } from './sheet.ts';
import { readXmlPart } from './xml.ts';
import { type Archive, openArchive } from './zip.ts';

/** Most cell styles and number formats; Excel itself stops at 65,490. */
const MOST_STYLES = 100_000;
/** Longest number format that is looked at; Excel itself stops at 255 characters. */
const LONGEST_FORMAT = 1_000;

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
  const folder = bookPart.slice(0, bookPart.lastIndexOf('/') + 1);
  const relations = readRelations(archive, `${folder}_rels/${bookPart.slice(folder.length)}.rels`, bounds);
  const strings = readSharedStrings(archive, relations.byType('sharedStrings', folder), bounds);
  const kinds = readNumberKinds(archive, relations.byType('styles', folder), bounds);
  const counter = { cells: 0, chars: 0 };
  const sheets: Sheet[] = [];
  for (const { name, relation } of book.sheets) {
    const part = relations.byId(relation, folder);
    if (!part || !archive.names.has(part)) continue;
    // A chart sheet is listed like a sheet and has no rows.
    if (!/worksheets?\//i.test(part) && /chartsheets\//i.test(part)) continue;
    sheets.push({
      name,
      rows: readSheet(archive, part, name, { strings, kinds, epoch1904: book.epoch1904, bounds, counter }),
    });
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
        if (book.sheets.length >= limits.sheets) throw new WorkbookRefused('FILE_TOO_MANY_SHEETS');
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
      if (list.length >= limits.entries) throw new WorkbookRefused('FILE_DAMAGED', { part });
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
      if (codes.size > MOST_STYLES || kinds.length > MOST_STYLES) throw new WorkbookRefused('FILE_DAMAGED', { part });
      if (name === 'numFmt') {
        codes.set(Number(attribute('numFmtId')), (attribute('formatCode') ?? '').slice(0, LONGEST_FORMAT));
      } else if (name === 'cellXfs') inCellFormats = true;
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

import type { Limits } from '../limits.ts';
import {
  cleanCell,
  columnIndex,
  dateText,
  durationText,
  isoDateText,
  type NumberKind,
  numberText,
  unescapeText,
} from './cells.ts';
import { WorkbookRefused } from './refusal.ts';
import type { PartHandler } from './scan.ts';
import { readXmlPart } from './xml.ts';
import type { Archive } from './zip.ts';

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

/** Collects the text of <t> elements, leaving out phonetic runs. */
export function textCollector() {
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

/** What a sheet's cells point to, and the limits they count against. */
export interface SheetContext {
  readonly strings: readonly string[];
  readonly kinds: readonly NumberKind[];
  readonly epoch1904: boolean;
  readonly bounds: Limits;
  readonly counter: { cells: number; chars: number };
}

/** Reads the rows of one worksheet part. */
export function readSheet(archive: Archive, part: string, sheet: string, context: SheetContext): Row[] {
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
    counter.chars += text.length;
    if (counter.chars > bounds.textChars) throw new WorkbookRefused('FILE_TOO_MUCH_TEXT', {}, sheet, rowNumber);
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
      if (kind === 'date') return dateText(stored.trim(), context.epoch1904);
      if (kind === 'duration') return durationText(stored.trim());
      return numberText(stored.trim());
    }
    case 'str':
      return unescapeText(stored);
    default:
      return stored;
  }
}

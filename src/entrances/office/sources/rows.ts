import { columnLetters, type Row, readWorkbook, WorkbookRefused } from '@demilge/xlsform';
import type { NewRow } from '../../../kernel/sources/index.ts';
import { LANGUAGES, type Language, type Text3 } from '../../../platform/i18n/index.ts';
import { Problem, type ProblemPart } from '../../../platform/problem.ts';

const MOST_ROWS = 5_000;

/**
 * Reads the rows of a source from the first sheet of a workbook with the columns row, title_ky, title_ru, title_en, text_ky, text_ru,
 * text_en and meaning. An empty meaning is the row's own key; a hyphen says that the row is not declared the same as any other.
 * @throws Problem 422 registers.sources.unreadable, registers.sources.columns, or registers.sources.cells with a part per cell
 */
export async function readSourceRows(bytes: Uint8Array): Promise<NewRow[]> {
  const sheet = await firstSheet(bytes);
  const [head, ...body] = sheet;
  const column = new Map(head?.cells.map((cell) => [cell.text.trim().toLowerCase(), cell.column]));
  const key = column.get('row');
  if (key === undefined || !LANGUAGES.some((language) => column.has(`title_${language}`)))
    throw new Problem(422, 'registers.sources.columns');
  const parts: ProblemPart[] = [];
  const rows = body.slice(0, MOST_ROWS).map((row) => {
    const cell = (name: string): string => row.cells.find((one) => one.column === column.get(name))?.text.trim() ?? '';
    const words = (name: string): Text3 =>
      Object.fromEntries(
        LANGUAGES.map((language): [Language, string] => [language, cell(`${name}_${language}`)]).filter(
          ([, text]) => text !== '',
        ),
      );
    const rowKey = cell('row');
    if (!rowKey) parts.push({ at: `${columnLetters(key)}${row.number}`, key: 'registers.sources.noRowKey' });
    const meaning = cell('meaning');
    return {
      rowKey,
      title: words('title'),
      text: words('text'),
      meaning: meaning === '-' || meaning === '–' ? null : meaning || rowKey,
    };
  });
  if (parts.length > 0)
    throw new Problem(
      422,
      'registers.sources.cells',
      {
        cells: parts
          .slice(0, 20)
          .map((part) => part.at)
          .join(', '),
      },
      parts.slice(0, 100),
    );
  return rows;
}

async function firstSheet(bytes: Uint8Array): Promise<readonly Row[]> {
  try {
    const { sheets } = await readWorkbook(bytes);
    return sheets.find((sheet) => sheet.rows.length > 0)?.rows ?? [];
  } catch (error) {
    if (!(error instanceof WorkbookRefused)) throw error;
    throw new Problem(422, 'registers.sources.unreadable', {
      place: error.row ? `${error.sheet} ${error.row}` : '–',
      code: error.code,
    });
  }
}

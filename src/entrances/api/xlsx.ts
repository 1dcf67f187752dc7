import type { SheetFormat } from './sheets.ts';
import { allTables, type Cell, type Table } from './tables.ts';
import type { ZipEntry } from './zip.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Rows of one sheet, the head included; Excel opens no more. */
export const MOST_ROWS = 1_048_576;
/** Characters of one cell. */
const MOST_TEXT = 32_767;

// Signs that XML 1.0 cannot hold (controls, halves of pairs, non-characters); Excel refuses a whole file for one of them.
const FORBIDDEN = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;
const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const SPECIAL = /[&<>"]/g;

/** Text as it may stand in XML. */
export function xmlText(text: string): string {
  return text.replace(FORBIDDEN, '').replace(SPECIAL, (sign) => SIGNS[sign] ?? sign);
}

/** 'A', 'B' … 'AA': the letters of a column, kept because every cell names them. */
const letters: string[] = [];
function letterOf(column: number): string {
  const known = letters[column];
  if (known) return known;
  const last = String.fromCharCode(65 + (column % 26));
  const made = column < 26 ? last : letterOf(Math.floor(column / 26) - 1) + last;
  letters[column] = made;
  return made;
}

/** An empty cell is not written. */
function line(cells: readonly Cell[], number: number): string {
  if (number > MOST_ROWS) throw new Error(`A sheet has more than ${MOST_ROWS} rows`);
  let text = `<row r="${number}">`;
  for (let i = 0; i < cells.length; i++) {
    const value = cells[i] ?? null;
    if (value === null) continue;
    text += `<c r="${letterOf(i)}${number}"`;
    text +=
      typeof value === 'number'
        ? `><v>${value}</v></c>`
        : ` t="inlineStr"><is><t xml:space="preserve">${xmlText(value.slice(0, MOST_TEXT))}</t></is></c>`;
  }
  return `${text}</row>`;
}

/** Sheets of a workbook; a number is a number, everything else a text, so that no answer can run as a formula. */
export const xlsxFormat: SheetFormat = {
  fileName: (_, index) => `xl/worksheets/sheet${index + 1}.xml`,
  begin: (names) =>
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${line(names, 1)}`,
  line,
  end: '</sheetData></worksheet>',
};

/** The parts of the workbook around its sheets. */
export async function* workbookParts(root: Table, title: string): AsyncGenerator<ZipEntry> {
  const names = sheetNames(allTables(root), title);
  yield part('[Content_Types].xml', [
    `<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>`,
    ...names.map(
      (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
    ),
    '</Types>',
  ]);
  yield part('_rels/.rels', [
    `<Relationships xmlns="${PACKAGE}/relationships">`,
    `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ]);
  yield part('xl/workbook.xml', [
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>`,
    ...names.map((name, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`),
    '</sheets></workbook>',
  ]);
  yield part('xl/_rels/workbook.xml.rels', [
    `<Relationships xmlns="${PACKAGE}/relationships">`,
    ...names.map(
      (_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
    ),
    '</Relationships>',
  ]);
}

/** Excel's rules for names of sheets: at most 31 signs, none of []:*?/\, each once whatever its case. */
function sheetNames(tables: readonly Table[], title: string): readonly string[] {
  const taken = new Set<string>();
  return tables.map((table, i) => {
    const wanted = (table.name || title).replace(/[[\]:*?/\\']/g, ' ').trim() || `${i + 1}`;
    let name = wanted.slice(0, 31);
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted.slice(0, 27)} ${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

function part(name: string, lines: readonly string[]): ZipEntry {
  return {
    name,
    chunks: (async function* () {
      yield XML + lines.join('');
    })(),
  };
}

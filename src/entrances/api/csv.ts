import { slug } from '../../platform/i18n/index.ts';
import type { SheetFormat } from './sheets.ts';
import type { Cell } from './tables.ts';

/** A spreadsheet would run such a text as a formula: it gets a mark before it. */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly Cell[]): string => {
  let text = '';
  for (let i = 0; i < cells.length; i++) text += (i > 0 ? ',' : '') + cell(cells[i] ?? null);
  return `${text}\r\n`;
};

/** Comma-separated values in UTF-8 with its mark, one file per table: 'visit.csv', 'visit-problem.csv'. */
export function csvFormat(formKey: string): SheetFormat {
  return {
    fileName: (table) => `${slug(formKey)}${table.name && `-${slug(table.name)}`}.csv`,
    begin: (names) => `\uFEFF${line(names)}`,
    line,
    end: '',
  };
}

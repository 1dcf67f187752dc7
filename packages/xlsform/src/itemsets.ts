import type { Sheet } from './xlsx/workbook.ts';

/** Writes the external_choices sheet as the itemsets.csv that goes along with the form; every value in quotes. */
export function itemsetsCsv(sheet: Sheet): string {
  const header = sheet.rows[0]?.number === 1 ? sheet.rows[0].cells : [];
  const quote = (text: string) => `"${text.replace(/"/g, '""')}"`;
  const lines = [header.map((cell) => quote(cell.text)).join(',')];
  for (const row of sheet.rows) {
    if (row.number === 1) continue;
    const texts = header.map(({ column }) => row.cells.find((cell) => cell.column === column)?.text ?? '');
    if (texts.some((text) => text !== '')) lines.push(texts.map(quote).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
}

import { readFile } from 'node:fs/promises';
import { compileWorkbook } from '@demilge/xlsform';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { CHECKLIST } from '../items.ts';
import { FORMS, workbookPath } from './make.ts';
import { sheetsOf, workbookBytes } from './workbook.ts';

describe.each(FORMS.map((form) => [form.file, form] as const))('the workbook %s', (_file, form) => {
  it('compiles without a single remark, in three languages', async () => {
    const compiled = await compileWorkbook(new Uint8Array(await readFile(workbookPath(form))));
    expect(compiled.diagnostics).toEqual([]);
    expect(compiled.languages).toEqual(['Кыргызча (ky)', 'Русский (ru)', 'English (en)']);
    expect([compiled.formId, compiled.version]).toEqual([form.formId, form.version]);
  });

  it('says what the data says: nobody edited one without the other', async () => {
    expect(Buffer.from(workbookBytes(form)).equals(await readFile(workbookPath(form)))).toBe(true);
  });

  it('opens in a spreadsheet with every cell as text', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(workbookPath(form));
    const read = Object.fromEntries(
      workbook.worksheets.map((sheet) => [
        sheet.name,
        Array.from({ length: sheet.rowCount }, (_, row) =>
          Array.from(
            { length: sheet.columnCount },
            (_, column) => sheet.getRow(row + 1).getCell(column + 1).value ?? '',
          ),
        ),
      ]),
    );
    expect(read).toEqual(sheetsOf(form));
  });
});

describe('the visit', () => {
  it('asks every item that is not computed from talks, and every photo says what is never photographed', async () => {
    const visit = FORMS[0];
    const names = visit?.survey.map((row) => row.name);
    const asked = CHECKLIST.filter((item) => item.answer.kind !== 'interviews').map((item) => item.id);
    expect(asked.filter((id) => !names?.includes(id))).toEqual([]);
    const photos = visit?.survey.filter((row) => row.type === 'image') ?? [];
    expect(photos.map((row) => row.hint?.en)).toEqual(photos.map(() => 'Never photograph patients or records.'));
    expect(names?.filter((name) => name?.includes('score'))).toEqual([]);
  });
});

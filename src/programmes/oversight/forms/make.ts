/**
 * Writes the kind's workbooks from its data: `node --conditions=demilge-source --import tsx
 * src/programmes/oversight/forms/make.ts`. The workbooks are kept in the repository, because they are what a
 * coordinator downloads, edits and uploads again; a test says when they no longer match the data.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ANSWER_FORM, FIX_FORM } from './answer.ts';
import type { FormSheets } from './rows.ts';
import { VISIT_FORM } from './visit.ts';
import { workbookBytes } from './workbook.ts';

export const FORMS: readonly FormSheets[] = [VISIT_FORM, ANSWER_FORM, FIX_FORM];

/** Where a form's workbook lies. */
export function workbookPath(form: FormSheets): string {
  return fileURLToPath(new URL(form.file, import.meta.url));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const form of FORMS) await writeFile(workbookPath(form), workbookBytes(form));
}

import { type Diagnostic, diagnosticText } from '@demilge/xlsform';
import type { FormWarning } from './form.ts';

/** A diagnostic as a part of a Problem: where it stands ('survey!12!label'), and its words in every language. */
export function diagnosticPart(diagnostic: Diagnostic): FormWarning {
  const { sheet, row, column, code, severity, value } = diagnostic;
  const at = [sheet, row > 0 ? String(row) : '', column].join('!').replace(/!+$/, '');
  const words = (language: 'ky' | 'ru' | 'en'): string => diagnosticText(diagnostic, language);
  const said = { text_ky: words('ky'), text_ru: words('ru'), text_en: words('en') };
  const details = { code, severity, ...(value !== undefined && { value }), ...said };
  return { at, key: 'forms.diagnostic', details };
}

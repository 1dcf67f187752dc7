import type { Diagnostic } from '@demilge/xlsform';
import type { FormWarning } from './form.ts';

/** A diagnostic as a part of a Problem: where it stands ('survey!12!label') and the key of its words. */
export function diagnosticPart(diagnostic: Diagnostic): FormWarning {
  const { sheet, row, column, code, severity, params, suggestion } = diagnostic;
  const at = [sheet, row > 0 ? String(row) : '', column].join('!').replace(/!+$/, '');
  return {
    at,
    key: `forms.diagnostic.${code}`,
    details: { ...params, severity, ...(suggestion === undefined ? {} : { suggestion }) },
  };
}

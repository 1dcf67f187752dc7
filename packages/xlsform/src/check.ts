import type { Report } from './diagnostics.ts';
import type { Form } from './form.ts';

export function checkForm(
  _form: Form,
  _external: boolean,
  _files: Iterable<string> | undefined,
  _report: Report,
): { files: string[] } {
  return { files: [] };
}

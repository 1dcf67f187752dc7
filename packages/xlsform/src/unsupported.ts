import type { Form } from './form.ts';
import { isSearch } from './instances.ts';
import { descendants } from './tree.ts';

/** A question that our own web form cannot show yet, and why, by message code. */
export interface Unsupported {
  readonly name: string;
  readonly path: string;
  readonly row: number;
  readonly code: 'UNSUPPORTED_TYPE' | 'UNSUPPORTED_SEARCH' | 'UNSUPPORTED_EXTERNAL_APP';
  readonly value: string;
}

const OUTSIDE_A_BROWSER = new Set(['osm', 'select_one_external', 'background-audio']);

/** Questions for which the author should know that a phone with ODK Collect is needed. */
export function unsupportedQuestions(form: Form): Unsupported[] {
  const found: Unsupported[] = [];
  for (const node of descendants(form.survey.root)) {
    const at = { name: node.name, path: node.path, row: node.row.row };
    const type = node.type?.name ?? '';
    const appearance = node.row.fields.get('control.appearance')?.value;
    if (OUTSIDE_A_BROWSER.has(type)) found.push({ ...at, code: 'UNSUPPORTED_TYPE', value: type });
    if (node.select && isSearch(node)) found.push({ ...at, code: 'UNSUPPORTED_SEARCH', value: String(appearance) });
    const intent = node.control.intent ?? node.row.fields.get('control.intent')?.value;
    const outside = typeof appearance === 'string' && /(?:^|\s)ex:/.test(appearance) ? appearance : intent;
    if (typeof outside === 'string') found.push({ ...at, code: 'UNSUPPORTED_EXTERNAL_APP', value: outside });
  }
  return found;
}

import type { Diagnostic } from './diagnostics.ts';
import en from './messages/en.json' with { type: 'json' };
import ky from './messages/ky.json' with { type: 'json' };
import ru from './messages/ru.json' with { type: 'json' };

/** Languages that the catalogue speaks. */
export type Language = 'ky' | 'ru' | 'en';

const CATALOGUES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { ky, ru, en };

/** Fills {name} with the value of that name; a placeholder without a value stays as it is. */
function fill(text: string, params: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? params[name]! : whole));
}

/** A message of the catalogue by its key; the key itself where the catalogue has none. */
export function messageText(key: string, params: Readonly<Record<string, string>>, language: Language): string {
  return fill(CATALOGUES[language][key] ?? key, params);
}

/** What a diagnostic says, with the nearest valid word, but without the place it points to. */
export function diagnosticText(diagnostic: Diagnostic, language: Language): string {
  // A value that is missing altogether leaves its quotes empty.
  const said = messageText(diagnostic.code, { value: '', ...diagnostic.params }, language);
  if (diagnostic.suggestion === undefined) return said;
  return `${said} ${messageText('suggestion', { suggestion: diagnostic.suggestion }, language)}`;
}

/** Where a diagnostic points, in words: "sheet survey, row 3, column name"; '' for the file as a whole. */
export function diagnosticPlace({ sheet, row, column }: Diagnostic, language: Language): string {
  const parts: string[] = [];
  if (sheet !== '') parts.push(messageText('place.sheet', { sheet }, language));
  if (row > 0) parts.push(messageText('place.row', { row: String(row) }, language));
  if (column !== '') parts.push(messageText('place.column', { column }, language));
  return parts.join(', ');
}

import { formatNumber } from './format.ts';
import type { Language } from './locale.ts';

export type Flat = Readonly<Record<string, string>>;
/** The words of one room: flat, dotted keys that begin with the room's name, the same in all three languages. */
export type Catalogue = Readonly<Record<Language, Flat>>;
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/**
 * Makes the look-up of one language over all catalogues.
 *
 * Placeholders: `{name}`; a counted noun is `{n|мектеп}` (ky), `{n|школа|школы|школ}` (ru), `{n|school|schools}` (en) and prints
 * the number, a no-break space and the form. Kyrgyz keeps the singular after a numeral, so one form is enough there.
 * An unknown key throws: a missing word is a bug that the house test finds first.
 */
export function makeTranslator(language: Language, catalogues: readonly Catalogue[]): Translate {
  const words = new Map<string, string>();
  for (const catalogue of catalogues)
    for (const [key, text] of Object.entries(catalogue[language])) words.set(key, text);
  return (key, params = {}) => {
    const text = words.get(key);
    if (text === undefined) throw new Error(`No ${language} words for "${key}"`);
    if (!text.includes('{')) return text;
    return text.replace(/\{(\w+)((?:\|[^|}]*)*)\}/g, (whole, name: string, forms: string) => {
      const value = params[name];
      if (value === undefined) return whole;
      if (!forms) return typeof value === 'number' ? formatNumber(language, value) : value;
      return `${formatNumber(language, Number(value))}\u00a0${pluralForm(language, Number(value), forms.slice(1).split('|'))}`;
    });
  };
}

/** CLDR cardinal rules: ky and en one/other, ru one/few/many (a fraction takes the "few" form: 1,5 школы). */
function pluralForm(language: Language, n: number, forms: readonly string[]): string {
  const last = forms[forms.length - 1] ?? '';
  if (language !== 'ru') return (n === 1 ? forms[0] : last) ?? last;
  if (!Number.isInteger(n)) return forms[1] ?? last;
  const tens = Math.abs(n) % 100;
  const ones = tens % 10;
  if (ones === 1 && tens !== 11) return forms[0] ?? last;
  if (ones >= 2 && ones <= 4 && (tens < 12 || tens > 14)) return forms[1] ?? last;
  return forms[2] ?? last;
}

import type { Translate } from './catalogue.ts';
import { formatDate, formatDateTime, formatMonth, formatNumber, formatPeriod, type Precision } from './format.ts';

/** Kyrgyz is the first language of the product. */
export const LANGUAGES = ['ky', 'ru', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}

/** A text that people wrote in one or more of the three languages. */
export type Text3 = Partial<Record<Language, string>>;

/** All that a page needs to speak one language. */
export type Locale = {
  readonly language: Language;
  readonly t: Translate;
  /** The text in this language, or the best other one: ky and ru readers fall back to each other before en. */
  readonly pick: (text: Text3 | null | undefined) => string;
  /** The language that `pick` chose, for the `lang` attribute. */
  readonly pickLanguage: (text: Text3 | null | undefined) => Language;
  readonly date: (day: string) => string;
  readonly month: (day: string) => string;
  readonly period: (from: string | null, to: string | null, precision?: Precision) => string;
  readonly dateTime: (moment: Date) => string;
  readonly number: (value: number, digits?: number) => string;
  /** 0.5 → 50 %; ky and en write no space. */
  readonly percent: (share: number, digits?: number) => string;
  /** Som by default; any other currency by its code. */
  readonly money: (amount: number, currency?: string) => string;
  /** The order in which people expect names; on the server the same as COLLATE "ky-x-icu". */
  readonly compare: (a: string, b: string) => number;
  /** The address of a page in this language: '/office' → '/ky/office'. */
  readonly href: (path: string) => string;
};

const FALLBACK: Record<Language, readonly Language[]> = {
  ky: ['ky', 'ru', 'en'],
  ru: ['ru', 'ky', 'en'],
  en: ['en', 'ru', 'ky'],
};
const SOM: Record<Language, string> = { ky: 'сом', ru: 'сом', en: 'som' };

export function makeLocale(language: Language, t: Translate): Locale {
  const choose = (text: Text3 | null | undefined): Language => FALLBACK[language].find((l) => text?.[l]) ?? language;
  return {
    language,
    t,
    pick: (text) => text?.[choose(text)] ?? '',
    pickLanguage: choose,
    date: (day) => formatDate(language, day),
    month: (day) => formatMonth(language, day),
    period: (from, to, precision) => formatPeriod(language, from, to, precision),
    dateTime: (moment) => formatDateTime(language, moment),
    number: (value, digits) => formatNumber(language, value, digits),
    percent: (share, digits = 0) =>
      `${formatNumber(language, share * 100, digits)}${language === 'ru' ? '\u00a0' : ''}%`,
    money: (amount, currency = 'KGS') => {
      const digits = Number.isInteger(amount) ? 0 : 2;
      return `${formatNumber(language, amount, digits)}\u00a0${currency === 'KGS' ? SOM[language] : currency}`;
    },
    compare: (a, b) => compareWords(language, a, b),
    href: (path) => `/${language}${path === '/' ? '' : path}`,
  };
}

const ORDER = new Map([...'абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя'].map((letter, i) => [letter, i] as const));

/** Alphabetical order of the 36 Kyrgyz letters, written here because Chromium has no ky collation; e and ё count as one first. */
function compareWords(language: Language, a: string, b: string): number {
  if (language === 'en') return a.localeCompare(b, 'en');
  const x = rank(a);
  const y = rank(b);
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(text: string): number[] {
  return [...text.toLowerCase()].map((letter) => {
    const place = ORDER.get(letter === 'ё' ? 'е' : letter);
    return place === undefined ? letter.codePointAt(0)! : 0x10000 + place;
  });
}

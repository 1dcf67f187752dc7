import type { Language } from './locale.ts';

/**
 * Months in the form that stands inside a date: ky keeps the plain form (2010-ж. 17-март), ru takes the genitive (17 марта).
 * These tables are ours because Chromium has no ky data and Intl's numeric ky dates print year-DAY-month.
 */
const MONTHS: Record<Language, readonly string[]> = {
  ky: [
    'январь',
    'февраль',
    'март',
    'апрель',
    'май',
    'июнь',
    'июль',
    'август',
    'сентябрь',
    'октябрь',
    'ноябрь',
    'декабрь',
  ],
  ru: [
    'января',
    'февраля',
    'марта',
    'апреля',
    'мая',
    'июня',
    'июля',
    'августа',
    'сентября',
    'октября',
    'ноября',
    'декабря',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};
const RU_MONTHS_ALONE = [
  'январь',
  'февраль',
  'март',
  'апрель',
  'май',
  'июнь',
  'июль',
  'август',
  'сентябрь',
  'октябрь',
  'ноябрь',
  'декабрь',
];

/** How exactly a date is known. */
export type Precision = 'day' | 'month' | 'year';

/** A day as people write it, with hyphens that a narrow column does not break: «2010-ж. 17-март», «17 марта 2010 г.», "17 March 2010". Takes 'YYYY-MM-DD'. */
export function formatDate(language: Language, day: string): string {
  const [year, month, date] = parts(day);
  const name = MONTHS[language][month - 1];
  if (language === 'ky') return `${year}\u2011ж.\u00a0${date}\u2011${name}`;
  if (language === 'ru') return `${date}\u00a0${name} ${year}\u00a0г.`;
  return `${date}\u00a0${name} ${year}`;
}

/** A month and year: «2010-ж. март», «март 2010 г.», "March 2010". */
export function formatMonth(language: Language, day: string): string {
  const [year, month] = parts(day);
  if (language === 'ky') return `${year}\u2011ж. ${MONTHS.ky[month - 1]}`;
  if (language === 'ru') return `${RU_MONTHS_ALONE[month - 1]} ${year}\u00a0г.`;
  return `${MONTHS.en[month - 1]} ${year}`;
}

/** From–to with the precision that is known; an open end is left open. */
export function formatPeriod(
  language: Language,
  from: string | null,
  to: string | null,
  precision: Precision = 'day',
): string {
  const one = (day: string): string => {
    if (precision === 'year') return day.slice(0, 4);
    return precision === 'month' ? formatMonth(language, day) : formatDate(language, day);
  };
  if (from && to) return one(from) === one(to) ? one(from) : `${one(from)} – ${one(to)}`;
  if (from) return `${one(from)} –`;
  return to ? `– ${one(to)}` : '';
}

/** A moment in the country's time (UTC+6, no summer time since 2005): date and hh:mm. */
export function formatDateTime(language: Language, moment: Date): string {
  const local = new Date(moment.getTime() + 6 * 3_600_000).toISOString();
  return `${formatDate(language, local.slice(0, 10))}, ${local.slice(11, 16)}`;
}

/** 1 234 567,89 in ky and ru, 1,234,567.89 in English. `digits` fixes the decimals; without it up to two are shown. */
export function formatNumber(language: Language, value: number, digits?: number): string {
  const fixed = digits === undefined ? String(Math.round(value * 100) / 100) : value.toFixed(digits);
  const [whole = '0', fraction] = fixed.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, language === 'en' ? ',' : '\u00a0');
  const text = fraction ? `${grouped}${language === 'en' ? '.' : ','}${fraction}` : grouped;
  return value < 0 && Number(fixed) !== 0 ? `−${text}` : text;
}

function parts(day: string): [number, number, number] {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  return [year ?? 0, month ?? 1, date ?? 1];
}

export { type Catalogue, type Flat, makeTranslator, type Translate } from './catalogue.ts';
export { COUNTRY_MINUTES, countryDay } from './country.ts';
export { fold, folds, slug } from './fold.ts';
export { formatDate, formatDateTime, formatMonth, formatNumber, formatPeriod, type Precision } from './format.ts';
export { isLanguage, LANGUAGES, type Language, type Locale, makeLocale, type Text3 } from './locale.ts';

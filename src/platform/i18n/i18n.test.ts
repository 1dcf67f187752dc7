import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fold,
  folds,
  formatDate,
  formatDateTime,
  formatMonth,
  formatNumber,
  formatPeriod,
  makeLocale,
  makeTranslator,
  slug,
} from './index.ts';

const words = {
  ky: { 'sample.schools': '{n|мектеп}', 'sample.who': '{name} келди' },
  ru: { 'sample.schools': '{n|школа|школы|школ}', 'sample.who': 'Приехала {name}' },
  en: { 'sample.schools': '{n|school|schools}', 'sample.who': '{name} came' },
};
const locale = (language: 'ky' | 'ru' | 'en') => makeLocale(language, makeTranslator(language, [words]));

describe('dates', () => {
  test('the association’s founding day reads as people write it, never year-day-month', () => {
    expect(formatDate('ky', '2010-03-17')).toBe('2010\u2011ж.\u00a017\u2011март');
    expect(formatDate('ru', '2010-03-17')).toBe('17\u00a0марта 2010\u00a0г.');
    expect(formatDate('en', '2010-03-17')).toBe('17\u00a0March 2010');
  });

  test('a month stands alone in the nominative', () => {
    expect(formatMonth('ky', '2015-09-01')).toBe('2015\u2011ж. сентябрь');
    expect(formatMonth('ru', '2015-09-01')).toBe('сентябрь 2015\u00a0г.');
  });

  test('a project’s period keeps the precision that is known, and an open end stays open', () => {
    expect(formatPeriod('en', '2011-04-01', '2012-04-01', 'month')).toBe('April 2011 – April 2012');
    expect(formatPeriod('en', '2015-09-01', null, 'month')).toBe('September 2015 –');
    expect(formatPeriod('en', null, null)).toBe('');
  });

  test('a moment is told in the country’s time', () => {
    expect(formatDateTime('en', new Date('2016-04-30T20:15:00Z'))).toBe('1\u00a0May 2016, 02:15');
  });
});

describe('numbers', () => {
  test('are grouped by no-break spaces and a comma in ky and ru, by commas and a point in English', () => {
    expect(formatNumber('ky', 1234567.89)).toBe('1\u00a0234\u00a0567,89');
    expect(formatNumber('ru', -3200)).toBe('−3\u00a0200');
    expect(formatNumber('en', 1234567.891, 1)).toBe('1,234,567.9');
  });

  test('never print minus zero', () => {
    expect(formatNumber('ru', -0.001, 1)).toBe('0,0');
  });

  test('the noun follows the number: singular in Kyrgyz, three forms in Russian', () => {
    expect([1, 2, 5, 11, 21, 60, 112].map((n) => locale('ru').t('sample.schools', { n }))).toEqual([
      '1\u00a0школа',
      '2\u00a0школы',
      '5\u00a0школ',
      '11\u00a0школ',
      '21\u00a0школа',
      '60\u00a0школ',
      '112\u00a0школ',
    ]);
    expect([1, 60].map((n) => locale('ky').t('sample.schools', { n }))).toEqual(['1\u00a0мектеп', '60\u00a0мектеп']);
    expect([1, 60].map((n) => locale('en').t('sample.schools', { n }))).toEqual(['1\u00a0school', '60\u00a0schools']);
  });

  test('money keeps its currency: som by its name, others by their code', () => {
    expect(locale('ky').money(185600.5)).toBe('185\u00a0600,50\u00a0сом');
    expect(locale('ru').money(33000, 'EUR')).toBe('33\u00a0000\u00a0EUR');
  });

  test('Russian writes a space before the percent sign, Kyrgyz does not', () => {
    expect([locale('ky').percent(0.375, 1), locale('ru').percent(0.375, 1)]).toEqual(['37,5%', '37,5\u00a0%']);
  });
});

describe('search', () => {
  test('folds what a Russian keyboard, an old font or a look-alike put in place of ө, ү and ң', () => {
    for (const [written, meant] of [
      ['окмотунун', 'өкмөтүнүн'],
      ['белгилѳѳ', 'белгилөө'],
      ['Кɵл', 'Көл'],
      ['деӊиз', 'деңиз'],
      ['Кеўеш', 'Кеңеш'],
      ['ѲКМҮТY', 'өкмүтү'],
    ] as const) {
      expect(fold(written)).toBe(fold(meant));
    }
  });

  test('keeps й apart from и', () => {
    expect(fold('май')).not.toBe(fold('маи'));
  });

  test('folding twice changes nothing, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)));
    fc.assert(fc.property(fc.string(), (text) => folds(text).every((word) => !/\s/.test(word))));
  });
});

test('names sort by the 36 letters: ң after н, ө after о, ү after у, ё with е', () => {
  const sorted = ['Ырыс', 'Үмүт', 'Ууз', 'Өмүр', 'Ормон', 'Ңа', 'Нур', 'Ёлка', 'Ел'].sort(locale('ky').compare);
  expect(sorted).toEqual(['Ел', 'Ёлка', 'Нур', 'Ңа', 'Ормон', 'Өмүр', 'Ууз', 'Үмүт', 'Ырыс']);
});

test('a text in one language only is shown to everyone, and says which it is', () => {
  expect(locale('en').pick({ ky: 'Айыл чогулушу' })).toBe('Айыл чогулушу');
  expect(locale('en').pickLanguage({ ky: 'Айыл чогулушу' })).toBe('ky');
  expect(locale('ky').pick(null)).toBe('');
});

test('addresses are readable in Latin letters', () => {
  expect(slug('«Мен – өз өлкөмдүн жаранымын»')).toBe('men-oz-olkomdun-jaranymyn');
  expect(slug('Жалал-Абад')).toBe('jalal-abad');
  expect(slug('???')).toBe('x');
});

import { expect, test } from 'vitest';
import { makeLocale, makeTranslator } from '../../../platform/i18n/index.ts';
import { answerText, isInner } from './answers.ts';
import { messages } from './messages/index.ts';

const question = (type: string, labels: Record<string, string> = {}) => ({ type, labels, choices: [] }) as never;

test('what a form reckons for itself and nobody was asked is not an answer; with words it is', () => {
  expect([
    isInner(question('calculate')),
    isInner(question('calculate', { ky: 'Орточо' })),
    isInner(question('text')),
  ]).toEqual([true, false, false]);
});

test('a place says how near it is, in the reader’s words', () => {
  const read = (language: 'ky' | 'ru' | 'en', value: string) =>
    answerText(makeLocale(language, makeTranslator(language, [messages])), question('geopoint'), value, new Map());
  expect([
    read('ky', '42.780304 75.333113 0 16.4'),
    read('ru', '42.780304 75.333113 0 16.4'),
    read('en', '42.780304 75.333113 0 16.4'),
    read('ky', '42.780304 75.333113'),
  ]).toEqual([
    '42.780304, 75.333113 (±16 м)',
    '42.780304, 75.333113 (±16 м)',
    '42.780304, 75.333113 (±16 m)',
    '42.780304, 75.333113',
  ]);
});

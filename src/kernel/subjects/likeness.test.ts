import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIKELY, type Likable, likeness, nameParts } from './likeness.ts';
import { searchPrefixes, sound } from './sound.ts';

const score = (a: Likable, b: Likable) => likeness(a, b).score;

describe('a name is taken apart in each of its usual forms', () => {
  test.each([
    ['Жакшылык кызы Нургүл', ['nurgul'], 'jakshilik', null],
    ['Нургүл Жакшылык кызы', ['nurgul'], 'jakshilik', null],
    ['Бактыбек Нургүл Жакшылык кызы', ['nurgul'], 'jakshilik', 'baktibek'],
    ['Бактыбекова Нургуль Жакшылыковна', ['nurgul'], 'jakshilik', 'baktibek'],
    ['Нургүл Бактыбекова', ['nurgul'], null, 'baktibek'],
    ['Сарпек уулу Камырза', ['kamirz'], 'sarpek', null],
    ['Бактыбек тегин Нургүл', ['nurgul'], null, 'baktibek'],
    ['Нургүл Бактыбек', ['nurgul', 'baktibek'], null, null],
    ['Асан', ['asan'], null, null],
  ])('%s', (name, given, father, surname) => {
    expect(nameParts(name)).toEqual({ given, father, surname });
  });
});

test.each([
  ['Айгүл', 'aigul'],
  ['Айгуль', 'aigul'],
  ['Aigul', 'aigul'],
  ['Aygül', 'aigul'],
  ['Джумабек', 'jumabek'],
  ['Жумабек', 'jumabek'],
  ['Zhumabek', 'jumabek'],
  ['Чыңгыз', 'chiniz'],
  ['Chyngyz', 'chiniz'],
])('%s sounds like %s', (word, expected) => {
  const [prefix = ''] = searchPrefixes(`${word}`);
  expect(sound(prefix.replace('~', ''))).toBe(expected);
});

test('one woman written in four ways is one proposal with its reasons', () => {
  const born = { bornYear: 1990, village: 'Көк-Ой' };
  const first = { name: 'Бактыбекова Нургуль Жакшылыковна', ...born };
  for (const name of ['Бактыбек Нургүл Жакшылык кызы', 'Жакшылык кызы Нургүл', 'Nurgul Jakshylyk kyzy']) {
    const found = likeness(first, { name, ...born });
    expect(found.score, name).toBe(1);
    expect(found.reasons).toEqual(
      expect.arrayContaining([
        'subjects.like.given',
        'subjects.like.father',
        'subjects.like.birth',
        'subjects.like.village',
      ]),
    );
  }
});

test('sisters on one phone stay apart, and so do twins', () => {
  const home = { phone: '0555 12 34 56', village: 'Бала-Саруу' };
  const aigul = { name: 'Асан кызы Айгүл', bornYear: 1998, ...home };
  const ainura = { name: 'Асан кызы Айнура', bornYear: 2001, ...home };
  const twin = { name: 'Асан кызы Айнура', bornYear: 1998, ...home };
  expect(score(aigul, ainura)).toBeLessThan(LIKELY);
  expect(score(aigul, twin)).toBeLessThan(LIKELY);
});

test('a namesake born twenty years later is somebody else', () => {
  const found = likeness({ name: 'Асанова Айгүл', bornYear: 1970 }, { name: 'Асанова Айгүл', bornYear: 1990 });
  expect(found).toEqual({
    score: 0.45,
    reasons: ['subjects.like.given', 'subjects.like.father', 'subjects.like.surname'],
    against: ['subjects.unlike.birth'],
  });
});

test('two brothers whose particle was dropped are not one', () => {
  expect(score({ name: 'Бактыбек Нурлан' }, { name: 'Бактыбек Эрлан' })).toBeLessThan(LIKELY);
});

const person = fc.record({
  name: fc
    .array(
      fc.constantFrom(
        'Айгүл',
        'Aigul',
        'Асан',
        'Үсөн',
        'кызы',
        'уулу',
        'тегин',
        'Асанова',
        'Бактыбекович',
        'Жакшылык',
        'Ali',
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((words) => words.join(' ')),
  sex: fc.constantFrom('f', 'm', null),
  bornYear: fc.option(fc.integer({ min: 1930, max: 2015 })),
  village: fc.constantFrom('Көк-Ой', 'Бала-Саруу', null),
  phone: fc.constantFrom('0555123456', '+996 555 123 456', null),
});

test('likeness is the same from both sides and never leaves 0…1', () => {
  fc.assert(
    fc.property(person, person, (a, b) => {
      const there = likeness(a, b);
      const back = likeness(b, a);
      expect(back).toEqual(there);
      expect(there.score).toBeGreaterThanOrEqual(0);
      expect(there.score).toBeLessThanOrEqual(1);
    }),
    { numRuns: 2000 },
  );
});

test('the same person given twice scores 1', () => {
  const anyone = fc.record({ name: fc.string({ minLength: 1 }).filter((text) => /[\p{L}\p{N}]/u.test(text)) });
  fc.assert(
    fc.property(fc.oneof(person, anyone), (a) => {
      expect(score(a, { ...a })).toBe(1);
    }),
    { numRuns: 2000 },
  );
});

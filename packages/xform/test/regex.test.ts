import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XFormError } from '../src/error.ts';
import { fitsPattern, readPattern } from '../src/regex.ts';

describe('patterns of regex()', () => {
  it('checks a Kyrgyz phone number, an INN and a name as the platform does', () => {
    const cases: [string, string][] = [
      ['0555123456', '^0[0-9]{9}$'],
      ['055512345', '^0[0-9]{9}$'],
      ['+996 555 12-34-56', '^\\+996 ?\\d{3} ?(\\d\\d-?){3}$'],
      ['21504199912345', '^[12]\\d{13}$'],
      ['Айгүл Асанова', '^[А-Яа-яЁёӨөҮүҢң]+( [А-Яа-яЁёӨөҮүҢң]+)*$'],
      ['Айгүл  Асанова', '^[А-Яа-яЁёӨөҮүҢң]+( [А-Яа-яЁёӨөҮүҢң]+)*$'],
      ['айыл@example.kg', '^[^@ ]+@[^@ ]+\\.[a-z]{2,}$'],
      ['барскоон 12', '\\b\\d+\\b'],
      ['abc', 'b'],
      ['abc', '^b'],
      ['', '^$'],
      ['a', '^(a|b)?$'],
      ['Пароль7', '^(?=.*\\d)(?!.*x).+$'],
      ['a-b', '^[a\\-]+[-b]$'],
    ];
    for (const [text, pattern] of cases) {
      expect([text, pattern, fitsPattern(text, pattern)]).toEqual([text, pattern, new RegExp(pattern, 'u').test(text)]);
    }
  });

  it('refuses what it cannot match, so that the author hears of it', () => {
    for (const pattern of ['(a)\\1', '(?<=a)b', '(', 'a)', '[a', '*a', 'a{3,2}', '\\q']) {
      expect(() => readPattern(pattern)).toThrow(XFormError);
      expect(fitsPattern('a', pattern)).toBe(false);
    }
  });

  it('does not hang on a pattern that makes others hang', () => {
    expect(fitsPattern(`${'a'.repeat(2000)}!`, '^(a+)+$')).toBe(false);
    expect(fitsPattern('a'.repeat(2000), '^(a|aa)+$')).toBe(true);
  });

  it('says the same as the platform for any small pattern and text', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      'ө',
      '.',
      '[ab]',
      '[^a]',
      '\\d',
      '\\w',
      '(a|b)',
      '(?:ab)',
      '(a*)',
      '^',
      '$',
      '\\b',
    );
    const piece = fc
      .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '*?'))
      .map(([a, q]) => (/^[\^$]|\\b/.test(a) ? a : a + q));
    const pattern = fc.array(piece, { maxLength: 5 }).map((parts) => parts.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ө', '1', ' '), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        expect(fitsPattern(t, p)).toBe(new RegExp(p, 'u').test(t));
      }),
      { numRuns: 2000 },
    );
  });
});

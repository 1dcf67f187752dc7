import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDynamic } from '../src/defaults.ts';
import { parseXPath } from '../src/xpath/parse.ts';
import { surroundingsAt } from '../src/xpath/scan.ts';

const faults = (expression: string) => parseXPath(expression).faults.map(({ code }) => code);

describe('checking an expression', () => {
  it.each([
    '. >= 0 and . <= 120',
    'if(${age} > 17, \'adult\', "child")',
    'count(${age}[. < 18]) * 2 - -1',
    "instance('rayon')/root/item[oblast = ${obl} and name != '']/label",
    "selected-at(${needs}, 0) = 'water' or not(selected(${needs}, 'road'))",
    'indexed-repeat(${name}, ${person}, position(..) - 1)',
    "jr:choice-name(${yn}, '${yn}')",
    '../../g/x | //y/@id',
    'child::a[position() = last()]/descendant-or-self::node()/text()',
    "pulldata('fruits', 'name', 'key', ${k})",
    'a-b div 2 mod .5',
    'current()/../x',
    '/',
    '*[1]',
    "concat('a', 1., ${last-saved#city})",
  ])('accepts %s', (expression) => {
    expect(faults(expression)).toEqual([]);
  });

  it.each([
    ['${a} >', 'XPATH_SYNTAX'],
    ['(1 + 2', 'XPATH_SYNTAX'],
    ["'open", 'XPATH_SYNTAX'],
    ['${a} == 1', 'XPATH_SYNTAX'],
    ['a b', 'XPATH_SYNTAX'],
    ['1 && 2', 'XPATH_SYNTAX'],
    ['', 'XPATH_SYNTAX'],
    ['if(1, 2)', 'XPATH_ARITY'],
    ['today(1)', 'XPATH_ARITY'],
    ['slected(${a}, 1)', 'XPATH_FUNCTION'],
    ['('.repeat(5_000), 'XPATH_TOO_DEEP'],
  ])('refuses %s', (expression, code) => {
    expect(faults(expression)).toEqual([code]);
  });

  it('tells every unknown function and wrong count of one expression at once', () => {
    expect(faults('contans(${a}, round()) + lenght(${b})')).toEqual([
      'XPATH_ARITY',
      'XPATH_FUNCTION',
      'XPATH_FUNCTION',
    ]);
  });

  it('never throws, whatever stands in a cell', () => {
    const words = fc.constantFrom(
      '${a}',
      '.',
      '..',
      '/',
      '//',
      '[',
      ']',
      '(',
      ')',
      ',',
      'or',
      'and',
      'div',
      '-',
      '+',
      '*',
      '=',
      '!=',
      '<',
      "'x'",
      '"',
      '1',
      'if',
      'instance',
      '@',
      '::',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(words).map((w) => w.join('')),
        ),
        (text) => {
          parseXPath(text);
          const at = [...text.matchAll(/\$\{a\}/g)].map((match) => match.index);
          expect(surroundingsAt(text, at)).toHaveLength(at.length);
          expect(typeof isDynamic(text, 'text')).toBe('boolean');
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('telling a value from an expression in the default column', () => {
  it.each([
    'hello',
    '5',
    '-7',
    'a-b',
    "it's",
    '100%',
    '2024-01-31',
    '10:30:00',
    '2024-01-31T10:00:00+06:00',
    'http://example.org/x?a=1+2',
    'yes no',
    'bread and butter',
    'Талас',
    'a/b',
    "'1 + 1'",
    'x = y',
  ])('takes %s as it stands', (text) => {
    expect(isDynamic(text, 'text')).toBe(false);
  });

  it.each(['today()', '1 + 1', '${a}', 'a * b', 'x | y', '4 div 2', 'once(uuid())', '.[1]'])('computes %s', (text) => {
    expect(isDynamic(text, 'text')).toBe(true);
  });

  it('takes hyphens between coordinates as they stand', () => {
    expect(isDynamic('42.8 - 74.5 0 0', 'geopoint')).toBe(false);
    expect(isDynamic('42.8 - 74.5', 'text')).toBe(true);
  });
});

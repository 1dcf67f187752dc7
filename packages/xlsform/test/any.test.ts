import { compileSheets, type Workbook } from '@demilge/xlsform';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { diagnosticText } from '../src/words.ts';

const TYPES = [
  'text',
  'integer',
  'note',
  'calculate',
  'image',
  'range',
  'geopoint',
  'audit',
  'start',
  'hidden',
  'osm tags',
  'audio',
  'select_one l',
  'select_multiple l',
  'select_one l or_other',
  'rank l',
  'select_one ${b}',
  'select_one_from_file f.csv',
  'select_multiple_from_file f.xml',
  'select_one_external l',
  'xml-external',
  'csv-external',
  'background-geopoint',
  'begin group',
  'end group',
  'begin repeat',
  'end repeat',
  'begin loop over l',
  'end loop',
  'begin_group',
  'set_form_id',
  'nonsense',
  '',
];
const TEXTS = [
  '',
  '',
  '',
  'a',
  'b',
  'c',
  'data',
  'meta',
  'A ${a}',
  '${b}',
  '${a} + ${b}',
  '${c',
  "instance('l')/root/item[name = ${a}]/label",
  '1',
  '-5',
  'yes',
  'no',
  'today()',
  '. > 1',
  'foo(',
  'l#a',
  'people#x',
  'randomize=true seed=${a}',
  'start=1 end=5 step=0',
  'max-pixels=x',
  'reference-geometry=${c}',
  'table-list',
  "search('l')",
  '${last-saved#a}',
  'indexed-repeat(${a}, ${b}, 1)',
  '%(label)s',
  'x y',
  '${a}, ${b}',
  '{',
  '__proto__',
  'constructor',
];
const HEADERS = [
  'type',
  'name',
  'label',
  'label::ky (ky)',
  'label::ru',
  'hint',
  'guidance_hint::ru',
  'relevant',
  'required',
  'constraint',
  'constraint_message',
  'calculation',
  'trigger',
  'default',
  'parameters',
  'appearance',
  'choice_filter',
  'repeat_count',
  'image',
  'media::audio::ru',
  'save_to',
  'bind::x:y',
  'body::z',
  'instance::t',
  'disabled',
  'media::odd',
  '__proto__',
];

const cell = fc.constantFrom(...TEXTS);
const sheet = (name: string, headers: string[], first: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.shuffledSubarray(headers, { minLength: Math.min(2, headers.length) }),
      fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 14 }),
      fc.array(first, { minLength: 14, maxLength: 14 }),
    )
    .map(([columns, rows, firsts]) => ({
      name,
      rows: [columns, ...rows].map((texts, r) => ({
        number: r + 1,
        cells: texts
          .map((text, column) => ({ column, text: r > 0 && columns[column] === headers[0] ? firsts[r % 14]! : text }))
          .filter(({ text }) => text !== ''),
      })),
    }));

const workbook: fc.Arbitrary<Workbook> = fc
  .tuple(
    sheet('survey', HEADERS, fc.constantFrom(...TYPES)),
    sheet(
      'choices',
      ['list_name', 'name', 'label', 'label::ru', 'image', 'extra', 'a b', '__proto__'],
      fc.constantFrom('l', 'l', 'm'),
    ),
    sheet(
      'settings',
      ['form_id', 'form_title', 'name', 'default_language', 'instance_name', 'flat', 'namespaces', 'style'],
      cell,
    ),
    sheet(
      'entities',
      ['list_name', 'label', 'entity_id', 'create_if', 'update_if'],
      fc.constantFrom('people', 'l', ''),
    ),
    sheet('external_choices', ['list_name', 'name', 'label'], fc.constantFrom('l')),
    fc.subarray([0, 1, 2, 3, 4]),
  )
  .map(([survey, choices, settings, entities, external, kept]) => ({
    sheets: [survey, choices, settings, entities, external].filter((_, i) => i === 0 || kept.includes(i)),
  }));

/** What a strict parser has against a document; undefined when nothing. */
function xmlFault(xml: string): string | undefined {
  let fault: string | undefined;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    fault ??= error.message;
  });
  parser.write(xml).close();
  return fault;
}

describe('any sheets at all', () => {
  it('become a form, or diagnostics with a place and words in three languages', () => {
    fc.assert(
      fc.property(workbook, (sheets) => {
        const { ok, xform, diagnostics } = compileSheets(sheets);
        expect(ok).toBe(xform !== undefined);
        expect(ok).toBe(diagnostics.every(({ severity }) => severity === 'warning'));
        if (xform !== undefined) expect(xmlFault(xform)).toBeUndefined();
        for (const diagnostic of diagnostics) {
          expect(diagnostic.sheet).not.toBe('');
          expect(diagnostic.row).toBeGreaterThan(0);
          for (const language of ['ky', 'ru', 'en'] as const) {
            const said = diagnosticText(diagnostic, language);
            expect(said).not.toContain(diagnostic.code);
            expect(said.replaceAll(diagnostic.value ?? '\0', '')).not.toMatch(
              /(?<!\$)\{(value|name|list|other|params|rows|scope|names)\}/,
            );
          }
        }
      }),
      { numRuns: 1_500 },
    );
  });
});

/** Hostile and broken input for the engine's three doors, and what must hold for each: an answer or an XFormError, never else. */
import { evaluateXPath, openForm, parseForm, validateSubmission, XFormError } from '@demilge/xform';
import fc from 'fast-check';
import { FUNCTIONS } from '../src/xpath-functions.ts';
import { form, HOUSEHOLDS, input } from './forms.ts';
import { generateForm } from './generate.ts';
import { kitForms } from './kit.ts';
import { allNodes, controls } from './script.ts';

const DOCUMENT =
  '<data id="x"><village>Барскоон</village><n>5</n><empty/><when>2024-03-05</when><point>42.1 77.5 0 0</point>' +
  '<list>a b c</list><row><name>Айгүл</name><age>31</age></row><row><name>Бакыт</name><age/></row><row><name>Чынара</name><age>7</age><row><name>in</name></row></row></data>';

const steps = fc.constantFrom(
  'village',
  'n',
  'empty',
  'when',
  'point',
  'list',
  'row',
  'name',
  'age',
  '*',
  '.',
  '..',
  '@id',
  'node()',
  'text()',
  'data',
);
const axes = fc.constantFrom(
  'child',
  'parent',
  'self',
  'descendant',
  'descendant-or-self',
  'ancestor',
  'ancestor-or-self',
  'following',
  'preceding',
  'following-sibling',
  'preceding-sibling',
  'attribute',
);
const literals = fc.constantFrom(
  '1',
  '0',
  '-1',
  '.5',
  '1e3',
  '99999999999',
  "''",
  "'a'",
  '"b c"',
  "'2024-03-05'",
  "'42.1 77.5 0 0;42.2 77.6 0 0'",
  "'(a+)+$'",
  "'[a-'",
  "'%Y-%m'",
  "'\u0000'",
  "'😀'",
);
const operators = fc.constantFrom(
  '+',
  '-',
  '*',
  ' div ',
  ' mod ',
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  ' and ',
  ' or ',
  '|',
);
const functions = fc.constantFrom(...Object.keys(FUNCTIONS), 'nosuch', 'constructor', '__proto__');

const { expression } = fc.letrec<{ expression: string; path: string }>((tie) => ({
  path: fc.oneof(
    { maxDepth: 5 },
    steps,
    steps.map((step) => `/data/${step}`),
    steps.map((step) => `//${step}`),
    fc.tuple(axes, steps).map(([axis, step]) => `${axis}::${step}`),
    fc.tuple(tie('path'), steps).map(([a, b]) => `${a}/${b}`),
    fc.tuple(tie('path'), tie('path')).map(([a, b]) => `${a}//${b}`),
    fc.tuple(tie('path'), tie('expression')).map(([a, b]) => `${a}[${b}]`),
  ),
  expression: fc.oneof(
    { maxDepth: 6 },
    literals,
    tie('path'),
    fc.tuple(tie('expression'), operators, tie('expression')).map((parts) => parts.join('')),
    tie('expression').map((inner) => `(${inner})`),
    tie('expression').map((inner) => `-${inner}`),
    fc
      .tuple(functions, fc.array(tie('expression'), { maxLength: 5 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`),
  ),
}));

/** Damage to a text: parts cut out, doubled, moved or replaced by something else. */
function damaged(texts: readonly string[], words: readonly string[]): fc.Arbitrary<string> {
  const cut = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    how: fc.constantFrom('cut', 'double', 'replace', 'insert', 'swap', 'end'),
    word: fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 6 })),
  });
  return fc.tuple(fc.constantFrom(...texts), fc.array(cut, { maxLength: 3 })).map(([text, cuts]) => {
    let out = text;
    for (const { at, length, how, word } of cuts) {
      const from = Math.floor(at * out.length);
      const part = out.slice(from, from + length);
      const rest = out.slice(from + length);
      if (how === 'cut') out = out.slice(0, from) + rest;
      else if (how === 'double') out = out.slice(0, from) + part + part + rest;
      else if (how === 'replace') out = out.slice(0, from) + word + rest;
      else if (how === 'insert') out = out.slice(0, from) + word + out.slice(from);
      else if (how === 'swap') out = out.slice(0, from) + rest + part;
      else if (at > 0.9) out = out.slice(0, from);
    }
    return out;
  });
}

const XML_WORDS = [
  ...[
    '<',
    '>',
    '/>',
    '</data>',
    '&',
    '&#0;',
    '&lol;',
    '<!DOCTYPE x>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '<?xml?>',
    '"',
    "'",
    '\u0000',
    '\uD800',
    '<a>'.repeat(80),
    'xmlns="urn:x"',
  ],
  ...[
    '<bind nodeset="/data/village" calculate="/data/total"/>',
    '<repeat nodeset="/data/household">',
    'jr:count="99999999"',
    'jr:count=" /data/total "',
    'jr:template=""',
  ],
  ...[
    'relevant="../.."',
    'calculate="//*[//*[//*]]"',
    'calculate="."',
    'type="int"',
    'constraint="regex(., \'(a*)*b\')"',
    'nodeset="//*"',
    'ref="/data"',
    'nodeset="instance(\'x\')/root/item"',
  ],
  ...[
    '<item>',
    '<instance id="yn" src="jr://file/x.xml"/>',
    '__proto__',
    'constructor',
    '/data/household[1]',
    '[0]',
    '-1',
    'NaN',
    '2024-13-45',
    '1e999',
  ],
];

const SMALL = form({
  instance: '<village/><n/><list/>',
  model:
    '<bind nodeset="/data/n" type="int" relevant=" /data/village  != \'\'" calculate="string-length( /data/village )"/>',
  body: `${input('/data/village')}<select ref="/data/list"><label><output value=" /data/n "/></label><item><value>a</value><label>А</label></item></select>`,
});

const FORMS = [
  HOUSEHOLDS,
  SMALL,
  generateForm(12),
  ...kitForms()
    .map(({ xml }) => xml)
    .filter((xml) => xml.length < 6000),
];
const household = parseForm(HOUSEHOLDS);
const INSTANCES = (() => {
  const open = openForm(household);
  open.setValue('/data/village', 'Барскоон');
  for (const name of ['Айгүл', 'Бакыт']) {
    const ref = open.addRepeat('/data/household');
    open.setValue(`${ref}/head`, name);
    open.setValue(`${ref}/animals`, 'yes');
    open.setValue(`${ref}/goats`, '4');
    open.addRepeat(`${ref}/member`);
  }
  return [open.serialize(), open.draft(), openForm(household).draft()];
})();

/** True when the run gave an answer, false when it was refused by an XFormError. Anything else is thrown on. */
function answered(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (error instanceof XFormError) return false;
    throw error;
  }
}

export interface FuzzDoor {
  readonly name: string;
  readonly cases: fc.Arbitrary<string>;
  /** True for an answer, false for a refusal. */
  readonly run: (text: string) => boolean;
}

export const DOORS: readonly FuzzDoor[] = [
  {
    name: 'XPath parser and evaluator',
    cases: fc.oneof(
      { weight: 5, arbitrary: expression },
      {
        weight: 2,
        arbitrary: damaged(
          ['/data/row[age > 7]/name', "if(selected(/data/list, 'a'), concat('x', ../n), position(..))"],
          ['(', ')', '[', ']', '/', '//', '::', ',', '"', "'", '*', ' or ', '$x', '..'],
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    ),
    run: (text) => answered(() => evaluateXPath(text, { xml: DOCUMENT, ref: '/data/row[1]' })),
  },
  {
    name: 'XForm parser',
    cases: damaged(FORMS, XML_WORDS),
    run: (xml) =>
      answered(() => {
        const open = openForm(parseForm(xml));
        for (const node of allNodes(open)) void (node.label + node.hint);
        for (const { ref, choices, value } of controls(open).slice(0, 10)) {
          answered(() => open.setValue(ref, choices[0]?.value ?? `${value}7`));
        }
        open.validate();
        open.serialize();
      }),
  },
  {
    name: 'instance reader',
    cases: damaged(INSTANCES, [...XML_WORDS, '<household/>', '<village>x</village>', '<goats>']),
    run: (xml) => {
      const checked = answered(() => validateSubmission(household, xml));
      answered(() => {
        const open = openForm(household, { instanceXml: xml });
        open.validate();
        if (openForm(household, { instanceXml: open.draft() }).draft() !== open.draft())
          throw new Error('a draft is not restored exactly');
      });
      return checked;
    },
  },
];

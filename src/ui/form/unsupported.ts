import type { SubmissionInfo } from '@demilge/xform';
import type { DescribedForm, DescribedQuestion } from '@demilge/xlsform';

/** What the form asks for and the app does not do as its author means it. */
export interface Unsupported {
  readonly sheet: 'survey' | 'settings';
  readonly row: number;
  readonly column: string;
  /** What stands in the cell. */
  readonly value: string;
  /** A message key of this folder. */
  readonly why: string;
}

type CellRules = readonly (readonly [words: RegExp, why: string])[];

/** Question types, by the name that the compiler gives them. */
const TYPES: Readonly<Record<string, string>> = {
  geotrace: 'form.unsupported.geotrace',
  geoshape: 'form.unsupported.geoshape',
  osm: 'form.unsupported.osm',
  select_one_external: 'form.unsupported.external',
  audit: 'form.unsupported.audit',
  'background-audio': 'form.unsupported.backgroundAudio',
  'background-geopoint': 'form.unsupported.backgroundPoint',
  'start-geopoint': 'form.unsupported.backgroundPoint',
  deviceid: 'form.unsupported.device',
  subscriberid: 'form.unsupported.device',
  simserial: 'form.unsupported.device',
  phonenumber: 'form.unsupported.device',
  email: 'form.unsupported.device',
};

/** Words of an appearance. What only arranges the same control in another way is let pass: the phone arranges it in its own. */
const APPEARANCES: CellRules = [
  [/^(maps|placement-map|map|image-map)$/, 'form.unsupported.map'],
  [/^(ex:|printer:|intent:)/, 'form.unsupported.app'],
  [/^(coptic|ethiopian|islamic|myanmar|nepali|persian|bikram-sambat|buddhist)$/, 'form.unsupported.calendar'],
  [/^bearing$/, 'form.unsupported.bearing'],
  [/^annotate$/, 'form.unsupported.annotate'],
  [/^search\(/, 'form.unsupported.search'],
  [/^(hidden-answer|quick|quickcompact|comment)$/, 'form.unsupported.look'],
];

const PARAMETERS: CellRules = [
  [/^app=/, 'form.unsupported.app'],
  [/^quality=/, 'form.unsupported.quality'],
  [/^reference-geometry=/, 'form.unsupported.map'],
  [/^(tick_interval|tick_labelset|placeholder)=/, 'form.unsupported.look'],
];

const EXPRESSIONS: CellRules = [[/\$\{last-saved#/, 'form.unsupported.lastSaved']];

function inQuestion(question: DescribedQuestion): Unsupported[] {
  const { row, type, appearance = '', parameters = '', intent } = question;
  const { default: given = '', calculation = '' } = question;
  const at = (column: string, value: string, why: string): Unsupported => ({
    ...{ sheet: 'survey', row, column, value, why },
  });
  const inCell = (column: string, cell: string, rules: CellRules): Unsupported[] =>
    rules.flatMap(([words, why]) => {
      const found = cell.split(/[\s;,]+/).find((word) => words.test(word));
      return found === undefined ? [] : [at(column, cell, why)];
    });
  const ofType = Object.hasOwn(TYPES, type) ? [at('type', type, TYPES[type]!)] : [];
  // The parameters of the audit are told with the audit.
  if (type === 'audit' || type === 'background-audio') return ofType;
  return [
    ...ofType,
    ...inCell('appearance', appearance, APPEARANCES),
    ...inCell('parameters', parameters, PARAMETERS),
    ...inCell('default', given, EXPRESSIONS),
    ...inCell('calculation', calculation, EXPRESSIONS),
    ...(intent === undefined ? [] : [at('intent', intent, 'form.unsupported.app')]),
  ];
}

/** What the author must know before publishing, in the order of the workbook: where it stands, and what happens instead. */
export function unsupportedIn(form: DescribedForm, submission: SubmissionInfo): Unsupported[] {
  const setting = (column: string, value: string | undefined, why: string): Unsupported[] =>
    value === undefined ? [] : [{ sheet: 'settings', row: 2, column, value, why }];
  return [
    ...setting('public_key', submission.publicKey, 'form.unsupported.encryption'),
    ...setting('submission_url', submission.action, 'form.unsupported.submissionUrl'),
    ...form.questions.flatMap(inQuestion),
  ];
}

import type { SubmissionInfo } from '@demilge/xform';
import type { DescribedForm, DescribedQuestion } from '@demilge/xlsform';

/**
 * What the form asks for and the app does not do as its author means it. It stands here and not beside the controls, because it is for authors:
 * a villager's phone does not carry it.
 */
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
  geotrace: 'office.forms.lacking.geotrace',
  geoshape: 'office.forms.lacking.geoshape',
  osm: 'office.forms.lacking.osm',
  select_one_external: 'office.forms.lacking.external',
  audit: 'office.forms.lacking.audit',
  'background-audio': 'office.forms.lacking.backgroundAudio',
  'background-geopoint': 'office.forms.lacking.backgroundPoint',
  'start-geopoint': 'office.forms.lacking.backgroundPoint',
  deviceid: 'office.forms.lacking.device',
  subscriberid: 'office.forms.lacking.device',
  simserial: 'office.forms.lacking.device',
  phonenumber: 'office.forms.lacking.device',
  email: 'office.forms.lacking.device',
};

/** Words of an appearance. What only arranges the same control in another way is let pass: the phone arranges it in its own. */
const APPEARANCES: CellRules = [
  [/^(maps|placement-map|map|image-map)$/, 'office.forms.lacking.map'],
  [/^(ex:|printer:|intent:)/, 'office.forms.lacking.app'],
  [/^(coptic|ethiopian|islamic|myanmar|nepali|persian|bikram-sambat|buddhist)$/, 'office.forms.lacking.calendar'],
  [/^bearing$/, 'office.forms.lacking.bearing'],
  [/^annotate$/, 'office.forms.lacking.annotate'],
  [/^search\(/, 'office.forms.lacking.search'],
  [/^(hidden-answer|quick|quickcompact|comment)$/, 'office.forms.lacking.look'],
];

const PARAMETERS: CellRules = [
  [/^app=/, 'office.forms.lacking.app'],
  [/^quality=/, 'office.forms.lacking.quality'],
  [/^reference-geometry=/, 'office.forms.lacking.map'],
  [/^(tick_interval|tick_labelset|placeholder)=/, 'office.forms.lacking.look'],
];

function inQuestion(question: DescribedQuestion): Unsupported[] {
  const { row, type, appearance = '', parameters = '', intent } = question;
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
    ...(intent === undefined ? [] : [at('intent', intent, 'office.forms.lacking.app')]),
  ];
}

/** What the author must know before publishing, in the order of the workbook: where it stands, and what happens instead. */
export function unsupportedIn(form: DescribedForm, submission: SubmissionInfo): Unsupported[] {
  const setting = (column: string, value: string | undefined, why: string): Unsupported[] =>
    value === undefined ? [] : [{ sheet: 'settings', row: 2, column, value, why }];
  return [
    ...setting('public_key', submission.publicKey, 'office.forms.lacking.encryption'),
    ...setting('submission_url', submission.action, 'office.forms.lacking.submissionUrl'),
    ...form.questions.flatMap(inQuestion),
  ];
}

import type { ChoiceList } from './choices.ts';
import type { Place, Report } from './diagnostics.ts';
import { isNumber, isWhole } from './parameters.ts';
import { isName, onlyReference } from './references.ts';
import { saysNo, saysYes } from './settings.ts';
import { plain, type TableRow } from './table.ts';
import type { QuestionType, SelectCell } from './types.ts';

/** What the parameters of a question add to its bind and its control. */
export interface Added {
  readonly bind: Record<string, string>;
  readonly control: Record<string, string>;
}

interface Asked {
  readonly row: TableRow;
  readonly type: QuestionType;
  readonly select: SelectCell | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, ChoiceList>;
  readonly place: Place;
  readonly report: Report;
}

/** Checks the values of a question's parameters and says what they become. */
export function applyParameters(asked: Asked): Added {
  const added: Added = { bind: {}, control: {} };
  switch (asked.type.name) {
    case 'image':
      image(asked, added);
      break;
    case 'audio':
      quality(asked, ['voice-only', 'low', 'normal', 'external'], added.bind);
      break;
    case 'background-audio':
      quality(asked, ['voice-only', 'low', 'normal'], added.control);
      break;
    case 'text':
      whole(asked, 'rows', (value) => {
        added.control.rows = value;
      });
      break;
    case 'geopoint':
    case 'geotrace':
    case 'geoshape':
      position(asked, added);
      break;
    case 'range':
      range(asked, added);
      break;
    case 'audit':
      audit(asked, added);
      break;
    default:
      if (asked.select) randomize(asked);
  }
  return added;
}

function wrong(
  { report, place }: Asked,
  code: string,
  value: string,
  params: Record<string, string>,
  among?: string[],
) {
  report.error(code, place, { value, params, ...(among ? { among } : {}) });
}

function whole(asked: Asked, name: string, take: (value: string) => void): void {
  const value = asked.parameters.get(name);
  if (value === undefined) return;
  if (isWhole(value)) take(value);
  else wrong(asked, 'PARAMETER_WHOLE', value, { name });
}

function oneOf(asked: Asked, name: string, words: string[], take: (value: string) => void): void {
  const value = asked.parameters.get(name);
  if (value === undefined) return;
  if (words.includes(value)) take(value);
  else wrong(asked, 'PARAMETER_WORD', value, { name, accepted: words.join(', ') }, words);
}

function quality(asked: Asked, words: string[], into: Record<string, string>): void {
  oneOf(asked, 'quality', words, (value) => {
    into['odk:quality'] = value;
  });
}

function image(asked: Asked, { bind, control }: Added): void {
  if (!asked.parameters.has('max-pixels')) asked.report.warn('IMAGE_MAX_PIXELS', asked.place);
  whole(asked, 'max-pixels', (value) => {
    bind['orx:max-pixels'] = value;
  });
  const app = asked.parameters.get('app');
  if (app === undefined) return;
  const appearance = plain(asked.row, 'control.appearance') ?? '';
  // Another app takes the picture only where the form does not ask for a drawing or a selfie.
  if (appearance !== '' && appearance !== 'annotate') return;
  if (/^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+$/i.test(app)) control.intent = app;
  else wrong(asked, 'PARAMETER_APP', app, { name: 'app' });
}

function position(asked: Asked, { bind, control }: Added): void {
  oneOf(asked, 'allow-mock-accuracy', ['true', 'false'], (value) => {
    bind['odk:allow-mock-accuracy'] = value;
  });
  const incremental = asked.parameters.get('incremental');
  if (saysYes(incremental)) control.incremental = 'true';
  else if (incremental !== undefined) wrong(asked, 'SURVEY_003', incremental, { name: 'incremental' });
  for (const [name, attribute] of [
    ['capture-accuracy', 'accuracyThreshold'],
    ['warning-accuracy', 'unacceptableAccuracyThreshold'],
  ] as const) {
    const value = asked.parameters.get(name);
    if (value === undefined) continue;
    if (isNumber(value)) control[attribute] = value;
    else wrong(asked, 'SURVEY_007', value, { name });
  }
}

const TICKS = ['tick_interval', 'placeholder', 'tick_labelset'];
const NO_TICKS = 'no-ticks';

function range(asked: Asked, { bind, control }: Added): void {
  const { parameters, lists } = asked;
  const numbers = new Map<string, number>();
  let decimal = false;
  for (const name of ['start', 'end', 'step', 'tick_interval', 'placeholder']) {
    const text = parameters.get(name) ?? { start: '1', end: '10', step: '1' }[name];
    if (text === undefined) continue;
    if (!isNumber(text)) {
      wrong(asked, 'RANGE_001', text, { name });
      return;
    }
    numbers.set(name, Number(text));
    decimal ||= !isWhole(text);
    if (!TICKS.includes(name)) control[name] = text;
  }
  if (decimal) bind.type = 'decimal';
  const start = numbers.get('start')!;
  const end = numbers.get('end')!;
  const step = numbers.get('step')!;
  const span = Math.abs(end - start);
  const interval = numbers.get('tick_interval');
  const placeholder = numbers.get('placeholder');
  for (const [name, value] of [
    ['step', step],
    ['tick_interval', interval],
  ] as const) {
    if (value === undefined) continue;
    if (value === 0) wrong(asked, 'RANGE_002', String(value), { name });
    else if (Math.abs(value) > span) wrong(asked, 'RANGE_003', String(value), { name });
  }
  if (interval !== undefined && interval !== 0) {
    if (!isMultiple(interval, step)) wrong(asked, 'RANGE_004', String(interval), { name: 'tick_interval' });
    control['odk:tick-interval'] = parameters.get('tick_interval')!;
  }
  if (placeholder !== undefined) {
    if (!isMultiple(placeholder - start, step)) {
      wrong(asked, 'RANGE_004', String(placeholder), { name: 'placeholder' });
    } else if (placeholder < Math.min(start, end) || placeholder > Math.max(start, end)) {
      wrong(asked, 'RANGE_005', String(placeholder), { name: 'placeholder' });
    }
    control['odk:placeholder'] = parameters.get('placeholder')!;
  }
  const name = interval === undefined ? 'step' : 'tick_interval';
  rangeLabels(asked, lists, { start, end, tick: interval ?? step, name });
  const appearance = plain(asked.row, 'control.appearance') ?? '';
  const ticks = TICKS.filter((each) => parameters.has(each));
  const plainLook = appearance.split(/\s+/).every((word) => word === '' || word === 'vertical' || word === NO_TICKS);
  if (ticks.length > 0 && !plainLook) wrong(asked, 'RANGE_008', appearance, { names: ticks.join(', ') });
}

/** Whether a step leads from zero to a value; a step of zero is reported elsewhere. */
const isMultiple = (value: number, step: number) =>
  step === 0 || Math.abs(value / step - Math.round(value / step)) < 1e-9;

/** Labels stand at points of the scale: at its ticks, or at its ends where no ticks are drawn. */
function rangeLabels(
  asked: Asked,
  lists: ReadonlyMap<string, ChoiceList>,
  scale: { start: number; end: number; tick: number; name: string },
): void {
  const name = asked.parameters.get('tick_labelset');
  if (name === undefined) return;
  const list = lists.get(name);
  if (!list) {
    asked.report.error('RANGE_006', asked.place, { value: name, among: lists.keys() });
    return;
  }
  const { start, end, tick } = scale;
  for (const choice of list.choices) {
    const value = Number(choice.name);
    if (!isNumber(choice.name)) wrong(asked, 'RANGE_009', choice.name, { list: name });
    else if (value < Math.min(start, end) || value > Math.max(start, end)) {
      wrong(asked, 'RANGE_010', choice.name, { list: name });
    } else if (!isMultiple(value - start, tick)) {
      wrong(asked, 'RANGE_011', choice.name, { list: name, name: scale.name });
    }
  }
  const appearance = plain(asked.row, 'control.appearance') ?? '';
  if (!appearance.split(/\s+/).includes(NO_TICKS)) return;
  const points = new Set(list.choices.map((choice) => Number(choice.name)));
  if (points.size > 2) wrong(asked, 'RANGE_007', name, {});
  else if (!points.has(start) || !points.has(end)) {
    wrong(asked, 'RANGE_012', name, { start: String(start), end: String(end) });
  }
}

function audit(asked: Asked, { bind }: Added): void {
  const { parameters } = asked;
  for (const name of ['track-changes', 'identify-user']) {
    oneOf(asked, name, ['true', 'false'], (value) => {
      bind[`odk:${name}`] = value;
    });
  }
  oneOf(asked, 'track-changes-reasons', ['on-form-edit'], (value) => {
    bind['odk:track-changes-reasons'] = value;
  });
  const location = ['location-priority', 'location-min-interval', 'location-max-age'];
  const given = location.filter((name) => parameters.has(name));
  if (given.length === 0) return;
  if (given.length < location.length) {
    wrong(asked, 'AUDIT_LOCATION', given.join(', '), {
      missing: location.filter((name) => !parameters.has(name)).join(', '),
    });
    return;
  }
  oneOf(asked, 'location-priority', ['no-power', 'low-power', 'balanced', 'high-accuracy'], (value) => {
    bind['odk:location-priority'] = value;
  });
  for (const name of location.slice(1)) {
    const value = parameters.get(name)!;
    if (/^\d+$/.test(value)) bind[`odk:${name}`] = value;
    else wrong(asked, 'PARAMETER_WHOLE', value, { name });
  }
  if (Number(parameters.get('location-max-age')) < Number(parameters.get('location-min-interval'))) {
    wrong(asked, 'AUDIT_LOCATION_AGE', parameters.get('location-max-age')!, {
      least: parameters.get('location-min-interval')!,
    });
  }
}

function randomize(asked: Asked): void {
  const { parameters } = asked;
  for (const name of ['value', 'label']) {
    const column = parameters.get(name);
    if (column !== undefined && !isName(column)) wrong(asked, 'NAMES_008', column, { name });
  }
  const random = parameters.get('randomize');
  if (random !== undefined && !saysYes(random) && !saysNo(random)) {
    wrong(asked, 'PARAMETER_WORD', random, { name: 'randomize', accepted: 'true, false' });
  }
  const seed = parameters.get('seed');
  if (seed === undefined) return;
  if (random === undefined || !saysYes(random)) wrong(asked, 'SEED_WITHOUT_RANDOMIZE', seed, {});
  else if (!isNumber(seed) && !onlyReference(seed)) wrong(asked, 'SEED_NOT_NUMBER', seed, {});
}

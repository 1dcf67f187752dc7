/** What a question type becomes: its control, its bind and what it may be told. */
export interface QuestionType {
  /** Name of the type in this compiler, and in `describeForm`. */
  readonly name: string;
  /** Control element, or none for what the person who fills the form does not see. */
  readonly control: 'input' | 'select1' | 'select' | 'odk:rank' | 'upload' | 'range' | 'trigger' | undefined;
  readonly bind: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Hint that the type brings along. */
  readonly hint?: string;
  /** Accepted keys of the parameters column. */
  readonly parameters?: readonly string[];
  /** Whether the type belongs to the form's own records rather than to its questions. */
  readonly metadata?: boolean;
}

const preload = (name: string, type: string, kind: string, params: string): QuestionType => ({
  name,
  control: undefined,
  bind: { 'jr:preload': kind, type, 'jr:preloadParams': params },
  metadata: true,
});

const input = (name: string, type: string, more: Partial<QuestionType> = {}): QuestionType => ({
  name,
  control: 'input',
  bind: { type },
  ...more,
});

const upload = (name: string, mediatype: string, parameters: readonly string[] = []): QuestionType => ({
  name,
  control: 'upload',
  bind: { type: 'binary' },
  attributes: { mediatype },
  parameters,
});

const days = (most: number): QuestionType =>
  input('integer', 'int', {
    hint: `Enter a number 0-${most}.`,
    bind: { type: 'int', constraint: `0 <= . and . <= ${most}` },
  });

const TEXT = input('text', 'string', { parameters: ['rows'] });
const INTEGER = input('integer', 'int');
const DECIMAL = input('decimal', 'decimal');
const DATE = input('date', 'date');
const TIME = input('time', 'time');
const DATE_TIME = input('dateTime', 'dateTime');
const NOTE: QuestionType = { name: 'note', control: 'input', bind: { readonly: 'true()', type: 'string' } };
const ACKNOWLEDGE: QuestionType = { name: 'acknowledge', control: 'trigger', bind: { type: 'string' } };
/** The bare control under its XForms name; the record keeps its answer without a declared type. */
const TRIGGER: QuestionType = { name: 'trigger', control: 'trigger', bind: {} };
const BARCODE = input('barcode', 'barcode');
const SHAPE_PARAMETERS = ['allow-mock-accuracy', 'incremental', 'reference-geometry'];
const POINT = input('geopoint', 'geopoint', {
  parameters: ['allow-mock-accuracy', 'capture-accuracy', 'reference-geometry', 'warning-accuracy'],
});
const TRACE = input('geotrace', 'geotrace', { parameters: SHAPE_PARAMETERS });
const SHAPE = input('geoshape', 'geoshape', { parameters: SHAPE_PARAMETERS });
const IMAGE = upload('image', 'image/*', ['app', 'max-pixels']);
const AUDIO = upload('audio', 'audio/*', ['quality']);
const VIDEO = upload('video', 'video/*');
const FILE = upload('file', 'application/*');
const CALCULATE: QuestionType = { name: 'calculate', control: undefined, bind: { type: 'string' } };
const HIDDEN: QuestionType = { name: 'hidden', control: undefined, bind: { type: 'string' } };

/** Every simple question type under every name that workbooks use for it. */
const TYPES: Readonly<Record<string, QuestionType>> = {
  text: TEXT,
  string: TEXT,
  integer: INTEGER,
  int: INTEGER,
  decimal: DECIMAL,
  date: DATE,
  time: TIME,
  dateTime: DATE_TIME,
  datetime: DATE_TIME,
  'date time': DATE_TIME,
  note: NOTE,
  acknowledge: ACKNOWLEDGE,
  trigger: TRIGGER,
  barcode: BARCODE,
  geopoint: POINT,
  gps: POINT,
  location: POINT,
  geotrace: TRACE,
  geoshape: SHAPE,
  image: IMAGE,
  photo: IMAGE,
  picture: IMAGE,
  audio: AUDIO,
  video: VIDEO,
  file: FILE,
  range: {
    name: 'range',
    control: 'range',
    bind: { type: 'int' },
    parameters: ['end', 'placeholder', 'start', 'step', 'tick_interval', 'tick_labelset'],
  },
  hidden: HIDDEN,
  calculate: CALCULATE,
  osm: upload('osm', 'osm/*'),
  percentage: input('integer', 'int', { bind: { type: 'int', constraint: '0 <= . and . <= 100' } }),
  'phone number': input('text', 'string', {
    hint: 'Enter numbers only.',
    bind: { type: 'string', constraint: "regex(., '^\\d*$')" },
  }),
  'number of days in last month': days(31),
  'number of days in last six months': days(183),
  'number of days in last 6 months': days(183),
  'number of days in last year': days(365),
  start: preload('start', 'dateTime', 'timestamp', 'start'),
  'start time': preload('start', 'dateTime', 'timestamp', 'start'),
  end: preload('end', 'dateTime', 'timestamp', 'end'),
  'end time': preload('end', 'dateTime', 'timestamp', 'end'),
  today: preload('today', 'date', 'date', 'today'),
  deviceid: preload('deviceid', 'string', 'property', 'deviceid'),
  'device id': preload('deviceid', 'string', 'property', 'deviceid'),
  imei: preload('deviceid', 'string', 'property', 'deviceid'),
  subscriberid: preload('subscriberid', 'string', 'property', 'subscriberid'),
  'subscriber id': preload('subscriberid', 'string', 'property', 'subscriberid'),
  simserial: preload('simserial', 'string', 'property', 'simserial'),
  'sim id': preload('simserial', 'string', 'property', 'simserial'),
  simid: preload('simserial', 'string', 'property', 'simserial'),
  phonenumber: preload('phonenumber', 'string', 'property', 'phonenumber'),
  'get phone number': preload('phonenumber', 'string', 'property', 'phonenumber'),
  username: preload('username', 'string', 'property', 'username'),
  email: preload('email', 'string', 'property', 'email'),
  'uri:deviceid': preload('deviceid', 'string', 'property', 'uri:deviceid'),
  'uri:subscriberid': preload('subscriberid', 'string', 'property', 'uri:subscriberid'),
  'uri:simserial': preload('simserial', 'string', 'property', 'uri:simserial'),
  'uri:phonenumber': preload('phonenumber', 'string', 'property', 'uri:phonenumber'),
  'uri:username': preload('username', 'string', 'property', 'uri:username'),
  'uri:email': preload('email', 'string', 'property', 'uri:email'),
  'start-geopoint': { name: 'start-geopoint', control: undefined, bind: { type: 'geopoint' }, metadata: true },
  'background-geopoint': { name: 'background-geopoint', control: undefined, bind: { type: 'geopoint' } },
  'background-audio': {
    name: 'background-audio',
    control: undefined,
    bind: { type: 'binary' },
    parameters: ['quality'],
  },
  audit: {
    name: 'audit',
    control: undefined,
    bind: { type: 'binary' },
    metadata: true,
    parameters: [
      'identify-user',
      'location-max-age',
      'location-min-interval',
      'location-priority',
      'track-changes',
      'track-changes-reasons',
    ],
  },
  'xml-external': { name: 'xml-external', control: undefined, bind: {} },
  'csv-external': { name: 'csv-external', control: undefined, bind: {} },
};

const SELECT_PARAMETERS = ['randomize', 'seed'];
export const SELECT_ONE: QuestionType = {
  name: 'select_one',
  control: 'select1',
  bind: { type: 'string' },
  parameters: SELECT_PARAMETERS,
};
export const SELECT_MULTIPLE: QuestionType = {
  name: 'select_multiple',
  control: 'select',
  bind: { type: 'string' },
  parameters: SELECT_PARAMETERS,
};
export const RANK: QuestionType = {
  name: 'rank',
  control: 'odk:rank',
  bind: { type: 'odk:rank' },
  parameters: SELECT_PARAMETERS,
};
export const SELECT_EXTERNAL: QuestionType = {
  name: 'select_one_external',
  control: 'input',
  bind: { type: 'string' },
  parameters: SELECT_PARAMETERS,
};

/** A select's type cell, taken apart. */
export interface SelectCell {
  readonly type: QuestionType;
  /** List name, file name, or ${reference}. */
  readonly list: string;
  readonly fromFile: boolean;
  readonly orOther: boolean;
}

/** A begin or end row's type cell, taken apart. */
export interface ContainerCell {
  readonly edge: 'begin' | 'end';
  readonly kind: 'group' | 'repeat' | 'loop';
  /** Choice list of a loop. */
  readonly list: string | undefined;
}

const CONTAINER = /^(begin|end)[\s_]+(group|repeat|loop|lgroup|looped group)\b(?:\s+over\s+(\S+))?/i;

/** Reads "begin repeat", "end_group", "begin loop over crops". */
export function containerCell(type: string): ContainerCell | undefined {
  const match = CONTAINER.exec(type.trim());
  if (!match) return undefined;
  const word = match[2]!.toLowerCase();
  return {
    edge: match[1]!.toLowerCase() === 'begin' ? 'begin' : 'end',
    // "lgroup" and "looped group" are what repeats were called long ago.
    kind: word === 'group' ? 'group' : word === 'loop' ? 'loop' : 'repeat',
    list: match[3],
  };
}

const SELECT_WORDS: readonly (readonly [RegExp, QuestionType, boolean])[] = [
  [/^select[\s_]one[\s_]from[\s_]file\s+/i, SELECT_ONE, true],
  [/^select[\s_]multiple[\s_]from[\s_]file\s+/i, SELECT_MULTIPLE, true],
  [/^select[\s_]one[\s_]external\s+(?:from\s+)?/i, SELECT_EXTERNAL, false],
  [/^(?:add\s+)?select[\s_]?(?:one|1)(?:\s+prompt)?\s+(?:(?:from|using)\s+)?/i, SELECT_ONE, false],
  [/^(?:add\s+)?select[\s_]multiple(?:\s+prompt)?\s+(?:(?:from|using)\s+)?/i, SELECT_MULTIPLE, false],
  [/^select\s+all\s+that\s+apply\s+(?:from\s+)?/i, SELECT_MULTIPLE, false],
  [/^rank\s+(?:from\s+)?/i, RANK, false],
];

/** Reads "select_one yes_no or_other", "select_multiple_from_file people.csv", "rank needs". */
export function selectCell(type: string): SelectCell | undefined {
  const text = type.trim();
  for (const [words, selectType, fromFile] of SELECT_WORDS) {
    const match = words.exec(text);
    if (!match) continue;
    let list = text.slice(match[0].length).trim();
    const other = /\s+or[\s_]+(?:specify[\s_]+)?other$/i.exec(list);
    if (other) list = list.slice(0, other.index).trim();
    return { type: selectType, list, fromFile, orOther: other !== null };
  }
  return undefined;
}

/** Finds a simple type, also under its old wordy names ("add text prompt", "q string"). */
export function simpleType(type: string): QuestionType | undefined {
  const text = type.trim().replace(/\s+/g, ' ');
  const found = (name: string) => (Object.hasOwn(TYPES, name) ? TYPES[name] : undefined);
  const bare = text.replace(/^add (.+) prompt$/i, '$1').replace(/^(?:q|get) (?=\S)/i, '');
  return (
    found(text) ??
    found(text.toLowerCase()) ??
    found(text.toLowerCase().replace(/_/g, '-')) ??
    found(bare) ??
    found(bare.toLowerCase())
  );
}

/** Every word that may begin a type cell, for the nearest valid word. */
export const TYPE_WORDS: readonly string[] = [
  ...Object.keys(TYPES),
  'select_one',
  'select_multiple',
  'select_one_from_file',
  'select_multiple_from_file',
  'select_one_external',
  'rank',
  'begin_group',
  'end_group',
  'begin_repeat',
  'end_repeat',
  'begin_loop',
  'end_loop',
];

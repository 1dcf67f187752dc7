import { workbook } from './workbook.ts';

type Row = readonly [
  type: string,
  name: string,
  ky: string,
  ru: string,
  en: string,
  appearance?: string,
  parameters?: string,
  required?: string,
  /** Other columns of the row. */
  more?: Readonly<Record<string, string>>,
];

/** A reference as workbooks write it. */
export const ref = (name: string): string => `$\{${name}}`;

const ROWS: readonly Row[] = [
  ['begin group', 'words', 'Сөздөр', 'Слова', 'Words', 'field-list'],
  ['note', 'note', 'Бул **эскертүү**.', 'Это **заметка**.', 'This is a **note**.'],
  [
    ...(['text', 'line', 'Аты-жөнү', 'Имя', 'Name', '', '', 'yes'] as const),
    { 'hint::Кыргызча (ky)': 'Толук жазыңыз', 'guidance_hint::Кыргызча (ky)': 'Паспорттогудай' },
  ],
  ['text', 'lines', 'Эмне болду?', 'Что случилось?', 'What happened?', 'multiline'],
  ['text', 'digits', 'Телефон', 'Телефон', 'Phone', 'numbers'],
  ['integer', 'whole', 'Канча бала?', 'Сколько детей?', 'How many children?'],
  ['integer', 'counter', 'Канча эшик?', 'Сколько дверей?', 'How many doors?', 'counter'],
  ['decimal', 'part', 'Канча градус?', 'Сколько градусов?', 'How many degrees?'],
  ['acknowledge', 'told', 'Айттым', 'Сказал', 'I told them'],
  ['end group', '', '', '', ''],
  ['begin group', 'days', 'Күндөр', 'Дни', 'Days', 'field-list'],
  ['date', 'day', 'Күнү', 'День', 'Day'],
  ['date', 'month', 'Айы', 'Месяц', 'Month', 'month-year'],
  ['date', 'year', 'Жылы', 'Год', 'Year', 'year'],
  ['time', 'time', 'Убактысы', 'Время', 'Time'],
  ['dateTime', 'moment', 'Күнү жана убактысы', 'День и время', 'Day and time'],
  ['end group', '', '', '', ''],
  ['begin group', 'lists', 'Тизмелер', 'Списки', 'Lists', 'field-list'],
  ['select_one yes_no', 'one', 'Пандус барбы?', 'Есть пандус?', 'Is there a ramp?'],
  ['select_one yes_no', 'drop', 'Суу барбы?', 'Есть вода?', 'Is there water?', 'minimal'],
  ['select_one yes_no', 'scale', 'Жылуубу?', 'Тепло?', 'Is it warm?', 'likert'],
  ['select_one yes_no', 'searched', 'Кимди издейсиз?', 'Кого ищете?', 'Whom do you seek?', 'autocomplete'],
  ['select_multiple yes_no', 'many', 'Эмнелер бар?', 'Что есть?', 'What is there?', 'columns'],
  ['select_multiple yes_no', 'folded', 'Дагы эмне?', 'Что ещё?', 'What else?', 'minimal'],
  ['rank yes_no', 'order', 'Иретке салыңыз', 'Расставьте', 'Put in order'],
  ['end group', '', '', '', ''],
  ['begin group', 'checks', 'Текшерүүлөр', 'Проверки', 'Checks', 'field-list'],
  [
    ...([
      'integer',
      'people',
      'Канча адам катышты?',
      'Сколько участников?',
      'How many took part?',
      '',
      '',
      '',
    ] as const),
    {
      constraint: '. >= 0 and . <= 1000',
      'constraint_message::Кыргызча (ky)': '0дөн 1000ге чейинки сан жазыңыз',
      'constraint_message::Русский (ru)': 'Введите число от 0 до 1000',
      'constraint_message::English (en)': 'Enter a number from 0 to 1000',
    },
  ],
  [
    'decimal',
    'budget',
    'Мекеменин жылдык бюджети канча миң сом?',
    'Годовой бюджет, тыс. сом?',
    'Yearly budget, thousand som?',
    'thousands-sep',
  ],
  [
    ...(['text', 'kept', 'Мекеменин коду', 'Код учреждения', 'Code of the facility', '', '', ''] as const),
    { read_only: 'yes', default: 'AS-0417' },
  ],
  [
    'select_one yes_no',
    'long',
    'Жергиликтүү өзүн-өзү башкаруу органдарынын кызматкерлери жашоочулардын кайрылууларына мыйзамда белгиленген мөөнөттө жооп беришкенби?',
    'Отвечали ли сотрудники органов местного самоуправления на обращения жителей в срок?',
    'Did the staff of local self-government answer the residents in time?',
  ],
  ['select_one agree', 'scale5', 'Айыл өкмөтү угат', 'Власти слушают', 'The council listens', 'likert'],
  ['begin group', 'grid', 'Кызматтар', 'Услуги', 'Services', 'table-list'],
  ['select_one yes_no', 'grid_water', 'Таза суу', 'Чистая вода', 'Clean water'],
  ['select_one yes_no', 'grid_heat', 'Жылуулук', 'Отопление', 'Heating'],
  ['end group', '', '', '', ''],
  ['end group', '', '', '', ''],
  ['begin group', 'numbers', 'Өлчөөлөр', 'Измерения', 'Measures', 'field-list'],
  ['range', 'slider', 'Канчалык ыраазы?', 'Насколько довольны?', 'How content?', '', 'start=0 end=10 step=1'],
  ['range', 'picker', 'Канча жылдыз?', 'Сколько звёзд?', 'How many stars?', 'picker', 'start=1 end=5 step=1'],
  ['range', 'rating', 'Баа', 'Оценка', 'Mark', 'rating', 'start=1 end=5 step=1'],
  ['geopoint', 'point', 'Жайгашкан жери', 'Место', 'Place'],
  ['barcode', 'code', 'Код', 'Код', 'Code'],
  ['end group', '', '', '', ''],
  ['begin group', 'files', 'Файлдар', 'Файлы', 'Files', 'field-list'],
  ['image', 'photo', 'Сүрөт', 'Фото', 'Photo', '', 'max-pixels=800'],
  ['image', 'sign', 'Кол тамга', 'Подпись', 'Signature', 'signature'],
  ['audio', 'sound', 'Үн', 'Звук', 'Sound'],
  ['video', 'film', 'Видео', 'Видео', 'Film'],
  ['file', 'paper', 'Кагаз', 'Бумага', 'Paper'],
  ['end group', '', '', '', ''],
  ['begin repeat', 'child', 'Бала', 'Ребёнок', 'Child', 'field-list'],
  ['text', 'child_name', 'Баланын аты', 'Имя ребёнка', 'Name of the child'],
  ['end repeat', '', '', '', ''],
  ['geotrace', 'way', 'Жол', 'Путь', 'Way'],
];

const HEAD = [
  ...['type', 'name', 'label::Кыргызча (ky)', 'label::Русский (ru)', 'label::English (en)', 'appearance', 'parameters'],
  ...['required', 'read_only', 'default', 'hint::Кыргызча (ky)', 'guidance_hint::Кыргызча (ky)', 'constraint'],
  ...['constraint_message::Кыргызча (ky)', 'constraint_message::Русский (ru)', 'constraint_message::English (en)'],
];

/** A form with every control, in three languages. */
export const controlsWorkbook = (): Promise<Uint8Array> =>
  workbook({
    survey: [
      HEAD,
      ...ROWS.map(([type, name, ky, ru, en, appearance = '', parameters = '', must = '', more = {}]) => [
        ...[type, name, ky, ru, en, appearance, parameters, must],
        ...HEAD.slice(8).map((column) => more[column] ?? ''),
      ]),
    ],
    choices: [
      ['list_name', 'name', 'label::Кыргызча (ky)', 'label::Русский (ru)', 'label::English (en)'],
      ['yes_no', 'yes', 'Ооба', 'Да', 'Yes'],
      ['yes_no', 'partly', 'Жарым-жартылай', 'Частично', 'Partly'],
      ['yes_no', 'no', 'Жок', 'Нет', 'No'],
      ['agree', '1', 'Такыр макул эмесмин', 'Совершенно не согласен', 'Strongly disagree'],
      ['agree', '2', 'Макул эмесмин', 'Не согласен', 'Disagree'],
      ['agree', '3', 'Айтуу кыйын', 'Трудно сказать', 'Hard to say'],
      ['agree', '4', 'Макулмун', 'Согласен', 'Agree'],
      ['agree', '5', 'Толугу менен макулмун', 'Полностью согласен', 'Strongly agree'],
    ],
    settings: [
      ['form_title', 'form_id', 'version', 'default_language', 'style'],
      ['Баары', 'controls', '1', 'Кыргызча (ky)', 'pages'],
    ],
  });

const GIVEN = ['Айгүл', 'Бакыт', 'Гүлнара', 'Жаңыл', 'Керимбүбү', 'Нурлан', 'Өмүрбек', 'Чынара', 'Үсөн', 'Элнура'];
const FAMILY = ['Абдыкадырова', 'Жээнбек кызы', 'Осмонов уулу', 'Турдумаматова'];

/** Forty participants of a seminar, each with a name of their own. */
export const FORTY: readonly string[] = FAMILY.flatMap((family) => GIVEN.map((given) => `${given} ${family}`));

/** A register of people with a mark each; the names stand in the form, without underscores. */
export const registerWorkbook = (people: readonly string[]): Promise<Uint8Array> =>
  workbook({
    survey: [
      [
        'type',
        'name',
        'label::Кыргызча (ky)',
        'label::Русский (ru)',
        'label::English (en)',
        'appearance',
        'repeat_count',
        'calculation',
      ],
      ['begin repeat', 'row', 'Катышуучулар', 'Участники', 'Participants', 'register', String(people.length), ''],
      [
        'calculate',
        'name',
        '',
        '',
        '',
        '',
        '',
        `translate(selected-at('${people.map((name) => name.replaceAll(' ', '_')).join(' ')}', position(..) - 1), '_', ' ')`,
      ],
      ['note', 'who', ref('name'), ref('name'), ref('name'), '', '', ''],
      ['select_one mark', 'mark', 'Келдиби?', 'Пришёл?', 'Did they come?', '', '', ''],
      ['end repeat', '', '', '', '', '', '', ''],
    ],
    choices: [
      ['list_name', 'name', 'label::Кыргызча (ky)', 'label::Русский (ru)', 'label::English (en)'],
      ['mark', 'present', 'Келди', 'Был', 'Present'],
      ['mark', 'late', 'Кечикти', 'Опоздал', 'Late'],
      ['mark', 'absent', 'Жок', 'Нет', 'Absent'],
    ],
    settings: [
      ['form_title', 'form_id', 'version', 'default_language', 'style'],
      ['Журнал', 'register', '1', 'Кыргызча (ky)', 'pages'],
    ],
  });

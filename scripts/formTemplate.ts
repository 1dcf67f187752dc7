/**
 * Writes the workbook from which a coordinator starts a form of their own: `node --conditions=demilge-source --import tsx
 * scripts/formTemplate.ts`. The file is kept in the repository; a test says that it compiles without a word of blame.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';

const LANGUAGES = ['Кыргызча (ky)', 'Русский (ru)', 'English (en)'];
const in3 = (column: string): string[] => LANGUAGES.map((language) => `${column}::${language}`);

const SURVEY: readonly (readonly string[])[] = [
  [
    'type',
    'name',
    ...in3('label'),
    ...in3('hint'),
    'required',
    'relevant',
    'constraint',
    ...in3('constraint_message'),
    'appearance',
    'parameters',
  ],
  line('start', 'start'),
  line('end', 'end'),
  line('today', 'today'),
  line('note', 'welcome', [
    'Саламатсызбы! Бул үлгүнү өз сурооңузга ылайыктаңыз.',
    'Здравствуйте! Измените этот образец под свои вопросы.',
    'Hello! Change this sample to your own questions.',
  ]),
  line('begin group', 'place', ['Качан жана кайда', 'Когда и где', 'When and where'], { appearance: 'field-list' }),
  line('date', 'visit_date', ['Качан болду?', 'Когда это было?', 'When was it?'], {
    required: 'yes',
    constraint: '. <= today()',
    message: ['Келечектеги күндү жазбаңыз', 'День не может быть в будущем', 'The day cannot be in the future'],
  }),
  line('text', 'village', ['Айылдын аты', 'Название села', 'Name of the village'], { required: 'yes' }),
  line('geopoint', 'point', ['Жайгашкан жери', 'Местоположение', 'Position'], {
    hint: [
      'Имараттын жанында туруп белгилеңиз',
      'Отметьте, стоя рядом со зданием',
      'Take it while standing by the building',
    ],
  }),
  line('end group', ''),
  line('integer', 'people', ['Канча адам катышты?', 'Сколько человек участвовало?', 'How many people took part?'], {
    required: 'yes',
    constraint: '. >= 0 and . <= 1000',
    message: ['0дөн 1000ге чейинки сан жазыңыз', 'Введите число от 0 до 1000', 'Enter a number from 0 to 1000'],
  }),
  line('select_one yes_no', 'problem', ['Көйгөй болдубу?', 'Были трудности?', 'Was there a problem?'], {
    required: 'yes',
  }),
  line('select_multiple problems', 'which', ['Кандай көйгөй?', 'Какие?', 'Which?'], {
    relevant: `\${problem} = 'yes'`,
  }),
  line('text', 'more', ['Кененирээк жазыңыз', 'Расскажите подробнее', 'Tell more'], {
    relevant: `\${problem} = 'yes'`,
    appearance: 'multiline',
  }),
  line('image', 'photo', ['Сүрөт', 'Фото', 'Photo'], {
    hint: [
      'Адамдардын жүзү жана документтер көрүнбөсүн',
      'Без лиц людей и без документов',
      'No faces and no documents',
    ],
    parameters: 'max-pixels=1600',
  }),
];

const CHOICES: readonly (readonly string[])[] = [
  ['list_name', 'name', ...in3('label')],
  ['yes_no', 'yes', 'Ооба', 'Да', 'Yes'],
  ['yes_no', 'no', 'Жок', 'Нет', 'No'],
  ['problems', 'late', 'Кеч башталды', 'Начали поздно', 'It began late'],
  ['problems', 'cold', 'Имарат суук', 'В здании холодно', 'The building was cold'],
  ['problems', 'other', 'Башка', 'Другое', 'Something else'],
];

const SETTINGS: readonly (readonly string[])[] = [
  ['form_title', 'form_title_ru', 'form_title_en', 'form_id', 'version', 'default_language'],
  ['Жаңы форма', 'Новая форма', 'New form', 'new_form', '1', 'Кыргызча (ky)'],
];

type More = {
  readonly hint?: readonly string[];
  readonly required?: string;
  readonly relevant?: string;
  readonly constraint?: string;
  readonly message?: readonly string[];
  readonly appearance?: string;
  readonly parameters?: string;
};

function line(type: string, name: string, label: readonly string[] = ['', '', ''], more: More = {}): string[] {
  const none = ['', '', ''];
  return [
    ...[type, name, ...label, ...(more.hint ?? none)],
    ...[more.required ?? '', more.relevant ?? '', more.constraint ?? '', ...(more.message ?? none)],
    ...[more.appearance ?? '', more.parameters ?? ''],
  ];
}

/** The bytes of the workbook. Every cell is text, so that a version written over by hand never turns into a number; the head stays in sight. */
export async function templateBytes(): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries({ survey: SURVEY, choices: CHOICES, settings: SETTINGS })) {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.addRows(rows.map((row) => [...row]));
    sheet.columns.forEach((column, i) => {
      column.width = i < 2 ? 20 : 32;
      column.numFmt = '@';
    });
    sheet.getRow(1).font = { bold: true };
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(
    fileURLToPath(new URL('../src/entrances/office/forms/template.xlsx', import.meta.url)),
    await templateBytes(),
  );

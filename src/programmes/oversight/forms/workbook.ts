import ExcelJS from 'exceljs';
import type { Text3 } from '../checklist.ts';
import { type FormRow, type FormSheets, LANGUAGES } from './rows.ts';

/** A sheet as text: the first row is the head. */
export type SheetText = readonly (readonly string[])[];

const words = (text: Text3 | undefined): string[] => LANGUAGES.map(({ key }) => text?.[key] ?? '');
const head = (column: string): string[] => LANGUAGES.map((language) => `${column}::${language.column}`);

const SURVEY_HEAD = [
  'type',
  'name',
  ...head('label'),
  ...head('hint'),
  'required',
  ...head('required_message'),
  'relevant',
  'constraint',
  ...head('constraint_message'),
  'calculation',
  'appearance',
  'parameters',
  'repeat_count',
];

function surveyLine(row: FormRow): string[] {
  return [
    row.type,
    row.name ?? '',
    ...words(row.label),
    ...words(row.hint),
    row.required ? 'yes' : '',
    ...words(row.requiredMessage),
    row.relevant ?? '',
    row.constraint ?? '',
    ...words(row.constraintMessage),
    row.calculation ?? '',
    row.appearance ?? '',
    row.parameters ?? '',
    row.repeatCount ?? '',
  ];
}

/** The three sheets of a form as text, in the order of the workbook. */
export function sheetsOf(form: FormSheets): Readonly<Record<'survey' | 'choices' | 'settings', SheetText>> {
  return {
    survey: [SURVEY_HEAD, ...form.survey.map(surveyLine)],
    choices: [
      ['list_name', 'name', ...head('label')],
      ...form.choices.map((choice) => [choice.list, choice.name, ...words(choice.label)]),
    ],
    settings: [
      ['form_title', 'form_id', 'version', 'default_language', 'instance_name', 'style'],
      [form.title, form.formId, form.version, LANGUAGES[0].column, form.instanceName, 'pages'],
    ],
  };
}

/** The bytes of the .xlsx. Every cell is text, so that a version or a code never turns into a number. */
export async function workbookBytes(form: FormSheets): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'Агенты перемен';
  for (const [name, lines] of Object.entries(sheetsOf(form))) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.addRows(lines.map((line) => line.map((cell) => (cell === '' ? null : cell))));
    sheet.getRow(1).font = { bold: true };
    sheet.columns.forEach((column, index) => {
      column.width = index < 2 ? 22 : 34;
      column.alignment = { wrapText: true, vertical: 'top' };
    });
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

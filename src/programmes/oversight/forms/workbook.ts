import { strToU8, zipSync } from 'fflate';
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
      [
        'form_title',
        'form_title_ru',
        'form_title_en',
        'form_id',
        'version',
        'default_language',
        'instance_name',
        'style',
      ],
      [
        form.title.ky,
        form.title.ru,
        form.title.en,
        form.formId,
        form.version,
        LANGUAGES[0].column,
        form.instanceName,
        'pages',
      ],
    ],
  };
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&quot;');

const letter = (column: number): string =>
  (column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : '') + String.fromCharCode(65 + (column % 26));

/** One sheet; its first row is bold and stays in sight. Empty cells are not written. */
function sheetXml(lines: SheetText): string {
  const rows = lines.map((line, row) => {
    const cells = line.map((text, column) => {
      if (text === '') return '';
      const place = `r="${letter(column)}${row + 1}" s="${row === 0 ? 1 : 2}" t="inlineStr"`;
      return `<c ${place}><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
    });
    return `<row r="${row + 1}">${cells.join('')}</row>`;
  });
  return [
    `${XML}<worksheet ${MAIN}>`,
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
    `<cols><col min="1" max="2" width="24" customWidth="1"/><col min="3" max="${lines[0]?.length ?? 3}" width="36" customWidth="1"/></cols>`,
    `<sheetData>${rows.join('')}</sheetData></worksheet>`,
  ].join('');
}

const STYLES = [
  `${XML}<styleSheet ${MAIN}>`,
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  // 49 is "text": a version or a code typed over by hand never turns into a number.
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>',
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>',
  '</cellXfs></styleSheet>',
].join('');

/** The bytes of the .xlsx: every cell is text, and the same form gives the same bytes. */
export function workbookBytes(form: FormSheets): Uint8Array {
  const sheets = Object.entries(sheetsOf(form));
  const parts: Record<string, string> = {
    '[Content_Types].xml': [
      `${XML}<Types xmlns="${PACKAGE}/content-types">`,
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
      '<Default Extension="xml" ContentType="application/xml"/>',
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>`,
      `<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>`,
      ...sheets.map(
        (_, index) =>
          `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPES}.worksheet+xml"/>`,
      ),
      '</Types>',
    ].join(''),
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': [
      `${XML}<workbook ${MAIN} xmlns:r="${RELATIONS}"><sheets>`,
      ...sheets.map(([name], index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`),
      '</sheets></workbook>',
    ].join(''),
    'xl/_rels/workbook.xml.rels': [
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">`,
      ...sheets.map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      ),
      `<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ].join(''),
    'xl/styles.xml': STYLES,
  };
  for (const [index, [, lines]] of sheets.entries()) parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(lines);
  const files = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]));
  return zipSync(files, { level: 9, mtime: '2015-09-01T00:00:00' });
}

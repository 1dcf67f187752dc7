import { strToU8, zipSync } from 'fflate';

/** A cell as a test writes it: text, a number, true or false, or nothing. */
export type TestCell = string | number | boolean | undefined;

/** Sheets by name, each a list of rows that begin with the header row. */
export type TestSheets = Record<string, readonly (readonly TestCell[])[]>;

const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function letters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letters(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

function cellXml(cell: TestCell, at: string): string {
  if (cell === undefined || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
}

/** XML of a worksheet with inline strings. */
export function sheetXml(rows: TestSheets[string]): string {
  const body = rows
    .map((row, r) => {
      const cells = row.map((cell, c) => cellXml(cell, `${letters(c)}${r + 1}`)).join('');
      return `<row r="${r + 1}">${cells}</row>`;
    })
    .join('');
  const ns = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${ns}"><sheetData>${body}</sheetData></worksheet>`;
}

/** The parts of a minimal .xlsx file; tests may change one before packing them. */
export function workbookParts(sheets: TestSheets): Record<string, string> {
  const names = Object.keys(sheets);
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const pack = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships xmlns="${pack}"><Relationship Id="r1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${rel}"><sheets>${names
      .map((name, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="r${i + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${pack}">${names
      .map((_, i) => `<Relationship Id="r${i + 1}" Type="${rel}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
      .join('')}</Relationships>`,
  };
  names.forEach((name, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(sheets[name]!);
  });
  return parts;
}

/** Packs parts into the bytes of an .xlsx file. */
export function packParts(parts: Record<string, string>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

/** The bytes of an .xlsx file with these sheets. */
export function makeWorkbook(sheets: TestSheets): Uint8Array {
  return packParts(workbookParts(sheets));
}

/** A questionnaire of the given size with groups, conditions, choices and calculations in several languages. */
export function largeQuestionnaire(questions: number, languages: number): TestSheets {
  const names = ['Кыргызча (ky)', 'Русский (ru)', 'English (en)', 'Oʻzbekcha (uz)', 'Тоҷикӣ (tg)'].slice(0, languages);
  const survey: TestCell[][] = [
    [
      'type',
      'name',
      'relevant',
      'constraint',
      'required',
      'calculation',
      ...names.flatMap((n) => [`label::${n}`, `hint::${n}`]),
    ],
  ];
  const types = [
    'text',
    'integer',
    'decimal',
    'date',
    'select_one yn',
    'select_multiple yn',
    'note',
    'geopoint',
    'time',
    'calculate',
  ];
  for (let i = 0; i < questions; i++) {
    if (i % 20 === 0) {
      if (i > 0) survey.push(['end group']);
      survey.push(['begin group', `g${i}`, '', '', '', '', ...names.flatMap((n) => [`${n} ${i}`, ''])]);
    }
    const type = types[i % types.length]!;
    const before = `q${i - 1}`;
    survey.push([
      type,
      `q${i}`,
      type === 'decimal' ? `\${${before}} > 3 and \${${before}} != ''` : '',
      type === 'integer' ? '. >= 0 and . <= 120' : '',
      i % 3 === 0 ? 'yes' : '',
      type === 'calculate' ? `concat(\${q${i - 9}}, ' – ', \${q${i - 8}})` : '',
      ...names.flatMap((n) => [
        `${n}: суроо ${i}, \${${i > 10 ? `q${i - (i % 10)}` : 'q0'}}`,
        i % 4 === 0 ? `кеңеш ${i}` : '',
      ]),
    ]);
  }
  survey.push(['end group']);
  const choices: TestCell[][] = [
    ['list_name', 'name', ...names.map((n) => `label::${n}`)],
    ['yn', 'yes', ...names.map((n) => `Ооба ${n}`)],
    ['yn', 'no', ...names.map((n) => `Жок ${n}`)],
  ];
  return {
    survey,
    choices,
    settings: [
      ['form_id', 'version'],
      ['large', '1'],
    ],
  };
}

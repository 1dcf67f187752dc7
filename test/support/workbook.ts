import ExcelJS from 'exceljs';

/** The bytes of an .xlsx with these sheets; each is a list of rows of cells, the first row being its header. */
export async function workbook(
  sheets: Readonly<Record<string, readonly (readonly (string | number)[])[]>>,
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) book.addWorksheet(name).addRows(rows.map((row) => [...row]));
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A short visit form in three languages: facility, warmth, problems with a photo each. */
export async function visitWorkbook(version = '1', more: readonly (readonly string[])[] = []): Promise<Uint8Array> {
  return await workbook({
    survey: [
      [
        'type',
        'name',
        'label::Кыргызча (ky)',
        'label::Русский (ru)',
        'label::English (en)',
        'required',
        'constraint',
        'constraint_message::Кыргызча (ky)',
      ],
      ['start', 'start', '', '', '', '', '', ''],
      ['end', 'end', '', '', '', '', '', ''],
      ['today', 'today', '', '', '', '', '', ''],
      ['text', 'facility', 'Мекеме', 'Учреждение', 'Facility', 'yes', '', ''],
      ['integer', 'warmth', 'Канча градус?', 'Сколько градусов?', 'How many degrees?', '', '. < 50', '50дөн аз болсун'],
      ['select_one yes_no', 'ramp', 'Пандус барбы?', 'Есть пандус?', 'Is there a ramp?', '', '', ''],
      ['image', 'board', 'Такта', 'Стенд', 'Board', '', '', ''],
      ['begin repeat', 'problem', 'Көйгөй', 'Проблема', 'Problem', '', '', ''],
      ['text', 'what', 'Эмне болду?', 'Что случилось?', 'What happened?', '', '', ''],
      ['image', 'photo', 'Сүрөт', 'Фото', 'Photo', '', '', ''],
      ['end repeat', '', '', '', '', '', '', ''],
      ...more,
    ],
    choices: [
      ['list_name', 'name', 'label::Кыргызча (ky)', 'label::Русский (ru)', 'label::English (en)'],
      ['yes_no', 'yes', 'Ооба', 'Да', 'Yes'],
      ['yes_no', 'no', 'Жок', 'Нет', 'No'],
    ],
    settings: [
      ['form_title', 'form_id', 'version', 'default_language'],
      ['Клиникага баруу', 'visit', version, 'Кыргызча (ky)'],
    ],
  });
}

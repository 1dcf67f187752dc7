import exceljs from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { speakerIn } from '../../../test/support/speaker.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import {
  addSubject,
  ancestors,
  applyImport,
  findSubjects,
  personDetail,
  previewImport,
  relate,
  undoImport,
} from './index.ts';

let database: TestDatabase;
let by: ReturnType<typeof speakerIn>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  by = speakerIn(uuidv7());
});

const text = (content: string) => new TextEncoder().encode(content);
const preview = (kind: 'person' | 'place' | 'thing' | 'organisation', bytes: Uint8Array, fileName = 'тизме.csv') =>
  previewImport(database.sql, by, { kind, fileName, bytes });
const names = async (search: Parameters<typeof findSubjects>[2] = {}) =>
  (await findSubjects(database.sql, by.spaceId, search)).rows.map((row) => row.name.ky ?? row.name.ru);

async function talas(): Promise<{ oblast: string; rayon: string }> {
  const oblast = await addSubject(database.sql, by, {
    kind: 'place',
    type: 'oblast',
    name: { ky: 'Талас', ru: 'Талас' },
  });
  const rayon = await addSubject(database.sql, by, {
    kind: 'place',
    type: 'rayon',
    name: { ky: 'Талас' },
    placeId: oblast,
  });
  return { oblast, rayon };
}

describe('a list of people', () => {
  test('from a workbook in Kyrgyz is read, shown with errors by cell, entered without the wrong rows and taken back', async () => {
    const { rayon } = await talas();
    await addSubject(database.sql, by, { kind: 'place', type: 'village', name: { ky: 'Көк-Ой' }, placeId: rayon });
    const workbook = new exceljs.Workbook();
    const sheet = workbook.addWorksheet('Катышуучулар');
    sheet.addRow(['Аты-жөнү', 'Жынысы', 'Туулган күнү', 'Айылы', 'Телефон', 'Сүйүктүү түсү']);
    sheet.addRow(['Асан уулу Бакыт', 'эркек', new Date('1987-09-05'), 'Кок-Ой, Талас району', '0555 12 34 56', 'көк']);
    sheet.addRow(['Жакшылык кызы Нургүл', 'аял', 1990, 'Көк-Ой', null, null]);
    sheet.addRow(['Сейит кызы Айжан', 'белгисиз', 1800, 'Атлантида', 'чал', null]);
    sheet.addRow([null, 'аял', 1999, null, null, null]);
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());

    const shown = await preview('person', bytes, 'тизме.xlsx');
    expect(shown.columns.map((column) => column.field)).toEqual(['name', 'sex', 'born', 'place', 'phone', null]);
    expect(shown.rows.flatMap((row) => row.errors.map((error) => [error.at, error.value, error.key]))).toEqual([
      ['C4', '1800', 'subjects.import.birth'],
      ['B4', 'белгисиз', 'subjects.import.sex'],
      ['E4', 'чал', 'subjects.import.phone'],
      ['D4', 'Атлантида', 'subjects.import.placeUnknown'],
      ['A5', '', 'subjects.import.noName'],
    ]);
    expect(await names({ kind: 'person' })).toEqual([]);

    const { importId } = shown;
    await expect(applyImport(database.sql, by, { importId })).rejects.toMatchObject({
      key: 'subjects.import.hasErrors',
      details: { rows: 2 },
    });
    expect(await applyImport(database.sql, by, { importId, leaveWrong: true })).toBe(2);
    await expect(applyImport(database.sql, by, { importId, leaveWrong: true })).rejects.toMatchObject({ status: 409 });
    expect(await names({ kind: 'person' })).toEqual(['Асан уулу Бакыт', 'Жакшылык кызы Нургүл']);
    const [bakyt] = (await findSubjects(database.sql, by.spaceId, { text: 'бакыт' })).rows;
    const actor = { ...by, name: '', roles: ['coordinator' as const], organisationId: null, personId: null };
    expect(await personDetail(database.sql, actor, bakyt!.id)).toMatchObject({
      sex: 'm',
      bornOn: '1987-09-05',
      phone: '0555 12 34 56',
    });
    expect((await ancestors(database.sql, by.spaceId, bakyt!.id)).map((place) => place.name.ky)).toEqual([
      'Көк-Ой',
      'Талас',
      'Талас',
    ]);

    expect(await undoImport(database.sql, by, importId, [])).toEqual({ removed: 2, stays: [] });
    expect(await names({ kind: 'person' })).toEqual([]);
    expect(await names({ text: 'бакыт' })).toEqual([]);
    await expect(undoImport(database.sql, by, importId, [])).rejects.toMatchObject({
      key: 'subjects.import.undoneAlready',
    });
  });

  test('warns of somebody already there and of the same person twice in the file; brothers on one phone pass', async () => {
    const known = await addSubject(database.sql, by, {
      kind: 'person',
      name: { ru: 'Бактыбекова Нургуль Жакшылыковна' },
      person: { bornYear: 1990 },
    });
    const shown = await preview(
      'person',
      text(
        'full name;birth year;phone\nJakshylyk kyzy Nurgul;1990;\nАсан уулу Бакыт;1987;0555123456\nАсан уулу Эрлан;1989;0555123456\nБакыт Асан уулу;1987;\n',
      ),
    );
    expect(shown.rows.map((row) => row.twins.map((twin) => twin.id ?? twin.row))).toEqual([[known], [], [], [3]]);
    await applyImport(database.sql, by, { importId: shown.importId, decisions: { 2: { same: known }, 5: 'skip' } });
    expect(await names({ kind: 'person', language: 'ru' })).toEqual([
      'Асан уулу Бакыт',
      'Асан уулу Эрлан',
      'Бактыбекова Нургуль Жакшылыковна',
      'Jakshylyk kyzy Nurgul',
    ]);
  });

  test.each([
    [
      'semicolons and an old Windows',
      Uint8Array.from([...'\xd4\xc8\xce;\xcf\xee\xeb\n\xc0\xf1\xe0\xed;\xec\n'].map((x) => x.charCodeAt(0))),
    ],
    ['commas and quotes', text('ФИО,Пол\n"Асан",м\n')],
    ['tabs and a mark of order', text('\ufeffФИО\tПол\r\nАсан\tм')],
    ['UTF-16 of a spreadsheet', new Uint8Array(Buffer.from('\ufeffФИО\tПол\nАсан\tм\n', 'utf16le'))],
  ])('%s read the same', async (_, bytes) => {
    const shown = await preview('person', bytes);
    expect(shown.rows.map(({ row, name, person, errors }) => ({ row, name, sex: person?.sex, errors }))).toEqual([
      { row: 2, name: { ky: 'Асан' }, sex: 'm', errors: [] },
    ]);
  });

  test.each([
    ['тизме.csv', text(''), 'subjects.import.empty'],
    ['тизме.csv', text('Аты-жөнү\n'), 'subjects.import.empty'],
    ['тизме.csv', text('түсү;саны\nкөк;3\n'), 'subjects.import.noNameColumn'],
    ['тизме.xlsx', text('PK алдамчы'), 'subjects.import.unreadable'],
    ['тизме.xlsx', text('эмне бул'), 'subjects.import.notAWorkbook'],
    ['тизме.csv', new Uint8Array([0x89, 0, 1, 2, 3]), 'subjects.import.notATable'],
    ['тизме.csv', text(`Аты-жөнү\n${'Асан\n'.repeat(50_001)}`), 'subjects.import.tooMany'],
    ['тизме.csv', new Uint8Array(20 * 1024 * 1024 + 1), 'platform.file.tooLarge'],
  ])('%s is refused with a reason (%#)', async (fileName, bytes, key) => {
    await expect(preview('person', bytes, fileName)).rejects.toMatchObject({ key });
  });
});

describe('a list of places', () => {
  test('may name parents in the same file, above or below', async () => {
    const shown = await preview(
      'place',
      text(
        'Аты;Название;Түрү;Жери\nКөк-Ой;Кок-Ой;айыл;Талас району\nТалас;Талас;район;Талас облусу\nТалас;Талас;облус;\n',
      ),
    );
    expect(shown.rows.map((row) => [row.type, row.placeRow, row.errors])).toEqual([
      ['village', 3, []],
      ['rayon', 4, []],
      ['oblast', null, []],
    ]);
    await applyImport(database.sql, by, { importId: shown.importId });
    const [village] = (await findSubjects(database.sql, by.spaceId, { text: 'кок' })).rows;
    expect((await ancestors(database.sql, by.spaceId, village!.id)).map((place) => place.type)).toEqual([
      'rayon',
      'oblast',
    ]);
    const again = await preview('place', text('Аты;Түрү;Жери\nКөк-Ой;айыл;Талас району\nКөк-Ой;айыл;Талас облусу\n'));
    expect(again.rows.map((row) => row.twins.length)).toEqual([1, 0]);
  });

  test('taking back keeps what is used, says why, and keeps the places above it', async () => {
    const shown = await preview(
      'place',
      text('Аты;Түрү;Жери\nТалас;облус;\nКөк-Ой;айыл;Талас\nКөпүрө-Базар;айыл;Талас\n'),
    );
    await applyImport(database.sql, by, { importId: shown.importId });
    const [kokOy] = (await findSubjects(database.sql, by.spaceId, { text: 'көк-ой' })).rows;
    const asan = await addSubject(database.sql, by, { kind: 'person', name: { ky: 'Асан' } });
    await relate(database.sql, by, { subjectId: asan, kind: 'located_in', objectId: kokOy!.id });
    const undone = await undoImport(database.sql, by, shown.importId, []);
    expect(undone.removed).toBe(1);
    expect(undone.stays.map(({ name, why }) => [name.ky, why]).sort()).toEqual([
      ['Көк-Ой', 'subjects.import.staysRelated'],
      ['Талас', 'subjects.import.staysHolds'],
    ]);
    expect(await names({ kind: 'place' })).toEqual(['Көк-Ой', 'Талас']);
  });

  test('another room can keep what it needs', async () => {
    const shown = await preview('organisation', text('name,type\nEcoHimal,funder\nСам себе,funder\n'));
    await applyImport(database.sql, by, { importId: shown.importId });
    const undone = await undoImport(database.sql, by, shown.importId, [
      async (_db, _space, ids) => new Map(ids.slice(0, 1).map((id) => [id, 'projects.usesIt'])),
    ]);
    expect([undone.removed, undone.stays.map((one) => one.why)]).toEqual([1, ['projects.usesIt']]);
  });
});

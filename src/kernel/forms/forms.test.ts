import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { visitWorkbook, workbook } from '../../../test/support/workbook.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import { type FileStore, fileOf, openDiskStore } from '../../platform/files/index.ts';
import { makeTranslator } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import {
  addFormFile,
  formFiles,
  formsMessages,
  formToRead,
  formVersion,
  md5Of,
  parsedForm,
  publishedForms,
  publishVersion,
  questionsOf,
  retireVersion,
  uploadWorkbook,
  versionsOfForm,
  xformOf,
} from './index.ts';

let database: TestDatabase;
let files: FileStore;
let folder: string;
const gulnara = { accountId: uuidv7() };

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'demilge-forms-'));
  files = openDiskStore(folder);
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const upload = async (spaceId: string, bytes: Uint8Array, kind = 'oversight') =>
  await uploadWorkbook(database.sql, files, gulnara, { spaceId, kind, fileName: 'visit.xlsx', bytes });
const problem = (work: Promise<unknown>) =>
  work.then(
    () => 'no problem',
    (error: unknown) => (error instanceof Problem ? [error.status, error.key] : Promise.reject(error)),
  );

test('Gulnara uploads a workbook: a draft with its questions, in three languages, and the workbook is kept', async () => {
  const spaceId = uuidv7();
  const bytes = await visitWorkbook();
  const { form, version } = await upload(spaceId, bytes);
  expect([form.formKey, form.kind, form.title]).toEqual(['visit', 'oversight', { ky: 'Клиникага баруу' }]);
  expect([version.version, version.publishedAt, version.languages]).toEqual(['1', null, ['ky', 'ru', 'en']]);
  const questions = await questionsOf(database.sql, spaceId, version.id);
  expect(questions.map(({ path, kind, type }) => [path, kind, type])).toEqual([
    ['/data/start', 'question', 'meta'],
    ['/data/end', 'question', 'meta'],
    ['/data/today', 'question', 'meta'],
    ['/data/facility', 'question', 'text'],
    ['/data/warmth', 'question', 'integer'],
    ['/data/ramp', 'question', 'select_one'],
    ['/data/board', 'question', 'image'],
    ['/data/problem', 'repeat', 'repeat'],
    ['/data/problem/what', 'question', 'text'],
    ['/data/problem/photo', 'question', 'image'],
  ]);
  expect(questions.find((question) => question.name === 'ramp')).toEqual({
    path: '/data/ramp',
    name: 'ramp',
    kind: 'question',
    type: 'select_one',
    labels: { ky: 'Пандус барбы?', ru: 'Есть пандус?', en: 'Is there a ramp?' },
    choices: [
      { value: 'yes', labels: { ky: 'Ооба', ru: 'Да', en: 'Yes' } },
      { value: 'no', labels: { ky: 'Жок', ru: 'Нет', en: 'No' } },
    ],
    required: false,
  });
  expect((await fileOf(database.sql, spaceId, version.workbookSha256))?.bytes).toBe(bytes.length);
  expect((await parsedForm(database.sql, spaceId, version.id)).formId).toBe('visit');
  expect((await xformOf(database.sql, spaceId, version.id)).slice(0, 5)).toBe('<?xml');
});

test('a workbook with three mistakes is refused with all three, by sheet, row and column', async () => {
  const bytes = await workbook({
    survey: [
      ['type', 'name', 'label', 'relevant'],
      ['texxt', 'a', 'А', ''],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: XLSForm names a question so
      ['integer', 'b', 'Б', '${nobody} > 1'],
      ['select_one nolist', 'c', 'В', ''],
    ],
  });
  const refused = await upload(uuidv7(), bytes).catch((error: unknown) => error);
  if (!(refused instanceof Problem)) throw refused;
  expect([refused.status, refused.key, refused.details]).toEqual([422, 'forms.workbookRefused', { count: 3 }]);
  const errors = refused.parts.filter((part) => part.details?.severity === 'error');
  expect(errors.map((part) => part.at.split('!').slice(0, 2).join('!'))).toEqual(['survey!2', 'survey!3', 'survey!4']);
  const say = (language: 'ky' | 'en') => makeTranslator(language, [formsMessages])(errors[0]!.key, errors[0]!.details);
  expect([say('ky'), say('en')]).toEqual([errors[0]?.details?.text_ky, errors[0]?.details?.text_en]);
});

test('something that is no workbook is refused', async () => {
  expect(await problem(upload(uuidv7(), new TextEncoder().encode('Саламатсызбы')))).toEqual([
    422,
    'forms.workbookRefused',
  ]);
});

test('a version is offered from its publication until it is retired, and read for ever', async () => {
  const spaceId = uuidv7();
  const offered = async () => (await publishedForms(database.sql, spaceId)).map((one) => one.version);
  const match = async (version: string) => (await formToRead(database.sql, spaceId, 'visit', version))?.match ?? null;
  const first = (await upload(spaceId, await visitWorkbook('1'))).version;
  expect([await offered(), await match('1')]).toEqual([[], 'draft']);
  await publishVersion(database.sql, gulnara, { spaceId, versionId: first.id });
  const second = (await upload(spaceId, await visitWorkbook('2'))).version;
  expect([await offered(), await match('1'), await match('2'), await match('3')]).toEqual([
    ['1'],
    'exact',
    'draft',
    'unknown',
  ]);
  await publishVersion(database.sql, gulnara, { spaceId, versionId: second.id });
  expect(await offered()).toEqual(['2']);
  await retireVersion(database.sql, gulnara, { spaceId, versionId: second.id });
  expect([await offered(), await match('2')]).toEqual([['1'], 'exact']);
  expect((await versionsOfForm(database.sql, spaceId, first.formId)).map((one) => one.version)).toEqual(['2', '1']);
  expect(await formToRead(database.sql, spaceId, 'unknown', '1')).toBe(null);
  expect(await formToRead(database.sql, uuidv7(), 'visit', '1')).toBe(null);
});

test('the same workbook twice is one version; a draft is replaced; a published version is not', async () => {
  const spaceId = uuidv7();
  const draft = await upload(spaceId, await visitWorkbook('1'));
  const changed = await visitWorkbook('1', [['note', 'thanks', 'Рахмат', 'Спасибо', 'Thank you']]);
  const replaced = await upload(spaceId, changed);
  expect(await formVersion(database.sql, spaceId, 'visit', '1')).toEqual(replaced.version);
  expect((await upload(spaceId, changed)).version.id).toBe(replaced.version.id);
  expect(await problem(questionsOf(database.sql, spaceId, draft.version.id))).toEqual([404, 'platform.notFound']);
  await publishVersion(database.sql, gulnara, { spaceId, versionId: replaced.version.id });
  expect((await upload(spaceId, changed)).version.id).toBe(replaced.version.id);
  expect(await problem(upload(spaceId, await visitWorkbook('1')))).toEqual([409, 'forms.versionTaken']);
  expect(await problem(upload(spaceId, await visitWorkbook('2'), 'elections'))).toEqual([409, 'forms.otherKind']);
});

test('a picture that the form shows is kept with the version, and its md5 is what phones compare', async () => {
  const spaceId = uuidv7();
  const { version } = await upload(spaceId, await visitWorkbook());
  const file = (versionId: string) =>
    addFormFile(database.sql, files, {
      spaceId,
      versionId,
      name: 'felt.png',
      mediaType: 'image/png',
      bytes: (async function* () {
        yield new TextEncoder().encode('hello');
      })(),
      maxBytes: 1000,
    });
  const { sha256 } = await file(version.id);
  expect(await formFiles(database.sql, spaceId, version.id)).toEqual([{ name: 'felt.png', sha256 }]);
  expect(await md5Of(files, sha256)).toBe('5d41402abc4b2a76b9719d911017c592');
  expect(await problem(file(uuidv7()))).toEqual([404, 'platform.notFound']);
});

test('a form is called in each language that its workbook names', async () => {
  const bytes = await workbook({
    survey: [
      ['type', 'name', 'label'],
      ['text', 'a', 'Аты'],
    ],
    settings: [
      ['form_title', 'form_id', 'version', 'form_title_ru', 'form_title_en'],
      ['Мекемеге баруу', 'named', '1', 'Посещение учреждения', 'Visit to a facility'],
    ],
  });
  const { form, version } = await upload(uuidv7(), bytes);
  const title = { ky: 'Мекемеге баруу', ru: 'Посещение учреждения', en: 'Visit to a facility' };
  expect([form.title, version.title]).toEqual([title, title]);
});

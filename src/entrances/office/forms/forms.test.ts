import { readFile } from 'node:fs/promises';
import { type CompileResult, compileWorkbook, describeForm, readWorkbook } from '@demilge/xlsform';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { templateBytes } from '../../../../scripts/formTemplate.ts';
import { type TestApp, type TestPerson, testApp } from '../../../../test/support/app.ts';
import { visitXml } from '../../../../test/support/visit.ts';
import { visitWorkbook, workbook } from '../../../../test/support/workbook.ts';
import type { Role } from '../../../kernel/access/index.ts';
import { formOfKey, publishedForms, versionsOfForm } from '../../../kernel/forms/index.ts';
import { receive } from '../../../kernel/records/index.ts';
import { differences } from './difference.ts';

let app: TestApp;
let bakyt: TestPerson;
const by: Partial<Record<Role, TestPerson>> = {};

beforeAll(async () => {
  app = await testApp({ kinds: [] });
  bakyt = await app.person('Бакыт Жээнбеков', ['coordinator']);
  for (const role of ['reviewer', 'auditor', 'funder', 'partner', 'field_worker'] as const)
    by[role] = await app.person(role, [role]);
  by.coordinator = bakyt;
});
afterAll(() => app.close());

/** Sends files as a browser would. */
const upload = async (
  person: TestPerson,
  files: readonly (readonly [field: string, name: string, bytes: Uint8Array])[],
  path = '/ky/office/forms',
) => {
  const body = new FormData();
  for (const [field, name, bytes] of files) body.append(field, new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
  const sent = new Response(body);
  return await person.ask({
    method: 'POST',
    url: path,
    payload: Buffer.from(await sent.arrayBuffer()),
    headers: { 'content-type': sent.headers.get('content-type') ?? '' },
  });
};
const seen = (html: string): string =>
  html
    .replace(/<(script|style|head)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/\s+/g, ' ');
const compiled = async (bytes: Uint8Array): Promise<CompileResult> => await compileWorkbook(bytes);

describe('a workbook', () => {
  test('is uploaded, looked at in three languages, published, retired and published again', async () => {
    const sent = await upload(bakyt, [['workbook', 'visit.xlsx', await visitWorkbook('1')]]);
    expect(sent.statusCode).toBe(303);
    const page = String(sent.headers.location);
    const draft = seen((await bakyt.get(page)).body);
    expect(draft).toMatch(/долбоор/);
    expect(draft).toMatch(/Кандай көрүнөт .* Мекеме/);
    expect(await publishedForms(app.sql, app.space.id)).toEqual([]);

    const published = await bakyt.post(`${page}/publish`, {});
    expect([published.statusCode, published.headers.location]).toEqual([303, page]);
    expect((await publishedForms(app.sql, app.space.id)).map((form) => form.version)).toEqual(['1']);
    await bakyt.post(`${page}/retire`, {});
    expect(await publishedForms(app.sql, app.space.id)).toEqual([]);
    const late = await receive(
      { sql: app.sql, handlers: new Map() },
      { spaceId: app.space.id, xml: visitXml(), door: 'openrosa', authorId: null },
    );
    expect(late.aside).toBe(null);
    await bakyt.post(`${page}/publish`, {});
    expect((await publishedForms(app.sql, app.space.id)).length).toBe(1);
  });

  test('with errors is refused with the sheet, the row, the column, the value and the nearest word, in each language', async () => {
    const wrong = await workbook({
      survey: [
        ['type', 'name', 'label::Кыргызча (ky)'],
        ['intger', 'warmth', 'Канча градус?'],
      ],
      settings: [
        ['form_title', 'form_id', 'version'],
        ['Ката', 'wrong', '1'],
      ],
    });
    const rows: Record<string, string> = {};
    for (const language of ['ky', 'ru', 'en']) {
      const answer = await upload(bakyt, [['workbook', 'wrong.xlsx', wrong]], `/${language}/office/forms`);
      expect(answer.statusCode).toBe(422);
      const body = /<tr class="row--bad">([\s\S]*?)<\/tr>/.exec(answer.body)?.[1] ?? '';
      rows[language] = seen(body).trim();
    }
    const [d] = (await compiled(wrong)).diagnostics;
    expect([d?.sheet, d?.row, d?.column, d?.value, d?.suggestion]).toEqual(['survey', 2, 'type', 'intger', 'integer']);
    for (const [language, word] of [
      ['ky', 'ката'],
      ['ru', 'ошибка'],
      ['en', 'error'],
    ] as const) {
      expect(rows[language]).toMatch(new RegExp(`^survey 2 type intger .*integer.* ${word}$`));
    }
    expect(await formOfKey(app.sql, app.space.id, 'wrong')).toBe(null);
  });

  test('comes back byte for byte, and its XForm with it', async () => {
    const bytes = await visitWorkbook('7');
    const page = String((await upload(bakyt, [['workbook', 'visit.xlsx', bytes]])).headers.location).slice(3);
    const back = await bakyt.get(`${page}/workbook.xlsx`);
    expect([back.statusCode, Buffer.compare(back.rawPayload, bytes)]).toEqual([200, 0]);
    const xform = await bakyt.get(`${page}/form.xml`);
    expect([xform.statusCode, xform.headers['content-type'], xform.body.includes('id="visit" version="7"')]).toEqual([
      ...[200, 'text/xml; charset=utf-8', true],
    ]);
  });

  test('with a control that the app lacks says so to the author', async () => {
    const sent = await upload(bakyt, [
      [
        'workbook',
        'app.xlsx',
        await workbook({
          survey: [
            ['type', 'name', 'label::Кыргызча (ky)', 'appearance'],
            ['text', 'pulse', 'Тамыр кагышы', 'ex:org.pulse.app()'],
          ],
          settings: [
            ['form_title', 'form_id', 'version'],
            ['Тамыр', 'pulse', '1'],
          ],
        }),
      ],
    ]);
    const text = seen((await bakyt.get(String(sent.headers.location))).body);
    expect(text).toContain('Тиркемеде жок мүмкүнчүлүктөр: 1');
    expect(text).toContain('survey 2 appearance ex:org.pulse.app() Башка тиркеме ачылбайт: жөнөкөй талаа көрсөтүлөт.');
  });

  test('that asks for encryption is never published: its author would believe in a secret that is none', async () => {
    const sent = await upload(bakyt, [
      [
        'workbook',
        'sealed.xlsx',
        await workbook({
          survey: [
            ['type', 'name', 'label::Кыргызча (ky)'],
            ['text', 'diagnosis', 'Диагнозу'],
          ],
          settings: [
            ['form_title', 'form_id', 'version', 'public_key'],
            ['Диагноз', 'sealed', '1', 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'],
          ],
        }),
      ],
    ]);
    const page = String(sent.headers.location);
    const draft = (await bakyt.get(page)).body;
    expect(seen(draft)).toContain('settings 2 public_key MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A Жооптор шифрленбейт.');
    expect(draft).not.toContain(`${page}/publish`);
    const answers: Record<string, unknown> = {};
    for (const language of ['ky', 'ru', 'en']) {
      const answer = await bakyt.post(page.replace('/ky/', `/${language}/`).concat('/publish'), {});
      answers[language] = [answer.statusCode, /public_key/.test(seen(answer.body))];
    }
    expect(answers).toEqual({ ky: [409, true], ru: [409, true], en: [409, true] });
    expect((await publishedForms(app.sql, app.space.id)).map((form) => form.formKey)).not.toContain('sealed');
  });

  test('that is missing, is no workbook, or is no multipart at all is answered in words', async () => {
    const none = await upload(bakyt, [['media', 'a.png', new Uint8Array([1])]]);
    const text = await upload(bakyt, [['workbook', 'a.xlsx', new TextEncoder().encode('not a workbook')]]);
    const plain = await bakyt.post('/ky/office/forms', { workbook: 'x' });
    expect([none.statusCode, text.statusCode, plain.statusCode]).toEqual([422, 422, 415]);
  });

  test('may not take the place of a published version', async () => {
    const bytes = await visitWorkbook('1', [['note', 'thanks', 'Рахмат', 'Спасибо', 'Thanks', '', '', '']]);
    const answer = await upload(bakyt, [['workbook', 'visit.xlsx', bytes]]);
    expect([answer.statusCode, seen(answer.body).includes('1 версиясы жарыяланган')]).toEqual([409, true]);
  });
});

describe('what changed between two versions', () => {
  const sheets = (survey: readonly (readonly string[])[], no = 'Жок') => ({
    survey: [['type', 'name', 'label::Кыргызча (ky)', 'relevant'], ...survey],
    choices: [
      ['list_name', 'name', 'label::Кыргызча (ky)'],
      ['yes_no', 'yes', 'Ооба'],
      ['yes_no', 'no', no],
    ],
    settings: [
      ['form_title', 'form_id', 'version'],
      ['Үй', 'home', '1'],
    ],
  });
  const words = async (before: ReturnType<typeof sheets>, after: ReturnType<typeof sheets>) =>
    differences(
      describeForm(await compiled(await workbook(before))),
      describeForm(await compiled(await workbook(after))),
    ).map(({ kind, question, changes }) => [kind, question.name, changes]);

  test('names added, removed and reworded questions, choices, logic and place', async () => {
    const before = sheets([
      ['text', 'owner', 'Ээси', ''],
      ['select_one yes_no', 'water', 'Суу барбы?', ''],
      ['integer', 'rooms', 'Канча бөлмө?', ''],
    ]);
    const after = sheets(
      [
        ['select_one yes_no', 'water', 'Таза суу барбы?', ''],
        ['begin group', 'inside', 'Ичи', ''],
        ['integer', 'rooms', 'Канча бөлмө?', `\${water} = 'yes'`],
        ['end group', '', '', ''],
      ],
      'Жок экен',
    );
    const ky = 'Кыргызча (ky)';
    expect(await words(before, after)).toEqual([
      [
        'changed',
        'water',
        [
          { aspect: 'label', language: ky, before: 'Суу барбы?', after: 'Таза суу барбы?' },
          { aspect: 'choices', language: ky, before: 'Жок', after: 'Жок экен' },
        ],
      ],
      ['added', 'inside', []],
      [
        'changed',
        'rooms',
        [
          { aspect: 'place', language: '', before: '/data/rooms', after: '/data/inside/rooms' },
          { aspect: 'relevant', language: '', before: '', after: `\${water} = 'yes'` },
        ],
      ],
      ['removed', 'owner', []],
    ]);
    expect(await words(before, before)).toEqual([]);
  });

  test('is told on the page of the later version', async () => {
    const more = [['text', 'remark', 'Дагы эмне?', 'Что ещё?', 'What else?', '', '', '']];
    const sent = await upload(bakyt, [['workbook', 'visit.xlsx', await visitWorkbook('2', more)]]);
    const text = seen((await bakyt.get(String(sent.headers.location))).body);
    expect(text.includes('1 версиясынан айырмасы')).toBe(true);
    expect(text.includes('кошулду Дагы эмне? remark')).toBe(true);
  });
});

describe('the template workbook', () => {
  test('is downloaded, compiles without a finding, and is what its script writes', async () => {
    const answer = await bakyt.get('/office/forms/template.xlsx');
    const kept = await readFile(new URL('./template.xlsx', import.meta.url));
    expect([answer.statusCode, Buffer.compare(answer.rawPayload, kept)]).toEqual([200, 0]);
    const result = await compiled(kept);
    expect([result.ok, result.diagnostics, result.languages]).toEqual([
      ...[true, [], ['Кыргызча (ky)', 'Русский (ru)', 'English (en)']],
    ]);
    expect(await readWorkbook(kept)).toEqual(await readWorkbook(await templateBytes()));
  });
});

describe('who may', () => {
  test('each role sees and publishes exactly where the table says', async () => {
    const form = await formOfKey(app.sql, app.space.id, 'visit');
    const [version] = await versionsOfForm(app.sql, app.space.id, form?.id ?? '');
    const one = `/ky/office/forms/${form?.id}`;
    const two = `${one}/versions/${version?.id}`;
    const answers: Record<string, number[]> = {};
    for (const [role, person] of Object.entries(by)) {
      const got = await Promise.all(
        ['/ky/office/forms', one, two, `${two.slice(3)}/form.xml`, `${two.slice(3)}/workbook.xlsx`].map(person.get),
      );
      const published = await person.post(`${two}/publish`, {});
      const sent = await upload(person, []);
      answers[role] = [...got, published, sent].map((answer) => answer.statusCode);
    }
    const none = [403, 403, 403, 403, 403, 403, 403];
    expect(answers).toEqual({
      coordinator: [200, 200, 200, 200, 200, 303, 422],
      reviewer: [200, 200, 200, 200, 200, 403, 403],
      auditor: [200, 200, 200, 200, 200, 403, 403],
      ...{ funder: none, partner: none, field_worker: none },
    });
  });

  test('another association on the same server has none of these forms', async () => {
    const form = await formOfKey(app.sql, app.space.id, 'visit');
    const [version] = await versionsOfForm(app.sql, app.space.id, form?.id ?? '');
    const neighbours = await app.addSpace({ ky: 'Коңшулар' }, 'neighbours.example');
    const chynara = await app.person('Чынара', ['coordinator'], { space: neighbours });
    const path = `/ky/office/forms/${form?.id}`;
    const got = await Promise.all(
      [path, `${path}/versions/${version?.id}`, `${path.slice(3)}/versions/${version?.id}/form.xml`].map(chynara.get),
    );
    const posted = await chynara.post(`${path}/versions/${version?.id}/publish`, {});
    expect([...got, posted].map((answer) => answer.statusCode)).toEqual([404, 404, 404, 404]);
    expect((await chynara.get('/ky/office/forms')).body.includes(String(form?.id))).toBe(false);
  });

  test('an address that names nothing is not found', async () => {
    const form = await formOfKey(app.sql, app.space.id, 'visit');
    const paths = ['/ky/office/forms/x', `/ky/office/forms/${form?.id}/versions/x`, '/ky/office/forms?q=%00&q=b'];
    const got = await Promise.all(paths.map(bakyt.get));
    expect(got.map((answer) => answer.statusCode)).toEqual([404, 404, 200]);
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseForm } from '@demilge/xform';
import { compileWorkbook, describeForm } from '@demilge/xlsform';
import { expect, test } from 'vitest';
import { controlsWorkbook } from '../../../../test/support/controls.ts';
import { workbook } from '../../../../test/support/workbook.ts';
import { ROOT } from '../../../platform/root.ts';
import { registry } from '../../../programmes/registry.ts';
import { unsupportedIn } from './unsupported.ts';

/** What the author is told of a workbook: sheet, row, column and the message. */
async function told(bytes: Uint8Array): Promise<unknown[]> {
  const compiled = await compileWorkbook(bytes);
  expect(compiled.diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
  const found = unsupportedIn(describeForm(compiled), parseForm(compiled.xform!).submission);
  return found.map(({ sheet, row, column, value, why }) => [sheet, row, column, value, why.split('.').pop()]);
}

test('a form with every control of the app has only its line to tell of', async () => {
  expect(await told(await controlsWorkbook())).toEqual([['survey', 56, 'type', 'geotrace', 'geotrace']]);
});

test('the workbooks of our own kinds ask for nothing that the app lacks', async () => {
  const ours = registry.flatMap((kind) => kind.forms.map(({ file }) => file));
  expect(ours.length).toBeGreaterThan(0);
  for (const path of ours)
    expect([path, await told(new Uint8Array(await readFile(join(ROOT, path))))]).toEqual([path, []]);
});

test('everything that the compiler takes and the app does not do is told with its cell', async () => {
  const rows: readonly (readonly [type: string, appearance: string, parameters: string, why: readonly string[]])[] = [
    ['audit', '', 'track-changes=true', ['type audit audit']],
    ['deviceid', '', '', ['type deviceid device']],
    ['phonenumber', '', '', ['type phonenumber device']],
    ['start-geopoint', '', '', ['type start-geopoint backgroundPoint']],
    ['background-audio', '', 'quality=low', ['type background-audio backgroundAudio']],
    ['username', '', '', []],
    ['geoshape', '', '', ['type geoshape geoshape']],
    ['geopoint', 'placement-map', '', ['appearance placement-map map']],
    ['geopoint', '', 'capture-accuracy=8', []],
    ['osm', '', '', ['type osm osm']],
    ['text', 'ex:org.pulse.app(rate=2)', '', ['appearance ex:org.pulse.app(rate=2) app']],
    ['text', 'printer:org.print', '', ['appearance printer:org.print app']],
    ['text', 'multiline', '', []],
    ['decimal', 'bearing', '', ['appearance bearing bearing']],
    ['date', 'w2 bikram-sambat', '', ['appearance w2 bikram-sambat calendar']],
    ['date', 'month-year', '', []],
    ['image', 'annotate', '', ['appearance annotate annotate']],
    ['image', '', 'app=org.camera', ['parameters app=org.camera app']],
    ['image', 'signature', 'max-pixels=800', []],
    ['audio', '', 'quality=voice-only', ['parameters quality=voice-only quality']],
    ['select_one marks', 'map', '', ['appearance map map']],
    ['select_one marks', 'image-map', '', ['appearance image-map map']],
    ['select_one marks', 'quick', '', ['appearance quick look']],
    ['select_one people', "minimal search('people')", '', ["appearance minimal search('people') search"]],
    ['select_one marks', 'columns-2', '', []],
    ['barcode', 'hidden-answer', '', ['appearance hidden-answer look']],
    ['range', 'picker', 'start=1 end=5 step=1', []],
  ];
  const bytes = await workbook({
    survey: [
      ['type', 'name', 'label', 'appearance', 'parameters'],
      ...rows.map(([type, appearance, parameters], i) => [
        type,
        type === 'audit' ? 'audit' : `q${i}`,
        'Суроо',
        appearance,
        parameters,
      ]),
    ],
    choices: [
      ['list_name', 'name', 'label'],
      ['marks', 'good', 'Жакшы'],
      ['people', 'id', 'name'],
    ],
    settings: [
      ['form_title', 'form_id', 'version', 'public_key', 'submission_url'],
      ['Баары', 'all', '1', 'MIIBIjANBgkq', 'https://odk.example/submission'],
    ],
  });
  expect((await told(bytes)).map((one) => (one as unknown[]).join(' '))).toEqual([
    'settings 2 public_key MIIBIjANBgkq encryption',
    'settings 2 submission_url https://odk.example/submission submissionUrl',
    ...rows.flatMap(([, , , why], i) => why.map((one) => `survey ${i + 2} ${one}`)),
  ]);
});

test('another app that a group or a question opens by its intent is told, too', async () => {
  const bytes = await workbook({
    survey: [
      ['type', 'name', 'label', 'body::intent'],
      ['begin group', 'reading', 'Өлчөө', 'org.pulse.app()'],
      ['integer', 'pulse', 'Тамыр кагышы', ''],
      ['end group', '', '', ''],
    ],
    settings: [
      ['form_title', 'form_id', 'version'],
      ['Тамыр', 'pulse', '1'],
    ],
  });
  expect(await told(bytes)).toEqual([['survey', 2, 'intent', 'org.pulse.app()', 'app']]);
});

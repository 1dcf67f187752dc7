import { compileWorkbook } from '@demilge/xlsform';
import { describe, expect, it } from 'vitest';
import { makeWorkbook, type TestSheets } from './workbooks.ts';

const compile = (sheets: TestSheets) => compileWorkbook(makeWorkbook(sheets), { fileStem: 'visit' });
/** The XForm of a workbook that has to be accepted. */
async function xformOf(sheets: TestSheets): Promise<string> {
  const { xform = '', diagnostics } = await compile(sheets);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return xform;
}
const findings = async (sheets: TestSheets) =>
  (await compile(sheets)).diagnostics.map((d) => `${d.severity} ${d.code} ${d.sheet}:${d.row} ${d.column}`);
const survey = (...rows: TestSheets[string]): TestSheets => ({
  survey: [['type', 'name', 'label', 'calculation', 'trigger', 'default', 'media::big-image', 'image'], ...rows],
});

describe('names', () => {
  it('may stand under the old headers "value" and "tag"', async () => {
    expect(
      await xformOf({
        survey: [
          ['value', 'type', 'caption'],
          ['fio', 'text', 'Аты'],
        ],
      }),
    ).toContain('<input ref="/data/fio"><label>Аты</label></input>');
  });

  it('are told twice in one group before they are told twice in the form', async () => {
    const repeat = [['begin repeat', 'r', 'R'], ['text', 'a', 'A'], ['end repeat']];
    expect(await findings(survey(...repeat, ...repeat))).toEqual(['error NAMES_001 survey:5 name']);
    expect(await findings(survey(...repeat, ['begin group', 'g', 'G'], ...repeat, ['end group']))).toEqual([
      'error NAMES_004 survey:6 name',
    ]);
  });

  it('of a table from outside are names like all others', async () => {
    expect(await findings(survey(['xml-external', 'd'], ['csv-external', 'd'], ['text', 'a', 'A']))).toEqual([
      'error NAMES_001 survey:3 name',
    ]);
  });

  it('leave "meta" to the form, to groups and to repeats', async () => {
    expect(await findings(survey(['begin group', 'g', 'G'], ['text', 'meta', 'M'], ['end group']))).toEqual([
      'error NAMES_005 survey:3 name',
    ]);
  });

  it('reach the record’s own id and name', async () => {
    const sheets = survey(['note', 'n', 'Номуру: ${instanceID}, ${instanceName}']);
    const xform = await xformOf({
      ...sheets,
      settings: [
        ['instance_name', 'instance_id'],
        ["'visit'", 'uuid'],
      ],
    });
    expect(xform).toContain(
      '<label>Номуру: <output value=" /data/meta/instanceID "/>, <output value=" /data/meta/instanceName "/></label>',
    );
    expect(xform).toContain(
      '<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uuid"/>',
    );
    expect(await findings({ ...sheets, settings: [['omit_instanceid'], ['yes']] })).toEqual([
      'error PYREF_003 survey:2 label',
      'error PYREF_003 survey:2 label',
    ]);
  });
});

describe('questions', () => {
  it('that are only computed need a calculation or a default that is one', async () => {
    expect(await findings(survey(['calculate', 'a', '', '', '', 'foo']))).toEqual([
      'error CALCULATION_MISSING survey:2 calculation',
    ]);
    expect(await xformOf(survey(['calculate', 'a', '', '', '', 'random()']))).toContain('value="random()"/>');
  });

  it('are set by a trigger, groups are not', async () => {
    const rows = [
      ['text', 'a', 'A'],
      ['begin group', 'g', 'G', '', '${a}'],
      ['dateTime', 'at', '', 'now()', '${a}'],
      ['end group'],
    ];
    expect(await xformOf(survey(...rows))).toContain(
      '<input ref="/data/a"><label>A</label><setvalue ref="/data/g/at" event="xforms-value-changed" value="now()"/></input>',
    );
  });

  it('start paths in brackets again from themselves where a list from outside is read', async () => {
    const rows = [
      ['xml-external', 'item'],
      ['begin repeat', 'r', 'R'],
      ['calculate', 'pos', '', 'position(..)'],
      ['calculate', 'a', '', "concat(instance('item')/root/item[i = ${pos}]/x, /data[position() = ${pos}]/x)"],
      ['calculate', 'b', '', '${r}[number(${pos})]/a'],
      ['end repeat'],
    ];
    const xform = await xformOf(survey(...rows));
    expect(xform).toContain('[i =  current()/../pos ]/x, /data[position() =  current()/../pos ]/x)"');
    expect(xform).toContain('calculate=" /data/r [number( ../pos )]/a"');
  });

  it('of a form may all be tables from outside', async () => {
    expect(await xformOf(survey(['csv-external', 'villages']))).toContain(
      '<instance id="villages" src="jr://file-csv/villages.csv"/>',
    );
  });

  it('in a repeat may share one table of answers', async () => {
    const rows = [
      ['type', 'name', 'label', 'appearance'],
      ['begin repeat', 'r', 'Суу', 'table-list'],
      ['select_one yn', 'a', 'Барбы?'],
      ['end repeat'],
    ];
    const choices = [
      ['list_name', 'name', 'label'],
      ['yn', 'yes', 'Ооба'],
    ];
    const xform = await xformOf({ survey: rows, choices });
    expect(xform).toContain(
      '<group ref="/data/r"><label/><repeat nodeset="/data/r" appearance="field-list"><input ref="/data/r/generated_table_list_label_2"><label>Суу</label></input><select1 ref="/data/r/reserved_name_for_field_list_labels_3" appearance="label">',
    );
  });
});

describe('pictures', () => {
  it('that are large need a small one beside them', async () => {
    expect(await findings(survey(['text', 'a', '', '', '', '', 'map.png']))).toEqual([
      'error MEDIA_BIG_IMAGE survey:2 media::big-image',
    ]);
    const choices = [
      ['list_name', 'name', 'label', 'big-image'],
      ['l', 'x', 'X', 'x.png'],
    ];
    expect(await findings({ ...survey(['select_one l', 'a', 'A']), choices })).toEqual([
      'error MEDIA_BIG_IMAGE choices:2 big-image',
    ]);
  });

  it('of one language only are an empty text in the others', async () => {
    const rows = [
      ['type', 'name', 'label::Кыргызча (ky)', 'image'],
      ['note', 'a', '', 'map.png'],
      ['note', 'b', 'Б'],
    ];
    expect(await xformOf({ survey: rows })).toContain(
      '<translation lang="Кыргызча (ky)"><text id="/data/b:label"><value>Б</value></text><text id="/data/a:label"/></translation>',
    );
  });
});

describe('sheets', () => {
  it('whose names look misspelt are told, with the name that was meant', async () => {
    const form = survey(['text', 'a', 'A']);
    expect(await findings({ ...form, stetings: [['form_id'], ['x']] })).toEqual(['warning SHEET_MISSPELT stetings:1 ']);
    const rows = [
      ['type', 'name', 'label', 'choice_filter'],
      ['text', 'a', 'A'],
      ['select_one_external l', 'b', 'B', 'a=${a}'],
    ];
    const { diagnostics } = await compile({ survey: rows, external_choice: [['list_name', 'name', 'a']] });
    expect(diagnostics.map((d) => [d.code, d.row, d.value, d.suggestion])).toEqual([
      ['SHEET_EXTERNAL_MISSING', 3, 'external_choice', 'external_choices'],
    ]);
  });

  it('may call the form’s id by its inner name, which the usual one overrules', async () => {
    const form = survey(['text', 'a', 'A']);
    expect(await xformOf({ ...form, settings: [['id_string'], ['inner']] })).toContain('<data id="inner">');
    expect(
      await xformOf({
        ...form,
        settings: [
          ['id_string', 'form_id'],
          ['inner', 'usual'],
        ],
      }),
    ).toContain('<data id="usual">');
  });
});

describe('walls', () => {
  const times = (count: number, row: (i: number) => TestSheets[string][number]) =>
    Array.from({ length: count }, (_, i) => row(i));

  it('stand where references, texts and columns grow without end, and are told once', async () => {
    const references = times(700, (i) => ['text', `q${i}`, '${q0}'.repeat(400)]);
    expect(await findings(survey(...references))).toEqual(['error FORM_TOO_MANY_REFERENCES survey:377 label']);
    const languages = Array.from({ length: 300 }, (_, i) => `label::l${i} (ky)`);
    const texts = times(600, (i) => ['text', `q${i}`, ...(i === 0 ? languages : ['a'])]);
    expect(await findings({ survey: [['type', 'name', ...languages], ...texts] })).toEqual([
      'error FORM_TOO_MANY_TEXTS survey:502 label::l0 (ky)',
    ]);
    const columns = Array.from({ length: 1_100 }, (_, i) => `bind::x${i}`);
    expect(
      await findings({
        survey: [
          ['type', 'name', 'label', ...columns],
          ['text', 'a', 'A'],
        ],
      }),
    ).toEqual(['error HEADER_TOO_MANY survey:1 bind::x997']);
  });

  it('bound the circles that are told and the names in each', async () => {
    const all = times(300, (i) => [
      'calculate',
      `c${i}`,
      '',
      [1, 2, 3].map((step) => `\${c${(i + step) % 300}}`).join('+'),
    ]);
    const { diagnostics } = await compile(survey(...all));
    expect(diagnostics.length).toBeLessThanOrEqual(100);
    expect(Math.max(...diagnostics.map(({ params }) => params.names?.split(' → ').length ?? 0))).toBe(20);
  });

  it('bound the search for the word that was meant', async () => {
    const long = 'суроо'.repeat(8);
    const rows = times(3_000, (i) => ['text', `${long}${i}`, `\${${long}x${i}}`]);
    const start = performance.now();
    const { diagnostics } = await compile(survey(...rows));
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(diagnostics[0]).toMatchObject({ code: 'PYREF_003', suggestion: `${long}0` });
    expect(diagnostics.at(-1)).not.toHaveProperty('suggestion');
  });
});

describe('lists and files', () => {
  it('may not share a name', async () => {
    expect(
      await findings({
        ...survey(['csv-external', 'villages'], ['select_one villages', 'v', 'Айыл']),
        choices: [
          ['list_name', 'name', 'label'],
          ['villages', 'a', 'А'],
        ],
      }),
    ).toEqual(['error INSTANCE_CONFLICT choices:2 list_name']);
  });
});

describe('old words', () => {
  it('for a phone number and for an area are known', async () => {
    const xform = await xformOf(
      survey(['get phone number', 'p'], ['geoshape', 's', 'S'], ['calculate', 'c', '', 'enclosed-area(${s})']),
    );
    expect(xform).toContain(
      '<bind nodeset="/data/p" jr:preload="property" type="string" jr:preloadParams="phonenumber"/>',
    );
    expect(xform).toContain('calculate="enclosed-area( /data/s )"');
  });
});

describe('the title', () => {
  it('has its other languages beside it, and the XForm keeps the one that it has a place for', async () => {
    const { titles, xform } = await compile({
      survey: [
        ['type', 'name', 'label'],
        ['text', 'a', 'A'],
      ],
      settings: [
        ['form_title', 'form_title_ru', 'form_title_en', 'form_title_russian'],
        ['Мекемеге баруу', 'Посещение учреждения', '', 'Нет такого языка'],
      ],
    });
    expect(titles).toEqual({ ru: 'Посещение учреждения' });
    expect(xform).toContain('<h:title>Мекемеге баруу</h:title>');
  });
});

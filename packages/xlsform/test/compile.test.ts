import { compileWorkbook, describeForm, diagnosticPlace, diagnosticText } from '@demilge/xlsform';
import { describe, expect, it } from 'vitest';
import { makeWorkbook, type TestSheets } from './workbooks.ts';

const compile = (sheets: TestSheets, files?: string[]) =>
  compileWorkbook(makeWorkbook(sheets), { fileStem: 'visit', ...(files ? { files } : {}) });

/** Body of the XForm, or the model, without the head's namespaces. */
async function part(sheets: TestSheets, from: string, to: string): Promise<string> {
  const { xform = '', diagnostics } = await compile(sheets);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return xform.slice(xform.indexOf(from) + from.length, xform.indexOf(to));
}
const bodyOf = (sheets: TestSheets) => part(sheets, '<h:body>', '</h:body>');
const bindsOf = async (sheets: TestSheets) =>
  (await part(sheets, '</instance><bind', '</model>')).replace(/^/, '<bind');

/** "error NAMES_001 survey:3 name" for each finding. */
async function findings(sheets: TestSheets, files?: string[]): Promise<string[]> {
  const { diagnostics } = await compile(sheets, files);
  return diagnostics.map((d) => `${d.severity} ${d.code} ${d.sheet}:${d.row} ${d.column}`);
}

const YES_NO = [
  ['list_name', 'name', 'label'],
  ['yn', 'yes', 'Yes'],
  ['yn', 'no', 'No'],
] as const;

describe('choices from a repeat', () => {
  const survey = (filter: string) => [
    ['type', 'name', 'label', 'choice_filter'],
    ['begin repeat', 'member', 'Мүчө'],
    ['text', 'fio', 'Аты'],
    ['integer', 'age', 'Жашы'],
    ['end repeat'],
    ['select_one ${fio}', 'head', 'Үй ээси', filter],
  ];

  it('offers each member of the household whose name is written', async () => {
    expect(await bodyOf({ survey: survey('') })).toContain(
      '<itemset nodeset="/data/member[./fio != \'\']"><value ref="fio"/><label ref="fio"/></itemset>',
    );
  });

  it('reads the filter’s questions from the member being considered', async () => {
    expect(await bodyOf({ survey: survey('${age} > 17') })).toContain(
      '<itemset nodeset="/data/member[ ./age  &gt; 17]">',
    );
  });

  it('takes the group that holds the name, and finds the age beside it', async () => {
    const rows = [
      ['type', 'name', 'label', 'choice_filter'],
      ['begin repeat', 'member', 'Мүчө'],
      ['integer', 'age', 'Жашы'],
      ['begin group', 'who', 'Ким'],
      ['text', 'fio', 'Аты'],
      ['end group'],
      ['select_one ${fio}', 'friend', 'Досу', '${age} > 17 and ${fio} != ${min}'],
      ['end repeat'],
      ['text', 'min', 'Min'],
    ];
    expect(await bodyOf({ survey: rows })).toContain(
      '<itemset nodeset="../../member/who[ ../age  &gt; 17 and  ./fio  !=  /data/min ]"><value ref="fio"/><label ref="fio"/></itemset>',
    );
  });

  it('looks at the other turns from inside the repeat', async () => {
    const rows = survey('');
    const inside = [...rows.slice(0, 4), ['select_multiple ${fio}', 'friends', 'Достору'], ['end repeat']];
    expect(await bodyOf({ survey: inside })).toContain('<itemset nodeset="../../member[./fio != \'\']">');
  });
});

describe('references inside nested repeats', () => {
  const survey = [
    ['type', 'name', 'label', 'repeat_count', 'relevant', 'calculation'],
    ['begin repeat', 'house', 'Үй', '3'],
    ['integer', 'people', 'Канча киши?'],
    ['begin repeat', 'person', 'Киши', '${people} + 1'],
    ['text', 'fio', 'Аты', '', "instance('yn')/root/item[name = ${people}]/label != ''"],
    ['calculate', 'all', '', '', '', 'count(${person}) + sum(${people})'],
    ['end repeat'],
    ['end repeat'],
  ];

  it('counts by a question of its own where the count is an expression', async () => {
    expect(await bodyOf({ survey, choices: YES_NO })).toBe(
      '<group ref="/data/house"><label>Үй</label><repeat nodeset="/data/house" jr:count=" /data/house_count ">' +
        '<input ref="/data/house/people"><label>Канча киши?</label></input>' +
        '<group ref="/data/house/person"><label>Киши</label><repeat nodeset="/data/house/person" jr:count=" ../person_count ">' +
        '<input ref="/data/house/person/fio"><label>Аты</label></input>' +
        '</repeat></group></repeat></group>',
    );
  });

  it('starts from the question again inside the filter of a secondary instance', async () => {
    const binds = await bindsOf({ survey, choices: YES_NO });
    expect(binds).toContain("relevant=\"instance('yn')/root/item[name =  current()/../../people ]/label != ''\"");
    expect(binds).toContain(
      'nodeset="/data/house/person_count" type="string" readonly="true()" calculate=" ../people  + 1"',
    );
    expect(binds).toContain('calculate="count( ../../person ) + sum( ../../people )"');
  });
});

describe('what is written beside the questions', () => {
  it('gives the choices of an outside list as a table for the phone', async () => {
    const result = await compile({
      survey: [
        ['type', 'name', 'label', 'choice_filter'],
        ['text', 'oblast', 'Облус'],
        ['select_one_external ayil', 'ayil', 'Айыл', 'oblast=${oblast}'],
      ],
      external_choices: [
        ['list_name', 'name', 'label', 'oblast'],
        ['ayil', 'ak_suu', 'Ак-Суу "чоң"', 'chuy'],
        ['ayil', 'kashka_suu', 'Кашка-Суу'],
      ],
    });
    expect(result.itemsetsCsv).toBe(
      '"list_name","name","label","oblast"\r\n"ayil","ak_suu","Ак-Суу ""чоң""","chuy"\r\n"ayil","kashka_suu","Кашка-Суу",""\r\n',
    );
    expect(result.xform).toContain(
      '<input ref="/data/ayil" query="instance(\'ayil\')/root/item[oblast= /data/oblast ]">',
    );
  });

  it('sets a value when either of two answers changes', async () => {
    const body = await bodyOf({
      survey: [
        ['type', 'name', 'label', 'trigger', 'calculation'],
        ['text', 'a', 'A'],
        ['select_one yn', 'b', 'B'],
        ['dateTime', 'at', '', '${a}, ${b}', 'now()'],
        ['text', 'cleared', 'C', '${a}'],
      ],
      choices: YES_NO,
    });
    expect(body).toContain(
      '<input ref="/data/a"><label>A</label><setvalue ref="/data/at" event="xforms-value-changed" value="now()"/><setvalue ref="/data/cleared" event="xforms-value-changed"/></input>',
    );
    expect(body).toContain('</itemset><setvalue ref="/data/at" event="xforms-value-changed" value="now()"/></select1>');
  });

  it('writes a scale with its ticks and their labels', async () => {
    const body = await bodyOf({
      survey: [
        ['type', 'name', 'label', 'parameters'],
        ['range', 'trust', 'Ишеним', 'start=0 end=10 step=2 tick_interval=10 placeholder=6 tick_labelset=ends'],
      ],
      choices: [
        ['list_name', 'name', 'label'],
        ['ends', 0, 'Жок'],
        ['ends', 10, 'Толук'],
      ],
    });
    expect(body).toBe(
      '<range ref="/data/trust" start="0" end="10" step="2" odk:tick-interval="10" odk:placeholder="6"><label>Ишеним</label><itemset nodeset="instance(\'ends\')/root/item"><value ref="name"/><label ref="label"/></itemset></range>',
    );
  });

  it('names every picture, sound and table that goes along, and tells which are missing', async () => {
    const sheets: TestSheets = {
      survey: [
        ['type', 'name', 'label', 'image', 'default', 'parameters'],
        ['select_one_from_file people.csv', 'who', 'Ким?', 'map.png'],
        ['image', 'photo', 'Сүрөт', '', 'start.jpg', 'max-pixels=1024'],
      ],
    };
    expect((await compile(sheets)).files).toEqual(['people.csv', 'map.png', 'start.jpg']);
    expect(await findings(sheets, ['people.csv', 'mapp.png', 'start.jpg'])).toEqual([
      'warning FILE_MISSING survey:2 image',
    ]);
    expect((await compile(sheets, ['people.csv', 'mapp.png'])).diagnostics[0]?.suggestion).toBe('mapp.png');
  });

  it('moves a second list’s entity into the group that holds its questions', async () => {
    const { xform } = await compile({
      survey: [
        ['type', 'name', 'label', 'save_to'],
        ['text', 'place', 'Айыл', 'places#title'],
        ['begin group', 'person', 'Киши'],
        ['text', 'fio', 'Аты', 'people#fio'],
        ['end group'],
      ],
      entities: [
        ['list_name', 'label'],
        ['places', '${place}'],
        ['people', '${fio}'],
      ],
    });
    expect(xform).toContain(
      '<person><fio/><meta><entity dataset="people" create="1" id=""><label/></entity></meta></person><meta><entity dataset="places" create="1" id=""><label/></entity><instanceID/></meta>',
    );
    expect(xform).toContain('entities:entities-version="2025.1.0"');
  });
});

describe('what is refused', () => {
  it('tells everything that is wrong with a workbook at once, with the nearest word', async () => {
    const { ok, diagnostics, xform } = await compile({
      survey: [
        ['type', 'name', 'label::Кыргызча (ky)', 'relevant', 'calculation'],
        ['txt', 'fio', 'Аты'],
        ['integer', '1age', 'Жашы', '${foi} != ""'],
        ['select_one oblats', 'oblast', 'Облус', 'slected(${fio}, 1)'],
        ['calculate', 'a', '', '', '${b} + 1'],
        ['calculate', 'b', '', '', '${a} + 1'],
        ['begin group', 'g', 'Топ'],
      ],
      choices: [
        ['list_name', 'name', 'label::Кыргызча (ky)'],
        ['oblast', 'chuy', 'Чүй'],
      ],
    });
    expect(ok).toBe(false);
    expect(xform).toBeUndefined();
    expect(diagnostics.map((d) => [d.row, d.code, d.column, d.value, d.suggestion])).toEqual([
      [2, 'TYPE_UNKNOWN', 'type', 'txt', 'text'],
      [3, 'NAMES_008', 'name', '1age', undefined],
      [3, 'PYREF_003', 'relevant', 'foi', undefined],
      [4, 'LIST_NOT_FOUND', 'type', 'oblats', 'oblast'],
      [4, 'PYREF_003', 'relevant', 'fio', undefined],
      [4, 'XPATH_FUNCTION', 'relevant', 'slected', 'selected'],
      [5, 'CYCLE', 'calculation', 'a', undefined],
      [7, 'SURVEY_002', 'type', 'g', undefined],
    ]);
  });

  it('says it in the author’s language', async () => {
    const { diagnostics } = await compile({
      survey: [
        ['type', 'name', 'label'],
        ['select_one jn', 'a', 'A'],
      ],
      choices: YES_NO,
    });
    const [first] = diagnostics;
    expect(diagnosticText(first!, 'ky')).toBe('«jn» деген тизме жок. Балким: «yn».');
    expect(diagnosticText(first!, 'ru')).toBe('Списка «jn» нет. Возможно: «yn».');
    expect(diagnosticText(first!, 'en')).toBe('There is no list "jn". Perhaps: "yn".');
    expect(diagnosticPlace(first!, 'ky')).toBe('«survey» барагы, 2-сап, «type» тилкеси');
  });

  it.each<[string, TestSheets, string[]]>([
    ['a workbook without questions', { people: [['a']], places: [['b']] }, ['error SHEET_SURVEY_MISSING survey:1 ']],
    [
      'a misspelt sheet of questions',
      { suvrey: [['type', 'name']], choices: YES_NO },
      ['error SHEET_SURVEY_MISSING suvrey:1 '],
    ],
    [
      'a sheet without types',
      {
        survey: [
          ['name', 'label'],
          ['a', 'A'],
        ],
      },
      ['error HEADER_003 survey:1 type'],
    ],
    [
      'a row with a name and no type',
      {
        survey: [
          ['type', 'name', 'label'],
          ['', 'a', 'A'],
          ['text', 'b', 'B'],
        ],
      },
      ['error TYPE_MISSING survey:2 type'],
    ],
    [
      'an answer without a name',
      {
        survey: [
          ['type', 'name', 'label'],
          ['select_one yn', 'a', 'A'],
        ],
        choices: [...YES_NO, ['yn', '', 'Maybe']],
      },
      ['error NAMES_006 choices:4 name'],
    ],
    [
      'an answer that is there twice',
      {
        survey: [
          ['type', 'name', 'label'],
          ['select_one yn', 'a', 'A'],
        ],
        choices: [...YES_NO, ['yn', 'no', 'Жок']],
      },
      ['error NAMES_007 choices:4 name'],
    ],
    [
      'a calculation without one',
      {
        survey: [
          ['type', 'name'],
          ['calculate', 'a'],
        ],
      },
      ['error CALCULATION_MISSING survey:2 calculation'],
    ],
    [
      'a select without a list',
      {
        survey: [
          ['type', 'name', 'label'],
          ['select_one ', 'a', 'A'],
        ],
      },
      ['error TYPE_UNKNOWN survey:2 type'],
    ],
    [
      'an unfinished expression',
      {
        survey: [
          ['type', 'name', 'label', 'constraint'],
          ['integer', 'a', 'A', '. > (1'],
        ],
      },
      ['error XPATH_SYNTAX survey:2 constraint'],
    ],
    [
      'two files under one name',
      {
        survey: [
          ['type', 'name', 'label'],
          ['select_one_from_file d.csv', 'a', 'A'],
          ['select_one_from_file d.xml', 'b', 'B'],
        ],
      },
      ['error INSTANCE_CONFLICT survey:3 type'],
    ],
    [
      'a list with and without search()',
      {
        survey: [
          ['type', 'name', 'label', 'appearance'],
          ['select_one yn', 'a', 'A', "search('x')"],
          ['select_one yn', 'b', 'B'],
        ],
        choices: YES_NO,
      },
      ['error SEARCH_MIXED survey:3 appearance'],
    ],
    [
      'a repeat and the form of one name',
      { survey: [['type', 'name', 'label'], ['begin repeat', 'data', 'R'], ['text', 'a', 'A'], ['end repeat']] },
      ['error NAMES_003 survey:2 name'],
    ],
  ])('names the place of %s', async (_, sheets, wanted) => {
    expect((await findings(sheets)).filter((each) => each.startsWith('error'))).toEqual(wanted);
  });

  it('only warns where a form still works', async () => {
    expect(
      await findings({
        survey: [
          ['type', 'name', 'label::Kyrgyz', 'relevant', 'note'],
          ['text', 'a', 'А', "instance('nowhere')/root/item[1]/x = 1", 'a remark'],
          ['', '', '', '', 'only a remark'],
        ],
      }),
    ).toEqual(['warning LANGUAGE_CODE survey:1 label::Kyrgyz', 'warning INSTANCE_UNKNOWN survey:2 relevant']);
  });
});

describe('describing a form', () => {
  it('lists what Нургүл is asked, in all languages, with the rules as the author wrote them', async () => {
    const result = await compile({
      survey: [
        ['type', 'name', 'label::Кыргызча (ky)', 'label::Русский (ru)', 'required', 'relevant'],
        ['begin group', 'care', 'Тейлөө', 'Обслуживание'],
        ['select_one yn', 'water', 'Суу барбы?', 'Есть вода?', 'yes'],
        ['text', 'why', 'Эмнеге?', 'Почему?', '', "${water} = 'no'"],
        ['end group'],
      ],
      choices: YES_NO,
      settings: [
        ['form_id', 'form_title', 'version'],
        ['clinic', 'Бейтапкана', 7],
      ],
    });
    const nothing = { hints: {}, guidance: {}, constraintMessages: {}, requiredMessages: {} };
    expect(describeForm(result)).toEqual({
      formId: 'clinic',
      title: 'Бейтапкана',
      version: '7',
      languages: ['Кыргызча (ky)', 'Русский (ru)'],
      questions: [
        {
          name: 'care',
          path: '/data/care',
          kind: 'group',
          type: '',
          depth: 0,
          row: 2,
          visible: true,
          labels: { 'Кыргызча (ky)': 'Тейлөө', 'Русский (ru)': 'Обслуживание' },
          ...nothing,
        },
        {
          name: 'water',
          path: '/data/care/water',
          kind: 'question',
          type: 'select_one',
          depth: 1,
          row: 3,
          visible: true,
          labels: { 'Кыргызча (ky)': 'Суу барбы?', 'Русский (ru)': 'Есть вода?' },
          ...nothing,
          list: 'yn',
          required: 'yes',
          choices: [
            { name: 'yes', labels: { default: 'Yes' } },
            { name: 'no', labels: { default: 'No' } },
          ],
        },
        {
          name: 'why',
          path: '/data/care/why',
          kind: 'question',
          type: 'text',
          depth: 1,
          row: 4,
          visible: true,
          labels: { 'Кыргызча (ky)': 'Эмнеге?', 'Русский (ru)': 'Почему?' },
          ...nothing,
          relevant: "${water} = 'no'",
        },
      ],
    });
  });
});

describe('a form that would have no end', () => {
  it('is refused when loops inside loops go over the same list', async () => {
    const begins = ['a', 'b', 'c', 'd', 'e'].map((name) => ['begin loop over l', name, 'L']);
    const ends = begins.map(() => ['end loop']);
    const choices = [['list_name', 'name', 'label'], ...Array.from({ length: 30 }, (_, i) => ['l', `c${i}`, 'C'])];
    expect(
      await findings({ survey: [['type', 'name', 'label'], ...begins, ['text', 'q', 'Q'], ...ends], choices }),
    ).toEqual(['error FORM_TOO_LARGE survey:7 type']);
  });

  it('is refused when a thousand groups stand inside each other', async () => {
    const begins = Array.from({ length: 1_000 }, (_, i) => ['begin group', `g${i}`, 'G']);
    const ends = begins.map(() => ['end group']);
    expect(await findings({ survey: [['type', 'name', 'label'], ...begins, ['text', 'q', 'Q'], ...ends] })).toEqual([
      'error FORM_TOO_DEEP survey:42 type',
    ]);
  });

  it('does not let a label multiply itself', async () => {
    const { ok, xform = '' } = await compile({
      survey: [
        ['type', 'name', 'label'],
        ['begin loop over l', 'a', 'L'],
        ['text', 'q', '%(label)s'.repeat(3_000)],
        ['end loop'],
      ],
      choices: [
        ['list_name', 'name', 'label'],
        ['l', 'c', 'C'.repeat(30_000)],
      ],
    });
    expect(ok).toBe(true);
    expect(xform.length).toBeLessThan(200_000);
  });
});

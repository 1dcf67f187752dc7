import { compileWorkbook } from '@demilge/xlsform';
import { describe, expect, it } from 'vitest';
import { makeWorkbook, type TestCell } from './workbooks.ts';

type Rows = readonly (readonly TestCell[])[];

const COLUMNS = ['type', 'name', 'label', 'parameters', 'appearance', 'choice_filter'];
const compile = (survey: Rows, choices: Rows = []) =>
  compileWorkbook(
    makeWorkbook({ survey: [COLUMNS, ...survey], choices: [['list_name', 'name', 'label', 'geometry'], ...choices] }),
    { fileStem: 'visit' },
  );
const errors = async (survey: Rows, choices?: Rows) =>
  (await compile(survey, choices)).diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, row, value }) => `${code} ${row} ${value}`);
const body = async (survey: Rows, choices?: Rows) => {
  const { xform = '', diagnostics } = await compile(survey, choices);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return xform.slice(xform.indexOf('<h:body>') + '<h:body>'.length, xform.indexOf('</h:body>'));
};

describe('the parameters of a question', () => {
  it.each(['start=2 end=9', 'start=2,end=9', 'start = 2 ; END = 9', '  start=2 ,  end = 9  ', 'start=2 end = 9'])(
    'stand apart by spaces, commas or semicolons: %s',
    async (parameters) => {
      expect(await body([['range', 'trust', 'Ишеним', parameters]])).toBe(
        '<range ref="/data/trust" start="2" end="9" step="1"><label>Ишеним</label></range>',
      );
    },
  );

  it.each(['start', '=2', 'start=', 'start==2', 'start=2 end', 'start=2 . end=9', 'start=2&end=9', 'start=2,,end=9'])(
    'are refused where they are no pairs: %s',
    async (parameters) => {
      expect(await errors([['range', 'trust', 'Ишеним', parameters]])).toEqual([`SURVEY_004 2 ${parameters}`]);
    },
  );

  it('take only "true" for a shape that is kept while it is drawn', async () => {
    expect(await body([['geoshape', 'plot', 'Жер', 'incremental=yes']])).toBe(
      '<input ref="/data/plot" incremental="true"><label>Жер</label></input>',
    );
    expect(await errors([['geotrace', 'way', 'Жол', 'incremental=false']])).toEqual(['SURVEY_003 2 false']);
  });

  it('show shapes for orientation, those that the filter lets through', async () => {
    const survey = [
      ['begin repeat', 'plot', 'Жер'],
      ['geopoint', 'geometry', 'Кайда?', 'reference-geometry=${plot}'],
      ['text', 'owner', 'Ээси'],
      ['end repeat'],
      ['geopoint', 'near', 'Кайсынын жанында?', 'reference-geometry=${plot}', '', "${owner} != ''"],
      ['geotrace', 'way', 'Жол', 'reference-geometry=wells', '', "name != 'w1'"],
    ];
    const shown = await body(survey, [['wells', 'w1', 'Кудук', '42.87 74.59 0 0']]);
    const geometry = '<value ref="geometry"/><label ref="geometry"/>';
    expect(shown).toContain(`<itemset nodeset="/data/plot[./geometry != '']">${geometry}</itemset>`);
    expect(shown).toContain(`<itemset nodeset="/data/plot[ ./owner  != '']">${geometry}</itemset>`);
    expect(shown).toContain(
      '<itemset nodeset="instance(\'wells\')/root/item[name != \'w1\']"><value ref="name"/><label ref="label"/></itemset>',
    );
  });
});

describe('the labels of a range', () => {
  const scale = (parameters: string, appearance = '') => [
    ['range', 'trust', 'Ишеним', `${parameters} tick_labelset=ends`, appearance],
  ];
  const labels = (...names: TestCell[]) => names.map((name) => ['ends', name, 'Белги']);

  it('count from the start by whole ticks', async () => {
    const shown = await body(scale('start=0.5 end=5.0 step=0.5 tick_interval=1.5'), labels('2.0', '3.5'));
    expect(shown).toContain('<itemset nodeset="instance(\'ends\')/root/item">');
    expect(await body(scale('start=7 end=3 step=2'), labels(7, 5, 3))).toContain('<itemset ');
    expect(await body(scale('start=1 end=10 step=1', 'no-ticks'), labels(1, 10))).toContain('<itemset ');
  });

  it.each<[string, string, TestCell[], string[]]>([
    ['start=1 end=9', 'no-ticks', [1, 5, 9], ['RANGE_007 2 ends']],
    ['start=1 end=9', 'no-ticks', [1, 8], ['RANGE_012 2 ends']],
    ['start=1 end=9', '', ['one'], ['RANGE_009 2 one']],
    ['start=3 end=7', '', [2], ['RANGE_010 2 2']],
    ['start=0 end=7 step=3', '', [3, 4], ['RANGE_011 2 4']],
    ['start=0 end=7 tick_interval=3', '', [3, 4], ['RANGE_011 2 4']],
    ['start=1 end=9', 'rating', [1], ['RANGE_008 2 rating']],
  ])('are refused at other places: %s %s %j', async (parameters, appearance, names, wanted) => {
    expect(await errors(scale(parameters, appearance), labels(...names))).toEqual(wanted);
  });
});

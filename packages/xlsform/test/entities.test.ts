import { compileWorkbook } from '@demilge/xlsform';
import { describe, expect, it } from 'vitest';
import { makeWorkbook, type TestCell } from './workbooks.ts';

type Rows = readonly (readonly TestCell[])[];

const compile = (survey: Rows, entities: Rows, columns: readonly string[] = ['list_name', 'label']) =>
  compileWorkbook(
    makeWorkbook({ survey: [['type', 'name', 'label', 'save_to'], ...survey], entities: [columns, ...entities] }),
    { fileStem: 'village' },
  );

/** "places /data/g1": where each list's entity stands, read off the binds of their ids. */
async function places(survey: Rows, entities: Rows): Promise<string[]> {
  const { xform = '', diagnostics } = await compile(survey, entities);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return [...xform.matchAll(/<bind nodeset="([^"]*)\/meta\/entity\/@id"/g)].map(([, path]) => path!);
}

/** "ENTITY_009 entities:3" for each error. */
async function refusals(survey: Rows, entities: Rows): Promise<string[]> {
  const { diagnostics } = await compile(survey, entities);
  return diagnostics.map(({ code, sheet, row, column }) => `${code} ${sheet}:${row} ${column}`);
}

describe('the place of an entity in the record', () => {
  const HOUSE = ['text', 'house', 'Үй', 'houses#address'];
  const begin = (name: string, kind = 'group') => [`begin ${kind}`, name, 'Топ'];
  const end = (kind = 'group') => [`end ${kind}`];
  const text = (name: string, saveTo = '') => ['text', name, 'Суроо', saveTo];

  it('is the form where one list is enough and nothing repeats', async () => {
    expect(await places([begin('g'), text('a', 'address'), end()], [['houses', '${a}']])).toEqual(['/data']);
  });

  it('is the innermost group of what is saved, inside a repeat', async () => {
    const rows = [begin('r', 'repeat'), begin('g'), text('a', 'address'), end(), end('repeat')];
    expect(await places(rows, [['houses', '${a}']])).toEqual(['/data/r/g']);
  });

  it('is the nearest container around everything that a list saves', async () => {
    const split = [begin('g1'), text('a', 'p1'), end(), begin('g2'), text('b', 'p2'), end()];
    expect(await places([begin('r', 'repeat'), ...split, end('repeat')], [['houses', 'x']])).toEqual(['/data/r']);
  });

  it('gives each list of one repeat a container of its own, from the inside', async () => {
    const rows = [
      begin('r', 'repeat'),
      text('a', 'houses#p1'),
      begin('g1'),
      text('b', 'houses#p2'),
      begin('g2'),
      begin('g3'),
      text('c', 'people#p1'),
      end(),
      begin('g4'),
      text('d', 'people#p2'),
      end(),
      end(),
      end(),
      end('repeat'),
    ];
    const lists = [
      ['houses', 'x'],
      ['people', '${c}'],
    ];
    expect(await places(rows, lists)).toEqual(['/data/r/g1/g2', '/data/r']);
  });

  it('is a free container on the way up for a list that only reads', async () => {
    const rows = [begin('g'), text('a', 'houses#p1'), end()];
    const lists = [
      ['people', '${a}'],
      ['houses', 'x'],
    ];
    expect(await places(rows, lists)).toEqual(['/data/g', '/data']);
  });

  it('is sought inside the innermost repeat that a list reads from', async () => {
    const rows = [begin('r', 'repeat'), text('a'), end('repeat'), begin('g'), text('b'), end()];
    expect(await places(rows, [['houses', 'concat(${b}, ${a})']])).toEqual(['/data/r']);
  });

  it.each<[string, Rows, Rows, string[]]>([
    [
      'two lists save in one container',
      [HOUSE, text('b', 'people#p')],
      [
        ['houses', 'x'],
        ['people', 'y'],
      ],
      ['ENTITY_009 entities:3 list_name'],
    ],
    [
      'another entity would come between a list and what it saves',
      [
        text('a', 'houses#p1'),
        begin('g'),
        begin('g1'),
        text('b', 'houses#p2'),
        end(),
        begin('g2'),
        text('c', 'people#p1'),
        end(),
        text('d', 'people#p2'),
        end(),
      ],
      [
        ['houses', 'x'],
        ['people', 'y'],
      ],
      ['ENTITY_009 entities:3 list_name'],
    ],
    [
      'a list saves outside its repeat too',
      [text('a', 'p1'), begin('r', 'repeat'), text('b', 'p2'), end('repeat')],
      [['houses', 'x']],
      ['ENTITY_011 survey:2 save_to'],
    ],
    [
      'a list reads from another repeat',
      [begin('r', 'repeat'), text('a', 'p1'), end('repeat'), begin('q', 'repeat'), text('b'), end('repeat')],
      [['houses', '${b}']],
      ['ENTITY_012 entities:2 list_name'],
    ],
    [
      'a property is named with two marks',
      [text('a', 'houses##p')],
      [['houses', 'x']],
      ['ENTITY_013 survey:2 save_to'],
    ],
    ['a property has no name', [text('a', 'houses#')], [['houses', 'x']], ['NAMES_008 survey:2 save_to']],
    [
      'the end of a group is saved',
      [begin('g'), text('a', 'p1'), ['end group', '', '', 'p2']],
      [['houses', 'x']],
      ['ENTITY_003 survey:4 save_to'],
    ],
  ])('is refused where %s', async (_, survey, entities, wanted) => {
    expect(await refusals(survey, entities)).toEqual(wanted);
  });

  it('begins anew with each turn of a repeat, after the questions before it', async () => {
    const survey = [
      begin('r', 'repeat'),
      begin('g'),
      text('a', 'people#p'),
      end(),
      text('b', 'houses#p'),
      end('repeat'),
    ];
    const { xform = '' } = await compile(survey, [
      ['houses', '${b}'],
      ['people', '${a}'],
    ]);
    expect(xform).toContain(
      '<setvalue ref="/data/r/g/meta/entity/@id" event="odk-new-repeat" value="uuid()"/><setvalue ref="/data/r/meta/entity/@id" event="odk-new-repeat" value="uuid()"/></repeat>',
    );
  });
});

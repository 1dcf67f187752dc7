import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { auditOf } from '../../platform/audit/index.ts';
import { uuidv7 } from '../../platform/db/index.ts';
import { addSubject } from '../subjects/index.ts';
import { addProject, addResult, editProject, editResult, logframe, project, projects, projectUse } from './index.ts';

let database: TestDatabase;
let by: { spaceId: string; accountId: string };
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  by = { spaceId: uuidv7(), accountId: uuidv7() };
});

const organisation = (ky: string) => addSubject(database.sql, by, { kind: 'organisation', type: 'ngo', name: { ky } });
const place = (ky: string) => addSubject(database.sql, by, { kind: 'place', type: 'oblast', name: { ky } });

test('a project is read with its funder, partners and places, by its id and by its address', async () => {
  const funder = await organisation('ЕБ');
  const partner = await organisation('ЭкоГимал');
  const talas = await place('Талас');
  const id = await addProject(database.sql, by, {
    code: 'P7',
    title: { ky: 'Демилге', en: 'INITIATIVE' },
    startsOn: '2015-01-01',
    endsOn: '2017-12-31',
    parties: [
      { organisationId: partner, role: 'partner' },
      { organisationId: funder, role: 'funder' },
    ],
    placeIds: [talas],
  });
  const read = await project(database.sql, by.spaceId, id);
  expect(read).toEqual({
    id,
    code: 'P7',
    slug: 'initiative',
    title: { ky: 'Демилге', en: 'INITIATIVE' },
    goal: {},
    summary: {},
    startsOn: '2015-01-01',
    endsOn: '2017-12-31',
    precision: 'month',
    note: {},
    public: true,
    ordinal: 0,
    parties: [
      { organisationId: funder, role: 'funder', name: { ky: 'ЕБ' } },
      { organisationId: partner, role: 'partner', name: { ky: 'ЭкоГимал' } },
    ],
    places: [{ id: talas, name: { ky: 'Талас' } }],
  });
  expect(await project(database.sql, by.spaceId, 'initiative')).toEqual(read);
  expect(await project(database.sql, uuidv7(), id)).toBeNull();
  expect([...(await projectUse(database.sql, by.spaceId, [talas, funder, by.accountId])).keys()].sort()).toEqual(
    [talas, funder].sort(),
  );
});

test('a partner’s list has only its own part, a search forgives missing letters, the public list leaves drafts out', async () => {
  const partner = await organisation('Өнөр');
  await addProject(database.sql, by, {
    code: 'A',
    title: { ky: 'Тынч мектеп' },
    parties: [{ organisationId: partner, role: 'partner' }],
  });
  await addProject(database.sql, by, { code: 'B', title: { ky: 'Көзөмөл' }, public: false });
  const codes = async (filter: Parameters<typeof projects>[2]) =>
    (await projects(database.sql, by.spaceId, filter)).map((one) => one.code);
  expect(await codes({})).toEqual(['A', 'B']);
  expect(await codes({ organisationId: partner })).toEqual(['A']);
  expect(await codes({ text: 'козом' })).toEqual(['B']);
  expect(await codes({ text: 'онор' })).toEqual(['A']);
  expect(await codes({ public: true })).toEqual(['A']);
});

test('the same title twice gets two addresses; the same code is refused', async () => {
  const first = await addProject(database.sql, by, { code: 'A', title: { en: 'School' } });
  const second = await addProject(database.sql, by, { code: 'B', title: { en: 'School' } });
  expect([
    (await project(database.sql, by.spaceId, first))?.slug,
    (await project(database.sql, by.spaceId, second))?.slug,
  ]).toEqual(['school', 'school-2']);
  await expect(addProject(database.sql, by, { code: 'B', title: { en: 'Other' } })).rejects.toMatchObject({
    key: 'projects.codeTaken',
  });
  await expect(editProject(database.sql, by, second, { code: 'A' })).rejects.toMatchObject({
    key: 'projects.codeTaken',
  });
  await editProject(database.sql, by, second, { title: { en: 'Peaceful school' } });
  expect(await project(database.sql, by.spaceId, second)).toMatchObject({
    slug: 'school-2',
    code: 'B',
    title: { en: 'Peaceful school' },
  });
  expect((await auditOf(database.sql, by.spaceId, second)).map((line) => line.action)).toEqual([
    'project.edit',
    'project.add',
  ]);
});

test.each([
  ['no title', { code: 'A', title: {} }, 'projects.noTitle'],
  ['no code', { code: ' ', title: { ky: 'А' } }, 'projects.noCode'],
  [
    'an end before the beginning',
    { code: 'A', title: { ky: 'А' }, startsOn: '2016-01-01', endsOn: '2015-01-01' },
    'projects.datesTurned',
  ],
  [
    'a place as a funder',
    {
      code: 'A',
      title: { ky: 'А' },
      parties: [{ organisationId: '0194f000-0000-7000-8000-000000000000', role: 'funder' as const }],
    },
    'projects.wrongParty',
  ],
])('%s is refused', async (_, given, key) => {
  await expect(addProject(database.sql, by, given)).rejects.toMatchObject({ key });
  expect(await projects(database.sql, by.spaceId)).toEqual([]);
});

test('the logframe is a tree of impact, outcome and output', async () => {
  const projectId = await addProject(database.sql, by, { code: 'A', title: { ky: 'А' } });
  const add = (level: 'impact' | 'outcome' | 'output', ky: string, parentId: string | null = null) =>
    addResult(database.sql, by, { projectId, level, title: { ky }, parentId });
  const impact = await add('impact', 'Кызматтар жакшырды');
  const outcome = await add('outcome', 'Мекемелер жооп берет', impact);
  const output = await add('output', '20 мекемеге барылды', outcome);
  await add('output', 'Баракчалар таратылды', outcome);
  await editResult(database.sql, by, { id: output, assumption: { ky: 'Жол ачык' }, ordinal: 9 });
  const names = (nodes: Awaited<ReturnType<typeof logframe>>): unknown[] =>
    nodes.map((node) => [node.title.ky, names(node.children)]);
  expect(names(await logframe(database.sql, by.spaceId, projectId))).toEqual([
    [
      'Кызматтар жакшырды',
      [
        [
          'Мекемелер жооп берет',
          [
            ['Баракчалар таратылды', []],
            ['20 мекемеге барылды', []],
          ],
        ],
      ],
    ],
  ]);
  await expect(add('impact', 'Тескери', output)).rejects.toMatchObject({ key: 'projects.wrongParent' });
  await expect(add('output', 'Аттап', impact)).rejects.toMatchObject({ key: 'projects.wrongParent' });
});

import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findForeignSql } from '../../scripts/sqlWalls.ts';
import { type BrokenWall, findBrokenImports } from '../../scripts/walls.ts';
import { ROOT } from '../../src/platform/root.ts';

interface Rules {
  forbidden: Array<{ name: string; comment: string }>;
}
const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as Rules;

const NOUNS = forbidden.flatMap(({ name }) => /^kernel-(\w+)-knows-only/.exec(name)?.[1] ?? []);
/** `kinds` is last: nothing comes after it, so it has no rule of its own. */
const AFTER: Record<string, string> = Object.fromEntries(NOUNS.map((noun, i) => [noun, NOUNS[i + 1] ?? 'kinds']));

/** For each rule, the import of a newcomer who does not know it yet: file, the name it imports, where that leads. */
const SEEDS: Record<string, [file: string, imported: string, leadsTo: string]> = {
  'packages-stand-alone': [
    'packages/xform/src/tenant.ts',
    '../../../src/kernel/spaces/index.ts',
    'src/kernel/spaces/index.ts',
  ],
  'packages-are-strangers': ['packages/xform/src/sister.ts', '@demilge/iati', 'packages/iati/src/index.ts'],
  'packages-run-in-a-browser': ['packages/xform/src/disk.ts', 'node:fs', 'fs'],
  'platform-is-plumbing': [
    'src/platform/http/people.ts',
    '../../kernel/subjects/index.ts',
    'src/kernel/subjects/index.ts',
  ],
  'ui-is-browser-safe': ['src/ui/card/Rows.tsx', '../../platform/db/index.ts', 'src/platform/db/index.ts'],
  'ui-has-no-node': ['src/ui/card/Photo.tsx', 'node:path', 'path'],
  'kernel-looks-down': ['src/kernel/evidence/donor.ts', '../../reports/donor/index.ts', 'src/reports/donor/index.ts'],
  'programmes-are-strangers': [
    'src/programmes/oversight/pupils.ts',
    '../training/index.ts',
    'src/programmes/training/index.ts',
  ],
  'programmes-look-down': [
    'src/programmes/training/send.ts',
    '../../entrances/office/index.ts',
    'src/entrances/office/index.ts',
  ],
  'reports-look-down': [
    'src/reports/donor/visits.ts',
    '../../programmes/oversight/index.ts',
    'src/programmes/oversight/index.ts',
  ],
  'entrances-know-no-programme': [
    'src/entrances/office/round.ts',
    '../../programmes/oversight/index.ts',
    'src/programmes/oversight/index.ts',
  ],
  'field-is-for-phones': ['src/field/tasks.ts', '../kernel/assignments/index.ts', 'src/kernel/assignments/index.ts'],
  'field-has-no-node': ['src/field/keys.ts', 'node:crypto', 'crypto'],
  'field-reaches-no-database': ['src/field/detour.ts', '../ui/index.ts', 'src/platform/db/index.ts'],
  'only-main-knows-every-room': [
    'src/entrances/cli/kinds.ts',
    '../../programmes/registry.ts',
    'src/programmes/registry.ts',
  ],
  'through-the-door': [
    'src/reports/iati/rows.ts',
    '../../kernel/evidence/queries.ts',
    'src/kernel/evidence/queries.ts',
  ],
  'outsiders-through-the-door': ['seeds/story.ts', '../src/kernel/records/receive.ts', 'src/kernel/records/receive.ts'],
  'packages-by-name': [
    'src/kernel/forms/parse.ts',
    '../../../packages/xform/src/parse.ts',
    'packages/xform/src/parse.ts',
  ],
  'database-has-one-driver': ['src/kernel/records/pool.ts', 'postgres', 'node_modules/postgres/index.js'],
  'tests-stay-outside': ['src/main.ts', '../test/support/people.ts', 'test/support/people.ts'],
  'no-circle': ['src/platform/audit/index.ts', './lines.ts', 'src/platform/audit/lines.ts'],
  'no-missing-file': ['src/kernel/flow/step.ts', './guards.ts', './guards.ts'],
  'no-development-package': ['src/platform/files/measure.ts', 'fast-check', 'node_modules/fast-check/index.js'],
  ...Object.fromEntries(
    NOUNS.map((noun) => [
      `kernel-${noun}-knows-only-earlier-nouns`,
      [`src/kernel/${noun}/later.ts`, `../${AFTER[noun]}/index.ts`, `src/kernel/${AFTER[noun]}/index.ts`] as const,
    ]),
  ),
};

/** Files that stand in the little house before the newcomer comes; each imports only what it may. */
const HOUSE: Record<string, string> = {
  'package.json': JSON.stringify({
    name: 'little-house',
    type: 'module',
    dependencies: { postgres: '1.0.0' },
    devDependencies: { 'fast-check': '1.0.0' },
  }),
  'node_modules/postgres/package.json': '{"name":"postgres","version":"1.0.0","main":"index.js"}',
  'node_modules/postgres/index.js': 'module.exports = 1;',
  'node_modules/fast-check/package.json': '{"name":"fast-check","version":"1.0.0","main":"index.js"}',
  'node_modules/fast-check/index.js': 'module.exports = 1;',
  'packages/iati/package.json': '{"name":"@demilge/iati","exports":{".":{"demilge-source":"./src/index.ts"}}}',
  'packages/iati/src/index.ts': 'export const x = 1;',
  'packages/xform/package.json': '{"name":"@demilge/xform","exports":{".":{"demilge-source":"./src/index.ts"}}}',
  'packages/xform/src/index.ts': "export { x } from './parse.ts';",
  'packages/xform/src/parse.ts': 'export const x = 1;',
  'packages/xform/src/cli.ts': "import { readFileSync } from 'node:fs'; export const x = readFileSync;",
  'src/platform/db/index.ts': "export { default as x } from 'postgres';",
  'src/platform/i18n/index.ts': 'export const x = 1;',
  'src/platform/audit/index.ts': 'export const x = 1;',
  'src/platform/audit/lines.ts': "export { x } from './index.ts';",
  'src/ui/index.ts': "export { x } from '../platform/i18n/index.ts';",
  'src/kernel/spaces/index.ts': "export { x } from '../../platform/db/index.ts';",
  'src/kernel/subjects/index.ts': "export { x } from '../spaces/index.ts';",
  'src/kernel/evidence/index.ts': "export { x } from './queries.ts';",
  'src/kernel/evidence/queries.ts': 'export const x = 1;',
  'src/kernel/records/index.ts': "export { x } from './receive.ts';",
  'src/kernel/records/receive.ts': "export { x } from '@demilge/xform';",
  'src/kernel/assignments/index.ts': 'export const x = 1;',
  'src/reports/donor/index.ts': "export { x } from '../../kernel/evidence/index.ts';",
  'src/entrances/office/index.ts': "export { x } from '../../reports/donor/index.ts';",
  'src/programmes/oversight/index.ts': "export { x } from '../../kernel/records/index.ts';",
  'src/programmes/training/index.ts': "export { x } from '../../ui/index.ts';",
  'src/programmes/registry.ts': "export { x } from './oversight/index.ts';",
  'src/field/index.ts': "export { x } from '../ui/index.ts';",
  'test/support/people.ts': 'export const x = 1;',
};

function build(files: Record<string, string>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'demilge-walls-')));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  mkdirSync(join(root, 'node_modules/@demilge'), { recursive: true });
  for (const name of ['iati', 'xform'])
    symlinkSync(join(root, 'packages', name), join(root, 'node_modules/@demilge', name));
  writeFileSync(join(root, 'tsconfig.json'), readFileSync(join(ROOT, 'tsconfig.json')));
  return root;
}

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

describe('the house as it stands', () => {
  test('every import goes downwards and through a door', () => {
    expect(findBrokenImports(ROOT)).toEqual([]);
  });

  test('no room names another room’s tables in its SQL', () => {
    expect(findForeignSql(ROOT)).toEqual([]);
  });
});

describe('a newcomer’s first import', () => {
  let broken: BrokenWall[];

  beforeAll(() => {
    const files = { ...HOUSE };
    for (const noun of [...NOUNS, 'kinds']) files[`src/kernel/${noun}/index.ts`] ??= 'export const x = 1;';
    for (const [file, imported] of Object.values(SEEDS)) files[file] = `export { x } from '${imported}';`;
    // A control that reads the database by itself: the field app comes to it through ui.
    files['src/ui/index.ts'] = "export { x } from './card/Rows.tsx';";
    const root = build(files);
    roots.push(root);
    broken = findBrokenImports(root);
  });

  test.each(forbidden.map(({ name, comment }) => ({ name, comment })))('is refused by $name', ({ name, comment }) => {
    const [from, , to] = SEEDS[name] ?? [];
    const found = broken.filter((wall) => wall.rule === name && wall.from === from);
    expect(found.map(({ to }) => to)).toEqual([to]);
    expect(found[0]?.comment).toBe(comment);
  });

  test('is let through where it is allowed', () => {
    const root = build(HOUSE);
    roots.push(root);
    expect(findBrokenImports(root)).toEqual([]);
  });
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the cases are source code as text
describe('SQL across rooms', () => {
  const TABLES = {
    'src/kernel/subjects/migrations/0200_subject.sql':
      'create table subject (space_id uuid, id uuid); -- from record to subject',
    'src/kernel/records/migrations/0700_record.sql':
      'create table record (id uuid, subject_id uuid references subject (id)); create table record_file (id uuid);',
  };

  function foreign(files: Record<string, string>): string[] {
    const root = build({ ...TABLES, ...files });
    roots.push(root);
    return findForeignSql(root).map(({ from, to }) => `${from} → ${to}`);
  }

  test.each([
    ['a join', 'sql`select * from record r join subject s on s.id = r.subject_id`'],
    ['a list of tables', 'sql`select * from record r, subject as s where true`'],
    ['a subquery', 'sql`select 1 from record where exists (select 1 from subject)`'],
    ['a fragment inside a value', 'sql`select * from record ${sql`join subject using (id)`}`'],
    ['an update', 'tx`update subject set id = ${id}`'],
    ['a delete', 'db`delete from record using subject`'],
    ['plain text', "tx.unsafe('insert into subject values (1)')"],
  ])('%s in records that names a person’s table is refused', (_way, code) => {
    expect(foreign({ 'src/kernel/records/queries.ts': `export const q = (sql, tx, db, id) => ${code};` })).toEqual([
      'src/kernel/records/queries.ts → subject (of src/kernel/subjects)',
    ]);
  });

  test('a migration may point to another room’s table, and not change it', () => {
    expect(
      foreign({ 'src/kernel/records/migrations/0701_more.sql': 'alter table subject add column note text;' }),
    ).toEqual(['src/kernel/records/migrations/0701_more.sql → subject (of src/kernel/subjects)']);
  });

  test('own tables, words in sentences, and names of WITH are left alone', () => {
    const code = `
      /** Comes from subject to record. */
      export const say = (n) => \`moved from subject \${n}\`;
      export const q = (sql) => sql\`with subject as (select 1), n (a) as materialized (select 2)
        select 'from subject' from record join record_file using (id) join subject on true -- from subject\`;`;
    expect(foreign({ 'src/kernel/records/queries.ts': code })).toEqual([]);
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: the cases are source code as text

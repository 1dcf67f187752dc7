import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Response } from 'light-my-request';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDevice, invite, type Page, ROLES, type Role } from '../../src/kernel/access/index.ts';
import type { Space } from '../../src/kernel/spaces/index.ts';
import { uuidv7 } from '../../src/platform/db/index.ts';
import { ROOT } from '../../src/platform/root.ts';
import { type TestApp, type TestPerson, testApp } from '../support/app.ts';

/** Tables whose rows belong to a space. */
let tables: string[];
let app: TestApp;
/** The association with its story, and a newcomer on the same server. */
let here: Space;
let there: Space;
const strangers = new Map<Role, TestPerson>();
/** What the first space has: ids and other keys by the column that holds them. */
const keys = new Map<string, string[]>();
/** Words that stand nowhere but in the first space's rows: its people, facilities, projects, texts. */
let words: string[];

const HOST = 'talas.example';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

beforeAll(async () => {
  app = await testApp({ story: true });
  here = app.space;
  there = await app.addSpace({ ky: 'Талас келечеги', ru: 'Будущее Таласа', en: 'Future of Talas' }, HOST);
  for (const role of ROLES) strangers.set(role, await app.person(`Жыпаркүл ${role}`, [role], { space: there }));
  tables = (
    await app.sql<{ name: string }[]>`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'space_id' order by 1`
  ).map((row) => row.name);
  await collectKeys();
  await foundOwn();
  words = await collectWords();
}, 240_000);
afterAll(() => app.close());

/** A few values of every key column of every table, and tokens of each kind that opens a door without a sign-in. */
async function collectKeys(): Promise<void> {
  for (const table of tables) {
    const rows = await app.sql<Record<string, unknown>[]>`
      select to_jsonb(t) as row from ${app.sql(table)} t where space_id = ${here.id} order by t::text limit ${table === 'subject' ? 4 : 2}`;
    for (const { row } of rows as unknown as { row: Record<string, unknown> }[]) {
      for (const [column, value] of Object.entries(row)) {
        if (column === 'space_id' || typeof value !== 'string') continue;
        if (UUID.test(value) || /^(slug|key|code|name|sha256|display_sha256|version)$/.test(column))
          keep(`${table}.${column}`, value);
      }
    }
  }
  const [account] = keys.get('account.id')!;
  keep(
    'token',
    (await invite(app.sql, here.id, account!, { name: 'Бегайым', roles: ['coordinator'], language: 'ky' })).token,
  );
  const coordinator = await app.person('Сүйүмкан', ['coordinator']);
  keep('deviceToken', (await addDevice(app.sql, here.id, null, coordinator.accountId, 'Redmi')).token);
}

function keep(name: string, value: string): void {
  keys.set(name, [...new Set([...(keys.get(name) ?? []), value])]);
}

async function collectWords(): Promise<string[]> {
  const { sql } = app;
  const rows = await sql<{ word: string | null }[]>`
    select n.name->>l as word from subject_name n join subject s on s.space_id = n.space_id and s.id = n.subject_id,
      unnest(array['ky', 'ru', 'en']) l where s.space_id = ${here.id} and s.kind in ('person', 'thing', 'organisation')
    union select name from account where space_id = ${here.id}
    union select title->>l from project, unnest(array['ky', 'ru', 'en']) l where space_id = ${here.id}
    union select title->>l from activity, unnest(array['ky', 'ru', 'en']) l where space_id = ${here.id}`;
  return rows.map((row) => row.word ?? '').filter((word) => word.length > 9);
}

/** A fingerprint of all that a space has. */
async function digest(space: Space): Promise<Record<string, string>> {
  const of: Record<string, string> = {};
  for (const table of tables) {
    const [row] = await app.sql<{ md5: string | null }[]>`
      select md5(string_agg(t::text, chr(10) order by t::text)) as md5 from ${app.sql(table)} t where space_id = ${space.id}`;
    of[table] = row?.md5 ?? '';
  }
  return of;
}

const values = (...names: string[]): string[] => names.flatMap((name) => keys.get(name) ?? []);
/** Ids of everything that the first space has, two of each table. */
const ids = (): string[] => [...keys].filter(([name]) => name.endsWith('.id')).flatMap(([, held]) => held);

/** Which table an `:id` is of, by what stands before it; where nothing is said, ids of every table are tried. */
const TABLE_OF: Readonly<Record<string, string>> = {
  phones: 'device.id',
  invitations: 'invitation.id',
  access: 'account.id',
  people: 'subject.id',
  facilities: 'subject.id',
  organisations: 'subject.id',
  places: 'subject.id',
  imports: 'subject_import.id',
  projects: 'project.id',
  sources: 'source.id',
  news: 'article.id',
  pages: 'article.id',
  records: 'record_attachment.record_id',
  photos: 'record_attachment.record_id',
  forms: 'form.id',
  indicators: 'indicator.id',
  evidence: 'evidence.id',
  freezes: 'freeze.id',
  rounds: 'activity.id',
  visits: 'assignment.id',
  asides: 'record_aside.id',
  twice: 'record_conflict.id',
  problems: 'oversight_problem.id',
};

function idsAt(path: string): string[] {
  const table = TABLE_OF[/(\w+)\/:id/.exec(path)?.[1] ?? ''];
  const held = table ? values(table) : [];
  return held.length > 0 ? held : ids();
}

/** What of the first space may stand in a parameter of an address. */
function fillings(param: string, path: string): string[] {
  const special: Record<string, () => string[]> = {
    slug: () => values('project.slug', 'article.slug', 'publication.slug'),
    name: () => [
      ...values('record_attachment.name', 'form_file.name', 'publication.slug', 'activity.id'),
      'facilities.csv',
    ],
    sha256: () => values('stored_file.sha256', 'record_attachment.display_sha256'),
    token: () => values('token'),
    deviceToken: () => values('deviceToken'),
    form: () => values('form.id', 'form.key'),
    set: () => ['Submissions'],
    language: () => ['ky'],
    kind: () => ['project', 'news'],
    file: () => [...values('project.slug', 'article.slug').map((slug) => `${slug}.png`), 'ky.png'],
    version: () => values('form_version.id', 'source_version.id'),
    versionId: () => values('form_version.id'),
    relation: () => values('relation.id'),
    result: () => values('result.id'),
    recordId: () => values('record.id'),
    project: () => values('project.id', 'project.slug'),
  };
  return special[param]?.() ?? idsAt(path);
}

/** Every address of the route with the first space's keys in it; where there are several parameters, each value comes at least once. */
function addressesOf(page: Page): string[] {
  const params = [...page.path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => name!);
  const choices = params.map((param) => fillings(param, page.path));
  const most = Math.max(1, ...choices.map((choice) => choice.length));
  const addresses = new Set<string>();
  for (let i = 0; i < most; i++) {
    let path = page.path;
    params.forEach((param, at) => {
      const choice = choices[at]!;
      path = path.replace(`:${param}`, () => encodeURIComponent(choice[i % choice.length] ?? 'x'));
    });
    addresses.add(page.languages === 'paths' ? `/ky${path === '/' ? '' : path}` : path);
  }
  return [...addresses];
}

/** The second space's own things, so that a form reaches what it refers to. */
const own = new Map<string, string>();

async function foundOwn(): Promise<void> {
  const { sql } = app;
  for (const kind of ['person', 'organisation', 'place', 'thing']) {
    const id = uuidv7();
    own.set(kind, id);
    await sql`insert into subject (space_id, id, kind, type) values (${there.id}, ${id}, ${kind}, ${kind === 'thing' ? 'fap' : null})`;
    await sql`insert into subject_name (space_id, subject_id, id, name) values (${there.id}, ${id}, ${uuidv7()}, ${sql.json({ ky: `Жылга ${kind}` })})`;
  }
  const project = uuidv7();
  own.set('project', project);
  await sql`insert into project (space_id, id, code, slug, title) values (${there.id}, ${project}, 'T1', 't1', '{"ky": "Талас"}')`;
}

const OWN_OF: Readonly<Record<string, string>> = {
  ...{ people: 'person', organisations: 'organisation', places: 'place', facilities: 'thing', projects: 'project' },
};

/** The same route about a thing of the second space, with the first one's keys in what follows. */
function ownAddresses(page: Page): string[] {
  const id = own.get(OWN_OF[/office\/(\w+)\/:id/.exec(page.path)?.[1] ?? ''] ?? '');
  return id ? addressesOf({ ...page, path: page.path.replace(':id', id) }) : [];
}

/** Somebody of the second space whom the table of rules lets in, so that only the wall between the spaces is left. */
function whoOpens(page: Page): TestPerson {
  const who = app.rules[page.action];
  const role = Array.isArray(who)
    ? (who.find((one) => one !== 'coordinator' && who.length === 1) ?? who[0])
    : 'coordinator';
  return strangers.get(role as Role)!;
}

/** Names of the first space's people and things in an answer. */
const leaks = (answer: Response): string[] => words.filter((word) => answer.body.includes(word)).slice(0, 3);

describe('two spaces on one server', () => {
  test('nothing of the first is read in the second, by any address', async () => {
    const before = await digest(here);
    const wrong: string[] = [];
    for (const page of app.pages.filter((one) => one.method === 'GET' || one.method === 'HEAD')) {
      const parametric = page.path.includes(':');
      for (const url of addressesOf(page)) {
        const answer = await whoOpens(page).ask({ method: page.method, url });
        for (const word of leaks(answer)) wrong.push(`${page.method} ${url} says ${word}`);
        if (answer.statusCode >= 500) wrong.push(`${page.method} ${url} broke: ${answer.statusCode}`);
        if (parametric && answer.statusCode < 300 && !SAME_FOR_ALL.has(page.path))
          wrong.push(`${page.method} ${url} opens: ${answer.statusCode}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await digest(here)).toEqual(before);
  }, 240_000);

  test('every role of the second space sees its own empty lists', async () => {
    const wrong: string[] = [];
    for (const [role, person] of strangers) {
      for (const page of app.pages.filter((one) => one.method === 'GET' && !/[:*]/.test(one.path))) {
        const url = addressesOf(page)[0]!;
        const answer = await person.get(`${url}?q=${encodeURIComponent(words[0]!.slice(0, 6))}`);
        for (const word of leaks(answer)) wrong.push(`${role} ${url} says ${word}`);
        if (answer.statusCode >= 500) wrong.push(`${role} ${url} broke: ${answer.statusCode}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 240_000);

  test('nothing of the first changes, breaks or is taken over by forms sent to the second', async () => {
    const before = await digest(here);
    const wrong: string[] = [];
    for (const page of app.pages.filter((one) => one.method === 'POST' && !LEAVES.has(one.path))) {
      for (const url of [...addressesOf(page), ...ownAddresses(page)]) {
        for (const fields of forms()) {
          const answer = await whoOpens(page).post(url, fields);
          for (const word of leaks(answer)) wrong.push(`POST ${url} says ${word}`);
          if (answer.statusCode >= 500) wrong.push(`POST ${url} broke: ${answer.statusCode}`);
        }
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
    expect(await digest(here)).toEqual(before);
    expect(await adopted()).toEqual([]);
  }, 300_000);

  test('a form of the second space, filled in with a key of the first, takes nothing over', async () => {
    const before = await digest(here);
    const coordinator = strangers.get('coordinator')!;
    const strange = ['subject', 'project', 'account', 'activity', 'form', 'result'].flatMap((name) =>
      values(`${name}.id`),
    );
    const wrong: string[] = [];
    let taken = 0;
    for (const form of await ownForms(coordinator)) {
      // Unchanged, some are taken: they are filled in well enough to reach what checks the strange key.
      if ((await coordinator.post(form.action, form.fields)).statusCode === 303) taken++;
      for (const field of form.keys) {
        for (const id of strange) {
          const answer = await coordinator.post(form.action, { ...form.fields, [field]: id });
          for (const word of leaks(answer)) wrong.push(`POST ${form.action} ${field} says ${word}`);
          if (answer.statusCode >= 500) wrong.push(`POST ${form.action} ${field}=${id} broke: ${answer.statusCode}`);
        }
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
    expect(await digest(here)).toEqual(before);
    expect(await adopted()).toEqual([]);
    expect(taken).toBeGreaterThan(0);
  }, 300_000);

  test('a sign-in, a phone and an invitation of the first space open nothing in the second', async () => {
    const coordinator = await app.person('Керимбүбү', ['coordinator']);
    const headers = { host: HOST };
    const asked = [
      { url: '/ky/office', headers: { ...headers, cookie: `demilge=${coordinator.token}` } },
      { url: '/api/field/home', headers: { ...headers, authorization: `Bearer ${values('deviceToken')[0]}` } },
      { url: `/or/${values('deviceToken')[0]}/formList`, headers },
      { url: `/ky/invitation/${values('token')[0]}`, headers },
    ];
    const answers = await Promise.all(asked.map((one) => app.http.inject({ method: 'GET', ...one })));
    expect(answers.map((answer) => answer.statusCode)).toEqual([302, 401, 401, 404]);
  });
});

/** These answer in every space, with what that space has: how much of a file is here, and a list by its name. */
const SAME_FOR_ALL = new Set(['/api/field/files/:sha256', '/api/field/lists/:name']);
/** Ending the visit itself would end the test. */
const LEAVES = new Set(['/sign-out', '/office/account/password']);

type OwnForm = { readonly action: string; readonly fields: Record<string, string>; readonly keys: readonly string[] };

/** The forms that the second space's coordinator sees, filled in; `keys` are the fields that choose a thing. */
async function ownForms(person: TestPerson): Promise<OwnForm[]> {
  const found = new Map<string, OwnForm>();
  const pages = app.pages.filter((page) => page.method === 'GET' && page.path.startsWith('/office'));
  for (const page of pages) {
    const urls = page.path.includes(':') ? ownAddresses(page) : addressesOf(page);
    for (const url of urls) {
      const { body } = await person.get(url);
      for (const [whole, attributes = ''] of body.matchAll(/<form([^>]*)>[\s\S]*?<\/form>/g)) {
        const action = /action="([^"]*)"/.exec(attributes)?.[1]?.replaceAll('&amp;', '&') ?? url;
        const plain = /method="post"/.test(attributes) && !/multipart/.test(attributes);
        if (plain && !/sign-out|theme|password|access/.test(action))
          found.set(`${action} ${url}`, filled(action, whole));
      }
    }
  }
  return [...found.values()];
}

function filled(action: string, html: string): OwnForm {
  const fields: Record<string, string> = {};
  const keys = new Set<string>();
  const attribute = (tag: string, name: string): string => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  for (const [tag] of html.matchAll(/<(?:input|textarea|button)\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type');
    if (!name || type === 'file') continue;
    const value = attribute(tag, 'value');
    if (type === 'hidden' || UUID.test(value)) keys.add(name);
    fields[name] ??= value || (type === 'date' ? '2016-04-12' : type === 'number' ? '1' : 'Жаңы');
  }
  for (const [tag, head = ''] of html.matchAll(/<select\b([^>]*)>[\s\S]*?<\/select>/g)) {
    const name = attribute(head, 'name');
    const choices = [...tag.matchAll(/<option\b[^>]*\bvalue="([^"]+)"/g)].map(([, value]) => value!);
    if (!name) continue;
    // A type is a word of the association's own, whatever it looks like.
    if (name !== 'type') keys.add(name);
    fields[name] = choices[0] ?? '';
  }
  return { action, fields, keys: [...keys] };
}

/** Fields as pages name them, with the first space's ids in each that takes an id. */
function forms(): Record<string, string>[] {
  const plain = {
    ...{
      name: 'Жаңы',
      name_ky: 'Жаңы',
      title_ky: 'Жаңы',
      title: 'Жаңы',
      reason: 'Себеби бар',
      text_ky: 'Жаңы',
      slug: 'jany',
    },
    ...{ from: '2016-04-01', to: '2016-06-30', date: '2016-04-12', startsOn: '2016-04-01', endsOn: '2016-12-31' },
    ...{ code: 'Z9', type: 'fap', language: 'ky', login: 'jany.kishi', password: 'тоо башында булут', quantity: '1' },
  };
  const person = values('subject.id')[0] ?? '';
  const idFields = (id: (table: string) => string) => ({
    ...{
      object: id('subject'),
      subject: id('subject'),
      other: id('subject'),
      place: id('subject'),
      placeId: id('subject'),
    },
    ...{
      organisation: id('subject'),
      parentId: id('result'),
      parent: id('subject'),
      facility: id('subject'),
      a: id('subject'),
    },
    ...{
      project: id('project'),
      activity: id('activity'),
      form: id('form'),
      record: id('record'),
      visit: id('assignment'),
    },
    ...{
      account: id('account'),
      actor: id('account'),
      indicator: id('indicator'),
      freeze: id('freeze'),
      id: id('relation'),
    },
    ...{
      facilityId: id('subject'),
      projectId: id('project'),
      subjectId: id('subject'),
      personId: id('subject'),
      same: person,
    },
  });
  const first = (table: string): string => values(`${table}.id`)[0] ?? '';
  const choices = [
    { do: 'add', role: 'partner', kind: 'member_of', relation: 'part_of', resolution: 'accepted', way: 'merge' },
    {
      do: 'grant',
      role: 'reviewer',
      kind: 'part_of',
      relation: 'located_in',
      resolution: 'kept_first',
      decision: 'same',
    },
    { do: 'same', role: 'funder', kind: 'works_at', relation: 'same_as', resolution: 'took_second', level: 'output' },
  ];
  return choices.map((chosen) => ({ ...plain, ...idFields(first), ...chosen }));
}

/** Rows of the second space that name a thing of the first: a reference that nobody checked. */
async function adopted(): Promise<string[]> {
  const found: string[] = [];
  const theirs = [...new Set(ids())];
  for (const table of tables) {
    const rows = await app.sql<{ row: Record<string, unknown> }[]>`
      select to_jsonb(t) as row from ${app.sql(table)} t where space_id = ${there.id}`;
    for (const { row } of rows) {
      for (const [column, value] of Object.entries(row)) {
        const text = JSON.stringify(value);
        if (theirs.some((id) => text.includes(id))) found.push(`${table}.${column}`);
      }
    }
  }
  return [...new Set(found)].sort();
}

/** SQL that looks across spaces or before a space is known, and why. */
const ACROSS: Readonly<Record<string, string>> = {
  'kernel/evidence/tally.ts: evidence': 'its condition is rowsWhere of choice.ts, which begins with the space',
  'platform/files/arrivals.ts: stored_file':
    'bytes lie under their hash for the whole server; any space that names them keeps them',
  'platform/files/held.ts: stored_file': 'a backup keeps the bytes of the whole server, each once',
  'platform/jobs/index.ts: job': 'one queue for the server; each job carries its space to its handler',
};

describe('every statement names the space', () => {
  test('SQL on a table of the spaces says space_id', () => {
    const without: string[] = [];
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path),
    );
    for (const file of files) {
      for (const sql of statementsIn(readFileSync(join(ROOT, 'src', file), 'utf8'))) {
        const named = [...sql.matchAll(/\b(?:from|join|into|update)\s+(\w+)/gi)].map(([, name]) => name!.toLowerCase());
        const touched = named.filter((name) => tables.includes(name));
        if (touched.length > 0 && !/space_id/.test(sql)) without.push(`${file}: ${touched.join(', ')}`);
      }
    }
    expect([...new Set(without)].sort()).toEqual(Object.keys(ACROSS).sort());
  });
});

/** The texts of sql templates; values become `$`. */
function statementsIn(source: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node)) {
      const { template } = node;
      texts.push(
        ts.isTemplateExpression(template)
          ? template.head.text + template.templateSpans.map(({ literal }) => `$${literal.text}`).join('')
          : template.text,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.tsx', source, ts.ScriptTarget.Latest, true));
  return texts;
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, type TestPerson, testApp } from '../../../../test/support/app.ts';
import { speakerIn } from '../../../../test/support/speaker.ts';
import { planActivity } from '../../../kernel/activities/index.ts';
import { assign } from '../../../kernel/assignments/index.ts';
import { addProject, project, projects } from '../../../kernel/projects/index.ts';
import { article } from '../../../kernel/publications/index.ts';
import { addSource, addVersion, versionsOf } from '../../../kernel/sources/index.ts';
import {
  addSubject,
  findSubjects,
  likelyDuplicates,
  previewImport,
  subject,
  subjectPage,
} from '../../../kernel/subjects/index.ts';
import { registerPages } from '../registers.ts';

let app: TestApp;
let coordinator: TestPerson;
let reviewer: TestPerson;
let auditor: TestPerson;
let partner: TestPerson;
let funder: TestPerson;
let monitor: TestPerson;
let by: { spaceId: string; accountId: string };
let talas: string;
let village: string;
let own: string;
beforeAll(async () => {
  app = await testApp({ kinds: [] });
  coordinator = await app.person('Айжан', ['coordinator']);
  by = { spaceId: app.space.id, accountId: coordinator.accountId };
  own = await addSubject(app.sql, by, { kind: 'organisation', type: 'ngo', name: { ky: 'Өнөктөш' } });
  reviewer = await app.person('Бакыт', ['reviewer']);
  auditor = await app.person('Канат', ['auditor']);
  partner = await app.person('Жибек', ['partner'], { organisationId: own });
  funder = await app.person('Ева', ['funder']);
  monitor = await app.person('Чолпон', ['field_worker']);
  talas = await addSubject(app.sql, by, {
    kind: 'place',
    type: 'oblast',
    name: { ky: 'Талас', ru: 'Талас', en: 'Talas' },
  });
  village = await addSubject(app.sql, by, { kind: 'place', type: 'village', name: { ky: 'Көк-Ой' }, placeId: talas });
});
afterAll(() => app.close());

const coordinatorActor = () => ({
  ...by,
  name: 'Айжан',
  roles: ['coordinator' as const],
  organisationId: null,
  personId: null,
});
const plain = (html: string) => html.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
const words = (html: string) =>
  plain(html)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
const locationOf = (reply: { headers: Record<string, unknown> }) => String(reply.headers.location ?? '');
const last = (address: string) => address.split('#')[0]!.split('/').pop()!;
const person = (name: string, more: object = {}) =>
  addSubject(app.sql, by, { kind: 'person', name: { ky: name }, ...more });

describe('who may open which register', () => {
  test.each([
    ['/ky/office/people', [200, 200, 403, 403, 403, 403]],
    ['/ky/office/facilities', [200, 200, 200, 403, 403, 403]],
    ['/ky/office/organisations', [200, 200, 200, 403, 403, 403]],
    ['/ky/office/places', [200, 200, 200, 403, 403, 403]],
    ['/ky/office/projects', [200, 200, 200, 200, 200, 403]],
    ['/ky/office/sources', [200, 200, 200, 403, 403, 403]],
    ['/ky/office/news', [200, 200, 200, 403, 403, 403]],
    ['/ky/office/pages', [200, 200, 200, 403, 403, 403]],
    ['/ky/office/people/new', [200, 403, 403, 403, 403, 403]],
    ['/ky/office/imports/new', [200, 403, 403, 403, 403, 403]],
    ['/ky/office/projects/new', [200, 403, 403, 403, 403, 403]],
    ['/ky/office/sources/new', [200, 403, 403, 403, 403, 403]],
    ['/ky/office/news/new', [200, 403, 403, 403, 403, 403]],
  ])('%s', async (url, statuses) => {
    const people = [coordinator, reviewer, auditor, partner, funder, monitor];
    const got = await Promise.all(people.map(async (one) => (await one.get(url)).statusCode));
    expect(got).toEqual(statuses);
    expect((await app.ask(url)).statusCode).toBe(302);
  });

  test.each(['ky', 'ru', 'en'])('every list and form is drawn in %s', async (language) => {
    const paths = registerPages(speakerIn('').follows)
      .filter((one) => one.method === 'GET' && !one.path.includes(':'))
      .map((one) => one.path);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) {
      const reply = await coordinator.get(`/${language}${path}`);
      expect([path, reply.statusCode]).toEqual([path, 200]);
      expect(reply.body).toContain(`lang="${language}"`);
    }
  });

  test('an id that is none, and one of another association, is not found at any address', async () => {
    const other = await app.addSpace({ en: 'Others' }, 'others.test');
    const theirs = { spaceId: other.id, accountId: by.accountId };
    const ids = ['x', '%00', await addSubject(app.sql, theirs, { kind: 'person', name: { ky: 'Бөтөн' } })];
    for (const id of ids)
      for (const one of registerPages(speakerIn('').follows).filter(
        (page) => page.method === 'GET' && page.path.includes(':id'),
      )) {
        const reply = await coordinator.get(`/ky${one.path.replace(':id', id).replace(':result', id)}`);
        expect([one.path, id, reply.statusCode]).toEqual([one.path, id, 404]);
      }
  });
});

describe('people', () => {
  test('a person is entered by hand, shown with place and birth, found without Kyrgyz letters', async () => {
    const reply = await coordinator.post('/ky/office/people', {
      fullName: 'Жакшылык кызы Нургүл',
      place: 'Кок-Ой',
      born: '1990',
      sex: 'f',
      phone: '0555 12 34 56',
    });
    expect(reply.statusCode).toBe(303);
    const page = words((await coordinator.get(locationOf(reply))).body);
    for (const part of ['Жакшылык кызы Нургүл', 'Көк-Ой, Талас', '1990', 'аял', '0555 12 34 56'])
      expect(page).toContain(part);
    expect((await coordinator.get(`/ky/office/people?q=${encodeURIComponent('нургул')}`)).body).toContain(
      'Жакшылык кызы Нургүл',
    );
    expect((await coordinator.get(`/ky/office/people?q=${encodeURIComponent('ыыы')}`)).body).not.toContain(
      'Жакшылык кызы',
    );
  });

  test('a form with mistakes comes back with what was written and what is wrong', async () => {
    const reply = await coordinator.post('/ky/office/people', { fullName: 'Асан', place: 'Атлантида', born: '1990' });
    expect(reply.statusCode).toBe(422);
    expect(words(reply.body)).toContain('Тизмеде мындай жер жок.');
    expect(reply.body).toContain('value="Асан"');
    const second = await coordinator.post('/ru/office/people', { fullName: '', born: '1990-02-31' });
    expect([second.statusCode, second.body.includes('lang="ru"')]).toEqual([422, true]);
  });

  test('«the same person» is one press, and so is taking it back', async () => {
    const first = await person('Бактыбекова Зарина', { person: { bornYear: 1985 } });
    const second = await person('Зарина Бактыбекова', { person: { bornYear: 1985 } });
    const shown = await coordinator.get(`/ky/office/people/${first}`);
    expect(shown.body).toContain(`name="other" value="${second}"`);
    expect((await reviewer.get(`/ky/office/people/${first}`)).body).not.toContain('name="other"');
    const reply = await coordinator.post(`/ky/office/people/${first}/decide`, { other: second, say: 'same' });
    expect(reply.statusCode).toBe(303);
    expect(await likelyDuplicates(app.sql, app.space.id, first)).toEqual([]);
    const [fact] = (await subjectPage(app.sql, app.space.id, first)).relations;
    await coordinator.post(`/ky/office/people/${first}/relations/${fact!.id}/undo`, {});
    expect((await likelyDuplicates(app.sql, app.space.id, first)).map((one) => one.id)).toEqual([second]);
    expect((await reviewer.post(`/ky/office/people/${first}/decide`, { other: second, say: 'same' })).statusCode).toBe(
      403,
    );
  });

  test('an auditor who opens a clinic does not read its head’s name', async () => {
    const clinic = await addSubject(app.sql, by, {
      kind: 'thing',
      type: 'fap',
      name: { ky: 'Көк-Ой ФАПы' },
      placeId: village,
    });
    const head = await person('Купуя Адамова');
    await coordinator.post(`/ky/office/people/${head}/relate?kind=works_at-thing&q=x`, {
      relation: 'works_at',
      object: clinic,
    });
    expect((await coordinator.get(`/ky/office/facilities/${clinic}`)).body).toContain('Купуя Адамова');
    expect((await auditor.get(`/ky/office/facilities/${clinic}`)).body).not.toContain('Купуя Адамова');
    const search = await auditor.get(`/ky/office/search?q=${encodeURIComponent('купуя')}`);
    expect(search.body).not.toContain('Купуя Адамова');
  });
});

describe('a list from a file', () => {
  const upload = async (who: TestPerson, kind: string, content: string) =>
    await who.ask({
      method: 'POST',
      url: `/ky/office/imports?kind=${kind}`,
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
      payload: `--xx\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n--xx--\r\n`,
    });

  test('is looked at, mended by leaving out, entered, and taken back', async () => {
    const reply = await upload(
      coordinator,
      'person',
      'Аты-жөнү;Туулган жылы;Айылы\nСейит уулу Тилек;1980;Көк-Ой\nСейит уулу Эрмек;эчен;Көк-Ой\n',
    );
    expect(reply.statusCode).toBe(303);
    const shown = words((await coordinator.get(locationOf(reply))).body);
    for (const part of ['B3', 'эчен', 'Жылын же күнүн жазыңыз', 'Сейит уулу Тилек']) expect(shown).toContain(part);
    const importId = last(locationOf(reply));
    const refused = await coordinator.post(`/ky/office/imports/${importId}/apply`, {});
    expect([refused.statusCode, words(refused.body).includes('Катасы бар саптар: 1')]).toEqual([422, true]);
    const found = async () => (await findSubjects(app.sql, app.space.id, { text: 'тилек' })).rows.length;
    expect((await coordinator.post(`/ky/office/imports/${importId}/apply`, { leaveWrong: 'yes' })).statusCode).toBe(
      303,
    );
    expect(await found()).toBe(1);
    const undone = await coordinator.post(`/ky/office/imports/${importId}/undo`, {});
    expect(words(undone.body)).toContain('Тизмеден алынды: 1');
    expect(await found()).toBe(0);
  });

  test('a file that is no table, no file at all, and a stranger’s import are refused in words', async () => {
    const bad = await upload(coordinator, 'person', 'түсү;саны\nкөк;3');
    expect([bad.statusCode, words(bad.body).includes('Аттар турган мамыча табылган жок')]).toEqual([422, true]);
    const none = await coordinator.ask({
      method: 'POST',
      url: '/ky/office/imports?kind=place',
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
      payload: '--xx--\r\n',
    });
    expect(none.statusCode).toBeGreaterThanOrEqual(400);
    expect(none.statusCode).toBeLessThan(500);
    expect((await coordinator.post('/ky/office/imports?kind=place', {})).statusCode).toBe(415);
    expect((await upload(reviewer, 'person', 'Аты-жөнү\nАсан')).statusCode).toBe(403);
  });

  test('what a project names stays, with the reason', async () => {
    const reply = await upload(coordinator, 'organisation', 'name,type\nEcoHimal,funder');
    const importId = last(locationOf(reply));
    await coordinator.post(`/ky/office/imports/${importId}/apply`, {});
    const [row] = (await findSubjects(app.sql, app.space.id, { text: 'ecohimal' })).rows;
    await addProject(app.sql, by, {
      code: 'EH',
      title: { ky: 'Суу' },
      parties: [{ organisationId: row!.id, role: 'funder' }],
    });
    const undone = words((await coordinator.post(`/ky/office/imports/${importId}/undo`, {})).body);
    expect(undone).toContain('ал долбоордо көрсөтүлгөн');
    expect(await subject(app.sql, app.space.id, row!.id)).not.toBeNull();
  });
});

test('a facility that somebody is asked to visit stays when its import is taken back, and its register is in the menu', async () => {
  const { importId } = await previewImport(app.sql, by, {
    kind: 'thing',
    fileName: 'мекемелер.csv',
    bytes: new TextEncoder().encode('Аты;Түрү\nКеңеш ФАПы;ФАП\nМайдан ФАПы;ФАП\n'),
  });
  await coordinator.post(`/ky/office/imports/${importId}/apply`, {});
  const [kenesh] = (await findSubjects(app.sql, app.space.id, { text: 'кеңеш' })).rows;
  const round = {
    kind: 'oversight',
    title: { ky: 'Жаз' },
    startsOn: '2016-04-01',
    endsOn: '2016-05-01',
    projectIds: [],
  };
  const activityId = await planActivity(app.sql, by, round);
  await assign(app.sql, coordinatorActor(), app.space.id, {
    activityId,
    actorId: monitor.accountId,
    role: 'monitor',
    subjectId: kenesh!.id,
    formId: activityId,
    from: '2016-04-01',
    to: '2016-05-01',
  });
  const undone = words((await coordinator.post(`/ky/office/imports/${importId}/undo`, {})).body);
  expect(undone).toContain('Тизмеден алынды: 1');
  expect(undone).toContain('Кеңеш ФАПы : ага тапшырма берилген');
  expect((await coordinator.get('/ky/office')).body).toContain('href="/ky/office/facilities"');
});

describe('facilities', () => {
  test('split in two by a form; the old one says what came after it', async () => {
    const old = await addSubject(app.sql, by, {
      kind: 'thing',
      type: 'fgp',
      name: { ky: 'Покровка ҮДТ' },
      placeId: village,
    });
    const reply = await coordinator.post(`/ky/office/facilities/${old}/change`, {
      way: 'split',
      on: '2016-03-01',
      reason: 'Буйрук №12',
      heir1_ky: 'Түндүк ҮДТ',
      share1: '60',
      heir2_ky: 'Түштүк ФАПы',
      share2: '40',
      type2: 'fap',
    });
    expect(reply.statusCode).toBe(303);
    const page = words((await coordinator.get(`/ky/office/facilities/${old}?at=2016-04-01`)).body);
    for (const part of ['Түндүк ҮДТ', '60%', 'Буйрук №12', 'Түштүк ФАПы']) expect(page).toContain(part);
    const list = async (at: string) =>
      words((await coordinator.get(`/ky/office/facilities?q=${encodeURIComponent('удт')}&at=${at}`)).body);
    expect((await list('2016-02-29')).includes('Покровка ҮДТ')).toBe(true);
    expect((await list('2016-03-01')).includes('Покровка ҮДТ')).toBe(false);
  });

  test.each([
    [{ way: 'split', on: '2016-03-01', heir1_ky: 'А', share1: '60' }, 'Бөлүнүү үчүн жок дегенде эки мураскер керек.'],
    [{ way: 'type', on: '2016-03-01', type: 'казино' }, 'Мааниси туура эмес.'],
    [{ way: 'merge', on: '2016-03-01', into: 'жок нерсе' }, 'Ал күнү мындай аталышта эч нерсе жок.'],
    [{ way: 'close', on: '2016-02-31' }, 'Мааниси туура эмес.'],
    [{ way: 'rename', on: '2016-03-01' }, 'Атын жок дегенде бир тилде жазыңыз.'],
    [{ way: 'учуу', on: '2016-03-01' }, 'Мааниси туура эмес.'],
  ])('%j is refused in words', async (fields, said) => {
    const id = await addSubject(app.sql, by, { kind: 'thing', type: 'fgp', name: { ky: 'Мекеме' } });
    const reply = await coordinator.post(`/ky/office/facilities/${id}/change`, fields);
    expect(reply.statusCode).toBe(422);
    expect(words(reply.body)).toContain(said);
  });
});

describe('projects', () => {
  test('a partner sees its own part and nothing else; a field worker none', async () => {
    const mine = await addProject(app.sql, by, {
      code: 'OWN',
      title: { ky: 'Биздики' },
      parties: [{ organisationId: own, role: 'partner' }],
    });
    const others = await addProject(app.sql, by, { code: 'OTH', title: { ky: 'Башканыкы' } });
    const list = words((await partner.get('/ky/office/projects')).body);
    expect([list.includes('Биздики'), list.includes('Башканыкы')]).toEqual([true, false]);
    expect((await partner.get(`/ky/office/projects/${mine}`)).statusCode).toBe(200);
    expect((await partner.get(`/ky/office/projects/${others}`)).statusCode).toBe(404);
    expect((await funder.get(`/ky/office/projects/${others}`)).statusCode).toBe(404);
    expect((await auditor.get(`/ky/office/projects/${others}`)).statusCode).toBe(200);
    expect((await partner.post(`/ky/office/projects/${mine}/edit`, {})).statusCode).toBe(403);
  });

  test('a project says that it runs only while its days say so', async () => {
    const days = [
      { code: 'S1', startsOn: '2010-09-01', endsOn: '2010-11-30' },
      { code: 'S2', startsOn: '2015-09-01' },
      { code: 'S3', startsOn: '2999-01-01' },
      { code: 'S4' },
    ];
    for (const one of days) await addProject(app.sql, by, { ...one, title: { ky: `Мөөнөт ${one.code}` } });
    const rows = (await auditor.get('/ky/office/projects?q=Мөөнөт')).body.split('<tr').slice(2);
    const state = (code: string) => words(`<tr${rows.find((row) => row.includes(`Мөөнөт ${code}`))}`).split(' ');
    expect(days.map(({ code }) => ['аяктады', 'жүрүп', 'элек'].filter((word) => state(code).includes(word)))).toEqual([
      ['аяктады'],
      ['жүрүп'],
      ['элек'],
      [],
    ]);
  });

  test('is entered with its places, parties and results chain', async () => {
    const reply = await coordinator.post('/ky/office/projects', {
      code: 'P7',
      title_ky: 'Көзөмөл',
      title_en: 'Oversight',
      startsOn: '2015-01-01',
      endsOn: '2016-12-31',
      precision: 'month',
      public: 'yes',
    });
    const id = last(locationOf(reply));
    await coordinator.post(`/ky/office/projects/${id}/parties`, { do: 'add', organisation: own, role: 'funder' });
    await coordinator.post(`/ky/office/projects/${id}/parties`, { do: 'add', place: 'Талас облусу' });
    const impact = await coordinator.post(`/ky/office/projects/${id}/results`, {
      level: 'impact',
      parentId: '',
      title_ky: 'Кызмат жакшырды',
    });
    expect(impact.statusCode).toBe(303);
    const wrong = await coordinator.post(`/ky/office/projects/${id}/results`, {
      level: 'output',
      parentId: own,
      title_ky: 'Х',
    });
    expect(wrong.statusCode).toBe(422);
    const read = await project(app.sql, app.space.id, id);
    expect([read?.parties.map((party) => party.role), read?.places.map((place) => place.id)]).toEqual([
      ['funder'],
      [talas],
    ]);
    const page = words((await auditor.get(`/ky/office/projects/${id}`)).body);
    for (const part of ['Көзөмөл', 'Өнөктөш', 'Талас', 'Кызмат жакшырды', '2015\u2011ж. январь – 2016\u2011ж. декабрь'])
      expect(page).toContain(part);
    const taken = await coordinator.post('/ky/office/projects', { code: 'P7', title_ky: 'Экинчи', precision: 'month' });
    expect([taken.statusCode, words(taken.body).includes('«P7» коду бар долбоор мурунтан бар.')]).toEqual([409, true]);
    expect((await projects(app.sql, app.space.id, { text: 'экинчи' })).length).toBe(0);
  });
});

test('versions of a source stand side by side, with what stayed, changed, came and went', async () => {
  const id = await addSource(app.sql, by, { key: 'passport', kind: 'standard', title: { ky: 'Паспорт' } });
  const row = (rowKey: string, ky: string, meaning: string | null = rowKey) => ({
    rowKey,
    title: { ky: `${rowKey}-сап` },
    text: { ky },
    meaning,
  });
  const add = (version: string, validFrom: string, rows: ReturnType<typeof row>[]) =>
    addVersion(app.sql, { ...by, follows: speakerIn(by.spaceId).follows }, { source: id, version, validFrom, rows });
  await add('2014', '2014-06-03', [row('1', 'Суу бар'), row('2', 'Жарык бар'), row('3', 'Эшик кең')]);
  await add('2016', '2016-05-01', [row('1', 'Суу бар'), row('2', 'Жарык үзгүлтүксүз'), row('4', 'Пандус бар')]);
  const page = words((await auditor.get(`/ky/office/sources/${id}`)).body);
  for (const part of ['өзгөргөн жок', 'сөзү өзгөрдү', 'жаңы', 'алынып салынды', 'күчүн жоготту'])
    expect(page).toContain(part);
  // A row is named once at its head, by its title.
  expect(page.match(/1-сап/g)).toHaveLength(1);
  const [newest] = await versionsOf(app.sql, app.space.id, id);
  const ended = await coordinator.post(`/ky/office/sources/${id}/versions/${newest!.id}/end`, {
    on: '2017-01-01',
    reason: 'Жокко чыгарылды',
  });
  expect(ended.statusCode).toBe(303);
  expect((await versionsOf(app.sql, app.space.id, id))[0]?.validTo).toBe('2017-01-01');
  expect(
    (await coordinator.post(`/ky/office/sources/${id}/versions/${newest!.id}/end`, { on: '2017-01-01' })).statusCode,
  ).toBe(409);
});

test('news is written as a draft, shown, and taken off again', async () => {
  const reply = await coordinator.post('/ky/office/news', {
    title_ky: 'Жаңы окуу',
    body_ky: 'Окуу башталды.',
    happenedOn: '2016-04-01',
  });
  const id = last(locationOf(reply));
  const state = async () => {
    const found = await article(app.sql, app.space.id, 'news', id);
    return [found?.publishedAt !== null, found?.withdrawnAt !== null];
  };
  expect(await state()).toEqual([false, false]);
  await coordinator.post(`/ky/office/news/${id}/publish`, {});
  expect(await state()).toEqual([true, false]);
  await coordinator.post(`/ky/office/news/${id}/withdraw`, {});
  expect(await state()).toEqual([true, true]);
  expect((await coordinator.post(`/ky/office/news/${id}/withdraw`, {})).statusCode).toBe(409);
  expect((await coordinator.post('/ky/office/news', { title_ky: '' })).statusCode).toBe(422);
  expect((await reviewer.get(`/ky/office/news/${id}`)).body).toContain('Окуу башталды.');
  expect((await reviewer.post(`/ky/office/news/${id}`, { title_ky: 'Х' })).statusCode).toBe(403);
});

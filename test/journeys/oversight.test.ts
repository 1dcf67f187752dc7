import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idOf, loadRegister, type Register } from '../../seeds/load-register.ts';
import { PHOTOS, photoBytes, VISITS, visitInstanceXml } from '../../seeds/story/index.ts';
import { publishVersion, uploadWorkbook } from '../../src/kernel/forms/index.ts';
import { addProject } from '../../src/kernel/projects/index.ts';
import { attachmentsOf, drawPictures, receive, storeAttachment } from '../../src/kernel/records/index.ts';
import { transaction } from '../../src/platform/db/index.ts';
import { ROOT } from '../../src/platform/root.ts';
import { oversight } from '../../src/programmes/oversight/index.ts';
import { type TestApp, type TestPerson, testApp } from '../support/app.ts';
import { axe, complaints, withBrowser } from '../support/browser.ts';

/** A feldsher point with a problem and its photo, as a phone sent it in the spring round of the story. */
const VISIT = VISITS.find(
  (visit) => visit.facilityKey === 'ak-kashat-fap' && visit.round === 'round-2016-spring' && !visit.supersedes,
)!;
const handlers = new Map(Object.entries(oversight.records));
const browser = withBrowser();

let clock = new Date('2016-04-01T09:00:00+06:00');
let app: TestApp;
let register: Register;
let aizada: TestPerson;
let ulan: TestPerson;
let meerim: TestPerson;
let stranger: TestPerson;
let projectId: string;
let facilityId: string;
let round: string;
let visit: string;
let recordId: string;
let link: string;
let card: string;

beforeAll(async () => {
  app = await testApp({ now: () => clock });
  register = await transaction(app.sql, (tx) =>
    loadRegister({ tx, files: app.files, kinds: [oversight], space: app.space, log: () => {}, today: '2016-04-01' }),
  );
  facilityId = idOf(register.facilities, VISIT.facilityKey);
  aizada = await app.person('Айзада Бекбоева', ['coordinator']);
  ulan = await app.person('Улан Токтосунов', ['reviewer']);
  // Мээрим also reviews, but never her own visit.
  meerim = await app.person('Мээрим Сапарбекова', ['field_worker', 'reviewer']);
  const elsewhere = await app.addSpace({ ky: 'Башка бирикме' }, 'elsewhere.test');
  stranger = await app.person('Бөтөн Координатор', ['coordinator', 'field_worker'], { space: elsewhere });
  projectId = await addProject(
    app.sql,
    { spaceId: app.space.id, accountId: aizada.accountId },
    { code: 'P7', title: { ky: 'Коомдук көзөмөл' } },
  );
});
afterAll(() => app.close());

const idIn = (text: string, before: string): string => new RegExp(`${before}([0-9a-f-]{36})`).exec(text)?.[1] ?? '';

test('Айзада cannot plan before the form of the visit is published, and is told so on the same page', async () => {
  const answer = await aizada.post('/ky/office/oversight/rounds', plan());
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('Адегенде баруунун формасын жүктөп, жарыялаңыз.');
  for (const form of oversight.forms) {
    const bytes = await readFile(join(ROOT, form.file));
    const { version } = await uploadWorkbook(app.sql, app.files, null, {
      spaceId: app.space.id,
      kind: 'oversight',
      fileName: form.file.split('/').at(-1)!,
      bytes,
    });
    await publishVersion(app.sql, null, { spaceId: app.space.id, versionId: version.id });
  }
});

function plan(): Record<string, string | string[]> {
  return {
    title_ky: 'Экинчи кыдыруу',
    title_ru: '',
    title_en: '',
    project: projectId,
    from: '2016-04-04',
    to: '2016-05-31',
    facilities: [facilityId, idOf(register.facilities, 'terek-suu-fap')],
    monitors: [meerim.accountId],
  };
}

test('the preview says who goes where and writes nothing; the plan is what was previewed', async () => {
  const preview = await aizada.post('/ky/office/oversight/rounds/preview', plan());
  expect([preview.statusCode, preview.body.includes('Ак-Кашат айылындагы ФАП')]).toEqual([200, true]);
  expect((await aizada.get('/ky/office/oversight/rounds')).body).toContain('Азырынча кыдыруу жок');
  const planned = await aizada.post('/ky/office/oversight/rounds', plan());
  expect(planned.statusCode).toBe(303);
  round = idIn(String(planned.headers.location), '/rounds/');
  const board = await aizada.get(`/ky/office/oversight/rounds/${round}`);
  const row = board.body.split('<tr').find((part) => part.includes('Ак-Кашат айылындагы ФАП'))!;
  visit = idIn(row, '/visits/');
  expect(row).toContain('Мээрим Сапарбекова');
});

test('the form of the next round begins with the project of the latest one, not with the first of the list', async () => {
  const by = { spaceId: app.space.id, accountId: aizada.accountId };
  await addProject(app.sql, by, { code: 'P1', title: { ky: 'Шайлоо' }, startsOn: '2010-09-01' });
  const form = (await aizada.get('/ky/office/oversight/rounds/new')).body;
  const options = form.split('name="project"')[1]?.split('</select>')[0] ?? '';
  expect([...options.matchAll(/<option[^>]*>([^<]+)</g)].map((match) => match[1])).toEqual([
    'P1 Шайлоо',
    'P7 Коомдук көзөмөл',
  ]);
  expect([...options.matchAll(/<option value="([^"]+)" selected/g)].map((match) => match[1])).toEqual([projectId]);
});

test('a round without facilities, or with its days turned round, is refused beside the field and keeps what was typed', async () => {
  for (const wrong of [
    { facilities: [] },
    { to: '2016-04-01' },
    { monitors: [] },
    { title_ky: '' },
    { from: 'эртең' },
  ]) {
    const answer = await aizada.post('/ky/office/oversight/rounds', { ...plan(), title_ru: 'Второй обход', ...wrong });
    expect([
      wrong,
      answer.statusCode,
      answer.body.includes('Второй обход'),
      answer.body.includes('field-error'),
    ]).toEqual([wrong, 422, true, true]);
    expect(answer.body).not.toMatch(/title_ky,|: (to|from|facilities)</);
  }
});

test('Мээрим agrees a day with the facility; a visit that is not hers does not exist for a monitor', async () => {
  const timur = await app.person('Тимур Асанов', ['field_worker']);
  expect((await timur.get(`/ky/office/oversight/visits/${visit}`)).statusCode).toBe(404);
  expect((await timur.post(`/ky/office/oversight/visits/${visit}/agree`, { day: '2016-05-04' })).statusCode).toBe(404);
  expect((await meerim.get('/ky/office/oversight/my')).body).toContain('Ак-Кашат айылындагы ФАП');
  const agreed = await meerim.post(`/ky/office/oversight/visits/${visit}/agree`, { day: '2016-05-04' });
  expect(agreed.statusCode).toBe(303);
  expect((await meerim.get(`/ky/office/oversight/visits/${visit}`)).body).toContain('макулдашылган');
});

test('the visit comes in from the phone and waits to be checked', async () => {
  clock = new Date(VISIT.receivedAt);
  const names = [...Object.values(VISIT.photos), ...VISIT.problems.flatMap((problem) => problem.photo ?? [])].map(
    (photo) => photo.name,
  );
  const attachments = await Promise.all(
    names.map(async (name) => {
      const bytes = await photoBytes(PHOTOS, name);
      return await storeAttachment(app.files, { name, bytes: once(bytes), maxBytes: bytes.byteLength });
    }),
  );
  const receipt = await receive(
    { sql: app.sql, handlers },
    {
      spaceId: app.space.id,
      xml: visitInstanceXml(VISIT, { facilityId: (key) => idOf(register.facilities, key), assignmentId: visit }),
      attachments,
      door: 'field',
      authorId: meerim.accountId,
      receivedAt: clock,
    },
  );
  recordId = receipt.recordId;
  await drawPictures(app.sql, app.files, app.space.id, recordId);
  expect([receipt.outcome, receipt.aside]).toEqual(['received', null]);
  const todo = await ulan.get('/ky/office');
  expect(todo.body).toContain('Текшериле турган баруулар');
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

test('nobody checks their own visit, and nobody checks without having looked for people in the photos', async () => {
  const own = await meerim.post(`/ky/office/oversight/visits/${visit}/check`, { no_people: 'yes' });
  expect(own.statusCode).toBe(403);
  expect((await meerim.get(`/ky/office/oversight/visits/${visit}`)).body).toContain('Бул – сиздин барууңуз');
  const blind = await ulan.post(`/ky/office/oversight/visits/${visit}/check`, {});
  expect(blind.statusCode).toBe(422);
  expect(blind.body).toContain('Сүрөттөрдү карап, белги коюңуз.');
});

test('Улан returns it only with a reason, checks it, takes the check back and checks it again', async () => {
  const here = `/ky/office/oversight/visits/${visit}`;
  expect((await ulan.post(`${here}/return`, { reason: ' ' })).statusCode).toBe(422);
  for (const [act, fields] of [
    ['check', { no_people: 'yes' }],
    ['uncheck', { reason: 'Сүрөттү кайра карайм' }],
    ['check', { no_people: 'yes' }],
    ['undo-check', {}],
    ['check', { no_people: 'yes' }],
  ] as const)
    expect([act, (await ulan.post(`${here}/${act}`, fields)).statusCode]).toEqual([act, 303]);
  const page = await ulan.get(here);
  expect(page.body).toContain('Сүрөттү кайра карайм');
  expect((await ulan.post(`${here}/check`, { no_people: 'yes' })).statusCode).toBe(409);
});

test('the office shows the photo as it was taken only to those who review', async () => {
  const page = await ulan.get(`/ky/office/oversight/visits/${visit}`);
  const address = /\/office\/oversight\/photos\/[^"?]+/.exec(page.body)![0];
  const auditor = await app.person('Каныкей Аудитор', ['auditor']);
  const [original, clean] = await Promise.all([ulan.get(address), auditor.get(address)]);
  expect([original.statusCode, clean.statusCode]).toEqual([200, 200]);
  expect(original.rawPayload.equals(clean.rawPayload)).toBe(false);
  expect((await ulan.get(`${address}?small=1`)).rawPayload.equals(clean.rawPayload)).toBe(true);
});

test('the facility gets a link, sees what is missing beside its fields, and answers', async () => {
  const shared = await aizada.post(`/ky/office/oversight/visits/${visit}/share`, {});
  expect([shared.statusCode, shared.headers['cache-control']]).toEqual([200, 'no-store']);
  const plain = shared.body.replaceAll('<wbr/>', '').replaceAll('<wbr>', '');
  link = /\/ky\/oversight\/answer\/[\w-]+/.exec(plain)![0];
  expect((await app.ask(`${link}x`)).statusCode).toBe(404);
  const early = await aizada.post(`/ky/office/oversight/visits/${visit}/publish`, {});
  expect(early.statusCode).toBe(409);

  const page = await browser.openPage({ width: 360, language: 'ky', javaScript: false });
  await page.goto(`${await app.listen()}${link}`);
  await page.getByRole('button', { name: 'Жоопту жөнөтүү' }).evaluate((button) => {
    (button as HTMLButtonElement).form!.noValidate = true;
  });
  await page.getByRole('button', { name: 'Жоопту жөнөтүү' }).click();
  expect(await page.locator('#agreed_1-error').count()).toBe(1);
  expect(await page.locator('#position-error').count()).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  for (const n of [1, 2]) {
    await page.locator(`#problem-${n}`).getByLabel('Бир бөлүгүнө макулбуз').check();
    await page.fill(`#plan_${n}`, 'Айыл өкмөтү менен жасайбыз');
    await page.fill(`#owner_${n}`, 'чарба башчы');
    await page.fill(`#deadline_${n}`, '2016-07-14');
    await page.fill(`#reason_${n}`, 'Акча быйыл аз');
  }
  await page.fill('#position', 'пункттун башчысы');
  await page.getByRole('button', { name: 'Жоопту жөнөтүү' }).click();
  await page.getByText('Рахмат, жообуңуз кабыл алынды.').first().waitFor();
  expect(await page.getByText('Акча быйыл аз').count()).toBe(2);
});

test('the card is published, opens without a script or a fault on a small phone, and shows only pictures for all eyes', async () => {
  const published = await aizada.post(`/ky/office/oversight/visits/${visit}/publish`, {});
  expect(published.statusCode).toBe(303);
  card = /\/oversight\/facilities\/[a-z0-9-]+/.exec((await app.ask(`/ky/oversight/rounds/${round}`)).body)![0];
  for (const address of [`/ru${card}`, `/en${card}`, `/ky${card}/poster`, '/ky/oversight'])
    expect([address, (await app.ask(address)).statusCode]).toEqual([address, 200]);
  const drawn = await app.ask(`/oversight/pictures/${card.split('/').at(-1)}/ky.png`);
  expect([drawn.statusCode, drawn.headers['content-type']]).toEqual([200, 'image/png']);

  const page = await browser.openPage({ width: 360, language: 'ky' });
  await page.goto(`${app.http.listeningOrigin}/ky${card}`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(await axe(page)).toEqual([]);
  expect(complaints(page)).toEqual([]);

  const originals = await attachmentsOf(app.sql, app.space.id, recordId);
  expect(originals.map((file) => typeof file.displaySha256)).toEqual(originals.map(() => 'string'));
  const slug = card.split('/').at(-1);
  for (const { sha256, displaySha256 } of originals)
    expect([
      (await app.ask(`/oversight/photos/${slug}/${displaySha256}`)).statusCode,
      (await app.ask(`/oversight/photos/${slug}/${sha256}`)).statusCode,
    ]).toEqual([200, 404]);
});

test('a fix counts when a second person accepts it', async () => {
  clock = new Date('2016-05-21T10:00:00+06:00');
  const board = await aizada.get('/ky/office/oversight/problems');
  const problem = idIn(board.body, '/problems/');
  const here = `/ky/office/oversight/problems/${problem}`;
  const told = await sendFix(aizada, here, {
    state: 'fixed',
    whatDone: 'Пандус салынды',
    confirmedBy: 'meeting',
    usersConfirmed: '7',
  });
  expect(told.statusCode).toBe(303);
  const record = idIn((await ulan.get(here)).body, '/fixes/');
  const own = await aizada.post(`${here}/fixes/${record}`, { verdict: 'accepted' });
  expect(own.statusCode).toBe(403);
  expect((await ulan.post(`${here}/fixes/${record}`, { verdict: 'accepted' })).statusCode).toBe(303);
  expect((await app.ask(`/ky${card}`)).body).toContain('эл ырастады');
  const empty = await sendFix(aizada, here, { state: 'fixed', confirmedBy: 'phone', usersConfirmed: '' });
  expect([
    empty.statusCode,
    empty.body.includes('whatDone-error'),
    empty.body.includes('usersConfirmed-error'),
  ]).toEqual([422, true, true]);
});

function sendFix(by: TestPerson, here: string, fields: Record<string, string>) {
  const mark = 'demilge-test-boundary';
  const parts = Object.entries({ checkedOn: '2016-05-20', ...fields }).map(
    ([name, value]) => `--${mark}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return by.ask({
    method: 'POST',
    url: `${here}/fix`,
    payload: `${parts.join('')}--${mark}--\r\n`,
    headers: { 'content-type': `multipart/form-data; boundary=${mark}` },
  });
}

test('another association on the same server sees nothing of it by any address', async () => {
  const problem = idIn((await aizada.get('/ky/office/oversight/problems')).body, '/problems/');
  const pages = oversight.pages.filter((page) => page.path.includes('/:'));
  const values: Record<string, string> = {
    slug: card.split('/').at(-1)!,
    token: link.split('/').at(-1)!,
    name: round,
    file: 'ky.png',
  };
  for (const page of pages) {
    const id = /rounds/.test(page.path)
      ? round
      : /facilities/.test(page.path)
        ? facilityId
        : /problems/.test(page.path)
          ? problem
          : visit;
    const path = page.path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? id);
    const url = page.languages === 'paths' ? `/ky${path}` : path;
    const answer =
      page.method === 'GET'
        ? await stranger.get(url)
        : page.path.endsWith('/fix')
          ? await sendFix(stranger, url.replace(/\/fix$/, ''), { state: 'fixed' })
          : await stranger.post(url, {
              resolution: page.path.includes('twice') ? 'kept_first' : 'accepted',
              verdict: 'accepted',
              event: 'close',
              reason: 'x',
              no_people: 'yes',
            });
    expect([page.method, page.path, answer.statusCode]).toEqual([page.method, page.path, 404]);
    expect(answer.body.includes('Ак-Кашат')).toBe(false);
  }
  for (const list of ['rounds', 'facilities', 'problems', 'my'])
    expect((await stranger.get(`/ky/office/oversight/${list}`)).body.includes('Ак-Кашат')).toBe(false);
  const site = await app.ask({ url: '/ky/oversight', headers: { host: 'elsewhere.test' } });
  expect([site.statusCode, site.body.includes('Экинчи кыдыруу')]).toEqual([200, false]);
});

test('a withdrawn card leaves a tombstone in three languages, and its pictures go', async () => {
  const shown = /\/oversight\/photos\/[a-z0-9-]+\/[0-9a-f]{64}/.exec((await app.ask(`/ky${card}`)).body)![0];
  const gone = await aizada.post(`/ky/office/oversight/visits/${visit}/withdraw`, { reason: 'Адам көрүнүп калган' });
  expect(gone.statusCode).toBe(303);
  for (const [language, words] of [
    ['ky', 'сайттан алынган'],
    ['ru', 'снята с сайта'],
    ['en', 'was withdrawn'],
  ]) {
    const answer = await app.ask(`/${language}${card}`);
    expect([language, answer.statusCode, answer.body.includes(words!)]).toEqual([language, 410, true]);
  }
  expect((await app.ask(shown)).statusCode).toBe(404);
});

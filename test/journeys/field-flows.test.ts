import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDevice } from '../../src/kernel/access/index.ts';
import { assign, cancelAssignment, moveAssignment } from '../../src/kernel/assignments/index.ts';
import { publishVersion, uploadWorkbook } from '../../src/kernel/forms/index.ts';
import {
  attachmentsOf,
  currentRecord,
  judge,
  listRecords,
  record,
  setAsideList,
} from '../../src/kernel/records/index.ts';
import { ROOT } from '../../src/platform/root.ts';
import { cancelVisit, planRound } from '../../src/programmes/oversight/index.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { axe, withBrowser } from '../support/browser.ts';
import { fieldDay, settleIn } from '../support/field.ts';
import { dice, noisyPhoto } from '../support/storm.ts';
import { visitWorkbook, workbook } from '../support/workbook.ts';

const browser = withBrowser();
let app: TestApp;
let address: string;
let day: Awaited<ReturnType<typeof fieldDay>>;

beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  // Each story has its own day: what the one before left behind would stand on the phone.
  await app.close();
  app = await testApp();
  day = await fieldDay(app);
  address = await app.listen();
});

const next = (page: Page) => page.locator('.form-next');
const heard = (page: Page) => page.getByText('Сервер менен байланыш бар').waitFor();

/** Asks the server again and waits for its word. */
async function refresh(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Кайра аракет' }).tap();
  await heard(page);
}

/** Back on the line, with what that brings. */
async function online(page: Page, on: boolean): Promise<void> {
  await page.context().setOffline(!on);
  if (on)
    await page
      .getByText(/Сервер алды:/)
      .first()
      .waitFor();
}

/** The visit's checklist is filled at the clinic on the day, past all that it would still ask, and finished. */
async function visit(page: Page, facility: string, on = daysAgo(1)): Promise<void> {
  await page.getByRole('button', { name: new RegExp(facility) }).tap();
  await page.getByLabel('Барган күнүңүз').fill(on);
  await finish(page);
}

async function finish(page: Page, answer?: (page: Page) => Promise<void>): Promise<void> {
  const turn = next(page).or(page.getByRole('button', { name: 'Бүттү, улантуу' }));
  await turn.waitFor();
  while (await turn.count()) {
    await answer?.(page);
    const step = await page.locator('.form-step').textContent();
    const label = await turn.textContent();
    await turn.tap();
    await page.waitForFunction(
      ([was, said]) =>
        document.querySelector('.form-step')?.textContent !== was ||
        (document.querySelector('.form-next')?.textContent ?? 'Бүттү, улантуу') !== said,
      [step, label] as const,
    );
  }
  await page.getByRole('button', { name: /бүтүрүү/i }).tap();
  await page.locator('.out').first().waitFor();
}

const daysAgo = (n: number): string => new Date(Date.now() + 6 * 3_600_000 - n * 86_400_000).toISOString().slice(0, 10);

test('a visit that Гүлнара sent back opens with her words and the old answers, and comes in as a correction with its old photo', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, day.link);
  await page.getByRole('button', { name: /Кең-Суу/ }).tap();
  await page.getByLabel('Барган күнүңүз').fill(daysAgo(1));
  await next(page).tap();
  await next(page).tap();
  await page.getByText('Имарат жана шарт').waitFor();
  const photo = await noisyPhoto(dice(3), 300);
  await page.getByLabel('Көрнөктүн сүрөтү').setInputFiles({ name: 'board.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByRole('button', { name: 'Алып салуу' }).waitFor();
  await finish(page);
  await page.getByText(/Сервер алды:/).waitFor();
  const first = await currentRecord(app.sql, app.space.id, day.tasks[1]!);
  const reason = 'Эшиктин туурасы жазылган эмес';
  await judge(app.sql, {
    spaceId: app.space.id,
    recordId: first!.id,
    verdict: 'returned',
    by: { accountId: day.reviewerId },
    reason,
  });

  await page.getByRole('button', { name: 'Бүгүн' }).tap();
  await refresh(page);
  await page.getByText('Кайтарылды: оңдоңуз').waitFor();
  await page.getByText(`Гүлнара Турдумаматова кайтарды: ${reason}`).waitFor();
  expect(await axe(page)).toEqual([]);
  // The correction is made in the village, with no network, in another tab than the one that heard of it.
  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: /Кең-Суу/ }).tap();
  await page.getByText(reason).waitFor();
  expect(await page.getByLabel('Барган күнүңүз').inputValue()).toBe(daysAgo(1));
  await page.getByLabel('Барган күнүңүз').fill(daysAgo(2));
  await finish(page);
  await page.getByRole('button', { name: 'Бүгүн' }).tap();
  await page.getByText('Телефондо, жөнөтүлө элек').waitFor();
  await page.getByRole('button', { name: /Жөнөтүү/ }).tap();
  await page.context().setOffline(false);
  await page
    .getByText(/Сервер алды:/)
    .nth(1)
    .waitFor();

  const now = await currentRecord(app.sql, app.space.id, day.tasks[1]!);
  expect([now?.supersedes, now?.rootId, now?.verdict, now?.occurredOn]).toEqual([
    first!.id,
    first!.id,
    'waiting',
    daysAgo(2),
  ]);
  const before = await attachmentsOf(app.sql, app.space.id, first!.id);
  const after = await attachmentsOf(app.sql, app.space.id, now!.id);
  expect(after.map(({ name, sha256 }) => [name, sha256])).toEqual(before.map(({ name, sha256 }) => [name, sha256]));
  expect(before.length).toBe(1);
  await page.getByRole('button', { name: 'Бүгүн' }).tap();
  await refresh(page);
  await page.getByText('Кабыл алынды, текшерилет').waitFor();
}, 60_000);

test('a returned visit is corrected on a phone that never had it', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, day.link);
  await visit(page, 'Ак-Дөбө', daysAgo(1));
  await page.getByText(/Сервер алды:/).waitFor();
  const first = await currentRecord(app.sql, app.space.id, day.tasks[0]!);
  await judge(app.sql, {
    spaceId: app.space.id,
    recordId: first!.id,
    verdict: 'returned',
    by: { accountId: day.reviewerId },
    reason: 'Күнүн текшериңиз',
  });
  const { token } = await addDevice(app.sql, app.space.id, null, day.accountId, 'Redmi');
  const other = await browser.openPage();
  await settleIn(other, address, `/field/#key=${token}`);
  await other.context().setOffline(true);
  await other.getByRole('button', { name: /Ак-Дөбө/ }).tap();
  expect(await other.getByLabel('Барган күнүңүз').inputValue()).toBe(daysAgo(1));
  await other.getByLabel('Барган күнүңүз').fill(daysAgo(3));
  await finish(other);
  await online(other, true);
  expect((await currentRecord(app.sql, app.space.id, day.tasks[0]!))?.supersedes).toBe(first!.id);
}, 60_000);

test('a draft that was begun before a new version of its form is finished on its own version, and new ones begin on the new', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, day.link);
  await page.getByRole('button', { name: 'Клиникага баруу' }).tap();
  await page.getByLabel('Мекеме').waitFor();
  // The new version comes while the form is open and nothing is answered yet.
  const bytes = await visitWorkbook('2');
  const { version } = await uploadWorkbook(app.sql, app.files, null, {
    spaceId: app.space.id,
    kind: 'oversight',
    fileName: 'short.xlsx',
    bytes,
  });
  await publishVersion(app.sql, null, { spaceId: app.space.id, versionId: version.id });
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await expect.poll(async () => (await keptForms(page)).includes(version.id), { timeout: 15_000 }).toBe(true);
  await page.getByLabel('Мекеме').fill('Ак-Дөбө ФАП');
  await page.context().setOffline(true);
  await page.waitForTimeout(300);
  await page.reload();
  await page.locator('.task-row .task').tap();
  await finish(page);
  await page.getByRole('button', { name: 'Бүгүн' }).tap();
  await page.getByRole('button', { name: 'Клиникага баруу' }).tap();
  await page.getByLabel('Мекеме').fill('Кең-Суу');
  await finish(page);
  await page.context().setOffline(false);
  await page
    .getByText(/Сервер алды:/)
    .nth(1)
    .waitFor();
  const { rows } = await listRecords(app.sql, app.space.id, { formKey: 'visit' });
  expect(rows.map((row) => [row.formVersion, row.aside]).sort()).toEqual([
    ['1', false],
    ['2', false],
  ]);
}, 60_000);

/** Which versions of forms the phone keeps. */
async function keptForms(page: Page): Promise<readonly string[]> {
  return await page.evaluate(
    () =>
      new Promise<string[]>((done, fail) => {
        const opening = indexedDB.open('demilge-field');
        opening.onerror = fail;
        opening.onsuccess = () => {
          const db = opening.result;
          const asked = db.transaction('sealed').objectStore('sealed').getAllKeys();
          asked.onsuccess = () => {
            db.close();
            done(asked.result.flatMap((key) => ((key as string[])[1] === 'form' ? [(key as string[])[2]!] : [])));
          };
        };
      }),
  );
}

/** Answers every question on the page that still needs an answer, with the first that is offered. */
async function answerPage(page: Page): Promise<void> {
  const open = page.locator('fieldset.q:has(input[type=radio]):not(:has(:checked)) input[type=radio]');
  const boxes = page.locator('.q input[type=checkbox][aria-required]:not(:checked)');
  while (await open.count()) await open.first().check();
  while (await boxes.count()) await boxes.first().check();
  for (const field of await page.locator('.q input[aria-required][type=text], .q textarea[aria-required]').all())
    if (!(await field.inputValue())) await field.fill('1');
  for (const list of await page.locator('.q select[aria-required]').all())
    if (!(await list.inputValue())) await list.selectOption({ index: 1 });
}

test('a whole visit whose task was cancelled meanwhile is kept, the phone says so kindly, and the office decides', async () => {
  const office = {
    spaceId: app.space.id,
    accountId: day.reviewerId,
    name: 'Гүлнара',
    roles: ['coordinator'],
    organisationId: null,
    personId: null,
  } as const;
  const { assignmentIds } = await planRound(app.sql, office, {
    title: { ky: 'Жайкы баруулар', ru: 'Летний обход', en: 'Summer round' },
    projectIds: [],
    facilityIds: [day.facilities[2]!],
    monitors: [{ accountId: day.accountId, placeIds: [] }],
    from: daysAgo(2),
    to: daysAgo(-9),
  });
  await cancelAssignment(app.sql, null, app.space.id, day.tasks[2]!);
  const page = await browser.openPage();
  await settleIn(page, address, day.link);
  await page.getByRole('button', { name: /Үч-Булак/ }).tap();
  await page.getByLabel('Барган күнүңүз').fill(daysAgo(1));
  await answerPage(page);
  await page.getByRole('button', { name: 'Кийин улантуу' }).tap();
  await cancelVisit(app.sql, { assignmentId: assignmentIds[0]!, by: office, reason: 'Мекеме оңдоодо' });
  await refresh(page);
  await page.getByText(/Бул тапшырма азыр сизде эмес/).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.locator('.task-row .task').tap();
  await finish(page, answerPage);
  await page.getByText(/Сервер алды:/).waitFor();
  await page.getByText('Кеңсе карайт').waitFor();
  await page.getByText('Бул баруу жокко чыгарылган.').waitFor();
  const [kept] = (await listRecords(app.sql, app.space.id, {})).rows;
  const asides = await setAsideList(app.sql, app.space.id);
  expect([kept?.authorId, kept?.assignmentId, asides.map((one) => one.key)]).toEqual([
    day.accountId,
    assignmentIds[0],
    ['oversight.aside.cancelled'],
  ]);
}, 90_000);

test('a visit whose days were moved meanwhile is in order', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, day.link);
  await page.context().setOffline(true);
  await visit(page, 'Кең-Суу', daysAgo(1));
  await moveAssignment(app.sql, null, app.space.id, day.tasks[1]!, { from: daysAgo(-10), to: daysAgo(-12) });
  await online(page, true);
  const kept = await currentRecord(app.sql, app.space.id, day.tasks[1]!);
  expect([kept?.occurredOn, kept?.assignmentId]).toEqual([daysAgo(1), day.tasks[1]]);
}, 60_000);

test('two people on one phone: the task goes to the other, each sees only their own, and both records are kept', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, day.link, '2580');
  await page.context().setOffline(true);
  await visit(page, 'Кең-Суу', daysAgo(1));
  await page.getByRole('button', { name: 'Дагы' }).tap();
  await page.getByRole('button', { name: 'Жабуу' }).tap();
  await cancelAssignment(app.sql, null, app.space.id, day.tasks[1]!);
  const theirs = await assign(app.sql, null, app.space.id, {
    activityId: day.activityId,
    actorId: day.reviewerId,
    role: 'monitor',
    subjectId: day.facilities[1]!,
    formId: day.visitFormId,
    from: daysAgo(1),
    to: daysAgo(-5),
  });
  await page.context().setOffline(false);
  const { token } = await addDevice(app.sql, app.space.id, null, day.reviewerId, 'Tecno Pop');
  await settleIn(page, address, `/field/#key=${token}`, '1357');
  expect(await page.locator('.task', { hasText: 'Кең-Суу' }).count()).toBe(1);
  expect(await page.locator('.task', { hasText: 'Үч-Булак' }).count()).toBe(0);
  await visit(page, 'Кең-Суу', daysAgo(0));
  await page.getByText(/Сервер алды:/).waitFor();
  expect(await page.locator('.out').count()).toBe(1);
  await page.getByRole('button', { name: 'Дагы' }).tap();
  await page.getByRole('button', { name: 'Жабуу' }).tap();
  await page.getByRole('button', { name: /Айгүл/ }).tap();
  await page.getByLabel('PIN-кодуңуз').fill('1357');
  await page.getByRole('button', { name: 'Кирүү' }).tap();
  await page.getByText('PIN-код туура эмес.').waitFor();
  await page.getByLabel('PIN-кодуңуз').fill('2580');
  await page.getByRole('button', { name: 'Кирүү' }).tap();
  await page.getByRole('button', { name: /Жөнөтүү/ }).tap();
  await page.getByText(/Сервер алды:/).waitFor();
  const { rows } = await listRecords(app.sql, app.space.id, {});
  expect(new Set(rows.map((row) => [row.authorId, row.aside].join()))).toEqual(
    new Set([[day.reviewerId, true].join(), [day.accountId, true].join()]),
  );
  expect((await currentRecord(app.sql, app.space.id, theirs))?.authorId).toBe(day.reviewerId);
}, 90_000);

test('a forgotten PIN loses nothing: a new link and a new PIN open what was not yet sent', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, day.link, '2580');
  await page.context().setOffline(true);
  await visit(page, 'Ак-Дөбө', daysAgo(1));
  await page.getByRole('button', { name: 'Дагы' }).tap();
  await page.getByRole('button', { name: 'Жабуу' }).tap();
  await page.getByText('PIN-код эсиңизде жокпу?').tap();
  await page.getByText(/Координатордон жаңы QR-код/).waitFor();
  await page.context().setOffline(false);
  const { token } = await addDevice(app.sql, app.space.id, null, day.accountId, 'Tecno Pop');
  await page.getByLabel('Же шилтемени ушул жерге коюңуз').fill(`${address}/field/#key=${token}`);
  await page.getByRole('button', { name: 'Кирүү' }).last().tap();
  await page.getByRole('button', { name: 'PIN-код эсиңизде жокпу?' }).tap();
  await page.getByLabel('Жаңы PIN-код').fill('1470');
  await page.getByLabel('PIN-код дагы бир жолу').fill('1470');
  // The network goes at this moment: that is said, and not that the PIN is wrong.
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Кирүү' }).tap();
  await page.getByText('Шилтеме менен кирүү үчүн интернет керек.').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Кирүү' }).tap();
  await page.getByRole('button', { name: /Жөнөтүү/ }).tap();
  await page.getByText(/Сервер алды:/).waitFor();
  expect((await listRecords(app.sql, app.space.id, {})).rows.length).toBe(1);
  await page.getByRole('button', { name: 'Дагы' }).tap();
  await page.getByRole('button', { name: 'Жабуу' }).tap();
  await page.getByLabel('PIN-кодуңуз').fill('1470');
  await page.getByRole('button', { name: 'Кирүү' }).tap();
  await page.getByRole('heading', { name: 'Бүгүнкү иштер' }).waitFor();
}, 60_000);

test('a phone whose clock is six weeks behind is told so, and the true day that was written is not blamed', async () => {
  const page = await browser.openPage();
  await page.clock.setSystemTime(new Date(Date.now() - 42 * 86_400_000));
  await settleIn(page, address, day.link);
  await page.getByText('Телефондун сааты туура эмес окшойт').waitFor();
  expect(await axe(page)).toEqual([]);
  await visit(page, 'Кең-Суу', daysAgo(0));
  await page.getByText(/Сервер алды:/).waitFor();
  const kept = await currentRecord(app.sql, app.space.id, day.tasks[1]!);
  const asides = await setAsideList(app.sql, app.space.id);
  const blamed = asides.flatMap((one) => one.parts).filter((part) => part.at.endsWith('visited_on'));
  expect([kept?.clockOff ?? (await firstOf())?.clockOff, blamed]).toEqual([true, []]);
}, 60_000);

async function firstOf() {
  const [row] = (await listRecords(app.sql, app.space.id, {})).rows;
  return row && (await record(app.sql, app.space.id, row.id));
}

test('a record that the server stumbles over does not hold up those behind it', async () => {
  const page = await browser.openPage();
  await settleIn(page, address, day.link);
  await page.context().setOffline(true);
  for (const facility of ['Ак-Дөбө ФАП', 'Кең-Суу']) {
    await page.getByRole('button', { name: 'Бүгүн' }).tap();
    await page.getByRole('button', { name: 'Клиникага баруу' }).tap();
    await page.getByLabel('Мекеме').fill(facility);
    await finish(page);
  }
  await page.route('**/api/field/records', async (route) => {
    const first = route.request().postData()?.includes('Ак-Дөбө');
    await (first ? route.fulfill({ status: 500, body: '{}' }) : route.continue());
  });
  await page.context().setOffline(false);
  await page.getByText(/Сервер алды:/).waitFor();
  await page.getByText(/Сервер азыр жооп бере албай/).waitFor();
  await page.unroute('**/api/field/records');
  await page.getByRole('button', { name: 'Кайра аракет' }).tap();
  await page
    .getByText(/Сервер алды:/)
    .nth(1)
    .waitFor();
}, 60_000);

test('a new release is told to whoever works, and is there when the app is opened anew', async () => {
  const page = await browser.openPage();
  let release = 'first';
  await page.context().route('**/field/sw.js', async (route) => {
    const text = await readFile(join(ROOT, 'dist/field/sw.js'), 'utf8');
    await route.fulfill({
      body: `${text}\n// ${release}`.replace(/version:"(\w+)"|"version":"(\w+)"/, `"version":"${release}"`),
      headers: { 'content-type': 'text/javascript', 'service-worker-allowed': '/field/' },
    });
  });
  await page.context().route('**/field/index.html', async (route) => {
    const html = await readFile(join(ROOT, 'dist/field/index.html'), 'utf8');
    await route.fulfill({
      body: html.replace('<body>', `<body data-release="${release}">`),
      headers: { 'content-type': 'text/html' },
    });
  });
  await settleIn(page, address, day.link);
  await page.reload();
  const shown = () => page.evaluate(() => document.body.dataset.release);
  expect(await shown()).toBe('first');
  release = 'second';
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  await page.getByText('Колдонмонун жаңысы даяр').waitFor();
  await page.getByRole('button', { name: 'Жаңыртуу' }).tap();
  await expect.poll(shown, { timeout: 15_000 }).toBe('second');
}, 60_000);

test('a list that the server names and has lost does not keep the day’s tasks from the phone', async () => {
  const page = await browser.openPage();
  let asked = 0;
  await page.context().route('**/api/field/lists/*', async (route) => {
    asked++;
    await route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{"title":"Табылган жок"}' });
  });
  await settleIn(page, address, day.link);
  expect(asked).toBeGreaterThan(0);
  expect(await page.getByRole('button', { name: /Кең-Суу/ }).count()).toBe(1);
}, 60_000);

test('the village that was written last stands in the next form of its kind, without a network', async () => {
  const bytes = await workbook({
    survey: [
      ['type', 'name', 'label', 'default'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: XLSForm names a question so
      ['text', 'village', 'Айыл', '${last-saved#village}'],
      ['text', 'herder', 'Малчы', ''],
    ],
    settings: [
      ['form_title', 'form_id', 'version'],
      ['Малчылар', 'herders', '1'],
    ],
  });
  const given = { spaceId: app.space.id, kind: 'general', fileName: 'herders.xlsx', bytes };
  const { version } = await uploadWorkbook(app.sql, app.files, null, given);
  await publishVersion(app.sql, null, { spaceId: app.space.id, versionId: version.id });
  const page = await browser.openPage();
  await settleIn(page, address, day.link);
  await page.context().setOffline(true);
  const open = () => page.getByRole('button', { name: 'Малчылар' }).tap();
  await open();
  await page.getByLabel('Айыл').fill('Ак-Суу');
  await finish(page);
  await page.getByRole('button', { name: 'Бүгүн' }).tap();
  await open();
  await expect.poll(() => page.getByLabel('Айыл').inputValue()).toBe('Ак-Суу');
}, 60_000);

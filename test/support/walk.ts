import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { FACILITIES, SUCCESSORS, typeOn, VISITS, visitInstanceXml } from '../../seeds/story/index.ts';
import { messages as fieldAppMessages } from '../../src/field/messages/index.ts';
import { type Actor, addAccount, addDevice, listAccounts, type Role } from '../../src/kernel/access/index.ts';
import { assignmentsIn } from '../../src/kernel/assignments/index.ts';
import { receive } from '../../src/kernel/records/index.ts';
import { subjects } from '../../src/kernel/subjects/index.ts';
import { type Language, type Locale, makeLocale, makeTranslator } from '../../src/platform/i18n/index.ts';
import { CHECKLIST, checkVisit, oversight } from '../../src/programmes/oversight/index.ts';
import { formControlMessages } from '../../src/ui/form/index.ts';
import type { TestApp } from './app.ts';

/** The words of the field app in a language. */
export const fieldWords = (language: Language): Locale =>
  makeLocale(language, makeTranslator(language, [fieldAppMessages, formControlMessages]));

export type Quarter = { readonly key: string; readonly from: string; readonly to: string };

/** The last whole quarters before a day, the newest first. */
export function quartersBefore(day: string, count: number): readonly Quarter[] {
  const now = Number(day.slice(0, 4)) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3);
  return Array.from({ length: count }, (_, i) => {
    const [year, quarter] = [Math.floor((now - i - 1) / 4), (now - i - 1) % 4];
    const first = (q: number): string => new Date(Date.UTC(year, q * 3, 1)).toISOString().slice(0, 10);
    const last = new Date(Date.UTC(year, quarter * 3 + 3, 0)).toISOString().slice(0, 10);
    return { key: `${year}-Q${quarter + 1}`, from: first(quarter), to: last };
  });
}

/** The day so many days later, 'YYYY-MM-DD'. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Opens an account that speaks a language, with a phone. @returns the account and the way into the field app */
export async function monitorWithPhone(
  app: TestApp,
  given: { login: string; name: string; language: Language; password: string },
): Promise<{ accountId: string; token: string }> {
  const { login, name, language, password } = given;
  const roles: readonly Role[] = ['field_worker'];
  const account = { login, name, password, language, roles, organisationId: null };
  const accountId = await addAccount(app.sql, app.space.id, null, account);
  const { token } = await addDevice(app.sql, app.space.id, null, accountId, 'Tecno Pop');
  return { accountId, token };
}

/** The person of a demo login, as verbs know them. */
export async function actorNamed(app: TestApp, login: string): Promise<Actor> {
  const found = (await listAccounts(app.sql, app.space.id)).find((account) => account.login === login);
  if (!found) throw new Error(`nobody signs in as "${login}"`);
  const { id, name, roles } = found;
  return { accountId: id, spaceId: app.space.id, name, roles, organisationId: null, personId: null };
}

export type Stop = {
  readonly assignmentId: string;
  readonly facilityId: string;
  readonly name: Record<string, string>;
};

/** The visits of a round, in a fixed order, each with the facility's name. */
export async function stopsOf(app: TestApp, roundId: string): Promise<readonly Stop[]> {
  const tasks = await assignmentsIn(app.sql, app.space.id, roundId);
  const known = await subjects(
    app.sql,
    app.space.id,
    tasks.map((task) => task.subjectId),
  );
  return tasks
    .map((task) => ({
      assignmentId: task.id,
      facilityId: task.subjectId,
      name: { ...known.get(task.subjectId)?.name } as Record<string, string>,
    }))
    .sort((a, b) => ((a.name.ky ?? '') < (b.name.ky ?? '') ? -1 : 1));
}

/** Answers of a real sheet of the story for a facility of the same type, made on another day. */
export function sheetFor(stop: Stop, day: string, version: string): { id: string; xml: string } {
  const facility = [...FACILITIES, ...SUCCESSORS].find((one) => one.name.ky === stop.name.ky);
  if (!facility) throw new Error(`the story has no facility "${stop.name.ky}"`);
  const type = typeOn(facility, day);
  const sheet = VISITS.find(
    (one) =>
      one.expect === 'taken' &&
      typeOn([...FACILITIES, ...SUCCESSORS].find(({ key }) => key === one.facilityKey)!, one.visitedOn) === type,
  );
  if (!sheet) throw new Error(`no sheet of the story is of the type ${type}`);
  const { supersedes: _, ...rest } = sheet;
  const id = randomUUID();
  const xml = visitInstanceXml(
    {
      ...rest,
      ...{ instanceId: id, facilityKey: facility.key, visitedOn: day, photos: {} },
      ...{ startedAt: `${day}T10:00:00+06:00`, endedAt: `${day}T11:30:00+06:00` },
      problems: sheet.problems.map(({ photo: _photo, ...problem }) => problem),
    },
    { facilityId: () => stop.facilityId, assignmentId: stop.assignmentId, version },
  );
  return { id, xml };
}

/** A visit comes in by the door of phones, and a second person checks it. */
export async function visitComesIn(
  app: TestApp,
  given: { stop: Stop; day: string; version: string; authorId: string; reviewer: Actor },
): Promise<void> {
  const { stop, authorId, reviewer } = given;
  const receipt = await receive(
    { sql: app.sql, handlers: new Map(Object.entries(oversight.records)) },
    {
      spaceId: app.space.id,
      xml: sheetFor(stop, given.day, given.version).xml,
      attachments: [],
      door: 'field',
      authorId,
      receivedAt: new Date(),
    },
  );
  if (receipt.outcome !== 'received' || receipt.aside)
    throw new Error(`${stop.name.ky}: ${receipt.outcome} ${JSON.stringify(receipt.aside)}`);
  await checkVisit(app.sql, { spaceId: app.space.id, assignmentId: stop.assignmentId, by: reviewer });
}

export type PhoneAnswers = {
  /** Day of the visit. */
  readonly day: string;
  /** What is wrong, in the monitor's words. */
  readonly problem: string;
  readonly photo: Buffer;
};

/** What a monitor would type into a number field, by the name of the question. */
export function numberFor(question: string): string {
  if (question === 'problem_count') return '1';
  if (question === 'interview_count') return '0';
  const answer = CHECKLIST.find((item) => item.id === question)?.answer;
  return answer?.kind === 'number' ? String(Math.round((answer.min + answer.max) / 2)) : '1';
}

const lastPart = (ref: string): string => ref.split('/').at(-1) ?? '';

/** Answers everything on the screen that has no answer yet; one answer may ask for more. */
async function fillPage(page: Page, answers: PhoneAnswers): Promise<void> {
  const open = () =>
    page.evaluate(() => {
      const fields = [...document.querySelectorAll<HTMLInputElement>('.form-view form [name]')];
      const ticked = new Set(fields.filter((field) => field.checked).map((field) => field.name));
      return fields
        .filter((field) => !field.disabled && !ticked.has(field.name))
        .map((field) => ({ name: field.name, type: field.type, mode: field.inputMode, value: field.value }));
    });
  const done = new Set<string>();
  for (;;) {
    const next = (await open()).find(
      ({ name, type, value }) => !done.has(name) && (['radio', 'checkbox'].includes(type) || value === ''),
    );
    if (!next) return;
    const { name, type, mode } = next;
    done.add(name);
    const field = page.locator(`.form-view form [name="${name}"]`).first();
    if (type === 'radio' || (type === 'checkbox' && next.value === 'OK')) await field.check();
    else if (type === 'select-one') await field.selectOption({ index: 1 });
    else if (type === 'date') await field.fill(answers.day);
    else if (mode === 'numeric' || mode === 'decimal') await field.fill(numberFor(lastPart(name)));
    else if (lastPart(name) === 'description') await field.fill(answers.problem);
    else if (type === 'file' && lastPart(name) === 'photo_before') {
      await field.setInputFiles({ name: 'ramp.jpg', mimeType: 'image/jpeg', buffer: answers.photo });
      await page.locator('.form-view .q-picture').waitFor();
    }
  }
}

/** Goes through the open form page by page, as a thumb does, and finishes it. @returns how many pages there were */
export async function fillOnPhone(page: Page, l: Locale, answers: PhoneAnswers): Promise<number> {
  const step = page.locator('.form-step');
  for (let pages = 0; pages < 60; pages++) {
    const here = (await step.textContent()) ?? '';
    if (here === l.t('form.end.title')) {
      await page.getByRole('button', { name: l.t('form.end.finish'), exact: true }).click();
      return pages;
    }
    await fillPage(page, answers);
    await page.locator('.form-next').click();
    await page.waitForFunction((before) => document.querySelector('.form-step')?.textContent !== before, here, {
      timeout: 15_000,
    });
  }
  throw new Error('the form has no end');
}

/** Signs in by the page, as a person does. */
export async function signInAs(page: Page, l: Locale, login: string, password: string): Promise<void> {
  await page.goto(`/${l.language}/sign-in`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.getByRole('button', { name: l.t('office.signIn.enter'), exact: true }).click();
  await page.waitForURL(`**/${l.language}/office`);
}

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { addAccount, addDevice } from '../../src/kernel/access/index.ts';
import { planActivity } from '../../src/kernel/activities/index.ts';
import { assign } from '../../src/kernel/assignments/index.ts';
import { publishVersion, uploadWorkbook } from '../../src/kernel/forms/index.ts';
import type { Space } from '../../src/kernel/spaces/index.ts';
import { addSubject } from '../../src/kernel/subjects/index.ts';
import type { Sql } from '../../src/platform/db/index.ts';
import type { FileStore } from '../../src/platform/files/index.ts';
import { ROOT } from '../../src/platform/root.ts';
import { visitWorkbook } from './workbook.ts';

/** Builds the field app where its sources are newer than `dist/field`. */
export async function buildFieldApp(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/build.mjs'), 'field'], { cwd: ROOT });
}

/** The server under a test or a benchmark. */
export interface FieldServer {
  readonly sql: Sql;
  readonly files: FileStore;
  readonly space: Space;
}

const shift = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Publishes a workbook. @returns the form's id */
export async function publishForm(app: FieldServer, fileName: string, bytes: Uint8Array): Promise<string> {
  const { form, version } = await uploadWorkbook(app.sql, app.files, null, {
    spaceId: app.space.id,
    kind: 'oversight',
    fileName,
    bytes,
  });
  await publishVersion(app.sql, null, { spaceId: app.space.id, versionId: version.id });
  return form.id;
}

/**
 * The day of Айгүл, who watches clinics: the checklist of a visit and a short form are published, two clinics of Сокулук wait for her
 * this week and one is overdue. Гүлнара reads what comes in. @returns the sign-in link's path and what was asked of her
 */
export async function fieldDay(app: FieldServer): Promise<{
  link: string;
  accountId: string;
  reviewerId: string;
  visitFormId: string;
  activityId: string;
  facilities: readonly string[];
  tasks: readonly string[];
}> {
  const by = { spaceId: app.space.id, accountId: null } as const;
  const place = await addSubject(app.sql, by as never, {
    kind: 'place',
    type: 'rayon',
    name: { ky: 'Сокулук району', ru: 'Сокулукский район', en: 'Sokuluk' },
  });
  const facilities: string[] = [];
  for (const name of ['Ак-Дөбө ФАП', 'Кең-Суу үй-бүлөлүк медицина борбору', 'Үч-Булак ФАП']) {
    const type = name.includes('ФАП') ? 'fap' : 'fmc';
    facilities.push(
      await addSubject(app.sql, by as never, {
        kind: 'thing',
        type,
        name: { ky: name, ru: name, en: name },
        placeId: place,
      }),
    );
  }
  const visitFormId = await publishForm(
    app,
    'visit.xlsx',
    await readFile(join(ROOT, 'src/programmes/oversight/forms/visit.xlsx')),
  );
  await publishForm(app, 'short.xlsx', await visitWorkbook('1'));
  const activityId = await planActivity(app.sql, by as never, {
    kind: 'oversight',
    title: { ky: '2016-жылдын жазгы баруулары', ru: 'Весенний обход 2016', en: 'Spring round 2016' },
    startsOn: shift(-30),
    endsOn: shift(30),
    projectIds: [],
  });
  const accountId = await addAccount(app.sql, app.space.id, null, {
    login: 'aigul',
    name: 'Айгүл Осмонова',
    password: 'үч кызыл өрүк',
    language: 'ky',
    roles: ['field_worker'],
    organisationId: null,
  });
  const reviewerId = await addAccount(app.sql, app.space.id, null, {
    login: 'gulnara',
    name: 'Гүлнара Турдумаматова',
    password: 'үч кызыл өрүк',
    language: 'ky',
    roles: ['reviewer', 'field_worker'],
    organisationId: null,
  });
  const windows = [
    [-2, 7],
    [-1, 9],
    [-20, -5],
  ] as const;
  const tasks: string[] = [];
  for (const [i, [from, to]] of windows.entries())
    tasks.push(
      await assign(app.sql, null, app.space.id, {
        activityId,
        actorId: accountId,
        role: 'monitor',
        subjectId: facilities[i]!,
        formId: visitFormId,
        from: shift(from),
        to: shift(to),
      }),
    );
  const { token } = await addDevice(app.sql, app.space.id, null, accountId, 'Tecno Pop');
  return { link: `/field/#key=${token}`, accountId, reviewerId, visitFormId, activityId, facilities, tasks };
}

/** How much of each kind is sealed on the phone, whosever it is. */
export async function keptOnPhone(page: Page): Promise<Readonly<Record<string, number>>> {
  return await page.evaluate(
    () =>
      new Promise<Record<string, number>>((done, fail) => {
        const opening = indexedDB.open('demilge-field');
        opening.onerror = fail;
        opening.onsuccess = () => {
          const db = opening.result;
          const asked = db.transaction('sealed').objectStore('sealed').getAllKeys();
          asked.onsuccess = () => {
            db.close();
            const counts: Record<string, number> = {};
            for (const [, kind = ''] of asked.result as string[][]) counts[kind] = (counts[kind] ?? 0) + 1;
            done(counts);
          };
        };
      }),
  );
}

/** Opens the link and settles in, under a PIN or without one; waits until the app can work without a network. */
export async function settleIn(page: Page, address: string, link: string, pin = ''): Promise<void> {
  await page.goto(address + link);
  if (pin) {
    await page.getByLabel('PIN-код ойлоп табыңыз').fill(pin);
    await page.getByLabel('PIN-код дагы бир жолу').fill(pin);
    await page.getByRole('button', { name: 'Кирүү', exact: true }).click();
  } else {
    await page.getByRole('button', { name: 'PIN-кодсуз' }).click();
  }
  await page.getByRole('heading', { name: 'Бүгүнкү иштер' }).waitFor();
  await page.getByText('Сервер менен байланыш бар').waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** Pictures of the field app on a phone, offline and on, in every state that a person may meet; on a database of its own. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { addDevice } from '../src/kernel/access/index.ts';
import { cancelAssignment } from '../src/kernel/assignments/index.ts';
import { currentRecord, judge } from '../src/kernel/records/index.ts';
import { axe, newContext, screenshot, throttle } from '../test/support/browser.ts';
import { controlsWorkbook, FORTY, registerWorkbook } from '../test/support/controls.ts';
import { fieldDay, publishForm } from '../test/support/field.ts';
import { startFieldServer } from '../test/support/fieldServer.ts';

type Language = 'ky' | 'ru' | 'en';
/** What a thumb or an eye would stumble over: small targets, words that do not fit, sideways scrolling. */
async function stumbles(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) found.push(`the page is ${wide} px too wide`);
    for (const one of document.querySelectorAll<HTMLElement>('button, a, input, select, textarea, summary')) {
      const target = one.matches('input[type=radio], input[type=checkbox]')
        ? ((one as HTMLInputElement).labels?.[0] ?? one)
        : one;
      const { width, height } = target.getBoundingClientRect();
      if (width === 0) continue;
      if (width < 44 || height < 44)
        found.push(
          `${one.tagName.toLowerCase()} “${(one.textContent || one.id).trim().slice(0, 30)}” ${Math.round(width)}×${Math.round(height)}`,
        );
    }
    for (const one of document.querySelectorAll<HTMLElement>('main :not(.sr-only), nav :not(.sr-only)'))
      if (one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 && getComputedStyle(one).overflow !== 'visible')
        found.push(`words cut: ${one.className} “${one.textContent?.trim().slice(0, 40)}”`);
    return found;
  });
}

interface Phone {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly language: Language;
  /** Takes the picture and says what is wrong on the screen. */
  readonly snap: (name: string) => Promise<void>;
  readonly tab: (n: number) => Promise<void>;
}

async function openPhone(browser: Browser, language: Language, colorScheme: 'light' | 'dark'): Promise<Phone> {
  const context = await newContext(browser, { width: 360, height: 740, language, colorScheme });
  await context.addInitScript(
    (one) => localStorage.getItem('language') ?? localStorage.setItem('language', one),
    language,
  );
  const page = await context.newPage();
  await throttle(page, { cpu: 6 });
  const snap = async (name: string): Promise<void> => {
    await page.waitForTimeout(400);
    const whole = `field-${name}-${language}-${colorScheme}`;
    // As tall as what is on it: what sticks to the edge of the screen stands at its end.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: 360, height: Math.max(740, height) });
    process.stdout.write(`${await screenshot(page, whole)}\n`);
    await page.setViewportSize({ width: 360, height: 740 });
    const wrong = [
      ...(await stumbles(page)),
      ...(await axe(page)).map(({ rule, elements }) => `${rule}: ${elements[0]}`),
    ];
    for (const one of wrong) process.stdout.write(`  ! ${whole}: ${one}\n`);
  };
  const tab = async (n: number): Promise<void> => {
    await page.locator('.app-tabs button').nth(n).tap();
  };
  return { context, page, language, snap, tab };
}

const main = (page: Page) => page.locator('.app-main .btn--main').first();

/** Signs in by a link under a PIN. */
async function signIn({ page, snap }: Phone, address: string, link: string, pin: string, shown = false): Promise<void> {
  await page.goto(address + link);
  await page.locator('#again').waitFor();
  if (shown) await snap('sign-in-pin');
  await page.fill('#pin', pin);
  await page.fill('#again', shown ? '1' : pin);
  if (shown) {
    await main(page).tap();
    await page.locator('.field-error').waitFor();
    await snap('sign-in-pins-differ');
    await page.fill('#again', pin);
  }
  await main(page).tap();
  await page.locator('.app-tabs').waitFor();
  await page.locator('.line-dot--good').waitFor({ timeout: 60_000 });
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** Turns the pages of the form that is open to its end, past what is missing. */
async function toTheEnd(page: Page): Promise<void> {
  const next = page.locator('.form-next');
  await next.waitFor();
  while (await next.count()) {
    await next.tap();
    await page.waitForTimeout(150);
  }
}

async function oneRound(browser: Browser, language: Language, scheme: 'light' | 'dark'): Promise<void> {
  const server = await startFieldServer();
  const { sql, space, address } = server;
  const day = await fieldDay(server);
  await publishForm(server, 'controls.xlsx', await controlsWorkbook());
  await publishForm(server, 'register.xlsx', await registerWorkbook(FORTY));
  const phone = await openPhone(browser, language, scheme);
  const { page, context, snap, tab } = phone;
  const task = (n: number) => page.locator('.task-list .task').nth(n);
  const form = (title: string) => page.locator('section[aria-labelledby=forms] .task', { hasText: title });
  const offline = async (on: boolean) => {
    await context.setOffline(on);
    await page.locator('.line .btn--square').tap();
    await page.locator(on ? '.line-dot--offline' : '.line-dot--good').waitFor({ timeout: 60_000 });
  };

  await page.goto(`${address}/field/`);
  await page.locator('#link').waitFor();
  await snap('sign-in');
  await page.fill('#link', 'https://');
  await main(page).tap();
  await page.locator('.field-error').waitFor();
  await snap('sign-in-wrong-link');
  await page.goto(`${address}/field/#key=${'x'.repeat(40)}`);
  await page.locator('.alert').waitFor();
  await snap('sign-in-refused');
  await signIn(phone, address, day.link, '2580', true);
  await snap('today');
  await offline(true);
  await snap('today-offline');

  // The checklist: a page, what is missing, the end with what is wrong.
  await task(1).tap();
  await page.locator('.form-view .q').first().waitFor();
  await snap('form');
  await page.locator('.form-next').tap();
  await page.locator('.field-error').first().waitFor();
  await snap('form-missing');
  await page.locator('.form-next').tap();
  await page.waitForTimeout(300);
  await snap('form-page');
  await page.locator('.fill-head .btn').tap();
  await snap('today-draft');
  await page.locator('.task', { hasText: 'Кең-Суу' }).tap();
  await toTheEnd(page);
  await snap('form-end-wrong');
  await main(page).tap();
  await page.locator('.out').waitFor();
  await snap('out-phone');

  // Every control.
  await tab(0);
  await form('Баары').tap();
  for (let n = 1; await page.locator('.form-next').count(); n++) {
    await snap(`controls-${n}`);
    await page.locator('.form-next').tap();
    await page.waitForTimeout(200);
    if (n === 1) {
      await snap('controls-1-missing');
      await page.locator('.form-next').tap();
      await page.waitForTimeout(200);
    }
    if (n > 12) break;
  }
  await snap('controls-repeat');
  await page.locator('.fill-head .btn').tap();

  // The register.
  await form('Журнал').tap();
  await page.locator('.register').waitFor();
  await snap('register');
  await page.locator('.register .btn').first().tap();
  await page.locator('.register-rows li').nth(3).locator('input').nth(1).tap();
  await snap('register-marked');
  await toTheEnd(page);
  await snap('form-end');
  await main(page).tap();
  await page.locator('.out').first().waitFor();

  // Sending, held in the middle; received; set aside; a server in trouble.
  await page.route('**/api/field/records', (route) => route.fulfill({ status: 503, body: '{}' }));
  await context.setOffline(false);
  await page.locator('.line-dot--unwell').waitFor({ timeout: 60_000 });
  await snap('out-server-unwell');
  await page.unroute('**/api/field/records');
  let letGo = () => {};
  const held = new Promise<void>((go) => {
    letGo = go;
  });
  await page.route('**/api/field/records', async (route) => {
    await held;
    await route.continue();
  });
  await page.locator('.line .btn--square').tap();
  await page.locator('.out progress').first().waitFor();
  await snap('out-sending');
  letGo();
  await page.locator('.out .chip--good').nth(1).waitFor({ timeout: 60_000 });
  await page.unroute('**/api/field/records');
  await page.locator('.line-dot--good').waitFor({ timeout: 60_000 });
  await snap('out-received');
  await tab(0);
  await snap('today-received');

  // Sent back by a reviewer, a task taken away, a wrong clock, little room.
  const record = await currentRecord(sql, space.id, day.tasks[1]!);
  if (record)
    await judge(sql, {
      spaceId: space.id,
      recordId: record.id,
      verdict: 'returned',
      by: { accountId: day.reviewerId },
      reason: 'Кире бериштеги пандустун сүрөтү жок, эшиктин туурасын да жазыңыз.',
    });
  await task(0).tap();
  await page.locator('.form-view .q').first().waitFor();
  await page.locator('.form-next').tap();
  await page.locator('.fill-head .btn').tap();
  await cancelAssignment(sql, null, space.id, day.tasks[2]!);
  await offline(false);
  await snap('today-returned-and-gone');
  const returned = page.locator('.task', { hasText: 'Кең-Суу' });
  if (record) {
    await returned.tap();
    await page.locator('.form-view .q').first().waitFor();
    await snap('form-returned');
    await page.locator('.fill-head .btn').tap();
  }
  await page.clock.setFixedTime(new Date(Date.now() - 40 * 86_400_000));
  await page.locator('.line .btn--square').tap();
  await page.locator('.alert--warn').first().waitFor();
  await page.evaluate('navigator.storage.estimate = async () => ({ quota: 30_000_000, usage: 8_000_000 })');
  await tab(2);
  await page.waitForTimeout(200);
  await tab(0);
  await snap('today-clock-and-room');
  await page.clock.setSystemTime(new Date());
  await tab(2);
  await page.evaluate("dispatchEvent(Object.assign(new Event('beforeinstallprompt'), { prompt() {} }))");
  await snap('more');

  // An update that waits; a full phone; no tasks; the key taken back.
  await page.evaluate(() => {
    navigator.serviceWorker.dispatchEvent(new Event('controllerchange'));
    navigator.serviceWorker.dispatchEvent(new Event('controllerchange'));
  });
  await tab(0);
  await snap('update-waiting');
  await page.evaluate("IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }");
  await form('Клиникага').tap();
  await page.locator('.form-view input').first().fill('Ак-Дөбө');
  await page.locator('.alert--bad').waitFor();
  await snap('storage-full');
  await page.reload();
  await page.locator('.app-tabs').waitFor();
  await page.locator('.line-dot--good').waitFor({ timeout: 60_000 });
  for (const id of [day.tasks[0]!, day.tasks[1]!]) await cancelAssignment(sql, null, space.id, id);
  await offline(false);
  await page.waitForTimeout(500);
  await snap('today-no-tasks');
  await sql`update device set revoked_at = now() where account_id = ${day.accountId}`;
  await page.locator('.line .btn--square').tap();
  await page.locator('.alert--warn').first().waitFor();
  await snap('revoked');

  // Two people, a wrong PIN, a forgotten one.
  const again = await addDevice(sql, space.id, null, day.accountId, 'Tecno Pop');
  await page.goto(`${address}/field/#key=${again.token}`);
  await page.locator('#pin').waitFor();
  await snap('known-new-link');
  await page.locator('.btn--quiet').first().tap();
  await page.locator('#again').waitFor();
  await snap('pin-new');
  await page.fill('#pin', '1470');
  await page.fill('#again', '1470');
  await main(page).tap();
  await page.locator('.app-tabs').waitFor();
  const second = await addDevice(sql, space.id, null, day.reviewerId, 'Tecno Pop');
  await page.goto(`${address}/field/#key=${second.token}`);
  await page.locator('#again').waitFor();
  await page.fill('#pin', '9999');
  await page.fill('#again', '9999');
  await main(page).tap();
  await page.locator('.app-tabs').waitFor();
  await tab(2);
  await page.locator('.btn-row .btn--main').tap();
  await page.locator('.task').nth(1).waitFor();
  await snap('two-people');
  await page.locator('.task').first().tap();
  await page.fill('#pin', '0000');
  await main(page).tap();
  await page.locator('.field-error').waitFor({ timeout: 30_000 });
  await snap('pin-wrong');
  await page.locator('summary').tap();
  await snap('pin-forgotten');
  await context.close();
  await server.stop();
}

/** @param only a language and a scheme, `ky-light`; all without it */
export async function fieldPictures(browser: Browser, only?: string): Promise<void> {
  for (const [language, scheme] of [
    ['ky', 'light'],
    ['ky', 'dark'],
    ['ru', 'light'],
    ['en', 'light'],
  ] as const)
    if (!only || only === `${language}-${scheme}`) await oneRound(browser, language, scheme);
}

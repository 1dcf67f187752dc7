import { connect, createServer, type Server, type Socket } from 'node:net';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { ref } from './controls.ts';
import { workbook } from './workbook.ts';

/** A number in [0, 1) from a seed: the same seed gives the same storm. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The storm's form: a name, a remark and a photo on a page each. */
export const stormWorkbook = (): Promise<Uint8Array> =>
  workbook({
    survey: [
      ['type', 'name', 'label::Кыргызча (ky)', 'label::Русский (ru)', 'required'],
      ['text', 'who', 'Ким', 'Кто', 'yes'],
      ['text', 'remark', 'Белги', 'Заметка', ''],
      ['image', 'photo', 'Сүрөт', 'Фото', ''],
    ],
    choices: [['list_name', 'name', 'label::Кыргызча (ky)', 'label::Русский (ru)']],
    settings: [
      ['form_title', 'form_id', 'version', 'default_language', 'instance_name', 'style'],
      ['Бороон', 'storm', '1', 'Кыргызча (ky)', ref('who'), 'pages'],
    ],
  });

/** A picture of noise that no compression makes small. */
export async function noisyPhoto(random: () => number, width = 500): Promise<Buffer> {
  const height = Math.round(width * 0.8);
  const bytes = Buffer.from(Array.from({ length: width * height * 3 }, () => Math.floor(random() * 256)));
  return await sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** A line that breaks while it rages: every connection is cut after a random number of bytes, `share` of them within one photo. */
export async function badLine(
  port: number,
  random: () => number,
  share: number,
): Promise<{ port: number; cuts: () => number; rage: (on: boolean) => void; close: () => Promise<void> }> {
  let wild = false;
  let cuts = 0;
  const open = new Set<Socket>();
  const server: Server = createServer((phone) => {
    const far = connect(port, '127.0.0.1');
    let left = wild ? Math.floor(random() * (random() < share ? 300_000 : 3_000_000)) : Number.POSITIVE_INFINITY;
    for (const socket of [phone, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        phone.destroy();
        far.destroy();
      });
      socket.on('data', (bytes: Buffer) => {
        left -= bytes.length;
        if (left < 0 && wild) {
          cuts++;
          phone.destroy();
          far.destroy();
        } else (socket === phone ? far : phone).write(bytes);
      });
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cuts: () => cuts,
    rage: (on) => {
      wild = on;
      // A line that was open in calm weather would otherwise outlive the storm.
      for (const socket of open) socket.destroy();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

export interface Storm {
  readonly context: BrowserContext;
  readonly address: string;
  readonly records: number;
  /** How many times the tab is killed at a random moment. */
  readonly kills: number;
  readonly random: () => number;
  /** Told after each record; for a bar on a terminal. */
  readonly onRecord?: (n: number) => void;
}

/**
 * Fills record after record while the tab is killed at random moments. A person would do what this does: open the app again, go on with
 * what is not finished, and begin anew only where nothing is to be seen.
 * @returns the names that were entered and how many kills there were
 */
export async function weather(storm: Storm): Promise<{ names: string[]; killed: number }> {
  const { context, address, records, random } = storm;
  const names = Array.from({ length: records }, (_, i) => `Адам ${String(i + 1).padStart(3, '0')}`);
  let killsLeft = storm.kills;
  let killed = 0;
  let page = await openApp(context, address);
  for (const [i, name] of names.entries()) {
    const photo = await noisyPhoto(random);
    for (;;) {
      const doomed = killsLeft > 0 && random() < storm.kills / records;
      const work = enter(page, name, photo);
      if (!doomed) {
        await work;
        break;
      }
      killsLeft--;
      killed++;
      const over = work.catch(() => undefined);
      await new Promise((done) => setTimeout(done, random() * 1500));
      await kill(page, random() < 0.5);
      await over;
      page = await openApp(context, address);
      if (await isFinished(page, name)) break;
    }
    storm.onRecord?.(i + 1);
  }
  await page.close();
  return { names, killed };
}

/** Sends from the app until all are received, with the tab killed `kills` times in the middle of it. */
export async function arrived(storm: Storm): Promise<void> {
  let killsLeft = storm.kills;
  for (;;) {
    const page = await openApp(storm.context, storm.address);
    await tab(page, 'Жөнөтүү').click();
    const until = killsLeft > 0 ? storm.random() * 2000 : Number.POSITIVE_INFINITY;
    const begin = performance.now();
    while (performance.now() - begin < until) {
      const [received, waiting] = await Promise.all([
        page.locator('.out .chip--good').count(),
        page.locator('.out .chip--neutral, .out .chip--info').count(),
      ]);
      if (received >= storm.records && waiting === 0) {
        await page.close();
        return;
      }
      const again = page.getByRole('button', { name: 'Кайра аракет' });
      if (await again.isEnabled()) await again.click();
      await new Promise((done) => setTimeout(done, 100));
    }
    killsLeft--;
    await kill(page, storm.random() < 0.5);
  }
}

/** The tab is closed without a word to it, or its process dies. */
async function kill(page: Page, crash: boolean): Promise<void> {
  if (crash) {
    const session = await page.context().newCDPSession(page);
    void session.send('Page.crash').catch(() => undefined);
    await page.waitForEvent('crash', { timeout: 5000 }).catch(() => undefined);
  }
  await page.close();
}

async function openApp(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${address}/field/`);
  await page.getByRole('heading', { name: 'Бүгүнкү иштер' }).waitFor();
  return page;
}

async function isFinished(page: Page, name: string): Promise<boolean> {
  await tab(page, 'Жөнөтүү').click();
  const there = await page.locator('.out-name', { hasText: name }).count();
  await tab(page, 'Бүгүн').click();
  return there > 0;
}

const tab = (page: Page, name: string) => page.locator('.app-tabs button', { hasText: name });

async function enter(page: Page, name: string, photo: Buffer): Promise<void> {
  await tab(page, 'Бүгүн').click();
  await page.getByRole('heading', { name: 'Формалар' }).waitFor();
  const draft = page.locator('.task-row .task');
  if ((await draft.count()) > 0) await draft.first().click();
  else await page.getByRole('button', { name: 'Бороон' }).click();
  const next = page.locator('.form-next');
  for (;;) {
    await page.locator('.form-view').waitFor();
    if ((await next.count()) === 0) break;
    if (await page.getByLabel('Ким').count()) await page.getByLabel('Ким').fill(name);
    if (await page.getByLabel('Белги').count()) await page.getByLabel('Белги').fill(`${name}: өңү үч түрдүү`);
    if (await page.getByLabel('Сүрөт').count()) {
      await page.getByLabel('Сүрөт').setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: photo });
      await page.getByRole('button', { name: 'Алып салуу' }).waitFor();
    }
    const step = await page.locator('.form-step').textContent();
    await next.click();
    await page.waitForFunction((before) => document.querySelector('.form-step')?.textContent !== before, step);
  }
  await page.getByRole('button', { name: 'Бүтүрүү жана жөнөтүү' }).click();
  await page.locator('.out-name', { hasText: name }).waitFor();
}

/** What the screens show, as signals, and the few verbs that change it. */
import { computed, signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { isLanguage, type Language, type Locale, makeLocale, makeTranslator } from '../platform/i18n/index.ts';
import { formControlMessages } from '../ui/form/index.ts';
import { clockTrouble } from './clock.ts';
import type { Draft, Filling, ToFill } from './drafts.ts';
import { type KeptHome, keptHome, refreshHome } from './home.ts';
import { messages } from './messages/index.ts';
import { type OutItem, type Self, sendWaiting } from './outbox.ts';
import { newKey, newPin, unwrap } from './seal.ts';
import { fetchHome, fetchSecondKey, type Home, Refusal } from './server.ts';
import { measureSpace, type Space } from './storage.ts';
import { change, keepOpen, lock, openPeople, type Person, people, putPerson, readAll, type Vault } from './store.ts';

export type Screen = 'today' | 'fill' | 'out' | 'more';

const remembered = localStorage.getItem('language');
export const language = signal<Language>(isLanguage(remembered) ? remembered : 'ky');
export const l = computed<Locale>(() =>
  makeLocale(language.value, makeTranslator(language.value, [messages, formControlMessages])),
);
export const screen = signal<Screen>('today');
/** Everyone who uses this phone. */
export const everyone = signal<readonly Person[]>([]);
/** The key of a sign-in link that was just opened. */
export const newToken = signal('');
/** Who is signed in. */
export const vault = signal<Vault | null>(null);
export const me = computed(() => everyone.value.find((person) => person.id === vault.value?.person));
export const home = signal<KeptHome | null>(null);
/** What is wrong with the phone's clock, as far as the phone can know. */
export const clock = computed(() => clockTrouble(home.value, new Date()));
export const drafts = signal<readonly Draft[]>([]);
export const outbox = signal<readonly OutItem[]>([]);
export const filling = signal<Filling | null>(null);
/** Room on the phone; null until it is measured, or where the browser does not tell. */
export const space = signal<Space | null>(null);
/** Bytes on their way, by record. */
export const progress = signal<Readonly<Record<string, readonly [sent: number, total: number]>>>({});
export type Line = 'unknown' | 'talking' | 'good' | 'offline' | 'unwell' | 'signedOut';
export const line = signal<Line>('unknown');
/** A message key of trouble that the person must hear of. */
export const trouble = signal('');

export function speak(to: Language): void {
  language.value = to;
  localStorage.setItem('language', to);
  document.documentElement.lang = to;
  const form = filling.value?.form;
  const name = form?.languages.find((one) => one === to || one.includes(`(${to})`));
  if (form && name) form.setLanguage(name);
}

/** Opens the app: whoever is signed in and was here a short while ago goes straight to their work. */
export async function begin(): Promise<void> {
  document.documentElement.lang = language.value;
  everyone.value = await people();
  if (newToken.value) return;
  const open = (await openPeople()).find((one) => one.fresh);
  const keyless = everyone.value.length === 1 && everyone.value[0]?.key ? everyone.value[0] : undefined;
  if (open) await enter({ person: open.id, key: open.key });
  else if (keyless?.key) await enter({ person: keyless.id, key: keyless.key });
}

async function enter(now: Vault): Promise<void> {
  const [kept] = await Promise.all([keptHome(now), reload(now, false)]);
  home.value = kept ?? null;
  vault.value = now;
  filling.value = null;
  screen.value = 'today';
  void keepOpen(now.person, now.key);
  // First the screen, then the rest: the engine is fetched from the phone while the person reads.
  whenIdle(() => {
    void reload().then(() => sync());
    void formParts();
    void measureAgain();
  });
}

/** After the screen is drawn; in a second at the latest, also in a tab that nobody sees. */
function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 1000 });
  else setTimeout(work, 200);
}

export async function measureAgain(): Promise<void> {
  space.value = await measureSpace();
}

/** @param history also what was received long ago: the first screen does not wait for it */
export async function reload(now = vault.value, history = true): Promise<void> {
  if (!now) return;
  const [open, waiting, sent] = await Promise.all([
    readAll<Draft>(now, 'draft'),
    readAll<OutItem>(now, 'out'),
    history ? readAll<OutItem>(now, 'sent') : [],
  ]);
  const out = [...waiting, ...sent];
  drafts.value = open.sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
  outbox.value = out.sort((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1));
}

/** @returns false when the PIN is another */
export async function unlock(person: Person, pin: string): Promise<boolean> {
  const key = person.key ?? (person.wrapped && (await unwrap(person.wrapped, pin)));
  if (!key) return false;
  await enter({ person: person.id, key });
  return true;
}

/** Shuts the screen. By hand the key goes too; a phone that was only left lying goes on sending for some hours. */
export async function leave(byHand = true): Promise<void> {
  if (vault.value && byHand) await lock(vault.value.person);
  vault.value = null;
  home.value = null;
  filling.value = null;
  drafts.value = [];
  outbox.value = [];
  everyone.value = await people();
}

/** Asks the server whose key it is. @throws Refusal, or a network error */
export async function whoseKey(token: string): Promise<Home> {
  const answer = await fetchHome(token, undefined);
  return answer.home!;
}

/** The PIN does not open what is on the phone. */
export class WrongPin extends Error {}

/**
 * Settles a person on this phone, under a PIN or without one. Someone who is here already keeps all that is theirs and gets the new token:
 * by their PIN, or with `forgotten` under a new one. @throws WrongPin; Refusal, or a network error
 */
export async function settleIn(token: string, found: Home, pin: string, forgotten = false): Promise<void> {
  const known = everyone.value.find((person) => person.id === found.person.id);
  const key = known
    ? forgotten
      ? await renewed(known, token, pin)
      : (known.key ?? (known.wrapped && (await unwrap(known.wrapped, pin))))
    : await settled(token, found, pin);
  if (!key) throw new WrongPin();
  const now: Vault = { person: found.person.id, key };
  await change(now, [{ put: 'self', id: 'self', value: { token } satisfies Self }], true);
  everyone.value = await people();
  newToken.value = '';
  if (!known && isLanguage(found.person.language) && !localStorage.getItem('language')) speak(found.person.language);
  await navigator.storage?.persist?.().catch(() => false);
  await enter(now);
}

/** @returns the data key of someone new */
async function settled(token: string, found: Home, pin: string): Promise<CryptoKey> {
  const { key, locks } = await newKey(pin, await fetchSecondKey(token));
  await putPerson({
    id: found.person.id,
    name: found.person.name,
    space: l.value.pick(found.space.name),
    wrapped: locks?.wrapped ?? null,
    spare: locks?.spare ?? null,
    key: locks ? null : key,
  });
  return key;
}

/** @returns the data key of someone who forgot the PIN, now under a new one */
async function renewed(known: Person, token: string, pin: string): Promise<CryptoKey | undefined> {
  const fresh = known.spare && (await newPin(known.spare, await fetchSecondKey(token), pin));
  if (fresh) await putPerson({ ...known, ...fresh.locks });
  return fresh?.key;
}

let syncing: Promise<void> | undefined;
let oneMore = false;

/** Sends what waits, then asks what is new. One round at a time; what comes up meanwhile gets a round right after. */
export function sync(also: 'waiting' | 'refused' = 'waiting'): Promise<void> {
  if (syncing) {
    oneMore = true;
    return syncing;
  }
  syncing = round(also).finally(() => {
    syncing = undefined;
    if (!oneMore) return;
    oneMore = false;
    // The network may have come while the round was failing for want of it.
    if (outbox.value.some((item) => item.state === 'waiting')) void sync();
  });
  return syncing;
}

/** Whoever's key is still open on this phone: their records go too, whoever holds it now. */
async function sendForOthers(): Promise<void> {
  for (const { id, key } of await openPeople()) if (id !== vault.value?.person) await sendWaiting({ person: id, key });
}

async function round(also: 'waiting' | 'refused'): Promise<void> {
  await sendForOthers();
  const now = vault.value;
  if (!now) return;
  line.value = 'talking';
  const outcome = await sendWaiting(
    now,
    {
      onProgress: (id, sent, total) => {
        progress.value = { ...progress.value, [id]: [sent, total] };
      },
      onChange: () => void reload(),
    },
    also,
  );
  progress.value = {};
  await reload();
  if (vault.value?.person !== now.person) return;
  if (outcome === 'signedOut' || outcome === 'offline') {
    line.value = outcome;
    return;
  }
  try {
    const kept = await refreshHome(now);
    if (kept && vault.value?.person === now.person) home.value = kept;
    line.value = outcome === 'unwell' ? 'unwell' : 'good';
  } catch (error) {
    line.value = lineAfter(error);
  }
}

function lineAfter(error: unknown): Line {
  if (!(error instanceof Refusal)) return 'offline';
  return error.status === 401 || error.status === 403 ? 'signedOut' : 'unwell';
}

/** Tells the browser to wake the service worker when there is a network, where it can. */
export async function askForWakeUp(): Promise<void> {
  const ready = await navigator.serviceWorker?.ready.catch(() => undefined);
  const worker = ready as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
  await worker?.sync?.register('outbox').catch(() => undefined);
}

/** The engine and the controls: most of the app's weight, and not needed to show the day's tasks. */
type FormParts = () => Promise<readonly [typeof import('./drafts.ts'), { readonly Fill: FunctionComponent }]>;
let formParts: FormParts = () => Promise.reject(new Error('The app has not said where the form’s parts are'));
/** The screen of the form, once it is here. */
export const fillScreen = signal<FunctionComponent | null>(null);

/** The app says how the parts are fetched: the screen knows this state, so this state cannot know the screen. */
export function fetchFormPartsBy(how: FormParts): void {
  formParts = how;
}

export async function fill(what: ToFill): Promise<void> {
  if (!vault.value) return;
  try {
    const [{ startFilling }, { Fill }] = await formParts();
    fillScreen.value = Fill;
    filling.value = await startFilling(vault.value, what, language.value, me.value?.name ?? '', (error) => {
      trouble.value = (error as Error)?.name === 'QuotaExceededError' ? 'field.trouble.full' : 'field.trouble.keep';
    });
    screen.value = 'fill';
    globalThis.scrollTo(0, 0);
  } catch {
    trouble.value = 'field.trouble.form';
  }
}

/** Leaves the form; what was answered stays as a draft. */
export async function stopFilling(): Promise<void> {
  await filling.value?.settled();
  filling.value = null;
  screen.value = 'today';
  await reload();
}

/** Finishes the record: from now on it is in the outbox, and it goes when there is a network. */
export async function finishFilling(): Promise<void> {
  const now = filling.value;
  if (!now) return;
  try {
    await now.finish(language.value);
  } catch (error) {
    trouble.value = (error as Error)?.name === 'QuotaExceededError' ? 'field.trouble.full' : 'field.trouble.keep';
    return;
  }
  filling.value = null;
  screen.value = 'out';
  globalThis.scrollTo(0, 0);
  await reload();
  void askForWakeUp();
  void sync();
  void measureAgain();
}

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type Sealed, seal, unseal, type Wrapped } from './seal.ts';

/** A person of this phone. The name is in the clear, so that one can pick oneself; all else is sealed. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly space: string;
  /** The data key under the PIN; null for someone without one, whose key lies in `key`. */
  readonly wrapped: Wrapped | null;
  /** The same key under one that the server keeps, for a forgotten PIN. */
  readonly spare: Sealed | null;
  readonly key: CryptoKey | null;
}

/** What is kept for a person. */
export type Kind = 'self' | 'home' | 'form' | 'list' | 'record' | 'draft' | 'out' | 'sent' | 'file' | 'last';

interface Entry extends Sealed {
  readonly person: string;
  readonly kind: Kind;
  readonly id: string;
}

interface Schema extends DBSchema {
  people: { key: string; value: Person };
  /** Keys of people who are signed in now: the service worker sends with them. */
  open: { key: string; value: { id: string; key: CryptoKey; seenAt: number } };
  sealed: { key: [string, string, string]; value: Entry };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('demilge-field', 1, {
    upgrade(db) {
      db.createObjectStore('people', { keyPath: 'id' });
      db.createObjectStore('open', { keyPath: 'id' });
      db.createObjectStore('sealed', { keyPath: ['person', 'kind', 'id'] });
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}

export async function people(): Promise<Person[]> {
  return await (await database()).getAll('people');
}

export async function putPerson(person: Person): Promise<void> {
  await (await database()).put('people', person);
}

/** Takes a person with all that is kept for them off the phone. */
export async function forgetPerson(id: string): Promise<void> {
  const db = await database();
  const tx = db.transaction(['people', 'open', 'sealed'], 'readwrite');
  await Promise.all([
    tx.objectStore('people').delete(id),
    tx.objectStore('open').delete(id),
    tx.objectStore('sealed').delete(IDBKeyRange.bound([id], [id, []])),
    tx.done,
  ]);
}

/** Minutes without a touch after which the PIN is asked again. */
export const LOCK_MINUTES = 30;
/** Hours for which what was finished may still be sent without the PIN. */
const SEND_HOURS = 12;

/** Marks a person as signed in, now. */
export async function keepOpen(id: string, key: CryptoKey): Promise<void> {
  await (await database()).put('open', { id, key, seenAt: Date.now() });
}

export async function lock(id: string): Promise<void> {
  await (await database()).delete('open', id);
}

/** Who is signed in, and whether the screen may open without the PIN. Old keys are thrown away. */
export async function openPeople(now = Date.now()): Promise<{ id: string; key: CryptoKey; fresh: boolean }[]> {
  const db = await database();
  const all = await db.getAll('open');
  const old = all.filter((one) => now - one.seenAt > SEND_HOURS * 3_600_000);
  for (const one of old) await db.delete('open', one.id);
  return all
    .filter((one) => !old.includes(one))
    .map((one) => ({ id: one.id, key: one.key, fresh: now - one.seenAt < LOCK_MINUTES * 60_000 }));
}

/** One person's sealed drawers. */
export interface Vault {
  readonly person: string;
  readonly key: CryptoKey;
}

const encode = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
const decode = (bytes: Uint8Array<ArrayBuffer>): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** One change of the drawers; several are done together or not at all. */
export type Change =
  | { readonly put: Kind; readonly id: string; readonly value: unknown }
  | { readonly bytes: Kind; readonly id: string; readonly value: Uint8Array<ArrayBuffer> }
  | { readonly remove: Kind; readonly id: string };

/** @param durable waits until the disk has it: for what must outlive an empty battery */
export async function change(vault: Vault, changes: readonly Change[], durable = false): Promise<void> {
  // All is sealed first: a transaction of the browser does not wait for anything but the store.
  const ready = await Promise.all(
    changes.map(async (one): Promise<Entry | [string, Kind, string]> => {
      if ('remove' in one) return [vault.person, one.remove, one.id];
      const kind = 'put' in one ? one.put : one.bytes;
      const sealed = await seal(vault.key, 'put' in one ? encode(one.value) : one.value);
      return { person: vault.person, kind, id: one.id, ...sealed };
    }),
  );
  const tx = (await database()).transaction('sealed', 'readwrite', { durability: durable ? 'strict' : 'default' });
  await Promise.all([
    ...ready.map((one) => (Array.isArray(one) ? tx.store.delete(one) : tx.store.put(one as Entry))),
    tx.done,
  ]);
}

export async function read<T>(vault: Vault, kind: Kind, id: string): Promise<T | undefined> {
  const entry = await (await database()).get('sealed', [vault.person, kind, id]);
  return entry && (decode(await unseal(vault.key, entry)) as T);
}

export async function readBytes(vault: Vault, kind: Kind, id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const entry = await (await database()).get('sealed', [vault.person, kind, id]);
  return entry && (await unseal(vault.key, entry));
}

export async function readAll<T>(vault: Vault, kind: Kind): Promise<T[]> {
  const range = IDBKeyRange.bound([vault.person, kind], [vault.person, kind, []]);
  const entries = await (await database()).getAll('sealed', range);
  return await Promise.all(entries.map(async (entry) => decode(await unseal(vault.key, entry)) as T));
}

export async function idsOf(vault: Vault, kind: Kind): Promise<string[]> {
  const range = IDBKeyRange.bound([vault.person, kind], [vault.person, kind, []]);
  return (await (await database()).getAllKeys('sealed', range)).map(([, , id]) => id);
}

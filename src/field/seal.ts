/** Encryption at rest: a person's data key, kept under a PIN (and a second lock for a forgotten one) or in the browser's own key store. */

/** As many rounds as a cheap phone does in about half a second. */
const ROUNDS = 210_000;

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** A data key under a PIN. */
export interface Wrapped extends Sealed {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
}

const random = (bytes: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(bytes));

/** The key of a PIN. */
async function pinKey(pin: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey']);
  return await crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  );
}

const USAGES: KeyUsage[] = ['encrypt', 'decrypt'];

/** The same data key under a PIN, and under the key that the server keeps for a forgotten PIN. */
export interface Locks {
  readonly wrapped: Wrapped;
  readonly spare: Sealed;
}

/** A new data key that no script can read out, and, where there is a PIN, its two locks. @param second 32 bytes that the server keeps */
export async function newKey(
  pin: string,
  second: Uint8Array<ArrayBuffer>,
): Promise<{ key: CryptoKey; locks: Locks | null }> {
  if (pin === '')
    return { key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, USAGES), locks: null };
  const open = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, USAGES);
  const spare = await wrapUnder(await secondKey(second), open);
  return await lockedWith(pin, open, spare);
}

/** The same data under a new PIN, opened by the key that the server keeps; undefined when that key is another's. */
export async function newPin(
  spare: Sealed,
  second: Uint8Array<ArrayBuffer>,
  pin: string,
): Promise<{ key: CryptoKey; locks: Locks } | undefined> {
  const open = await unwrapUnder(await secondKey(second), spare, true);
  return open && (await lockedWith(pin, open, spare));
}

async function lockedWith(pin: string, open: CryptoKey, spare: Sealed): Promise<{ key: CryptoKey; locks: Locks }> {
  const salt = random(16);
  const wrapped = { salt, rounds: ROUNDS, ...(await wrapUnder(await pinKey(pin, salt, ROUNDS), open)) };
  return { key: (await unwrap(wrapped, pin))!, locks: { wrapped, spare } };
}

/** The data key, or undefined when the PIN is another. */
export async function unwrap(wrapped: Wrapped, pin: string): Promise<CryptoKey | undefined> {
  return await unwrapUnder(await pinKey(pin, wrapped.salt, wrapped.rounds), wrapped, false);
}

const secondKey = async (bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['wrapKey', 'unwrapKey']);

async function wrapUnder(lock: CryptoKey, key: CryptoKey): Promise<Sealed> {
  const iv = random(12);
  return { iv, data: await crypto.subtle.wrapKey('raw', key, lock, { name: 'AES-GCM', iv }) };
}

async function unwrapUnder(lock: CryptoKey, { iv, data }: Sealed, readable: boolean): Promise<CryptoKey | undefined> {
  return await crypto.subtle
    .unwrapKey('raw', data, lock, { name: 'AES-GCM', iv }, 'AES-GCM', readable, USAGES)
    .catch(() => undefined);
}

export async function seal(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
}

/** @throws when the bytes were not sealed with this key or were changed */
export async function unseal(key: CryptoKey, { iv, data }: Sealed): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data));
}

export async function sha256Of(bytes: BufferSource): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Encryption at rest: a person's data key, kept under a PIN or in the browser's own key store. */

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

/** A new data key that no script can read out, and, where there is a PIN, the same key under it. */
export async function newKey(pin: string): Promise<{ key: CryptoKey; wrapped: Wrapped | null }> {
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  if (pin === '')
    return { key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages), wrapped: null };
  const open = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, usages);
  const [salt, iv] = [random(16), random(12)];
  const data = await crypto.subtle.wrapKey('raw', open, await pinKey(pin, salt, ROUNDS), { name: 'AES-GCM', iv });
  const wrapped = { salt, rounds: ROUNDS, iv, data };
  return { key: (await unwrap(wrapped, pin))!, wrapped };
}

/** The data key, or undefined when the PIN is another. */
export async function unwrap(wrapped: Wrapped, pin: string): Promise<CryptoKey | undefined> {
  const under = await pinKey(pin, wrapped.salt, wrapped.rounds);
  return await crypto.subtle
    .unwrapKey('raw', wrapped.data, under, { name: 'AES-GCM', iv: wrapped.iv }, 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ])
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

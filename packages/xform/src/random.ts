/** The shuffle of `randomize()`: every client must make the same order of the same seed. */
import type { Zone } from './dates.ts';
import { digest, toHex } from './digest.ts';
import { toNumber, toText, type Value } from './values.ts';

const MODULUS = 2_147_483_647;

/** The seed that a value stands for: a whole number, or for any other text the first eight bytes of its SHA-256. */
export function seedOf(value: Value, zone: Zone): number {
  const number = toNumber(value, zone);
  if (!Number.isNaN(number)) return Math.trunc(number);
  const text = toText(value);
  if (text === '') return 0;
  const bytes = digest(text, 'SHA-256')!;
  const long = new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0);
  return Number(long % BigInt(MODULUS));
}

/** A 31-bit number out of a text, for seeds that nobody gave. */
export function hashOf(text: string): number {
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash & 0x7fffffff || 1;
}

/** Fisher and Yates' shuffle, inside out, with Park and Miller's generator. */
export function seededShuffle<T>(items: readonly T[], seed: number): T[] {
  let state = seed % MODULUS;
  if (!(state > 0)) state = (Number.isNaN(state) ? 0 : state) + MODULUS - 1;
  const out: T[] = [];
  for (let i = 0; i < items.length; i++) {
    state = (state * 16_807) % MODULUS;
    const j = Math.floor(((state - 1) / (MODULUS - 1)) * (i + 1));
    if (j !== i) out[i] = out[j]!;
    out[j] = items[i]!;
  }
  return out;
}

/** A random UUID of version 4; also where the page is not a secure context and `randomUUID` is missing. */
export function cryptoUuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A random number in [0, 1). */
export function cryptoRandom(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}

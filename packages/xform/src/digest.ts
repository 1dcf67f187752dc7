/**
 * Digests of text, at once: the platform's are asynchronous and expressions are not. They are plain code, because a library's weigh four
 * kilobytes more on every phone. Signatures are not for plain code; few forms have any, so their library comes by `signed.ts`.
 */

import { XFormError } from './error.ts';

const PRIMES: number[] = [];
for (let n = 2; PRIMES.length < 80; n++) if (PRIMES.every((p) => n % p !== 0)) PRIMES.push(n);

/** First 64 fractional bits of the k-th root of a prime (k is 2 or 3). */
function rootBits(prime: number, k: 2 | 3): bigint {
  const target = BigInt(prime) << BigInt(64 * k);
  let low = 0n;
  let high = 1n << 72n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(k) <= target) low = middle;
    else high = middle;
  }
  return low & 0xffffffffffffffffn;
}

let roundKeys: bigint[] | undefined;
/** Round constants of SHA-512; their upper halves are those of SHA-256. */
function keys(): bigint[] {
  roundKeys ??= PRIMES.map((prime) => rootBits(prime, 3));
  return roundKeys;
}

/** The message with its padding: a one bit, zeros, and its length in bits in the last eight bytes. */
function padded(bytes: Uint8Array, block: number, little: boolean): Uint8Array {
  const tail = block === 128 ? 17 : 9;
  const out = new Uint8Array(Math.ceil((bytes.length + tail) / block) * block);
  out.set(bytes);
  out[bytes.length] = 0x80;
  new DataView(out.buffer).setBigUint64(out.length - 8, BigInt(bytes.length) * 8n, little);
  return out;
}

function md5(bytes: Uint8Array): Uint8Array {
  const turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
  const data = new DataView(padded(bytes, 64, true).buffer);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < data.byteLength; at += 64) {
    let [a, b, c, d] = state as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const f =
        round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const g = [i, 5 * i + 1, 3 * i + 5, 7 * i][round]! & 15;
      const key = Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32);
      const sum = (a + f + key + data.getUint32(at + g * 4, true)) | 0;
      const turn = turns[round * 4 + (i & 3)]!;
      [a, d, c, b] = [d, c, b, (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0];
    }
    state[0]! += a;
    state[1]! += b;
    state[2]! += c;
    state[3]! += d;
    for (let i = 0; i < 4; i++) state[i]! |= 0;
  }
  const out = new DataView(new ArrayBuffer(16));
  for (let i = 0; i < 4; i++) out.setInt32(i * 4, state[i]!, true);
  return new Uint8Array(out.buffer);
}

function sha1(bytes: Uint8Array): Uint8Array {
  const data = new DataView(padded(bytes, 64, false).buffer);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0].map((n) => n | 0);
  const constants = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];
  const turn = (x: number, n: number) => (x << n) | (x >>> (32 - n));
  for (let at = 0; at < data.byteLength; at += 64) {
    const w: number[] = [];
    for (let i = 0; i < 80; i++) {
      w.push(i < 16 ? data.getInt32(at + i * 4) : turn(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1));
    }
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const round = Math.floor(i / 20);
      const f = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const next = (turn(a, 5) + f + e + constants[round]! + w[i]!) | 0;
      [e, d, c, b, a] = [d, c, turn(b, 30), a, next];
    }
    [a, b, c, d, e].forEach((word, i) => {
      state[i] = (state[i]! + word) | 0;
    });
  }
  const out = new DataView(new ArrayBuffer(20));
  for (let i = 0; i < 5; i++) out.setInt32(i * 4, state[i]!);
  return new Uint8Array(out.buffer);
}

/** SHA-2 of either word size, on big integers: slow and short, for the few bytes that forms digest. */
function sha2(bytes: Uint8Array, bits: 256 | 384 | 512): Uint8Array {
  const wide = bits !== 256;
  const word = wide ? 64n : 32n;
  const mask = (1n << word) - 1n;
  const rounds = wide ? 80 : 64;
  const [s0, s1, t0, t1] = wide
    ? [
        [1n, 8n, 7n],
        [19n, 61n, 6n],
        [28n, 34n, 39n],
        [14n, 18n, 41n],
      ]
    : [
        [7n, 18n, 3n],
        [17n, 19n, 10n],
        [2n, 13n, 22n],
        [6n, 11n, 25n],
      ];
  const turn = (x: bigint, n: bigint) => ((x >> n) | (x << (word - n))) & mask;
  const small = (x: bigint, [a, b, c]: bigint[]) => turn(x, a!) ^ turn(x, b!) ^ (x >> c!);
  const big = (x: bigint, [a, b, c]: bigint[]) => turn(x, a!) ^ turn(x, b!) ^ turn(x, c!);
  const k = wide ? keys() : keys().map((key) => key >> 32n);
  const state = PRIMES.slice(bits === 384 ? 8 : 0, bits === 384 ? 16 : 8).map((prime) => {
    const root = rootBits(prime, 2);
    return wide ? root : root >> 32n;
  });
  const block = wide ? 128 : 64;
  const data = new DataView(padded(bytes, block, false).buffer);
  for (let at = 0; at < data.byteLength; at += block) {
    const w: bigint[] = [];
    for (let i = 0; i < rounds; i++) {
      if (i < 16) w.push(wide ? data.getBigUint64(at + i * 8) : BigInt(data.getUint32(at + i * 4)));
      else w.push((small(w[i - 2]!, s1!) + w[i - 7]! + small(w[i - 15]!, s0!) + w[i - 16]!) & mask);
    }
    let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let i = 0; i < rounds; i++) {
      const x = (h + big(e, t1!) + ((e & f) ^ (~e & mask & g)) + k[i]! + w[i]!) & mask;
      const y = (big(a, t0!) + ((a & b) ^ (a & c) ^ (b & c))) & mask;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + x) & mask, c, b, a, (x + y) & mask];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => {
      state[i] = (state[i]! + value) & mask;
    });
  }
  const hex = state.map((value) => value.toString(16).padStart(wide ? 16 : 8, '0')).join('');
  return Uint8Array.from({ length: bits / 8 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

/** The digest of UTF-8 text; undefined for an algorithm that is none of MD5, SHA-1, SHA-256, SHA-384, SHA-512. */
export function digest(text: string, algorithm: string): Uint8Array | undefined {
  const bytes = new TextEncoder().encode(text);
  switch (algorithm.toUpperCase().replace('-', '')) {
    case 'MD5':
      return md5(bytes);
    case 'SHA1':
      return sha1(bytes);
    case 'SHA256':
      return sha2(bytes, 256);
    case 'SHA384':
      return sha2(bytes, 384);
    case 'SHA512':
      return sha2(bytes, 512);
    default:
      return undefined;
  }
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** The bytes in base64; undefined when it is not valid. */
function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64.replace(/\s/g, '')), (c) => c.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The UTF-8 text in base64; '' when it is not valid. */
export function fromBase64(text: string): string {
  const bytes = bytesOf(text);
  return bytes ? new TextDecoder().decode(bytes) : '';
}

const SIGNATURE_BYTES = 64;
const KEY_BYTES = 32;

/** Whether the signature of the message fits the key, all as bytes. */
export type SignatureCheck = (signature: Uint8Array, message: Uint8Array, key: Uint8Array) => boolean;
let isSigned: SignatureCheck | undefined;

export function checkSignaturesBy(check: SignatureCheck): void {
  isSigned = check;
}

/** SHA-512 for the library of signatures. */
export const sha512 = (bytes: Uint8Array): Uint8Array => sha2(bytes, 512);

/**
 * The UTF-8 message of a signed content, when its Ed25519 signature fits the key; '' for anything else. Both are base64: the content
 * is 64 bytes of signature with the message after them, the key 32 bytes (ODK's `extract-signed`).
 * @throws XFormError function, where nobody has called `allowSigned`: an unchecked signature must not look like a wrong one
 */
export function signedMessage(content: string, publicKey: string): string {
  if (!isSigned) throw new XFormError('function', 'extract-signed() needs allowSigned() of @demilge/xform/signed');
  const bytes = bytesOf(content);
  const key = bytesOf(publicKey);
  if (!bytes || bytes.length < SIGNATURE_BYTES || key?.length !== KEY_BYTES) return '';
  const message = bytes.subarray(SIGNATURE_BYTES);
  return isSigned(bytes.subarray(0, SIGNATURE_BYTES), message, key) ? new TextDecoder().decode(message) : '';
}

/** Digests and signatures of text, at once: the platform's own are asynchronous and expressions are not. */
import { hashes, verify } from '@noble/ed25519';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

const ALGORITHMS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  MD5: md5,
  SHA1: sha1,
  SHA256: sha256,
  SHA384: sha384,
  SHA512: sha512,
};

/** The digest of UTF-8 text; undefined for an algorithm that is none of MD5, SHA-1, SHA-256, SHA-384, SHA-512. */
export function digest(text: string, algorithm: string): Uint8Array | undefined {
  const name = algorithm.toUpperCase().replace('-', '');
  return Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name]!(new TextEncoder().encode(text)) : undefined;
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

/**
 * The UTF-8 message of a signed content, when its Ed25519 signature fits the key; '' for anything else. Both are base64: the content
 * is 64 bytes of signature with the message after them, the key 32 bytes (ODK's `extract-signed`).
 */
export function signedMessage(content: string, publicKey: string): string {
  const bytes = bytesOf(content);
  const key = bytesOf(publicKey);
  if (!bytes || bytes.length < SIGNATURE_BYTES || key?.length !== KEY_BYTES) return '';
  const message = bytes.subarray(SIGNATURE_BYTES);
  hashes.sha512 = sha512;
  return isSignedBy(bytes.subarray(0, SIGNATURE_BYTES), message, key) ? new TextDecoder().decode(message) : '';
}

/** By the rules of RFC 8032, without the leniency of ZIP 215. A key or signature that is no point of the curve fits nothing. */
function isSignedBy(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  try {
    return verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

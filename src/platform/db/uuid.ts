import { createHash, randomBytes } from 'node:crypto';

/** A time-ordered id (RFC 9562 §5.7), so that new rows land at the end of an index. */
export function uuidv7(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  return stamp(bytes, 0x70);
}

/** A name-based id (RFC 9562 §5.8, SHA-256): the same parts give the same id, so a rebuild gives the same rows. */
export function uuidFromName(...parts: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  return stamp(bytes, 0x80);
}

function stamp(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | version;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

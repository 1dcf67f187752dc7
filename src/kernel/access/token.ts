import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits for an address or a cookie. Only its hash is stored, so a stolen database opens no door. */
export function newToken(): { token: string; sha256: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, sha256: tokenHash(token) };
}

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

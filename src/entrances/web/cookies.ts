import type { Flash } from '../../platform/http/index.ts';

export const SIGN_IN_COOKIE = 'demilge';

/** The word after a redirect travels in a cookie that the next page eats. */
export function flashCookie(flash: Flash): string {
  return Buffer.from(JSON.stringify(flash)).toString('base64url');
}

/** What the cookie says, or null for anything that we did not write. The undo address can only lead into this site. */
export function readFlash(cookies: Readonly<Record<string, string | undefined>>): Flash | null {
  if (!cookies.flash) return null;
  try {
    const flash = JSON.parse(Buffer.from(cookies.flash, 'base64url').toString('utf8')) as Flash;
    if (typeof flash.key !== 'string' || !/^[a-z][\w.]{1,100}$/i.test(flash.key)) return null;
    const undo = typeof flash.undo === 'string' && /^\/[^/\\]/.test(flash.undo) ? flash.undo : null;
    const params = Object.fromEntries(
      Object.entries(flash.params ?? {}).filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
    );
    return { key: flash.key, params, ...(undo && { undo }) };
  } catch {
    return null;
  }
}

export { SIGN_IN_COOKIE } from './cookies.ts';
export { askedLanguage, fromCache, makeMount, type WebOptions } from './mount.tsx';

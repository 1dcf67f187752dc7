import { hash, verify } from '@node-rs/argon2';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/problem.ts';
import {
  type ActorRow,
  actorByDevice,
  actorBySignIn,
  credentials,
  endSignIn,
  insertSignIn,
  touchDevice,
} from './queries.ts';
import { newToken, tokenHash } from './token.ts';

/** How long a sign-in lasts: an office laptop is opened daily, a stolen one should close by itself. */
const SIGN_IN_DAYS = 30;
const TRIES = 10;
const TRIES_MS = 10 * 60_000;
/** OWASP's argon2id profile: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Failed tries by space and login, in this process: guessing is slowed without locking the person out for long. */
const failures = new Map<string, { count: number; until: number }>();
let stranger: Promise<string> | null = null;

export async function hashPassword(password: string): Promise<string> {
  return await hash(password, ARGON2);
}

/** @throws Problem 422 access.weakPassword for fewer than ten characters or one that is only the login */
export function checkPassword(login: string, password: string): void {
  if (password.length < 10 || password.length > 200 || password.toLowerCase().includes(login.toLowerCase())) {
    throw new Problem(422, 'access.weakPassword', {}, [{ at: 'password', key: 'access.weakPassword' }]);
  }
}

/** One spelling of a login: trimmed, lower case. */
export function foldLogin(login: string): string {
  return login.trim().toLowerCase().normalize('NFC');
}

/**
 * Checks login and password, and counts the tries. An unknown login costs the same time as a wrong password and says the same.
 * @returns the account
 * @throws Problem 401 access.wrongPassword; 429 access.tooManyTries after ten in ten minutes
 */
export async function provePassword(
  db: Db,
  given: { spaceId: string; login: string; password: string },
  now = new Date(),
): Promise<string> {
  const login = foldLogin(given.login);
  const key = `${given.spaceId}\u0000${login}`;
  countTry(key, now.getTime());
  const found = await credentials(db, given.spaceId, login);
  stranger ??= hashPassword(newToken().token);
  const right = await verify(found?.passwordHash ?? (await stranger), given.password.slice(0, 200));
  if (!found?.passwordHash || !right) throw new Problem(401, 'access.wrongPassword');
  failures.delete(key);
  return found.id;
}

/**
 * Checks login and password and opens a sign-in.
 * @returns the token for the cookie; only its hash is kept
 * @throws Problem 401 access.wrongPassword; 429 access.tooManyTries
 */
export async function signIn(
  db: Db,
  given: { spaceId: string; login: string; password: string; userAgent: string; now?: Date },
): Promise<{ token: string; accountId: string }> {
  const now = given.now ?? new Date();
  const accountId = await provePassword(db, given, now);
  const { token, sha256 } = newToken();
  await insertSignIn(db, {
    tokenSha256: sha256,
    spaceId: given.spaceId,
    accountId,
    expiresAt: new Date(now.getTime() + SIGN_IN_DAYS * 86_400_000),
    userAgent: given.userAgent.slice(0, 300),
  });
  return { token, accountId };
}

/**
 * Counts a try before its password is checked, so that a hundred guesses sent at once are no more than ten.
 * @throws Problem 429 access.tooManyTries
 */
function countTry(key: string, now: number): void {
  const tried = failures.get(key);
  const before = tried && tried.until > now ? tried.count : 0;
  if (before >= TRIES) throw new Problem(429, 'access.tooManyTries', { minutes: TRIES_MS / 60_000 });
  failures.delete(key);
  failures.set(key, { count: before + 1, until: now + TRIES_MS });
  // The longest untried goes first: a flood of made-up logins must not wipe out the count of a real one under attack.
  const [oldest] = failures.keys();
  if (failures.size > 10_000 && oldest !== undefined) failures.delete(oldest);
}

/** Whether an account opens with this password; opens nothing. */
export async function passwordHolds(db: Db, spaceId: string, login: string, password: string): Promise<boolean> {
  const found = await credentials(db, spaceId, foldLogin(login));
  return !!found?.passwordHash && (await verify(found.passwordHash, password));
}

/** Who a cookie's token stands for. A person with a passkey is nobody yet until the second step is done. */
export async function actorForToken(db: Db, spaceId: string, token: string): Promise<ActorRow | null> {
  return await actorBySignIn(db, spaceId, tokenHash(token));
}

export async function actorForDevice(
  db: Db,
  spaceId: string,
  token: string,
): Promise<(ActorRow & { deviceId: string }) | null> {
  const actor = await actorByDevice(db, spaceId, tokenHash(token));
  if (actor && isNewsOf(actor.deviceId, Date.now())) await touchDevice(db, spaceId, actor.deviceId);
  return actor;
}

/** Phones that this process has noted within the minute: one that sends much need not be noted with each request. */
const noted = new Map<string, number>();

function isNewsOf(deviceId: string, now: number): boolean {
  if ((noted.get(deviceId) ?? 0) > now - 60_000) return false;
  if (noted.size > 10_000) noted.clear();
  noted.set(deviceId, now);
  return true;
}

export async function signOut(db: Db, spaceId: string, token: string): Promise<void> {
  await endSignIn(db, spaceId, tokenHash(token));
}

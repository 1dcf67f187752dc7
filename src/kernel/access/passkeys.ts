import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction } from '../../platform/db/index.ts';
import { Problem } from '../../platform/problem.ts';
import { deletePasskey, insertPasskey, markSecondStep, passkeysOf, usedPasskey } from './queries.ts';
import type { Actor } from './rules.ts';
import { tokenHash } from './token.ts';

/** Challenges under way, by account: short-lived and of one use, so memory is enough; a restart asks again. */
const challenges = new Map<string, { challenge: string; until: number }>();
const CHALLENGE_MS = 5 * 60_000;

function remember(key: string, challenge: string): void {
  if (challenges.size > 10_000) challenges.clear();
  challenges.set(key, { challenge, until: Date.now() + CHALLENGE_MS });
}

function recall(key: string): string {
  const found = challenges.get(key);
  challenges.delete(key);
  if (!found || found.until < Date.now()) throw new Problem(400, 'access.passkeyFailed');
  return found.challenge;
}

const party = (baseUrl: string): { origin: string; id: string } => ({ origin: baseUrl, id: new URL(baseUrl).hostname });

/** Begins to add a passkey to one's own account. */
export async function beginPasskey(
  db: Db,
  actor: Actor,
  baseUrl: string,
  spaceName: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const held = await passkeysOf(db, actor.spaceId, actor.accountId);
  const options = await generateRegistrationOptions({
    rpName: spaceName,
    rpID: party(baseUrl).id,
    userName: actor.name,
    userID: new TextEncoder().encode(actor.accountId),
    attestationType: 'none',
    excludeCredentials: held.map((passkey) => ({ id: passkey.credentialId })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
  remember(`add ${actor.accountId}`, options.challenge);
  return options;
}

/** @throws Problem 400 access.passkeyFailed when the answer does not fit the challenge or the address */
export async function finishPasskey(
  db: Db,
  actor: Actor,
  baseUrl: string,
  name: string,
  response: RegistrationResponseJSON,
): Promise<void> {
  const expectedChallenge = recall(`add ${actor.accountId}`);
  const { origin, id } = party(baseUrl);
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: false,
  }).catch(() => null);
  if (!checked?.verified) throw new Problem(400, 'access.passkeyFailed');
  const { credential } = checked.registrationInfo;
  await transaction(db, async (tx) => {
    await insertPasskey(tx, actor.spaceId, {
      credentialId: credential.id,
      accountId: actor.accountId,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: credential.transports ?? [],
      name: name.slice(0, 100),
    });
    await audit(tx, {
      spaceId: actor.spaceId,
      actorId: actor.accountId,
      action: 'passkey.add',
      thingKind: 'account',
      thingId: actor.accountId,
    });
  });
}

/** Begins the second step of signing in. */
export async function beginSecondStep(
  db: Db,
  spaceId: string,
  accountId: string,
  baseUrl: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const held = await passkeysOf(db, spaceId, accountId);
  const options = await generateAuthenticationOptions({
    rpID: party(baseUrl).id,
    allowCredentials: held.map((passkey) => ({ id: passkey.credentialId })),
    userVerification: 'preferred',
  });
  remember(`use ${accountId}`, options.challenge);
  return options;
}

export async function finishSecondStep(
  db: Db,
  given: { spaceId: string; accountId: string; token: string; baseUrl: string; response: AuthenticationResponseJSON },
): Promise<void> {
  const expectedChallenge = recall(`use ${given.accountId}`);
  const held = (await passkeysOf(db, given.spaceId, given.accountId)).find(
    (passkey) => passkey.credentialId === given.response.id,
  );
  if (!held) throw new Problem(400, 'access.passkeyFailed');
  const { origin, id } = party(given.baseUrl);
  const checked = await verifyAuthenticationResponse({
    response: given.response,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: false,
    credential: { id: held.credentialId, publicKey: new Uint8Array(held.publicKey), counter: held.counter },
  }).catch(() => null);
  if (!checked?.verified) throw new Problem(400, 'access.passkeyFailed');
  await transaction(db, async (tx) => {
    await usedPasskey(tx, given.spaceId, held.credentialId, checked.authenticationInfo.newCounter);
    await markSecondStep(tx, given.spaceId, tokenHash(given.token));
  });
}

export async function removePasskey(db: Db, actor: Actor, credentialId: string): Promise<void> {
  await transaction(db, async (tx) => {
    if (!(await deletePasskey(tx, actor.spaceId, actor.accountId, credentialId)))
      throw new Problem(404, 'platform.notFound', { thing: 'passkey' });
    await audit(tx, {
      spaceId: actor.spaceId,
      actorId: actor.accountId,
      action: 'passkey.remove',
      thingKind: 'account',
      thingId: actor.accountId,
    });
  });
}

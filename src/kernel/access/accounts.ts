import { randomBytes } from 'node:crypto';
import { audit } from '../../platform/audit/index.ts';
import { type Db, isUniqueViolation, transaction, uuidv7 } from '../../platform/db/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import {
  endRoles,
  endSignInsOf,
  holdersOf,
  type Invitation,
  insertAccount,
  insertDevice,
  insertInvitation,
  insertRole,
  invitationByToken,
  phoneKey,
  revokeDeviceRow,
  revokeInvitationRow,
  rolesOf,
  setDisabled,
  setPasswordHash,
  takeInvitation,
} from './queries.ts';
import { type Actor, type Role, TIED_ROLES } from './rules.ts';
import { checkPassword, foldLogin, hashPassword } from './sign-in.ts';
import { newToken, tokenHash } from './token.ts';

const INVITATION_DAYS = 14;

export type NewAccount = {
  readonly login: string;
  readonly name: string;
  readonly password: string;
  readonly language: Language;
  readonly roles: readonly Role[];
  readonly organisationId?: string | null;
  readonly personId?: string | null;
};

/** @throws Problem 422 access.organisationNeeded for a role that sees the part of an organisation, without one */
function demandOrganisation(roles: readonly Role[], organisationId: string | null | undefined): void {
  if (!organisationId && roles.some((role) => TIED_ROLES.includes(role)))
    throw new Problem(422, 'access.organisationNeeded', {}, [{ at: 'organisation', key: 'access.organisationNeeded' }]);
}

/** The organisation that a role is tied to; the other roles see their part of the space whoever sends the person. */
const tiedTo = (role: Role, organisationId: string | null | undefined): string | null =>
  TIED_ROLES.includes(role) ? (organisationId ?? null) : null;

/** Opens an account with its roles. @throws Problem 409 access.loginTaken; 422 access.weakPassword, access.organisationNeeded */
export async function addAccount(db: Db, spaceId: string, by: string | null, given: NewAccount): Promise<string> {
  const login = foldLogin(given.login);
  checkPassword(login, given.password);
  demandOrganisation(given.roles, given.organisationId);
  const passwordHash = await hashPassword(given.password);
  const id = uuidv7();
  try {
    await transaction(db, async (tx) => {
      await insertAccount(tx, {
        spaceId,
        id,
        login,
        name: given.name,
        language: given.language,
        passwordHash,
        personId: given.personId ?? null,
        createdBy: by,
      });
      for (const role of given.roles) {
        await insertRole(tx, {
          spaceId,
          id: uuidv7(),
          accountId: id,
          role,
          organisationId: tiedTo(role, given.organisationId),
          grantedBy: by,
        });
      }
      await audit(tx, {
        spaceId,
        actorId: by,
        action: 'account.add',
        thingKind: 'account',
        thingId: id,
        details: { roles: given.roles },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error))
      throw new Problem(409, 'access.loginTaken', { login }, [
        { at: 'login', key: 'access.loginTaken', details: { login } },
      ]);
    throw error;
  }
  return id;
}

/** Asks a person in by a link that works once, for fourteen days. @returns the token for the address @throws Problem 422 access.organisationNeeded */
export async function invite(
  db: Db,
  spaceId: string,
  by: string,
  given: { name: string; roles: readonly Role[]; organisationId?: string | null; language: Language; now?: Date },
): Promise<{ id: string; token: string }> {
  demandOrganisation(given.roles, given.organisationId);
  const { token, sha256 } = newToken();
  const id = uuidv7();
  const expiresAt = new Date((given.now ?? new Date()).getTime() + INVITATION_DAYS * 86_400_000);
  await transaction(db, async (tx) => {
    await insertInvitation(tx, spaceId, sha256, {
      id,
      name: given.name,
      roles: [...given.roles],
      organisationId: given.organisationId ?? null,
      language: given.language,
      createdBy: by,
      expiresAt,
    });
    await audit(tx, {
      spaceId,
      actorId: by,
      action: 'access.invite',
      thingKind: 'invitation',
      thingId: id,
      details: { roles: given.roles, organisationId: given.organisationId ?? null },
    });
  });
  return { id, token };
}

/** The invitation behind a link. @throws Problem 404 access.invitationOver when it was used, revoked or is too old */
export async function openInvitation(
  db: Db,
  spaceId: string,
  token: string,
  now: Date = new Date(),
): Promise<Invitation> {
  const found = await invitationByToken(db, spaceId, tokenHash(token));
  if (!found || found.acceptedAt || found.revokedAt || found.expiresAt <= now)
    throw new Problem(404, 'access.invitationOver');
  return found;
}

/** Makes the invited person's account; two clicks at once make one account. */
export async function acceptInvitation(
  db: Db,
  spaceId: string,
  token: string,
  given: { login: string; password: string; name: string; language: Language },
): Promise<string> {
  return await transaction(db, async (tx) => {
    const invitation = await openInvitation(tx, spaceId, token);
    const id = await addAccount(tx, spaceId, invitation.createdBy, {
      ...given,
      roles: invitation.roles,
      organisationId: invitation.organisationId,
    });
    if (!(await takeInvitation(tx, spaceId, invitation.id, id))) throw new Problem(404, 'access.invitationOver');
    await audit(tx, { spaceId, actorId: id, action: 'access.accept', thingKind: 'invitation', thingId: invitation.id });
    return id;
  });
}

export async function revokeInvitation(db: Db, spaceId: string, by: string, id: string): Promise<void> {
  await transaction(db, async (tx) => {
    if (!(await revokeInvitationRow(tx, spaceId, id))) throw new Problem(404, 'access.invitationOver');
    await audit(tx, { spaceId, actorId: by, action: 'access.revokeInvitation', thingKind: 'invitation', thingId: id });
  });
}

/** Gives a role. One that sees the part of an organisation moves the person's other such roles to it. @throws Problem 422 access.organisationNeeded */
export async function grantRole(
  db: Db,
  spaceId: string,
  by: string,
  accountId: string,
  role: Role,
  organisation: string | null = null,
): Promise<void> {
  demandOrganisation([role], organisation);
  const organisationId = tiedTo(role, organisation);
  await transaction(db, async (tx) => {
    await endRoles(tx, spaceId, accountId, role, by);
    if (organisationId) await tie(tx, spaceId, by, { accountId, organisationId });
    await insertRole(tx, { spaceId, id: uuidv7(), accountId, role, organisationId, grantedBy: by });
    await audit(tx, {
      spaceId,
      actorId: by,
      action: 'access.grantRole',
      thingKind: 'account',
      thingId: accountId,
      details: { role, organisationId },
    });
  });
}

type Tie = { readonly accountId: string; readonly organisationId: string };

/** A person sees the part of one organisation: all roles that are tied to one are tied to this. @returns them, as they were before */
async function tie(tx: Db, spaceId: string, by: string, { accountId, organisationId }: Tie) {
  const tied = (await rolesOf(tx, spaceId, accountId)).filter((one) => TIED_ROLES.includes(one.role));
  for (const { role } of tied) {
    await endRoles(tx, spaceId, accountId, role, by);
    await insertRole(tx, { spaceId, id: uuidv7(), accountId, role, organisationId, grantedBy: by });
  }
  return tied;
}

/**
 * Ties a partner or funder to another organisation: from now on the person sees its part.
 * @throws Problem 409 access.notTied for an account whose roles see no organisation's part
 */
export async function setOrganisation(db: Db, spaceId: string, by: string, given: Tie): Promise<void> {
  await transaction(db, async (tx) => {
    const [before] = await tie(tx, spaceId, by, given);
    if (!before) throw new Problem(409, 'access.notTied');
    await audit(tx, {
      spaceId,
      actorId: by,
      action: 'access.setOrganisation',
      thingKind: 'account',
      thingId: given.accountId,
      details: { before: before.organisationId, organisationId: given.organisationId },
    });
  });
}

/** Ends a role. @throws Problem 409 access.lastCoordinator: somebody must be left who can let others in */
export async function endRole(db: Db, spaceId: string, by: string, accountId: string, role: Role): Promise<void> {
  await transaction(db, async (tx) => {
    await endRoles(tx, spaceId, accountId, role, by);
    if (role === 'coordinator' && (await holdersOf(tx, spaceId, 'coordinator')) === 0)
      throw new Problem(409, 'access.lastCoordinator');
    await audit(tx, {
      spaceId,
      actorId: by,
      action: 'access.endRole',
      thingKind: 'account',
      thingId: accountId,
      details: { role },
    });
  });
}

/** Closes or opens an account; closing ends its sign-ins at once. */
export async function setAccountDisabled(
  db: Db,
  spaceId: string,
  by: string,
  accountId: string,
  disabled: boolean,
): Promise<void> {
  await transaction(db, async (tx) => {
    if (!(await setDisabled(tx, spaceId, accountId, disabled)))
      throw new Problem(404, 'platform.notFound', { thing: accountId });
    if (disabled) {
      await endSignInsOf(tx, spaceId, accountId);
      if ((await holdersOf(tx, spaceId, 'coordinator')) === 0) throw new Problem(409, 'access.lastCoordinator');
    }
    await audit(tx, {
      spaceId,
      actorId: by,
      action: disabled ? 'account.disable' : 'account.enable',
      thingKind: 'account',
      thingId: accountId,
    });
  });
}

/** A new password ends every other sign-in of the account. */
export async function changePassword(
  db: Db,
  spaceId: string,
  by: string,
  accountId: string,
  login: string,
  password: string,
): Promise<void> {
  checkPassword(login, password);
  const hash = await hashPassword(password);
  await transaction(db, async (tx) => {
    await setPasswordHash(tx, spaceId, accountId, hash);
    await endSignInsOf(tx, spaceId, accountId);
    await audit(tx, { spaceId, actorId: by, action: 'account.password', thingKind: 'account', thingId: accountId });
  });
}

/** Gives a phone its own key to the door, which can be taken away without touching the person's account. */
export async function addDevice(
  db: Db,
  spaceId: string,
  by: string | null,
  accountId: string,
  name: string,
): Promise<{ id: string; token: string }> {
  const { token, sha256 } = newToken();
  const id = uuidv7();
  await transaction(db, async (tx) => {
    await insertDevice(tx, { spaceId, id, tokenSha256: sha256, accountId, name, createdBy: by });
    await audit(tx, { spaceId, actorId: by, action: 'device.add', thingKind: 'device', thingId: id });
  });
  return { id, token };
}

/**
 * The key under which this person's phones keep a second lock of their data, 32 bytes: with it and a new link, a forgotten PIN loses
 * nothing. It opens nothing at the server.
 */
export async function phoneKeyOf(db: Db, actor: Pick<Actor, 'spaceId' | 'accountId'>): Promise<Uint8Array> {
  return await phoneKey(db, actor.spaceId, actor.accountId, randomBytes(32));
}

export async function revokeDevice(db: Db, spaceId: string, by: string, id: string): Promise<void> {
  await transaction(db, async (tx) => {
    if (!(await revokeDeviceRow(tx, spaceId, id, by))) throw new Problem(404, 'platform.notFound', { thing: id });
    await audit(tx, { spaceId, actorId: by, action: 'device.revoke', thingKind: 'device', thingId: id });
  });
}

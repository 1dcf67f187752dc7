import type { Db } from '../../platform/db/index.ts';
import type { Language } from '../../platform/i18n/index.ts';
import type { Actor, Role } from './rules.ts';

export type Account = {
  id: string;
  login: string;
  name: string;
  language: Language;
  createdAt: Date;
  disabledAt: Date | null;
  roles: Role[];
  organisationId: string | null;
  passkeys: number;
};

export type ActorRow = Actor & { language: Language; secondStep: 'none' | 'wanted' | 'done' };

/** The person behind a sign-in token, with the rights of this moment; null when it ended, expired or the account is disabled. */
export async function actorBySignIn(db: Db, spaceId: string, tokenSha256: string): Promise<ActorRow | null> {
  const [row] = await db<ActorRow[]>`
    select a.id as "accountId", a.space_id as "spaceId", a.name, a.language, a.person_id as "personId",
      coalesce((select array_agg(distinct r.role) from account_role r
        where r.space_id = a.space_id and r.account_id = a.id and r.ended_at is null), '{}') as roles,
      (select r.organisation_id from account_role r where r.space_id = a.space_id and r.account_id = a.id
        and r.ended_at is null and r.organisation_id is not null limit 1) as "organisationId",
      case when s.second_step_at is not null then 'done'
           when exists (select 1 from passkey p where p.space_id = a.space_id and p.account_id = a.id) then 'wanted'
           else 'none' end as "secondStep"
    from sign_in s join account a on a.space_id = s.space_id and a.id = s.account_id
    where s.token_sha256 = ${tokenSha256} and s.space_id = ${spaceId} and s.ended_at is null and s.expires_at > now()
      and a.disabled_at is null`;
  return row ?? null;
}

/** The person behind a phone's token. Looking also notes when the phone was last seen, at most once a minute. */
export async function actorByDevice(
  db: Db,
  spaceId: string,
  tokenSha256: string,
): Promise<(ActorRow & { deviceId: string }) | null> {
  const [row] = await db<(ActorRow & { deviceId: string })[]>`
    select a.id as "accountId", a.space_id as "spaceId", a.name, a.language, a.person_id as "personId", d.id as "deviceId",
      coalesce((select array_agg(distinct r.role) from account_role r
        where r.space_id = a.space_id and r.account_id = a.id and r.ended_at is null), '{}') as roles,
      (select r.organisation_id from account_role r where r.space_id = a.space_id and r.account_id = a.id
        and r.ended_at is null and r.organisation_id is not null limit 1) as "organisationId",
      'none' as "secondStep"
    from device d join account a on a.space_id = d.space_id and a.id = d.account_id
    where d.token_sha256 = ${tokenSha256} and d.space_id = ${spaceId} and d.revoked_at is null and a.disabled_at is null`;
  return row ?? null;
}

export async function touchDevice(db: Db, spaceId: string, deviceId: string): Promise<void> {
  await db`update device set last_seen_at = now() where space_id = ${spaceId} and id = ${deviceId}
    and (last_seen_at is null or last_seen_at < now() - interval '1 minute')`;
}

export async function credentials(
  db: Db,
  spaceId: string,
  login: string,
): Promise<{ id: string; passwordHash: string | null } | null> {
  const [row] = await db<
    { id: string; passwordHash: string | null }[]
  >`select id, password_hash as "passwordHash" from account
    where space_id = ${spaceId} and login = ${login} and disabled_at is null`;
  return row ?? null;
}

export async function insertAccount(
  db: Db,
  account: {
    spaceId: string;
    id: string;
    login: string;
    name: string;
    language: Language;
    passwordHash: string | null;
    personId: string | null;
    createdBy: string | null;
  },
): Promise<void> {
  await db`insert into account (space_id, id, login, name, language, password_hash, person_id, created_by)
    values (${account.spaceId}, ${account.id}, ${account.login}, ${account.name}, ${account.language}, ${account.passwordHash},
            ${account.personId}, ${account.createdBy})`;
}

export async function insertRole(
  db: Db,
  role: {
    spaceId: string;
    id: string;
    accountId: string;
    role: Role;
    organisationId: string | null;
    grantedBy: string | null;
  },
): Promise<void> {
  await db`insert into account_role (space_id, id, account_id, role, organisation_id, granted_by)
    values (${role.spaceId}, ${role.id}, ${role.accountId}, ${role.role}, ${role.organisationId}, ${role.grantedBy})`;
}

export async function endRoles(
  db: Db,
  spaceId: string,
  accountId: string,
  role: Role | null,
  by: string,
): Promise<number> {
  const ended = await db`update account_role set ended_at = now(), ended_by = ${by}
    where space_id = ${spaceId} and account_id = ${accountId} and ended_at is null and (${role}::text is null or role = ${role})`;
  return ended.count;
}

/** How many enabled accounts hold a role: the last coordinator may not lock everybody out. */
export async function holdersOf(db: Db, spaceId: string, role: Role): Promise<number> {
  const [row] = await db<{ n: number }[]>`select count(distinct a.id)::int as n from account a
    join account_role r on r.space_id = a.space_id and r.account_id = a.id
    where a.space_id = ${spaceId} and a.disabled_at is null and r.ended_at is null and r.role = ${role}`;
  return row?.n ?? 0;
}

export async function setDisabled(db: Db, spaceId: string, accountId: string, disabled: boolean): Promise<boolean> {
  const done =
    await db`update account set disabled_at = ${disabled ? db`now()` : null} where space_id = ${spaceId} and id = ${accountId}`;
  return done.count > 0;
}

export async function setPasswordHash(db: Db, spaceId: string, accountId: string, hash: string): Promise<void> {
  await db`update account set password_hash = ${hash} where space_id = ${spaceId} and id = ${accountId}`;
}

export async function listAccounts(db: Db, spaceId: string): Promise<readonly Account[]> {
  return await db<Account[]>`
    select a.id, a.login, a.name, a.language, a.created_at as "createdAt", a.disabled_at as "disabledAt",
      coalesce((select array_agg(distinct r.role order by r.role) from account_role r where r.space_id = a.space_id and r.account_id = a.id and r.ended_at is null), '{}') as roles,
      (select r.organisation_id from account_role r where r.space_id = a.space_id and r.account_id = a.id and r.ended_at is null and r.organisation_id is not null limit 1) as "organisationId",
      (select count(*)::int from passkey p where p.space_id = a.space_id and p.account_id = a.id) as passkeys
    from account a where a.space_id = ${spaceId} order by a.name collate "ky-x-icu", a.id limit 1000`;
}

/** The live roles of an account, with the organisation that each is tied to. */
export async function rolesOf(
  db: Db,
  spaceId: string,
  accountId: string,
): Promise<readonly { readonly role: Role; readonly organisationId: string | null }[]> {
  return await db<{ role: Role; organisationId: string | null }[]>`select role, organisation_id as "organisationId"
    from account_role where space_id = ${spaceId} and account_id = ${accountId} and ended_at is null order by granted_at, id`;
}

export async function accountNames(db: Db, spaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db<
    { id: string; name: string }[]
  >`select id, name from account where space_id = ${spaceId} and id in ${db(ids as string[])}`;
  return new Map(rows.map((row) => [row.id, row.name]));
}

export async function insertSignIn(
  db: Db,
  signIn: { tokenSha256: string; spaceId: string; accountId: string; expiresAt: Date; userAgent: string },
): Promise<void> {
  await db`insert into sign_in (token_sha256, space_id, account_id, expires_at, user_agent)
    values (${signIn.tokenSha256}, ${signIn.spaceId}, ${signIn.accountId}, ${signIn.expiresAt}, ${signIn.userAgent})`;
}

export async function endSignIn(db: Db, spaceId: string, tokenSha256: string): Promise<void> {
  await db`update sign_in set ended_at = now() where space_id = ${spaceId} and token_sha256 = ${tokenSha256} and ended_at is null`;
}

export async function endSignInsOf(db: Db, spaceId: string, accountId: string): Promise<void> {
  await db`update sign_in set ended_at = now() where space_id = ${spaceId} and account_id = ${accountId} and ended_at is null`;
}

export async function markSecondStep(db: Db, spaceId: string, tokenSha256: string): Promise<void> {
  await db`update sign_in set second_step_at = now() where space_id = ${spaceId} and token_sha256 = ${tokenSha256}`;
}

export type Invitation = {
  id: string;
  name: string;
  roles: Role[];
  organisationId: string | null;
  language: Language;
  createdAt: Date;
  createdBy: string;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
};

const INVITATION = `id, name, roles, organisation_id as "organisationId", language, created_at as "createdAt", created_by as "createdBy",
  expires_at as "expiresAt", accepted_at as "acceptedAt", revoked_at as "revokedAt"`;

export async function insertInvitation(
  db: Db,
  spaceId: string,
  tokenSha256: string,
  invitation: Omit<Invitation, 'createdAt' | 'acceptedAt' | 'revokedAt'>,
): Promise<void> {
  await db`insert into invitation (space_id, id, token_sha256, name, roles, organisation_id, language, created_by, expires_at)
    values (${spaceId}, ${invitation.id}, ${tokenSha256}, ${invitation.name}, ${invitation.roles}, ${invitation.organisationId},
            ${invitation.language}, ${invitation.createdBy}, ${invitation.expiresAt})`;
}

export async function invitationByToken(db: Db, spaceId: string, tokenSha256: string): Promise<Invitation | null> {
  const [row] = await db<
    Invitation[]
  >`select ${db.unsafe(INVITATION)} from invitation where space_id = ${spaceId} and token_sha256 = ${tokenSha256}`;
  return row ?? null;
}

export async function listInvitations(db: Db, spaceId: string): Promise<readonly Invitation[]> {
  return await db<
    Invitation[]
  >`select ${db.unsafe(INVITATION)} from invitation where space_id = ${spaceId} and accepted_at is null
    and revoked_at is null and expires_at > now() order by created_at desc limit 200`;
}

/** Uses the invitation up; false when somebody else just did. */
export async function takeInvitation(db: Db, spaceId: string, id: string, accountId: string): Promise<boolean> {
  const taken = await db`update invitation set accepted_at = now(), account_id = ${accountId}
    where space_id = ${spaceId} and id = ${id} and accepted_at is null and revoked_at is null and expires_at > now()`;
  return taken.count === 1;
}

export async function revokeInvitationRow(db: Db, spaceId: string, id: string): Promise<boolean> {
  const done =
    await db`update invitation set revoked_at = now() where space_id = ${spaceId} and id = ${id} and accepted_at is null and revoked_at is null`;
  return done.count === 1;
}

export type Device = {
  id: string;
  accountId: string;
  accountName: string;
  name: string;
  createdAt: Date;
  lastSeenAt: Date | null;
  revokedAt: Date | null;
};

export async function insertDevice(
  db: Db,
  device: {
    spaceId: string;
    id: string;
    tokenSha256: string;
    accountId: string;
    name: string;
    createdBy: string | null;
  },
): Promise<void> {
  await db`insert into device (space_id, id, token_sha256, account_id, name, created_by)
    values (${device.spaceId}, ${device.id}, ${device.tokenSha256}, ${device.accountId}, ${device.name}, ${device.createdBy})`;
}

export async function listDevices(db: Db, spaceId: string, accountId: string | null): Promise<readonly Device[]> {
  return await db<
    Device[]
  >`select d.id, d.account_id as "accountId", a.name as "accountName", d.name, d.created_at as "createdAt",
      d.last_seen_at as "lastSeenAt", d.revoked_at as "revokedAt"
    from device d join account a on a.space_id = d.space_id and a.id = d.account_id
    where d.space_id = ${spaceId} and (${accountId}::uuid is null or d.account_id = ${accountId})
    order by d.created_at desc limit 500`;
}

export async function revokeDeviceRow(db: Db, spaceId: string, id: string, by: string): Promise<boolean> {
  const done =
    await db`update device set revoked_at = now(), revoked_by = ${by} where space_id = ${spaceId} and id = ${id} and revoked_at is null`;
  return done.count === 1;
}

/** The person's key for forgotten PINs: made when it is first asked for, the same ever after. */
export async function phoneKey(db: Db, spaceId: string, accountId: string, fresh: Uint8Array): Promise<Uint8Array> {
  const [row] = await db<{ key: Uint8Array }[]>`
    insert into phone_key (space_id, account_id, key) values (${spaceId}, ${accountId}, ${fresh})
    on conflict (space_id, account_id) do update set key = phone_key.key returning key`;
  return row!.key;
}

export type PasskeyRow = {
  credentialId: string;
  accountId: string;
  publicKey: Uint8Array;
  counter: number;
  transports: string[];
  name: string;
  createdAt: Date;
};

export async function passkeysOf(db: Db, spaceId: string, accountId: string): Promise<readonly PasskeyRow[]> {
  return await db<
    PasskeyRow[]
  >`select credential_id as "credentialId", account_id as "accountId", public_key as "publicKey", counter,
    transports, name, created_at as "createdAt" from passkey where space_id = ${spaceId} and account_id = ${accountId} order by created_at`;
}

export async function insertPasskey(db: Db, spaceId: string, passkey: Omit<PasskeyRow, 'createdAt'>): Promise<void> {
  await db`insert into passkey (space_id, credential_id, account_id, public_key, counter, transports, name)
    values (${spaceId}, ${passkey.credentialId}, ${passkey.accountId}, ${Buffer.from(passkey.publicKey)}, ${passkey.counter},
            ${passkey.transports}, ${passkey.name})`;
}

export async function usedPasskey(db: Db, spaceId: string, credentialId: string, counter: number): Promise<void> {
  await db`update passkey set counter = ${counter}, last_used_at = now() where space_id = ${spaceId} and credential_id = ${credentialId}`;
}

export async function deletePasskey(
  db: Db,
  spaceId: string,
  accountId: string,
  credentialId: string,
): Promise<boolean> {
  const done =
    await db`delete from passkey where space_id = ${spaceId} and account_id = ${accountId} and credential_id = ${credentialId}`;
  return done.count === 1;
}

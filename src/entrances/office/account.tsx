import QR from 'qrcode-generator';
import { z } from 'zod';
import {
  addDevice,
  beginPasskey,
  type Call,
  changePassword,
  finishPasskey,
  listAccounts,
  listDevices,
  type NavEntry,
  officePage,
  type Page,
  passkeysOf,
  provePassword,
  type Rules,
  removePasskey,
  revokeDevice,
} from '../../kernel/access/index.ts';
import { json, page, type Reply, readForm, seeOther } from '../../platform/http/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { Button, DataTable, EmptyState, Facts, ProblemSummary, Section, StateChip, TextField } from '../../ui/index.ts';
import { problemsByField } from './fields.ts';
import { idOf } from './registers/common.tsx';

export const accountRules: Rules = { 'office.account': 'signed_in' };
export const accountNav: readonly NavEntry[] = [
  {
    place: 'office',
    group: 'settings',
    href: '/office/account',
    label: 'office.account.nav',
    icon: 'person',
    action: 'office.account',
    order: 910,
  },
];

/** The signed-in person. @throws Problem 401 */
export function self(call: Call): { spaceId: string; accountId: string } {
  if (!call.actor) throw new Problem(401, 'access.signInFirst');
  return { spaceId: call.space.id, accountId: call.actor.accountId };
}

/** A laptop that is left open must not give the account away. */
function oldIsWrong(error: unknown): never {
  if (!(error instanceof Problem) || error.status !== 401) throw error;
  throw new Problem(422, 'access.oldPasswordWrong', {}, [{ at: 'old', key: 'access.oldPasswordWrong' }]);
}

/** One's own account: phones, passkeys, password. */
async function accountPage(call: Call, problem?: Problem): Promise<Reply> {
  const { l, actor } = call;
  const { spaceId, accountId } = self(call);
  const [devices, passkeys] = await Promise.all([
    listDevices(call.sql, spaceId, accountId),
    passkeysOf(call.sql, spaceId, accountId),
  ]);
  const errors = problemsByField(l, problem);
  return page(
    officePage(
      call,
      { title: l.t('office.account.title'), scripts: ['passkey.js'] },
      <div class="flow">
        {problem && <ProblemSummary title={l.t(problem.key, problem.details)} problems={[]} />}
        <Facts
          facts={[
            { term: l.t('office.account.name'), value: actor?.name ?? '' },
            {
              term: l.t('office.account.roles'),
              value: actor?.roles.map((role) => l.t(`access.role.${role}`)).join(', ') ?? '',
            },
          ]}
        />
        <Section title={l.t('office.phones.title')} lead={l.t('office.phones.why')}>
          <DataTable
            l={l}
            caption={l.t('office.phones.title')}
            rows={devices}
            rowKey={(device) => device.id}
            columns={[
              { key: 'name', label: l.t('office.phones.name'), head: true, cell: (device) => device.name },
              {
                key: 'seen',
                label: l.t('office.phones.seen'),
                cell: (device) => (device.lastSeenAt ? l.dateTime(device.lastSeenAt) : '–'),
              },
              {
                key: 'state',
                label: l.t('office.phones.state'),
                cell: (device) =>
                  device.revokedAt ? (
                    <StateChip tone="bad">{l.t('office.phones.revoked')}</StateChip>
                  ) : (
                    <form method="post" action={l.href(`/office/account/phones/${device.id}/revoke`)}>
                      <Button size="small" look="danger" icon="close">
                        {l.t('office.phones.revoke')}
                      </Button>
                    </form>
                  ),
              },
            ]}
            empty={
              <EmptyState title={l.t('office.phones.none')} icon="phone">
                {l.t('office.phones.noneMore')}
              </EmptyState>
            }
          />
          <form method="post" action={l.href('/office/account/phones')} class="form flow">
            <TextField
              l={l}
              name="name"
              label={l.t('office.phones.name')}
              hint={l.t('office.phones.nameHint')}
              required
              maxLength={100}
              {...errors('name')}
            />
            <Button icon="phone">{l.t('office.phones.add')}</Button>
          </form>
        </Section>
        <Section title={l.t('office.passkeys.title')} lead={l.t('office.passkeys.why')}>
          <ul class="list">
            {passkeys.map((passkey) => (
              <li key={passkey.credentialId}>
                {passkey.name}, {l.dateTime(passkey.createdAt)}{' '}
                <form method="post" action={l.href('/office/account/passkeys/remove')}>
                  <input type="hidden" name="credential" value={passkey.credentialId} />
                  <Button size="small" look="danger">
                    {l.t('office.passkeys.remove')}
                  </Button>
                </form>
              </li>
            ))}
          </ul>
          <p>
            <Button type="button" id="passkey-add" icon="lock">
              {l.t('office.passkeys.add')}
            </Button>
          </p>
          <p
            id="passkey-say"
            role="status"
            data-failed={l.t('access.passkeyFailed')}
            data-next={l.href('/office/account')}
          />
        </Section>
        <Section title={l.t('office.password.title')}>
          <form method="post" action={l.href('/office/account/password')} class="form flow">
            <TextField
              l={l}
              name="old"
              type="password"
              label={l.t('office.signIn.oldPassword')}
              required
              autocomplete="current-password"
              {...errors('old')}
            />
            <TextField
              l={l}
              name="password"
              type="password"
              label={l.t('office.signIn.newPassword')}
              hint={l.t('office.signIn.passwordHint')}
              required
              autocomplete="new-password"
              {...errors('password')}
            />
            <Button>{l.t('office.password.change')}</Button>
          </form>
        </Section>
      </div>,
    ),
    problem?.status ?? 200,
  );
}

/** The key of a new phone is shown once: as a QR code to scan and as an address to send. */
async function addPhone(call: Call): Promise<Reply> {
  const { l } = call;
  const { spaceId, accountId } = self(call);
  const { name } = readForm(z.object({ name: z.string().trim().min(1).max(100) }), call.request);
  const { token } = await addDevice(call.sql, spaceId, accountId, accountId, name);
  const fieldApp = `${call.baseUrl}/field/#key=${token}`;
  const openRosa = `${call.baseUrl}/or/${token}`;
  return page(
    officePage(
      call,
      {
        title: l.t('office.phones.ready', { name }),
        crumbs: [{ label: l.t('office.account.title'), href: l.href('/office/account') }, { label: name }],
      },
      <div class="flow">
        <p class="lead">{l.t('office.phones.once')}</p>
        <Section title={l.t('office.phones.fieldApp')} lead={l.t('office.phones.scan')}>
          <QrPicture text={fieldApp} label={l.t('office.phones.fieldApp')} />
          <p>
            <a href={fieldApp}>{l.t('office.phones.openHere')}</a>
          </p>
        </Section>
        <Section title="ODK Collect" lead={l.t('office.phones.collect')}>
          <p>
            <code>{openRosa}</code>
          </p>
        </Section>
      </div>,
    ),
    200,
    { 'cache-control': 'no-store' },
  );
}

function QrPicture({ text, label }: { text: string; label: string }) {
  const code = QR(0, 'M');
  code.addData(text);
  code.make();
  const n = code.getModuleCount();
  let path = '';
  for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) if (code.isDark(y, x)) path += `M${x + 4} ${y + 4}h1v1h-1z`;
  return (
    <svg class="qr" viewBox={`0 0 ${n + 8} ${n + 8}`} width="280" height="280" role="img" aria-label={label}>
      <rect width={n + 8} height={n + 8} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

export const accountPages: readonly Page[] = [
  {
    method: 'GET',
    path: '/office/account',
    action: 'office.account',
    languages: 'paths',
    handle: (call) => accountPage(call),
  },
  { method: 'POST', path: '/office/account/phones', action: 'office.account', languages: 'paths', handle: addPhone },
  {
    method: 'POST',
    path: '/office/account/phones/:id/revoke',
    action: 'office.account',
    languages: 'paths',
    handle: async (call) => {
      const { spaceId, accountId } = self(call);
      const mine = (await listDevices(call.sql, spaceId, accountId)).some((device) => device.id === idOf(call));
      if (!mine) throw notFound(idOf(call));
      await revokeDevice(call.sql, spaceId, accountId, idOf(call));
      return seeOther(call.l.href('/office/account'), { key: 'office.phones.revokedNow' });
    },
  },
  {
    method: 'POST',
    path: '/office/account/password',
    action: 'office.account',
    languages: 'paths',
    handle: async (call) => {
      const { spaceId, accountId } = self(call);
      try {
        const text = z.string().max(200);
        const { old, password } = readForm(z.object({ old: text, password: text }), call.request);
        const login = (await listAccounts(call.sql, spaceId)).find((account) => account.id === accountId)?.login ?? '';
        await provePassword(call.sql, { spaceId, login, password: old }).catch(oldIsWrong);
        await changePassword(call.sql, spaceId, accountId, accountId, login, password);
        return seeOther(call.l.href('/sign-in'));
      } catch (error) {
        if (error instanceof Problem && error.status === 422) return await accountPage(call, error);
        throw error;
      }
    },
  },
  {
    method: 'POST',
    path: '/office/account/passkeys/remove',
    action: 'office.account',
    languages: 'paths',
    handle: async (call) => {
      const { credential } = readForm(z.object({ credential: z.string().min(1).max(1000) }), call.request);
      if (!call.actor) throw new Problem(401, 'access.signInFirst');
      await removePasskey(call.sql, call.actor, credential);
      return seeOther(call.l.href('/office/account'), { key: 'office.passkeys.removed' });
    },
  },
  {
    method: 'POST',
    path: '/office/account/passkeys/begin',
    action: 'office.account',
    languages: 'none',
    handle: async (call) => {
      if (!call.actor) throw new Problem(401, 'access.signInFirst');
      return json(await beginPasskey(call.sql, call.actor, call.baseUrl, call.l.pick(call.space.name)));
    },
  },
  {
    method: 'POST',
    path: '/office/account/passkeys/finish',
    action: 'office.account',
    languages: 'none',
    handle: async (call) => {
      const body = call.request.body as { name?: unknown; response?: Parameters<typeof finishPasskey>[4] } | null;
      if (!call.actor) throw new Problem(401, 'access.signInFirst');
      if (typeof body?.response?.response !== 'object') throw new Problem(422, 'access.passkeyFailed');
      await finishPasskey(call.sql, call.actor, call.baseUrl, String(body.name ?? 'passkey'), body.response);
      return json({ ok: true });
    },
  },
];

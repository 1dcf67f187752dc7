import { z } from 'zod';
import {
  type Account,
  type Call,
  endRole,
  grantRole,
  invite,
  listAccounts,
  listInvitations,
  type NavEntry,
  officePage,
  type Page,
  ROLES,
  type Rules,
  revokeInvitation,
  setAccountDisabled,
  setOrganisation,
  TIED_ROLES,
} from '../../kernel/access/index.ts';
import { subject, subjects } from '../../kernel/subjects/index.ts';
import { page, type Reply, readForm, seeOther, uuidParam } from '../../platform/http/index.ts';
import { LANGUAGES, type Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import {
  Button,
  ButtonRow,
  CheckboxGroup,
  DataTable,
  LinkButton,
  ProblemSummary,
  Section,
  Select,
  StateChip,
  TextField,
} from '../../ui/index.ts';
import { self } from './account.tsx';
import { problemsByField } from './fields.ts';
import { idOf, organisationsOf } from './registers/common.tsx';

export const accessRules: Rules = { 'access.manage': ['coordinator'] };
export const accessNav: readonly NavEntry[] = [
  {
    place: 'office',
    group: 'settings',
    href: '/office/access',
    label: 'office.access.nav',
    icon: 'lock',
    action: 'access.manage',
    order: 900,
  },
];

/** Everybody with an account, and who has been asked in. */
async function accessPage(
  call: Call,
  link?: { name: string; address: string },
  problem?: Problem,
  kept?: InviteFields,
): Promise<Reply> {
  const { l } = call;
  const [accounts, invitations] = await Promise.all([
    listAccounts(call.sql, call.space.id),
    listInvitations(call.sql, call.space.id),
  ]);
  const errors = problemsByField(l, problem);
  const tied = [...accounts, ...invitations].map((one) => one.organisationId).filter((id) => id !== null);
  const [organisations, names] = await Promise.all([
    organisationsOf(call),
    subjects(call.sql, call.space.id, [...new Set(tied)]),
  ]);
  const choices = organisations.map((row) => ({ value: row.id, label: l.pick(row.name) }));
  const named = (id: string | null): string => (id ? l.pick(names.get(id)?.name as Text3 | undefined) || '–' : '');
  const roles = ROLES.map((role) => ({ value: role, label: l.t(`access.role.${role}`) }));
  return page(
    officePage(
      call,
      {
        title: l.t('office.access.title'),
        actions: (
          <LinkButton look="main" icon="mail" href="#invite">
            {l.t('office.access.invite')}
          </LinkButton>
        ),
      },
      <div class="flow">
        {problem && (
          <ProblemSummary
            title={l.t(problem.key, problem.details)}
            problems={kept ? [{ text: l.t('office.access.invite'), field: 'invite' }] : []}
          />
        )}
        {link && (
          <Section title={l.t('office.access.linkReady', { name: link.name })} lead={l.t('office.access.linkOnce')}>
            <p>
              <code>{link.address}</code>
            </p>
          </Section>
        )}
        <DataTable
          l={l}
          caption={l.t('office.access.title')}
          rows={accounts}
          rowKey={(account) => account.id}
          columns={[
            { key: 'name', label: l.t('office.account.name'), head: true, cell: (account) => account.name },
            { key: 'login', label: l.t('office.signIn.login'), cell: (account) => account.login },
            {
              key: 'roles',
              label: l.t('office.account.roles'),
              cell: (account) => account.roles.map((role) => l.t(`access.role.${role}`)).join(', '),
            },
            {
              key: 'organisation',
              label: l.t('office.access.organisation'),
              cell: (account) => named(account.organisationId),
            },
            {
              key: 'state',
              label: l.t('office.phones.state'),
              cell: (account) =>
                account.disabledAt ? (
                  <StateChip tone="bad">{l.t('office.access.closed')}</StateChip>
                ) : (
                  <StateChip tone="good">{l.t('office.access.open')}</StateChip>
                ),
            },
            {
              key: 'do',
              label: l.t('office.access.change'),
              cell: (account) => (
                <details>
                  <summary>{l.t('office.access.change')}</summary>
                  <form method="post" action={l.href(`/office/access/${account.id}/role`)} class="flow">
                    <Select
                      l={l}
                      name="role"
                      id={`role-${account.id}`}
                      label={l.t('office.access.role')}
                      choices={roles}
                    />
                    <Organisation
                      l={l}
                      id={`organisation-for-${account.id}`}
                      choices={choices}
                      value={account.organisationId}
                    />
                    <ButtonRow>
                      <Button name="do" value="grant" size="small">
                        {l.t('office.access.grant')}
                      </Button>
                      <Button name="do" value="end" size="small" look="danger">
                        {l.t('office.access.end')}
                      </Button>
                    </ButtonRow>
                  </form>
                  {isTied(account) && (
                    <form method="post" action={l.href(`/office/access/${account.id}/organisation`)} class="flow">
                      <Organisation
                        l={l}
                        id={`organisation-${account.id}`}
                        choices={choices}
                        value={account.organisationId}
                        required
                      />
                      <Button size="small">{l.t('office.access.setOrganisation')}</Button>
                    </form>
                  )}
                  <form
                    method="post"
                    action={l.href(`/office/access/${account.id}/${account.disabledAt ? 'open' : 'close'}`)}
                  >
                    <Button size="small" look="danger">
                      {l.t(account.disabledAt ? 'office.access.reopen' : 'office.access.close')}
                    </Button>
                  </form>
                </details>
              ),
            },
          ]}
        />
        {invitations.length > 0 && (
          <Section title={l.t('office.access.waiting')}>
            <ul class="list">
              {invitations.map((invitation) => (
                <li key={invitation.id}>
                  {invitation.name}: {invitation.roles.map((role) => l.t(`access.role.${role}`)).join(', ')}
                  {invitation.organisationId && `, ${named(invitation.organisationId)}`}.{' '}
                  {l.t('office.access.until', { date: l.dateTime(invitation.expiresAt) })}
                  <form method="post" action={l.href(`/office/access/invitations/${invitation.id}/revoke`)}>
                    <Button size="small" look="danger">
                      {l.t('office.access.revoke')}
                    </Button>
                  </form>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section id="invite" title={l.t('office.access.invite')} lead={l.t('office.access.inviteWhy')}>
          <form method="post" action={l.href('/office/access/invite')} class="form flow">
            <TextField
              l={l}
              name="name"
              label={l.t('office.account.name')}
              required
              maxLength={200}
              value={kept?.name ?? ''}
              {...errors('name')}
            />
            <CheckboxGroup
              l={l}
              name="roles"
              label={l.t('office.account.roles')}
              choices={roles}
              values={kept?.roles ?? []}
              required
              {...errors('roles')}
            />
            <Organisation
              l={l}
              id="organisation"
              choices={choices}
              value={kept?.organisation ?? null}
              {...errors('organisation')}
            />
            <Select
              l={l}
              name="language"
              label={l.t('ui.language')}
              required
              value={kept?.language ?? l.language}
              choices={LANGUAGES.map((language) => ({ value: language, label: l.t(`office.language.${language}`) }))}
            />
            <Button look="main" icon="mail">
              {l.t('office.access.makeLink')}
            </Button>
          </form>
        </Section>
      </div>,
    ),
    problem?.status ?? 200,
    link ? { 'cache-control': 'no-store' } : {},
  );
}

const isTied = (account: Account): boolean => account.roles.some((role) => TIED_ROLES.includes(role));

type OrganisationProps = {
  readonly l: Call['l'];
  readonly id: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly value?: string | null;
  readonly required?: boolean;
  readonly error?: string;
};

/** The organisation of a partner or funder, from the register. */
function Organisation({ l, id, choices, value, required = false, error }: OrganisationProps) {
  return (
    <Select
      l={l}
      name="organisation"
      id={id}
      label={l.t('office.access.organisation')}
      hint={l.t('office.access.organisationWhy')}
      choices={choices}
      required={required}
      {...(!required && { prompt: l.t('office.access.noOrganisation') })}
      {...(value && { value })}
      {...(error && { error })}
    />
  );
}

/** The organisation that a form names, of this space's register; null where none was chosen. @throws Problem 422 */
async function organisationIn(call: Call, id: string | undefined): Promise<string | null> {
  if (!id) return null;
  const found = await subject(call.sql, call.space.id, id);
  if (found?.kind !== 'organisation')
    throw new Problem(422, 'access.organisationNeeded', {}, [{ at: 'organisation', key: 'access.organisationNeeded' }]);
  return found.id;
}

const organisation = z.union([z.literal(''), uuidParam]).optional();
const many = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));
const Invite = z.object({
  name: z.string().trim().min(1).max(200),
  roles: many.pipe(z.array(z.enum(ROLES)).min(1)),
  language: z.enum(LANGUAGES),
  organisation,
});

type InviteFields = {
  readonly name: string;
  readonly roles: readonly string[];
  readonly language: string;
  readonly organisation: string;
};

/** What was typed into the invitation, for the form to show it again whatever is wrong with it. */
function typedIn(call: Call): InviteFields {
  const body = (call.request.body ?? {}) as Record<string, string | string[] | undefined>;
  const one = (name: string): string => String([body[name]].flat()[0] ?? '');
  const roles = [body.roles ?? []].flat();
  return { name: one('name'), roles, language: one('language'), organisation: one('organisation') };
}

async function inviteNow(call: Call): Promise<Reply> {
  try {
    const { organisation: chosen, ...given } = readForm(Invite, call.request);
    const organisationId = given.roles.some((role) => TIED_ROLES.includes(role))
      ? await organisationIn(call, chosen)
      : null;
    const { token } = await invite(call.sql, call.space.id, self(call).accountId, { ...given, organisationId });
    return await accessPage(call, {
      name: given.name,
      address: `${call.baseUrl}/${given.language}/invitation/${token}`,
    });
  } catch (error) {
    if (error instanceof Problem && error.status === 422)
      return await accessPage(call, undefined, error, typedIn(call));
    throw error;
  }
}

const back = (call: Call, key: string): Reply => seeOther(call.l.href('/office/access'), { key });

/** The account of the address. @throws Problem 404 */
async function accountOf(call: Call): Promise<Account> {
  const id = idOf(call);
  const found = (await listAccounts(call.sql, call.space.id)).find((account) => account.id === id);
  if (!found) throw notFound(id);
  return found;
}

/** Does it, or draws the page again with the words of why not. */
async function orAgain(call: Call, work: () => Promise<unknown>): Promise<Reply> {
  try {
    await work();
    return back(call, 'office.access.changed');
  } catch (error) {
    if (error instanceof Problem && (error.status === 422 || error.status === 409))
      return await accessPage(call, undefined, error);
    throw error;
  }
}

async function changeRole(call: Call): Promise<Reply> {
  const { id } = await accountOf(call);
  return await orAgain(call, async () => {
    const schema = z.object({ role: z.enum(ROLES), do: z.enum(['grant', 'end']), organisation });
    const given = readForm(schema, call.request);
    const by = self(call).accountId;
    if (given.do === 'end') return await endRole(call.sql, call.space.id, by, id, given.role);
    const tied = TIED_ROLES.includes(given.role) ? await organisationIn(call, given.organisation) : null;
    await grantRole(call.sql, call.space.id, by, id, given.role, tied);
  });
}

async function changeOrganisation(call: Call): Promise<Reply> {
  const { id } = await accountOf(call);
  return await orAgain(call, async () => {
    const given = readForm(z.object({ organisation: uuidParam }), call.request);
    const organisationId = (await organisationIn(call, given.organisation)) as string;
    await setOrganisation(call.sql, call.space.id, self(call).accountId, { accountId: id, organisationId });
  });
}

const post = (path: string, handle: Page['handle']): Page => ({
  method: 'POST',
  path: `/office/access/${path}`,
  action: 'access.manage',
  languages: 'paths',
  handle,
});

export const accessPages: readonly Page[] = [
  {
    method: 'GET',
    path: '/office/access',
    action: 'access.manage',
    languages: 'paths',
    handle: (call) => accessPage(call),
  },
  post('invite', inviteNow),
  post('invitations/:id/revoke', async (call) => {
    await revokeInvitation(call.sql, call.space.id, self(call).accountId, idOf(call));
    return back(call, 'office.access.revoked');
  }),
  post(':id/role', changeRole),
  post(':id/organisation', changeOrganisation),
  ...(['open', 'close'] as const).map((act) =>
    post(`:id/${act}`, async (call) => {
      await setAccountDisabled(call.sql, call.space.id, self(call).accountId, idOf(call), act === 'close');
      return back(call, 'office.access.changed');
    }),
  ),
];

import { z } from 'zod';
import {
  acceptInvitation,
  actorForToken,
  beginSecondStep,
  type Call,
  finishSecondStep,
  openInvitation,
  type Page,
  plainPage,
  type Rules,
  signIn,
  signOut,
} from '../../kernel/access/index.ts';
import { json, page, type Reply, readForm, seeOther } from '../../platform/http/index.ts';
import { isLanguage } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import { Alert, Button, ProblemSummary, TextField } from '../../ui/index.ts';
import { SIGN_IN_COOKIE } from '../web/index.ts';
import { problemsByField } from './fields.ts';

const MONTH = 30 * 86_400;

/** A page of this site, as an address may be written: no backslash, no control character, nothing that a header cannot carry. */
const isOurs = (next: unknown): next is string =>
  typeof next === 'string' && /^\/(ky|ru|en)(\/[!-[\]-~]*)?$/.test(next);

/** Only an address on this site; anything else leads to the office. */
function safeNext(call: Call, next: unknown): string {
  return isOurs(next) ? next : call.l.href('/office');
}

function signInView(call: Call, given: { login?: string; next?: string; problem?: Problem }, status = 200): Reply {
  const { l } = call;
  return page(
    plainPage(
      call,
      { title: l.t('office.signIn.title') },
      <form method="post" action={l.href('/sign-in')} class="form flow">
        {given.problem && <ProblemSummary title={l.t(given.problem.key, given.problem.details)} problems={[]} />}
        <input type="hidden" name="next" value={given.next ?? ''} />
        <TextField
          l={l}
          name="login"
          label={l.t('office.signIn.login')}
          value={given.login ?? ''}
          required
          autocomplete="username"
        />
        <TextField
          l={l}
          name="password"
          type="password"
          label={l.t('office.signIn.password')}
          required
          autocomplete="current-password"
        />
        <Button look="main">{l.t('office.signIn.enter')}</Button>
      </form>,
    ),
    status,
    { 'cache-control': 'no-store' },
  );
}

const SignIn = z.object({
  login: z.string().min(1).max(200),
  password: z.string().min(1).max(500),
  next: z.string().max(2000).optional(),
});

async function postSignIn(call: Call): Promise<Reply> {
  const body = call.request.body as Record<string, string> | undefined;
  try {
    const given = readForm(SignIn, call.request);
    const { token } = await signIn(call.sql, {
      spaceId: call.space.id,
      ...given,
      userAgent: String(call.request.headers['user-agent'] ?? ''),
    });
    const actor = await actorForToken(call.sql, call.space.id, token);
    const next = safeNext(call, given.next);
    const to =
      actor?.secondStep === 'wanted' ? `${call.l.href('/second-step')}?next=${encodeURIComponent(next)}` : next;
    return withCookie(call, token, seeOther(to));
  } catch (error) {
    if (error instanceof Problem && error.status < 500) {
      return signInView(
        call,
        {
          login: String(body?.login ?? '').slice(0, 200),
          next: String(body?.next ?? '').slice(0, 2000),
          problem: error,
        },
        error.status,
      );
    }
    throw error;
  }
}

/** The cookie goes out with the answer; it is out of reach of scripts and of other sites. */
function withCookie(call: Call, token: string, reply: Reply): Reply {
  const secure = call.baseUrl.startsWith('https:') ? '; Secure' : '';
  call.cookies.push(`${SIGN_IN_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${MONTH}${secure}`);
  return reply;
}

async function secondStepPage(call: Call): Promise<Reply> {
  const { l } = call;
  return page(
    plainPage(
      call,
      { title: l.t('office.secondStep.title'), scripts: ['passkey.js'] },
      <div class="flow">
        <p>{l.t('office.secondStep.why')}</p>
        <noscript>
          <Alert tone="warn" title={l.t('office.secondStep.script')} />
        </noscript>
        <Button look="main" icon="lock" type="button" id="passkey-use">
          {l.t('office.secondStep.use')}
        </Button>
        <p
          id="passkey-say"
          role="status"
          data-failed={l.t('access.passkeyFailed')}
          data-next={safeNext(call, call.query.next)}
        />
      </div>,
    ),
  );
}

function wanted(call: Call): { accountId: string; token: string } {
  const token = call.request.cookies[SIGN_IN_COOKIE];
  if (!call.actor || !token) throw new Problem(400, 'access.passkeyFailed');
  return { accountId: call.actor.accountId, token };
}

async function signOutNow(call: Call): Promise<Reply> {
  const token = call.request.cookies[SIGN_IN_COOKIE];
  if (token) await signOut(call.sql, call.space.id, token);
  call.cookies.push(`${SIGN_IN_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`);
  return seeOther(call.l.href('/'));
}

async function setTheme(call: Call): Promise<Reply> {
  const { theme, back } = readForm(
    z.object({ theme: z.enum(['light', 'dark', 'auto']), back: z.string().max(2000).optional() }),
    call.request,
  );
  call.cookies.push(
    `theme=${theme === 'auto' ? '' : theme}; Path=/; SameSite=Lax; Max-Age=${theme === 'auto' ? 0 : 31_536_000}`,
  );
  return seeOther(isOurs(back) ? back : call.l.href('/'));
}

const Accept = z.object({
  name: z.string().trim().min(1).max(200),
  login: z.string().trim().min(2).max(100),
  password: z.string().min(1).max(200),
});

async function invitationPage(call: Call, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const invitation = await openInvitation(call.sql, call.space.id, call.params.token ?? '');
  const body = (call.request.body ?? {}) as Record<string, string>;
  const errors = problemsByField(l, problem);
  return page(
    plainPage(
      call,
      { title: l.t('office.invitation.title') },
      <form method="post" class="form flow">
        <p>
          {l.t('office.invitation.why', {
            space: l.pick(call.space.name),
            roles: invitation.roles.map((role) => l.t(`access.role.${role}`)).join(', '),
          })}
        </p>
        {problem && <ProblemSummary title={l.t(problem.key, problem.details)} problems={[]} />}
        <TextField
          l={l}
          name="name"
          label={l.t('office.account.name')}
          value={body.name ?? invitation.name}
          required
          {...errors('name')}
          autocomplete="name"
        />
        <TextField
          l={l}
          name="login"
          label={l.t('office.signIn.login')}
          value={body.login ?? ''}
          required
          {...errors('login')}
          autocomplete="username"
        />
        <TextField
          l={l}
          name="password"
          type="password"
          label={l.t('office.signIn.newPassword')}
          hint={l.t('office.signIn.passwordHint')}
          required
          {...errors('password')}
          autocomplete="new-password"
        />
        <Button look="main">{l.t('office.invitation.accept')}</Button>
      </form>,
    ),
    problem?.status ?? 200,
    { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  );
}

async function acceptNow(call: Call): Promise<Reply> {
  try {
    const given = readForm(Accept, call.request);
    const invitation = await openInvitation(call.sql, call.space.id, call.params.token ?? '');
    await acceptInvitation(call.sql, call.space.id, call.params.token ?? '', {
      ...given,
      language: isLanguage(invitation.language) ? invitation.language : call.l.language,
    });
    const { token } = await signIn(call.sql, {
      spaceId: call.space.id,
      login: given.login,
      password: given.password,
      userAgent: String(call.request.headers['user-agent'] ?? ''),
    });
    return withCookie(
      call,
      token,
      seeOther(call.l.href('/office'), { key: 'office.invitation.done', params: { name: given.name } }),
    );
  } catch (error) {
    if (error instanceof Problem && (error.status === 422 || error.status === 409))
      return await invitationPage(call, error);
    throw error;
  }
}

export const signInRules: Rules = {
  'access.signIn': 'anyone',
  'access.secondStep': 'anyone',
  'access.signOut': 'anyone',
  'access.invitation': 'anyone',
  'site.theme': 'anyone',
};

export const signInPages: readonly Page[] = [
  {
    method: 'GET',
    path: '/sign-in',
    action: 'access.signIn',
    languages: 'paths',
    handle: async (call) =>
      call.actor
        ? seeOther(safeNext(call, call.query.next))
        : signInView(call, { next: typeof call.query.next === 'string' ? call.query.next : '' }),
  },
  { method: 'POST', path: '/sign-in', action: 'access.signIn', languages: 'paths', handle: postSignIn },
  { method: 'GET', path: '/second-step', action: 'access.secondStep', languages: 'paths', handle: secondStepPage },
  {
    method: 'POST',
    path: '/second-step/begin',
    action: 'access.secondStep',
    languages: 'none',
    handle: async (call) => json(await beginSecondStep(call.sql, call.space.id, wanted(call).accountId, call.baseUrl)),
  },
  {
    method: 'POST',
    path: '/second-step/finish',
    action: 'access.secondStep',
    languages: 'none',
    handle: async (call) => {
      const response = call.request.body as Parameters<typeof finishSecondStep>[1]['response'];
      if (typeof response?.id !== 'string' || typeof response.response !== 'object')
        throw new Problem(422, 'access.passkeyFailed');
      await finishSecondStep(call.sql, { spaceId: call.space.id, ...wanted(call), baseUrl: call.baseUrl, response });
      return json({ ok: true });
    },
  },
  { method: 'POST', path: '/sign-out', action: 'access.signOut', languages: 'paths', handle: signOutNow },
  { method: 'POST', path: '/theme', action: 'site.theme', languages: 'paths', handle: setTheme },
  {
    method: 'GET',
    path: '/invitation/:token',
    action: 'access.invitation',
    languages: 'paths',
    handle: (call) => invitationPage(call),
  },
  { method: 'POST', path: '/invitation/:token', action: 'access.invitation', languages: 'paths', handle: acceptNow },
];

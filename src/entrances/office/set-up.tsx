import { z } from 'zod';
import { addAccount, type Call, type Page, plainPage, type Rules, signIn } from '../../kernel/access/index.ts';
import { anySpace, createSpace } from '../../kernel/spaces/index.ts';
import { transaction } from '../../platform/db/index.ts';
import { page, type Reply, readForm, seeOther } from '../../platform/http/index.ts';
import { Problem } from '../../platform/problem.ts';
import { Button, ProblemSummary, Section, TextField } from '../../ui/index.ts';
import { SIGN_IN_COOKIE } from '../web/index.ts';
import { problemsByField } from './fields.ts';

export const setUpRules: Rules = { 'space.setUp': 'anyone' };

const SetUp = z.object({
  name_ky: z.string().trim().min(1).max(200),
  name_ru: z.string().trim().max(200).default(''),
  name_en: z.string().trim().max(200).default(''),
  person: z.string().trim().min(1).max(200),
  login: z.string().trim().min(2).max(100),
  password: z.string().min(1).max(200),
});

async function form(call: Call, problem?: Problem): Promise<Reply> {
  if (await anySpace(call.sql)) throw new Problem(404, 'office.setUp.taken');
  const { l } = call;
  const body = (call.request.body ?? {}) as Record<string, string>;
  const errors = problemsByField(l, problem);
  return page(
    plainPage(
      call,
      { title: l.t('office.setUp.title'), width: 'wide' },
      <form method="post" action={l.href('/set-up')} class="form flow">
        <p>{l.t('office.setUp.why')}</p>
        {problem && <ProblemSummary title={l.t(problem.key, problem.details)} problems={[]} />}
        {(['ky', 'ru', 'en'] as const).map((language) => (
          <TextField
            key={language}
            l={l}
            name={`name_${language}`}
            lang={language}
            label={l.t(`office.setUp.name.${language}`)}
            value={body[`name_${language}`] ?? ''}
            required={language === 'ky'}
            {...errors(`name_${language}`)}
          />
        ))}
        <Section title={l.t('office.setUp.you')}>
          <TextField
            l={l}
            name="person"
            label={l.t('office.account.name')}
            value={body.person ?? ''}
            required
            autocomplete="name"
            {...errors('person')}
          />
          <TextField
            l={l}
            name="login"
            label={l.t('office.signIn.login')}
            value={body.login ?? ''}
            required
            autocomplete="username"
            {...errors('login')}
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
        </Section>
        <Button look="main">{l.t('office.setUp.start')}</Button>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

/** Founds the space and opens its first account, both or neither, and signs that person in. */
async function found(call: Call): Promise<Reply> {
  try {
    const given = readForm(SetUp, call.request);
    const space = await transaction(call.sql, async (tx) => {
      if (await anySpace(tx)) throw new Problem(404, 'office.setUp.taken');
      const name = Object.fromEntries(
        (['ky', 'ru', 'en'] as const).flatMap((language) =>
          given[`name_${language}`] ? [[language, given[`name_${language}`]]] : [],
        ),
      );
      const made = await createSpace(tx, { name });
      await addAccount(tx, made.id, null, {
        ...given,
        name: given.person,
        language: call.l.language,
        roles: ['coordinator'],
      });
      return made;
    });
    const { token } = await signIn(call.sql, {
      spaceId: space.id,
      ...given,
      userAgent: String(call.request.headers['user-agent'] ?? ''),
    });
    call.cookies.push(
      `${SIGN_IN_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000${call.baseUrl.startsWith('https:') ? '; Secure' : ''}`,
    );
    return seeOther(call.l.href('/office'), { key: 'office.setUp.done', params: { name: call.l.pick(space.name) } });
  } catch (error) {
    if (error instanceof Problem && (error.status === 422 || error.status === 409)) return await form(call, error);
    throw error;
  }
}

export const setUpPages: readonly Page[] = [
  { method: 'GET', path: '/set-up', action: 'space.setUp', languages: 'paths', handle: (call) => form(call) },
  { method: 'POST', path: '/set-up', action: 'space.setUp', languages: 'paths', handle: found },
];

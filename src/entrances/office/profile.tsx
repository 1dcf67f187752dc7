import { z } from 'zod';
import { type Call, type NavEntry, officePage, type Page, type Rules } from '../../kernel/access/index.ts';
import { indicatorsOf } from '../../kernel/indicators/index.ts';
import { projects } from '../../kernel/projects/index.ts';
import { type Profile, setProfile } from '../../kernel/spaces/index.ts';
import { audit } from '../../platform/audit/index.ts';
import { transaction } from '../../platform/db/index.ts';
import { page, type Reply, readForm, seeOther } from '../../platform/http/index.ts';
import { LANGUAGES, type Language, type Text3 } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import { Button, DateField, ProblemSummary, Section, Select, TextArea } from '../../ui/index.ts';
import { problemsByField } from './fields.ts';

export const profileRules: Rules = { 'space.profile': ['coordinator'] };
export const profileNav: readonly NavEntry[] = [
  {
    place: 'office',
    group: 'settings',
    href: '/office/profile',
    label: 'office.profile.nav',
    icon: 'edit',
    action: 'space.profile',
    order: 890,
  },
];

/** One paragraph each; and lists, one line for each entry. */
const TEXTS = ['about', 'mission', 'history', 'experience', 'contact'] as const;
const LISTS = ['aims', 'directions'] as const;
/** As many figures as stand in one row on a wide screen. */
const HEADLINES = [0, 1, 2, 3] as const;

const text = z
  .string()
  .max(5000)
  .default('')
  .transform((value) => value.replace(/\r\n/g, '\n').trim());
const day = z.union([z.literal(''), z.iso.date()]).default('');
const fields = [...TEXTS, ...LISTS].flatMap((name) =>
  LANGUAGES.map((language) => [`${name}_${language}`, text] as const),
);
const Given = z
  .object({ foundedOn: day, registeredOn: day })
  .and(z.object(Object.fromEntries(HEADLINES.map((i) => [`headline_${i}`, text]))))
  .and(z.object(Object.fromEntries(fields) as Record<string, typeof text>));

function linesOf(profile: Profile, list: (typeof LISTS)[number], language: Language): string {
  return (profile[list] ?? []).map((entry) => entry[language] ?? '').join('\n');
}

async function form(call: Call, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const { profile } = call.space;
  const body = (call.request.body ?? {}) as Record<string, string>;
  const errors = problemsByField(l, problem);
  const figures = await choicesOfFigures(call);
  const area = (name: (typeof TEXTS)[number] | (typeof LISTS)[number], language: Language, value: string) => {
    const field = `${name}_${language}`;
    return (
      <TextArea
        key={field}
        l={l}
        name={field}
        lang={language}
        rows={4}
        label={l.t(`office.language.${language}`)}
        value={body[field] ?? value}
        {...errors(field)}
      />
    );
  };
  return page(
    officePage(
      call,
      { title: l.t('office.profile.title') },
      <form method="post" action={l.href('/office/profile')} class="form flow">
        <p class="lead">{l.t('office.profile.why')}</p>
        {problem && <ProblemSummary title={l.t(problem.key, problem.details)} problems={[]} />}
        <DateField
          l={l}
          name="foundedOn"
          label={l.t('office.profile.foundedOn')}
          value={body.foundedOn ?? profile.foundedOn ?? ''}
          {...errors('foundedOn')}
        />
        <DateField
          l={l}
          name="registeredOn"
          label={l.t('office.profile.registeredOn')}
          value={body.registeredOn ?? profile.registeredOn ?? ''}
          {...errors('registeredOn')}
        />
        {TEXTS.map((name) => (
          <Section key={name} title={l.t(`office.profile.${name}`)}>
            {LANGUAGES.map((language) => area(name, language, profile[name]?.[language] ?? ''))}
          </Section>
        ))}
        {LISTS.map((name) => (
          <Section key={name} title={l.t(`office.profile.${name}`)} lead={l.t('office.profile.onePerLine')}>
            {LANGUAGES.map((language) => area(name, language, linesOf(profile, name, language)))}
          </Section>
        ))}
        <Section title={l.t('office.profile.headline')} lead={l.t('office.profile.headlineWhy')}>
          {HEADLINES.map((i) => (
            <Select
              key={i}
              l={l}
              name={`headline_${i}`}
              label={l.t('office.profile.figure', { n: i + 1 })}
              prompt={l.t('office.profile.noFigure')}
              value={body[`headline_${i}`] ?? profile.headline?.[i] ?? ''}
              choices={figures}
            />
          ))}
        </Section>
        <Button look="main" icon="check">
          {l.t('office.profile.save')}
        </Button>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

/** Every indicator of a public project, by project. */
async function choicesOfFigures({ sql, space, l }: Call) {
  const shown = await projects(sql, space.id, { public: true });
  const groups = await Promise.all(
    shown.map(async (project) => ({
      label: l.pick(project.title),
      choices: (await indicatorsOf(sql, space.id, project.id)).map((indicator) => ({
        value: `${project.slug}/${indicator.code}`,
        label: l.pick(indicator.title),
      })),
    })),
  );
  return groups.filter(({ choices }) => choices.length > 0);
}

/** The entries of a list in each language, line by line: the first line of each language is the first entry. */
function entriesOf(given: Readonly<Record<string, string>>, name: string): readonly Text3[] {
  const lines = LANGUAGES.map((language) =>
    (given[`${name}_${language}`] ?? '').split('\n').map((line) => line.trim()),
  );
  const count = Math.max(...lines.map((list) => list.filter(Boolean).length));
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(LANGUAGES.flatMap((language, k) => (lines[k]?.[i] ? [[language, lines[k][i]]] : []))),
  );
}

function profileOf(given: Readonly<Record<string, string>>): Profile {
  const texts = TEXTS.map((name) => [
    name,
    Object.fromEntries(
      LANGUAGES.flatMap((language) => (given[`${name}_${language}`] ? [[language, given[`${name}_${language}`]]] : [])),
    ),
  ]);
  const dates = (['foundedOn', 'registeredOn'] as const).flatMap((name) => (given[name] ? [[name, given[name]]] : []));
  return {
    ...Object.fromEntries(texts),
    ...Object.fromEntries(dates),
    aims: entriesOf(given, 'aims'),
    directions: entriesOf(given, 'directions'),
    headline: [...new Set(HEADLINES.flatMap((i) => given[`headline_${i}`] || []))],
  };
}

async function save(call: Call): Promise<Reply> {
  try {
    const given = readForm(Given, call.request) as Record<string, string>;
    await transaction(call.sql, async (tx) => {
      await setProfile(tx, call.space.id, profileOf(given));
      await audit(tx, {
        spaceId: call.space.id,
        actorId: call.actor?.accountId ?? null,
        action: 'space.profile',
        thingKind: 'space',
        thingId: call.space.id,
      });
    });
    return seeOther(call.l.href('/office/profile'), { key: 'office.profile.saved' });
  } catch (error) {
    if (error instanceof Problem && error.status === 422) return await form(call, error);
    throw error;
  }
}

export const profilePages: readonly Page[] = [
  { method: 'GET', path: '/office/profile', action: 'space.profile', languages: 'paths', handle: (call) => form(call) },
  { method: 'POST', path: '/office/profile', action: 'space.profile', languages: 'paths', handle: save },
];

import { z } from 'zod';
import type { Call } from '../../../kernel/access/index.ts';
import { type FoundSubject, findSubjects, type SubjectKind } from '../../../kernel/subjects/index.ts';
import { type Reply, uuidParam } from '../../../platform/http/index.ts';
import { LANGUAGES, type Language, type Locale, type Text3 } from '../../../platform/i18n/index.ts';
import { notFound, Problem } from '../../../platform/problem.ts';
import { ProblemSummary, TextArea, TextField } from '../../../ui/index.ts';
import { problemsByField } from '../fields.ts';

/** Who does it, for the verbs. */
export function byOf(call: Call): { spaceId: string; accountId: string } {
  if (!call.actor) throw new Problem(401, 'access.signInFirst');
  return { spaceId: call.space.id, accountId: call.actor.accountId };
}

/** An id in the address; anything else is a thing that does not exist. */
export function idOf(call: Call, name = 'id'): string {
  const read = uuidParam.safeParse(call.params[name]);
  if (!read.success) throw notFound(String(call.params[name]).slice(0, 60));
  return read.data.toLowerCase();
}

/** One value of the query, trimmed and short; '' where it is absent or given twice. */
export function asked(call: Call, name: string): string {
  const value = call.query[name];
  return typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, 300) : '';
}

/** The address of this list with other filters; empty ones are left out. */
export function listHref(call: Call, path: string, filters: Readonly<Record<string, string>>): string {
  const kept = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''));
  return call.l.href(path) + (kept.size > 0 ? `?${kept}` : '');
}

export const short = (most = 300) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !text.includes('\0'));

/** A day of a date field; empty is null. */
export const dayOrNull = z
  .string()
  .trim()
  .refine((text) => text === '' || isDay(text))
  .transform((text) => text || null)
  .optional()
  .transform((day) => day ?? null);
export const dayNeeded = z.string().trim().refine(isDay);

export function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** The fields that `Text3Fields` draws. */
export function text3Shape<N extends string>(name: N, most = 300) {
  const field = short(most).optional();
  return { [`${name}_ky`]: field, [`${name}_ru`]: field, [`${name}_en`]: field } as Record<
    `${N}_${Language}`,
    typeof field
  >;
}

export function text3<N extends string>(
  fields: Partial<Record<`${N}_${Language}`, string | undefined>>,
  name: N,
): Text3 {
  const entries = LANGUAGES.map((language) => [language, fields[`${name}_${language}`] ?? ''] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

/** The organisations of the register to choose from, in the order of the language; the first two hundred. */
export async function organisationsOf(call: Call): Promise<readonly FoundSubject[]> {
  const { language } = call.l;
  return (await findSubjects(call.sql, call.space.id, { kind: 'organisation', ended: true, language, limit: 200 }))
    .rows;
}

/** One text in three languages. At least one is needed; which one, the writer chooses. */
export function Text3Fields(props: {
  readonly l: Locale;
  readonly name: string;
  readonly label: string;
  readonly value?: Text3 | undefined;
  readonly error?: string | undefined;
  /** Rows of a long text; a line without it. */
  readonly rows?: number;
}) {
  const { l, name, label, value, error, rows } = props;
  return (
    <>
      {LANGUAGES.map((language, i) => {
        const field = {
          l,
          name: `${name}_${language}`,
          label: `${label}, ${l.t(`registers.in.${language}`)}`,
          lang: language,
          ...(value?.[language] !== undefined && { value: value[language] }),
          ...(i === 0 && error && { error }),
        };
        return rows ? (
          <TextArea key={language} {...field} rows={rows} />
        ) : (
          <TextField key={language} {...field} maxLength={300} />
        );
      })}
    </>
  );
}

/** What is wrong, above a form; and the error of each field. */
export function problemParts(l: Locale, problem: Problem | undefined) {
  return {
    summary: problem && (
      <ProblemSummary
        title={l.t(problem.key, problem.details)}
        problems={problem.parts.map((part) => ({ text: l.t(part.key, part.details) }))}
      />
    ),
    errors: problemsByField(l, problem),
  };
}

/** Runs a verb; what the person can mend (409, 413, 422) is shown on the form again, everything else goes on. */
export async function orAgain(work: () => Promise<Reply>, again: (problem: Problem) => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem && [409, 413, 422].includes(error.status)) return await again(error);
    throw error;
  }
}

/** The shelf of the office on which each kind of subject stands. */
export const SHELF: Readonly<Record<SubjectKind, { path: string; view: string; edit: string }>> = {
  person: { path: '/office/people', view: 'people.view', edit: 'people.edit' },
  organisation: { path: '/office/organisations', view: 'places.view', edit: 'places.edit' },
  place: { path: '/office/places', view: 'places.view', edit: 'places.edit' },
  thing: { path: '/office/facilities', view: 'places.view', edit: 'places.edit' },
};

/** A subject's type in words; one that only the association's own data knows is shown as it is written. */
export function typeWords(l: Locale, type: string | null): string {
  return type === null ? '' : KNOWN_TYPES.has(type) ? l.t(`registers.type.${type}`) : type;
}

const TYPES: Readonly<Record<SubjectKind, readonly string[]>> = {
  person: [],
  organisation: ['association', 'partner', 'ngo', 'funder', 'state', 'international', 'school', 'cooperative', 'group'],
  place: ['country', 'oblast', 'rayon', 'city', 'aimak', 'village'],
  thing: ['fmc', 'fgp', 'fap', 'plot', 'plant'],
};
const KNOWN_TYPES = new Set(Object.values(TYPES).flat());

/** The types that a new subject of the kind may have. */
export function typesOf(kind: SubjectKind): readonly string[] {
  return TYPES[kind];
}

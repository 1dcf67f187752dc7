import type { Actor, Call } from '../../../kernel/access/index.ts';
import { type Reply, uuidParam } from '../../../platform/http/index.ts';
import type { Locale, Text3 } from '../../../platform/i18n/index.ts';
import { notFound, Problem } from '../../../platform/problem.ts';
import { ScoreBar, StateChip, type Tone, type Verdict as UiVerdict, type VerdictCounts } from '../../../ui/index.ts';
import { DOMAINS, type Domain, FACILITY_TYPES, SEVERITIES, type Verdict } from '../checklist.ts';
import type { DomainScore } from '../score.ts';
import type { FixRate, Lateness } from '../standing.ts';

/** The id in the address, or a page that does not exist. */
export function idOf(call: Call, name = 'id'): string {
  const read = uuidParam.safeParse(call.params[name]);
  if (!read.success) throw notFound(String(call.params[name]).slice(0, 60));
  return read.data;
}

export function actorOf(call: Call): Actor {
  if (!call.actor) throw new Problem(401, 'access.signInFirst');
  return call.actor;
}

/** One word of the address's query, cut to a sane length. */
export function asked(call: Call, name: string): string {
  const value = call.query[name];
  return typeof value === 'string' ? value.trim().slice(0, 200) : '';
}

/** The words of a Problem beside the field that they speak of: spread `errors('name')` into a control. */
export function errorsOf(l: Locale, problem: Problem | undefined): (field: string) => { error?: string } {
  return (field) => {
    const part = problem?.parts.find((one) => one.at === field);
    return part ? { error: l.t(part.key, part.details) } : {};
  };
}

/** Draws the page again with the words where the form was refused; everything else goes on to the door. */
export async function orAgain(work: () => Promise<Reply>, again: (problem: Problem) => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem && (error.status === 422 || error.status === 409 || error.status === 403))
      return await again(error);
    throw error;
  }
}

const VISIT_TONES: Readonly<Record<string, Tone>> = {
  planned: 'neutral',
  agreed: 'info',
  done: 'warn',
  returned: 'warn',
  checked: 'info',
  shared: 'info',
  answered: 'info',
  published: 'good',
  cancelled: 'neutral',
};
const PROBLEM_TONES: Readonly<Record<string, Tone>> = {
  found: 'bad',
  agreed: 'info',
  refused: 'warn',
  acted: 'info',
  fixed: 'good',
  confirmed: 'good',
  closed: 'neutral',
};

export function VisitChip({ l, state }: { l: Locale; state: string }) {
  return <StateChip tone={VISIT_TONES[state] ?? 'neutral'}>{l.t(`oversight.visit.state.${state}`)}</StateChip>;
}

export function ProblemChip({ l, state }: { l: Locale; state: string }) {
  return <StateChip tone={PROBLEM_TONES[state] ?? 'neutral'}>{l.t(`oversight.problem.state.${state}`)}</StateChip>;
}

export function LateChip({ l, late }: { l: Locale; late: Lateness | null }) {
  return late && <StateChip tone={late === 'received' ? 'warn' : 'bad'}>{l.t(`oversight.late.${late}`)}</StateChip>;
}

/** A score from 0 to 1 as people read it: 71. */
export const score100 = (l: Locale, score: number | null): string => (score === null ? '–' : l.number(score * 100, 0));

/** A number as it is read: '18 °C', '30 min', '70 %'. */
export function inUnit(l: Locale, unit: string, value: number, digits = 1): string {
  return unit === 'share' ? l.percent(value) : l.t(`oversight.unit.${unit}`, { n: l.number(value, digits) });
}

export function typeName(l: Locale, type: string | null | undefined, form: 'name' | 'short' = 'name'): string {
  return l.pick(FACILITY_TYPES.find((one) => one.key === type)?.[form]) || '–';
}

export const domainName = (l: Locale, domain: string): string =>
  l.pick(DOMAINS.find((one) => one.key === domain)?.name) || domain;
export const severityName = (l: Locale, severity: string): string =>
  l.pick(SEVERITIES.find((one) => one.key === severity)?.name) || severity;

/** The name of a verdict in the design system. */
export const shown = (verdict: Verdict): UiVerdict => (verdict === 'na' ? 'not_applicable' : verdict);

export function countsOf(verdicts: readonly Verdict[]): VerdictCounts {
  const counts = { met: 0, partly: 0, not_met: 0, not_applicable: 0, not_observed: 0 };
  for (const verdict of verdicts) counts[shown(verdict)] += 1;
  return counts;
}

type Scored = {
  readonly mean: number | null;
  readonly domains: readonly Pick<DomainScore, 'domain' | 'score'>[];
  readonly items: readonly { readonly domain: Domain; readonly verdict: Verdict }[];
};

/** The score with the parts that it is made of. */
export function ScoreParts({ l, label, scored }: { l: Locale; label: string; scored: Scored }) {
  return (
    <ScoreBar
      l={l}
      label={label}
      score={scored.mean === null ? null : scored.mean * 100}
      parts={scored.domains.map(({ domain, score }) => ({
        label: domainName(l, domain),
        score: score === null ? null : score * 100,
        counts: countsOf(scored.items.filter((item) => item.domain === domain).map((item) => item.verdict)),
        href: `#domain-${domain}`,
      }))}
      method={l.t('oversight.score.method')}
    />
  );
}

/** «12 of 30 solved»: never without its base. */
export function fixRateWords(l: Locale, rate: FixRate): string {
  return rate.share === null
    ? l.t('oversight.fixRate.none')
    : l.t('oversight.fixRate.words', { fixed: rate.fixed, base: rate.base, share: l.percent(rate.share) });
}

/** The nearest place and its oblast, from the chain of places. */
export function placeWords(
  l: Locale,
  places: readonly { readonly type: string | null; readonly name: Text3 }[],
  all = false,
): string {
  const [near] = places;
  const oblast = places.find((place) => place.type === 'oblast');
  const chosen = all ? places.filter((place) => place.type !== 'country') : [near, oblast !== near ? oblast : null];
  return chosen.flatMap((place) => (place ? l.pick(place.name) : [])).join(', ');
}

export const crumb = (l: Locale, key: string, path: string): { label: string; href: string } => ({
  label: l.t(key),
  href: l.href(path),
});

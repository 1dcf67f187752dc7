import type { Tables } from '../../kernel/sources/index.ts';
import { type Interview, interviewsOf, itemAnswer, type Tree } from './answers.ts';
import {
  type Answer,
  type ChecklistItem,
  DOMAINS,
  type Domain,
  type FacilityType,
  type Side,
  type Threshold,
  type Verdict,
} from './checklist.ts';
import { CHECKLIST } from './items.ts';
import { lineAt, lineOf, STANDARD, weightOf } from './lines.ts';

/** One item of a visit: what was answered, and what follows from it. */
export type ItemResult = {
  readonly item: ChecklistItem;
  readonly verdict: Verdict;
  /** The number behind the verdict: degrees, minutes, a mean or a share; null for a tick. */
  readonly value: number | null;
  /** How many interviews stand behind it; null where none are meant to. */
  readonly base: number | null;
  /** The line that was in force on the day; null for a tick. */
  readonly line: Threshold | null;
  /** How much it weighs inside its domain. */
  readonly weight: number;
};

/** Points won of points to be won. */
export type Share = { readonly points: number; readonly of: number };
export type DomainScore = Share & { readonly domain: Domain; readonly score: number | null };

export type Score = {
  readonly items: readonly ItemResult[];
  readonly domains: readonly DomainScore[];
  /** The mean of the domains that have a score, 0 to 1; null when none has. Never shown without its parts. */
  readonly mean: number | null;
  /** Where the mean meets the standard, and below which it is far from it, on the day. */
  readonly standard: Threshold | null;
  readonly sides: Readonly<Record<Side, number | null>>;
  readonly counts: Readonly<Record<Verdict, number>>;
};

const POINTS: Readonly<Partial<Record<Verdict, number>>> = { met: 1, partly: 0.5, not_met: 0 };

/**
 * The score of one visit, after the method of service readiness (WHO SARA): a share per domain, then the mean of the domains.
 * Items that do not apply, or could not be seen, are left out of both sides of a share; they are never zero.
 * @param day the day of the visit
 * @param tables the space's lines and weights in force on that day; where it set none, those of the checklist hold
 */
export function scoreOf(answers: Tree, type: FacilityType | null, day: string, tables: Tables): Score {
  const interviews = interviewsOf(answers);
  const items = CHECKLIST.filter((item) => type === null || item.facilityTypes.includes(type)).map((item) =>
    resultOf(item, answers, interviews, day, tables),
  );
  const domains = DOMAINS.map(({ key }) => {
    const share = shareOf(items.filter((one) => one.item.domain === key));
    return { domain: key, ...share, score: share.of === 0 ? null : share.points / share.of };
  });
  return {
    items,
    domains,
    mean: meanOf(domains.flatMap((one) => (one.score === null ? [] : [one.score]))),
    standard: lineAt(STANDARD, tables, day),
    sides: { users: sideOf(items, 'users'), providers: sideOf(items, 'providers') },
    counts: countsOf(items),
  };
}

function resultOf(
  item: ChecklistItem,
  answers: Tree,
  interviews: readonly Interview[],
  day: string,
  tables: Tables,
): ItemResult {
  const { answer } = item;
  const own = { item, line: lineOf(item, tables, day), weight: weightOf(item, tables) };
  if (answer.kind === 'verdict')
    return { ...own, verdict: tick(itemAnswer(answers, item.domain, item.id)), value: null, base: null };
  if (answer.kind === 'number') {
    const given = itemAnswer(answers, item.domain, item.id);
    const value = given === null || given.trim() === '' ? null : Number(given);
    return { ...own, verdict: judged(answer, value, own.line), value, base: null };
  }
  const values = interviews.flatMap((one) => {
    const said = one[answer.field];
    if (said === null) return [];
    return [said === 'yes' ? 1 : said === 'no' ? 0 : said];
  });
  const value = meanOf(values);
  return { ...own, verdict: judged(answer, value, own.line), value, base: values.length };
}

function tick(given: string | null): Verdict {
  return given === 'met' || given === 'partly' || given === 'not_met' || given === 'na' ? given : 'not_observed';
}

/** The verdict that the line draws from a number. */
function judged(answer: Exclude<Answer, { kind: 'verdict' }>, value: number | null, line: Threshold | null): Verdict {
  if (value === null || Number.isNaN(value) || !line) return 'not_observed';
  const reaches = (limit: number): boolean => (answer.better === 'more' ? value >= limit : value <= limit);
  if (reaches(line.met)) return 'met';
  return reaches(line.partly) ? 'partly' : 'not_met';
}

function shareOf(items: readonly ItemResult[]): Share {
  let points = 0;
  let of = 0;
  for (const { verdict, weight } of items) {
    const won = POINTS[verdict];
    if (won === undefined) continue;
    points += won * weight;
    of += weight;
  }
  return { points, of };
}

function sideOf(items: readonly ItemResult[], side: Side): number | null {
  const share = shareOf(items.filter((one) => one.item.side === side));
  return share.of === 0 ? null : share.points / share.of;
}

function countsOf(items: readonly ItemResult[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { met: 0, partly: 0, not_met: 0, na: 0, not_observed: 0 };
  for (const { verdict } of items) counts[verdict] += 1;
  return counts;
}

export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Verdicts from the best to those that say nothing. */
export const VERDICT_ORDER: readonly Verdict[] = ['met', 'partly', 'not_met', 'na', 'not_observed'];

import type { Db } from '../../platform/db/index.ts';
import { notFound } from '../../platform/problem.ts';
import { activitiesOf } from '../activities/index.ts';
import type { Period } from '../evidence/index.ts';
import { canonical } from '../subjects/index.ts';
import type { Cell } from './cells.ts';
import { type Basis, evaluate } from './evaluate.ts';
import { type Goal, goalsOf, type Indicator, indicatorAt, indicatorsOf } from './queries.ts';
import { type ShownCell, suppress } from './suppress.ts';

/** A derived value, whole and split, in one or more periods. It is never stored, except in a freeze. */
export type Figure = {
  readonly indicator: Indicator;
  /** One entry per period asked for, in that order; the total comes first in each. */
  readonly periods: readonly { readonly period: Period; readonly cells: readonly ShownCell[] }[];
  readonly goals: readonly Goal[];
};

export type FigureOptions = {
  /** What was known at a moment, with the definition of then; now, without it. */
  readonly asOf?: Date | undefined;
  /** Also fingerprint the evidence of each cell, and list its ids. */
  readonly digests?: boolean;
  /** Hide small cells: for every reader outside the office. */
  readonly suppress?: boolean;
};

/** The figure of one indicator. @throws Problem 404 platform.notFound */
export async function figure(
  db: Db,
  spaceId: string,
  given: FigureOptions & { indicatorId: string; periods: readonly Period[] },
): Promise<Figure> {
  const indicator = await indicatorAt(db, spaceId, given.indicatorId, given.asOf ?? null);
  if (!indicator) throw notFound('indicator');
  const [found] = await figures(db, spaceId, indicator.projectId, [indicator], given.periods, given);
  return found!;
}

/**
 * All figures of a project's logframe, in the order of its indicators: one query per indicator (two for a ratio) whatever the number of
 * periods and categories, and four for all of them together.
 */
export async function figuresOf(
  db: Db,
  spaceId: string,
  projectId: string,
  periods: readonly Period[],
  options: FigureOptions = {},
): Promise<readonly Figure[]> {
  const indicators = await indicatorsOf(db, spaceId, projectId, options.asOf ?? null);
  return await figures(db, spaceId, projectId, indicators, periods, options);
}

async function figures(
  db: Db,
  spaceId: string,
  projectId: string,
  indicators: readonly Indicator[],
  periods: readonly Period[],
  options: FigureOptions,
): Promise<Figure[]> {
  const basis = await basisOf(db, spaceId, projectId, options.asOf);
  const goals = await goalsOf(
    db,
    spaceId,
    indicators.map((indicator) => indicator.id),
    options.asOf ?? null,
  );
  const show = (list: readonly Cell[], indicator: Indicator): readonly ShownCell[] =>
    options.suppress ? suppress(list, indicator.definition) : list.map((cell) => ({ ...cell, hidden: false }));
  const draw = async (indicator: Indicator): Promise<Figure> => {
    const cells = await evaluate(db, basis, indicator, periods, options.digests ? 'cells' : 'none');
    return {
      indicator,
      periods: periods.map((period, i) => ({ period, cells: show(cells[i] ?? [], indicator) })),
      goals: goals.filter((goal) => goal.indicatorId === indicator.id),
    };
  };
  const out: Figure[] = [];
  for (let i = 0; i < indicators.length; i += AT_ONCE)
    out.push(...(await Promise.all(indicators.slice(i, i + AT_ONCE).map(draw))));
  return out;
}

/** Indicators drawn at once: enough for two processors, and other readers keep their connections. */
const AT_ONCE = 2;

/** What a project's figures are drawn from at a moment. */
export async function basisOf(db: Db, spaceId: string, projectId: string, asOf?: Date): Promise<Basis> {
  return {
    spaceId,
    moment: { kind: 'at', at: asOf ?? FOR_EVER },
    canonical: await canonical(db, spaceId, asOf ?? null),
    activities: (await activitiesOf(db, spaceId, projectId)).map((activity) => activity.id),
  };
}

/** "Now" that no clock difference between machines can miss. */
const FOR_EVER = new Date(Date.UTC(9999, 0, 1));

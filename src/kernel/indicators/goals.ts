import type { Period } from '../evidence/index.ts';
import { cellKey } from './cells.ts';
import type { Goal, Indicator } from './queries.ts';

/**
 * The target that a period is measured against: its own; else, for what is counted in a period, the sum of the targets inside it; else
 * the last one that fell due by its end. Null where nothing was promised.
 */
export function targetFor(indicator: Indicator, goals: readonly Goal[], period: Period, cell = ''): number | null {
  const targets = goals.filter(
    (goal) => goal.kind === 'target' && goal.indicatorId === indicator.id && cellKey(goal.cell) === cell,
  );
  const own = targets.find((goal) => goal.from === period.from && goal.to === period.to);
  if (own) return own.value;
  const inside = targets.filter((goal) => (goal.from ?? '') >= period.from && (goal.to ?? '') <= period.to);
  const { agg, period: rule } = indicator.definition;
  const adds = rule === 'flow' && (agg === 'sum' || agg === 'count');
  if (adds && inside.length > 0 && !overlap(inside)) return inside.reduce((sum, goal) => sum + goal.value, 0);
  const due = targets.filter((goal) => (goal.to ?? '') <= period.to);
  return (
    (adds || rule === 'flow' ? inside : due).sort((a, b) => ((a.to ?? '') < (b.to ?? '') ? 1 : -1))[0]?.value ?? null
  );
}

/** What there was before: the last baseline stated. */
export function baselineFor(indicator: Indicator, goals: readonly Goal[], cell = ''): number | null {
  const own = goals.filter(
    (goal) => goal.kind === 'baseline' && goal.indicatorId === indicator.id && cellKey(goal.cell) === cell,
  );
  return own.sort((a, b) => ((a.to ?? '') < (b.to ?? '') ? 1 : -1))[0]?.value ?? null;
}

function overlap(goals: readonly Goal[]): boolean {
  const sorted = [...goals].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
  return sorted.some((goal, i) => i > 0 && (goal.from ?? '') <= (sorted[i - 1]?.to ?? ''));
}

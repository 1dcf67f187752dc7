import type { Db } from '../../platform/db/index.ts';
import { notFound } from '../../platform/problem.ts';
import { changedMeasures, replacedRoots, rowsAbout } from '../evidence/index.ts';
import {
  type Basis,
  basisOf,
  type Cell,
  evaluate,
  type Indicator,
  indicatorsOf,
  measuresOf,
  versionsById,
} from '../indicators/index.ts';
import { frozenBasis, groundsOf, pairwise } from './freeze.ts';
import { type Freeze, freezeById, frozenEvidence, frozenFigures } from './queries.ts';

/**
 * In this order the causes are told apart: what came late, what was corrected (a record, or where its subject lies and what it is),
 * withdrawn, declared the same person, defined anew (the indicator, or the lines by which its rows are judged).
 */
export const CAUSES = ['late', 'corrected', 'withdrawn', 'merged', 'redefined'] as const;
export type Cause = (typeof CAUSES)[number];

/** A row that came into an indicator's evidence or left it, or (merged) whose person is counted otherwise. */
export type Moved = { readonly evidenceId: string; readonly effect: 'added' | 'removed' | 'regrouped' };

/** One value then and now; the causes add up to live − frozen exactly, in millionths. */
export type VarianceCell = {
  readonly cell: string;
  readonly frozen: number | null;
  readonly live: number | null;
  readonly by: Readonly<Record<Cause, number>>;
};

export type IndicatorVariance = {
  /** As it was frozen. */
  readonly indicator: Indicator;
  /** As it is now; null where the indicator was taken out. */
  readonly current: Indicator | null;
  readonly cells: readonly VarianceCell[];
  readonly rows: Readonly<Record<Cause, readonly Moved[]>>;
};

export type Variance = {
  readonly freeze: Freeze;
  readonly until: Date;
  readonly indicators: readonly IndicatorVariance[];
};

const none = (): Record<Cause, number> => ({ late: 0, corrected: 0, withdrawn: 0, merged: 0, redefined: 0 });

/**
 * What changed since a report was frozen, by cause (L3). Each cause is one step from the frozen figure to the live one: the figure is
 * drawn anew with only that step made, so the differences always add up.
 * @param until what "live" means; now, without it
 * @throws Problem 404
 */
export async function variance(db: Db, spaceId: string, freezeId: string, until: Date = new Date()): Promise<Variance> {
  const frozen = await freezeById(db, spaceId, freezeId);
  if (!frozen) throw notFound('freeze');
  const kept = await frozenFigures(db, spaceId, freezeId);
  const versions = await versionsById(db, spaceId, [...new Set(kept.map((figure) => figure.indicatorVersionId))]);
  const current = new Map((await indicatorsOf(db, spaceId, frozen.projectId, until)).map((one) => [one.id, one]));
  const replaced = await replacedRoots(db, spaceId, frozen.asOf, until);
  const changed = await changedMeasures(db, spaceId, frozen.asOf, until);
  const then = await frozenBasis(db, spaceId, frozen);
  const now = await basisOf(db, spaceId, frozen.projectId, until);
  const regrouped = sameOthers(then.canonical, now.canonical);
  const sameScope = [...then.activities].sort().join() === [...now.activities].sort().join();

  const between = (step: 'late' | 'corrected' | 'withdrawn'): Basis => ({
    ...then,
    moment: { kind: 'step', from: frozen.asOf, to: until, step, replaced },
  });
  // One basis for each step: what indicators share is read once.
  const bases = {
    late: between('late'),
    corrected: between('corrected'),
    withdrawn: between('withdrawn'),
    merged: { ...between('withdrawn'), canonical: now.canonical },
  };
  const explain = async (indicator: Indicator): Promise<IndicatorVariance> => {
    const live = current.get(indicator.id) ?? null;
    const before: State = {
      values: new Map(kept.filter((f) => f.indicatorId === indicator.id).map((f) => [f.cell, f.value])),
      evidence: await frozenEvidence(db, spaceId, freezeId, indicator.id),
    };
    const touched = measuresOf(indicator.definition).some((measure) => changed.has(measure));
    const step = async (previous: State, needed: boolean, basis: Basis, as: Indicator): Promise<State> => {
      if (!needed) return previous;
      const [cells = []] = await evaluate(db, basis, as, [{ from: frozen.from, to: frozen.to }], 'total');
      return { values: valuesOf(cells), evidence: groundsOf(cells) };
    };
    const late = await step(before, touched, bases.late, indicator);
    const corrected = await step(late, touched, bases.corrected, indicator);
    const withdrawn = await step(corrected, touched, bases.withdrawn, indicator);
    const merged = await step(withdrawn, regrouped.size > 0 && countsSubjects(indicator), bases.merged, indicator);
    const redefined = await step(
      merged,
      (live !== null && (live.versionId !== indicator.versionId || !sameScope)) ||
        (touched && replaced.redefined.length > 0),
      now,
      live ?? indicator,
    );
    const states = [before, late, corrected, withdrawn, merged, redefined];
    return {
      ...{ indicator, current: live },
      cells: compare(states),
      rows: {
        late: moved(before, late),
        corrected: moved(late, corrected),
        withdrawn: moved(corrected, withdrawn),
        merged: await regroupedRows(db, spaceId, withdrawn, merged, regrouped),
        redefined: moved(merged, redefined),
      },
    };
  };
  const sorted = [...versions.values()].sort((a, b) => a.ordinal - b.ordinal || (a.code < b.code ? -1 : 1));
  return { freeze: frozen, until, indicators: await pairwise(sorted, explain) };
}

type State = { readonly values: ReadonlyMap<string, number | null>; readonly evidence: readonly string[] };

const valuesOf = (cells: readonly Cell[]) => new Map(cells.map((cell) => [cell.key, cell.value]));

/** Whether it matters to the indicator who is the same person. */
function countsSubjects({ definition }: Indicator): boolean {
  const sides = [definition.numerator, definition.denominator];
  return (
    ['count_distinct', 'latest'].includes(definition.agg) ||
    definition.lastOnly ||
    sides.some((part) => part?.agg === 'count_distinct')
  );
}

function compare(states: readonly State[]): VarianceCell[] {
  const first = states[0]!;
  const last = states.at(-1)!;
  const keys = [...new Set(states.flatMap((state) => [...state.values.keys()]))].sort();
  return keys.map((cell) => {
    const micros = states.map((state) => Math.round((state.values.get(cell) ?? 0) * 1e6));
    const by = none();
    for (const [i, cause] of CAUSES.entries()) by[cause] = (micros[i + 1]! - micros[i]!) / 1e6;
    return { cell, frozen: first.values.get(cell) ?? null, live: last.values.get(cell) ?? null, by };
  });
}

function moved(before: State, after: State): Moved[] {
  if (before === after) return [];
  const a = new Set(before.evidence);
  const b = new Set(after.evidence);
  return [
    ...after.evidence.filter((id) => !a.has(id)).map((evidenceId) => ({ evidenceId, effect: 'added' as const })),
    ...before.evidence.filter((id) => !b.has(id)).map((evidenceId) => ({ evidenceId, effect: 'removed' as const })),
  ];
}

/** Subjects that are counted under another one than before. */
function sameOthers(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): ReadonlySet<string> {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return new Set([...ids].filter((id) => (before.get(id) ?? id) !== (after.get(id) ?? id)));
}

async function regroupedRows(
  db: Db,
  spaceId: string,
  before: State,
  after: State,
  subjects: ReadonlySet<string>,
): Promise<Moved[]> {
  if (before === after) return [];
  const changes = moved(before, after);
  const named = new Set(changes.map((change) => change.evidenceId));
  const about = await rowsAbout(db, spaceId, after.evidence, [...subjects]);
  return [
    ...changes,
    ...about.filter((id) => !named.has(id)).map((evidenceId) => ({ evidenceId, effect: 'regrouped' as const })),
  ];
}

import type { Period } from '../../kernel/evidence/index.ts';
import {
  type Freeze,
  freezeById,
  frozenFigures,
  type IndicatorVariance,
  variance,
} from '../../kernel/freezes/index.ts';
import {
  baselineFor,
  type Cell,
  cellAt,
  figuresOf,
  goalsOf,
  type Indicator,
  type ShownCell,
  suppress,
  targetFor,
  versionsById,
} from '../../kernel/indicators/index.ts';
import { logframe, type Project, project, type ResultNode } from '../../kernel/projects/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { notFound } from '../../platform/problem.ts';

/** One indicator of the report: what was promised, what is, what was reported, and why they differ. */
export type DonorLine = {
  /** As it is now; for a frozen line whose indicator is gone, as it was. */
  readonly indicator: Indicator;
  readonly target: number | null;
  readonly baseline: number | null;
  /** The total first. */
  readonly live: readonly ShownCell[];
  /** Null in a report that is not frozen, and for an indicator that came after the freeze. */
  readonly frozen: readonly ShownCell[] | null;
  readonly variance: IndicatorVariance | null;
};

export type DonorReport = {
  readonly project: Project;
  readonly results: readonly ResultNode[];
  readonly period: Period;
  readonly freeze: Freeze | null;
  /** When the live figures were drawn. */
  readonly drawnAt: Date;
  readonly lines: readonly DonorLine[];
};

export type DonorRequest = {
  readonly projectId: string;
  /** Of the live figures; a frozen report has its own. */
  readonly period?: Period;
  readonly freezeId?: string;
  /** Hide small cells: for everyone outside the office. */
  readonly suppress: boolean;
  readonly now: Date;
};

/** All that a funder sees of a project in a period: live figures, or a frozen report beside what is known now. @throws Problem 404 */
export async function donorReport(db: Db, spaceId: string, asked: DonorRequest): Promise<DonorReport> {
  const found = await project(db, spaceId, asked.projectId);
  const frozen = asked.freezeId ? await freezeById(db, spaceId, asked.freezeId) : null;
  if (!found || (asked.freezeId && frozen?.projectId !== found.id)) throw notFound('report');
  const period = frozen ?? asked.period;
  if (!period) throw new Error('A report that is not frozen needs its period');
  const live = await figuresOf(db, spaceId, found.id, [period], { digests: true, suppress: asked.suppress });
  const kept = frozen ? await keptCells(db, spaceId, frozen, asked.suppress) : new Map();
  const changes = frozen ? (await variance(db, spaceId, frozen.id, asked.now)).indicators : [];
  const goals = await goalsOf(
    db,
    spaceId,
    live.map((figure) => figure.indicator.id),
    frozen?.asOf ?? null,
  );
  return {
    ...{ project: found, results: await logframe(db, spaceId, found.id), freeze: frozen, drawnAt: asked.now },
    period: { from: period.from, to: period.to },
    lines: live.map(({ indicator, periods }) => ({
      indicator,
      target: targetFor(indicator, goals, period),
      baseline: baselineFor(indicator, goals),
      live: periods[0]?.cells ?? [],
      frozen: kept.get(indicator.id) ?? null,
      variance: changes.find((change) => change.indicator.id === indicator.id) ?? null,
    })),
  };
}

/** Frozen cells as a reader may see them, by indicator. */
async function keptCells(
  db: Db,
  spaceId: string,
  frozen: Freeze,
  hide: boolean,
): Promise<ReadonlyMap<string, readonly ShownCell[]>> {
  const figures = await frozenFigures(db, spaceId, frozen.id);
  const versions = await versionsById(db, spaceId, [...new Set(figures.map((figure) => figure.indicatorVersionId))]);
  return new Map(
    [...versions.values()].map((version) => {
      const cells = figures
        .filter((figure) => figure.indicatorId === version.id)
        .map((figure): Cell => {
          const { cell, value, numerator, denominator, base, evidence, digest } = figure;
          return {
            ...{ key: cell, at: cellAt(cell), value, numerator, denominator, base, evidence, digest },
            ...{ evidenceIds: [], engagements: 0, parts: [] },
          };
        });
      const shown = hide ? suppress(cells, version.definition) : cells.map((cell) => ({ ...cell, hidden: false }));
      return [version.id, shown];
    }),
  );
}

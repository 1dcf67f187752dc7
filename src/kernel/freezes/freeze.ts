import { createHash } from 'node:crypto';
import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import {
  type Basis,
  basisOf,
  type Cell,
  evaluate,
  type Indicator,
  indicatorsOf,
  versionsById,
} from '../indicators/index.ts';
import { project } from '../projects/index.ts';
import {
  type Freeze,
  type FrozenFigure,
  freezeById,
  frozenFigures,
  insertEvidence,
  insertFigures,
  insertFreeze,
  settledMoment,
} from './queries.ts';

export type NewFreeze = {
  /** Made here unless it was asked for under one. */
  readonly id?: string;
  readonly projectId: string;
  readonly from: string;
  readonly to: string;
  readonly title: Text3;
  readonly note?: string | null;
  /** For a report that was sent long ago: what was known then. Now, without it. */
  readonly asOf?: Date;
  /** Hears how many indicators are done, and of how many. */
  readonly progress?: (done: number, all: number) => void | Promise<void>;
};

/**
 * Fixes a project's figures of a period as they stand: every cell with its evidence and fingerprint. Nothing is locked by it: what comes
 * later shows as variance.
 * @throws Problem 404 for a project that the space does not have, 422 freezes.periodWrong, 422 freezes.nothing (no indicator yet)
 */
export async function freeze(
  db: Db,
  actor: { readonly spaceId: string; readonly accountId: string },
  given: NewFreeze,
): Promise<Freeze> {
  const { projectId, from, to } = given;
  if (!(from <= to)) throw new Problem(422, 'freezes.periodWrong', {}, [{ at: 'to', key: 'freezes.periodWrong' }]);
  const { spaceId } = actor;
  return await transaction(db, async (tx) => {
    if (!(await project(tx, spaceId, projectId))) throw notFound('project');
    const asOf = given.asOf ?? (await settledMoment(tx));
    const indicators = await indicatorsOf(tx, spaceId, projectId, asOf);
    if (indicators.length === 0) throw new Problem(422, 'freezes.nothing');
    const basis = await basisOf(tx, spaceId, projectId, asOf);
    const id = given.id ?? uuidv7();
    const drawn: { figures: FrozenFigure[]; evidence: readonly string[]; indicatorId: string }[] = [];
    for (const [i, indicator] of indicators.entries()) {
      drawn.push(await draw(tx, basis, indicator, given));
      await given.progress?.(i + 1, indicators.length);
    }
    const frozen: Freeze = {
      ...{ id, projectId, title: given.title, from, to, asOf, note: given.note?.trim() || null },
      digest: digestOfFigures(drawn.flatMap(({ figures }) => figures)),
      scope: { activities: basis.activities },
      ...{ createdAt: given.asOf ?? new Date(), createdBy: actor.accountId },
    };
    await insertFreeze(tx, spaceId, frozen);
    for (const { figures, evidence, indicatorId } of drawn) {
      await insertFigures(tx, spaceId, id, figures);
      await insertEvidence(tx, spaceId, id, indicatorId, evidence);
    }
    await audit(tx, {
      ...{ spaceId, actorId: actor.accountId, action: 'freeze.make', thingKind: 'freeze', thingId: id },
      details: { from, to, digest: frozen.digest },
    });
    return frozen;
  });
}

/** All cells of one indicator, ready to be kept. */
async function draw(
  db: Db,
  basis: Basis,
  indicator: Indicator,
  period: { readonly from: string; readonly to: string },
): Promise<{ figures: FrozenFigure[]; evidence: readonly string[]; indicatorId: string }> {
  const [cells = []] = await evaluate(db, basis, indicator, [{ from: period.from, to: period.to }], 'cells');
  const figures = cells.map((cell) => ({
    ...{ indicatorId: indicator.id, indicatorVersionId: indicator.versionId, cell: cell.key },
    ...{ value: cell.value, numerator: cell.numerator, denominator: cell.denominator },
    ...{ base: cell.base, evidence: cell.evidence, digest: cell.digest ?? '' },
  }));
  return { figures, evidence: groundsOf(cells), indicatorId: indicator.id };
}

/** Sorted ids of the rows that the total stands on. */
export function groundsOf(cells: readonly Cell[]): readonly string[] {
  return [...new Set(cells.find((cell) => cell.key === '')?.evidenceIds ?? [])].sort();
}

/** SHA-256 over one line per value, sorted: any change of a value, of its evidence or of its definition gives another one. */
export function digestOfFigures(figures: readonly FrozenFigure[]): string {
  const lines = figures.map((f) =>
    [f.indicatorId, f.indicatorVersionId, f.cell, f.value, f.numerator, f.denominator, f.evidence, f.digest].join('|'),
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

export type Verified = {
  readonly same: boolean;
  /** SHA-256 of the figures recomputed from today's database as of the freeze's moment. */
  readonly digest: string;
  /** Values that came out differently. */
  readonly different: readonly { readonly indicatorId: string; readonly cell: string }[];
};

/** Draws a frozen report again from records as they were known at its moment, and compares every value (L2). @throws Problem 404 */
export async function verifyFreeze(db: Db, spaceId: string, freezeId: string): Promise<Verified> {
  const frozen = await freezeById(db, spaceId, freezeId);
  if (!frozen) throw notFound('freeze');
  const kept = await frozenFigures(db, spaceId, freezeId);
  const basis = await frozenBasis(db, spaceId, frozen);
  const versions = await versionsById(db, spaceId, [...new Set(kept.map((figure) => figure.indicatorVersionId))]);
  const again = (await pairwise([...versions.values()], (version) => draw(db, basis, version, frozen))).flatMap(
    ({ figures }) => figures,
  );
  const name = (f: FrozenFigure) => `${f.indicatorId}|${f.cell}`;
  const before = new Map(kept.map((figure) => [name(figure), figure]));
  const now = new Map(again.map((figure) => [name(figure), figure]));
  const different = [...new Set([...before.keys(), ...now.keys()])].flatMap((key) => {
    const [a, b] = [before.get(key), now.get(key)];
    const one = a ?? b;
    return one && (!a || !b || digestOfFigures([a]) !== digestOfFigures([b]))
      ? [{ indicatorId: one.indicatorId, cell: one.cell }]
      : [];
  });
  const digest = digestOfFigures(again);
  return { same: digest === frozen.digest, digest, different };
}

/** Does the work for two at once, as many as a small machine has processors, and keeps the order. */
export async function pairwise<A, B>(list: readonly A[], work: (one: A) => Promise<B>): Promise<B[]> {
  const out: B[] = [];
  for (let i = 0; i < list.length; i += 2) out.push(...(await Promise.all(list.slice(i, i + 2).map(work))));
  return out;
}

/** What a freeze was drawn from: rows and persons as known at its moment, and the activities that were the project's then. */
export async function frozenBasis(db: Db, spaceId: string, frozen: Freeze): Promise<Basis> {
  return { ...(await basisOf(db, spaceId, frozen.projectId, frozen.asOf)), activities: frozen.scope.activities };
}

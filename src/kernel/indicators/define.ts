import { audit } from '../../platform/audit/index.ts';
import { type Db, isUniqueViolation, transaction, uuidv7 } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { checkDefinition, type DefinitionInput } from './definition.ts';
import {
  endGoal,
  type Goal,
  type Indicator,
  indicatorAt,
  insertGoal,
  insertIndicator,
  insertVersion,
  lockIndicator,
} from './queries.ts';

/** Who does it, and in which space. An Actor fits; seeds give a space without an account. */
export type By = { readonly spaceId: string; readonly accountId: string | null };

export type NewIndicator = {
  readonly projectId: string;
  readonly resultId?: string | null;
  /** Unique in the project; reported values and exports name it. */
  readonly code: string;
  readonly title: Text3;
  readonly unit?: Text3;
  readonly definition: DefinitionInput;
  readonly ordinal?: number;
  /** For history that is entered later; now, without it. */
  readonly at?: Date;
};

/** Adds an indicator with its first definition. @throws Problem 422 indicators.definition.wrong, 409 indicators.codeTaken */
export async function addIndicator(db: Db, by: By, given: NewIndicator): Promise<Indicator> {
  const definition = checkDefinition(given.definition);
  const at = given.at ?? new Date();
  const id = uuidv7();
  if (!/^[\w.-]{1,60}$/.test(given.code))
    throw new Problem(422, 'indicators.codeWrong', { code: given.code.slice(0, 60) });
  return await transaction(db, async (tx) => {
    try {
      await insertIndicator(tx, by.spaceId, {
        ...{ id, projectId: given.projectId, resultId: given.resultId ?? null, code: given.code },
        ...{ ordinal: given.ordinal ?? 0, by: by.accountId, at },
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new Problem(409, 'indicators.codeTaken', { code: given.code });
      throw error;
    }
    await insertVersion(tx, by.spaceId, {
      ...{ id: uuidv7(), indicatorId: id, version: 1, title: given.title, unit: given.unit ?? {}, definition },
      ...{ reason: null, by: by.accountId, at },
    });
    await note(tx, by, 'indicator.add', id, { code: given.code });
    return await known(tx, by.spaceId, id);
  });
}

export type Redefinition = {
  readonly indicatorId: string;
  readonly title?: Text3;
  readonly unit?: Text3;
  readonly definition: DefinitionInput;
  /** Why: it stands beside every figure that changes by it. */
  readonly reason: string;
  readonly at?: Date;
};

/**
 * Gives an indicator a new version; reports that were frozen keep the old one.
 * @throws Problem 404, 422 indicators.reasonNeeded, 422 indicators.definition.wrong
 */
export async function redefine(db: Db, by: By, given: Redefinition): Promise<Indicator> {
  const definition = checkDefinition(given.definition);
  const reason = given.reason.trim();
  if (!reason)
    throw new Problem(422, 'indicators.reasonNeeded', {}, [{ at: 'reason', key: 'indicators.reasonNeeded' }]);
  return await transaction(db, async (tx) => {
    await lockIndicator(tx, by.spaceId, given.indicatorId);
    const before = await known(tx, by.spaceId, given.indicatorId);
    await insertVersion(tx, by.spaceId, {
      ...{ id: uuidv7(), indicatorId: before.id, version: before.version + 1, definition, reason },
      ...{
        title: given.title ?? before.title,
        unit: given.unit ?? before.unit,
        by: by.accountId,
        at: given.at ?? new Date(),
      },
    });
    await note(tx, by, 'indicator.redefine', before.id, { version: before.version + 1, reason });
    return await known(tx, by.spaceId, before.id);
  });
}

export type NewGoal = {
  readonly indicatorId: string;
  readonly kind: Goal['kind'];
  /** 'YYYY-MM-DD'; a target has both, a baseline at least its day in `to`. */
  readonly from?: string | null;
  readonly to?: string | null;
  readonly cell?: Readonly<Record<string, string>>;
  /** Null takes the goal back. */
  readonly value: number | null;
  readonly note?: string | null;
  readonly at?: Date;
};

/** States a baseline or a target; it replaces the one of the same period and cell. @throws Problem 404, 422 indicators.goalWrong */
export async function setGoal(db: Db, by: By, given: NewGoal): Promise<void> {
  const { from = null, to = null, cell = {}, kind, indicatorId, value } = given;
  if ((value !== null && !Number.isFinite(value)) || (from && to && from > to) || (kind === 'target' && !(from && to)))
    throw new Problem(422, 'indicators.goalWrong');
  const at = given.at ?? new Date();
  await transaction(db, async (tx) => {
    await lockIndicator(tx, by.spaceId, indicatorId);
    await known(tx, by.spaceId, indicatorId);
    await endGoal(tx, by.spaceId, { indicatorId, kind, from, to, cell }, at);
    if (value !== null)
      await insertGoal(tx, by.spaceId, {
        ...{ id: uuidv7(), indicatorId, kind, from, to, cell, value, note: given.note?.trim() || null },
        ...{ statedAt: at, statedBy: by.accountId },
      });
    await note(tx, by, 'indicator.goal', indicatorId, { kind, from: from ?? '', to: to ?? '', value: value ?? '' });
  });
}

async function known(tx: Db, spaceId: string, indicatorId: string): Promise<Indicator> {
  const found = await indicatorAt(tx, spaceId, indicatorId);
  if (!found) throw notFound('indicator');
  return found;
}

async function note(
  tx: Db,
  by: By,
  action: string,
  id: string,
  details: Record<string, string | number>,
): Promise<void> {
  await audit(tx, { spaceId: by.spaceId, actorId: by.accountId, action, thingKind: 'indicator', thingId: id, details });
}

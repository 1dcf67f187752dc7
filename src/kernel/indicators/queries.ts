import type { Db } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import type { Definition } from './definition.ts';

/** An indicator in one of its versions. */
export type Indicator = {
  readonly id: string;
  readonly projectId: string;
  readonly resultId: string | null;
  readonly code: string;
  readonly ordinal: number;
  readonly versionId: string;
  readonly version: number;
  readonly title: Text3;
  /** 'persons', 'visits': what one of it is. */
  readonly unit: Text3;
  readonly definition: Definition;
  /** Why this version came, in the words of who made it; null for the first. */
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly createdBy: string | null;
};

/** What was there before (baseline), or is to be reached (target) in a period; `cell` is {} for the total. */
export type Goal = {
  readonly id: string;
  readonly indicatorId: string;
  readonly kind: 'baseline' | 'target';
  readonly from: string | null;
  readonly to: string | null;
  readonly cell: Readonly<Record<string, string>>;
  readonly value: number;
  readonly note: string | null;
  readonly statedAt: Date;
  readonly statedBy: string | null;
};

const COLUMNS = `i.id, i.project_id as "projectId", i.result_id as "resultId", i.code, i.ordinal, v.id as "versionId", v.version,
  v.title, v.unit, v.definition, v.reason, v.created_at as "createdAt", v.created_by as "createdBy"`;
const GOAL = `id, indicator_id as "indicatorId", kind, period_from as "from", period_to as "to", cell, value, note,
  stated_at as "statedAt", stated_by as "statedBy"`;

/** A project's indicators in the version that was in force at the moment (null: now), in their order. */
export async function indicatorsOf(
  db: Db,
  spaceId: string,
  projectId: string,
  asOf: Date | null = null,
): Promise<readonly Indicator[]> {
  return await db<Indicator[]>`select ${db.unsafe(COLUMNS)} from indicator i
    join lateral (select * from indicator_version where space_id = i.space_id and indicator_id = i.id
      ${asOf ? db`and created_at <= ${asOf}` : db``} order by version desc limit 1) v on true
    where i.space_id = ${spaceId} and i.project_id = ${projectId} order by i.ordinal, i.code`;
}

export async function indicatorAt(
  db: Db,
  spaceId: string,
  indicatorId: string,
  asOf: Date | null = null,
): Promise<Indicator | null> {
  const [found] = await db<Indicator[]>`select ${db.unsafe(COLUMNS)} from indicator i
    join lateral (select * from indicator_version where space_id = i.space_id and indicator_id = i.id
      ${asOf ? db`and created_at <= ${asOf}` : db``} order by version desc limit 1) v on true
    where i.space_id = ${spaceId} and i.id = ${indicatorId}`;
  return found ?? null;
}

/** All versions of an indicator, the newest first. */
export async function indicatorVersions(db: Db, spaceId: string, indicatorId: string): Promise<readonly Indicator[]> {
  return await db<Indicator[]>`select ${db.unsafe(COLUMNS)} from indicator i
    join indicator_version v on v.space_id = i.space_id and v.indicator_id = i.id
    where i.space_id = ${spaceId} and i.id = ${indicatorId} order by v.version desc`;
}

/** Versions by their own ids: what a freeze was reckoned with. */
export async function versionsById(
  db: Db,
  spaceId: string,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, Indicator>> {
  const rows = await db<Indicator[]>`select ${db.unsafe(COLUMNS)} from indicator_version v
    join indicator i on i.space_id = v.space_id and i.id = v.indicator_id
    where v.space_id = ${spaceId} and v.id = any(${versionIds as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.versionId, row]));
}

export async function insertIndicator(
  tx: Db,
  spaceId: string,
  row: {
    id: string;
    projectId: string;
    resultId: string | null;
    code: string;
    ordinal: number;
    by: string | null;
    at: Date;
  },
): Promise<void> {
  await tx`insert into indicator (space_id, id, project_id, result_id, code, ordinal, created_by, created_at)
    values (${spaceId}, ${row.id}, ${row.projectId}, ${row.resultId}, ${row.code}, ${row.ordinal}, ${row.by}, ${row.at})`;
}

export async function insertVersion(
  tx: Db,
  spaceId: string,
  row: {
    id: string;
    indicatorId: string;
    version: number;
    title: Text3;
    unit: Text3;
    definition: Definition;
    reason: string | null;
    by: string | null;
    at: Date;
  },
): Promise<void> {
  await tx`insert into indicator_version (space_id, id, indicator_id, version, title, unit, definition, reason, created_by, created_at)
    values (${spaceId}, ${row.id}, ${row.indicatorId}, ${row.version}, ${tx.json(row.title)}, ${tx.json(row.unit)},
      ${tx.json(row.definition as never)}, ${row.reason}, ${row.by}, ${row.at})`;
}

/** Keeps the indicator until the transaction ends, so that two new versions follow each other. */
export async function lockIndicator(tx: Db, spaceId: string, indicatorId: string): Promise<void> {
  await tx`select 1 from indicator where space_id = ${spaceId} and id = ${indicatorId} for update`;
}

/** Goals that stood at the moment (null: now), of several indicators. */
export async function goalsOf(
  db: Db,
  spaceId: string,
  indicatorIds: readonly string[],
  asOf: Date | null = null,
): Promise<readonly Goal[]> {
  return await db<Goal[]>`select ${db.unsafe(GOAL)} from goal
    where space_id = ${spaceId} and indicator_id = any(${indicatorIds as string[]}::uuid[])
      ${asOf ? db`and stated_at <= ${asOf} and (ended_at is null or ended_at > ${asOf})` : db`and ended_at is null`}
    order by kind, period_from nulls first, period_to, cell::text`;
}

/** Ends the goal of the same kind, period and cell, if one stands: a goal is replaced, never edited. */
export async function endGoal(
  tx: Db,
  spaceId: string,
  goal: Pick<Goal, 'indicatorId' | 'kind' | 'from' | 'to' | 'cell'>,
  at: Date,
): Promise<void> {
  await tx`update goal set ended_at = ${at} where space_id = ${spaceId} and indicator_id = ${goal.indicatorId}
    and kind = ${goal.kind} and period_from is not distinct from ${goal.from}::date
    and period_to is not distinct from ${goal.to}::date and cell = ${tx.json(goal.cell)} and ended_at is null`;
}

export async function insertGoal(tx: Db, spaceId: string, goal: Goal): Promise<void> {
  await tx`insert into goal (space_id, id, indicator_id, kind, period_from, period_to, cell, value, note, stated_at, stated_by)
    values (${spaceId}, ${goal.id}, ${goal.indicatorId}, ${goal.kind}, ${goal.from}, ${goal.to}, ${tx.json(goal.cell)},
      ${goal.value}, ${goal.note}, ${goal.statedAt}, ${goal.statedBy})`;
}

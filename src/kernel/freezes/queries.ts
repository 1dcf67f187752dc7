import type { Db } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';

/** What the funder saw: the moment, the period, the fingerprint of all its figures. */
export type Freeze = {
  readonly id: string;
  readonly projectId: string;
  readonly title: Text3;
  readonly from: string;
  readonly to: string;
  readonly asOf: Date;
  readonly digest: string;
  readonly scope: { readonly activities: readonly string[] };
  readonly note: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
};

/** One frozen value; `cell` '' is the total. */
export type FrozenFigure = {
  readonly indicatorId: string;
  readonly indicatorVersionId: string;
  readonly cell: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly base: number;
  readonly evidence: number;
  readonly digest: string;
};

const FREEZE = `id, project_id as "projectId", title, period_from as "from", period_to as "to", as_of as "asOf", digest, scope, note,
  created_at as "createdAt", created_by as "createdBy"`;

/**
 * A moment up to which nothing can be written any more: every transaction that began before it has ended. It is the present one,
 * unless somebody's long transaction is still open; then, after a short wait, the moment before that one began.
 */
export async function settledMoment(tx: Db): Promise<Date> {
  const [asked] = await tx<
    { at: Date }[]
  >`select date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond' as at`;
  const at = asked!.at;
  for (let wait = 5; ; wait *= 2) {
    const [open] = await tx<{ oldest: Date | null }[]>`select date_trunc('milliseconds', min(xact_start)) as oldest
      from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
        and xact_start < ${at}`;
    const oldest = open?.oldest ?? null;
    if (oldest === null && Date.now() >= at.getTime()) return at;
    if (oldest !== null && wait > 1000) return new Date(oldest.getTime() - 1);
    await tx`select pg_sleep(${wait / 1000})`;
  }
}

export async function insertFreeze(tx: Db, spaceId: string, freeze: Freeze): Promise<void> {
  await tx`insert into "freeze" (space_id, id, project_id, title, period_from, period_to, as_of, digest, scope, note, created_at, created_by)
    values (${spaceId}, ${freeze.id}, ${freeze.projectId}, ${tx.json(freeze.title)}, ${freeze.from}, ${freeze.to}, ${freeze.asOf},
      ${freeze.digest}, ${tx.json(freeze.scope as never)}, ${freeze.note}, ${freeze.createdAt}, ${freeze.createdBy})`;
}

export async function insertFigures(
  tx: Db,
  spaceId: string,
  freezeId: string,
  figures: readonly FrozenFigure[],
): Promise<void> {
  if (figures.length === 0) return;
  const rows = figures.map((f) => ({
    ...{ indicator_id: f.indicatorId, indicator_version_id: f.indicatorVersionId, cell: f.cell, value: f.value },
    ...{
      numerator: f.numerator,
      denominator: f.denominator,
      base: f.base,
      evidence_count: f.evidence,
      digest: f.digest,
    },
  }));
  await tx`insert into freeze_figure (space_id, freeze_id, indicator_id, indicator_version_id, cell, value, numerator, denominator,
      base, evidence_count, digest)
    select ${spaceId}, ${freezeId}, r.* from jsonb_to_recordset(${tx.json(rows as never)}) as r (indicator_id uuid,
      indicator_version_id uuid, cell text, value numeric, numerator numeric, denominator numeric, base int, evidence_count int,
      digest text)`;
}

export async function insertEvidence(
  tx: Db,
  spaceId: string,
  freezeId: string,
  indicatorId: string,
  evidenceIds: readonly string[],
): Promise<void> {
  if (evidenceIds.length === 0) return;
  await tx`insert into freeze_evidence (space_id, freeze_id, indicator_id, evidence_id)
    select ${spaceId}, ${freezeId}, ${indicatorId}, id from unnest(${evidenceIds as string[]}::uuid[]) as u(id)`;
}

export async function freezeById(db: Db, spaceId: string, freezeId: string): Promise<Freeze | null> {
  const [found] = await db<
    Freeze[]
  >`select ${db.unsafe(FREEZE)} from "freeze" where space_id = ${spaceId} and id = ${freezeId}`;
  return found ?? null;
}

/** The newest first; of one project, or of all. */
export async function freezesOf(db: Db, spaceId: string, projectId: string | null): Promise<readonly Freeze[]> {
  return await db<Freeze[]>`select ${db.unsafe(FREEZE)} from "freeze" where space_id = ${spaceId}
    ${projectId ? db`and project_id = ${projectId}` : db``} order by as_of desc, id desc`;
}

export async function frozenFigures(db: Db, spaceId: string, freezeId: string): Promise<readonly FrozenFigure[]> {
  return await db<
    FrozenFigure[]
  >`select indicator_id as "indicatorId", indicator_version_id as "indicatorVersionId", cell, value,
      numerator, denominator, base, evidence_count as evidence, digest
    from freeze_figure where space_id = ${spaceId} and freeze_id = ${freezeId} order by indicator_id, cell`;
}

/** The evidence that a frozen indicator stood on, sorted. */
export async function frozenEvidence(
  db: Db,
  spaceId: string,
  freezeId: string,
  indicatorId: string,
): Promise<readonly string[]> {
  const rows = await db<{ id: string }[]>`select evidence_id as id from freeze_evidence
    where space_id = ${spaceId} and freeze_id = ${freezeId} and indicator_id = ${indicatorId} order by evidence_id`;
  return rows.map((row) => row.id);
}

/** A report that somebody asked to have frozen, and how far it has come. */
export type FreezeRequest = {
  readonly id: string;
  readonly projectId: string;
  readonly title: Text3;
  readonly from: string;
  readonly to: string;
  readonly askedAt: Date;
  readonly askedBy: string;
  /** Indicators drawn, of how many. */
  readonly done: number;
  readonly total: number;
  readonly finishedAt: Date | null;
  readonly failedAt: Date | null;
  /** No more tries are made. */
  readonly givenUpAt: Date | null;
};

/** @returns whether it is new: the same id asks for the same report */
export async function insertRequest(
  tx: Db,
  spaceId: string,
  given: Pick<FreezeRequest, 'id' | 'projectId' | 'title' | 'from' | 'to' | 'askedBy' | 'total'>,
): Promise<boolean> {
  const done =
    await tx`insert into freeze_request (space_id, id, project_id, title, period_from, period_to, asked_by, total)
    values (${spaceId}, ${given.id}, ${given.projectId}, ${tx.json(given.title)}, ${given.from}, ${given.to}, ${given.askedBy},
      ${given.total}) on conflict (space_id, id) do nothing`;
  return done.count === 1;
}

export async function requestById(db: Db, spaceId: string, id: string): Promise<FreezeRequest | null> {
  const [found] = await db<
    FreezeRequest[]
  >`select id, project_id as "projectId", title, period_from as "from", period_to as "to",
      asked_at as "askedAt", asked_by as "askedBy", done, total, finished_at as "finishedAt", failed_at as "failedAt", given_up_at as "givenUpAt"
    from freeze_request where space_id = ${spaceId} and id = ${id}`;
  return found ?? null;
}

/** Two runs of one job wait for each other; the row itself stays free, so that progress can be noted beside them. */
export async function lockRequest(tx: Db, spaceId: string, id: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`freeze ${spaceId} ${id}`}, 0))`;
}

export async function noteProgress(db: Db, spaceId: string, id: string, done: number): Promise<void> {
  await db`update freeze_request set done = ${done}, failed_at = null where space_id = ${spaceId} and id = ${id}`;
}

export async function noteFailure(db: Db, spaceId: string, id: string, lastTry: boolean): Promise<void> {
  await db`update freeze_request set failed_at = now(), given_up_at = ${lastTry ? db`now()` : null} where space_id = ${spaceId} and id = ${id} and finished_at is null`;
}

export async function finishRequest(tx: Db, spaceId: string, id: string): Promise<void> {
  await tx`update freeze_request set finished_at = now(), failed_at = null, given_up_at = null, done = total where space_id = ${spaceId} and id = ${id}`;
}

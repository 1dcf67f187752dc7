import { type Call, ownPart } from '../../../kernel/access/index.ts';
import { activity } from '../../../kernel/activities/index.ts';
import { type EvidenceRow, type Measure, REPORTED, rowsOfRoot } from '../../../kernel/evidence/index.ts';
import { isPartyOf, project } from '../../../kernel/projects/index.ts';
import { type JudgedRecord, type RecordHandler, record } from '../../../kernel/records/index.ts';
import { notFound } from '../../../platform/problem.ts';
import { idOf } from '../registers/common.tsx';

/** What the pages of records are given besides the call: how each form's kind takes its records, and what is counted. */
export type RecordDeps = {
  readonly handlers: ReadonlyMap<string, RecordHandler>;
  readonly measures: readonly Measure[];
};

/** Whether the reader sees who is meant and what they wrote; a funder sees what counts, under a pseudonym. */
export function seesPeople(call: Call): boolean {
  return call.can('records.list');
}

/**
 * The record of the address, if this reader may open it: a funder only one on which evidence of a project of theirs stands.
 * @throws Problem 404
 */
export async function openRecord(call: Call): Promise<{ record: JudgedRecord; evidence: readonly EvidenceRow[] }> {
  const found = await record(call.sql, call.space.id, idOf(call));
  if (!found) throw notFound('record');
  const evidence = await rowsOfRoot(call.sql, call.space.id, found.rootId);
  if (!seesPeople(call) && !(await standsForThem(call, evidence))) throw notFound('record');
  return { record: found, evidence };
}

/** A funder looks only into the projects in which its organisation has a part. */
async function standsForThem(call: Call, evidence: readonly EvidenceRow[]): Promise<boolean> {
  const { organisationId } = ownPart(call.actor);
  if (!organisationId) return evidence.length > 0;
  for (const id of await projectsOf(call, evidence)) {
    const found = await project(call.sql, call.space.id, id);
    if (found && isPartyOf(found, organisationId)) return true;
  }
  return false;
}

/** The projects whose figures the rows feed. */
export async function projectsOf(call: Call, evidence: readonly EvidenceRow[]): Promise<readonly string[]> {
  const ids = new Set<string>();
  const activityIds = new Set(evidence.map((row) => row.activityId).filter((id) => id !== null));
  for (const id of activityIds)
    for (const one of (await activity(call.sql, call.space.id, id))?.projectIds ?? []) ids.add(one);
  for (const row of evidence)
    if (row.measure === REPORTED && typeof row.attributes.project === 'string') ids.add(row.attributes.project);
  return [...ids];
}

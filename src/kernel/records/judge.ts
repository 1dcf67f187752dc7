import { audit } from '../../platform/audit/index.ts';
import { type Db, type Tx, transaction, uuidv7 } from '../../platform/db/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import type { Actor } from '../access/index.ts';
import { insertJudgement, lockState, refreshState } from './inserts.ts';
import { recordById } from './queries.ts';
import type { Judgement } from './record.ts';

export type JudgementGiven = {
  readonly spaceId: string;
  readonly recordId: string;
  readonly verdict: Judgement['verdict'];
  readonly by: Pick<Actor, 'accountId'>;
  readonly reason?: string | null;
  /** For history that is entered later; now, without it. */
  readonly at?: Date;
};

/**
 * A second person's word on a record; the last word holds, and evidence exists while it is 'accepted'. Every verdict but
 * acceptance states its reason. The caller lets evidence follow (`applyRecord`) in the same transaction.
 * @throws Problem 404 platform.notFound, 403 records.secondPerson, 422 records.reasonNeeded,
 *   409 records.asideFirst (it waits aside), records.conflictFirst (two contents stand), records.superseded (a correction came)
 */
export async function judge(db: Db, given: JudgementGiven): Promise<Judgement> {
  return await transaction(db, (tx) => judgeIn(tx, given));
}

async function judgeIn(tx: Tx, given: JudgementGiven): Promise<Judgement> {
  const { spaceId, recordId, verdict, by } = given;
  await lockState(tx, spaceId, recordId);
  const record = await recordById(tx, spaceId, recordId);
  if (!record) throw notFound('record');
  if (record.authorId === by.accountId) throw new Problem(403, 'records.secondPerson');
  const reason = given.reason?.trim() || null;
  if (verdict !== 'accepted' && !reason)
    throw new Problem(422, 'records.reasonNeeded', {}, [{ at: 'reason', key: 'records.reasonNeeded' }]);
  if (verdict === 'accepted') {
    if (record.aside) throw new Problem(409, 'records.asideFirst');
    if (record.conflict) throw new Problem(409, 'records.conflictFirst');
    if (record.superseded) throw new Problem(409, 'records.superseded');
  }
  const judgement: Judgement = {
    id: uuidv7(),
    recordId,
    verdict,
    byId: by.accountId,
    at: given.at ?? new Date(),
    reason,
  };
  await insertJudgement(tx, spaceId, judgement);
  await refreshState(tx, spaceId, recordId);
  await audit(tx, {
    spaceId,
    actorId: by.accountId,
    action: `record.${verdict}`,
    thingKind: 'record',
    thingId: recordId,
    details: reason ? { reason } : {},
  });
  return judgement;
}

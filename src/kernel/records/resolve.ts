import { audit } from '../../platform/audit/index.ts';
import { type Tx, transaction, uuidv7 } from '../../platform/db/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import type { Actor } from '../access/index.ts';
import { consequences } from './consequences.ts';
import { closeAside, closeConflict, insertJudgement, lockState, refreshState } from './inserts.ts';
import { asideById, asideRows, conflictById, recordById } from './queries.ts';
import { keep, type ReceiveContext } from './receive.ts';
import type { Aside, Conflict, Receipt, RecordDetail } from './record.ts';
import { understand } from './understand.ts';

type By = Pick<Actor, 'accountId'>;

/**
 * A person's decision on a record that was set aside. 'accepted' lets the record stand: when nothing else holds it, the kind's
 * consequences follow now. 'rejected' also judges the record rejected. 'superseded' means that a correction has come.
 * @throws Problem 404 platform.notFound, 409 records.resolvedAlready, 403 records.secondPerson, 422 records.reasonNeeded,
 *   and whatever the kind still has against the record
 */
export async function resolveAside(
  ctx: ReceiveContext,
  given: {
    readonly spaceId: string;
    readonly asideId: string;
    readonly resolution: 'accepted' | 'rejected' | 'superseded';
    readonly by: By;
    readonly reason: string | null;
    readonly at?: Date;
  },
): Promise<Aside> {
  return await transaction(ctx.sql, async (tx) => {
    const { spaceId, resolution, by } = given;
    const aside = await asideById(tx, spaceId, given.asideId);
    if (!aside) throw notFound('aside');
    if (aside.resolvedAt) throw new Problem(409, 'records.resolvedAlready');
    const reason = given.reason?.trim() || null;
    if (!reason) throw new Problem(422, 'records.reasonNeeded', {}, [{ at: 'reason', key: 'records.reasonNeeded' }]);
    const record = await ownRecord(tx, spaceId, aside.recordId, by);
    const at = given.at ?? new Date();
    await closeAside(tx, spaceId, aside.id, { resolution, by: by.accountId, reason, at });
    if (resolution === 'rejected')
      await insertJudgement(tx, spaceId, {
        id: uuidv7(),
        recordId: record.id,
        verdict: 'rejected',
        byId: by.accountId,
        at,
        reason,
      });
    await refreshState(tx, spaceId, record.id);
    if (resolution === 'accepted') await catchUp(tx, ctx, spaceId, record);
    await audit(tx, {
      spaceId,
      actorId: by.accountId,
      action: 'record.resolveAside',
      thingKind: 'record',
      thingId: record.id,
      details: { key: aside.key, resolution, reason },
    });
    return { ...aside, resolution, reason, resolvedAt: at, resolvedBy: by.accountId };
  });
}

/** The record that waits; nobody lets their own pass. */
async function ownRecord(tx: Tx, spaceId: string, recordId: string, by: By): Promise<RecordDetail> {
  await lockState(tx, spaceId, recordId);
  const record = await recordById(tx, spaceId, recordId);
  if (!record) throw notFound('record');
  if (record.authorId === by.accountId) throw new Problem(403, 'records.secondPerson');
  return record;
}

/** What the kind would have done at once, had the record been in order. */
async function catchUp(tx: Tx, ctx: ReceiveContext, spaceId: string, record: RecordDetail): Promise<void> {
  const open = (await asideRows(tx, spaceId, record.id)).some((aside) => !aside.resolvedAt);
  if (open) return;
  const refused = await consequences(tx, ctx.handlers.get(record.formKey), { ...record, spaceId }, false);
  if (refused) throw new Problem(409, refused.key, { ...refused.details }, refused.parts);
}

/**
 * A person's choice between two contents of one id. 'took_second' makes the second a correction of the first, with an id of its
 * own, and gives its receipt; both stay readable.
 * @throws Problem 404 platform.notFound, 409 records.resolvedAlready, 403 records.secondPerson
 */
export async function resolveConflict(
  ctx: ReceiveContext,
  given: {
    readonly spaceId: string;
    readonly conflictId: string;
    readonly resolution: 'kept_first' | 'took_second';
    readonly by: By;
    readonly at?: Date;
  },
): Promise<Receipt | null> {
  return await transaction(ctx.sql, async (tx) => {
    const { spaceId, resolution, by } = given;
    const conflict = await conflictById(tx, spaceId, given.conflictId);
    if (!conflict) throw notFound('conflict');
    if (conflict.resolvedAt) throw new Problem(409, 'records.resolvedAlready');
    const record = await ownRecord(tx, spaceId, conflict.recordId, by);
    await closeConflict(tx, spaceId, conflict.id, { resolution, by: by.accountId, at: given.at ?? new Date() });
    await refreshState(tx, spaceId, record.id);
    await audit(tx, {
      spaceId,
      actorId: by.accountId,
      action: 'record.resolveConflict',
      thingKind: 'record',
      thingId: record.id,
      details: { resolution },
    });
    return resolution === 'took_second' ? await takeSecond(tx, ctx, spaceId, record, conflict) : null;
  });
}

async function takeSecond(
  tx: Tx,
  ctx: ReceiveContext,
  spaceId: string,
  record: RecordDetail,
  conflict: Conflict,
): Promise<Receipt> {
  const read = await understand(tx, spaceId, new TextEncoder().encode(conflict.xml), {
    at: conflict.receivedAt,
    sentAt: null,
  });
  const given = {
    spaceId,
    xml: conflict.xml,
    attachments: conflict.files,
    door: record.door,
    authorId: conflict.authorId,
    deviceId: record.deviceId,
    receivedAt: conflict.receivedAt,
  };
  const handler = ctx.handlers.get(read.form.formKey);
  return await keep(tx, handler, given, { ...read, recordId: conflict.id, corrects: record.id });
}

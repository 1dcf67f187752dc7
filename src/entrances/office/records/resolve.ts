import { z } from 'zod';
import type { Call } from '../../../kernel/access/index.ts';
import { applyRecord } from '../../../kernel/evidence/index.ts';
import { conflicts, resolveAside, resolveConflict, setAsideList } from '../../../kernel/records/index.ts';
import { transaction } from '../../../platform/db/index.ts';
import { type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/problem.ts';
import { byOf, idOf, orAgain, short } from '../registers/common.tsx';
import type { RecordDeps } from './reader.ts';
import { recordPage } from './record.tsx';

const AsideAnswer = z.object({ resolution: z.enum(['accepted', 'rejected']), reason: short(1000).optional() });

/** Lets a record stand that was set aside, or rejects it; evidence follows in the same transaction. */
export async function asidePost(call: Call, deps: RecordDeps): Promise<Reply> {
  const recordId = idOf(call);
  const asideId = idOf(call, 'aside');
  const by = byOf(call);
  return await orAgain(
    async () => {
      const { resolution, reason } = readForm(AsideAnswer, call.request);
      const asides = await setAsideList(call.sql, by.spaceId, recordId);
      if (!asides.some((aside) => aside.id === asideId)) throw notFound('aside');
      await transaction(call.sql, async (tx) => {
        await resolveAside(
          { sql: tx, handlers: deps.handlers },
          { spaceId: by.spaceId, asideId, resolution, by, reason: reason ?? null, at: call.now() },
        );
        await applyRecord(tx, { spaceId: by.spaceId, recordId, measures: deps.measures });
      });
      return seeOther(call.l.href(`/office/records/${recordId}`), { key: `office.records.aside.${resolution}` });
    },
    (problem) => recordPage(call, deps, problem),
  );
}

const ConflictAnswer = z.object({ resolution: z.enum(['kept_first', 'took_second']) });

/** Chooses between two contents of one id. The second, when taken, is a correction with a page of its own. */
export async function conflictPost(call: Call, deps: RecordDeps): Promise<Reply> {
  const recordId = idOf(call);
  const conflictId = idOf(call, 'conflict');
  const by = byOf(call);
  return await orAgain(
    async () => {
      const { resolution } = readForm(ConflictAnswer, call.request);
      const open = await conflicts(call.sql, by.spaceId, recordId);
      if (!open.some((conflict) => conflict.id === conflictId)) throw notFound('conflict');
      const receipt = await transaction(call.sql, async (tx) => {
        const given = { spaceId: by.spaceId, conflictId, resolution, by, at: call.now() };
        const kept = await resolveConflict({ sql: tx, handlers: deps.handlers }, given);
        await applyRecord(tx, { spaceId: by.spaceId, recordId, measures: deps.measures });
        return kept;
      });
      const flash = { key: `office.records.conflict.${resolution}` };
      return seeOther(call.l.href(`/office/records/${receipt?.recordId ?? recordId}`), flash);
    },
    (problem) => recordPage(call, deps, problem),
  );
}

import { audit } from '../../platform/audit/index.ts';
import { type Db, transaction } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { enqueue, type JobHandler } from '../../platform/jobs/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { indicatorsOf } from '../indicators/index.ts';
import { project } from '../projects/index.ts';
import { freeze } from './freeze.ts';
import {
  type FreezeRequest,
  finishRequest,
  insertRequest,
  lockRequest,
  noteFailure,
  noteProgress,
  requestById,
} from './queries.ts';

const JOB = 'freezes.make';

export type AskedFreeze = {
  /** Made with the form: asking twice with one id is asking once. */
  readonly id: string;
  readonly projectId: string;
  readonly from: string;
  readonly to: string;
  readonly title: Text3;
};

/**
 * Asks for a report to be frozen. A job does it, because a large project takes a while; the freeze gets the id of the request.
 * @throws Problem 404 for a project that the space does not have, 422 freezes.periodWrong, 422 freezes.nothing (no indicator yet)
 */
export async function askFreeze(
  db: Db,
  actor: { readonly spaceId: string; readonly accountId: string },
  given: AskedFreeze,
): Promise<void> {
  const { id, projectId, from, to } = given;
  const { spaceId } = actor;
  if (!(from <= to)) throw new Problem(422, 'freezes.periodWrong', {}, [{ at: 'to', key: 'freezes.periodWrong' }]);
  await transaction(db, async (tx) => {
    if (!(await project(tx, spaceId, projectId))) throw notFound('project');
    const total = (await indicatorsOf(tx, spaceId, projectId, new Date())).length;
    if (total === 0) throw new Problem(422, 'freezes.nothing');
    if (!(await insertRequest(tx, spaceId, { ...given, askedBy: actor.accountId, total }))) return;
    await enqueue(tx, spaceId, JOB, { id });
    await audit(tx, {
      ...{ spaceId, actorId: actor.accountId, action: 'freeze.ask', thingKind: 'freeze', thingId: id },
      details: { projectId, from, to },
    });
  });
}

/** How far a freeze that was asked for has come. @throws Problem 404 */
export async function freezeRequest(db: Db, spaceId: string, id: string): Promise<FreezeRequest> {
  const found = await requestById(db, spaceId, id);
  if (!found) throw notFound('freeze');
  return found;
}

/** The jobs of this room: freezing what was asked for. A second run finds that it is done. */
export function freezeJobs(): ReadonlyMap<string, JobHandler> {
  return new Map([
    [
      JOB,
      async ({ id }, { spaceId, sql, lastTry }) => {
        const asked = await requestById(sql, spaceId, String(id));
        if (!asked || asked.finishedAt) return;
        try {
          await sql.begin(async (tx) => {
            await lockRequest(tx, spaceId, asked.id);
            if ((await requestById(tx, spaceId, asked.id))?.finishedAt) return;
            await freeze(
              tx,
              { spaceId, accountId: asked.askedBy },
              {
                ...asked,
                // On a connection of its own: whoever waits sees it before the transaction ends.
                progress: (done) => noteProgress(sql, spaceId, asked.id, done),
              },
            );
            await finishRequest(tx, spaceId, asked.id);
          });
        } catch (error) {
          await noteFailure(sql, spaceId, asked.id, lastTry);
          throw error;
        }
      },
    ],
  ]);
}

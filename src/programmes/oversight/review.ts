import type { Actor } from '../../kernel/access/index.ts';
import { assignment, type Task } from '../../kernel/assignments/index.ts';
import { applyRecord } from '../../kernel/evidence/index.ts';
import { start, stateOf, step } from '../../kernel/flow/index.ts';
import { type JudgedRecord, judge, record } from '../../kernel/records/index.ts';
import { type Db, transaction } from '../../platform/db/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { problemsOf, text } from './answers.ts';
import { problemFlow, visitFlow } from './flows.ts';
import { FIX_FORM, problemId, problemOfRef } from './keys.ts';
import { measures } from './measures.ts';
import { fixRow, foundRow } from './projection.ts';
import { problems, putFix, putProblem } from './queries.ts';

type Review = {
  readonly spaceId: string;
  readonly assignmentId: string;
  readonly by: Actor;
  readonly reason?: string | null;
  readonly at?: Date;
};

const when = (given: { at?: Date }) => (given.at ? { at: given.at } : {});

/**
 * A second person has looked at the visit, its photos included, and finds it right: from now on it counts.
 * @throws Problem 404, 409 flow.notFromHere or records.asideFirst, 403 records.secondPerson for one's own visit
 */
export async function checkVisit(db: Db, given: Review): Promise<void> {
  await transaction(db, async (tx) => {
    const task = await visitOf(tx, given);
    const { spaceId, by } = given;
    await step(tx, visitFlow, {
      spaceId,
      thingId: task.id,
      event: 'check',
      actor: by,
      details: { recordId: task.record.id },
      ...when(given),
    });
    await judge(tx, { spaceId, recordId: task.record.id, verdict: 'accepted', by, ...when(given) });
    await applyRecord(tx, { spaceId, recordId: task.record.id, measures });
    await writeProblems(tx, spaceId, task, given.at);
  });
}

/** Sends the visit back to its monitor with the reason; nothing of it counts. */
export async function returnVisit(db: Db, given: Review): Promise<void> {
  await againstVisit(db, given, 'return', 'returned');
}

/** Takes a check back before the facility has seen the card. */
export async function uncheckVisit(db: Db, given: Review): Promise<void> {
  await againstVisit(db, given, 'uncheck', 'returned');
}

async function againstVisit(db: Db, given: Review, event: 'return' | 'uncheck', verdict: 'returned'): Promise<void> {
  await transaction(db, async (tx) => {
    const task = await visitOf(tx, given);
    const { spaceId, by, reason = null } = given;
    await step(tx, visitFlow, {
      spaceId,
      thingId: task.id,
      event,
      actor: by,
      reason,
      details: { recordId: task.record.id },
      ...when(given),
    });
    await judge(tx, { spaceId, recordId: task.record.id, verdict, by, reason, ...when(given) });
    await applyRecord(tx, { spaceId, recordId: task.record.id, measures });
  });
}

type VisitTask = Task & { readonly record: JudgedRecord };

/** The assignment with the record that stands on it. @throws Problem 404 oversight.notVisited while nothing came in */
export async function visitOf(db: Db, given: { spaceId: string; assignmentId: string }): Promise<VisitTask> {
  const task = await assignment(db, given.spaceId, given.assignmentId);
  if (!task) throw notFound(given.assignmentId);
  const found = task.record ? await record(db, given.spaceId, task.record.id) : null;
  if (!found) throw new Problem(404, 'oversight.notVisited');
  return { ...task, record: found };
}

/** What the accepted record found. A number that a correction no longer has is closed with that reason, not removed. */
async function writeProblems(tx: Db, spaceId: string, task: VisitTask, at?: Date): Promise<void> {
  const { record: visit } = task;
  if (!visit.subjectId || !visit.occurredOn) return;
  const found = problemsOf(visit.answers);
  for (const one of found) {
    const id = problemId(spaceId, visit.rootId, one.number);
    await putProblem(tx, spaceId, foundRow(spaceId, { ...visit, assignmentId: task.id }, one));
    const now = await stateOf(tx, problemFlow, spaceId, id);
    const timed = {
      spaceId,
      thingId: id,
      actor: 'system',
      details: { recordId: visit.id },
      ...(at && { at }),
    } as const;
    if (!now) await start(tx, problemFlow, timed);
    else if (now.state === 'closed') await step(tx, problemFlow, { ...timed, event: 'reopen' });
  }
  const numbers = new Set(found.map((one) => one.number));
  for (const gone of await problems(tx, spaceId, { assignmentId: task.id })) {
    if (gone.rootId !== visit.rootId || numbers.has(gone.number)) continue;
    const now = await stateOf(tx, problemFlow, spaceId, gone.id);
    if (now && ['found', 'agreed', 'refused', 'acted'].includes(now.state)) {
      await step(tx, problemFlow, {
        spaceId,
        thingId: gone.id,
        event: 'close',
        actor: 'system',
        reason: 'corrected',
        details: { recordId: visit.id },
        ...(at && { at }),
      });
    }
  }
}

type FixReview = {
  readonly spaceId: string;
  readonly recordId: string;
  readonly by: Actor;
  readonly reason?: string | null;
  readonly at?: Date;
};

/**
 * A second person accepts the word that a problem is fixed (or begun, or not). A fix that users confirmed is confirmed at once.
 * @throws Problem 404 oversight.aside.noProblem, 403 records.secondPerson
 */
export async function acceptFix(db: Db, given: FixReview): Promise<void> {
  await transaction(db, async (tx) => {
    const { spaceId, by, recordId } = given;
    const fix = await fixRecord(tx, spaceId, recordId);
    await judge(tx, { spaceId, recordId, verdict: 'accepted', by, ...when(given) });
    await applyRecord(tx, { spaceId, recordId, measures });
    const answers = fix.answers;
    const state = text(answers, 'state') ?? 'not_fixed';
    const users = Number(text(answers, 'users_confirmed') ?? 0);
    const problem = await problemOfRef(tx, spaceId, text(answers, 'problem_ref'));
    if (!problem) throw new Problem(404, 'oversight.aside.noProblem');
    await putFix(tx, spaceId, problem.id, fixRow(fix));
    for (const [event, reason] of await stepsOfFix(tx, spaceId, problem.id, state, users)) {
      await step(tx, problemFlow, {
        spaceId,
        thingId: problem.id,
        event,
        actor: 'system',
        reason,
        details: { recordId, acceptedBy: by.accountId },
        ...when(given),
      });
    }
  });
}

async function stepsOfFix(
  tx: Db,
  spaceId: string,
  id: string,
  state: string,
  users: number,
): Promise<readonly (readonly [string, string | null])[]> {
  const now = (await stateOf(tx, problemFlow, spaceId, id))?.state ?? '';
  const done = now === 'fixed' || now === 'confirmed';
  if (state === 'not_fixed') return done ? [['relapse', 'not_fixed']] : [];
  if (state === 'started') return ['found', 'agreed', 'refused'].includes(now) ? [['act', null]] : [];
  const fix: readonly (readonly [string, null])[] = done || now === 'closed' ? [] : [['fix', null]];
  return users > 0 && now !== 'confirmed' && now !== 'closed' ? [...fix, ['confirm', null]] : fix;
}

/** Refuses a fix that does not hold up; the problem stays where it was. */
export async function rejectFix(db: Db, given: FixReview): Promise<void> {
  await transaction(db, async (tx) => {
    await fixRecord(tx, given.spaceId, given.recordId);
    await judge(tx, {
      spaceId: given.spaceId,
      recordId: given.recordId,
      verdict: 'rejected',
      by: given.by,
      reason: given.reason ?? null,
      ...when(given),
    });
    await applyRecord(tx, { spaceId: given.spaceId, recordId: given.recordId, measures });
  });
}

async function fixRecord(tx: Db, spaceId: string, recordId: string): Promise<JudgedRecord> {
  const found = await record(tx, spaceId, recordId);
  if (found?.formKey !== FIX_FORM) throw notFound(recordId);
  return found;
}

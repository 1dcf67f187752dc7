import { assignment, assignmentFor } from '../../kernel/assignments/index.ts';
import { stateOf, step } from '../../kernel/flow/index.ts';
import { formOfKey } from '../../kernel/forms/index.ts';
import type { ReceivedRecord, RecordHandler, RecordLinks } from '../../kernel/records/index.ts';
import { recordsById } from '../../kernel/records/index.ts';
import { existsAt, subject, successors } from '../../kernel/subjects/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/problem.ts';
import { group, type Tree, text } from './answers.ts';
import { problemFlow, visitFlow } from './flows.ts';
import { ANSWER_FORM, FIX_FORM, problemOfRef, UUID, VISIT_FORM } from './keys.ts';
import { answerRows } from './projection.ts';
import { problems, putAnswer } from './queries.ts';

function idIn(answers: Tree, name: string): string | null {
  const found = text(answers, name);
  return found && UUID.test(found) ? found : null;
}

/**
 * Puts a visit beside its facility and assignment. ODK Collect sends no assignment: then the one of this person, facility and day.
 * @throws Problem oversight.aside.* where the facility is unknown or had ended: the sheet waits for a person, it is not lost
 */
async function visitLinks(tx: Tx, spaceId: string, answers: Tree, authorId: string | null): Promise<RecordLinks> {
  const about = group(answers, 'about');
  const facilityId = idIn(about, 'facility');
  const day = text(about, 'visited_on');
  if (!facilityId) throw new Problem(422, 'oversight.aside.noFacility');
  const facility = await subject(tx, spaceId, facilityId);
  if (facility?.kind !== 'thing') throw new Problem(422, 'oversight.aside.noFacility');
  if (day && !existsAt(facility, day)) {
    const heirs = await successors(tx, spaceId, facilityId);
    throw new Problem(422, heirs.length > 0 ? 'oversight.aside.facilitySplit' : 'oversight.aside.facilityEnded', {
      day,
      heirs: heirs.length,
    });
  }
  const named = idIn(answers, 'assignment_id');
  const task = named ? await assignment(tx, spaceId, named) : await guessed(tx, spaceId, authorId, facilityId, day);
  if (named && task?.subjectId !== facilityId) throw new Problem(422, 'oversight.aside.otherFacility');
  if (task?.blocked) throw new Problem(422, 'oversight.aside.conflictOfInterest');
  return {
    subjectId: facilityId,
    occurredOn: day,
    assignmentId: task?.id ?? null,
    activityId: task?.activityId ?? null,
  };
}

async function guessed(tx: Tx, spaceId: string, authorId: string | null, facilityId: string, day: string | null) {
  const form = await formOfKey(tx, spaceId, VISIT_FORM);
  if (!form || !authorId || !day) return null;
  return await assignmentFor(tx, spaceId, { actorId: authorId, subjectId: facilityId, formId: form.id, day });
}

/** A visit that came in moves its assignment: done for the first, back to be checked for a correction. */
async function onVisit(tx: Tx, record: ReceivedRecord): Promise<void> {
  if (record.aside || !record.assignmentId) return;
  const now = await stateOf(tx, visitFlow, record.spaceId, record.assignmentId);
  if (!now) return;
  const event = ['planned', 'agreed', 'returned'].includes(now.state) ? 'record' : 'correct';
  if (now.state === 'cancelled') throw new Problem(422, 'oversight.aside.cancelled');
  await step(tx, visitFlow, {
    spaceId: record.spaceId,
    thingId: record.assignmentId,
    event,
    actor: 'system',
    at: record.receivedAt,
    details: { recordId: record.id, authorId: record.authorId, occurredOn: record.occurredOn },
  });
}

async function answerLinks(tx: Tx, spaceId: string, answers: Tree): Promise<RecordLinks> {
  const visitId = idIn(answers, 'visit_id');
  const [visit] = visitId ? await recordsById(tx, spaceId, [visitId]) : [];
  if (!visit) throw new Problem(422, 'oversight.aside.noVisit');
  return {
    subjectId: visit.subjectId,
    activityId: visit.activityId,
    assignmentId: null,
    occurredOn: text(answers, 'answered_on'),
    relatesTo: visit.id,
    relatesAs: 'answers',
  };
}

/** The facility's word on each problem, and the visit's step to answered. */
async function onAnswer(tx: Tx, record: ReceivedRecord): Promise<void> {
  if (record.aside || !record.relatesTo) return;
  const [visit] = await recordsById(tx, record.spaceId, [record.relatesTo]);
  if (!visit?.assignmentId) return;
  const found = await problems(tx, record.spaceId, { assignmentId: visit.assignmentId });
  for (const [no, row] of answerRows(record)) {
    const problem = found.find((one) => one.number === no);
    if (!problem) continue;
    await putAnswer(tx, record.spaceId, problem.id, row);
    await tryStep(tx, record, problem.id, row.answer === 'refused' ? 'refuse' : 'agree');
  }
  const now = await stateOf(tx, visitFlow, record.spaceId, visit.assignmentId);
  if (now?.state !== 'shared') return;
  await step(tx, visitFlow, {
    spaceId: record.spaceId,
    thingId: visit.assignmentId,
    event: 'answer',
    actor: 'system',
    at: record.receivedAt,
    details: { recordId: record.id },
  });
}

/** A problem that has gone further than the answer stays where it is: the answer is kept beside it. */
async function tryStep(tx: Tx, record: ReceivedRecord, id: string, event: 'agree' | 'refuse'): Promise<void> {
  const now = await stateOf(tx, problemFlow, record.spaceId, id);
  const open = problemFlow.transitions.some(
    (arrow) => arrow.event === event && now !== null && arrow.from.includes(now.state),
  );
  if (open)
    await step(tx, problemFlow, {
      spaceId: record.spaceId,
      thingId: id,
      event,
      actor: 'system',
      at: record.receivedAt,
      details: { recordId: record.id },
    });
}

async function fixLinks(tx: Tx, spaceId: string, answers: Tree): Promise<RecordLinks> {
  const found = await problemOfRef(tx, spaceId, text(answers, 'problem_ref'));
  const [visit] = found ? await recordsById(tx, spaceId, [found.visitId]) : [];
  if (!found || !visit) throw new Problem(422, 'oversight.aside.noProblem');
  return {
    subjectId: visit.subjectId,
    activityId: visit.activityId,
    assignmentId: null,
    occurredOn: text(answers, 'checked_on'),
    relatesTo: visit.id,
    relatesAs: 'answers',
  };
}

/** How the kind takes its three forms. A fix has its consequence when a second person accepts it. */
export const recordHandlers: Readonly<Record<string, RecordHandler>> = {
  [VISIT_FORM]: { links: visitLinks, onRecord: onVisit },
  [ANSWER_FORM]: { links: answerLinks, onRecord: onAnswer },
  [FIX_FORM]: { links: fixLinks },
};

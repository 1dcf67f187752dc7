import {
  type JudgedRecord,
  judgedRecords,
  type RecordDetail,
  record as recordOf,
  recordsRelatedTo,
} from '../../kernel/records/index.ts';
import { type Db, transaction } from '../../platform/db/index.ts';
import { type FoundProblem, number, problemsOf, repeat, text } from './answers.ts';
import { ANSWER_FORM, FIX_FORM, problemId, problemOfRef, VISIT_FORM } from './keys.ts';
import {
  type AnswerRow,
  allProblems,
  deleteProblems,
  type FixRow,
  type FoundRow,
  putAnswer,
  putFix,
  putProblem,
} from './queries.ts';

/** What one problem of an accepted visit is in the projection. */
export function foundRow(spaceId: string, visit: RecordDetail, one: FoundProblem): FoundRow {
  return {
    id: problemId(spaceId, visit.rootId, one.number),
    assignmentId: visit.assignmentId ?? '',
    rootId: visit.rootId,
    number: one.number,
    recordId: visit.id,
    facilityId: visit.subjectId ?? '',
    activityId: visit.activityId,
    foundOn: visit.occurredOn ?? '',
    description: one.description,
    passportRow: one.row,
    severity: one.severity,
    photoBefore: one.photo,
  };
}

/** The facility's word on each problem, by the problem's number. */
export function answerRows(record: Pick<RecordDetail, 'id' | 'answers'>): readonly (readonly [number, AnswerRow])[] {
  return repeat(record.answers, 'problem').flatMap((one) => {
    const no = number(one, 'problem_no');
    const answer = text(one, 'agreed');
    if (no === null || !answer) return [];
    const row: AnswerRow = {
      answer,
      recordId: record.id,
      reason: text(one, 'reason'),
      plan: text(one, 'plan'),
      owner: text(one, 'owner'),
      deadline: text(one, 'deadline'),
    };
    return [[no, row] as const];
  });
}

/** What an accepted word of a fix says. */
export function fixRow(fix: RecordDetail): FixRow {
  const { answers } = fix;
  return {
    recordId: fix.id,
    state: text(answers, 'state') ?? 'not_fixed',
    on: fix.occurredOn ?? text(answers, 'checked_on') ?? '',
    whatDone: text(answers, 'what_done'),
    photo: text(answers, 'photo_after'),
    confirmedBy: text(answers, 'confirmed_by'),
    users: Number(text(answers, 'users_confirmed') ?? 0),
  };
}

type Accepted = { readonly record: JudgedRecord; readonly at: number };

/** Every moment at which the record was accepted. */
const acceptances = (record: JudgedRecord): readonly Accepted[] =>
  record.judgements.flatMap((word) => (word.verdict === 'accepted' ? [{ record, at: word.at.getTime() }] : []));

/**
 * Draws `oversight_problem` anew from visits, answers and fixes, in the order in which they took effect.
 * @returns how many problems there are, and whether every row is what it was before
 */
export async function rebuildProblems(db: Db, spaceId: string): Promise<{ rows: number; same: boolean }> {
  return await transaction(db, async (tx) => {
    const before = JSON.stringify(await allProblems(tx, spaceId));
    await deleteProblems(tx, spaceId);
    const visits: Accepted[] = [];
    const fixes: Accepted[] = [];
    for await (const page of judgedRecords(tx, spaceId)) {
      for (const one of page) {
        if (one.formKey === VISIT_FORM) visits.push(...acceptances(one));
        if (one.formKey === FIX_FORM) fixes.push(...acceptances(one));
      }
    }
    const inTime = (list: Accepted[]): Accepted[] => list.sort((a, b) => a.at - b.at);
    for (const { record } of inTime(visits)) {
      if (!record.assignmentId || !record.subjectId || !record.occurredOn) continue;
      for (const one of problemsOf(record.answers)) await putProblem(tx, spaceId, foundRow(spaceId, record, one));
    }
    for (const id of new Set(visits.map(({ record }) => record.id))) await answersTo(tx, spaceId, id);
    for (const { record } of inTime(fixes)) {
      const problem = await problemOfRef(tx, spaceId, text(record.answers, 'problem_ref'));
      if (problem) await putFix(tx, spaceId, problem.id, fixRow(record));
    }
    const after = await allProblems(tx, spaceId);
    return { rows: after.length, same: JSON.stringify(after) === before };
  });
}

async function answersTo(tx: Db, spaceId: string, visitId: string): Promise<void> {
  const visit = await recordOf(tx, spaceId, visitId);
  if (!visit) return;
  for (const related of await recordsRelatedTo(tx, spaceId, visitId)) {
    if (related.formKey !== ANSWER_FORM || related.aside) continue;
    const answer = await recordOf(tx, spaceId, related.id);
    for (const [no, row] of answer ? answerRows(answer) : [])
      await putAnswer(tx, spaceId, problemId(spaceId, visit.rootId, no), row);
  }
}

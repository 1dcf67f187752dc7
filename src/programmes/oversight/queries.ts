import type { Db } from '../../platform/db/index.ts';

export type Problem = {
  readonly id: string;
  readonly assignmentId: string;
  readonly rootId: string;
  readonly number: number;
  readonly recordId: string;
  readonly facilityId: string;
  readonly activityId: string | null;
  readonly foundOn: string;
  readonly description: string;
  readonly passportRow: string;
  readonly severity: string;
  readonly photoBefore: string | null;
  readonly answer: 'agreed' | 'partly' | 'refused' | null;
  readonly answerRecordId: string | null;
  readonly answerReason: string | null;
  readonly plan: string | null;
  readonly owner: string | null;
  readonly deadline: string | null;
  readonly fixRecordId: string | null;
  readonly fixState: 'fixed' | 'started' | 'not_fixed' | null;
  readonly fixedOn: string | null;
  readonly whatDone: string | null;
  readonly photoAfter: string | null;
  readonly confirmedBy: string | null;
  readonly usersConfirmed: number | null;
};

const COLUMNS = `id, assignment_id as "assignmentId", root_id as "rootId", number, record_id as "recordId", facility_id as "facilityId",
  activity_id as "activityId", found_on as "foundOn", description, passport_row as "passportRow", severity, photo_before as "photoBefore",
  answer, answer_record_id as "answerRecordId", answer_reason as "answerReason", plan, owner, deadline, fix_record_id as "fixRecordId",
  fix_state as "fixState", fixed_on as "fixedOn", what_done as "whatDone", photo_after as "photoAfter", confirmed_by as "confirmedBy",
  users_confirmed as "usersConfirmed"`;

export type ProblemFilter = {
  readonly assignmentId?: string;
  readonly facilityId?: string;
  readonly activityId?: string;
  readonly ids?: readonly string[];
};

export async function problems(
  db: Db,
  spaceId: string,
  filter: ProblemFilter,
  limit = 2000,
): Promise<readonly Problem[]> {
  return await db<Problem[]>`select ${db.unsafe(COLUMNS)} from oversight_problem where space_id = ${spaceId}
    and (${filter.assignmentId ?? null}::uuid is null or assignment_id = ${filter.assignmentId ?? null})
    and (${filter.facilityId ?? null}::uuid is null or facility_id = ${filter.facilityId ?? null})
    and (${filter.activityId ?? null}::uuid is null or activity_id = ${filter.activityId ?? null})
    and (${filter.ids ? [...filter.ids] : null}::uuid[] is null or id = any(${filter.ids ? [...filter.ids] : null}::uuid[]))
    order by found_on desc, assignment_id, number limit ${limit}`;
}

export type FoundRow = Pick<
  Problem,
  | 'id'
  | 'assignmentId'
  | 'rootId'
  | 'number'
  | 'recordId'
  | 'facilityId'
  | 'activityId'
  | 'foundOn'
  | 'description'
  | 'passportRow'
  | 'severity'
  | 'photoBefore'
>;

/** Writes what the accepted visit found; a correction changes the words, never the id. */
export async function putProblem(db: Db, spaceId: string, row: FoundRow): Promise<void> {
  await db`insert into oversight_problem (space_id, id, assignment_id, root_id, number, record_id, facility_id, activity_id, found_on,
      description, passport_row, severity, photo_before)
    values (${spaceId}, ${row.id}, ${row.assignmentId}, ${row.rootId}, ${row.number}, ${row.recordId}, ${row.facilityId}, ${row.activityId},
      ${row.foundOn}, ${row.description}, ${row.passportRow}, ${row.severity}, ${row.photoBefore})
    on conflict (space_id, id) do update set record_id = excluded.record_id, found_on = excluded.found_on,
      description = excluded.description, passport_row = excluded.passport_row, severity = excluded.severity, photo_before = excluded.photo_before`;
}

export type AnswerRow = {
  readonly answer: string;
  readonly recordId: string;
  readonly reason: string | null;
  readonly plan: string | null;
  readonly owner: string | null;
  readonly deadline: string | null;
};

export async function putAnswer(db: Db, spaceId: string, id: string, row: AnswerRow): Promise<void> {
  await db`update oversight_problem set answer = ${row.answer}, answer_record_id = ${row.recordId}, answer_reason = ${row.reason},
    plan = ${row.plan}, owner = ${row.owner}, deadline = ${row.deadline} where space_id = ${spaceId} and id = ${id}`;
}

export type FixRow = {
  readonly recordId: string;
  readonly state: string;
  readonly on: string;
  readonly whatDone: string | null;
  readonly photo: string | null;
  readonly confirmedBy: string | null;
  readonly users: number | null;
};

export async function putFix(db: Db, spaceId: string, id: string, row: FixRow): Promise<void> {
  await db`update oversight_problem set fix_record_id = ${row.recordId}, fix_state = ${row.state}, fixed_on = ${row.on},
    what_done = ${row.whatDone}, photo_after = ${row.photo}, confirmed_by = ${row.confirmedBy}, users_confirmed = ${row.users}
    where space_id = ${spaceId} and id = ${id}`;
}

export async function insertLink(
  db: Db,
  spaceId: string,
  link: { assignmentId: string; tokenSha256: string; by: string; expiresOn: string },
): Promise<void> {
  await db`insert into oversight_answer_link (space_id, assignment_id, token_sha256, shared_by, expires_on)
    values (${spaceId}, ${link.assignmentId}, ${link.tokenSha256}, ${link.by}, ${link.expiresOn})`;
}

/** The visit that a link opens, while it is neither used up by time nor revoked. */
export async function visitOfLink(db: Db, spaceId: string, tokenSha256: string, day: string): Promise<string | null> {
  const [row] = await db<{ assignmentId: string }[]>`select assignment_id as "assignmentId" from oversight_answer_link
    where space_id = ${spaceId} and token_sha256 = ${tokenSha256} and revoked_at is null and expires_on >= ${day}`;
  return row?.assignmentId ?? null;
}

export async function revokeLinks(db: Db, spaceId: string, assignmentId: string): Promise<void> {
  await db`update oversight_answer_link set revoked_at = now() where space_id = ${spaceId} and assignment_id = ${assignmentId} and revoked_at is null`;
}

/** Everything that the projection says of a space, for a comparison; and the way to throw it away before it is drawn anew. */
export async function allProblems(db: Db, spaceId: string): Promise<readonly Problem[]> {
  return await db<
    Problem[]
  >`select ${db.unsafe(COLUMNS)} from oversight_problem where space_id = ${spaceId} order by id`;
}

export async function deleteProblems(db: Db, spaceId: string): Promise<void> {
  await db`delete from oversight_problem where space_id = ${spaceId}`;
}

import { assignmentsIn, type Task } from '../../kernel/assignments/index.ts';
import { type FlowNow, statesOf } from '../../kernel/flow/index.ts';
import { type RecordDetail, recordsById } from '../../kernel/records/index.ts';
import { libraryOf } from '../../kernel/sources/index.ts';
import { type Ancestor, ancestorsOf, type Subject, subjects } from '../../kernel/subjects/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { countryDay } from '../../platform/i18n/index.ts';
import type { FacilityType } from './checklist.ts';
import { problemFlow, visitFlow } from './flows.ts';
import { JUDGED_BY, type JudgedBy } from './lines.ts';
import { type Problem, type ProblemFilter, problems } from './queries.ts';
import { type Score, scoreOf } from './score.ts';

/** One visit as the board shows it. */
export type Standing = {
  readonly task: Task;
  readonly state: string;
  /** The day by which the next step is due, 'YYYY-MM-DD'. */
  readonly deadline: string | null;
  readonly facility: Subject | null;
  readonly places: readonly Ancestor[];
  readonly record: RecordDetail | null;
  readonly score: Score | null;
  readonly late: Lateness | null;
};

/**
 * overdue: the window has passed and no visit came in. after: it was made after its window. answer: the facility's days have passed.
 * received: it came in after its window, although it was made inside it.
 */
export type Lateness = 'overdue' | 'after' | 'received' | 'answer';

/** Before the visit: nothing came in yet, or it was sent back. */
const AWAITED = ['planned', 'agreed', 'returned'];

/** Whether a visit is late on a day, and how. Pure. */
export function latenessOf(
  visit: {
    readonly state: string;
    readonly deadline: string | null;
    readonly to: string;
    readonly occurredOn: string | null;
    readonly receivedOn: string | null;
  },
  today: string,
): Lateness | null {
  if (AWAITED.includes(visit.state)) return visit.to < today ? 'overdue' : null;
  if (visit.state === 'shared' && visit.deadline && visit.deadline < today) return 'answer';
  if (visit.occurredOn && visit.occurredOn > visit.to) return 'after';
  return visit.receivedOn && visit.receivedOn > visit.to ? 'received' : null;
}

export const facilityType = (type: string | null | undefined): FacilityType | null =>
  type === 'fmc' || type === 'fgp' || type === 'fap' ? type : null;

/** The visits of a round with where they stand, what came in and what it scores. */
export async function standingsOf(
  db: Db,
  spaceId: string,
  activityId: string,
  today: string,
): Promise<readonly Standing[]> {
  return await standing(db, spaceId, await assignmentsIn(db, spaceId, activityId, { cancelled: true }), today);
}

/** The same for any assignments, in their order. */
export async function standing(
  db: Db,
  spaceId: string,
  tasks: readonly Task[],
  today: string,
): Promise<readonly Standing[]> {
  if (tasks.length === 0) return [];
  const facilityIds = [...new Set(tasks.map((task) => task.subjectId))];
  const [states, facilities, places, records, library] = await Promise.all([
    statesOf(
      db,
      visitFlow,
      spaceId,
      tasks.map((task) => task.id),
    ),
    subjects(db, spaceId, facilityIds, tasks[0]!.from),
    ancestorsOf(db, spaceId, facilityIds, tasks[0]!.from),
    recordsById(
      db,
      spaceId,
      tasks.flatMap((task) => task.record?.id ?? []),
    ),
    libraryOf(db, spaceId, JUDGED_BY),
  ]);
  const found = new Map(records.map((record) => [record.id, record]));
  return tasks.flatMap((task) => {
    const now = states.get(task.id);
    return now
      ? [
          one(task, now, today, library.at, {
            facility: facilities.get(task.subjectId) ?? null,
            places: places.get(task.subjectId) ?? [],
            record: found.get(task.record?.id ?? '') ?? null,
          }),
        ]
      : [];
  });
}

function one(
  task: Task,
  now: FlowNow,
  today: string,
  judgedBy: JudgedBy,
  more: Pick<Standing, 'facility' | 'places' | 'record'>,
): Standing {
  const { record, facility } = more;
  const day = record?.occurredOn ?? task.to;
  const visit = {
    state: now.state,
    deadline: now.deadline,
    to: task.to,
    occurredOn: record?.occurredOn ?? null,
    receivedOn: record ? countryDay(record.receivedAt) : null,
  };
  return {
    ...more,
    task,
    state: now.state,
    deadline: now.deadline,
    score: record ? scoreOf(record.answers, facilityType(facility?.type), day, judgedBy(day)) : null,
    late: latenessOf(visit, today),
  };
}

/** A problem with where it stands. */
export type ProblemNow = Problem & { readonly state: string; readonly since: Date };

/** Problems with their states, the latest found first. */
export async function problemsNow(db: Db, spaceId: string, filter: ProblemFilter): Promise<readonly ProblemNow[]> {
  const rows = await problems(db, spaceId, filter);
  const states = await statesOf(
    db,
    problemFlow,
    spaceId,
    rows.map((row) => row.id),
  );
  return rows.flatMap((row) => {
    const now = states.get(row.id);
    return now ? [{ ...row, state: now.state, since: now.since }] : [];
  });
}

/** Problems solved of problems found; what was closed as no problem is in neither. */
export type FixRate = {
  readonly fixed: number;
  /** Of the fixed ones, those that users confirmed. */
  readonly confirmed: number;
  readonly base: number;
  readonly closed: number;
  /** Null without a base: a rate is never shown alone. */
  readonly share: number | null;
};

/** The rate at which problems are solved, with its base. Pure; the order of the states does not matter. */
export function fixRate(states: readonly string[]): FixRate {
  const count = (...names: readonly string[]): number => states.filter((state) => names.includes(state)).length;
  const closed = count('closed');
  const base = states.length - closed;
  const fixed = count('fixed', 'confirmed');
  return { fixed, confirmed: count('confirmed'), base, closed, share: base === 0 ? null : fixed / base };
}

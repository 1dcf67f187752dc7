import type { Call } from '../../kernel/access/index.ts';
import { assignmentsOf } from '../../kernel/assignments/index.ts';
import { countStates, overdue, statesOf } from '../../kernel/flow/index.ts';
import type { Todo } from '../../kernel/kinds/index.ts';
import { today } from '../../kernel/subjects/index.ts';
import { visitFlow } from './flows.ts';
import { overdue as problemOverdue, waitingFixes } from './pages/problems.tsx';
import { PROBLEMS, ROUNDS } from './pages/rounds.tsx';
import { problemsNow } from './standing.ts';

/** What waits for this person: visits to check, late ones, fixes; for a monitor their own visits. */
export async function todos(call: Call): Promise<readonly Todo[]> {
  const [review, mine] = await Promise.all([
    call.can('oversight.review') ? toReview(call) : [],
    call.actor?.roles.includes('field_worker') ? ownTasks(call) : [],
  ]);
  return [...review, ...mine];
}

async function toReview(call: Call): Promise<readonly Todo[]> {
  const { l, sql, space, actor } = call;
  const day = today(call.now());
  const [counts, late, fixes, problems] = await Promise.all([
    countStates(sql, visitFlow, space.id),
    overdue(sql, visitFlow, space.id, day),
    waitingFixes(call),
    problemsNow(sql, space.id, {}),
  ]);
  const awaited = late.filter((now) => ['planned', 'agreed', 'returned'].includes(now.state));
  const unanswered = late.filter((now) => now.state === 'shared');
  return [
    { text: l.t('oversight.todo.check'), href: `${ROUNDS}`, count: counts.done ?? 0 },
    { text: l.t('oversight.todo.late'), href: `${ROUNDS}`, count: awaited.length, urgent: true },
    { text: l.t('oversight.todo.unanswered'), href: `${ROUNDS}`, count: unanswered.length },
    {
      text: l.t('oversight.todo.fixes'),
      href: `${PROBLEMS}#fixes`,
      count: fixes.filter((fix) => fix.authorId !== actor?.accountId).length,
    },
    {
      text: l.t('oversight.todo.overdue'),
      href: `${PROBLEMS}?late=yes`,
      count: problems.filter((problem) => problemOverdue(problem, day)).length,
    },
  ];
}

async function ownTasks(call: Call): Promise<readonly Todo[]> {
  const { l, sql, space, actor } = call;
  const day = today(call.now());
  const tasks = await assignmentsOf(sql, space.id, actor!.accountId, '1900-01-01', '2999-12-31');
  const states = await statesOf(
    sql,
    visitFlow,
    space.id,
    tasks.map((task) => task.id),
  );
  const open = tasks.filter(
    (task) => ['planned', 'agreed'].includes(states.get(task.id)?.state ?? '') && task.from <= day,
  );
  const back = tasks.filter((task) => states.get(task.id)?.state === 'returned');
  return [
    {
      text: l.t('oversight.todo.mine'),
      href: '/office/oversight/my',
      count: open.length,
      urgent: open.some((task) => task.to < day),
    },
    { text: l.t('oversight.todo.returned'), href: '/office/oversight/my', count: back.length, urgent: true },
  ];
}

import { type Call, officePage } from '../../../kernel/access/index.ts';
import { type Activity, activities } from '../../../kernel/activities/index.ts';
import { assignmentsIn } from '../../../kernel/assignments/index.ts';
import { statesOf } from '../../../kernel/flow/index.ts';
import { projects } from '../../../kernel/projects/index.ts';
import { today } from '../../../kernel/subjects/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import { Card, CardGrid, EmptyState, LinkButton, Progress, StateChip } from '../../../ui/index.ts';
import { visitFlow } from '../flows.ts';
import { latenessOf } from '../standing.ts';

export const ROUNDS = '/office/oversight/rounds';
export const FACILITIES = '/office/oversight/facilities';
export const PROBLEMS = '/office/oversight/problems';

type Count = { readonly all: number; readonly made: number; readonly published: number; readonly late: number };

const MADE = ['done', 'checked', 'shared', 'answered', 'published'];

async function countOf(call: Call, round: Activity): Promise<Count> {
  const tasks = await assignmentsIn(call.sql, call.space.id, round.id);
  const states = await statesOf(
    call.sql,
    visitFlow,
    call.space.id,
    tasks.map((task) => task.id),
  );
  const day = today(call.now());
  const count = { all: tasks.length, made: 0, published: 0, late: 0 };
  for (const task of tasks) {
    const now = states.get(task.id);
    const state = now?.state ?? 'planned';
    if (MADE.includes(state)) count.made += 1;
    if (state === 'published') count.published += 1;
    const late = latenessOf(
      { state, deadline: now?.deadline ?? null, to: task.to, occurredOn: null, receivedOn: null },
      day,
    );
    if (late === 'overdue') count.late += 1;
  }
  return count;
}

/** Every round with how far it has come. */
export async function roundsPage(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const rounds = await activities(sql, space.id, { kind: 'oversight' });
  const [counts, all] = await Promise.all([
    Promise.all(rounds.map((round) => countOf(call, round))),
    projects(sql, space.id),
  ]);
  const names = new Map(all.map((project) => [project.id, l.pick(project.title)]));
  const plan = call.can('oversight.plan') && (
    <LinkButton look="main" icon="plus" href={l.href(`${ROUNDS}/new`)}>
      {l.t('oversight.rounds.new')}
    </LinkButton>
  );
  return page(
    officePage(
      call,
      { title: l.t('oversight.rounds.title'), subheading: l.t('oversight.rounds.lead'), actions: plan },
      rounds.length === 0 ? (
        <EmptyState title={l.t('oversight.rounds.none')} icon="round" action={plan}>
          {l.t('oversight.rounds.noneMore')}
        </EmptyState>
      ) : (
        <CardGrid min="large">
          {rounds.map((round, i) => {
            const count = counts[i]!;
            return (
              <Card
                key={round.id}
                level={2}
                title={l.pick(round.title)}
                href={l.href(`${ROUNDS}/${round.id}`)}
                kicker={l.period(round.startsOn, round.endsOn)}
                aside={
                  count.late > 0 && <StateChip tone="bad">{l.t('oversight.rounds.late', { n: count.late })}</StateChip>
                }
                footer={round.projectIds.map((id) => names.get(id)).join(', ')}
              >
                <Progress
                  id={`round-${round.id}`}
                  label={l.t('oversight.rounds.made')}
                  words={l.t('oversight.ofBase', { n: count.made, base: count.all })}
                  value={count.made}
                  max={Math.max(count.all, 1)}
                />
                <p class="soft small">{l.t('oversight.rounds.published', { n: count.published, base: count.all })}</p>
              </Card>
            );
          })}
        </CardGrid>
      ),
    ),
  );
}

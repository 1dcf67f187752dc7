import { type Call, officePage } from '../../../kernel/access/index.ts';
import { activities } from '../../../kernel/activities/index.ts';
import { listRecords, recordsById } from '../../../kernel/records/index.ts';
import { subjects, today } from '../../../kernel/subjects/index.ts';
import { page, type Reply, uuidParam } from '../../../platform/http/index.ts';
import {
  Card,
  CardGrid,
  DataTable,
  EmptyState,
  FilterBar,
  Pagination,
  Section,
  Select,
  Stat,
  StateChip,
  StatRow,
} from '../../../ui/index.ts';
import { text } from '../answers.ts';
import { problemFlow } from '../flows.ts';
import { FIX_FORM, problemOfRef } from '../keys.ts';
import { fixRate, type ProblemNow, problemsNow } from '../standing.ts';
import { asked, fixRateWords, ProblemChip, severityName } from './common.tsx';
import { FACILITIES, PROBLEMS } from './rounds.tsx';
import { rowName } from './visit-answers.tsx';

const PAGE = 40;
/** States in which somebody still has to do something by the deadline. */
const OPEN = ['found', 'agreed', 'refused', 'acted'];

/** Whether the day by which it was to be fixed has passed. */
export const overdue = (problem: Pick<ProblemNow, 'state' | 'deadline'>, day: string): boolean =>
  OPEN.includes(problem.state) && problem.deadline !== null && problem.deadline < day;

/** Every problem with its state, owner and deadline, and the words of fixes that wait for a second person. */
export async function problemsPage(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const day = today(call.now());
  const [state, round, late] = [asked(call, 'state'), asked(call, 'round'), asked(call, 'late') === 'yes'];
  const activityId = uuidParam.safeParse(round).success ? round : null;
  const [all, rounds, waiting] = await Promise.all([
    problemsNow(sql, space.id, activityId ? { activityId } : {}),
    activities(sql, space.id, { kind: 'oversight' }),
    waitingFixes(call),
  ]);
  const rows = all.filter((one) => (!state || one.state === state) && (!late || overdue(one, day)));
  const from = Math.max(0, Number.parseInt(asked(call, 'from'), 10) || 0);
  const paged = (start: number): string =>
    `?${new URLSearchParams({ ...(state && { state }), ...(round && { round }), ...(late && { late: 'yes' }), from: String(start) })}`;
  const facilities = await subjects(sql, space.id, [...new Set(all.map((one) => one.facilityId))]);
  const rate = fixRate(all.map((one) => one.state));
  const lateCount = all.filter((one) => overdue(one, day)).length;
  return page(
    officePage(
      call,
      { title: l.t('oversight.problems.title'), subheading: fixRateWords(l, rate) },
      <div class="flow">
        <StatRow>
          {problemFlow.states.map((one) => (
            <Stat
              key={one}
              value={l.number(all.filter((problem) => problem.state === one).length)}
              label={l.t(`oversight.problem.state.${one}`)}
              href={`?${new URLSearchParams({ state: one, ...(round && { round }) })}`}
            />
          ))}
          <Stat
            value={l.number(lateCount)}
            label={l.t('oversight.problems.late')}
            href={`?${new URLSearchParams({ late: 'yes', ...(round && { round }) })}`}
          />
        </StatRow>
        {waiting.length > 0 && (
          <Section title={l.t('oversight.fixes.waiting')} id="fixes" lead={l.t('oversight.fixes.waitingLead')}>
            <CardGrid>
              {waiting.map(({ recordId, problem, whatDone, on }) => (
                <Card
                  key={recordId}
                  title={problem.description}
                  href={l.href(`${PROBLEMS}/${problem.id}#fixes`)}
                  kicker={on ? l.date(on) : ''}
                  aside={<ProblemChip l={l} state={problem.state} />}
                  footer={l.pick(facilities.get(problem.facilityId)?.name)}
                >
                  {whatDone && <p>{whatDone}</p>}
                </Card>
              ))}
            </CardGrid>
          </Section>
        )}
        <FilterBar
          l={l}
          action={l.href(PROBLEMS)}
          active={[state, round, late].filter(Boolean).length}
          clear={l.href(PROBLEMS)}
        >
          <Select
            l={l}
            name="state"
            label={l.t('oversight.state')}
            prompt={l.t('oversight.all')}
            value={state}
            choices={problemFlow.states.map((one) => ({ value: one, label: l.t(`oversight.problem.state.${one}`) }))}
          />
          <Select
            l={l}
            name="round"
            label={l.t('oversight.round')}
            prompt={l.t('oversight.all')}
            value={round}
            choices={rounds.map((one) => ({ value: one.id, label: l.pick(one.title) }))}
          />
        </FilterBar>
        <DataTable
          l={l}
          caption={l.t('oversight.problems.title')}
          rows={rows.slice(from, from + PAGE)}
          rowKey={(one) => one.id}
          rowTone={(one) => (overdue(one, day) ? 'bad' : undefined)}
          empty={
            <EmptyState title={l.t('oversight.problems.none')} icon="done">
              {l.t('oversight.problems.noneMore')}
            </EmptyState>
          }
          columns={[
            {
              key: 'what',
              label: l.t('oversight.problem'),
              head: true,
              cell: (one) => (
                <>
                  <a href={l.href(`${PROBLEMS}/${one.id}`)}>{one.description}</a>{' '}
                  <small class="soft">
                    {rowName(l, one.passportRow)} · {severityName(l, one.severity)}
                  </small>
                </>
              ),
            },
            {
              key: 'facility',
              label: l.t('oversight.facility'),
              cell: (one) => (
                <a href={l.href(`${FACILITIES}/${one.facilityId}`)}>{l.pick(facilities.get(one.facilityId)?.name)}</a>
              ),
            },
            { key: 'state', label: l.t('oversight.state'), cell: (one) => <ProblemChip l={l} state={one.state} /> },
            { key: 'owner', label: l.t('oversight.problem.owner'), cell: (one) => one.owner ?? '–' },
            {
              key: 'deadline',
              label: l.t('oversight.problem.deadline'),
              cell: (one) => (
                <>
                  {one.deadline ? l.date(one.deadline) : '–'}{' '}
                  {overdue(one, day) && <StateChip tone="bad">{l.t('oversight.problems.overdue')}</StateChip>}
                </>
              ),
            },
          ]}
        />
        <Pagination
          l={l}
          previous={from > 0 ? paged(Math.max(0, from - PAGE)) : undefined}
          next={from + PAGE < rows.length ? paged(from + PAGE) : undefined}
          note={l.t('oversight.ofBase', { n: Math.min(from + PAGE, rows.length), base: rows.length })}
        />
      </div>,
    ),
  );
}

export type WaitingFix = {
  readonly recordId: string;
  readonly authorId: string | null;
  readonly problem: ProblemNow;
  readonly state: string;
  readonly whatDone: string | null;
  readonly on: string | null;
};

/** Words of fixes that a second person has not looked at, of one problem or of all. */
export async function waitingFixes(call: Call, problemId?: string): Promise<readonly WaitingFix[]> {
  const { sql, space } = call;
  const { rows } = await listRecords(sql, space.id, { formKey: FIX_FORM, state: 'waiting' }, null, 200);
  const records = await recordsById(
    sql,
    space.id,
    rows.filter((row) => !row.aside).map((row) => row.id),
  );
  const found = await Promise.all(
    records.map(async (record) => ({
      record,
      problem: await problemOfRef(sql, space.id, text(record.answers, 'problem_ref')),
    })),
  );
  const ids = [...new Set(found.flatMap(({ problem }) => problem?.id ?? []))];
  const known = new Map((await problemsNow(sql, space.id, { ids })).map((one) => [one.id, one]));
  return found.flatMap(({ record, problem }) => {
    const now = known.get(problem?.id ?? '');
    if (!now || (problemId && now.id !== problemId)) return [];
    return [
      {
        recordId: record.id,
        authorId: record.authorId,
        problem: now,
        state: text(record.answers, 'state') ?? 'not_fixed',
        whatDone: text(record.answers, 'what_done'),
        on: record.occurredOn,
      },
    ];
  });
}

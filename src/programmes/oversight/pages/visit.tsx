import { accountNames, type Call, officePage } from '../../../kernel/access/index.ts';
import { activity } from '../../../kernel/activities/index.ts';
import { assignment, type Task } from '../../../kernel/assignments/index.ts';
import { historyOf, stateOf } from '../../../kernel/flow/index.ts';
import { attachmentsOf, type JudgedRecord, record as recordOf, visibleFile } from '../../../kernel/records/index.ts';
import { ancestors, subject, today } from '../../../kernel/subjects/index.ts';
import { page, type Reply, stream } from '../../../platform/http/index.ts';
import { notFound, type Problem } from '../../../platform/problem.ts';
import { EmptyState, Facts, LinkButton, type Photo, ProblemSummary, Section, StateChip } from '../../../ui/index.ts';
import { problemsOf } from '../answers.ts';
import { type Card, cardOf } from '../card.ts';
import { visitFlow } from '../flows.ts';
import { ANSWER_FORM, FIX_FORM, VISIT_FORM } from '../keys.ts';
import { answerStillDue } from '../share.ts';
import { latenessOf, problemsNow } from '../standing.ts';
import {
  actorOf,
  asked,
  crumb,
  errorsOf,
  idOf,
  LateChip,
  placeWords,
  ScoreParts,
  score100,
  typeName,
  VisitChip,
} from './common.tsx';
import { NoticeList, noticesOf, Versions, versionsShown } from './record-notices.tsx';
import { FACILITIES, ROUNDS } from './rounds.tsx';
import { Answers, captionsOf, FoundProblems, Photos, Talks } from './visit-answers.tsx';
import { ConflictNotice, VisitActs, VisitHistory, VisitSteps } from './visit-flow.tsx';

/** The visit in the address. A field worker opens only what is asked of them. @throws Problem 404 */
export async function openVisit(call: Call): Promise<Task> {
  const task = await assignment(call.sql, call.space.id, idOf(call));
  const actor = actorOf(call);
  if (!task || (!call.can('oversight.view') && task.actorId !== actor.accountId)) throw notFound(idOf(call));
  return task;
}

/** One visit with all that a second person must see before saying that it is right. */
export async function visitPage(call: Call, problem?: Problem): Promise<Reply> {
  const { l, sql, space } = call;
  const task = await openVisit(call);
  const now = await stateOf(sql, visitFlow, space.id, task.id);
  if (!now) throw notFound(task.id);
  const record = task.record ? await recordOf(sql, space.id, task.record.id) : null;
  const day = record?.occurredOn ?? task.from;
  const [round, facility, places, history, card, found, due] = await Promise.all([
    activity(sql, space.id, task.activityId),
    subject(sql, space.id, task.subjectId, day),
    ancestors(sql, space.id, task.subjectId, day),
    historyOf(sql, visitFlow, space.id, task.id),
    record?.subjectId ? cardOf(sql, space.id, record) : null,
    problemsNow(sql, space.id, { assignmentId: task.id }),
    answerStillDue(sql, space.id, task.id, call.now()),
  ]);
  const [photos, notices, versions] = record
    ? await Promise.all([photosOf(call, record), noticesOf(call, record), versionsShown(call, record)])
    : [[], null, []];
  const names = await accountNames(sql, space.id, peopleOf(task, record, history));
  const late = latenessOf(
    {
      state: now.state,
      deadline: now.deadline,
      to: task.to,
      occurredOn: record?.occurredOn ?? null,
      receivedOn: record ? today(record.receivedAt) : null,
    },
    today(call.now()),
  );
  const title = l.pick(facility?.name) || '–';
  return page(
    officePage(
      call,
      {
        title,
        crumbs: [
          crumb(l, 'oversight.rounds.title', ROUNDS),
          { label: l.pick(round?.title), href: l.href(`${ROUNDS}/${task.activityId}`) },
          { label: title },
        ],
        subheading: (
          <>
            <VisitChip l={l} state={now.state} /> <LateChip l={l} late={late} />{' '}
            {record?.supersedes && <StateChip tone="info">{l.t('oversight.corrected')}</StateChip>}
          </>
        ),
        actions: call.can('oversight.view') && (
          <LinkButton icon="facility" href={l.href(`${FACILITIES}/${task.subjectId}`)}>
            {l.t('oversight.facility')}
          </LinkButton>
        ),
      },
      <div class="flow">
        {problem && <ProblemSummary title={l.t(problem.key, problem.details)} problems={[]} />}
        <VisitSteps l={l} now={now} history={history} names={names} />
        <ConflictNotice call={call} task={task} names={names} />
        {record && notices && <NoticeList call={call} record={record} notices={notices} back={task.id} />}
        <Facts
          facts={[
            { term: l.t('oversight.type'), value: typeName(l, facility?.type) },
            { term: l.t('oversight.place'), value: placeWords(l, places, true) || '–' },
            { term: l.t('oversight.monitor'), value: names.get(task.actorId) ?? '–' },
            { term: l.t('oversight.window'), value: l.period(task.from, task.to) },
            ...(record
              ? [
                  { term: l.t('oversight.visitedOn'), value: record.occurredOn ? l.date(record.occurredOn) : '–' },
                  { term: l.t('oversight.received'), value: l.dateTime(record.receivedAt) },
                  { term: l.t('oversight.formVersion'), value: record.formVersion },
                ]
              : []),
            ...(card?.standard ? [{ term: l.t('oversight.standard'), value: standardWords(call, card.standard) }] : []),
          ]}
        />
        {record && card ? (
          <VisitBody call={call} record={record} card={card} found={found} photos={photos} />
        ) : (
          <EmptyState title={l.t('oversight.notVisited')} icon="checklist">
            {l.t('oversight.notVisitedMore', { to: l.date(task.to) })}
          </EmptyState>
        )}
        <VisitActs call={call} task={task} now={now} history={history} answerDue={due} errors={errorsOf(l, problem)} />
        {versions.length > 0 && <Versions call={call} versions={versions} />}
        <Section title={l.t('oversight.history')} id="history">
          <VisitHistory l={l} history={history} names={names} />
        </Section>
      </div>,
    ),
    problem?.status ?? 200,
  );
}

export const standardWords = ({ l }: Call, standard: NonNullable<Card['standard']>): string =>
  l.t('oversight.standardVersion', { version: standard.version, from: l.date(standard.validFrom) });

function peopleOf(task: Task, record: JudgedRecord | null, history: Awaited<ReturnType<typeof historyOf>>): string[] {
  const ids = [
    task.actorId,
    task.conflict?.statedBy,
    task.conflict?.allowedBy,
    record?.authorId,
    ...history.flatMap((event) => [event.byId, event.details.authorId]),
  ];
  return [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
}

type BodyProps = {
  call: Call;
  record: JudgedRecord;
  card: Card;
  found: Awaited<ReturnType<typeof problemsNow>>;
  photos: readonly Photo[];
};

async function photosOf(call: Call, record: JudgedRecord): Promise<readonly Photo[]> {
  const captions = captionsOf(call.l, record.answers);
  const files = await attachmentsOf(call.sql, call.space.id, record.id);
  return files.flatMap((file, i) => {
    if (!visibleFile(call.actor, file)) return [];
    const address = `/office/oversight/photos/${record.id}/${encodeURIComponent(file.name)}`;
    const caption = captions.get(file.name) ?? file.name;
    return [
      { id: `p${i}`, src: address, thumb: `${address}?small=1`, alt: caption, caption, width: 1600, height: 1200 },
    ];
  });
}

/** What came in: score, pictures, ticks beside the standard, problems, talks. */
function VisitBody({ call, record, card, found, photos }: BodyProps) {
  const { l } = call;
  return (
    <>
      <ScoreParts l={l} label={l.t('oversight.score.of', { facility: l.pick(card.facility) })} scored={card} />
      <p>
        {l.t('oversight.sides', { users: score100(l, card.sides.users), providers: score100(l, card.sides.providers) })}
      </p>
      <Section title={l.t('oversight.photos')} id="photos-section" lead={l.t('oversight.photos.look')}>
        <Photos l={l} photos={photos} />
      </Section>
      <Answers l={l} card={card} answers={record.answers} />
      <Section title={l.t('oversight.problems.title')} id="problems">
        <FoundProblems l={l} problems={found} found={problemsOf(record.answers)} />
      </Section>
      <Section title={l.t('oversight.talks.title')} id="talks" lead={l.t('oversight.talks.lead')}>
        <Talks l={l} record={record} />
      </Section>
    </>
  );
}

const OWN_FORMS: readonly string[] = [VISIT_FORM, ANSWER_FORM, FIX_FORM];

/** A picture of a record: the original for those who review, the one without position data for others; `?small=1` gives that one. */
export async function photoFile(call: Call): Promise<Reply> {
  const id = idOf(call);
  const record = await recordOf(call.sql, call.space.id, id);
  const actor = actorOf(call);
  const mayOpen = call.can('oversight.view') || record?.authorId === actor.accountId;
  if (!record || !OWN_FORMS.includes(record.formKey) || !mayOpen) throw notFound(id);
  const file = (await attachmentsOf(call.sql, call.space.id, id)).find((one) => one.name === call.params.name);
  const seen = file && visibleFile(asked(call, 'small') ? { roles: [] } : actor, file);
  const shown = seen ?? (file && visibleFile(actor, file));
  const bytes = shown ? await call.files.read(shown.sha256) : null;
  if (!shown || !bytes) throw notFound('photo');
  return stream(bytes, shown.mediaType, { 'cache-control': 'private, max-age=3600' });
}

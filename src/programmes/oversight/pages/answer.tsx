import { type Call, pageContext, plainPage } from '../../../kernel/access/index.ts';
import { stateOf } from '../../../kernel/flow/index.ts';
import { today } from '../../../kernel/subjects/index.ts';
import { page, type Reply, seeOther, stream } from '../../../platform/http/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { notFound, Problem, type ProblemPart } from '../../../platform/problem.ts';
import {
  Alert,
  Button,
  DateField,
  type Photo,
  PhotoGrid,
  PrintLayout,
  ProblemSummary,
  RadioGroup,
  Section,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import { type Card, cardOf } from '../card.ts';
import { picturesOf } from '../cards.ts';
import { visitFlow } from '../flows.ts';
import { visitOf } from '../review.ts';
import { answerVisit, type FacilityAnswer, openAnswerLink } from '../share.ts';
import { type ProblemNow, problemsNow } from '../standing.ts';
import { errorsOf, orAgain, placeWords, ScoreParts, score100, severityName, typeName } from './common.tsx';
import { Answers, rowName } from './visit-answers.tsx';

const NO_STORE = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' };
const WORDS = ['agreed', 'partly', 'refused'] as const;

type Opened = {
  readonly assignmentId: string;
  readonly card: Card;
  readonly problems: readonly ProblemNow[];
  readonly state: string;
  readonly until: string | null;
};

/** The visit behind the link. @throws Problem 404 oversight.linkOver */
async function opened(call: Call): Promise<Opened> {
  const { sql, space } = call;
  const token = call.params.token ?? '';
  if (!/^[\w-]{20,100}$/.test(token)) throw new Problem(404, 'oversight.linkOver');
  const assignmentId = await openAnswerLink(sql, space.id, token, call.now());
  const visit = await visitOf(sql, { spaceId: space.id, assignmentId });
  const [card, found, now] = await Promise.all([
    cardOf(sql, space.id, visit.record),
    problemsNow(sql, space.id, { assignmentId }),
    stateOf(sql, visitFlow, space.id, assignmentId),
  ]);
  const problems = found
    .filter((one) => one.recordId === visit.record.id && one.state !== 'closed')
    .sort((a, b) => a.number - b.number);
  return { assignmentId, card, problems, state: now?.state ?? '', until: now?.deadline ?? null };
}

/** The card and the form of the answer; after the answer a copy to print. */
export async function answerPage(call: Call): Promise<Reply> {
  const visit = await opened(call);
  if (visit.state === 'shared') return drawForm(call, visit);
  if (visit.state === 'answered' || visit.state === 'published') return drawCopy(call, visit);
  const { l } = call;
  const title = l.pick(visit.card.facility);
  return page(plainPage(call, { title }, <Alert tone="info" title={l.t('oversight.answer.paused')} />), 200, NO_STORE);
}

type Typed = Readonly<Record<string, unknown>>;
const typed = (fields: Typed, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value.trim().slice(0, 2000) : '';
};

function drawForm(call: Call, visit: Opened, fields: Typed = {}, problem?: Problem): Reply {
  const { l } = call;
  const { card, problems, until } = visit;
  const title = l.pick(card.facility);
  const errors = errorsOf(l, problem);
  const here = call.l.href(`/oversight/answer/${call.params.token}`);
  return page(
    plainPage(
      call,
      { title, width: 'wide' },
      <div class="flow">
        <h1>{title}</h1>
        <p class="lead">
          {l.t('oversight.answer.lead', { day: l.date(card.visitedOn), until: until ? l.date(until) : '–' })}
        </p>
        <p class="soft">
          {typeName(l, card.type)}, {placeWords(l, card.places, true)}
        </p>
        {problem && (
          <ProblemSummary
            title={l.t(problem.parts.length > 0 ? 'oversight.answer.wrong' : problem.key, problem.details)}
            problems={problem.parts.map((part) => ({ text: partWords(l, part), field: part.at }))}
          />
        )}
        <ScoreParts l={l} label={l.t('oversight.card.score')} scored={card} />
        <details>
          <summary>{l.t('oversight.answer.all')}</summary>
          <Answers l={l} card={card} />
        </details>
        <form method="post" action={here} class="form flow">
          {problems.length === 0 && <p>{l.t('oversight.problems.noneFound')}</p>}
          {problems.map((one, i) => (
            <OneProblem key={one.id} call={call} visit={visit} problem={one} i={i} fields={fields} errors={errors} />
          ))}
          <TextField
            l={l}
            name="position"
            label={l.t('oversight.answer.position')}
            hint={l.t('oversight.answer.positionHint')}
            value={typed(fields, 'position')}
            required
            maxLength={200}
            {...errors('position')}
          />
          <TextArea
            l={l}
            name="comment"
            label={l.t('oversight.answer.comment')}
            hint={l.t('oversight.answer.commentHint')}
            value={typed(fields, 'comment')}
            rows={3}
            maxLength={2000}
            {...errors('comment')}
          />
          <Button look="main" icon="send">
            {l.t('oversight.answer.send')}
          </Button>
        </form>
      </div>,
    ),
    problem?.status ?? 200,
    NO_STORE,
  );
}

/** «plan_2» → «2. What will you do: fill it in». */
function partWords(l: Locale, part: ProblemPart): string {
  const [name = '', number] = part.at.split('_');
  const field = ['agreed', 'plan', 'owner', 'deadline', 'reason', 'position', 'comment'].includes(name)
    ? name
    : 'comment';
  return `${number ? `${number}. ` : ''}${l.t(`oversight.answer.field.${field}`)}: ${l.t(part.key, part.details)}`;
}

type OneProps = {
  call: Call;
  visit: Opened;
  problem: ProblemNow;
  i: number;
  fields: Typed;
  errors: (field: string) => { error?: string };
};

/** One problem with its picture and the facility's word on it. */
function OneProblem({ call, visit, problem, i, fields, errors }: OneProps) {
  const { l } = call;
  const n = i + 1;
  const photo = visit.card.problems.find((one) => one.id === problem.id)?.photo;
  const photos: Photo[] = photo
    ? [
        {
          id: `p${n}`,
          src: `/oversight/answer/${call.params.token}/photos/${photo.sha256}`,
          alt: problem.description,
          width: 1600,
          height: 1200,
        },
      ]
    : [];
  return (
    <Section title={`${n}. ${problem.description}`} id={`problem-${n}`}>
      <p class="soft">
        {rowName(l, problem.passportRow)} · {severityName(l, problem.severity)}
      </p>
      {photos.length > 0 && <PhotoGrid l={l} id={`photos-${n}`} photos={photos} />}
      <RadioGroup
        l={l}
        name={`agreed_${n}`}
        label={l.t('oversight.answer.field.agreed')}
        required
        value={typed(fields, `agreed_${n}`)}
        choices={WORDS.map((value) => ({ value, label: l.t(`oversight.answer.choice.${value}`) }))}
        {...errors(`agreed_${n}`)}
      />
      <TextArea
        l={l}
        name={`plan_${n}`}
        label={l.t('oversight.answer.field.plan')}
        hint={l.t('oversight.answer.planHint')}
        value={typed(fields, `plan_${n}`)}
        rows={2}
        maxLength={2000}
        {...errors(`plan_${n}`)}
      />
      <TextField
        l={l}
        name={`owner_${n}`}
        label={l.t('oversight.answer.field.owner')}
        value={typed(fields, `owner_${n}`)}
        maxLength={200}
        {...errors(`owner_${n}`)}
      />
      <DateField
        l={l}
        name={`deadline_${n}`}
        label={l.t('oversight.answer.field.deadline')}
        value={typed(fields, `deadline_${n}`)}
        min={today(call.now())}
        {...errors(`deadline_${n}`)}
      />
      <TextArea
        l={l}
        name={`reason_${n}`}
        label={l.t('oversight.answer.field.reason')}
        hint={l.t('oversight.answer.reasonHint')}
        value={typed(fields, `reason_${n}`)}
        rows={2}
        maxLength={2000}
        {...errors(`reason_${n}`)}
      />
    </Section>
  );
}

/** Takes the answer; what is missing is said beside its field, and nothing that was typed is lost. */
export async function answerNow(call: Call): Promise<Reply> {
  const visit = await opened(call);
  const fields = (call.request.body ?? {}) as Typed;
  const answer: FacilityAnswer = {
    position: typed(fields, 'position'),
    comment: typed(fields, 'comment'),
    problems: visit.problems.map((one, i) => {
      const given = (name: string): string => typed(fields, `${name}_${i + 1}`);
      const word = WORDS.find((choice) => choice === given('agreed')) ?? '';
      const deadline = /^\d{4}-\d{2}-\d{2}$/.test(given('deadline')) ? given('deadline') : '';
      return {
        number: one.number,
        agreed: word,
        plan: given('plan'),
        owner: given('owner'),
        deadline,
        reason: given('reason'),
      };
    }),
  };
  return await orAgain(
    async () => {
      await answerVisit(call.sql, { spaceId: call.space.id, assignmentId: visit.assignmentId, answer, at: call.now() });
      return seeOther(call.l.href(`/oversight/answer/${call.params.token}`), { key: 'oversight.answer.thanks' });
    },
    async (problem) => drawForm(call, visit, fields, named(problem)),
  );
}

/** The form's paths as the names of our fields: 'problem[2]/plan' → 'plan_2'. */
function named(problem: Problem): Problem {
  const parts = problem.parts.map((part) => {
    const [, n, name] = /^problem\[(\d+)\]\/(\w+)$/.exec(part.at) ?? [];
    return n && name ? { ...part, at: `${name}_${n}` } : part;
  });
  return new Problem(problem.status, problem.key, { ...problem.details }, parts);
}

/** Thanks, and the answer as it was given, for the facility's own folder. */
function drawCopy(call: Call, visit: Opened): Reply {
  const { l, space } = call;
  const { card, problems } = visit;
  const title = l.pick(card.facility);
  return page(
    <PrintLayout
      page={pageContext(call)}
      title={title}
      siteName={l.pick(space.name)}
      kind="report"
      tools={<span class="soft">{l.t('oversight.poster.print')}</span>}
      source={<p>{l.t('oversight.card.lead', { day: l.date(card.visitedOn), by: l.pick(space.name) })}</p>}
    >
      <p class="lead">{l.t('oversight.answer.thanks')}</p>
      <p>{l.t('oversight.answer.copy', { score: score100(l, card.mean) })}</p>
      {card.answer && (
        <p>
          {l.t('oversight.card.answered', { day: l.date(card.answer.on), position: card.answer.position ?? '–' })}
          {card.answer.comment && ` «${card.answer.comment}»`}
        </p>
      )}
      {problems.map((one, i) => (
        <section key={one.id}>
          <h2>
            {i + 1}. {one.description}
          </h2>
          <p>
            <strong>{one.answer ? l.t(`oversight.answer.choice.${one.answer}`) : '–'}</strong>
          </p>
          {one.plan && (
            <p>
              {l.t('oversight.answer.field.plan')} {one.plan}
            </p>
          )}
          {one.owner && (
            <p>
              {l.t('oversight.answer.field.owner')} {one.owner}
              {one.deadline && `, ${l.date(one.deadline)}`}
            </p>
          )}
          {one.answerReason && (
            <p>
              {l.t('oversight.answer.field.reason')} {one.answerReason}
            </p>
          )}
        </section>
      ))}
    </PrintLayout>,
    200,
    NO_STORE,
  );
}

/** A picture of the card for who holds the link: the one for all eyes. */
export async function answerPhoto(call: Call): Promise<Reply> {
  const { card } = await opened(call);
  const sha256 = call.params.sha256 ?? '';
  const bytes = picturesOf(card).has(sha256) ? await call.files.read(sha256) : null;
  if (!bytes) throw notFound('photo');
  return stream(bytes, 'image/jpeg', NO_STORE);
}

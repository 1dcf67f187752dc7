import type { Call } from '../../../kernel/access/index.ts';
import type { Task } from '../../../kernel/assignments/index.ts';
import { type FlowEvent, type FlowNow, possibleSteps } from '../../../kernel/flow/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { countryDay } from '../../../platform/i18n/index.ts';
import {
  Alert,
  Button,
  ButtonRow,
  Checkbox,
  DateField,
  type Happening,
  LinkButton,
  Section,
  type Step,
  Steps,
  TextArea,
  Timeline,
} from '../../../ui/index.ts';
import { visitFlow } from '../flows.ts';
import { VISITS } from './board.tsx';

const PATH = ['planned', 'agreed', 'done', 'checked', 'shared', 'answered', 'published'] as const;

type Names = ReadonlyMap<string, string>;

/** Who made a step: the person, the monitor for a record that came in, or the facility. */
function whoOf(l: Locale, event: FlowEvent, names: Names): string {
  if (event.byId) return names.get(event.byId) ?? '–';
  if (event.event === 'answer') return l.t('oversight.theFacility');
  const author = event.details.authorId;
  return (typeof author === 'string' && names.get(author)) || l.t('oversight.system');
}

/** The way of a visit, each step with who and when. */
export function VisitSteps({
  l,
  now,
  history,
  names,
}: {
  l: Locale;
  now: FlowNow;
  history: readonly FlowEvent[];
  names: Names;
}) {
  const standing = now.state === 'returned' ? 'done' : now.state;
  const at = (PATH as readonly string[]).indexOf(standing);
  const steps: Step[] = PATH.map((state, i) => {
    const event = i <= at ? history.findLast((one) => one.toState === state) : undefined;
    const label = i === at ? now.state : state;
    return {
      label: l.t(`oversight.visit.state.${label}`),
      state: i < at ? 'done' : i === at ? 'current' : 'coming',
      ...(event && { when: l.date(countryDay(event.at)), who: whoOf(l, event, names) }),
      ...(i < at && !event && { state: 'coming' as const, note: l.t('oversight.visit.skipped') }),
    };
  });
  return <Steps l={l} label={l.t('oversight.visit.way')} steps={steps} />;
}

const ICONS: Readonly<Record<string, NonNullable<Happening['icon']>>> = {
  start: 'calendar',
  agree: 'phone',
  record: 'inbox',
  correct: 'edit',
  return: 'undo',
  check: 'check',
  uncheck: 'undo',
  share: 'share',
  answer: 'comment',
  publish: 'globe',
  withdraw: 'hidden',
  cancel: 'close',
  reopen: 'undo',
};

/** Every step of a visit, the newest first. */
export function VisitHistory({ l, history, names }: { l: Locale; history: readonly FlowEvent[]; names: Names }) {
  return (
    <Timeline
      label={l.t('oversight.history')}
      items={[...history].reverse().map((event) => ({
        key: event.id,
        iso: event.at.toISOString(),
        when: l.dateTime(event.at),
        who: whoOf(l, event, names),
        what: l.t(`oversight.visit.event.${event.event}`),
        icon: ICONS[event.event] ?? 'history',
        ...(['return', 'uncheck', 'withdraw', 'cancel'].includes(event.event) && { tone: 'warn' as const }),
        ...(event.reason && { note: event.reason }),
      }))}
    />
  );
}

type ActProps = {
  readonly call: Call;
  readonly task: Task;
  readonly now: FlowNow;
  readonly history: readonly FlowEvent[];
  /** The day until which the facility may still answer; null when it may be published. */
  readonly answerDue: string | null;
  readonly errors: (field: string) => { error?: string };
};

/** What this person may do with the visit now, each with its reason where one is needed. */
export function VisitActs({ call, task, now, history, answerDue, errors }: ActProps) {
  const { l, actor } = call;
  if (!actor) return null;
  const events = new Set(possibleSteps(visitFlow, now.state, actor, history).map((arrow) => arrow.event));
  const idle = events.size === 0 && now.state !== 'shared' && now.state !== 'cancelled';
  if (idle || (!call.can('oversight.agree') && !call.can('oversight.review'))) return null;
  const own = task.record?.authorId === actor.accountId;
  const here = (act: string): string => l.href(`${VISITS}/${task.id}/${act}`);
  const reason = (act: string, words: string, look: 'plain' | 'danger' = 'danger') =>
    events.has(act) && (
      <details key={act}>
        <summary>{words}</summary>
        <form method="post" action={here(act)} class="flow form">
          <TextArea
            l={l}
            name="reason"
            id={`reason-${act}`}
            label={l.t('oversight.reason')}
            rows={2}
            required
            maxLength={1000}
            {...errors('reason')}
          />
          <Button look={look}>{words}</Button>
        </form>
      </details>
    );
  const reviews = events.has('check') || events.has('return') || events.has('uncheck');
  return (
    <Section title={l.t('oversight.decide')} id="decide">
      {reviews && own ? (
        <Alert tone="info" title={l.t('oversight.ownVisit')}>
          {l.t('oversight.ownVisitMore')}
        </Alert>
      ) : (
        <div class="flow">
          {events.has('agree') && call.can('oversight.agree') && (
            <form method="post" action={here('agree')} class="form flow">
              <DateField
                l={l}
                name="day"
                label={l.t('oversight.agree.day')}
                hint={l.t('oversight.agree.hint')}
                {...errors('day')}
              />
              <Button look="main" icon="calendar">
                {l.t(now.state === 'agreed' ? 'oversight.agree.again' : 'oversight.agree.do')}
              </Button>
            </form>
          )}
          {events.has('check') && call.can('oversight.review') && (
            <form method="post" action={here('check')} class="form flow">
              <Checkbox
                l={l}
                name="no_people"
                label={l.t('oversight.check.noPeople')}
                hint={l.t('oversight.check.noPeopleHint')}
                required
                {...errors('no_people')}
              />
              <Button look="main" icon="check">
                {l.t('oversight.visit.event.check')}
              </Button>
            </form>
          )}
          {call.can('oversight.review') && reason('return', l.t('oversight.return.do'))}
          {events.has('share') && call.can('oversight.share') && (
            <form method="post" action={here('share')}>
              <p>{l.t('oversight.share.lead')}</p>
              <Button look="main" icon="share">
                {l.t('oversight.visit.event.share')}
              </Button>
            </form>
          )}
          {now.state === 'shared' && call.can('oversight.share') && (
            <form method="post" action={here('share')}>
              <Button icon="link">{l.t('oversight.share.again')}</Button>
            </form>
          )}
          {events.has('publish') &&
            call.can('oversight.publish') &&
            (answerDue ? (
              <Alert tone="info" title={l.t('oversight.answerStillDue', { day: l.date(answerDue) })} />
            ) : (
              <form method="post" action={here('publish')}>
                <Button look="main" icon="globe">
                  {l.t('oversight.publish.do')}
                </Button>
              </form>
            ))}
          {call.can('oversight.review') && reason('uncheck', l.t('oversight.visit.event.uncheck'), 'plain')}
          {call.can('oversight.publish') && reason('withdraw', l.t('oversight.visit.event.withdraw'))}
          {call.can('oversight.plan') && reason('cancel', l.t('oversight.cancelVisit'))}
          {['planned', 'agreed'].includes(now.state) && !task.conflict && call.can('oversight.agree') && (
            <details>
              <summary>{l.t('oversight.conflict.state')}</summary>
              <form method="post" action={here('conflict')} class="flow form">
                <p>{l.t('oversight.conflict.lead')}</p>
                <TextArea
                  l={l}
                  name="reason"
                  id="reason-conflict"
                  label={l.t('oversight.conflict.why')}
                  rows={2}
                  required
                  maxLength={1000}
                />
                <Button>{l.t('oversight.conflict.state')}</Button>
              </form>
            </details>
          )}
          {now.state === 'cancelled' && <p class="soft">{l.t('oversight.cancelled')}</p>}
          {events.has('reopen') && call.can('oversight.plan') && (
            <form method="post" action={here('reopen')}>
              <Button icon="undo">{l.t('oversight.reopen.do')}</Button>
            </form>
          )}
        </div>
      )}
    </Section>
  );
}

/** A stated conflict of interest and the decision on it. */
export function ConflictNotice({ call, task, names }: { call: Call; task: Task; names: Names }) {
  const { l, actor } = call;
  const { conflict } = task;
  if (!conflict) return null;
  const mayAllow = task.blocked && call.can('oversight.plan') && task.actorId !== actor?.accountId;
  return (
    <Alert
      tone={task.blocked ? 'bad' : 'info'}
      title={l.t(task.blocked ? 'oversight.conflict.stated' : 'oversight.conflict.allowed')}
    >
      <p>
        {conflict.reason} – {names.get(conflict.statedBy) ?? '–'}, {l.dateTime(new Date(conflict.statedAt))}
      </p>
      {conflict.allowedReason && (
        <p>
          {conflict.allowedReason} – {names.get(conflict.allowedBy ?? '') ?? '–'}
        </p>
      )}
      {mayAllow && (
        <form method="post" action={l.href(`${VISITS}/${task.id}/allow`)} class="form flow">
          <TextArea
            l={l}
            name="reason"
            id="reason-allow"
            label={l.t('oversight.conflict.allowWhy')}
            rows={2}
            required
            maxLength={1000}
          />
          <ButtonRow>
            <Button>{l.t('oversight.conflict.allow')}</Button>
            <LinkButton look="quiet" href="#decide">
              {l.t('oversight.cancelVisit')}
            </LinkButton>
          </ButtonRow>
        </form>
      )}
    </Alert>
  );
}

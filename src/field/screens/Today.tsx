import { countryDay } from '../../platform/i18n/index.ts';
import { EmptyState, Icon, StateChip, type Tone } from '../../ui/index.ts';
import type { Draft } from '../drafts.ts';
import type { Task } from '../server.ts';
import { drafts, fill, home, l, me, outbox, reload, vault } from '../state.ts';
import { ClockState, LineState, SpaceState } from './Line.tsx';

/** Today in the country (UTC+6), whatever the phone's zone says. */
const todayInCountry = (): string => countryDay(new Date());

type TaskState = 'draft' | 'phone' | 'refused' | 'received' | Task['state'];

/** What this phone knows goes before what the server said last. */
function stateOf(task: Task): TaskState {
  if (drafts.value.some((draft) => draft.taskId === task.id)) return 'draft';
  const own = outbox.value.find((item) => item.taskId === task.id);
  if (own?.state === 'waiting') return 'phone';
  if (own?.state === 'refused') return 'refused';
  // What the phone sent last may be newer than what the server had when it told the task.
  const newer = own?.receipt && own.receipt.recordId !== task.recordId;
  if (own?.state === 'received' && (task.state === 'open' || (task.state === 'returned' && newer))) return 'received';
  return task.state;
}

const TONES: Readonly<Record<TaskState, Tone>> = {
  open: 'neutral',
  draft: 'warn',
  phone: 'info',
  refused: 'bad',
  received: 'good',
  waiting: 'good',
  accepted: 'good',
  returned: 'bad',
  rejected: 'bad',
  withdrawn: 'neutral',
};

export function Today() {
  const { t, pick } = l.value;
  const now = todayInCountry();
  const tasks = [...(home.value?.home.tasks ?? [])].sort((a, b) => (a.to < b.to ? -1 : 1));
  const toDo = (task: Task) => ['open', 'draft', 'returned', 'refused'].includes(stateOf(task));
  const groups = [
    { key: 'late', tasks: tasks.filter((task) => toDo(task) && task.to < now) },
    { key: 'now', tasks: tasks.filter((task) => toDo(task) && task.from <= now && task.to >= now) },
    { key: 'later', tasks: tasks.filter((task) => toDo(task) && task.from > now) },
    { key: 'done', tasks: tasks.filter((task) => !toDo(task)) },
  ] as const;
  const loose = drafts.value.filter((draft) => !tasks.some((task) => task.id === draft.taskId));
  return (
    <>
      <div class="app-head">
        <p class="kicker">{me.value?.space}</p>
        <h1>{t('field.today.title')}</h1>
        <p class="soft">{me.value?.name}</p>
      </div>
      <LineState />
      <ClockState />
      <SpaceState />
      {loose.length > 0 && (
        <section class="section flow" aria-labelledby="drafts">
          <h2 id="drafts">{t('field.today.drafts')}</h2>
          <ul class="task-list">
            {loose.map((draft) => (
              <DraftRow key={draft.id} draft={draft} />
            ))}
          </ul>
        </section>
      )}
      {groups.map(
        ({ key, tasks: some }) =>
          some.length > 0 && (
            <section class="section flow" key={key} aria-labelledby={`tasks-${key}`}>
              <h2 id={`tasks-${key}`}>{t(`field.today.${key}`)}</h2>
              <ul class="task-list">
                {some.map((task) => (
                  <TaskRow key={task.id} task={task} />
                ))}
              </ul>
            </section>
          ),
      )}
      {home.value && tasks.length === 0 && (
        <EmptyState title={t('field.today.none')} icon="calendar">
          {t('field.today.noneMore')}
        </EmptyState>
      )}
      {home.value && home.value.home.forms.length > 0 && (
        <section class="section flow" aria-labelledby="forms">
          <h2 id="forms">{t('field.today.forms')}</h2>
          <ul class="task-list">
            {home.value.home.forms.map((offer) => (
              <li key={offer.versionId}>
                <button type="button" class="task" onClick={() => void fill({ offer, title: pick(offer.title) })}>
                  <Icon name="form" size={24} />
                  <span class="task-words">
                    <strong>{pick(offer.title)}</strong>
                  </span>
                  <Icon name="next" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function TaskRow({ task }: { readonly task: Task }) {
  const { t, pick, period } = l.value;
  const state = stateOf(task);
  const place = pick(task.subject.place);
  const name = pick(task.subject.name);
  const open = () => {
    const draft = drafts.value.find((one) => one.taskId === task.id);
    const offer = home.value?.home.forms.find((form) => form.key === task.formKey);
    if (draft) void fill({ draft });
    else if (offer) {
      void fill({ offer, title: pick(offer.title), task, place: name });
    }
  };
  const shut = task.blocked || ['phone', 'received', 'waiting', 'accepted'].includes(state);
  return (
    <li>
      <button type="button" class="task" onClick={open} disabled={shut}>
        <Icon name="facility" size={24} />
        <span class="task-words">
          <strong>{name}</strong>
          <small>
            {place && `${place} · `}
            {period(task.from, task.to)}
          </small>
          <span>
            {task.blocked ? (
              <StateChip tone="bad">{t('field.task.blocked')}</StateChip>
            ) : (
              <StateChip tone={TONES[state]}>{t(`field.task.${state}`)}</StateChip>
            )}
          </span>
          {task.returned && state === 'returned' && (
            <span class="task-note">
              {t('field.returned.by', { by: task.returned.by })} {task.returned.reason}
            </span>
          )}
        </span>
        {!shut && <Icon name="next" />}
      </button>
    </li>
  );
}

function DraftRow({ draft }: { readonly draft: Draft }) {
  const { t, dateTime } = l.value;
  const drop = async () => {
    if (!vault.value || !globalThis.confirm(t('field.draft.dropSure'))) return;
    const { dropDraft } = await import('../drafts.ts');
    await dropDraft(vault.value, draft);
    await reload();
  };
  return (
    <li class="task-row">
      <button type="button" class="task" onClick={() => void fill({ draft })}>
        <Icon name="edit" size={24} />
        <span class="task-words">
          <strong>{draft.label || draft.title}</strong>
          <small>
            {draft.label && `${draft.title} · `}
            {dateTime(new Date(draft.changedAt))}
          </small>
          {draft.taskId && home.value && <span class="task-note">{t('field.task.gone')}</span>}
        </span>
        <Icon name="next" />
      </button>
      <button
        type="button"
        class="btn btn--quiet btn--square"
        aria-label={t('field.draft.drop')}
        onClick={() => void drop()}
      >
        <Icon name="trash" />
      </button>
    </li>
  );
}

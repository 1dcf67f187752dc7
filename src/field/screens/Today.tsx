import { Alert, EmptyState, Icon, StateChip, type Tone } from '../../ui/index.ts';
import type { Draft } from '../drafts.ts';
import type { Task } from '../server.ts';
import { drafts, fill, home, l, line, me, outbox, reload, sync, vault } from '../state.ts';

/** Today in the country (UTC+6), whatever the phone's zone says. */
const todayInCountry = (): string => new Date(Date.now() + 6 * 3_600_000).toISOString().slice(0, 10);

type TaskState = 'draft' | 'phone' | 'refused' | 'received' | Task['state'];

/** What this phone knows goes before what the server said last. */
function stateOf(task: Task): TaskState {
  if (drafts.value.some((draft) => draft.taskId === task.id)) return 'draft';
  const own = outbox.value.find((item) => item.taskId === task.id);
  if (own?.state === 'waiting') return 'phone';
  if (own?.state === 'refused') return 'refused';
  if (own?.state === 'received' && task.state === 'open') return 'received';
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

/** Whether the server is heard, and when it was heard last. */
export function LineState() {
  const { t, dateTime } = l.value;
  const at = home.value?.at;
  if (line.value === 'signedOut') {
    return (
      <Alert tone="warn" title={t('field.line.signedOut')}>
        {t('field.line.signedOutMore')}
      </Alert>
    );
  }
  const words = line.value === 'unknown' ? 'talking' : line.value;
  return (
    <div class="line">
      <p class="line-words" role="status">
        <span class={`line-dot line-dot--${words}`} aria-hidden="true" />
        {t(`field.line.${words}`)}
        {at && <small class="soft"> {t('field.line.heard', { when: dateTime(new Date(at)) })}</small>}
      </p>
      <button
        type="button"
        class="btn btn--square"
        aria-label={t('field.line.again')}
        disabled={words === 'talking'}
        onClick={() => void sync('refused')}
      >
        <Icon name="round" />
      </button>
    </div>
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
      const sent = state === 'returned' ? outbox.value.find((item) => item.taskId === task.id) : undefined;
      void fill({ offer, title: pick(offer.title), task, place: name, ...(sent && { sent }) });
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

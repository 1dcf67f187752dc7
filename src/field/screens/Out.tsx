import { Alert, EmptyState, Icon, StateChip } from '../../ui/index.ts';
import { saveOutbox } from '../export.ts';
import type { OutItem } from '../outbox.ts';
import { l, line, me, outbox, progress, vault } from '../state.ts';
import { LineState } from './Line.tsx';

/** What was finished here: what still waits stands first, what the server has is the history below. */
export function Out() {
  const { t } = l.value;
  const waiting = outbox.value.filter((item) => item.state !== 'received');
  const received = outbox.value.filter((item) => item.state === 'received');
  return (
    <>
      <div class="app-head">
        <h1>{t('field.out.title')}</h1>
      </div>
      <LineState />
      {outbox.value.length === 0 && (
        <EmptyState title={t('field.out.none')} icon="send">
          {t('field.out.noneMore')}
        </EmptyState>
      )}
      {waiting.length > 0 && (
        <section class="section flow" aria-labelledby="waiting">
          <h2 id="waiting">{t('field.out.waiting')}</h2>
          <ul class="out-list">
            {waiting.map((item) => (
              <OutRow key={item.id} item={item} />
            ))}
          </ul>
          {line.value !== 'talking' && (
            <Alert
              title={t('field.out.noNetwork')}
              actions={
                <button
                  type="button"
                  class="btn"
                  onClick={() => vault.value && void saveOutbox(vault.value, me.value?.name ?? '')}
                >
                  <Icon name="download" />
                  {t('field.out.save')}
                </button>
              }
            >
              {t('field.out.noNetworkMore')}
            </Alert>
          )}
        </section>
      )}
      {received.length > 0 && (
        <section class="section flow" aria-labelledby="received">
          <h2 id="received">{t('field.out.history')}</h2>
          <ul class="out-list">
            {received.map((item) => (
              <OutRow key={item.id} item={item} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function OutRow({ item }: { readonly item: OutItem }) {
  const { t, dateTime } = l.value;
  const photos = item.files.length;
  return (
    <li class="out">
      <p class="out-name">
        <strong>{item.label || item.title}</strong>
      </p>
      <p class="small soft">
        {item.label && `${item.title} · `}
        {dateTime(new Date(item.finishedAt))}
        {photos > 0 && ` · ${t('field.out.files', { n: photos })}`}
      </p>
      <OutState item={item} />
    </li>
  );
}

function OutState({ item }: { readonly item: OutItem }) {
  const { t, dateTime, percent } = l.value;
  const going = progress.value[item.id];
  if (item.state === 'received' && item.receipt) {
    const { receivedAt, recordId, aside, outcome } = item.receipt;
    return (
      <>
        <StateChip tone="good" icon="done">
          {t('field.out.received', { when: dateTime(new Date(receivedAt)) })}
        </StateChip>
        {(aside || outcome === 'conflict') && (
          <p class="out-note">
            <StateChip tone="warn" icon="waiting">
              {t('field.out.aside')}
            </StateChip>
            <small> {aside?.text ?? t('field.out.conflict')}</small>
          </p>
        )}
        <p class="small soft">{t('field.out.receipt', { id: recordId.slice(0, 13) })}</p>
      </>
    );
  }
  if (item.state === 'refused') {
    return (
      <>
        <StateChip tone="bad">{t('field.out.refused')}</StateChip>
        <p class="small">{item.problem}</p>
        <p class="small soft">{t('field.out.refusedMore')}</p>
      </>
    );
  }
  if (going) {
    const [sent, total] = going;
    return (
      <>
        <StateChip tone="info" icon="send">
          {t('field.out.sending', { part: percent(total > 0 ? sent / total : 0) })}
        </StateChip>
        <progress class="form-progress" value={sent} max={total} aria-label={t('field.out.progress')} />
      </>
    );
  }
  return (
    <StateChip tone="neutral" icon="device">
      {t('field.out.phone')}
    </StateChip>
  );
}

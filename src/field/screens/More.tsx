import { useEffect } from 'preact/hooks';
import { Icon } from '../../ui/index.ts';
import { saveOutbox } from '../export.ts';
import { install, installable } from '../install.ts';
import { drafts, home, l, leave, me, measureAgain, outbox, space as room, vault } from '../state.ts';
import { MEGABYTE } from '../storage.ts';
import { forgetPerson } from '../store.ts';

/** The phone itself: whose it is, how much room there is, and the ways out. */
export function More() {
  const { t, number } = l.value;
  const space = room.value;
  useEffect(() => void measureAgain(), []);
  const unsent = outbox.value.some((item) => item.state !== 'received') || drafts.value.length > 0;
  const forget = async () => {
    if (!vault.value || !globalThis.confirm(t(unsent ? 'field.more.forgetUnsent' : 'field.more.forgetSure'))) return;
    const { person } = vault.value;
    await forgetPerson(person);
    await leave();
  };
  const persist = async () => {
    await navigator.storage?.persist?.();
    await measureAgain();
  };
  return (
    <>
      <div class="app-head">
        <h1>{t('field.more.title')}</h1>
        <p class="soft">{me.value?.name}</p>
      </div>
      <section class="section flow">
        <h2>{t('field.more.phone')}</h2>
        {space && (
          <dl class="facts">
            <div>
              <dt>{t('field.more.free')}</dt>
              <dd>{t('field.more.megabytes', { n: number(Math.round(space.free / MEGABYTE)) })}</dd>
            </div>
            <div>
              <dt>{t('field.more.keeping')}</dt>
              <dd>{t(space.safe ? 'field.more.safe' : 'field.more.unsafe')}</dd>
            </div>
            <div>
              <dt>{t('field.more.forms')}</dt>
              <dd>{number(home.value?.home.forms.length ?? 0)}</dd>
            </div>
          </dl>
        )}
        {space && !space.safe && (
          <button type="button" class="btn" onClick={() => void persist()}>
            <Icon name="shield" />
            {t('field.more.ask')}
          </button>
        )}
      </section>
      {installable.value && (
        <section class="section flow">
          <h2>{t('field.more.install')}</h2>
          <p>{t('field.more.installMore')}</p>
          <button type="button" class="btn" onClick={() => void install()}>
            <Icon name="device" />
            {t('field.more.install')}
          </button>
        </section>
      )}
      <section class="section flow">
        <h2>{t('field.more.file')}</h2>
        <p>{t('field.out.noNetworkMore')}</p>
        <button
          type="button"
          class="btn"
          onClick={() => vault.value && void saveOutbox(vault.value, me.value?.name ?? '')}
        >
          <Icon name="download" />
          {t('field.out.save')}
        </button>
      </section>
      <section class="section flow">
        <h2>{t('field.more.people')}</h2>
        <p>{t('field.signIn.another')}</p>
        <div class="btn-row">
          <button type="button" class="btn btn--main" onClick={() => void leave()}>
            <Icon name="lock" />
            {t('field.more.lock')}
          </button>
          <button type="button" class="btn btn--danger" onClick={() => void forget()}>
            <Icon name="trash" />
            {t('field.more.forget')}
          </button>
        </div>
      </section>
    </>
  );
}

import { Alert, Icon } from '../../ui/index.ts';
import { clock, home, l, line, space, sync } from '../state.ts';
import { LOW_BYTES, MEGABYTE } from '../storage.ts';
import { LinkForm } from './LinkForm.tsx';

/** Whether the server is heard, and when it was heard last. */
export function LineState() {
  const { t, dateTime } = l.value;
  const at = home.value?.at;
  if (line.value === 'signedOut') {
    return (
      <>
        <Alert tone="warn" title={t('field.line.signedOut')}>
          {t('field.line.signedOutMore')}
        </Alert>
        <LinkForm />
      </>
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

/** A clock that is wrong goes into every record: the person can set it right. */
export function ClockState() {
  const { t, dateTime } = l.value;
  const wrong = clock.value;
  if (!wrong) return null;
  const said = { phone: dateTime(wrong.phone), server: dateTime(wrong.server) };
  return (
    <Alert tone="warn" title={t('field.clock.title')}>
      <p>{t(`field.clock.${wrong.when}`, said)}</p>
      <p>{t('field.clock.mend')}</p>
    </Alert>
  );
}

/** Told before the phone is full, while there is time to make room. */
export function SpaceState() {
  const { t, number } = l.value;
  if (!space.value || space.value.free > LOW_BYTES) return null;
  const n = number(Math.max(0, Math.round(space.value.free / MEGABYTE)));
  return (
    <Alert tone="warn" title={t('field.space.low', { n })}>
      {t('field.space.lowMore')}
    </Alert>
  );
}

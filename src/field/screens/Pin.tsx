import { useState } from 'preact/hooks';
import { Alert } from '../../ui/index.ts';
import { type Home, Refusal } from '../server.ts';
import { l, newToken, settleIn, WrongPin } from '../state.ts';
import type { Person } from '../store.ts';

const PIN = /^\d{4,8}$/;

export function PinField({
  id,
  label,
  error,
  hint,
}: {
  readonly id: string;
  readonly label: string;
  readonly error?: string;
  readonly hint?: string;
}) {
  return (
    <div class={error ? 'field field--wrong' : 'field'}>
      <label class="field-label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        name={id}
        class="input input--short pin"
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={8}
        aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined}
        aria-invalid={error ? 'true' : undefined}
      />
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** Why the server did not let a new link in, as a message key. */
export const unheard = (reason: unknown): string =>
  reason instanceof Refusal && reason.status < 500 ? 'field.signIn.refused' : 'field.signIn.offline';

/** Leaves a new link alone. */
export function Cancel() {
  return (
    <button
      type="button"
      class="btn btn--quiet"
      onClick={() => {
        newToken.value = '';
      }}
    >
      {l.value.t('field.signIn.cancel')}
    </button>
  );
}

/** Whose link it is, and under which PIN: a new one, one's own, or a new one in place of one that is forgotten. */
export function SetPin({
  token,
  found,
  known,
}: {
  readonly token: string;
  readonly found: Home;
  readonly known: Person | undefined;
}) {
  const { t } = l.value;
  const [error, setError] = useState('');
  const [failed, setFailed] = useState('');
  const [busy, setBusy] = useState(false);
  const [forgotten, setForgotten] = useState(false);
  const settle = async (pin: string) => {
    setBusy(true);
    setError('');
    setFailed('');
    try {
      await settleIn(token, found, pin, forgotten);
    } catch (reason) {
      if (reason instanceof WrongPin) setError(t('field.pin.wrong'));
      // A network that is away is a TypeError; what the phone could not keep is the storage's own.
      else setFailed(reason instanceof Refusal || reason instanceof TypeError ? unheard(reason) : 'field.trouble.keep');
      setBusy(false);
    }
  };
  const choosing = !known || forgotten;
  const needsPin = choosing || known.wrapped !== null;
  return (
    <form
      class="flow"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        const pin = String(given.get('pin') ?? '');
        if (needsPin && !PIN.test(pin)) setError(t('field.pin.short'));
        else if (choosing && pin !== given.get('again')) setError(t('field.pin.differ'));
        else void settle(pin);
      }}
    >
      <h1>{t('field.signIn.hello', { name: found.person.name })}</h1>
      <p class="soft">{l.value.pick(found.space.name)}</p>
      {failed && <Alert tone="bad" title={t(failed)} />}
      {needsPin && (
        <PinField
          id="pin"
          label={t(forgotten ? 'field.pin.new' : known ? 'field.pin.yours' : 'field.pin.choose')}
          {...(choosing && { hint: t('field.pin.why') })}
          {...(error && { error })}
        />
      )}
      {choosing && <PinField id="again" label={t('field.pin.again')} />}
      <div class="btn-row">
        <button type="submit" class="btn btn--main" disabled={busy}>
          {t(busy ? 'field.pin.busy' : 'field.signIn.go')}
        </button>
        {!known && (
          <button type="button" class="btn btn--quiet" disabled={busy} onClick={() => void settle('')}>
            {t('field.pin.none')}
          </button>
        )}
        {known?.spare && !forgotten && (
          <button
            type="button"
            class="btn btn--quiet"
            onClick={() => {
              setError('');
              setForgotten(true);
            }}
          >
            {t('field.pin.forgot')}
          </button>
        )}
        <Cancel />
      </div>
    </form>
  );
}

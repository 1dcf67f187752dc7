import { useEffect, useState } from 'preact/hooks';
import { Alert, Icon } from '../../ui/index.ts';
import { type Home, Refusal } from '../server.ts';
import { everyone, l, newToken, settleIn, unlock, whoseKey } from '../state.ts';
import type { Person } from '../store.ts';

/** A link or the key alone, as it may be pasted. */
const KEY = /(?:#key=)?([\w-]{20,200})\s*$/;
const PIN = /^\d{4,8}$/;

/** Who works on this phone now: by a new link, or by one's own PIN. */
export function SignIn() {
  if (newToken.value) return <NewPerson token={newToken.value} />;
  return everyone.value.length > 0 ? <Choose /> : <NoOne />;
}

function NoOne() {
  const { t } = l.value;
  const [wrong, setWrong] = useState(false);
  return (
    <>
      <h1>{t('field.signIn.title')}</h1>
      <p class="lead">{t('field.signIn.how')}</p>
      <form
        class="flow"
        onSubmit={(event) => {
          event.preventDefault();
          const text = String(new FormData(event.currentTarget).get('link') ?? '');
          const key = KEY.exec(text.trim())?.[1];
          setWrong(!key);
          if (key) newToken.value = key;
        }}
      >
        <div class="field">
          <label class="field-label" for="link">
            {t('field.signIn.link')}
          </label>
          <input id="link" name="link" class="input" autocomplete="off" spellcheck={false} />
          {wrong && <p class="field-error">{t('field.signIn.wrongLink')}</p>}
        </div>
        <button type="submit" class="btn btn--main">
          {t('field.signIn.go')}
        </button>
      </form>
    </>
  );
}

function NewPerson({ token }: { readonly token: string }) {
  const { t } = l.value;
  const [found, setFound] = useState<Home | null>(null);
  const [error, setError] = useState('');
  const look = () => {
    setError('');
    whoseKey(token).then(setFound, (reason: unknown) =>
      setError(reason instanceof Refusal ? 'field.signIn.refused' : 'field.signIn.offline'),
    );
  };
  useEffect(look, [token]);
  if (error) {
    return (
      <>
        <Alert tone="bad" title={t(error)} />
        <div class="btn-row">
          <button type="button" class="btn btn--main" onClick={look}>
            {t('field.line.again')}
          </button>
          <Cancel />
        </div>
      </>
    );
  }
  if (!found) return <p role="status">{t('field.signIn.looking')}</p>;
  const known = everyone.value.find((person) => person.id === found.person.id);
  return <SetPin token={token} found={found} known={known} />;
}

function Cancel() {
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

function PinField({
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

function SetPin({
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
  const [busy, setBusy] = useState(false);
  const settle = async (pin: string) => {
    setBusy(true);
    try {
      await settleIn(token, found, pin);
    } catch (reason) {
      setError(reason instanceof Refusal ? t('field.pin.wrong') : t('field.trouble.keep'));
      setBusy(false);
    }
  };
  const needsPin = !known || known.wrapped !== null;
  return (
    <form
      class="flow"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        const pin = String(given.get('pin') ?? '');
        if (needsPin && !PIN.test(pin)) setError(t('field.pin.short'));
        else if (!known && pin !== given.get('again')) setError(t('field.pin.differ'));
        else void settle(pin);
      }}
    >
      <h1>{t('field.signIn.hello', { name: found.person.name })}</h1>
      <p class="soft">{l.value.pick(found.space.name)}</p>
      {needsPin && (
        <PinField
          id="pin"
          label={t(known ? 'field.pin.yours' : 'field.pin.choose')}
          {...(!known && { hint: t('field.pin.why') })}
          {...(error && { error })}
        />
      )}
      {!known && <PinField id="again" label={t('field.pin.again')} />}
      <div class="btn-row">
        <button type="submit" class="btn btn--main" disabled={busy}>
          {t(busy ? 'field.pin.busy' : 'field.signIn.go')}
        </button>
        {!known && (
          <button type="button" class="btn btn--quiet" disabled={busy} onClick={() => void settle('')}>
            {t('field.pin.none')}
          </button>
        )}
        <Cancel />
      </div>
    </form>
  );
}

function Choose() {
  const { t } = l.value;
  const [picked, setPicked] = useState<Person | null>(everyone.value.length === 1 ? everyone.value[0]! : null);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const open = async (person: Person, pin: string) => {
    setBusy(true);
    if (!(await unlock(person, pin))) setError(t('field.pin.wrong'));
    setBusy(false);
  };
  if (!picked) {
    return (
      <>
        <h1>{t('field.signIn.who')}</h1>
        <ul class="task-list">
          {everyone.value.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                class="task"
                onClick={() => (person.key ? void open(person, '') : setPicked(person))}
              >
                <Icon name="person" size={24} />
                <span class="task-words">
                  <strong>{person.name}</strong>
                  <small>{person.space}</small>
                </span>
                <Icon name={person.key ? 'next' : 'lock'} />
              </button>
            </li>
          ))}
        </ul>
        <p class="soft small">{t('field.signIn.another')}</p>
      </>
    );
  }
  return (
    <form
      class="flow"
      onSubmit={(event) => {
        event.preventDefault();
        void open(picked, String(new FormData(event.currentTarget).get('pin') ?? ''));
      }}
    >
      <h1>{picked.name}</h1>
      {!picked.key && <PinField id="pin" label={t('field.pin.yours')} {...(error && { error })} />}
      <div class="btn-row">
        <button type="submit" class="btn btn--main" disabled={busy}>
          {t(busy ? 'field.pin.busy' : 'field.signIn.go')}
        </button>
        {everyone.value.length > 1 && (
          <button type="button" class="btn btn--quiet" onClick={() => setPicked(null)}>
            {t('field.signIn.other')}
          </button>
        )}
      </div>
    </form>
  );
}

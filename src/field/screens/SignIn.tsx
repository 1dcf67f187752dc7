import { useEffect, useState } from 'preact/hooks';
import { Alert, Icon } from '../../ui/index.ts';
import type { Home } from '../server.ts';
import { everyone, l, newToken, unlock, whoseKey } from '../state.ts';
import type { Person } from '../store.ts';
import { LinkForm } from './LinkForm.tsx';
import { Cancel, PinField, SetPin, unheard } from './Pin.tsx';

/** Who works on this phone now: by a new link, or by one's own PIN. */
export function SignIn() {
  if (newToken.value) return <NewPerson token={newToken.value} />;
  return everyone.value.length > 0 ? <Choose /> : <NoOne />;
}

function NoOne() {
  const { t } = l.value;
  return (
    <>
      <h1>{t('field.signIn.title')}</h1>
      <p class="lead">{t('field.signIn.how')}</p>
      <LinkForm />
    </>
  );
}

function NewPerson({ token }: { readonly token: string }) {
  const { t } = l.value;
  const [found, setFound] = useState<Home | null>(null);
  const [error, setError] = useState('');
  const look = () => {
    setError('');
    whoseKey(token).then(setFound, (reason: unknown) => setError(unheard(reason)));
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

function Choose() {
  const { t } = l.value;
  const [picked, setPicked] = useState<Person | null>(everyone.value.length === 1 ? everyone.value[0]! : null);
  if (picked) return <Unlock person={picked} onBack={() => setPicked(null)} />;
  return (
    <>
      <h1>{t('field.signIn.who')}</h1>
      <ul class="task-list">
        {everyone.value.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              class="task"
              onClick={() => (person.key ? void unlock(person, '') : setPicked(person))}
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
      <section class="section flow">
        <h2>{t('field.signIn.add')}</h2>
        <p>{t('field.signIn.another')}</p>
        <LinkForm />
      </section>
    </>
  );
}

function Unlock({ person, onBack }: { readonly person: Person; readonly onBack: () => void }) {
  const { t } = l.value;
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const open = async (pin: string) => {
    setBusy(true);
    if (!(await unlock(person, pin))) setError(t('field.pin.wrong'));
    setBusy(false);
  };
  return (
    <>
      <form
        class="flow"
        onSubmit={(event) => {
          event.preventDefault();
          void open(String(new FormData(event.currentTarget).get('pin') ?? ''));
        }}
      >
        <h1>{person.name}</h1>
        {!person.key && <PinField id="pin" label={t('field.pin.yours')} {...(error && { error })} />}
        <div class="btn-row">
          <button type="submit" class="btn btn--main" disabled={busy}>
            {t(busy ? 'field.pin.busy' : 'field.signIn.go')}
          </button>
          <button type="button" class="btn btn--quiet" onClick={onBack}>
            {t('field.signIn.other')}
          </button>
        </div>
      </form>
      {!person.key && (
        <details class="section q-guidance">
          <summary>{t('field.pin.forgot')}</summary>
          <div class="flow">
            <p>{t('field.pin.forgotHow')}</p>
            <LinkForm />
          </div>
        </details>
      )}
    </>
  );
}

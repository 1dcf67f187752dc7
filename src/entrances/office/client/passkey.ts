import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';

/** The two buttons of passkeys: adding one (#passkey-add) and the second step of signing in (#passkey-use). */
const say = document.getElementById('passkey-say');

document.getElementById('passkey-add')?.addEventListener('click', () => void attempt(add));
document.getElementById('passkey-use')?.addEventListener('click', () => void attempt(use));

async function add(): Promise<void> {
  const optionsJSON = await post<PublicKeyCredentialCreationOptionsJSON>('/office/account/passkeys/begin', {});
  const response = await startRegistration({ optionsJSON });
  await post('/office/account/passkeys/finish', { name: navigator.platform || 'passkey', response });
}

async function use(): Promise<void> {
  const optionsJSON = await post<PublicKeyCredentialRequestOptionsJSON>('/second-step/begin', {});
  await post('/second-step/finish', await startAuthentication({ optionsJSON }));
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
    location.assign(say?.dataset.next ?? '/');
  } catch {
    if (say) say.textContent = say.dataset.failed ?? '';
  }
}

// The options come from our own server in the shape that the library made there.
async function post<T>(url: string, body: unknown): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as T;
}

import { render } from 'preact';
import { App } from './App.tsx';
import { begin, fetchFormPartsBy, newToken, outbox, sync, vault } from './state.ts';
import { keepOpen } from './store.ts';

/** The key of a sign-in link leaves the address bar at once: nobody reads it over a shoulder or from the history. */
function takeKey(): void {
  const key = /^#key=([\w-]{20,200})$/.exec(location.hash)?.[1];
  if (!key) return;
  newToken.value = key;
  history.replaceState(null, '', '/field/');
}

const A_MINUTE = 60_000;

/** Sending on every sign of a network, for browsers that do not wake a service worker; some give no sign at all, so also each minute. */
function listen(): void {
  globalThis.addEventListener('online', () => void sync());
  globalThis.addEventListener('hashchange', takeKey);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void sync();
  });
  setInterval(() => {
    if (outbox.value.some((item) => item.state === 'waiting')) void sync();
  }, A_MINUTE);
  let seen = 0;
  for (const sign of ['pointerdown', 'keydown'])
    document.addEventListener(sign, () => {
      if (!vault.value || Date.now() - seen < A_MINUTE) return;
      seen = Date.now();
      void keepOpen(vault.value.person, vault.value.key);
    });
  navigator.serviceWorker?.addEventListener('message', () => void sync());
}

takeKey();
fetchFormPartsBy(() => Promise.all([import('./drafts.ts'), import('./screens/Fill.tsx')]));
const root = document.getElementById('app')!;
if (globalThis.isSecureContext && globalThis.indexedDB) {
  begin()
    .catch(() => undefined)
    .then(() => render(<App />, root));
  listen();
  if ('serviceWorker' in navigator)
    globalThis.addEventListener(
      'load',
      () => void navigator.serviceWorker.register('/field/sw.js', { scope: '/field/' }),
    );
} else {
  render(<App insecure />, root);
}

import { render } from 'preact';
import { App } from './App.tsx';
import { listenForInstall, listenForReleases } from './install.ts';
import { begin, fetchFormPartsBy, line, newToken, outbox, sync, vault } from './state.ts';
import { keepOpen } from './store.ts';

/** The key of a sign-in link leaves the address bar at once: nobody reads it over a shoulder or from the history. */
function takeKey(): void {
  const key = /^#key=([\w-]{20,200})$/.exec(location.hash)?.[1];
  if (!key) return;
  newToken.value = key;
  history.replaceState(null, '', '/field/');
}

const A_MINUTE = 60_000;

/** A try without a network fails at once and costs nothing; a server in trouble is left alone for longer. */
const TRY_MS = 15_000;

/** Sending on every sign of a network, for browsers that do not wake a service worker; some give no sign at all, so also now and then. */
function listen(): void {
  globalThis.addEventListener('online', () => void sync());
  globalThis.addEventListener('hashchange', takeKey);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    void sync();
    // An app that stays open for days would not hear of a new release otherwise.
    void navigator.serviceWorker?.getRegistration().then((found) => found?.update().catch(() => undefined));
  });
  let tried = -A_MINUTE;
  setInterval(() => {
    const rest = document.visibilityState === 'visible' && line.value === 'offline' ? TRY_MS : A_MINUTE;
    if (performance.now() - tried < rest - 1000 || !outbox.value.some((item) => item.state === 'waiting')) return;
    tried = performance.now();
    void sync();
  }, TRY_MS);
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
  listenForInstall();
  if ('serviceWorker' in navigator) {
    listenForReleases(navigator.serviceWorker);
    globalThis.addEventListener(
      'load',
      () => void navigator.serviceWorker.register('/field/sw.js', { scope: '/field/' }),
    );
  }
} else {
  render(<App insecure />, root);
}

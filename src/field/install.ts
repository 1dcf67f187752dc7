/** Installing the app on the phone, and the word that a newer one is ready. */
import { signal } from '@preact/signals';

interface InstallPrompt extends Event {
  readonly prompt: () => Promise<unknown>;
}

/** The browser would install the app now. */
export const installable = signal<InstallPrompt | null>(null);
/** A newer release is on the phone and takes over at the next start. */
export const updateReady = signal(false);

export async function install(): Promise<void> {
  const asked = installable.value;
  installable.value = null;
  await asked?.prompt();
}

/** @param worker the browser's register of service workers */
export function listenForReleases(worker: ServiceWorkerContainer): void {
  // The first worker of all takes over a page that is as new as itself.
  let first = worker.controller === null;
  worker.addEventListener('controllerchange', () => {
    if (!first) updateReady.value = true;
    first = false;
  });
}

export function listenForInstall(): void {
  globalThis.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    installable.value = event as InstallPrompt;
  });
  globalThis.addEventListener('appinstalled', () => {
    installable.value = null;
  });
}

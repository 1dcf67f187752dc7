/// <reference lib="webworker" />
import { sendWaiting } from './outbox.ts';
import { openPeople } from './store.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build: every file of the app, and a version that changes with any of them. */
declare const __PRECACHE__: { readonly version: string; readonly files: readonly string[] };

const { version, files } = __PRECACHE__;
const CACHE = `field-${version}`;

self.addEventListener('install', (event) => {
  // `reload` goes past the browser's own cache: a release is whole or it is not there.
  const all = files.map((file) => new Request(`/field/${file}`, { cache: 'reload' }));
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(all))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const old = async () => {
    const names = await caches.keys();
    // The release before this one stays: a page that is open still asks for its files.
    const mine = names.filter((name) => name.startsWith('field-') && name !== CACHE);
    await Promise.all(mine.slice(0, -1).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(old());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || !url.pathname.startsWith('/field/')) return;
  const wanted = request.mode === 'navigate' ? '/field/index.html' : url.pathname;
  event.respondWith(kept(wanted).then((found) => found ?? fetch(request)));
});

/** This release's file before the one before it: a page opened anew is the newest, a page that is still open gets what it was built with. */
async function kept(path: string): Promise<Response | undefined> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreSearch: true })) ?? (await caches.match(path, { ignoreSearch: true }));
}

/** Where the browser wakes us when there is a network: send for everyone who is signed in, even with the app closed. */
async function sendForAll(): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window' });
  for (const page of pages) page.postMessage('sync');
  const outcomes = await Promise.all((await openPeople()).map(({ id, key }) => sendWaiting({ person: id, key })));
  // A failed promise makes the browser try again later.
  if (outcomes.some((outcome) => outcome === 'offline' || outcome === 'unwell')) throw new Error('not all is sent yet');
}

self.addEventListener('sync', (event) => {
  const waking = event as ExtendableEvent & { readonly tag: string };
  if (waking.tag === 'outbox') waking.waitUntil(sendForAll());
});

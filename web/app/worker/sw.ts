// The service worker: it keeps the program, so that the page opens without a connection. Messages are none of its
// business; they are in the local database.
declare const self: ServiceWorkerGlobalScope;

/** Filled in by the build (`build/precache.ts`). */
declare const __PRECACHE__: readonly string[];
declare const __BUILD__: string;

const CACHE = `parlance.${__BUILD__}`;
const PAGE = '/index.html';
/** A network that takes longer for the page is as good as none. */
const PATIENCE_MS = 2_500;
/** Tabs of the build before go on until they load anew: its files stay as long. */
const BUILDS_KEPT = 2;

self.addEventListener('install', event => {
  void self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then(cache => cache.addAll(__PRECACHE__)));
});

self.addEventListener('activate', event => {
  event.waitUntil(prune().then(() => self.clients.claim()));
});

self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/'))
    return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  // A name with a hash in it always means the same bytes; the others are asked for while there is a network.
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (__PRECACHE__.includes(url.pathname)) event.respondWith(fetch(request).catch(() => kept(request)));
});

self.addEventListener('notificationclick', event => {
  event.notification.close();
  const { href } = event.notification.data as { href: string };
  event.waitUntil(show(href));
});

/** The page of now or, without a network, the one that is kept. */
async function page(request: Request): Promise<Response> {
  const coming = fetch(request);
  const late = new Promise<undefined>(resolve => setTimeout(resolve, PATIENCE_MS));
  try {
    const answer = await Promise.race([coming, late]);
    if (answer && answer.status < 500) return answer;
  } catch {
    // No network: what is kept will do.
  }
  // That of this build: caches are asked in the order in which they were made.
  return (await (await caches.open(CACHE)).match(PAGE)) ?? coming;
}

async function asset(request: Request): Promise<Response> {
  const known = await caches.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? Response.error();
}

/** Drops what belongs to builds that nobody runs any more. Caches are listed in the order in which they were made. */
async function prune(): Promise<void> {
  const names = (await caches.keys()).filter(name => name.startsWith('parlance.'));
  await Promise.all(names.slice(0, -BUILDS_KEPT).map(name => caches.delete(name)));
}

/** Brings a tab to the front and has it go to an address, or opens one. */
async function show(href: string): Promise<void> {
  const [tab] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!tab) return void (await self.clients.openWindow(href));
  await tab.focus();
  // A worker's tabs are of its own origin, and there is no other to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  tab.postMessage({ open: href });
}

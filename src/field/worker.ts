import { actsOf, sendWaiting } from './queue.ts';
import { kept } from './store.ts';

/** Written in at build time: the version of the page and all that it needs to open. */
declare const __SHELL__: { readonly version: string; readonly files: readonly string[] };

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}
interface Client {
  postMessage(message: unknown): void;
}
interface WorkerScope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void>; matchAll(): Promise<readonly Client[]> };
  readonly registration: { readonly scope: string };
  readonly location: Location;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'sync', listener: (event: SyncEvent) => void): void;
}
const scope = self as unknown as WorkerScope;

const CACHE = `guatu-field-${__SHELL__.version}`;
const PAGE = '/field';

scope.addEventListener('install', (event) => {
  const fresh = __SHELL__.files.map((path) => new Request(path, { cache: 'reload', credentials: 'same-origin' }));
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(fresh))
      .then(() => scope.skipWaiting()),
  );
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith('guatu-field-') && name !== CACHE).map((name) => caches.delete(name)),
        ),
      )
      .then(() => scope.clients.claim()),
  );
});

const fromCache = async (path: string): Promise<Response | undefined> => (await caches.open(CACHE)).match(path);

/** The page itself: what was kept opens at once; a newer version is taken over by its own worker. */
const page = async (request: Request): Promise<Response> => (await fromCache(PAGE)) ?? fetch(request);

/** The code on a door: at a desk it leads elsewhere, so the server is asked first. */
async function door(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (thrown) {
    const shell = await fromCache(PAGE);
    if (shell) return shell;
    throw thrown;
  }
}

scope.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== scope.location.origin) return;
  if (event.request.mode === 'navigate') {
    if (pathname === PAGE || pathname === `${PAGE}/`) event.respondWith(page(event.request));
    else if (pathname.startsWith('/e/')) event.respondWith(door(event.request));
  } else if (pathname.startsWith('/field/') && __SHELL__.files.indexOf(pathname) >= 0)
    event.respondWith(fromCache(pathname).then((found) => found ?? fetch(event.request)));
});

/** The network is back: an open page sends by itself and shows it; otherwise the worker sends for whoever used the phone last. */
async function sendLater(): Promise<void> {
  const pages = await scope.clients.matchAll();
  if (pages.length > 0) {
    for (const one of pages) one.postMessage('send');
    return;
  }
  const who = await kept<{ readonly account: string }>('kept', 'who');
  if (!who || (await actsOf(who.account)).every((act) => act.state !== 'waiting')) return;
  const { waiting, needsSignIn } = await sendWaiting(who.account);
  // a thrown error asks the browser to try again later
  if (waiting > 0 && !needsSignIn) throw new Error('still waiting');
}

scope.addEventListener('sync', (event) => {
  if (event.tag === 'guatu-outbox') event.waitUntil(sendLater());
});

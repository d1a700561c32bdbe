import './field.css';
import { askForSync, changed, onChange, openSession, refresh, refreshPlaces, sendNow, state } from './app.ts';
import { el, fill } from './el.ts';
import { enterpriseScreen } from './screens/enterprise.ts';
import { homeScreen } from './screens/home.ts';
import { problemScreen } from './screens/problem.ts';
import { queueScreen } from './screens/queue.ts';
import { registerScreen } from './screens/register.ts';
import type { Screen } from './screens/screen.ts';
import { signInScreen } from './screens/sign-in.ts';
import { actScreen } from './screens/work.ts';

const root = document.getElementById('field') ?? document.body;

/** The code on a door opens its enterprise: the address is turned into the page's own. */
function fromDoor(): void {
  const number = /^\/e\/([^/]+)\/?$/.exec(location.pathname)?.[1];
  if (number) history.replaceState(null, '', `/field#/e/${number}`);
}

function screenOf(hash: string): Screen {
  const [, name = '', first = '', second = ''] = hash.split('/').map(decodeURIComponent);
  switch (name) {
    case 'new':
      return registerScreen(first || null);
    case 'e':
      return enterpriseScreen(first);
    case 'p':
      return second ? actScreen(first, second) : problemScreen(first);
    case 'queue':
      return queueScreen();
    default:
      return homeScreen();
  }
}

let leave: (() => void) | null = null;
let round = 0;

/** Draws the screen that the address names; a person who has not signed in sees the sign-in first, whatever he came for. */
async function show(): Promise<void> {
  round += 1;
  const mine = round;
  leave?.();
  leave = null;
  const screen = state.who ? screenOf(location.hash) : signInScreen();
  const main = el('main', { is: { id: 'main', tabindex: -1 } });
  const bottom = el('footer', { class: 'bottom' });
  const stop = await screen.draw(main, bottom);
  if (mine !== round) {
    stop?.();
    return;
  }
  leave = stop ?? null;
  document.title = `${screen.title} · 挂图现场`;
  fill(root, header(screen), main, state.who ? bottom : null);
  if (state.who && !bottom.firstChild) fill(bottom, tabs());
  window.scrollTo(0, 0);
  main.focus({ preventScroll: true });
  drawState();
}

const status = el('p', { class: 'status', is: { role: 'status' } });

function header(screen: Screen): HTMLElement {
  const back = screen.back ?? null;
  return el(
    'header',
    { class: 'top' },
    el(
      'div',
      { class: 'bar' },
      back === null ? el('span', { class: 'corner' }) : el('a', { class: 'corner', is: { href: back } }, '返回'),
      el('h1', {}, screen.title),
      el('span', { class: 'corner who' }, state.who?.name ?? ''),
    ),
    status,
  );
}

function stateSentence(): { readonly says: string; readonly tone: string; readonly href?: string } | null {
  if (!state.storage)
    return { says: '手机存储已满或被禁用，没有网络时填写的内容可能丢失，请清理存储后再用。', tone: 'bad' };
  if (!state.who) return null;
  if (state.needsSignIn)
    return {
      says: `登录已过期。${state.waiting > 0 ? `${state.waiting} 份待送内容都在，` : ''}点这里重新登录后自动送出。`,
      tone: 'bad',
      href: '#/queue',
    };
  if (state.refused > 0)
    return { says: `有 ${state.refused} 份没有送成，点这里查看原因。`, tone: 'bad', href: '#/queue' };
  if (!state.online)
    return {
      says:
        state.waiting > 0
          ? `没有网络，${state.waiting} 份已存在手机里，有网后自动送出。`
          : '没有网络，可以照常登记，有网后自动送出。',
      tone: 'off',
      ...(state.waiting > 0 ? { href: '#/queue' } : {}),
    };
  if (state.waiting > 0) return { says: `正在送出，还有 ${state.waiting} 份……`, tone: 'off', href: '#/queue' };
  return null;
}

function drawState(): void {
  const now = stateSentence();
  status.className = `status ${now?.tone ?? 'none'}`;
  fill(status, now?.href ? el('a', { is: { href: now.href } }, now.says) : (now?.says ?? ''));
  const count = document.getElementById('waiting-count');
  if (count) count.textContent = state.waiting + state.refused > 0 ? String(state.waiting + state.refused) : '';
}

function tabs(): HTMLElement {
  const here = location.hash.replace(/^#\/?/, '') || 'home';
  const tab = (name: string, href: string, word: string, extra: HTMLElement | null = null) =>
    el(
      'a',
      { class: `tab${name === 'new' ? ' main' : ''}`, is: { href, 'aria-current': here === name ? 'page' : null } },
      word,
      extra,
    );
  return el(
    'nav',
    { class: 'tabs', is: { 'aria-label': '主要功能' } },
    tab('home', '#/', '首页'),
    tab('new', '#/new', '登记问题'),
    tab('queue', '#/queue', '待送', el('span', { class: 'count', is: { id: 'waiting-count' } })),
  );
}

/** Everything that may mean that there is network again. */
function listen(): void {
  const go = (): void => {
    void sendNow();
  };
  window.addEventListener('online', () => {
    state.online = true;
    changed();
    go();
    refresh().catch(() => undefined);
  });
  window.addEventListener('offline', () => {
    state.online = false;
    changed();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') go();
  });
  navigator.serviceWorker?.addEventListener('message', go);
  setInterval(() => {
    if (state.waiting > 0 && !state.needsSignIn) go();
  }, 30_000);
  window.addEventListener('hashchange', () => {
    void show();
  });
}

/** The page opens without network from the second time on, also from the code on a door. */
async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/field/worker.js', { scope: '/field' });
    await navigator.serviceWorker.register('/field/worker.js', { scope: '/e/' });
    await navigator.storage?.persist?.();
  } catch {
    // plain http, or switched off: the page works while there is network, and what is filled in stays on the phone
  }
}

async function begin(): Promise<void> {
  fromDoor();
  listen();
  state.online = navigator.onLine;
  let who: string | null = null;
  onChange(() => {
    drawState();
    // somebody signed in or out: what the former person saw must go at once
    if ((state.who?.account ?? null) !== who) {
      who = state.who?.account ?? null;
      void show();
      if (who !== null)
        void sendNow()
          .then(refresh)
          .then(refreshPlaces)
          .catch(() => undefined);
    }
  });
  await openSession();
  if (!state.who) await show();
  await keepPage();
  if (state.waiting > 0) await askForSync();
}

void begin();

import { setAhead } from './clock.ts';
import { actsOf, forgetSent, sendWaiting } from './queue.ts';
import type { Answer } from './routes.ts';
import { Refused, send } from './send.ts';
import { drop, keep, kept } from './store.ts';

export type Start = Answer<'fieldStart'>;
export type FieldRow = Start['mine']['rows'][number];

/** Who uses this phone; kept so that the page opens without network. */
export interface Who {
  readonly account: string;
  readonly name: string;
  readonly unitId: string | null;
  readonly unitName: string | null;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
}

/** An enterprise as the phone keeps it for searching without network. */
export interface Place {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly address: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly townUnitId: string | null;
  readonly townName: string | null;
  readonly regulatorUnitId: string | null;
  readonly regulatorName: string | null;
}

/** What the whole page knows; changed only here. */
export const state = {
  who: null as Who | null,
  start: null as Start | null,
  /** When `start` was read from the server, by this phone's clock. */
  startAt: null as string | null,
  places: [] as readonly Place[],
  online: true,
  waiting: 0,
  refused: 0,
  needsSignIn: false,
  storage: true,
};

type Listener = () => void;
const listeners = new Set<Listener>();

/** Calls back at every change until the returned function is called. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export function changed(): void {
  for (const listener of Array.from(listeners)) listener();
}

const WHO = 'who';
const mine = (name: string): string => `${name}:${state.who?.account ?? ''}`;

/** Something read from the server, kept for this person. */
export const remember = (name: string, value: unknown): Promise<unknown> =>
  keep('kept', mine(name), value).catch(() => undefined);
export const remembered = <T>(name: string): Promise<T | null> => kept<T>('kept', mine(name)).catch(() => null);
export const forget = (name: string): Promise<unknown> => drop('kept', mine(name)).catch(() => undefined);

/** Counts what waits; the header and the home screen show it. */
export async function countWaiting(): Promise<void> {
  const acts = state.who ? await actsOf(state.who.account).catch(() => []) : [];
  state.waiting = acts.filter((act) => act.state === 'waiting').length;
  state.refused = acts.filter((act) => act.state === 'refused').length;
  changed();
}

function arrived(): void {
  state.online = true;
}
function missed(thrown: unknown): void {
  if (thrown instanceof Refused && thrown.kind === 'offline') state.online = false;
  if (thrown instanceof Refused && thrown.kind === 'signIn') state.needsSignIn = true;
}

/** A reading request; the page learns from it whether there is network and whether the session still holds. */
export async function read<T>(run: () => Promise<T>): Promise<T> {
  try {
    const answer = await run();
    arrived();
    return answer;
  } catch (thrown) {
    missed(thrown);
    changed();
    throw thrown;
  }
}

async function take(who: Who): Promise<void> {
  state.who = who;
  state.needsSignIn = false;
  await keep('kept', WHO, who).catch(() => {
    state.storage = false;
  });
  const known = await remembered<{ readonly start: Start; readonly at: string }>('start');
  state.start = known?.start ?? null;
  state.startAt = known?.at ?? null;
  state.places = (await remembered<KeptPlaces>('places'))?.rows ?? [];
  await countWaiting();
}

/** Set while a person who signed out without network may still have a session on the server. */
const LEAVING = 'leaving';

/** Makes good a signing out that the server has not heard of; until then nobody is let in on that session. */
async function hasLeft(): Promise<boolean> {
  if (!(await kept<boolean>('kept', LEAVING).catch(() => null))) return true;
  try {
    await send('signOut');
    await drop('kept', LEAVING);
    return true;
  } catch {
    return false;
  }
}

/** Who is signed in: the server's word where it can be asked, else who used the phone last. */
export async function openSession(): Promise<void> {
  if (!(await hasLeft())) return changed();
  const last = await kept<Who>('kept', WHO).catch(() => {
    state.storage = false;
    return null;
  });
  if (last) await take(last);
  try {
    const view = await read(() => send('readSession'));
    const { actor } = view;
    if (view.signedIn && actor) {
      const who: Who = {
        account: actor.accountId,
        name: actor.name,
        unitId: actor.unitId,
        unitName: actor.unitName,
        roles: actor.roles,
        permissions: actor.permissions,
      };
      await take(who);
    } else if (last) {
      // the session ended while the person was out: his page and his queue stay, sending waits for his password
      state.needsSignIn = true;
    }
  } catch {
    // without network the page opens as it was left
  }
  changed();
}

export async function signIn(login: string, password: string): Promise<{ readonly mustChangePassword: boolean }> {
  const answer = await read(() => send('signIn', { body: { login, password } }));
  await drop('kept', LEAVING).catch(() => undefined);
  if (answer.mustChangePassword) return answer;
  const { actor } = await read(() => send('readSession'));
  if (actor)
    await take({
      account: actor.accountId,
      name: actor.name,
      unitId: actor.unitId,
      unitName: actor.unitName,
      roles: actor.roles,
      permissions: actor.permissions,
    });
  return answer;
}

/** Ends the session; what waits stays on the phone, out of the next person's sight. */
export async function signOut(): Promise<void> {
  await keep('kept', LEAVING, true).catch(() => undefined);
  await drop('kept', WHO).catch(() => undefined);
  await hasLeft();
  Object.assign(state, {
    who: null,
    start: null,
    startAt: null,
    places: [],
    waiting: 0,
    refused: 0,
    needsSignIn: false,
  });
  changed();
}

/** Reads the first screen's content anew and keeps it. */
export async function refresh(): Promise<void> {
  const { who } = state;
  if (!who || state.needsSignIn) return;
  const asked = Date.now();
  const start = await read(() => send('fieldStart', { account: who.account }));
  if (state.who?.account !== who.account) return;
  setAhead(Math.round((asked + Date.now()) / 2) - Date.parse(start.now));
  state.start = start;
  state.startAt = new Date().toISOString();
  await remember('start', { start, at: state.startAt });
  changed();
}

const PLACES_LIVE_MS = 6 * 3_600_000;

interface KeptPlaces {
  readonly at: number;
  readonly mark: string;
  readonly rows: readonly Place[];
}

/** Brings the enterprises that the person may see onto the phone, so that they are found without network. */
export async function refreshPlaces(): Promise<void> {
  const known = await remembered<KeptPlaces>('places');
  if (!state.who || state.needsSignIn || (known && Date.now() - known.at < PLACES_LIVE_MS)) return;
  const { account } = state.who;
  const answer = await read(() => send('fieldPlaces', { query: { known: known?.mark }, account }));
  const names = new Map(answer.units.map((unit) => [unit.id, unit.name]));
  const rows =
    answer.rows?.map(
      (one): Place => ({
        ...one,
        townName: one.townUnitId === null ? null : (names.get(one.townUnitId) ?? null),
        regulatorName: one.regulatorUnitId === null ? null : (names.get(one.regulatorUnitId) ?? null),
      }),
    ) ??
    known?.rows ??
    [];
  if (state.who?.account !== account) return;
  state.places = rows;
  await remember('places', { at: Date.now(), mark: answer.mark, rows });
}

let busy = false;

/** Sends what waits, if anything does; afterwards the screens show what became of it. */
export async function sendNow(): Promise<void> {
  const { who } = state;
  if (!who || busy) return;
  busy = true;
  try {
    const { sent, needsSignIn } = await sendWaiting(who.account);
    if (needsSignIn) state.needsSignIn = true;
    if (sent > 0) {
      arrived();
      await refresh().catch(() => undefined);
    }
    await forgetSent(who.account);
  } catch {
    state.storage = false;
  } finally {
    busy = false;
    await countWaiting();
  }
}

interface SyncManager {
  register(tag: string): Promise<void>;
}

/** Asks the browser to send later, also when the page is closed, where it knows how. */
export async function askForSync(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker?.ready;
    await (registration as unknown as { readonly sync?: SyncManager } | undefined)?.sync?.register('guatu-outbox');
  } catch {
    // not offered or not allowed: the page sends when it is opened and when the network is back
  }
}

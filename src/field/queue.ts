import { newKey } from '../platform/web/key.ts';
import { type Act, type Flushed, flush, type OutboxStore, type Wire } from './outbox.ts';
import type { RouteName } from './routes.ts';
import { send } from './send.ts';
import { all, drop, keep, kept } from './store.ts';

/** The outbox in this phone's database. */
export const phoneStore: OutboxStore = {
  acts: () => all<Act>('acts'),
  put: async (act) => {
    await keep('acts', act.id, act);
  },
  picture: (id) => kept<Blob>('blobs', id),
  dropPicture: async (id) => {
    await drop('blobs', id);
  },
};

const routeOf: Readonly<Record<Act['kind'], RouteName>> = {
  register: 'registerProblem',
  receive: 'receiveProblem',
  report: 'reportProblem',
  done: 'reportProblemDone',
  recheck: 'recheckProblem',
};

/** What the server answers to any of these acts. */
interface Answered {
  readonly number: string;
  readonly version: number;
  readonly warnings?: readonly string[];
}

const wire: Wire = {
  async upload(act, photo, picture) {
    const form = new FormData();
    form.append('file', picture, photo.name);
    const file = await send('addFile', {
      query: { itemKind: 'problem', itemId: act.problemId },
      form,
      key: act.round > 0 ? `${photo.id}-${act.round}` : photo.id,
      account: act.account,
      madeAt: act.madeAt,
    });
    return file.id;
  },
  async send(act, body) {
    const answered = (await send(routeOf[act.kind], {
      ...(act.kind === 'register' ? {} : { params: { id: act.problemId } }),
      body,
      key: act.id,
      account: act.account,
      madeAt: act.madeAt,
    })) as Answered;
    return {
      number: answered.number,
      version: answered.version,
      news: answered.warnings ?? [],
    };
  },
};

let under: Promise<Flushed> | null = null;

/** One sender at a time, among all open pages and the worker where the browser knows locks. */
async function alone(run: () => Promise<Flushed>): Promise<Flushed> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return locks ? ((await locks.request('guatu-outbox', run)) as Flushed) : run();
}

/** Sends what the person has waiting; calls at the same time share one run. */
export function sendWaiting(account: string): Promise<Flushed> {
  under ??= alone(() => flush(phoneStore, wire, account)).finally(() => {
    under = null;
  });
  return under;
}

/** The person's acts, newest first; nobody else's. */
export async function actsOf(account: string): Promise<Act[]> {
  const acts = (await all<Act>('acts')).filter((act) => act.account === account);
  return acts.sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1));
}

/** Removes an act with its pictures, at the person's own wish. */
export async function dropAct(act: Act): Promise<void> {
  for (const photo of act.photos) await drop('blobs', photo.id);
  await drop('acts', act.id);
}

const KEEP_SENT_MS = 14 * 86_400_000;

/** What arrived two weeks ago needs no place on the phone any more. */
export async function forgetSent(account: string): Promise<void> {
  for (const act of await actsOf(account))
    if (act.state === 'sent' && Date.now() - Date.parse(act.receivedAt ?? act.madeAt) > KEEP_SENT_MS)
      await dropAct(act);
}

/** A complete act of the person, kept on the phone; it is on its way from now on. */
export async function queue(
  act: Pick<Act, 'account' | 'kind' | 'problemId' | 'title' | 'body' | 'photos' | 'draft'> & { readonly id?: string },
): Promise<Act> {
  const complete: Act = {
    ...act,
    id: act.id ?? newKey(),
    madeAt: new Date().toISOString(),
    state: 'waiting',
    says: null,
    round: 0,
    number: null,
    receivedAt: null,
    news: [],
  };
  await keep('acts', complete.id, complete);
  return complete;
}

/** Sends a refused act once more as it is. What the server said about its files may mean that they are gone there. */
export async function sendAgain(act: Act): Promise<void> {
  const afresh = /照片|附件|文件/.test(act.says ?? '');
  await keep('acts', act.id, {
    ...act,
    state: 'waiting',
    says: null,
    ...(afresh ? { round: act.round + 1, photos: act.photos.map((photo) => ({ ...photo, fileId: null })) } : {}),
  });
}

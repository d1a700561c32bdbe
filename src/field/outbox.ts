import type { Refused } from './send.ts';

export type ActKind = 'register' | 'receive' | 'report' | 'done' | 'recheck';

/** A photo that waits with its act; the picture itself lies apart, so that lists stay light. */
export interface WaitingPhoto {
  readonly id: string;
  readonly role: 'before' | 'after' | 'document';
  readonly name: string;
  /** Claims, sent with the report: from the picture's own notes, else from this phone's clock and receiver. */
  readonly takenAt: string | null;
  readonly takenFrom: 'picture' | 'device' | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  /** The server's name for it once it is there. */
  readonly fileId: string | null;
}

/** One thing that a person did, complete, kept on the phone until the server has it. */
export interface Act {
  /** Made once; the key of its request. A registration's is the problem's own id as well. */
  readonly id: string;
  readonly account: string;
  readonly kind: ActKind;
  readonly problemId: string;
  /** What people recognise it by. */
  readonly title: string;
  /** By this phone's clock. */
  readonly madeAt: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly photos: readonly WaitingPhoto[];
  /** The form as it was filled in, so that a refused registration can be mended; never sent. */
  readonly draft?: unknown;
  /** refused: waits for the person, who may change, send again or drop it. */
  readonly state: 'waiting' | 'refused' | 'sent';
  /** Why it was not sent yet. */
  readonly says: string | null;
  /** How often its photos were sent afresh at the person's wish. */
  readonly round: number;
  readonly number: string | null;
  readonly receivedAt: string | null;
  /** Drawn for a recheck, warnings of the server: sentences for the person. */
  readonly news: readonly string[];
}

/** Where acts and pictures are kept: the phone's database, or memory in tests. */
export interface OutboxStore {
  acts(): Promise<readonly Act[]>;
  put(act: Act): Promise<void>;
  picture(id: string): Promise<Blob | null>;
  dropPicture(id: string): Promise<void>;
}

export interface SentActs {
  readonly number: string;
  readonly version: number;
  readonly news: readonly string[];
}

/** How acts travel; throws Refused. */
export interface Wire {
  /** Gives the server's id of the file. */
  upload(act: Act, photo: WaitingPhoto, picture: Blob): Promise<string>;
  send(act: Act, body: Readonly<Record<string, unknown>>): Promise<SentActs>;
}

export interface Flushed {
  readonly sent: number;
  readonly waiting: number;
  readonly needsSignIn: boolean;
}

/** The claims about its photos, as the contract wants them. */
const evidenceOf = (photos: readonly WaitingPhoto[]) =>
  photos.map(({ fileId, role, takenAt, takenFrom, longitude, latitude }) => ({
    fileId,
    role,
    takenAt,
    takenFrom,
    longitude,
    latitude,
  }));

/** Uploads what is not there yet; after each picture the act is kept, so that nothing is sent twice after a break. */
async function uploadAll(store: OutboxStore, wire: Wire, given: Act): Promise<Act> {
  let act = given;
  for (const photo of given.photos) {
    if (photo.fileId !== null) continue;
    const picture = await store.picture(photo.id);
    if (picture === null) {
      // the browser cleared it: the words are still worth sending, and the person is told
      act = {
        ...act,
        photos: act.photos.filter((one) => one.id !== photo.id),
        news: [...act.news, '有一张照片已被手机清理，没有送出。'],
      };
      await store.put(act);
      continue;
    }
    const fileId = await wire.upload(act, photo, picture);
    act = { ...act, photos: act.photos.map((one) => (one.id === photo.id ? { ...one, fileId } : one)) };
    await store.put(act);
  }
  return act;
}

async function sendOne(store: OutboxStore, wire: Wire, given: Act): Promise<{ act: Act; version: number }> {
  const act = await uploadAll(store, wire, given);
  const sent = await wire.send(act, {
    ...act.body,
    ...(act.photos.length > 0 ? { evidence: evidenceOf(act.photos) } : {}),
  });
  const done: Act = {
    ...act,
    state: 'sent',
    says: null,
    number: sent.number,
    receivedAt: new Date().toISOString(),
    news: [...act.news, ...sent.news],
  };
  await store.put(done);
  for (const photo of done.photos) await store.dropPicture(photo.id);
  return { act: done, version: sent.version };
}

/** What was done to the same problem after this act had seen the version that the act just made. */
async function carryVersion(store: OutboxStore, sent: Act, version: number): Promise<void> {
  for (const later of await store.acts()) {
    if (later.account !== sent.account || later.problemId !== sent.problemId || later.state !== 'waiting') continue;
    if (later.body.version === undefined || later.body.version !== sent.body.version) continue;
    await store.put({ ...later, body: { ...later.body, version } });
  }
}

/**
 * Sends what one person has waiting, oldest first. Whatever breaks off is sent again later with the same ids, and the
 * server makes one record of it. What the server refuses stays, with its sentence. Acts of other persons are not touched.
 */
export async function flush(store: OutboxStore, wire: Wire, account: string): Promise<Flushed> {
  let sent = 0;
  for (;;) {
    const waiting = (await store.acts())
      .filter((act) => act.account === account && act.state === 'waiting')
      .sort((a, b) => (a.madeAt < b.madeAt ? -1 : a.madeAt > b.madeAt ? 1 : 0));
    const next = waiting[0];
    if (!next) return { sent, waiting: 0, needsSignIn: false };
    try {
      const { act, version } = await sendOne(store, wire, next);
      await carryVersion(store, act, version);
      sent += 1;
    } catch (thrown) {
      const refused = thrown as Refused;
      if (refused.kind === undefined) throw thrown;
      const now = (await store.acts()).find((one) => one.id === next.id) ?? next;
      if (refused.kind === 'no') {
        await store.put({ ...now, state: 'refused', says: refused.says });
        continue;
      }
      await store.put({ ...now, says: refused.says });
      return { sent, waiting: waiting.length, needsSignIn: refused.kind === 'signIn' };
    }
  }
}

import { beforeEach, describe, expect, it } from 'vitest';
import { type Act, flush, type OutboxStore, type Wire } from './outbox.ts';
import { Refused } from './send.ts';

let kept: Map<string, Act>;
let pictures: Map<string, Blob>;
const store: OutboxStore = {
  acts: async () => [...kept.values()],
  put: async (act) => {
    kept.set(act.id, act);
  },
  picture: async (id) => pictures.get(id) ?? null,
  dropPicture: async (id) => {
    pictures.delete(id);
  },
};

/** A server that makes one record of an id, and one file of a key, however often they come. */
class Server {
  readonly records = new Map<string, Readonly<Record<string, unknown>>>();
  readonly files = new Set<string>();
  readonly order: string[] = [];
  /** Thrown once at the nth request, after the server has done its part or before. */
  fail: { readonly at: number; readonly done: boolean; readonly why: Refused } | null = null;
  #count = 0;

  readonly wire: Wire = {
    upload: async (_act, photo) => {
      this.#begin(() => this.files.add(photo.id));
      return `file-${photo.id}`;
    },
    send: async (act, body) => {
      this.#begin(() => {
        if (!this.records.has(act.id)) this.order.push(act.id);
        this.records.set(act.id, body);
      });
      return { number: `问-2026-${this.records.size}`, version: Number(body.version ?? 0) + 1, news: [] };
    },
  };

  #begin(run: () => void): void {
    this.#count += 1;
    const broken = this.fail && this.fail.at === this.#count ? this.fail : null;
    if (!broken || broken.done) run();
    if (broken) throw broken.why;
  }
}

const act = (id: string, more: Partial<Act> = {}): Act => ({
  id,
  account: '甲',
  kind: 'register',
  problemId: id,
  title: '通道堵塞',
  madeAt: `2026-11-22T0${kept.size}:00:00.000Z`,
  body: { id, text: '通道堵塞' },
  photos: [1, 2].map((at) => ({
    id: `${id}-${at}`,
    role: 'before',
    name: `整改前${at}.jpg`,
    takenAt: '2026-11-22T08:00:00+08:00',
    takenFrom: 'picture',
    longitude: 119.5,
    latitude: 34.2,
    fileId: null,
  })),
  state: 'waiting',
  says: null,
  round: 0,
  number: null,
  receivedAt: null,
  news: [],
  ...more,
});
async function put(one: Act): Promise<void> {
  await store.put(one);
  for (const photo of one.photos) pictures.set(photo.id, new Blob(['x']));
}
const offline = new Refused('offline', '没有连上服务器。');

beforeEach(() => {
  kept = new Map();
  pictures = new Map();
});

describe('手机里的待送', () => {
  it('有网时按填写的先后送出，照片送达后从手机里删去，文字留两周', async () => {
    const server = new Server();
    await put(act('a'));
    await put(act('b'));
    expect(await flush(store, server.wire, '甲')).toEqual({ sent: 2, waiting: 0, needsSignIn: false });
    expect(server.order).toEqual(['a', 'b']);
    expect(server.records.get('a')?.evidence).toMatchObject([
      { fileId: 'file-a-1', role: 'before', takenFrom: 'picture', longitude: 119.5 },
      { fileId: 'file-a-2' },
    ]);
    expect(pictures.size).toBe(0);
    expect(kept.get('a')).toMatchObject({ state: 'sent', number: '问-2026-1' });
  });

  it.each([1, 2, 3])('第 %i 次请求断网，再送时只有一条记录、两张照片，无论断在办成之前还是之后', async (at) => {
    for (const done of [false, true]) {
      kept.clear();
      const server = new Server();
      server.fail = { at, done, why: offline };
      await put(act('a'));
      expect(await flush(store, server.wire, '甲')).toMatchObject({ sent: 0, waiting: 1, needsSignIn: false });
      expect(kept.get('a')).toMatchObject({ state: 'waiting', says: '没有连上服务器。' });
      for (let i = 0; i < 5; i += 1) await flush(store, server.wire, '甲');
      expect(server.order).toEqual(['a']);
      expect(server.files.size).toBe(2);
    }
  });

  it('服务器不收的留在手机里写明原因，后面的照送', async () => {
    const server = new Server();
    server.fail = { at: 3, done: false, why: new Refused('no', '整改时限不能早于今天。') };
    await put(act('a'));
    await put(act('b'));
    expect(await flush(store, server.wire, '甲')).toMatchObject({ sent: 1, waiting: 0 });
    expect(kept.get('a')).toMatchObject({ state: 'refused', says: '整改时限不能早于今天。' });
    expect(pictures.has('a-1')).toBe(true);
    await flush(store, server.wire, '甲');
    expect(server.order).toEqual(['b']);
  });

  it('登录过期时停下等登录，什么也不丢', async () => {
    const server = new Server();
    server.fail = { at: 1, done: false, why: new Refused('signIn', '登录已过期，请重新登录。') };
    await put(act('a'));
    await put(act('b'));
    expect(await flush(store, server.wire, '甲')).toEqual({ sent: 0, waiting: 2, needsSignIn: true });
    expect(await flush(store, server.wire, '甲')).toMatchObject({ sent: 2 });
  });

  it('同一部手机换了人登录，前一个人的待送不动', async () => {
    const server = new Server();
    await put(act('a'));
    expect(await flush(store, server.wire, '乙')).toEqual({ sent: 0, waiting: 0, needsSignIn: false });
    expect(server.order).toEqual([]);
    expect(kept.get('a')?.state).toBe('waiting');
  });

  it('没有网络时先签收、再报告完成，两步依次送出，后一步跟上前一步的版本', async () => {
    const server = new Server();
    const step = (id: string, kind: Act['kind'], madeAt: string) =>
      act(id, { kind, problemId: 'p', body: { version: 7 }, photos: [], madeAt });
    await put(step('r', 'receive', '2026-11-22T01:00:00.000Z'));
    await put(step('d', 'done', '2026-11-22T02:00:00.000Z'));
    await flush(store, server.wire, '甲');
    expect(server.records.get('r')).toEqual({ version: 7 });
    expect(server.records.get('d')).toEqual({ version: 8 });
  });

  it('照片被手机清理掉的，文字照送，并告诉本人', async () => {
    const server = new Server();
    await put(act('a'));
    pictures.delete('a-1');
    await flush(store, server.wire, '甲');
    expect(server.records.get('a')?.evidence).toHaveLength(1);
    expect(kept.get('a')?.news).toEqual(['有一张照片已被手机清理，没有送出。']);
  });
});

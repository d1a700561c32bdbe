import { Type } from 'typebox';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { contract } from '../../kernel/contract.ts';
import { fillPath, queryText } from './address.ts';
import { client } from './client.ts';
import { RefusedError } from './refused.ts';
import { onSignedOut } from './request.ts';

const routes = contract({
  list: {
    method: 'GET',
    path: '/api/things',
    summary: '列出',
    permission: 'thing.read',
    audit: null,
    query: Type.Object({ page: Type.Optional(Type.Integer()), states: Type.Optional(Type.Array(Type.String())) }),
    response: Type.Object({ total: Type.Integer() }),
  },
  receive: {
    method: 'POST',
    path: '/api/things/:id/receive',
    summary: '签收',
    permission: 'thing.receive',
    audit: '签收',
    params: Type.Object({ id: Type.String() }),
    body: Type.Object({ version: Type.Integer() }),
    response: Type.Object({ version: Type.Integer() }),
  },
});
const api = client(routes);

interface Sent {
  readonly address: string;
  readonly init: { method: string; headers: Record<string, string>; body: string | null };
}
function answering(...given: readonly (Response | Error)[]): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (address: string, init: Sent['init']) => {
    sent.push({ address, init });
    const answer = given[sent.length - 1];
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error('no answer');
    return answer;
  });
  return sent;
}
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

afterEach(() => {
  vi.unstubAllGlobals();
  onSignedOut(null);
});

describe('页面与服务器之间的请求', () => {
  it('路径参数和查询条件按约定拼成地址，空条件不出现', () => {
    expect(fillPath('/api/things/:id', { id: 'a/b' })).toBe('/api/things/a%2Fb');
    expect(queryText({ page: 2, q: '', states: ['a', 'b'], x: undefined, y: null })).toBe('?page=2&states=a&states=b');
    expect(() => fillPath('/api/things/:id', {})).toThrow('missing parameter id');
  });

  it('读取不带防重编号，办理带防重编号和防伪标记', async () => {
    const sent = answering(json(200, { total: 3 }), json(200, { version: 2 }));
    const list = await api.list({ query: { page: 1, states: ['甲'] } });
    const done = await api.receive({ params: { id: '7' }, body: { version: 1 } }, { key: 'k-1' });
    expect(list.total).toBe(3);
    expect(done.version).toBe(2);
    expect(sent[0]?.init.headers['idempotency-key']).toBeUndefined();
    expect(sent[1]?.address).toBe('/api/things/7/receive');
    expect(sent[1]?.init.headers).toMatchObject({ 'x-guatu': '1', 'idempotency-key': 'k-1' });
    expect(sent[1]?.init.body).toBe('{"version":1}');
  });

  it('服务器拒绝时，页面得到原因、出错位置和补充情况', async () => {
    answering(
      json(409, { kind: 'not-now', says: '已由他人签收。', places: [{ where: '版本', says: '旧' }], detail: { n: 1 } }),
    );
    const refused = await api.receive({ params: { id: '7' }, body: { version: 1 } }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RefusedError);
    expect(refused).toMatchObject({ kind: 'not-now', says: '已由他人签收。', detail: { n: 1 } });
    expect((refused as RefusedError).places).toEqual([{ where: '版本', says: '旧' }]);
  });

  it('答复不是约定的格式时，也给出一句能看懂的话', async () => {
    answering(new Response('<html>', { status: 502 }));
    await expect(api.list()).rejects.toMatchObject({ kind: 'broken', says: expect.stringContaining('系统管理员') });
  });

  it('网络不通时说明填写的内容还在', async () => {
    answering(new TypeError('Failed to fetch'));
    await expect(api.list()).rejects.toMatchObject({ kind: 'unreachable', says: expect.stringContaining('还在') });
  });

  it('登录失效时请人重新登录，然后用同一编号再发一次', async () => {
    const sent = answering(json(401, {}), json(200, { version: 2 }));
    const asked = vi.fn(async () => {});
    onSignedOut(asked);
    const done = await api.receive({ params: { id: '7' }, body: { version: 1 } });
    expect(done.version).toBe(2);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.init.headers['idempotency-key']).toBe(sent[0]?.init.headers['idempotency-key']);
    expect(sent[1]?.init.body).toBe(sent[0]?.init.body);
  });

  it('放弃重新登录时，请求以登录失效告终', async () => {
    answering(json(401, {}));
    onSignedOut(() => Promise.reject(new RefusedError('not-signed-in', '没有重新登录。')));
    await expect(api.list()).rejects.toMatchObject({ kind: 'not-signed-in' });
  });
});

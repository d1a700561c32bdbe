import { sql } from 'kysely';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../kernel/contract.ts';
import { notNow } from '../../kernel/refusal.ts';
import type { House } from '../act.ts';
import { freshDatabase, type TestDatabase } from '../db/testing.ts';
import { announce } from '../facts/record.ts';
import { testActor, testHouse } from '../testing.ts';
import { serve } from './serve.ts';
import { createServer } from './server.ts';

const api = contract({
  look: {
    method: 'GET',
    path: '/api/look',
    summary: '看一看',
    permission: 'look',
    audit: null,
    query: Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1 })) }),
    response: Type.Object({ name: Type.String(), page: Type.Number() }),
  },
  act: {
    method: 'POST',
    path: '/api/act/:id',
    summary: '办一办',
    permission: 'act',
    audit: '办理',
    params: Type.Object({ id: Type.String() }),
    body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 10 }) }),
    response: Type.Object({ seq: Type.Number() }),
  },
});

const routes = serve(api, {
  look: async ({ actor, query }) => ({ name: actor.name, page: query.page ?? 1, secret: '不该出现' }),
  act: async (act) => {
    if (act.body.reason === '不行') throw notNow('现在不行。');
    const fact = await announce(act, {
      item: { kind: 'thing', id: act.params.id },
      kind: 'thing.done',
      says: act.body.reason,
    });
    return { seq: fact.seq };
  },
});

describe('接口的门', () => {
  let database: TestDatabase;
  let house: House;
  let call: (options: {
    method?: 'GET' | 'POST';
    url: string;
    as?: string;
    body?: unknown;
    key?: string;
    bare?: boolean;
  }) => Promise<{ status: number; body: Record<string, unknown> }>;
  let close: () => Promise<unknown>;

  beforeAll(async () => {
    database = await freshDatabase();
    house = await testHouse(database.db, {
      today: '2026-03-02',
      permissions: {
        look: { word: '看一看', roles: ['officer', 'clerk'] },
        act: { word: '办一办', roles: ['officer'] },
      },
    });
    const people = {
      officer: { actor: testActor({ roles: ['officer'], name: '张办' }), mustChangePassword: false },
      clerk: { actor: testActor({ roles: ['clerk'], name: '李员' }), mustChangePassword: false },
      newcomer: { actor: testActor({ roles: ['officer'], name: '新人' }), mustChangePassword: true },
    };
    const server = await createServer({
      house,
      rooms: [routes],
      authenticate: async (token) => people[token as keyof typeof people] ?? null,
      beforePasswordChange: [],
    });
    close = () => server.close();
    call = async ({ method = 'GET', url, as, body, key, bare }) => {
      const response = await server.inject({
        method,
        url,
        headers: {
          ...(as ? { cookie: `guatu=${as}` } : {}),
          ...(bare ? {} : { 'x-guatu': '1' }),
          ...(key ? { 'idempotency-key': key } : {}),
        },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      return { status: response.statusCode, body: response.json() };
    };
  });
  afterAll(async () => {
    await close();
    await database.drop();
  });

  it('没有登录的人什么也看不到，并被告知要登录', async () => {
    const answer = await call({ url: '/api/look' });
    expect(answer.status).toBe(401);
    expect(answer.body.says).toContain('请先登录');
  });

  it('没有权限的人被拒绝，并被告知缺哪项权限', async () => {
    const answer = await call({ method: 'POST', url: '/api/act/a', as: 'clerk', body: { reason: '好' } });
    expect(answer.status).toBe(403);
    expect(answer.body.says).toContain('办一办');
  });

  it('用初始密码登录的人，先改密码', async () => {
    expect((await call({ url: '/api/look', as: 'newcomer' })).body.says).toContain('请先修改密码');
  });

  it('合同里没有的内容不会送出去', async () => {
    const answer = await call({ url: '/api/look?page=3', as: 'clerk' });
    expect(answer.body).toEqual({ name: '李员', page: 3 });
  });

  it('不合要求的内容，用中文指出在哪里、错在哪里', async () => {
    const answer = await call({ method: 'POST', url: '/api/act/a', as: 'officer', body: { reason: '' } });
    expect(answer.status).toBe(422);
    expect(answer.body.places).toEqual([{ where: 'body.reason', says: '不能为空' }]);
    const missing = await call({ method: 'POST', url: '/api/act/a', as: 'officer', body: {} });
    expect(missing.body.places).toEqual([{ where: 'body.reason', says: '缺少这一项' }]);
  });

  it('不是从本系统页面发出的办理请求被拒绝', async () => {
    const answer = await call({ method: 'POST', url: '/api/act/a', as: 'officer', body: { reason: '好' }, bare: true });
    expect(answer.status).toBe(403);
  });

  it('同一请求发两遍，只办一次，答复相同', async () => {
    const request = { method: 'POST' as const, url: '/api/act/once', as: 'officer', body: { reason: '办' }, key: 'k1' };
    const answers = await Promise.all([call(request), call(request), call(request)]);
    expect(answers.map((one) => one.body)).toEqual([{ seq: 1 }, { seq: 1 }, { seq: 1 }]);
    const facts = await sql`select 1 from fact where item_id = 'once'`.execute(database.db);
    expect(facts.rows).toHaveLength(1);
  });

  it('同一凭据用于不同内容时拒绝，不会办错', async () => {
    await call({ method: 'POST', url: '/api/act/two', as: 'officer', body: { reason: '甲' }, key: 'k2' });
    const answer = await call({
      method: 'POST',
      url: '/api/act/two',
      as: 'officer',
      body: { reason: '乙' },
      key: 'k2',
    });
    expect(answer.status).toBe(409);
  });

  it('拒绝的办理不留改动，但留下审计', async () => {
    const answer = await call({
      method: 'POST',
      url: '/api/act/no',
      as: 'officer',
      body: { reason: '不行' },
      key: 'k3',
    });
    expect([answer.status, answer.body.says]).toEqual([409, '现在不行。']);
    const entries = await sql<{
      outcome: string;
      says: string;
    }>`select outcome, says from audit_entry where target = 'no'`.execute(database.db);
    expect(entries.rows).toEqual([{ outcome: 'refused', says: '现在不行。' }]);
  });

  it('接口说明由路由合同生成', async () => {
    const { body } = await call({ url: '/api/openapi.json' });
    const paths = body.paths as Record<string, Record<string, { summary: string }>>;
    expect(paths['/api/act/{id}']?.post?.summary).toBe('办一办');
  });
});

import { sql } from 'kysely';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../../kernel/actor.ts';
import { contract } from '../../../kernel/contract.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import type { Permissions } from '../../../kernel/permission.ts';
import type { House } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { serve } from '../../../platform/http/serve.ts';
import { createServer } from '../../../platform/http/server.ts';
import { perform } from '../../../platform/perform.ts';
import { testHouse } from '../../../platform/testing.ts';
import { createUnit, unitsItems } from '../../units/server/door.ts';
import { accessPermissions } from '../permissions.ts';
import { createApiKey, disableApiKey } from './api-keys.ts';
import { authenticateKey, badKey } from './door.ts';
import { accessItems } from './records.ts';

const J = asJurisdiction('990102');
const answer = Type.Object({ name: Type.String(), units: Type.Integer(), whole: Type.Boolean() });
const api = contract({
  look: { method: 'GET', path: '/api/look', summary: '看', permission: 'thing.read', audit: null, response: answer },
  work: { method: 'POST', path: '/api/work', summary: '做', permission: 'thing.work', audit: '做', response: answer },
  close: {
    method: 'POST',
    path: '/api/close',
    summary: '销号',
    permission: 'thing.close',
    audit: '销号',
    response: answer,
  },
  mine: { method: 'GET', path: '/api/mine', summary: '我的', permission: 'signedIn', audit: null, response: answer },
});
const permissions: Permissions = {
  ...accessPermissions,
  'thing.read': { word: '看', roles: ['clerk'], machine: true },
  'thing.work': { word: '做', roles: ['clerk'], machine: true },
  'thing.close': { word: '销号', roles: ['clerk', 'officer'] },
};
const say = async ({ actor }: { actor: { name: string; units: readonly string[]; wholeJurisdiction: boolean } }) => ({
  name: actor.name,
  units: actor.units.length,
  whole: actor.wholeJurisdiction,
});
const routes = serve(api, { look: say, work: say, close: say, mine: say });

let database: TestDatabase;
let house: House;
let server: Awaited<ReturnType<typeof createServer>>;
let unitId = '';
const admin = { ...systemActor(J), roles: ['systemAdmin'] as const };

const call = async (method: 'GET' | 'POST', url: string, key?: string) => {
  const said = await server.inject({ method, url, headers: key ? { authorization: `Bearer ${key}` } : {} });
  return { status: said.statusCode, body: said.json() as Record<string, unknown>, headers: said.headers };
};
const make = (draft: Partial<Parameters<typeof createApiKey>[1]> = {}) =>
  perform(house, admin, (act) =>
    createApiKey(act, {
      name: '企业平台',
      unitId,
      sight: 'unit',
      permissions: ['thing.read', 'thing.work'],
      perMinute: 600,
      expiresOn: '2027-01-01',
      ...draft,
    }),
  );

beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db, { today: '2026-11-22', permissions, items: { ...unitsItems, ...accessItems } });
  ({ id: unitId } = await perform(house, { ...systemActor(J), roles: ['officer'] }, (act) =>
    createUnit(act, { name: '区应急管理局', kind: 'department' }),
  ));
  server = await createServer({
    house,
    rooms: [routes],
    authenticate: async () => null,
    authenticateKey: async (token, address) => {
      const holder = await authenticateKey(house.db, token, house.clock.now(), house.clock.today(), address);
      if (holder === null) throw badKey();
      return holder;
    },
    beforePasswordChange: [],
  });
});
afterAll(async () => {
  await server?.close();
  await database?.drop();
});

describe('接口密钥', () => {
  it('凭密钥办理授予的事项，以「接口」的名义，只看本单位', async () => {
    const { key } = await make();
    const seen = await call('GET', '/api/look', key);
    expect(seen.status).toBe(200);
    expect(seen.body).toEqual({ name: '接口「企业平台」', units: 1, whole: false });
    expect((await call('POST', '/api/work', key)).status).toBe(200);
  });

  it('没有授予的、只能由人办理的、属于个人登录的，一律不行', async () => {
    const { key } = await make({ permissions: ['thing.read'] });
    for (const [method, url] of [
      ['POST', '/api/work'],
      ['POST', '/api/close'],
      ['GET', '/api/mine'],
    ] as const)
      expect((await call(method, url, key)).status, url).toBe(403);
  });

  it('销号这类只能由人办理的权限，建立密钥时就不能授予', async () => {
    await expect(make({ permissions: ['thing.read', 'thing.close'] })).rejects.toThrow('只能由人办理');
    await expect(make({ permissions: ['没有这项'] })).rejects.toThrow('只能由人办理');
  });

  it('失效日期不能是过去；到了那一天就不能再用', async () => {
    await expect(make({ expiresOn: '2026-11-22' })).rejects.toThrow('晚于今天');
    const { key } = await make({ expiresOn: '2026-11-23' });
    expect(await authenticateKey(house.db, key, new Date('2026-11-22T04:00:00Z'), '2026-11-22', '::1')).not.toBeNull();
    expect(await authenticateKey(house.db, key, new Date('2026-11-23T04:00:00Z'), '2026-11-23', '::1')).toBeNull();
  });

  it('停用之后两秒内失效；伪造、残缺、没有密钥的都答同一句话', async () => {
    const { id, key } = await make({ name: '要停用的' });
    expect((await call('GET', '/api/look', key)).status).toBe(200);
    await perform(house, admin, (act) => disableApiKey(act, id, { version: 1, reason: '人员变动' }));
    await new Promise((done) => setTimeout(done, 2_100));
    const said = new Set<unknown>();
    for (const one of [key, `gtk.990102.${'A'.repeat(43)}`, 'gtk.990102.short', 'whatever']) {
      const refused = await call('GET', '/api/look', one);
      expect(refused.status).toBe(401);
      said.add(refused.body.says);
    }
    expect(said.size).toBe(1);
    expect((await call('GET', '/api/look')).status).toBe(401);
  });

  it('请求太频繁的被拒绝，告诉还要等几秒，别的密钥不受影响', async () => {
    const [busy, calm] = [(await make({ perMinute: 60 })).key, (await make({ perMinute: 60 })).key];
    const statuses: number[] = [];
    for (let at = 0; at < 15; at++) statuses.push((await call('GET', '/api/look', busy)).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200));
    const refused = await call('GET', '/api/look', busy);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(String(refused.body.says)).toContain('每分钟最多60次');
    expect((await call('GET', '/api/look', calm)).status).toBe(200);
  });

  it('库里没有密钥本身，只有它的散列；建立和停用都有记录', async () => {
    const { id, key } = await make({ name: '留痕' });
    const row = (await sql`select to_jsonb(k)::text as text from api_key k where id = ${id}`.execute(house.db)).rows[0];
    expect(JSON.stringify(row)).not.toContain(key.split('.')[2]);
    const facts = await sql<{
      says: string;
    }>`select says from fact where item_kind = 'apiKey' and item_id = ${id}`.execute(house.db);
    expect(facts.rows[0]?.says).toContain('留痕');
  });
});

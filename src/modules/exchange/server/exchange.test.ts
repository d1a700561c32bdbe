import { createHmac } from 'node:crypto';
import { createServer as createHttp, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '../../../kernel/actor.ts';
import { asId, asJurisdiction, type UnitId } from '../../../kernel/ids.ts';
import type { House } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { createServer } from '../../../platform/http/server.ts';
import { perform } from '../../../platform/perform.ts';
import { testActor, testHouse } from '../../../platform/testing.ts';
import { accessPermissions } from '../../access/permissions.ts';
import { accessItems, authenticateKey, badKey } from '../../access/server/door.ts';
import { accessRoutes } from '../../access/server/routes.ts';
import { enterpriseItems } from '../../enterprises/server/door.ts';
import { problemsPermissions } from '../../problems/permissions.ts';
import { problemItems } from '../../problems/server/door.ts';
import { problemsRoutes } from '../../problems/server/routes.ts';
import { createUnit, unitsItems } from '../../units/server/door.ts';
import { exchangePermissions } from '../permissions.ts';
import { addressRefusal, pauseAfter, pauses } from '../webhook.ts';
import { deliverDue } from './deliver.ts';
import { exchangeItems, exchangeListeners } from './door.ts';
import { exchangeRoutes } from './routes.ts';

const J = asJurisdiction('990102');
let database: TestDatabase;
let house: House;
let server: Awaited<ReturnType<typeof createServer>>;
let shift = 0;
const people = new Map<string, Actor>();
const unit = new Map<string, string>();
let key = '';

/** The other system: what it was sent, and what it answers. */
const heard: { headers: IncomingMessage['headers']; body: string }[] = [];
let answers = 200;
const other = createHttp((request, response) => {
  let body = '';
  request.on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    heard.push({ headers: request.headers, body });
    response.writeHead(answers).end();
  });
});

const call = async (method: 'GET' | 'POST', url: string, as: string | null, body?: object | string) => {
  const form = typeof body === 'string';
  const said = await server.inject({
    method,
    url,
    headers: {
      ...(as === 'key' ? { authorization: `Bearer ${key}` } : as === null ? {} : { cookie: `guatu=${as}` }),
      ...(as === 'key' ? {} : { 'x-guatu': '1' }),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  const json = said.headers['content-type']?.toString().includes('json') ? said.json() : null;
  return { status: said.statusCode, body: json as Record<string, unknown>, text: said.body };
};
const register = (text: string, leadUnitId: string) =>
  call('POST', '/api/problems', 'key', {
    kind: 'hazard',
    text,
    source: 'selfCheck',
    leadUnitId,
    dueOn: '2026-12-20',
  });

beforeAll(async () => {
  database = await freshDatabase();
  await sql`insert into jurisdiction (code, name, level, parent) values ('990102', '青禾区', 'district', null)`.execute(
    database.db,
  );
  const base = await testHouse(database.db, {
    today: '2026-11-22',
    permissions: { ...accessPermissions, ...problemsPermissions, ...exchangePermissions },
    items: { ...unitsItems, ...accessItems, ...enterpriseItems, ...problemItems, ...exchangeItems },
  });
  house = {
    ...base,
    kind: 'demonstration',
    listeners: exchangeListeners,
    clock: { ...base.clock, today: base.clock.today, now: () => new Date(base.clock.now().getTime() + shift) },
  };
  for (const name of ['区应急管理局', '区住建局'])
    await perform(house, { ...systemActor(J), roles: ['officer'] }, async (act) =>
      unit.set(name, (await createUnit(act, { name, kind: 'department' })).id),
    );
  people.set('admin', testActor({ roles: ['systemAdmin'], name: '管理员' }));
  people.set(
    'clerk',
    testActor({ roles: ['clerk'], name: '经办', unitId: asId<UnitId>(unit.get('区应急管理局') ?? '') }),
  );
  server = await createServer({
    house,
    rooms: [accessRoutes, problemsRoutes, exchangeRoutes],
    authenticate: async (token) => {
      const actor = people.get(token);
      return actor ? { actor, mustChangePassword: false } : null;
    },
    authenticateKey: async (token, address) => {
      const holder = await authenticateKey(house.db, token, house.clock.now(), house.clock.today(), address);
      if (holder === null) throw badKey();
      return holder;
    },
    beforePasswordChange: [],
  });
  const made = await call('POST', '/api/api-keys', 'admin', {
    name: '热线平台',
    unitId: unit.get('区应急管理局'),
    sight: 'unit',
    permissions: ['problem.read', 'problem.register', 'problem.work'],
    perMinute: 6000,
    expiresOn: '2027-06-01',
  });
  key = String(made.body.key);
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  other.close();
  await server?.close();
  await database?.drop();
});
const hook = (): string => `http://127.0.0.1:${(other.address() as AddressInfo).port}/hook`;

describe('别的系统凭密钥使用台账', () => {
  it('登记得到编号，查得到；复查、销号、审批一律不行', async () => {
    const made = await register('配电箱没有接地', unit.get('区应急管理局') ?? '');
    expect(made.status).toBe(200);
    expect(made.body.number).toMatch(/^问-2026-\d{4}$/);
    const view = await call('GET', `/api/problems/${made.body.id}`, 'key');
    expect(view.status).toBe(200);
    for (const [path, body] of [
      ['recheck', { version: 1, pass: true, opinion: '好' }],
      ['closing', { version: 1, approve: true, opinion: '好' }],
      ['request/decision', { version: 1, approve: true, opinion: '好' }],
    ] as const)
      expect((await call('POST', `/api/problems/${made.body.id}/${path}`, 'key', body)).status, path).toBe(403);
  });

  it('别的单位的问题，查不到也办不了', async () => {
    const foreign = testActor({ roles: ['clerk'], name: '住建', unitId: asId<UnitId>(unit.get('区住建局') ?? '') });
    people.set('foreign', foreign);
    const made = await call('POST', '/api/problems', 'foreign', {
      kind: 'hazard',
      text: '脚手架缺扫地杆',
      source: 'dailyCheck',
      leadUnitId: unit.get('区住建局'),
      dueOn: '2026-12-20',
    });
    expect(made.status).toBe(200);
    expect((await call('GET', `/api/problems/${made.body.id}`, 'key')).status).toBe(404);
    expect((await call('POST', `/api/problems/${made.body.id}/receive`, 'key', { version: 1 })).status).toBe(404);
  });
});

describe('消息推送', () => {
  let webhook = '';
  let secret = '';

  it('由系统管理员建立，别人不行；地址不对的说明怎么改', async () => {
    expect(
      (await call('POST', '/api/webhooks', 'clerk', { name: 'x', address: hook(), events: ['problem.closed'] })).status,
    ).toBe(403);
    const wrong = await call('POST', '/api/webhooks', 'admin', {
      name: 'x',
      address: 'ftp://a.b/c',
      events: ['problem.closed'],
    });
    expect(wrong.status).toBe(422);
    const made = await call('POST', '/api/webhooks', 'admin', {
      name: '企业平台',
      address: hook(),
      events: ['problem.registered', 'problem.received'],
      unitId: unit.get('区应急管理局'),
    });
    expect(made.status).toBe(200);
    webhook = String(made.body.id);
    secret = String(made.body.secret);
    expect(addressRefusal('http://127.0.0.1/x', false)).toContain('本机');
    expect(addressRefusal('http://[::1]:80/x', false)).toContain('本机');
    expect(addressRefusal('http://169.254.169.254/latest', false)).toContain('本机');
    expect(addressRefusal('https://a:b@example.gov.cn/x', false)).toContain('用户名');
  });

  it('登记一条，对方收到一次，签名对得上', async () => {
    const made = await register('消防通道堵塞', unit.get('区应急管理局') ?? '');
    expect(await deliverDue(house)).toBe(1);
    expect(heard).toHaveLength(1);
    const [one] = heard;
    const at = String(one?.headers['x-guatu-timestamp']);
    const expected = createHmac('sha256', secret).update(`${at}.${one?.body}`).digest('hex');
    expect(one?.headers['x-guatu-signature']).toBe(`sha256=${expected}`);
    const told = JSON.parse(one?.body ?? '{}') as { event: string; problem: { number: string } };
    expect(told.event).toBe('problem.registered');
    expect(told.problem.number).toBe(made.body.number);
    expect(await deliverDue(house)).toBe(0);
  });

  it('不在它范围内的单位的问题，不告诉它', async () => {
    heard.length = 0;
    await call('POST', '/api/problems', 'foreign', {
      kind: 'hazard',
      text: '塔吊限位失灵',
      source: 'dailyCheck',
      leadUnitId: unit.get('区住建局'),
      dueOn: '2026-12-20',
    });
    await deliverDue(house);
    expect(heard).toHaveLength(0);
    const list = await call('GET', `/api/webhooks/${webhook}/deliveries?state=outside`, 'admin');
    expect(list.body.total).toBe(1);
  });

  it('对方出错时隔越来越久再试，试满后留在未送达里，可以人工重发', async () => {
    heard.length = 0;
    answers = 500;
    await register('灭火器过期', unit.get('区应急管理局') ?? '');
    for (let tries = 1; tries <= pauses.length + 1; tries += 1) {
      expect(await deliverDue(house), `第${tries}次`).toBe(1);
      expect(await deliverDue(house)).toBe(0);
      shift += ((pauseAfter(tries) ?? 0) + 1) * 1000;
    }
    expect(heard).toHaveLength(pauses.length + 1);
    const failed = await call('GET', `/api/webhooks/${webhook}/deliveries?state=failed`, 'admin');
    const [row] = failed.body.rows as { id: string; answer: string }[];
    expect(row?.answer).toContain('500');
    answers = 200;
    expect((await call('POST', `/api/webhooks/${webhook}/deliveries/${row?.id}/again`, 'admin', {})).status).toBe(200);
    await deliverDue(house);
    expect(heard).toHaveLength(pauses.length + 2);
  });

  it('几个进程同时发，每一次只发一遍', async () => {
    heard.length = 0;
    for (let at = 0; at < 6; at += 1) await register(`应急灯不亮${at}`, unit.get('区应急管理局') ?? '');
    await Promise.all([deliverDue(house), deliverDue(house), deliverDue(house)]);
    expect(new Set(heard.map((one) => one.headers['x-guatu-delivery'])).size).toBe(6);
    expect(heard).toHaveLength(6);
  });

  it('停用之后不再推送', async () => {
    heard.length = 0;
    await call('POST', `/api/webhooks/${webhook}/disable`, 'admin', { version: 1, reason: '不再对接' });
    await register('疏散标志损坏', unit.get('区应急管理局') ?? '');
    expect(await deliverDue(house)).toBe(0);
    expect(heard).toHaveLength(0);
  });
});

describe('Open311', () => {
  it('服务列表有 JSON 和 XML', async () => {
    const json = await call('GET', '/open311/v2/services.json', null);
    expect((json.body as unknown as { service_code: string }[]).map((one) => one.service_code)).toContain('hazard');
    const xml = await call('GET', '/open311/v2/services.xml', null);
    expect(xml.text).toContain('<service_code>hazard</service_code>');
    expect((await call('GET', '/open311/v2/discovery.json', null)).status).toBe(200);
    expect((await call('GET', '/open311/v2/nothing.json', null)).status).toBe(404);
  });

  it('凭 api_key 用表单提交，得到编号；不留提交人的姓名、电话、邮箱', async () => {
    const form = new URLSearchParams({
      api_key: key,
      service_code: 'hazard',
      description: '小区楼道里停放电动自行车充电 <script>',
      address_string: '望月路12号',
      email: 'someone@example.org',
      phone: '13800000000',
      first_name: '张',
    }).toString();
    const made = await call('POST', '/open311/v2/requests.json', null, form);
    expect(made.status).toBe(200);
    const [first] = made.body as unknown as { service_request_id: string }[];
    const number = first?.service_request_id ?? '';
    expect(number).toMatch(/^问-/);
    const one = await call('GET', `/open311/v2/requests/${encodeURIComponent(number)}.json`, null);
    const [row] = one.body as unknown as { status: string; agency_responsible: string; description: string }[];
    expect(row?.status).toBe('open');
    expect(row?.agency_responsible).toBe('区应急管理局');
    const xml = await call('GET', '/open311/v2/requests.xml', null);
    expect(xml.text).toContain('&lt;script&gt;');
    const kept = await sql<{ all: string }>`
      select (select string_agg(to_jsonb(p)::text, '') from problem p) || (select string_agg(to_jsonb(f)::text, '') from fact f)
        || (select string_agg(to_jsonb(a)::text, '') from audit_entry a) as all`.execute(house.db);
    expect(kept.rows[0]?.all).not.toMatch(/someone@example|13800000000/);
  });

  it('没有密钥、没有地点、没有这项服务的不登记；查询超过九十天的说明范围', async () => {
    const post = (fields: Record<string, string>) =>
      call('POST', '/open311/v2/requests.json', null, new URLSearchParams(fields).toString());
    expect((await post({ service_code: 'hazard', description: '有问题', address_string: '某路' })).status).toBe(401);
    expect((await post({ api_key: key, service_code: 'hazard', description: '有问题' })).status).toBe(422);
    expect(
      (await post({ api_key: key, service_code: 'x', description: '有问题', address_string: '某路' })).status,
    ).toBe(422);
    const wide = await call(
      'GET',
      '/open311/v2/requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-11-01T00:00:00Z',
      null,
    );
    expect(wide.status).toBe(422);
  });

  it('台账里别的问题，Open311 查不到', async () => {
    const made = await register('内部登记的问题', unit.get('区应急管理局') ?? '');
    expect(
      (await call('GET', `/open311/v2/requests/${encodeURIComponent(String(made.body.number))}.json`, null)).status,
    ).toBe(404);
    const all = await call('GET', '/open311/v2/requests.json?status=open,closed', null);
    expect(all.body as unknown as unknown[]).toHaveLength(1);
  });
});

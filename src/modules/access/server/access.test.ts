import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, roles, systemActor } from '../../../kernel/actor.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import { holds } from '../../../kernel/permission.ts';
import type { House } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { createServer } from '../../../platform/http/server.ts';
import { perform } from '../../../platform/perform.ts';
import { testHouse } from '../../../platform/testing.ts';
import { unitsApi } from '../../units/api.ts';
import { unitsPermissions } from '../../units/permissions.ts';
import { createUnit, unitsItems } from '../../units/server/door.ts';
import { unitsRoutes } from '../../units/server/routes.ts';
import { accessApi } from '../api.ts';
import { accessPermissions } from '../permissions.ts';
import { authenticate, beforePasswordChange, createAccount } from './door.ts';
import { createFirstAccounts } from './first-accounts.ts';
import { accessItems } from './records.ts';
import { accessRoutes } from './routes.ts';

let database: TestDatabase;
let house: House;
let server: Awaited<ReturnType<typeof createServer>>;
let shift = 0;
const J = asJurisdiction('990102');
const STRONG = '石桥的桃花三月开了7';

interface Answer {
  status: number;
  body: Record<string, unknown> & { says?: string };
  cookie: string | null;
}
async function call(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  cookie: string | null = null,
  body?: unknown,
  address = '10.0.0.1',
): Promise<Answer> {
  const answer = await server.inject({
    method,
    url,
    headers: { 'x-guatu': '1', ...(cookie ? { cookie: `guatu=${cookie}` } : {}) },
    remoteAddress: address,
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const set = answer.cookies.find((one) => one.name === 'guatu');
  const parsed = answer.headers['content-type']?.toString().includes('json') ? (answer.json() as Answer['body']) : {};
  return { status: answer.statusCode, body: parsed, cookie: set?.value || null };
}
const signIn = (login: string, password: string, address?: string) =>
  call('POST', '/api/session', null, { login, password }, address);

const passwords = new Map<string, string>();
let unitId = '';
const cookies = new Map<Role, string>();

async function enter(login: string): Promise<string> {
  const first = await signIn(login, passwords.get(login) ?? '');
  const changed = await call('PUT', '/api/session/password', first.cookie, {
    current: passwords.get(login),
    next: `${STRONG}${login}`,
  });
  expect(changed.status).toBe(200);
  passwords.set(login, `${STRONG}${login}`);
  return changed.cookie ?? '';
}

beforeAll(async () => {
  database = await freshDatabase();
  await sql`insert into jurisdiction (code, name, level, parent) values ('990102', '青禾区', 'district', null), ('990102001', '石桥镇', 'town', '990102')`.execute(
    database.db,
  );
  const base = await testHouse(database.db, {
    today: '2026-03-10',
    items: { ...unitsItems, ...accessItems },
    permissions: { ...unitsPermissions, ...accessPermissions },
  });
  house = {
    ...base,
    kind: 'real',
    clock: { ...base.clock, today: base.clock.today, now: () => new Date(base.clock.now().getTime() + shift) },
  };
  server = await createServer({
    house,
    rooms: [unitsRoutes, accessRoutes],
    authenticate: (token) => authenticate(house.db, token, house.clock.now()),
    beforePasswordChange,
  });
  await perform(house, systemActor(J), async (act) => {
    unitId = (await createUnit(act, { name: '青禾区应急管理局', kind: 'department' })).id;
    for (const made of await createFirstAccounts(act)) passwords.set(made.login, made.password);
    for (const role of roles) {
      if (role === 'systemAdmin' || role === 'auditAdmin') continue;
      const made = await createAccount(act, { login: role, name: `${role}某`, roles: [role], unitId });
      passwords.set(made.login, made.initialPassword);
    }
  });
  cookies.set('systemAdmin', await enter('admin'));
  cookies.set('auditAdmin', await enter('audit'));
  for (const role of ['officer', 'clerk', 'unitLeader', 'leader', 'inspector', 'gridWorker'] as const)
    cookies.set(role, await enter(role.toLowerCase()));
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

describe('登录', () => {
  it('密码不对和没有这个账号，说法完全一样', async () => {
    const wrong = await signIn('officer', '不对的密码啊啊啊', '10.0.1.1');
    const unknown = await signIn('nobody', '不对的密码啊啊啊', '10.0.1.1');
    expect(wrong.status).toBe(401);
    expect(wrong.body.says).toContain('登录名或密码不对');
    expect(unknown.body).toEqual(wrong.body);
    expect(wrong.cookie).toBeNull();
  });

  it('连续输错五次后，密码对了也要等到说明的时间；到时即可登录', async () => {
    for (let tries = 0; tries < 5; tries += 1) await signIn('leader', '不对的密码啊啊啊', '10.0.2.1');
    const locked = await signIn('leader', passwords.get('leader') ?? '', '10.0.2.2');
    expect(locked.status).toBe(429);
    expect(locked.body.says).toMatch(/\d\d:\d\d 之后才能再登录/);
    shift += 61_000;
    expect((await signIn('leader', passwords.get('leader') ?? '', '10.0.2.2')).status).toBe(200);
  });

  it('没有的账号也照样暂停，看不出它不存在', async () => {
    for (let tries = 0; tries < 5; tries += 1) await signIn('ghost', '不对的密码啊啊啊', '10.0.3.1');
    expect((await signIn('ghost', '不对的密码啊啊啊', '10.0.3.2')).status).toBe(429);
  });

  it('从一个地址猜很多账号，地址被暂停', async () => {
    for (let tries = 0; tries < 30; tries += 1) await signIn(`guess${tries}`, '不对的密码啊啊啊', '10.0.4.1');
    const locked = await signIn('officer', passwords.get('officer') ?? '', '10.0.4.1');
    expect(locked.status).toBe(429);
    expect(locked.body.says).toContain('网络地址');
    expect((await signIn('officer', passwords.get('officer') ?? '', '10.0.4.2')).status).toBe(200);
  });

  it('同时涌来的登录都有答复', async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, n) =>
        signIn('clerk', n % 2 ? (passwords.get('clerk') ?? '') : '不对的密码啊啊啊', `10.0.5.${n}`),
      ),
    );
    expect(new Set(answers.map((one) => one.status)).size).toBeGreaterThan(0);
    for (const one of answers) expect([200, 401, 429]).toContain(one.status);
    shift += 61 * 60_000;
    cookies.set('clerk', (await signIn('clerk', passwords.get('clerk') ?? '')).cookie ?? '');
    for (const [role, login] of [
      ['systemAdmin', 'admin'],
      ['auditAdmin', 'audit'],
      ['officer', 'officer'],
      ['unitLeader', 'unitleader'],
      ['leader', 'leader'],
      ['inspector', 'inspector'],
      ['gridWorker', 'gridworker'],
    ] as const)
      cookies.set(role, (await signIn(login, passwords.get(login) ?? '')).cookie ?? '');
  });

  it('库里只有口令散列和令牌散列，没有原文', async () => {
    const rows = await sql<{ all: string }>`
      select (select string_agg(a::text, ' ') from account a) || (select string_agg(s::text, ' ') from session s) as all`.execute(
      database.db,
    );
    const text = rows.rows[0]?.all ?? '';
    for (const secret of [...passwords.values(), ...cookies.values()]) expect(text).not.toContain(secret);
    expect(text).toContain('$argon2id$');
  });

  it('30 分钟不操作要重新登录，12 小时后无论如何要重新登录', async () => {
    const { cookie } = await signIn('officer', passwords.get('officer') ?? '');
    const before = shift;
    shift = before + 29 * 60_000;
    expect((await call('GET', '/api/units', cookie)).status).toBe(200);
    shift = before + 58 * 60_000;
    expect((await call('GET', '/api/units', cookie)).status).toBe(200);
    shift = before + 89 * 60_000;
    const late = await call('GET', '/api/units', cookie);
    expect(late.status).toBe(401);
    expect(late.body.says).toContain('请重新登录');
    shift = before;
  });

  it('退出后令牌作废，别人的登录不受影响', async () => {
    const one = (await signIn('officer', passwords.get('officer') ?? '')).cookie;
    const two = (await signIn('officer', passwords.get('officer') ?? '')).cookie;
    await call('DELETE', '/api/session', one);
    expect((await call('GET', '/api/units', one)).status).toBe(401);
    expect((await call('GET', '/api/units', two)).status).toBe(200);
  });

  it('看得到自己的登录，可以终止别处的', async () => {
    const one = (await signIn('officer', passwords.get('officer') ?? '')).cookie;
    const two = (await signIn('officer', passwords.get('officer') ?? '')).cookie;
    const list = (await call('GET', '/api/sessions', two)).body.rows as { id: string; current: boolean }[];
    expect(list.filter((row) => row.current)).toHaveLength(1);
    const other = await call('POST', `/api/sessions/${list.find((row) => row.current)?.id}/end`, cookies.get('clerk'));
    expect(other.status).toBe(404);
    await call('POST', '/api/sessions/end-others', two);
    expect((await call('GET', '/api/units', one)).status).toBe(401);
    expect((await call('GET', '/api/units', two)).status).toBe(200);
    cookies.set('officer', two ?? '');
  });
});

describe('初始密码', () => {
  it('没改之前，除了改密码、退出、查看登录情况，什么都不能办', async () => {
    const made = await call('POST', '/api/accounts', cookies.get('systemAdmin'), {
      login: 'newcomer',
      name: '新来的',
      roles: ['clerk'],
      unitId,
    });
    const initial = String(made.body.initialPassword);
    const { cookie, body } = await signIn('newcomer', initial);
    expect(body.mustChangePassword).toBe(true);
    const refused = await call('GET', '/api/units', cookie);
    expect(refused.status).toBe(403);
    expect(refused.body.says).toContain('请先修改密码');
    expect((await call('GET', '/api/session', cookie)).body).toMatchObject({
      signedIn: true,
      mustChangePassword: true,
    });
    const weak = await call('PUT', '/api/session/password', cookie, { current: initial, next: 'password123' });
    expect(weak.status).toBe(422);
    const wrong = await call('PUT', '/api/session/password', cookie, { current: '不是这个', next: STRONG });
    expect(wrong.body.says).toContain('原密码不对');
    const done = await call('PUT', '/api/session/password', cookie, { current: initial, next: STRONG });
    expect((await call('GET', '/api/units', cookie)).status).toBe(401);
    expect((await call('GET', '/api/units', done.cookie)).status).toBe(200);
  });

  it('初始密码不留在任何重发记录里', async () => {
    const answer = await server.inject({
      method: 'POST',
      url: '/api/accounts',
      headers: { 'x-guatu': '1', cookie: `guatu=${cookies.get('systemAdmin')}`, 'idempotency-key': 'k-1' },
      payload: { login: 'secretive', name: '某', roles: ['leader'] },
    });
    const { initialPassword } = answer.json() as { initialPassword: string };
    const kept = await sql<{
      n: number;
    }>`select count(*)::int as n from idempotency where response::text like ${`%${initialPassword}%`}`.execute(
      database.db,
    );
    expect(kept.rows[0]?.n).toBe(0);
  });
});

describe('账号管理', () => {
  const create = (body: object) => call('POST', '/api/accounts', cookies.get('systemAdmin'), body);

  it('登录名不能重复，系统管理员不能兼办业务', async () => {
    expect((await create({ login: 'OFFICER', name: '某', roles: ['officer'], unitId })).body.says).toContain(
      '已经有人使用',
    );
    expect(
      (await create({ login: 'both', name: '某', roles: ['systemAdmin', 'officer'], unitId })).body.says,
    ).toContain('由不同的人');
  });

  it('不能改自己的角色、停用自己；最后一个管理员不能没有', async () => {
    const me = (
      (await call('GET', '/api/accounts?q=admin', cookies.get('systemAdmin'))).body.rows as {
        id: string;
        version: number;
        login: string;
      }[]
    ).find((row) => row.login === 'admin');
    const own = await call('PUT', `/api/accounts/${me?.id}`, cookies.get('systemAdmin'), {
      version: me?.version,
      name: '系统管理员',
      roles: ['leader'],
    });
    expect(own.status).toBe(403);
    expect(
      (
        await call('POST', `/api/accounts/${me?.id}/disable`, cookies.get('systemAdmin'), {
          version: me?.version,
          reason: '试试',
        })
      ).status,
    ).toBe(403);
    const second = await create({ login: 'admin2', name: '备份管理员', roles: ['systemAdmin'] });
    passwords.set('admin2', String(second.body.initialPassword));
    const two = await enter('admin2');
    expect(
      (await call('POST', `/api/accounts/${me?.id}/disable`, two, { version: me?.version, reason: '轮换' })).status,
    ).toBe(200);
    expect((await call('GET', '/api/accounts', cookies.get('systemAdmin'))).status).toBe(401);
    const last = ((await call('GET', '/api/accounts?q=admin2', two)).body.rows as { id: string; version: number }[])[0];
    const alone = await call('PUT', `/api/accounts/${last?.id}`, two, {
      version: last?.version,
      name: '备份管理员',
      roles: ['leader'],
    });
    expect(alone.status).toBe(403);
    const back = (await call('GET', `/api/accounts/${me?.id}`, two)).body as unknown as { version: number };
    expect((await call('POST', `/api/accounts/${me?.id}/enable`, two, { version: back.version })).status).toBe(200);
    cookies.set('systemAdmin', (await signIn('admin', passwords.get('admin') ?? '')).cookie ?? '');
  });

  it('停用后当场失效，再登录说明已停用；重置密码使旧登录作废', async () => {
    const made = await create({ login: 'temp01', name: '临时', roles: ['clerk'], unitId });
    passwords.set('temp01', String(made.body.initialPassword));
    const cookie = await enter('temp01');
    const { version } = (await call('GET', `/api/accounts/${made.body.id}`, cookies.get('systemAdmin')))
      .body as unknown as { version: number };
    const reset = await call('POST', `/api/accounts/${made.body.id}/password`, cookies.get('systemAdmin'), { version });
    expect((await call('GET', '/api/units', cookie)).status).toBe(401);
    const again = await signIn('temp01', String(reset.body.initialPassword));
    expect(again.body.mustChangePassword).toBe(true);
    const stale = await call('POST', `/api/accounts/${made.body.id}/disable`, cookies.get('systemAdmin'), {
      version,
      reason: '离岗',
    });
    expect(stale.status).toBe(409);
    await call('POST', `/api/accounts/${made.body.id}/disable`, cookies.get('systemAdmin'), {
      version: version + 1,
      reason: '离岗',
    });
    expect((await call('GET', '/api/session', again.cookie)).body.signedIn).toBe(false);
    expect((await signIn('temp01', String(reset.body.initialPassword))).body.says).toContain('已停用');
    const facts = (await call('GET', `/api/accounts/${made.body.id}/facts`, cookies.get('auditAdmin'))).body.rows as {
      says: string;
    }[];
    expect(facts.map((fact) => fact.says)).toEqual([
      '停用账号「temp01」：离岗',
      '重置账号「temp01」的密码',
      '修改了初始密码',
      '建立账号「temp01」（临时），角色：单位经办人',
    ]);
  });

  it('管理员可以提前解锁', async () => {
    for (let tries = 0; tries < 5; tries += 1) await signIn('unitleader', '不对的密码啊啊啊', '10.0.6.1');
    const row = (
      (await call('GET', '/api/accounts?state=locked', cookies.get('systemAdmin'))).body.rows as {
        id: string;
        login: string;
      }[]
    ).find((one) => one.login === 'unitleader');
    expect((await call('POST', `/api/accounts/${row?.id}/unlock`, cookies.get('systemAdmin'))).status).toBe(200);
    expect((await signIn('unitleader', passwords.get('unitleader') ?? '', '10.0.6.2')).status).toBe(200);
  });

  it('一次为没有账号的单位各建一个经办人账号', async () => {
    const unit = await call('POST', '/api/units', cookies.get('systemAdmin'), {
      name: '青禾区水务局',
      shortName: '区水务局',
      kind: 'department',
    });
    const made = await call('POST', '/api/accounts/for-units', cookies.get('systemAdmin'), {
      unitIds: [unit.body.id, unitId],
    });
    expect(made.body.rows).toMatchObject([{ login: 'qswj', unitName: '青禾区水务局' }]);
    expect(
      (await call('POST', '/api/accounts/for-units', cookies.get('systemAdmin'), { unitIds: [unitId] })).status,
    ).toBe(409);
  });

  it('账号限定到一个镇的，只看这个镇的单位；不限的看得到下级辖区', async () => {
    const town = await call('POST', '/api/units', cookies.get('systemAdmin'), {
      name: '石桥镇人民政府',
      kind: 'town',
      areaCode: '990102001',
    });
    const made = await call('POST', '/api/accounts', cookies.get('systemAdmin'), {
      login: 'qiao',
      name: '分管',
      roles: ['leader'],
      areaCode: '990102001',
    });
    const signed = await signIn('qiao', String(made.body.initialPassword));
    const limited = await authenticate(house.db, signed.cookie ?? '', house.clock.now());
    expect(limited?.actor).toMatchObject({ wholeJurisdiction: false, units: [town.body.id], inferiors: [] });
    const whole = await authenticate(house.db, cookies.get('officer') ?? '', house.clock.now());
    expect(whole?.actor).toMatchObject({ wholeJurisdiction: true, inferiors: ['990102001'] });
  });
});

describe('操作日志', () => {
  it('谁在什么时候从哪里做什么、结果如何，登录失败也在内；不能改', async () => {
    const list = async (query: string) =>
      (await call('GET', `/api/audit?${query}`, cookies.get('auditAdmin'))).body.rows as Record<string, unknown>[];
    const refused = await list('outcome=refused&q=登录&pageSize=200');
    expect(
      refused.some((row) => row.accountName === 'leader某' && row.target === 'leader' && row.address === '10.0.2.1'),
    ).toBe(true);
    expect(refused.some((row) => row.target === 'ghost' && row.accountId === null)).toBe(true);
    expect(refused.filter((row) => row.action === '登录').every((row) => row.target !== null)).toBe(true);
    expect((await list('from=2026-03-12')).length).toBe(0);
    await expect(sql`delete from audit_entry`.execute(database.db)).rejects.toThrow('只能追加');
  });
});

const anyId = '00000000-0000-4000-8000-000000000000';
const bodies: Readonly<Record<string, object>> = {
  signIn: { login: 'x', password: 'y' },
  changePassword: { current: 'x', next: 'y' },
};

describe.each([
  ['单位', unitsApi],
  ['账号', accessApi],
] as const)('%s：每个角色 × 每个接口', (_room, api) => {
  const cells = Object.entries(api).flatMap(([name, route]) => [...roles, null].map((role) => ({ name, route, role })));
  it.each(cells)('$name，角色 $role', async ({ name, route, role }) => {
    if (name === 'signOut' || name === 'endMyOtherSessions' || name === 'signIn' || name === 'changePassword') return;
    const table = { ...unitsPermissions, ...accessPermissions };
    const cookie = role === null ? null : (cookies.get(role) ?? null);
    const url = route.path.replace(/:\w+/g, anyId) + (name === 'resolveMention' ? '?text=区局' : '');
    const answer = await call(
      route.method,
      url,
      cookie,
      route.method === 'GET' || 'upload' in route ? undefined : (bodies[name] ?? {}),
    );
    const actor = role === null ? null : { ...systemActor(J), roles: [role] };
    if (holds(table, actor, route.permission)) expect([200, 404, 409, 422]).toContain(answer.status);
    else {
      expect(answer.status).toBe(role === null ? 401 : 403);
      expect(answer.body.says).toMatch(role === null ? /请先登录/ : /没有「.+」的权限/);
    }
  });
});

describe('看得到谁', () => {
  it('经办人只看到本单位人员的电话，安委办看到全部', async () => {
    const other = await call('POST', '/api/units', cookies.get('officer'), {
      name: '青禾区教育局',
      kind: 'department',
    });
    await call('POST', '/api/people', cookies.get('officer'), {
      name: '费望洲',
      phone: '0990-5550001',
      unitId: other.body.id,
      title: '科长',
      duty: 'liaison',
    });
    await call('POST', '/api/people', cookies.get('officer'), {
      name: '齐慕川',
      phone: '0990-5550002',
      unitId,
      title: '科长',
      duty: 'liaison',
    });
    const names = async (role: Role) =>
      ((await call('GET', '/api/people', cookies.get(role))).body.rows as { name: string }[])
        .map((row) => row.name)
        .sort();
    expect(await names('officer')).toEqual(['费望洲', '齐慕川'].sort());
    expect(await names('clerk')).toEqual(['齐慕川']);
    const detail = await call('GET', `/api/units/${other.body.id}`, cookies.get('clerk'));
    expect(detail.body.posts).toEqual([]);
  });
});

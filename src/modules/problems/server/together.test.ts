import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../../kernel/actor.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import { createServer } from '../../../platform/http/server.ts';
import { onDay, testAct, testActor } from '../../../platform/testing.ts';
import { createUnit } from '../../units/server/door.ts';
import { problemsPermissions } from '../permissions.ts';
import { problemsRoutes } from './routes.ts';
import { type Person, type Stage, stage } from './stage.ts';

let s: Stage;
let server: Awaited<ReturnType<typeof createServer>>;
/** An officer of another government on the same installation. */
const neighbour = testActor({ roles: ['officer'], name: '邻区', unitName: '邻区安委办', jurisdiction: '990199' });
let neighbourUnit = '';
beforeAll(async () => {
  s = await stage();
  neighbourUnit = (
    await testAct(s.house, systemActor(asJurisdiction('990199')), (act) =>
      createUnit(act, { name: '邻区住房局', kind: 'department' }),
    )
  ).id;
  server = await createServer({
    house: { ...onDay(s.house, '2026-03-02'), permissions: problemsPermissions },
    rooms: [problemsRoutes],
    authenticate: async (token) => ({
      actor: token === 'neighbour' ? neighbour : s.people[token as Person],
      mustChangePassword: false,
    }),
    beforePasswordChange: [],
    log: () => {},
  });
});
afterAll(async () => {
  await server.close();
  await s.drop();
});

interface Answer {
  readonly status: number;
  readonly body: { readonly number?: string; readonly known?: boolean; readonly says?: string };
}
async function send(who: Person | 'neighbour', over: Record<string, unknown> = {}, key?: string): Promise<Answer> {
  const answer = await server.inject({
    method: 'POST',
    url: '/api/problems',
    headers: { 'x-guatu': '1', cookie: `guatu=${who}`, ...(key ? { 'idempotency-key': key } : {}) },
    payload: {
      kind: 'hazard',
      text: `护栏松动${randomUUID()}`,
      source: 'dailyCheck',
      leadUnitId: s.units.housing,
      dueOn: '2026-03-20',
      ...over,
    },
  });
  return { status: answer.statusCode, body: answer.json() as Answer['body'] };
}

describe('同时送来的登记', () => {
  it('许多人同时登记：编号连续不重，各记各的名下，一人的差错不妨碍别人，记录链完好', async () => {
    const people: Person[] = ['inspector', 'clerk', 'fire', 'grid', 'officer', 'townClerk'];
    const sent = await Promise.all(
      Array.from({ length: 120 }, (_, at) =>
        send(people[at % people.length] ?? 'clerk', at % 10 === 3 ? { dueOn: '2026-02-01' } : {}),
      ),
    );
    const done = sent.filter((answer) => answer.status === 200);
    expect(done).toHaveLength(108);
    expect(sent.filter((answer) => answer.status === 422 && answer.body.says?.includes('早于今天'))).toHaveLength(12);
    const numbers = done.map((answer) => answer.body.number ?? '').sort();
    expect(new Set(numbers).size).toBe(108);
    expect(numbers[107]).toBe('问-2026-0108');
    const names = await sql<{ name: string; n: number }>`
      select f.actor_name as name, count(*)::int as n from fact f join problem p on p.id::text = f.item_id
      where f.actor_id = p.registered_by group by 1 order by 1`.execute(s.house.db);
    expect(names.rows.reduce((sum, row) => sum + row.n, 0)).toBe(108);
    expect(names.rows.map((row) => row.name)).toEqual([...people].sort());
    const audited = await sql<{ n: number }>`
      select count(*)::int as n from audit_entry where route = 'registerProblem' and outcome = 'done'`.execute(
      s.house.db,
    );
    expect(audited.rows[0]?.n).toBe(108);
    expect(await s.findings()).toEqual([]);
  });

  it('同一份报告、同一凭据同时送来多次，只登记一条，答复相同', async () => {
    const id = randomUUID();
    const text = '楼道堆放杂物。';
    const reports = await Promise.all([
      ...Array.from({ length: 6 }, () => send('grid', { id, text })),
      ...Array.from({ length: 6 }, () => send('clerk')),
    ]);
    const same = reports.slice(0, 6);
    expect(new Set(same.map((answer) => answer.body.number)).size).toBe(1);
    expect(same.filter((answer) => answer.body.known === false)).toHaveLength(1);
    const key = randomUUID();
    const fixed = { text: '同一次提交。' };
    const keyed = await Promise.all(Array.from({ length: 6 }, () => send('clerk', fixed, key)));
    expect(keyed.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(new Set(keyed.map((answer) => answer.body.number)).size).toBe(1);
    expect((await send('clerk', fixed, key)).body.number).toBe(keyed[0]?.body.number);
    const refusedKey = randomUUID();
    const [refused] = await Promise.all([send('clerk', { dueOn: null }, refusedKey), send('clerk'), send('clerk')]);
    expect(refused?.status).toBe(422);
    expect((await send('clerk', { dueOn: null }, refusedKey)).status).toBe(422);
    expect(await s.findings()).toEqual([]);
  });

  it('同一批里有人重送用过的凭据：他得到当时的答复，旁人照常登记，不多记一条', async () => {
    const key = randomUUID();
    const fixed = { text: '重送的提交。' };
    const first = await send('clerk', fixed, key);
    const sent = await Promise.all([
      ...Array.from({ length: 5 }, () => send('fire', {}, randomUUID())),
      send('clerk', fixed, key),
      send('clerk', { text: '内容改了。' }, key),
      send('grid', { dueOn: '2026-02-01' }, randomUUID()),
      ...Array.from({ length: 5 }, () => send('officer', {}, randomUUID())),
    ]);
    expect(sent.map((answer) => answer.status)).toEqual([...Array(6).fill(200), 409, 422, ...Array(5).fill(200)]);
    expect(sent[5]?.body).toEqual(first.body);
    expect(sent[6]?.body.says).toContain('内容不同');
    const kept = await sql<{ n: number }>`
      select count(*)::int as n from problem where text = '重送的提交。'`.execute(s.house.db);
    expect(kept.rows[0]?.n).toBe(1);
    const numbers = sent.flatMap((answer, at) => (at !== 5 && answer.body.number ? [answer.body.number] : []));
    expect(new Set(numbers).size).toBe(10);
    expect(await s.findings()).toEqual([]);
  });

  it('两个地区的登记同时送来：各编各的号，互不等待，互不相见', async () => {
    const sent = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        at % 2 === 0 ? send('neighbour', { leadUnitId: neighbourUnit }, randomUUID()) : send('clerk', {}, randomUUID()),
      ),
    );
    expect(sent.every((answer) => answer.status === 200)).toBe(true);
    const theirs = sent.filter((_, at) => at % 2 === 0).map((answer) => answer.body.number ?? '');
    expect([...theirs].sort()).toEqual(
      Array.from({ length: 20 }, (_, at) => `问-2026-${String(at + 1).padStart(4, '0')}`),
    );
    expect((await send('neighbour')).status).toBe(422);
    expect(await s.findings()).toEqual([]);
  });

  it('登记途中数据库连接一再被切断：答复过的一条不少，编号不断，记录链完好', async () => {
    const ids = Array.from({ length: 150 }, () => randomUUID());
    let going = true;
    const cutting = (async () => {
      while (going) {
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`
          .execute(s.house.db)
          .catch(() => undefined);
        await pause(15);
      }
    })();
    const sent: Answer[] = [];
    for (let at = 0; at < ids.length; at += 30)
      sent.push(...(await Promise.all(ids.slice(at, at + 30).map((id) => send('clerk', { id }, randomUUID())))));
    going = false;
    await cutting;
    const found = await sql<{ id: string; number: string }>`
      select id, number from problem where id = any(${ids}::uuid[])`.execute(s.house.db);
    const numbers = new Map(found.rows.map((row) => [row.id, row.number]));
    for (const [at, answer] of sent.entries())
      if (answer.status === 200) expect(numbers.get(ids[at] ?? '')).toBe(answer.body.number);
    expect(sent.some((answer) => answer.status === 200)).toBe(true);
    expect(await s.findings()).toEqual([]);
    const again = await Promise.all(ids.map((id) => send('clerk', { id })));
    expect(again.every((answer) => answer.status === 200 || answer.status === 409)).toBe(true);
  });
});

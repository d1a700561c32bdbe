import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../../platform/http/server.ts';
import { onDay } from '../../../platform/testing.ts';
import { problemsPermissions } from '../permissions.ts';
import { problemsRoutes } from './routes.ts';
import { type Person, type Stage, stage } from './stage.ts';

let s: Stage;
let server: Awaited<ReturnType<typeof createServer>>;
beforeAll(async () => {
  s = await stage();
  server = await createServer({
    house: { ...onDay(s.house, '2026-03-02'), permissions: problemsPermissions },
    rooms: [problemsRoutes],
    authenticate: async (token) => ({ actor: s.people[token as Person], mustChangePassword: false }),
    beforePasswordChange: [],
    log: (line) => console.error(line),
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
async function send(who: Person, over: Record<string, unknown> = {}, key?: string): Promise<Answer> {
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
});

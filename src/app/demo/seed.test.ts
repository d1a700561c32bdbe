import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rehearsalClock } from '../../kernel/clock.ts';
import { addDays, day } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { figuresAsOf } from '../../modules/tasks/server/door.ts';
import type { House } from '../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../platform/db/testing.ts';
import { verify } from '../../platform/facts/verify.ts';
import { openFileStore } from '../../platform/files/store.ts';
import { makeHouse } from '../house.ts';
import { type DemoAccount, seedDemonstration } from './seed.ts';

const today = day('2026-11-22');

async function begin(
  database: TestDatabase,
): Promise<{ house: House; accounts: readonly DemoAccount[]; said: string[] }> {
  const files = await openFileStore(await mkdtemp(join(tmpdir(), 'guatu-demo-')));
  const house = makeHouse({ db: database.db, files, clock: rehearsalClock(today), kind: 'demonstration' });
  const said: string[] = [];
  return { house, said, accounts: await seedDemonstration(house, today, (line) => said.push(line)) };
}

/** Everything about the tasks that does not depend on random ids. */
const stateOf = async (database: TestDatabase): Promise<readonly unknown[]> =>
  (
    await sql`
      select t.number, t.title, t.state, t.sector, t.due_on, t.amber_on, t.percent, t.closed_on, t.extensions, u.name,
        (select count(*)::int from fact f where f.item_kind = 'task' and f.item_id = t.id::text) as facts,
        (select max(f.day) from fact f where f.item_kind = 'task' and f.item_id = t.id::text) as last
      from task t join unit u on u.jurisdiction = t.jurisdiction and u.id = t.lead_unit_id order by t.number`.execute(
      database.db,
    )
  ).rows;

const numbers = async (database: TestDatabase, query: ReturnType<typeof sql<{ key: string; n: number }>>) =>
  Object.fromEntries((await query.execute(database.db)).rows.map((row) => [row.key, row.n]));

describe('演示', () => {
  let first: TestDatabase;
  let second: TestDatabase;
  let house: House;
  let accounts: readonly DemoAccount[];
  let others: readonly DemoAccount[];
  let said: string[];

  beforeAll(async () => {
    first = await freshDatabase();
    second = await freshDatabase();
    ({ house, accounts, said } = await begin(first));
    ({ accounts: others } = await begin(second));
  }, 180_000);
  afterAll(async () => {
    await first.drop();
    await second.drop();
  });

  it('两次建立得到同样的任务、状态、时限和办理次数', async () => {
    const tasks = await stateOf(first);
    expect(tasks.length).toBe(81);
    expect(await stateOf(second)).toEqual(tasks);
  });

  it('经过中没有一步被规则拒绝，也没有一步发生在今天以后', async () => {
    expect(said.filter((line) => line.includes('未能办理'))).toEqual([]);
    const late = await sql`select 1 from fact where day > ${today} limit 1`.execute(first.db);
    expect(late.rows).toEqual([]);
  });

  it('全部记录经核对没有改动、缺失和调换', async () => {
    const { findings, facts, files } = await verify(house.db, house.items, house.files);
    expect(findings).toEqual([]);
    expect(facts).toBeGreaterThan(500);
    expect(files).toBeGreaterThan(5);
  });

  it('任务处在各种状态，红黄绿灯都有，不止一个单位逾期', async () => {
    const states = await numbers(first, sql`select state as key, count(*)::int as n from task group by 1`);
    expect(Object.keys(states).sort()).toEqual([
      'closed',
      'disputed',
      'submitted',
      'suspended',
      'toReceive',
      'underway',
    ]);
    const lamps = await numbers(
      first,
      sql`select case when due_on < ${today} then 'red' when amber_on <= ${today} then 'amber' else 'green' end as key,
        count(*)::int as n from task where state in ('toReceive', 'underway', 'submitted') group by 1`,
    );
    expect(lamps.red).toBeGreaterThan(7);
    expect(lamps.amber).toBeGreaterThan(3);
    expect(lamps.green).toBeGreaterThan(10);
    const late = await sql<{ n: number }>`
      select count(distinct lead_unit_id)::int as n from task
      where state in ('toReceive', 'underway') and due_on < ${today}`.execute(first.db);
    expect(late.rows[0]?.n).toBeGreaterThan(4);
  });

  it('挂图按过去任一天都有数，任务分属十个以上行业领域和全部阶段', async () => {
    const scope = { jurisdictions: [asJurisdiction('990102')], units: 'all' as const };
    const now = await figuresAsOf(house.db, scope, {}, today);
    const then = await figuresAsOf(house.db, scope, {}, addDays(today, -120));
    expect(JSON.stringify(then)).not.toBe(JSON.stringify(now));
    const counted = await sql<{ sectors: number; stages: number }>`
      select count(distinct sector)::int as sectors, count(distinct stage_id)::int as stages from task`.execute(
      first.db,
    );
    expect(counted.rows[0]?.sectors).toBeGreaterThan(10);
    expect(counted.rows[0]?.stages).toBe(3);
  });

  it('两份方案已下达，上级方案留作对照，一份新方案等着校核，还有疑问和对不上的单位', async () => {
    const states = await numbers(first, sql`select state as key, count(*)::int as n from plan group by 1`);
    expect(states).toEqual({ adopted: 2, reference: 1, reviewing: 1 });
  });

  it('每次安装的密码各不相同，库里只存散列', async () => {
    expect(accounts.map((one) => one.login)).toEqual(others.map((one) => one.login));
    expect(new Set([...accounts, ...others].map((one) => one.password)).size).toBe(accounts.length * 2);
    const kept = await sql<{ hash: string }>`select password_hash as hash from account`.execute(first.db);
    expect(kept.rows.every((row) => row.hash.startsWith('$argon2id$'))).toBe(true);
  });
});

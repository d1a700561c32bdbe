import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../kernel/actor.ts';
import { rehearsalClock } from '../../kernel/clock.ts';
import { addDays, day } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { scopeOf } from '../../kernel/scope.ts';
import { majorHazards } from '../../modules/problems/server/door.ts';
import type { House } from '../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../platform/db/testing.ts';
import { verify } from '../../platform/facts/verify.ts';
import { openFileStore } from '../../platform/files/store.ts';
import { makeHouse } from '../house.ts';
import { tellAll } from './chapters.ts';
import { tellProblems } from './problems.ts';
import { seedDemonstration } from './seed.ts';
import { areTold } from './told.ts';

const today = day('2026-11-22');
const COUNT = Number(process.env.GUATU_TOLD ?? 500);

let database: TestDatabase;
let house: House;
const said: string[] = [];

const count = async (condition = sql`true`): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from problem where ${condition}`.execute(database.db)).rows[0]
    ?.n ?? 0;

describe('演示台账', () => {
  beforeAll(async () => {
    database = await freshDatabase();
    const files = await openFileStore(await mkdtemp(join(tmpdir(), 'guatu-demo-')));
    house = makeHouse({ db: database.db, files, clock: rehearsalClock(today), kind: 'demonstration' });
    await seedDemonstration(house, today);
    let asked = 0;
    // stopped in the middle of the year, as when the process is ended, and taken up again
    await tellProblems(house, { today, count: COUNT, stopped: () => ++asked > 150 });
    const half = await count();
    expect(await areTold(house)).toBe(false);
    const began = performance.now();
    await tellProblems(house, { today: addDays(today, 3), count: 7, log: (line) => said.push(line) });
    if (process.env.GUATU_TOLD) console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`, said);
    expect(half).toBeGreaterThan(0);
  }, 300_000);
  afterAll(() => database.drop());

  it('一年的问题全部有编号，规则没有拒绝过一次办理', async () => {
    expect(await count(sql`batch_id is null`)).toBe(COUNT);
    expect(said).toEqual([expect.stringMatching(/^演示台账：\d+条问题的经过/)]);
    expect(said[0]).not.toContain('未能办理');
  });

  it('多数已经销号，有在办的、逾期的、退回过的、重新打开的和当场整改的', async () => {
    expect(await count(sql`state = 'closed'`)).toBeGreaterThan(COUNT * 0.8);
    for (const condition of [
      sql`open`,
      sql`open and due_on < ${today}`,
      sql`sent_back > 0`,
      sql`on_spot and closed_on is not null`,
      sql`grade = 'major'`,
    ])
      expect(await count(condition)).toBeGreaterThan(0);
  });

  it('没有人自己复查自己整改的', async () => {
    expect(await count(sql`done_by = rechecked_by`)).toBe(0);
    expect(await count(sql`closed_by = done_by and not on_spot`)).toBe(0);
  });

  it('上级反馈清单已登记的一批有销号的、待销号的、在办的、逾期的，另一批等着校核', async () => {
    const found = await sql<{ state: string; file: string; lines: number; open: number; problems: number }>`
      select b.state, b.file_name as file, count(l.id)::int as lines, count(*) filter (where l.state = 'open')::int as open,
        count(l.problem_id)::int as problems
      from problem_batch b left join problem_batch_line l on l.jurisdiction = b.jurisdiction and l.batch_id = b.id
      group by b.id, b.state, b.file_name, b.number order by b.number`.execute(database.db);
    expect(found.rows).toEqual([
      { state: 'registered', file: expect.stringContaining('督导检查'), lines: 12, open: 0, problems: 12 },
      { state: 'reviewing', file: expect.stringContaining('巡查'), lines: 8, open: 8, problems: 0 },
    ]);
    const states = await sql<{ state: string; n: number }>`select state, count(*)::int as n from problem
      where batch_id is not null group by 1`.execute(database.db);
    expect(Object.fromEntries(states.rows.map((row) => [row.state, row.n]))).toEqual({
      closed: 6,
      toClose: 1,
      toRecheck: 1,
      underway: 3,
      toReceive: 1,
    });
    expect(await count(sql`batch_id is not null and open and due_on < ${today}`)).toBeGreaterThan(0);
    expect(await count(sql`batch_id is not null and enterprise_id is not null`)).toBe(12);
    const late = await sql`select 1 from fact where day > ${today} limit 1`.execute(database.db);
    expect(late.rows).toEqual([]);
  });

  it('年度台账讲完、挂牌还没讲就停机的，下次启动接着讲；讲过的不讲第二遍', async () => {
    const counts = async () =>
      (
        await sql`select (select count(*)::int from listing) as listings, (select count(*)::int from listing_rule) as rules,
          (select count(*)::int from look_back) as "lookBacks", (select count(*)::int from measure) as measures`.execute(
          database.db,
        )
      ).rows[0];
    expect(await areTold(house)).toBe(false);
    const options = { count: COUNT, log: (line: string) => said.push(line) };
    let asked = 0;
    expect(await tellAll(house, { ...options, stopped: () => ++asked > 1 })).toBe(false);
    expect(await areTold(house)).toBe(false);
    expect(await counts()).toMatchObject({ rules: 1, lookBacks: 0 });
    // as if the process had ended after the last listing and before it noted that
    await sql`delete from setting where name = 'demonstration.listings'`.execute(database.db);
    const before = await counts();
    expect(await tellAll(house, { ...options, stopped: () => false })).toBe(true);
    expect(await areTold(house)).toBe(true);
    const after = await counts();
    expect(after).toMatchObject({ rules: 1 });
    expect((after as { lookBacks: number }).lookBacks).toBeGreaterThan(0);
    expect((after as { listings: number }).listings).toBeGreaterThanOrEqual((before as { listings: number }).listings);
    expect(await tellAll(house, { ...options, stopped: () => false })).toBe(true);
    expect(await counts()).toEqual(after);
  }, 180_000);

  it('应挂牌的从判定之日算起，没有判定过的从登记之日算起', async () => {
    const scope = scopeOf(systemActor(asJurisdiction('990102')));
    const hazards = await majorHazards(database.db, scope, today, false);
    expect(hazards.length).toBeGreaterThan(0);
    const told = await sql<{ id: string; since: string }>`
      select id, coalesce((judgement ->> 'on')::date, entered_on) as since from problem where open and grade = 'major'`.execute(
      database.db,
    );
    const since = new Map(told.rows.map((row) => [row.id, row.since]));
    for (const hazard of hazards) expect(hazard.majorOn).toBe(since.get(hazard.id));
    expect(hazards.some((hazard) => hazard.majorOn < today)).toBe(true);
    const then = await majorHazards(database.db, scope, addDays(today, -40), true);
    expect(then.length).toBeGreaterThan(0);
    expect(then.every((hazard) => hazard.majorOn <= addDays(today, -40))).toBe(true);
  });

  it('每条记录的链条完整，历史和计数与重算一致', async () => {
    const checked = await verify(house.db, house.items, house.files);
    expect(checked.findings).toEqual([]);
  });
});

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rehearsalClock } from '../../kernel/clock.ts';
import { addDays, day } from '../../kernel/day.ts';
import type { House } from '../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../platform/db/testing.ts';
import { verify } from '../../platform/facts/verify.ts';
import { openFileStore } from '../../platform/files/store.ts';
import { makeHouse } from '../house.ts';
import { tellProblems } from './problems.ts';
import { seedDemonstration } from './seed.ts';

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
    const began = performance.now();
    await tellProblems(house, { today: addDays(today, 3), count: 7, log: (line) => said.push(line) });
    if (process.env.GUATU_TOLD) console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`, said);
    expect(half).toBeGreaterThan(0);
  }, 300_000);
  afterAll(() => database.drop());

  it('一年的问题全部有编号，规则没有拒绝过一次办理', async () => {
    expect(await count()).toBe(COUNT);
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

  it('每条记录的链条完整，历史和计数与重算一致', async () => {
    const checked = await verify(house.db, house.items, house.files);
    expect(checked.findings).toEqual([]);
  });
});

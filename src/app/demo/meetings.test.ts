import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../kernel/actor.ts';
import { day } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { scopeOf } from '../../kernel/scope.ts';
import { obligationsMet, targetsOf } from '../../modules/meetings/server/door.ts';
import type { House } from '../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../platform/db/testing.ts';
import { verify } from '../../platform/facts/verify.ts';
import { testHouse } from '../../platform/testing.ts';
import { makeHouse } from '../house.ts';
import { tellMeetings } from './meetings.ts';
import { seedDemonstration } from './seed.ts';

let database: TestDatabase;
let house: House;
const TODAY = day('2026-11-22');
beforeAll(async () => {
  database = await freshDatabase();
  const base = await testHouse(database.db, { today: TODAY });
  house = makeHouse({ db: database.db, files: base.files, clock: base.clock, kind: 'demonstration' });
  await seedDemonstration(house, TODAY);
}, 180_000);
afterAll(async () => database.drop());

const counts = async () =>
  (
    await sql<{ table: string; count: number }>`
      select 'meeting' as table, count(*)::int as count from meeting union all
      select 'letter', count(*)::int from responsibility_letter union all
      select 'list', count(*)::int from duty_list union all
      select 'request', count(*)::int from instruction_request union all
      select 'figure', count(*)::int from accident_figure union all
      select 'period', count(*)::int from special_period`.execute(database.db)
  ).rows;

describe('演示：一年的会议、责任书、清单、请示、事故数字和值班', () => {
  it('各按各的日子讲，校验无误，再讲一遍什么都不变', async () => {
    const begun = performance.now();
    await tellMeetings(house);
    console.info(`told in ${Math.round(performance.now() - begun)} ms`);
    const told = await counts();
    for (const one of told) expect(one.count).toBeGreaterThan(2);
    await tellMeetings(house);
    expect(await counts()).toEqual(told);
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  }, 180_000);

  it('会议要求有完成的、有欠开的；签了的责任书有目标', async () => {
    const scope = scopeOf(systemActor(asJurisdiction('990102')));
    const met = await obligationsMet(database.db, scope, TODAY);
    expect(met.some((one) => one.behind > 0)).toBe(true);
    expect(met.some((one) => one.behind === 0 && one.held > 0)).toBe(true);
    expect((await targetsOf(database.db, scope, { year: 2026, day: TODAY, today: TODAY })).length).toBeGreaterThan(20);
  });
});

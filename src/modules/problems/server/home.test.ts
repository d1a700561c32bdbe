import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { day } from '../../../kernel/day.ts';
import { scopeOf } from '../../../kernel/scope.ts';
import type { House, Reading } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { testAct, testActor, testHouse } from '../../../platform/testing.ts';
import { problemsPermissions } from '../permissions.ts';
import { type NewProblem, problemItems, registerProblems } from './door.ts';
import { problemHome } from './home.ts';

const [town, bureau] = [randomUUID(), randomUUID()];
const draft = (title: string, dueOn: string, more: Partial<NewProblem> = {}): NewProblem => ({
  kind: 'hazard',
  title,
  text: title,
  source: {
    type: 'dailyCheck',
    batchId: null,
    originalNumber: null,
    recordKind: null,
    recordId: null,
    finder: null,
  },
  foundOn: day('2026-03-01'),
  enterpriseId: null,
  subject: null,
  place: { address: null, areaCode: null, longitude: null, latitude: null, grid: null },
  sector: null,
  tags: [],
  planId: null,
  stageId: null,
  taskId: null,
  grade: 'general',
  measures: null,
  leadUnitId: town,
  coUnitIds: [],
  supervisingUnitId: bureau,
  personName: null,
  dueOn: day(dueOn),
  ...more,
});

let database: TestDatabase;
let house: House;
const officer = testActor({ roles: ['officer'], unitId: randomUUID(), name: '甲' });
const clerk = testActor({ roles: ['clerk'], unitId: town, name: '乙' });
const overseer = testActor({ roles: ['inspector'], unitId: bureau, name: '丙' });
const home = async (actor: Actor, today: string) => {
  const reading = { house, actor, db: house.db, day: day(today), scope: scopeOf(actor) } as Reading;
  const { groups } = await problemHome(reading);
  return Object.fromEntries(groups.map((group) => [group.key, group.rows.map((row) => row.title)]));
};

beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db, {
    today: '2026-03-02',
    items: problemItems,
    permissions: problemsPermissions,
  });
  await testAct(house, officer, (act) =>
    registerProblems(act, [
      draft('早到期', '2026-03-05'),
      draft('晚到期', '2026-04-05'),
      draft('已报完成', '2026-04-05'),
      draft('重大', '2026-05-05', { grade: 'major' }),
    ]),
  );
  await sql`update problem set state = 'toRecheck', done_by = ${clerk.accountId}, done_on = '2026-03-02'
    where title = '已报完成'`.execute(database.db);
});
afterAll(async () => database.drop());

describe('待我处理：问题', () => {
  it('责任单位看到待签收；到期后看到逾期，时限早的在前', async () => {
    expect((await home(clerk, '2026-03-02')).problemToReceive).toEqual(['早到期', '晚到期', '重大']);
    expect((await home(clerk, '2026-03-02')).problemOverdue).toBeUndefined();
    expect((await home(clerk, '2026-04-10')).problemOverdue).toEqual(['早到期', '晚到期']);
  });

  it('待复查只给能复查的人看：报告完成的人自己看不到，督办单位和安委办看得到', async () => {
    expect((await home(clerk, '2026-03-02')).problemToRecheck).toBeUndefined();
    expect((await home(overseer, '2026-03-02')).problemToRecheck).toEqual(['已报完成']);
    expect((await home(officer, '2026-03-02')).problemToRecheck).toEqual(['已报完成']);
  });

  it('安委办看到全部逾期、重大和久未签收', async () => {
    const found = await home(officer, '2026-04-10');
    expect(found.problemOverdueAll).toEqual(['早到期', '晚到期', '已报完成']);
    expect(found.problemMajorAll).toEqual(['重大']);
    expect(found.problemNotReceived).toEqual(['早到期', '晚到期', '重大']);
  });

  it('与本单位无关的人什么都看不到', async () => {
    expect(await home(testActor({ roles: ['clerk'], unitId: randomUUID() }), '2026-04-10')).toEqual({});
  });
});

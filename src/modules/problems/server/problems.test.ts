import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { day } from '../../../kernel/day.ts';
import type { House } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { verify } from '../../../platform/facts/verify.ts';
import { testAct, testActor, testHouse } from '../../../platform/testing.ts';
import { problemItems, registerProblems } from './door.ts';

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db, { today: '2026-03-01', items: problemItems });
});
afterAll(async () => database.drop());

it('smoke', async () => {
  const actor = testActor({ roles: ['clerk'], unitId: randomUUID() });
  const drafts = Array.from({ length: 600 }, (_, at) => ({
    kind: 'hazard' as const,
    title: `护栏松动${at}`,
    text: '三楼护栏松动',
    source: {
      type: 'dailyCheck' as const,
      batchId: null,
      originalNumber: null,
      recordKind: null,
      recordId: null,
      finder: null,
    },
    foundOn: day('2026-02-28'),
    enterpriseId: null,
    subject: '某厂',
    place: { address: '某路1号', areaCode: '990102', longitude: 117.1, latitude: 33.2, grid: null },
    sector: null,
    tags: ['领导责任'],
    planId: null,
    stageId: null,
    taskId: null,
    grade: 'general' as const,
    measures: null,
    leadUnitId: randomUUID(),
    coUnitIds: [],
    supervisingUnitId: null,
    personName: null,
    dueOn: day('2026-03-20'),
  }));
  const t = Date.now();
  const made = await testAct(house, actor, (act) => registerProblems(act, drafts));
  console.log('600 in', Date.now() - t, made[599]);
  const one = Date.now();
  for (let i = 0; i < 50; i++) await testAct(house, actor, (act) => registerProblems(act, drafts.slice(0, 1)));
  console.log('50 single', Date.now() - one);
  const checked = await verify(house.db, house.items, house.files);
  expect(checked.findings).toEqual([]);
});

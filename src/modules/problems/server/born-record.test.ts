import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, day } from '../../../kernel/day.ts';
import { imageOf } from '../../../platform/facts/canonical.ts';
import { onDay, testAct } from '../../../platform/testing.ts';
import type { NewProblem } from '../problem.ts';
import { inSinglePrecision, momentInJson } from './born-record.ts';
import { registerProblems } from './create-problems.ts';
import { type Stage, stage } from './stage.ts';
import { problemRecord } from './store.ts';

let s: Stage;
beforeAll(async () => {
  s = await stage();
});
afterAll(() => s.drop());

describe('刚登记的问题的记录', () => {
  it('登记时算出的记录摘要，与从数据库读回的逐项一致', async () => {
    const bare = (over: Partial<NewProblem>): NewProblem => ({
      kind: 'hazard',
      title: '护栏松动',
      text: '护栏松动，"引号"、\\反斜线\n换行，𠮷野家。',
      source: {
        type: 'dailyCheck',
        batchId: null,
        originalNumber: null,
        recordKind: null,
        recordId: null,
        finder: null,
      },
      foundOn: day('2026-02-27'),
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
      leadUnitId: s.units.housing,
      coUnitIds: [],
      supervisingUnitId: null,
      personName: null,
      dueOn: day('2026-03-20'),
      ...over,
    });
    const full: Partial<NewProblem> = {
      kind: 'accidentLead',
      source: {
        type: 'guidance',
        batchId: randomUUID(),
        originalNumber: 'A-1',
        recordKind: 'visit',
        recordId: 'ABC-9',
        finder: '督导组',
      },
      enterpriseId: randomUUID().toUpperCase(),
      subject: '某厂',
      place: { address: '一号路', areaCode: '990102001', longitude: 118.1234567, latitude: -0.0000123, grid: '网格1' },
      sector: '建筑施工',
      tags: ['五个责任', '回头看'],
      planId: randomUUID().toUpperCase(),
      stageId: randomUUID(),
      taskId: randomUUID(),
      grade: 'major',
      judgement: {
        grade: 'major',
        criteriaId: randomUUID(),
        criteriaName: '判定标准',
        criteriaVersion: '1',
        clauses: [
          { code: '10', text: '十' },
          { code: '2', text: '二' },
        ],
        reason: '',
        byId: 'x',
        byName: '某某',
        on: day('2026-03-02'),
      },
      measures: '停用',
      coUnitIds: [s.units.fire],
      supervisingUnitId: s.units.office,
      personName: '张三',
      foundOn: day('2026-01-02'),
    };
    const drafts = [
      bare({}),
      bare(full),
      ...[0, 1 / 3, 120, 64, 118.99999999, 1e-7, 179.99999].map((longitude) =>
        bare({ place: { address: null, areaCode: null, longitude, latitude: longitude / 3, grid: null } }),
      ),
      ...Array.from({ length: 100 }, (_, at) =>
        bare({
          dueOn: addDays(day('2026-03-02'), at),
          place: {
            address: null,
            areaCode: null,
            longitude: 100 + Math.random() * 30,
            latitude: Math.random() * 50,
            grid: null,
          },
        }),
      ),
    ];
    const house = onDay(s.house, '2026-03-02');
    const made = await testAct(house, s.people.officer, (act) => registerProblems(act, drafts));
    const ids = made.map((one) => one.id);
    const records = await problemRecord(s.house.db, s.people.officer.jurisdiction, ids);
    const facts = await sql<{ item_id: string; image: string }>`
      select item_id, image from fact where item_id = any(${ids})`.execute(s.house.db);
    const images = new Map(facts.rows.map((row) => [row.item_id, row.image]));
    expect(images.size).toBe(ids.length);
    for (const id of ids) expect(images.get(id)).toBe(imageOf([records.get(id), []]));
    expect(await s.findings()).toEqual([]);
  });

  it('时刻与单精度数的写法与数据库相同', async () => {
    const moments = [
      '2026-03-02T01:02:03.120Z',
      '2026-12-31T23:59:59.999Z',
      '2026-03-02T16:00:00.000Z',
      '1999-07-01T00:00:00.005Z',
    ];
    const numbers = [0.1, 118.123456789, 1e-5, 123456.789, 16777217, 90, 1 / 3, -71.00001];
    const found = await sql<{ moments: string[]; numbers: number[] }>`
      select (select jsonb_agg(x) from unnest(${moments}::timestamptz(3)[]) x) as moments,
        (select jsonb_agg(x) from unnest(${numbers}::float8[]::real[]) x) as numbers`.execute(s.house.db);
    expect(moments.map((moment) => momentInJson(new Date(moment)))).toEqual(found.rows[0]?.moments);
    expect(numbers.map(inSinglePrecision)).toEqual(found.rows[0]?.numbers);
  });
});

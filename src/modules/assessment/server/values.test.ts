import { describe, expect, it, vi } from 'vitest';
import { day } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import { type MeasureCode, measures } from '../measures.ts';
import { everything, type Indicator } from '../scheme.ts';

const [a, b] = ['a0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002'];
const found = vi.hoisted(() => ({ at: [] as unknown[] }));

vi.mock('../../filings/server/door.ts', () => ({
  missedFilings: async (...asked: unknown[]) => {
    found.at.push(asked[4]);
    return [
      { unitId: 'a0000000-0000-4000-8000-000000000001', required: 9, onTime: 6, late: 1, missing: 1, waiting: 1 },
    ];
  },
}));
vi.mock('../../meetings/server/door.ts', () => ({
  obligationsMet: async () => [
    {
      obligationId: 'o1',
      name: '安委会会议',
      words: '每年不少于4次',
      convenerUnitId: 'a0000000-0000-4000-8000-000000000001',
      from: '2026-01-01',
      dueByNow: 3,
      held: 2,
    },
    {
      obligationId: 'o2',
      name: '专题会议',
      words: '每年不少于2次',
      convenerUnitId: 'a0000000-0000-4000-8000-000000000001',
      from: '2026-01-01',
      dueByNow: 1,
      held: 5,
    },
    {
      obligationId: 'o3',
      name: '常委会',
      words: '每年不少于2次',
      convenerUnitId: null,
      from: '2026-01-01',
      dueByNow: 1,
      held: 0,
    },
  ],
  targetsOf: async () =>
    [
      { words: '死亡人数不超过1人', standing: { value: 0, met: true, by: 'ledger', says: '系统计算' } },
      { words: '事故起数不超过2起', standing: { value: 3, met: false, by: 'ledger', says: '系统计算' } },
      { words: '安全培训不低于300人次', standing: { value: 320, met: true, by: 'hand', says: '人工登记：某单位某人' } },
      { words: '演练不低于2次', standing: { value: null, met: null, by: 'hand', says: '没有登记结果' } },
    ].map((one) => ({
      ...one,
      unitId: 'a0000000-0000-4000-8000-000000000001',
      letterId: 'l1',
      letterNumber: '责-2026-0001',
    })),
}));
vi.mock('../../supervision/server/door.ts', () => ({
  measuresOf: async () => ({
    counts: {},
    lines: ['a', 'a', 'c'].map((unit) => ({ unitId: `${unit}0000000-0000-4000-8000-000000000001` })),
  }),
}));
vi.mock('../../problems/server/door.ts', () => ({
  lookBackQualityOf: async () => ({
    units: [{ unitId: 'a0000000-0000-4000-8000-000000000001', checked: 8, still: 6, notStill: 2 }],
  }),
  standingsByUnit: async () => [],
  sharedLookups: () => ({}),
}));
vi.mock('../../tasks/server/door.ts', () => ({ figuresAsOf: async () => ({ units: [] }) }));

const { measuredOf } = await import('./values.ts');
const indicator = (measure: MeasureCode): Indicator => ({
  code: measure,
  name: measures[measure].word,
  part: 'common',
  units: [],
  weight: 10,
  floor: 0,
  by: 'ledger',
  measure,
  scoring: null,
  narrow: everything,
  whenNone: 'rescale',
  scorer: null,
  asks: '',
});
const codes: readonly MeasureCode[] = [
  'filingOnTime',
  'filingMissing',
  'meetingsHeld',
  'targetsMet',
  'measuresReceived',
  'lookBackQuality',
  'taskOnTime',
  'problemOnTime',
];
const asked = (on: string) =>
  measuredOf(
    { db: null, day: day('2026-10-01'), now: new Date('2026-10-01T01:00:00Z') } as unknown as Reading,
    '990102',
    codes.map(indicator),
    [a ?? '', b ?? ''],
    { from: day('2026-01-01'), to: day('2026-12-31') },
    day(on),
  );

describe('取数口径', () => {
  it('报送、会议、责任书、措施、回头看都按各自的台账算出，与手算相同', async () => {
    const values = (await asked('2026-09-30')).get(a ?? '');
    const of = (code: MeasureCode) => values?.get(code)?.value;
    expect(of('filingOnTime')).toBe(75); // 按时6÷到期（6＋1＋1）
    expect(of('filingMissing')).toBe(1);
    expect(of('meetingsHeld')).toBe(75); // （2＋1）÷（3＋1），多开的不抵别的
    expect(of('targetsMet')).toBe(66.67); // 死亡、培训达到，事故没有达到，演练没有登记结果、不计
    expect(of('measuresReceived')).toBe(2);
    expect(of('lookBackQuality')).toBe(75);
  });

  it('没有可考内容的不考，不当作零；没有受到措施的是0次', async () => {
    const values = (await asked('2026-09-30')).get(b ?? '');
    for (const code of codes) expect(values?.get(code)?.value, code).toBe(code === 'measuresReceived' ? 0 : null);
  });

  it('过去的一天按当天终了看报送，今天按现在看：还没到时刻的不算漏报', async () => {
    found.at.length = 0;
    await asked('2026-09-30');
    await asked('2026-10-01');
    expect(found.at).toEqual([undefined, new Date('2026-10-01T01:00:00Z')]);
  });

  it('每个数带着打开的清单', async () => {
    const values = (await asked('2026-09-30')).get(a ?? '');
    expect(values?.get('filingMissing')?.parts[1]).toEqual({
      word: '到期没有报',
      count: 1,
      to: '/periodic-reports',
      query: { unit: a, dueFrom: '2026-01-01', dueTo: '2026-09-30', standing: ['missing'], hour: '23:59' },
    });
    expect(values?.get('measuresReceived')?.parts[0]?.query).toEqual({
      unit: a,
      servedFrom: '2026-01-01',
      servedTo: '2026-09-30',
    });
    expect(values?.get('lookBackQuality')?.parts[1]?.query).toEqual({
      unit: a,
      state: ['still'],
      from: '2026-01-01',
      asOf: '2026-09-30',
    });
  });
});

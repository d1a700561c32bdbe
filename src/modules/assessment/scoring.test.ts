import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradesOf } from './grading.ts';
import { type MeasureCode, measureCodes, measures } from './measures.ts';
import { everything, type Grade, type Indicator, ruleInWords, type SchemeBody, type VetoKind } from './scheme.ts';
import { achieved, type Mark, type Scoring, scoringInWords, scoringTrouble } from './scoring.ts';
import { sheetOf } from './sheet.ts';
import { troubles } from './sound.ts';

const number = (min: number, max: number) => fc.integer({ min: min * 10, max: max * 10 }).map((one) => one / 10);
const marks = (better: 'more' | 'less', least: number): fc.Arbitrary<Mark[]> =>
  fc
    .tuple(
      fc.uniqueArray(number(0, 120), { minLength: least, maxLength: 5 }),
      fc.array(number(0, 100), { minLength: 5, maxLength: 5 }),
    )
    .map(([places, shares]) => {
      const rising = [...shares].sort((a, b) => (better === 'more' ? a - b : b - a));
      return [...places].sort((a, b) => a - b).map((at, index) => ({ at, share: rising[index] ?? 0 }));
    });
const scoringFor = (code: MeasureCode): fc.Arbitrary<Scoring> => {
  const { better } = measures[code];
  return fc
    .oneof(
      fc.tuple(number(0, 100), number(0, 100)).map(([a, b]): Scoring => {
        const [low, high] = a < b ? [a, b] : [b, a + 0.1];
        return better === 'more'
          ? { kind: 'linear', zeroAt: low, fullAt: high }
          : { kind: 'linear', zeroAt: high, fullAt: low };
      }),
      fc.tuple(marks(better, 1), number(0, 100)).map(([steps, share]): Scoring => {
        const first = steps[0]?.share ?? 0;
        return { kind: 'step', base: better === 'more' ? Math.min(share, first) : Math.max(share, first), steps };
      }),
      marks(better, 2).map((points): Scoring => ({ kind: 'piecewise', points })),
      fc.tuple(number(0, 10), number(0.1, 5)).map(([free, points]): Scoring => ({ kind: 'each', free, points })),
    )
    .filter((one) => scoringTrouble(one, code) === null);
};
const ruled = fc
  .constantFrom(...measureCodes)
  .chain((code) => fc.tuple(fc.constant(code), scoringFor(code), number(0.5, 40), number(0, 150), number(0, 150)));

const indicator = (over: Partial<Indicator>): Indicator => ({
  code: 'A',
  name: '某指标',
  part: 'common',
  units: [],
  weight: 10,
  floor: 0,
  by: 'ledger',
  measure: 'taskOnTime',
  scoring: { kind: 'linear', zeroAt: 60, fullAt: 95 },
  narrow: everything,
  whenNone: 'rescale',
  scorer: null,
  asks: '',
  ...over,
});
const frame = { total: 100, floor: 0, bonusCap: 5, malusCap: 20 };
const value = (one: number | null) => ({ value: one, parts: [] });

describe('计分规则', () => {
  it('任何规则的得分都在0和分值之间', () => {
    fc.assert(
      fc.property(ruled, ([code, scoring, weight, at]) => {
        const share = achieved(scoring, measures[code].better, weight, at);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });

  it('数值变好，得分不会变少', () => {
    fc.assert(
      fc.property(ruled, ([code, scoring, weight, a, b]) => {
        const { better } = measures[code];
        const [worse, best] = better === 'more' ? [Math.min(a, b), Math.max(a, b)] : [Math.max(a, b), Math.min(a, b)];
        expect(achieved(scoring, better, weight, best)).toBeGreaterThanOrEqual(
          achieved(scoring, better, weight, worse) - 1e-12,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('奖励落后的规则不能用，并说明走向反了', () => {
    expect(scoringTrouble({ kind: 'linear', zeroAt: 95, fullAt: 60 }, 'taskOnTime')).toContain('写反了');
    expect(scoringTrouble({ kind: 'linear', zeroAt: 0, fullAt: 30 }, 'taskLateShare')).toContain('越低越好');
    expect(scoringTrouble({ kind: 'step', base: 0, steps: [{ at: 5, share: 100 }] }, 'taskLateShare')).toContain(
      '走向反了',
    );
    expect(
      scoringTrouble(
        {
          kind: 'piecewise',
          points: [
            { at: 10, share: 0 },
            { at: 5, share: 100 },
          ],
        },
        'taskOnTime',
      ),
    ).toContain('从小到大');
    expect(scoringTrouble({ kind: 'each', free: 0, points: 0 }, 'measuresReceived')).toContain('大于0');
  });

  it('每种规则都能写成一句话', () => {
    expect(scoringInWords({ kind: 'linear', zeroAt: 60, fullAt: 95 }, 'taskOnTime', 20)).toBe(
      '不高于60%得0分，达到95%得20分，之间按比例',
    );
    expect(scoringInWords({ kind: 'step', base: 100, steps: [{ at: 5, share: 50 }] }, 'taskLongest', 10)).toBe(
      '不到5天得10分；5天及以上得5分',
    );
    expect(scoringInWords({ kind: 'each', free: 1, points: 2 }, 'measuresReceived', 10, true)).toBe(
      '超过1次后，每1次扣2分，扣完10分为止',
    );
    expect(
      ruleInWords(indicator({ by: 'hand', measure: null, scoring: null, scorer: '区安委办', asks: '查阅记录' })),
    ).toBe('由区安委办打分：查阅记录');
  });
});

describe('考核表', () => {
  it('手算与系统相同：按比例、最低分、加分、扣分、上限', () => {
    const sheet = sheetOf(
      frame,
      [
        indicator({ code: 'A', weight: 60 }),
        indicator({
          code: 'B',
          weight: 40,
          floor: 8,
          measure: 'taskLateShare',
          scoring: { kind: 'linear', zeroAt: 30, fullAt: 0 },
        }),
        indicator({ code: 'C', part: 'bonus', weight: 10, by: 'hand', measure: null, scoring: null }),
        indicator({
          code: 'D',
          part: 'malus',
          weight: 30,
          measure: 'measuresReceived',
          scoring: { kind: 'each', free: 1, points: 6 },
        }),
      ],
      new Map([
        ['A', value(77.5)],
        ['B', value(28)],
        ['D', value(6)],
      ]),
      new Map([['C', { score: 9, says: '省级推广' }]]),
    );
    expect(sheet.lines.map((line) => line.score)).toEqual([30, 8, 9, 30]);
    // 60×(77.5−60)÷35＝30；40×2÷30＝2.67，最低8；加分9，上限5；扣分30，上限20。
    expect(sheet.total).toEqual({ base: 38, bonus: 5, malus: 20, score: 23, open: 0, waiting: 0 });
  });

  it('没有可考内容的，分值按比例分摊到其余指标，满分仍是总分', () => {
    const sheet = sheetOf(
      frame,
      [
        indicator({ code: 'A', weight: 50 }),
        indicator({ code: 'B', weight: 30 }),
        indicator({ code: 'C', weight: 20 }),
      ],
      new Map([
        ['A', value(95)],
        ['B', value(77.5)],
        ['C', value(null)],
      ]),
      new Map(),
    );
    expect(sheet.lines.map((line) => [line.applies, line.max, line.score])).toEqual([
      [true, 62.5, 62.5],
      [true, 37.5, 18.75],
      [false, 0, 0],
    ]);
    expect(sheet.total.score).toBe(81.25);
  });

  it('没有打分的只等待，不当作零分；申诉更正后的分数优先', () => {
    const hand = indicator({ code: 'B', weight: 40, by: 'hand', measure: null, scoring: null, scorer: '区安委办' });
    const both = [indicator({ code: 'A', weight: 60 }), hand];
    const measured = new Map([['A', value(95)]]);
    const waits = sheetOf(frame, both, measured, new Map());
    expect(waits.total).toMatchObject({ score: 60, open: 40, waiting: 1 });
    const decided = sheetOf(
      frame,
      both,
      measured,
      new Map([['B', { score: 20, says: '打20分' }]]),
      new Map([['B', { score: 33, says: '申诉成立' }]]),
    );
    expect(decided.total.score).toBe(93);
    expect(decided.lines[1]?.says).toContain('申诉成立');
  });

  it('任何方案、任何数值，每行在0和满分之间，总分在保底与总分加上限之间，各行相加等于总分', () => {
    const body = fc.record({
      total: fc.constant(100),
      floor: number(0, 40),
      bonusCap: number(0, 10),
      malusCap: number(0, 50),
    });
    const lines = fc.array(
      ruled.chain(([measure, scoring, weight, at]) =>
        fc.record({
          indicator: fc
            .record({
              part: fc.constantFrom('common', 'individual', 'bonus', 'malus'),
              whenNone: fc.constantFrom('rescale', 'full', 'zero'),
              by: fc.constantFrom('ledger', 'hand'),
            })
            .map((one) => indicator({ ...(one as Partial<Indicator>), measure, scoring, weight })),
          at: fc.option(fc.constant(at), { freq: 4 }),
          hand: fc.option(number(0, 60), { freq: 3 }),
        }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(body, lines, (of, given) => {
        const named = given.map((one, index) => ({ ...one, indicator: { ...one.indicator, code: `I${index}` } }));
        const sheet = sheetOf(
          of,
          named.map((one) => one.indicator),
          new Map(named.map((one) => [one.indicator.code, value(one.at)])),
          new Map(
            named.flatMap((one) => (one.hand === null ? [] : [[one.indicator.code, { score: one.hand, says: '' }]])),
          ),
        );
        for (const line of sheet.lines) {
          if (line.score === null) continue;
          expect(line.score).toBeGreaterThanOrEqual(0);
          expect(line.score).toBeLessThanOrEqual(Math.max(line.max, line.weight) + 1e-9);
        }
        const sum = (part: string) =>
          sheet.lines.filter((line) => line.part === part).reduce((all, line) => all + (line.score ?? 0), 0);
        const base = Math.min(of.total, sum('common') + sum('individual'));
        const plain = base + Math.min(of.bonusCap, sum('bonus')) - Math.min(of.malusCap, sum('malus'));
        const bounded = Math.min(of.total + of.bonusCap, Math.max(of.floor, plain));
        expect(Math.abs(sheet.total.score - bounded)).toBeLessThan(0.011);
      }),
      { numRuns: 500 },
    );
  });
});

const grades: Grade[] = [
  { code: 'a', name: '优秀', from: 90, quota: 30 },
  { code: 'b', name: '良好', from: 80, quota: null },
  { code: 'c', name: '合格', from: 60, quota: null },
  { code: 'd', name: '不合格', from: 0, quota: null },
];
const coupling = [{ grade: 'd', says: '不得评优' }];
const override: VetoKind = { code: 'V', name: '较大事故', effect: 'override', grade: 'd' };
const cap: VetoKind = { code: 'W', name: '一般事故', effect: 'cap', grade: 'c' };
const unit = (unitId: string, score: number, ...vetoes: VetoKind[]) => ({ unitId, score, vetoes });

describe('等次', () => {
  it('名额有限的，按分数取；名额线上同分的放不下就都不取，后面的也不能越过', () => {
    const found = gradesOf({ grades, coupling }, [
      unit('1', 99),
      unit('2', 95),
      unit('3', 95),
      unit('4', 94),
      ...[5, 6, 7].map((one) => unit(String(one), 70)),
    ]);
    expect(found.map((one) => [one.unitId, one.rank, one.gradeName])).toEqual([
      ['1', 1, '优秀'],
      ['2', 2, '良好'],
      ['3', 2, '良好'],
      ['4', 4, '良好'],
      ['5', 5, '合格'],
      ['6', 5, '合格'],
      ['7', 5, '合格'],
    ]);
    expect(found[1]?.says).toContain('名额已满');
  });

  it('一票否决的不论多少分定为不合格，并挂钩；封顶的不高于规定等次', () => {
    const found = gradesOf({ grades, coupling }, [
      unit('1', 98, override),
      unit('2', 97, cap),
      unit('3', 50, cap),
      unit('4', 96),
    ]);
    expect(found.map((one) => [one.unitId, one.gradeName, one.vetoed, one.coupling])).toEqual([
      ['1', '不合格', true, '不得评优'],
      ['2', '合格', true, null],
      ['4', '优秀', false, null],
      ['3', '不合格', false, '不得评优'],
    ]);
  });

  it('没有否决的单位中，分数高的等次不会更差；优秀不超过名额', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number(0, 100), fc.constantFrom('none', 'none', 'none', 'override', 'cap')), {
          maxLength: 40,
        }),
        (given) => {
          const units = given.map(([score, kind], at) =>
            unit(
              `u${String(at).padStart(2, '0')}`,
              score,
              ...(kind === 'override' ? [override] : kind === 'cap' ? [cap] : []),
            ),
          );
          const found = gradesOf({ grades, coupling }, units);
          expect(found).toHaveLength(units.length);
          const place = new Map(
            found.map((one) => [one.unitId, grades.findIndex((grade) => grade.code === one.grade)]),
          );
          const free = units.filter((one) => one.vetoes.length === 0);
          for (const a of free)
            for (const b of free)
              if (a.score > b.score) expect(place.get(a.unitId)).toBeLessThanOrEqual(place.get(b.unitId) ?? 9);
          expect(found.filter((one) => one.grade === 'a').length).toBeLessThanOrEqual(Math.floor(units.length * 0.3));
          for (const one of units)
            if (one.vetoes.includes(override)) expect(place.get(one.unitId)).toBe(3);
            else if (one.vetoes.includes(cap)) expect(place.get(one.unitId)).toBeGreaterThanOrEqual(2);
        },
      ),
    );
  });
});

describe('方案能不能发布', () => {
  const body: SchemeBody = {
    title: '某年度考核方案',
    year: 2026,
    basis: '某考核办法',
    objects: { word: '各镇', units: ['各镇'], without: [] },
    from: '2026-01-01',
    to: '2026-12-31',
    total: 100,
    floor: 0,
    bonusCap: 5,
    malusCap: 20,
    indicators: [
      indicator({ code: 'A', name: '按时办结', weight: 60 }),
      indicator({ code: 'B', name: '个性', part: 'individual', units: ['甲镇'], weight: 40 }),
    ],
    grades,
    vetoes: [override],
    coupling,
    selfDays: 5,
    appealDays: 5,
  };
  const says = (over: Partial<SchemeBody>, applies = [{ name: '甲镇', codes: ['A', 'B'] }]): string =>
    troubles({ ...body, ...over }, applies)
      .map((one) => one.says)
      .join('；');

  it('各单位适用的分值合计等于总分的可以发布，不等的说出哪个单位差多少', () => {
    expect(says({})).toBe('');
    expect(
      says({}, [
        { name: '甲镇', codes: ['A', 'B'] },
        { name: '乙镇', codes: ['A'] },
      ]),
    ).toBe('乙镇适用的共性、个性指标分值合计60分，应为100分');
  });

  it('缺名称、依据、单位，等次颠倒，否决对应的等次不存在，都说得出在哪里', () => {
    expect(says({ title: '' })).toContain('方案名称');
    expect(says({ basis: '' })).toContain('依据');
    expect(says({}, [])).toContain('没有单位');
    expect(says({ from: '2026-02-30' })).toContain('起止日期');
    expect(says({ grades: [...grades].reverse() })).toContain('从好到差');
    expect(says({ grades: grades.slice(0, 3) })).toContain('应从0分起');
    expect(says({ vetoes: [{ ...override, grade: 'z' }] })).toContain('否决情形');
    expect(says({ indicators: [indicator({ weight: 100, by: 'hand', measure: null, scoring: null })] })).toContain(
      '哪个单位打分',
    );
    expect(
      says({ indicators: [indicator({ weight: 100, code: 'A' }), indicator({ code: 'A', part: 'bonus' })] }),
    ).toContain('重复');
    expect(
      says({
        indicators: [
          indicator({ weight: 100 }),
          indicator({ code: 'M', part: 'malus', measure: 'taskOnTime', scoring: { kind: 'each', free: 0, points: 1 } }),
        ],
      }),
    ).toContain('不能逐项扣分');
  });
});

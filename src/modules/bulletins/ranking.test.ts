import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualWeights } from './bulletin-form.ts';
import { type Measured, marksOf, rankingOf, ruleInWords, scoreOf } from './ranking.ts';

const unit = (unitId: string, over: Partial<Measured> = {}): Measured => ({
  unitId,
  name: unitId,
  closedInTime: 5,
  closedLate: 0,
  openInTime: 5,
  overdue: 0,
  longest: 0,
  firstChecked: 0,
  firstPassed: 0,
  lookedBack: 0,
  still: 0,
  ...over,
});
const rule = { atLeast: 3, named: 3 };

describe('前三名、后三名', () => {
  it('没有数据的项不计，其余按比例折算', () => {
    const marks = marksOf(unit('甲', { closedInTime: 3, closedLate: 1, openInTime: 4, overdue: 2, longest: 30 }));
    expect(marks).toEqual({ timeliness: 70, age: 70, firstPass: null, lookBack: null });
    expect(scoreOf(marks, usualWeights)).toBe(70);
    expect(scoreOf({ ...marks, firstPass: 100, lookBack: 50 }, usualWeights)).toBe(72);
  });

  it('得分相同的名次相同、一并列出；没有单位同时在前又在后', () => {
    const all = [
      unit('甲'),
      unit('乙'),
      unit('丙'),
      unit('丁'),
      unit('戊', { overdue: 2, longest: 10 }),
      unit('己', { overdue: 4, longest: 50 }),
      unit('庚', { overdue: 4, longest: 50 }),
      unit('辛', { closedInTime: 1, openInTime: 1 }),
    ];
    const found = rankingOf(all, usualWeights, rule);
    expect(found.best.map((one) => [one.name, one.rank])).toEqual(
      [
        ['甲', 1],
        ['乙', 1],
        ['丙', 1],
        ['丁', 1],
      ].sort(),
    );
    expect(found.worst.map((one) => [one.name, one.rank]).sort()).toEqual(
      [
        ['己', 6],
        ['庚', 6],
        ['戊', 5],
      ].sort(),
    );
    expect([found.ranked, found.leftOut]).toEqual([7, 1]);
  });

  it('多登记、少登记问题不改变得分：同样的质量，数量翻倍得分不变', () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.nat(50),
        fc.nat(50),
        fc.nat(50),
        fc.integer({ min: 2, max: 9 }),
        (a, b, c, d, times) => {
          const once = unit('甲', { closedInTime: a, closedLate: b, openInTime: c, overdue: d });
          const more = unit('甲', {
            closedInTime: a * times,
            closedLate: b * times,
            openInTime: c * times,
            overdue: d * times,
          });
          expect(scoreOf(marksOf(more), usualWeights)).toBe(scoreOf(marksOf(once), usualWeights));
        },
      ),
    );
  });

  it('规则用文字写明', () => {
    expect(ruleInWords(usualWeights, rule)).toContain('按期了结率占40%');
    expect(ruleInWords(usualWeights, rule)).toContain('登记问题的数量不计入得分');
  });
});

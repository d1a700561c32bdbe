import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../kernel/calendar.ts';
import { day } from '../../kernel/day.ts';
import { verdict } from '../../kernel/lifecycle.ts';
import { disciplineOf, standingAt, type Turn } from './filing.ts';
import {
  type FilingAction,
  type FilingNeed,
  type FilingPart,
  type FilingState,
  filingLifecycle,
  filingStates,
} from './lifecycle.ts';
import {
  dueDayAsText,
  dueDayIn,
  dueInWords,
  fieldsAsText,
  fieldsInText,
  flawsOfRhythm,
  occurrenceAround,
  occurrencesOpenOn,
  periodInWords,
  type Rhythm,
} from './rhythm.ts';

const calendar = calendarOf([
  {
    year: 2026,
    holidays: { '2026-10-01': '国庆节', '2026-10-02': '国庆节' },
    workingWeekends: { '2026-10-10': '国庆节' },
  },
]);
const rhythm: Rhythm = {
  id: 'r',
  name: '工作周报',
  basis: '方案第五部分',
  period: 'week',
  reporters: ['各镇（街道）'],
  receiver: '区安委办',
  hour: '17:00',
  dueAfter: 0,
  opensBefore: 2,
  workdays: true,
  fields: [{ key: 'visits', label: '出动检查人次', type: 'count', must: true, unit: '人次', options: [] }],
  known: ['registered'],
  narrative: 'may',
  cases: 'none',
  practices: 'may',
  attachments: 'none',
  dueDay: null,
  fromOn: day('2026-01-01'),
  toOn: null,
};
const at = (text: string): Date => new Date(`${text}:00+08:00`);

describe('报送的时刻', () => {
  it('周报的时限遇休息日顺延到下一个工作日，提前若干天可以填报', () => {
    const one = occurrenceAround(rhythm, day('2026-09-09'), calendar);
    expect(one).toEqual({ from: '2026-09-07', to: '2026-09-13', dueOn: '2026-09-14', opensOn: '2026-09-12' });
    expect(occurrencesOpenOn(rhythm, day('2026-09-11'), calendar)).toEqual([]);
    expect(occurrencesOpenOn(rhythm, day('2026-09-12'), calendar)).toHaveLength(1);
    expect(occurrencesOpenOn(rhythm, day('2026-09-14'), calendar)).toHaveLength(1);
    expect(occurrencesOpenOn(rhythm, day('2026-09-15'), calendar)).toEqual([]);
  });

  it('期内哪天报的，周报到周五，月报到当月二十五日，遇休息日顺延', () => {
    const friday: Rhythm = { ...rhythm, dueDay: 5 };
    expect(occurrenceAround(friday, day('2026-09-09'), calendar)).toEqual({
      from: '2026-09-07',
      to: '2026-09-13',
      dueOn: '2026-09-11',
      opensOn: '2026-09-09',
    });
    expect(occurrencesOpenOn(friday, day('2026-09-10'), calendar).map((one) => one.dueOn)).toEqual(['2026-09-11']);
    expect(occurrencesOpenOn(friday, day('2026-09-12'), calendar)).toEqual([]);
    const monthly: Rhythm = { ...rhythm, period: 'month', dueDay: 25 };
    expect(occurrencesOpenOn(monthly, day('2026-10-24'), calendar).map((one) => [one.from, one.dueOn])).toEqual([
      ['2026-10-01', '2026-10-26'],
    ]);
    expect([friday, monthly, { ...monthly, dueDay: null, dueAfter: 5 }, rhythm].map((one) => dueInWords(one))).toEqual([
      '每周五17:00前',
      '每月25日17:00前',
      '每月一次，次月5日17:00前',
      '每周日17:00前',
    ]);
    for (const one of [friday, monthly]) expect(dueDayIn(dueDayAsText(one), one.period)).toBe(one.dueDay);
    expect(flawsOfRhythm({ ...friday, period: 'day' }).map((one) => one.where)).toEqual(['body.dueDay']);
  });

  it('只在工作日报的日报，休息日没有，调休上班的周六有', () => {
    const daily: Rhythm = { ...rhythm, period: 'day', opensBefore: 0 };
    expect(occurrencesOpenOn(daily, day('2026-10-01'), calendar)).toEqual([]);
    expect(occurrencesOpenOn(daily, day('2026-10-10'), calendar)).toHaveLength(1);
    const every: Rhythm = { ...daily, workdays: false };
    expect(occurrencesOpenOn(every, day('2026-10-01'), calendar)).toHaveLength(1);
  });

  it('月报、季报、年报、专项时段各有一次，停用以后没有', () => {
    const monthly: Rhythm = { ...rhythm, period: 'month', dueAfter: 5, workdays: false, opensBefore: 5 };
    expect(occurrenceAround(monthly, day('2026-02-11'), calendar)?.dueOn).toBe('2026-03-05');
    expect(occurrencesOpenOn(monthly, day('2026-03-03'), calendar).map((one) => one.from)).toEqual(['2026-02-01']);
    const quarterly: Rhythm = { ...monthly, period: 'quarter' };
    expect(occurrencesOpenOn(quarterly, day('2026-04-03'), calendar).map((one) => one.from)).toEqual(['2026-01-01']);
    const special: Rhythm = { ...monthly, period: 'special', fromOn: day('2026-09-28'), toOn: day('2026-10-08') };
    expect(occurrenceAround(special, day('2026-10-01'), calendar)).toMatchObject({
      from: '2026-09-28',
      dueOn: '2026-10-13',
    });
    expect(occurrencesOpenOn(special, day('2026-10-12'), calendar)).toHaveLength(1);
    expect(occurrenceAround({ ...monthly, toOn: day('2026-02-20') }, day('2026-02-11'), calendar)).toBeNull();
  });

  it('一段时间有公文的写法', () => {
    expect(periodInWords('day', day('2026-03-02'), day('2026-03-02'))).toBe('2026年3月2日');
    expect(periodInWords('week', day('2026-03-02'), day('2026-03-08'))).toBe('2026年3月2日至8日');
    expect(periodInWords('week', day('2026-03-30'), day('2026-04-05'))).toBe('2026年3月30日至4月5日');
    expect(periodInWords('week', day('2026-12-28'), day('2027-01-03'))).toBe('2026年12月28日至2027年1月3日');
    expect(periodInWords('quarter', day('2026-04-01'), day('2026-06-30'))).toBe('2026年第2季度');
  });

  it('填报项按一行一项书写，读回来还是一样；认不出的类型说得出来', () => {
    const text = '*出动检查人次，个数，人次\n是否夜查，选项，，是，否\n情况，文字';
    const { fields, flaws } = fieldsInText(text);
    expect(flaws).toEqual([]);
    expect(fields.map((one) => [one.label, one.type, one.must, one.unit, one.options])).toEqual([
      ['出动检查人次', 'count', true, '人次', []],
      ['是否夜查', 'choice', false, '', ['是', '否']],
      ['情况', 'text', false, '', []],
    ]);
    expect(fieldsInText(fieldsAsText(fields)).fields).toEqual(fields);
    expect(fieldsInText('人次，多少').flaws).toEqual([
      '“人次”的类型“多少”认不出来，类型有个数、数量（可有小数）、文字、是或否、选项、日期',
    ]);
  });

  it('系统知道的数字不能要求单位填报', () => {
    const { id: _, ...plain } = rhythm;
    expect(flawsOfRhythm(plain)).toEqual([]);
    const asked = { ...plain, fields: [{ ...rhythm.fields[0], key: 'x', label: '期末逾期问题' }] } as typeof plain;
    expect(flawsOfRhythm(asked).map((one) => one.says)).toEqual(['“期末逾期问题”由系统计算，不能要求单位填报']);
  });
});

describe('按时、迟报、缺报', () => {
  const due = at('2026-03-02T17:00');
  const turn = (kind: Turn['kind'], when: string, dueAt: string | null = null): Turn => ({
    kind,
    at: at(when),
    dueAt: dueAt === null ? null : at(dueAt),
  });

  it('任何时刻都说得出一份报送怎样', () => {
    expect(standingAt(due, [], at('2026-03-02T16:59'))).toBe('waiting');
    expect(standingAt(due, [], at('2026-03-02T17:00'))).toBe('waiting');
    expect(standingAt(due, [], at('2026-03-02T17:01'))).toBe('missing');
    const late = [turn('filed', '2026-03-02T18:00')];
    expect(standingAt(due, late, at('2026-03-02T17:30'))).toBe('missing');
    expect(standingAt(due, late, at('2026-03-02T19:00'))).toBe('late');
    expect(standingAt(due, [turn('filed', '2026-03-02T09:00')], at('2026-03-03T09:00'))).toBe('onTime');
  });

  it('更正不改变是否按时；退回后超过新的时限是缺报，再报是迟报', () => {
    const turns = [
      turn('filed', '2026-03-02T09:00'),
      turn('amended', '2026-03-03T09:00'),
      turn('returned', '2026-03-03T10:00', '2026-03-04T10:00'),
      turn('filed', '2026-03-05T10:00'),
    ];
    expect(standingAt(due, turns, at('2026-03-03T09:30'))).toBe('onTime');
    expect(standingAt(due, turns, at('2026-03-03T11:00'))).toBe('returned');
    expect(standingAt(due, turns, at('2026-03-04T11:00'))).toBe('missing');
    expect(standingAt(due, turns, at('2026-03-05T11:00'))).toBe('late');
  });

  it('免报的不算应报', () => {
    const turns = [turn('exempted', '2026-03-02T18:00'), turn('demanded', '2026-03-04T09:00')];
    expect(standingAt(due, turns, at('2026-03-03T09:00'))).toBe('exempt');
    expect(standingAt(due, turns, at('2026-03-04T10:00'))).toBe('missing');
    expect(disciplineOf(['exempt', 'onTime', 'late', 'missing', 'waiting'])).toEqual({
      required: 4,
      onTime: 1,
      late: 1,
      missing: 1,
      waiting: 1,
    });
  });
});

describe('报送的办理，逐格核对', () => {
  const parts: FilingPart[] = ['office', 'reporter'];
  for (const state of filingStates)
    for (const action of Object.keys(filingLifecycle.actions) as FilingAction[])
      for (const part of parts)
        it(`${filingLifecycle.states[state]}时${filingLifecycle.parts[part]}${filingLifecycle.actions[action]}`, () => {
          const row = filingLifecycle.table.find((one) => one.action === action && one.from.includes(state));
          const ask = (unmet: FilingNeed[]) => verdict(filingLifecycle, { state, action, parts: [part], unmet });
          const may = row?.by.includes(part) ?? false;
          expect(ask([]).may).toBe(may);
          if (!may || !row) return;
          expect(ask([])).toEqual({ may: true, to: (row.to === 'same' ? state : row.to) as FilingState });
          for (const need of row.needs ?? []) expect(ask([need]).may).toBe(false);
        });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day } from '../../kernel/day.ts';
import { type AccidentFigure, countIn, monthsFrom, soundNumbers } from './accident.ts';
import { type DutyList, progressOf } from './duty.ts';
import { type Held, met, type Obligation, paceOf, quotaWords } from './obligation.ts';
import { gapsOf } from './period.ts';
import { targetInWords } from './responsibility.ts';

const obligation = (over: Partial<Obligation> = {}): Obligation => ({
  id: 'o',
  jurisdiction: '990102',
  name: '政府常务会议研究安全生产',
  convenerUnitId: null,
  convener: '区政府办公室',
  attends: '常务会议成员',
  attendeeUnitIds: [],
  count: 4,
  per: 'year',
  everyYears: 1,
  fromOn: day('2020-01-01'),
  toOn: null,
  basis: '责任制规定',
  ...over,
});
const held = (heldOn: string, registeredOn = heldOn, id = heldOn): Held => ({
  id,
  number: id,
  obligationId: 'o',
  heldOn: day(heldOn),
  registeredOn: day(registeredOn),
});

describe('会议要求：每年不少于N次', () => {
  it('一年四次，均匀铺开：到某一天应开几次、欠几次、迟了几天', () => {
    const at = (on: string, ...meetings: Held[]) => met(obligation(), meetings, day(on));
    expect(at('2026-04-03')).toMatchObject({
      required: 4,
      held: 0,
      dueByNow: 1,
      behind: 1,
      nextBy: paceOf(day('2026-01-01'), day('2026-12-31'), 4, 1),
    });
    expect(at('2026-04-02')).toMatchObject({ dueByNow: 0, behind: 0, late: 0 });
    expect(at('2026-07-10', held('2026-03-01'))).toMatchObject({ held: 1, dueByNow: 2, behind: 1 });
    expect(at('2026-12-31', held('2026-03-01'), held('2026-05-01'), held('2026-08-01'))).toMatchObject({
      held: 3,
      dueByNow: 3,
      behind: 0,
      nextBy: '2026-12-31',
    });
    expect(at('2026-12-31', held('2026-01-01', undefined, 'a'), held('2026-01-01', undefined, 'b'))).toMatchObject({
      behind: 1,
    });
  });

  it('事后补登记的会议，不改变以前那一天报出的数字', () => {
    const late = held('2026-03-01', '2026-05-20');
    expect(met(obligation(), [late], day('2026-04-30'))).toMatchObject({ held: 0, behind: 1 });
    expect(met(obligation(), [late], day('2026-05-20'))).toMatchObject({ held: 1, behind: 0 });
  });

  it('上一期欠下的次数看得见，不算进本期', () => {
    expect(met(obligation(), [held('2025-03-01')], day('2026-01-05'))).toMatchObject({
      held: 0,
      owedBefore: 3,
      behind: 0,
    });
  });

  it('年中开始的要求，当年按比例，至少一次', () => {
    const one = obligation({ fromOn: day('2026-07-01') });
    expect(met(one, [], day('2026-07-02'))).toMatchObject({ required: 2, from: '2026-07-01', dueByNow: 0 });
    expect(met(obligation({ count: 1, fromOn: day('2026-12-01') }), [], day('2026-12-05')).required).toBe(1);
    expect(met(one, [], day('2026-07-02')).owedBefore).toBe(0);
  });

  it('每季度、每月、每三年一次都按各自的期间数', () => {
    expect(met(obligation({ per: 'quarter', count: 1 }), [held('2026-04-03')], day('2026-05-01'))).toMatchObject({
      from: '2026-04-01',
      to: '2026-06-30',
      held: 1,
    });
    const three = obligation({ everyYears: 3, count: 1, fromOn: day('2024-01-01') });
    expect(met(three, [held('2024-09-01')], day('2026-11-22'))).toMatchObject({
      from: '2024-01-01',
      to: '2026-12-31',
      held: 1,
    });
    expect(quotaWords(three)).toBe('每3年不少于1次');
    expect(quotaWords(obligation({ per: 'quarter', count: 1 }))).toBe('每季度不少于1次');
  });

  it('任何一天：应开次数不超过要求次数，随日子只增不减，期末等于要求次数', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 363 }), (count, at) => {
        const one = obligation({ count });
        const now = met(one, [], addDays(day('2026-01-01'), at));
        const next = met(one, [], addDays(day('2026-01-01'), at + 1));
        expect(now.dueByNow).toBeLessThanOrEqual(count);
        expect(next.dueByNow).toBeGreaterThanOrEqual(now.dueByNow);
        expect(met(one, [], day('2027-01-01')).owedBefore).toBe(count);
      }),
    );
  });
});

const figure = (
  month: string,
  accidents: number,
  deaths: number,
  on: string,
  more: AccidentFigure['confirmed'] = [],
) => ({
  id: month,
  unitId: 'u',
  unitName: '某镇',
  month,
  accidents,
  deaths,
  note: '',
  enteredBy: 'a',
  enteredByName: '甲',
  enteredByPerson: null,
  confirmedOn: on,
  confirmedByName: '乙',
  confirmed: [{ on, accidents, deaths }, ...more],
});

describe('事故数字的滑动窗口', () => {
  const figures = [
    figure('2025-12', 2, 1, '2026-01-05'),
    figure('2026-01', 1, 0, '2026-02-03'),
    figure('2026-03', 3, 2, '2026-04-02', [{ on: '2026-05-10', accidents: 2, deaths: 1 }]),
  ];
  it('只数窗口之内、当天已经核对的；没有核对的月份列出来', () => {
    expect(countIn(figures, ['u'], '2026-04-15', 3)).toEqual([
      { unitId: 'u', accidents: 3, deaths: 2, missing: ['2026-02'], figureIds: ['2026-03'] },
    ]);
    expect(countIn(figures, ['u'], '2026-04-01', 12)[0]).toMatchObject({ accidents: 3, deaths: 1 });
  });
  it('更正之后，更正以前那一天的数字不变', () => {
    expect(countIn(figures, ['u'], '2026-05-09', 12)[0]).toMatchObject({ accidents: 6, deaths: 3 });
    expect(countIn(figures, ['u'], '2026-05-10', 12)[0]).toMatchObject({ accidents: 5, deaths: 2 });
  });
  it('月份跨年', () => {
    expect(monthsFrom('2026-01', -1)).toBe('2025-12');
    expect(monthsFrom('2025-12', 2)).toBe('2026-02');
  });
  it('没有事故就没有死亡', () => {
    expect(soundNumbers(0, 1)).toBe(false);
    expect(soundNumbers(1, 3)).toBe(true);
    expect(soundNumbers(-1, 0)).toBe(false);
    expect(soundNumbers(1.5, 0)).toBe(false);
  });
});

describe('值班表、履职、责任目标', () => {
  it('哪个单位哪一天没有人值班，一天不漏', () => {
    const shift = (on: string, unitId: string) => ({
      day: on,
      unitId,
      unitName: unitId,
      leader: '甲某',
      leaderPhone: '',
      person: '乙某',
      phone: '5550101',
    });
    expect(
      gapsOf({
        fromOn: '2026-12-31',
        toOn: '2027-01-02',
        units: [
          { id: 'a', name: '甲局' },
          { id: 'b', name: '乙镇' },
        ],
        shifts: [
          shift('2026-12-31', 'a'),
          shift('2027-01-01', 'a'),
          shift('2027-01-02', 'a'),
          shift('2027-01-01', 'b'),
        ],
      }),
    ).toEqual([{ unitId: 'b', unitName: '乙镇', days: ['2026-12-31', '2027-01-02'] }]);
  });
  it('履职按次数算，过了时限没做够的是逾期', () => {
    const list: Pick<DutyList, 'items' | 'done'> = {
      items: [
        { kind: 'standing', text: '组织领导', times: 1, dueOn: null },
        { kind: 'annual', text: '带队检查', times: 2, dueOn: '2026-06-30' },
      ],
      done: [
        {
          item: 1,
          on: '2026-03-01',
          text: '检查',
          reference: '会-2026-0001',
          fileIds: [],
          byName: '甲',
          registeredOn: '2026-03-02',
        },
      ],
    };
    expect(progressOf(list, '2026-03-01').map((one) => one.done)).toEqual([0, 0]);
    expect(progressOf(list, '2026-07-01').map((one) => [one.done, one.late])).toEqual([
      [0, false],
      [1, true],
    ]);
  });
  it('责任目标写成一句话', () => {
    expect(targetInWords({ kind: 'deaths', name: '死亡人数', value: 2, unit: '人', bound: 'atMost' })).toBe(
      '死亡人数不超过2人',
    );
  });
});

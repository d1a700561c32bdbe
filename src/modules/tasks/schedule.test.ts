import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day, daysBetween } from '../../kernel/day.ts';
import { type Deadline, type Quota, quotaWindow } from '../../kernel/deadline.ts';
import { pairsOf, pairsSought, plainForSearch } from '../../kernel/search-text.ts';
import { lampOf, lampReason } from './lamp.ts';
import { openStates, type TaskState } from './lifecycle.ts';
import { inOrder } from './milestones.ts';
import { amberOf, dueOf, isBehind, occurrencesReached, plannedPercent, quotaStandings, usualPace } from './schedule.ts';
import type { Task } from './task.ts';

type Scheduled = Parameters<typeof dueOf>[0];
const task = (more: Partial<Task> = {}): Scheduled => ({
  startedOn: day('2020-03-01'),
  deadlines: [],
  quotas: [],
  until: null,
  movedTo: null,
  occurrences: [],
  milestones: [],
  percent: 0,
  ...more,
});
const dated = (on: string | null, kind: Deadline['kind'] = 'date'): Deadline => ({
  kind,
  text: '',
  on: on === null ? null : day(on),
});
const held = (...days: string[]) => days.map((one) => ({ on: day(one), quota: 0 }));
const anyDay = fc.integer({ min: 0, max: 3000 }).map((n) => addDays(day('2019-01-01'), n));
const anyQuota: fc.Arbitrary<Quota> = fc.record({
  text: fc.constant(''),
  count: fc.integer({ min: 1, max: 6 }),
  per: fc.constantFrom(
    'day' as const,
    'week' as const,
    'month' as const,
    'quarter' as const,
    'half-year' as const,
    'year' as const,
  ),
});

describe('完成时限', () => {
  it.each([
    ['date', '2020-12-31'],
    ['range', '2020-10-31'],
    ['event', '2021-07-01'],
    ['stage', '2020-06-30'],
    ['term', '2021-12-31'],
    ['after', '2021-05-01'],
  ] as const)('写明了日期的（%s）以该日为限', (kind, on) => {
    expect(dueOf(task({ deadlines: [dated(on, kind)] }))).toBe(on);
  });
  it('适时、长期和没有日期的事件没有时限，不亮黄灯也不亮红灯', () => {
    const open = task({ deadlines: [dated(null, 'open'), dated(null, 'event')] });
    expect(dueOf(open)).toBeNull();
    expect(amberOf(open)).toBeNull();
  });
  it('一件任务写了几个年度的日期，登记一次往后移一个', () => {
    const deadlines = ['2024-11-30', '2025-11-30', '2026-11-30'].map((on) => dated(on));
    expect(dueOf(task({ deadlines }))).toBe('2024-11-30');
    expect(dueOf(task({ deadlines, occurrences: held('2024-10-01') }))).toBe('2025-11-30');
    expect(dueOf(task({ deadlines, occurrences: held('2024-10-01', '2025-10-01', '2026-01-01', '2026-02-01') }))).toBe(
      '2026-11-30',
    );
  });
  it('人定的时限优先', () => {
    expect(dueOf(task({ deadlines: [dated('2020-06-30')], movedTo: day('2020-09-30') }))).toBe('2020-09-30');
  });
});

describe('次数要求', () => {
  const quarterly: Quota = { text: '每季度', count: 1, per: 'quarter' };
  it('时限是最早未完成周期的最后一天，完成一期就移到下一期', () => {
    expect(dueOf(task({ quotas: [quarterly] }))).toBe('2020-03-31');
    expect(dueOf(task({ quotas: [quarterly], occurrences: held('2020-03-20') }))).toBe('2020-06-30');
    expect(dueOf(task({ quotas: [quarterly], occurrences: held('2020-06-20') }))).toBe('2020-03-31');
  });
  it('每3年一次从开始的年份算起', () => {
    const quota: Quota = { text: '', count: 1, per: 'year', everyYears: 3 };
    expect(quotaWindow(quota, day('2020-03-01'), day('2024-05-01'))).toEqual({ from: '2023-01-01', to: '2025-12-31' });
    expect(dueOf(task({ quotas: [quota] }))).toBe('2022-12-31');
  });
  it('每年4次，节奏慢了提前亮黄灯，不等到年底', () => {
    const yearly = task({
      startedOn: day('2020-01-01'),
      quotas: [{ text: '', count: 4, per: 'year' }],
      until: day('2020-12-31'),
    });
    expect(amberOf(yearly)).toBe('2020-04-02');
    expect(amberOf({ ...yearly, occurrences: held('2020-02-01', '2020-03-01', '2020-04-01') })).toBe('2020-12-24');
    expect(
      occurrencesReached({ ...yearly, occurrences: held('2020-02-01', '2020-03-01', '2020-04-01') }, day('2020-12-30')),
    ).toBe(false);
    expect(
      occurrencesReached(
        { ...yearly, occurrences: held('2020-02-01', '2020-03-01', '2020-04-01', '2020-05-01') },
        day('2020-06-01'),
      ),
    ).toBe(true);
  });
  it('多登记一次只会使时限不变或推后，不会提前', () => {
    fc.assert(
      fc.property(anyQuota, fc.array(anyDay, { maxLength: 12 }), anyDay, (quota, days, more) => {
        const before = task({ quotas: [quota], occurrences: days.map((on) => ({ on, quota: 0 })) });
        const after = { ...before, occurrences: [...before.occurrences, { on: more, quota: 0 }] };
        const [a, b] = [dueOf(before), dueOf(after)];
        expect(a !== null && b !== null && b >= a).toBe(true);
      }),
    );
  });
  it('未完成的那一期里次数确实不够，之前各期都够', () => {
    fc.assert(
      fc.property(anyQuota, fc.array(anyDay, { maxLength: 12 }), (quota, days) => {
        const [standing] = quotaStandings(task({ quotas: [quota], occurrences: days.map((on) => ({ on, quota: 0 })) }));
        const short = standing?.short;
        expect(short).not.toBeNull();
        if (!short) return;
        expect(short.done).toBe(days.filter((on) => on >= short.from && on <= short.to).length);
        expect(short.done).toBeLessThan(quota.count);
      }),
    );
  });
});

describe('序时进度与灯号', () => {
  it('没有节点时按日子均匀推算，有节点时按节点', () => {
    const even = task({ deadlines: [dated('2020-12-31')] });
    expect(plannedPercent(even, day('2020-12-31'), day('2020-03-01'))).toBe(0);
    expect(plannedPercent(even, day('2020-12-31'), day('2020-12-31'))).toBe(100);
    const planned = { ...even, milestones: [{ on: day('2020-06-01'), percent: 40, name: '一' }] };
    expect(plannedPercent(planned, day('2020-12-31'), day('2020-05-31'))).toBe(0);
    expect(plannedPercent(planned, day('2020-12-31'), day('2020-06-01'))).toBe(40);
  });
  it('黄灯日就是第一个临期或落后的日子：前一天还不是，当天起一直是', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 0, max: 100 }),
        (startedOn, length, percent) => {
          const due = addDays(startedOn, length);
          const one = task({ startedOn, deadlines: [dated(due)], percent });
          const amber = amberOf(one);
          expect(amber).not.toBeNull();
          if (amber === null) return;
          const is = (d: Day) => daysBetween(d, due) <= usualPace.nearDays || isBehind(one, due, d, usualPace);
          expect(is(amber)).toBe(true);
          if (amber > startedOn) expect(is(addDays(amber, -1))).toBe(false);
          expect(is(due)).toBe(true);
        },
      ),
    );
  });
  it('日子往后走，灯只会由绿变黄、由黄变红，不会倒退', () => {
    const rank = { green: 0, amber: 1, red: 2, grey: 0, none: 0 };
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom<TaskState>('toReceive', 'underway', 'submitted'),
        (start, length, state) => {
          const dueOn = addDays(start, length);
          const amberOn = amberOf(task({ startedOn: start, deadlines: [dated(dueOn)] }));
          let last = 0;
          for (let n = -20; n < length + 20; n += 3) {
            const lamp = lampOf({ state, dueOn, amberOn }, addDays(start, n));
            expect(rank[lamp]).toBeGreaterThanOrEqual(last);
            last = rank[lamp];
          }
        },
      ),
    );
  });
  it('时限当天不算逾期，第二天算逾期1天；暂停不亮灯；办结撤回不再计时', () => {
    const at = (state: TaskState, today: string) =>
      lampOf({ state, dueOn: day('2020-06-30'), amberOn: day('2020-06-23') }, day(today));
    expect(at('underway', '2020-06-30')).toBe('amber');
    expect(at('underway', '2020-07-01')).toBe('red');
    expect(lampReason({ state: 'underway', dueOn: day('2020-06-30'), amberOn: null }, day('2020-07-01'))).toBe(
      '逾期1天',
    );
    expect(at('suspended', '2020-07-01')).toBe('grey');
    for (const state of ['closed', 'withdrawn'] as const) expect(at(state, '2020-07-01')).toBe('none');
    for (const state of openStates.filter((one) => one !== 'suspended')) expect(at(state, '2020-07-01')).toBe('red');
  });
  it('节点要逐个增加，且在开始日和时限之间', () => {
    const one = { on: day('2020-04-01'), percent: 30, name: '排查' };
    const two = { on: day('2020-05-01'), percent: 60, name: '整改' };
    const at = (...list: (typeof one)[]) => inOrder(list, day('2020-03-01'), day('2020-06-30'));
    expect(at(one, two)).toBe(true);
    expect(at(two, one)).toBe(false);
    expect(at(one, { ...two, percent: 30 })).toBe(false);
    expect(at({ ...one, on: day('2020-02-01') })).toBe(false);
    expect(at({ ...two, on: day('2020-07-01') })).toBe(false);
    expect(at()).toBe(true);
  });
});

describe('检索用的字对', () => {
  it('文中连续出现的任何片段，它的字对都在文中', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
        fc.nat(30),
        fc.nat(10),
        (text, from, length) => {
          const part = plainForSearch([...plainForSearch(text)].slice(from, from + length + 1).join(''));
          const known = new Set(pairsOf(plainForSearch(text)));
          for (const pair of pairsSought(part)) expect(known.has(pair)).toBe(true);
        },
      ),
    );
  });
  it('全角半角、大小写、空白不影响', () => {
    expect(pairsSought('ＬＮＧ 储罐')).toEqual(pairsSought('lng储罐'));
  });
});

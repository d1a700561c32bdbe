import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day } from '../../kernel/day.ts';
import { ageBands, beginOf, foundWithin, paceOf, stepsOf, stretchesOf } from './figures.ts';

const someDay = fc.integer({ min: 0, max: 2000 }).map((n) => addDays(day('2023-01-01'), n));

describe('数字的口径', () => {
  it('一段日子拆成整年、整月和零散的日子，一天不多一天不少', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 0, max: 1500 }), (from, length) => {
        const to = addDays(from, length);
        const covered: Day[] = [];
        for (const stretch of stretchesOf(from, to)) {
          if (stretch.period === 'y')
            expect([stretch.from.slice(5), stretch.before.slice(5)]).toEqual(['01-01', '01-01']);
          if (stretch.period === 'm') expect([stretch.from.slice(8), stretch.before.slice(8)]).toEqual(['01', '01']);
          for (let one = stretch.from; one < stretch.before; one = addDays(one, 1)) covered.push(one);
        }
        expect(covered).toEqual(Array.from({ length: length + 1 }, (_, n) => addDays(from, n)));
        expect(stretchesOf(from, to).filter((one) => one.period === 'd').length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('按日、周、月分段，首尾相接，周从星期一起', () => {
    fc.assert(
      fc.property(
        someDay,
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom('day', 'week', 'month'),
        (from, length, step) => {
          const to = addDays(from, length);
          const steps = stepsOf(from, to, step);
          expect(steps[0]?.from).toBe(from);
          expect(steps.at(-1)?.to).toBe(to);
          steps.forEach((one, at) => {
            if (at > 0) expect(one.from).toBe(beginOf(one.from, step));
            expect(beginOf(one.from, step)).toBe(beginOf(one.to, step));
            const next = steps[at + 1];
            if (next) expect(next.from).toBe(addDays(one.to, 1));
          });
        },
      ),
    );
    expect(beginOf(day('2026-11-22'), 'week')).toBe('2026-11-16');
  });

  it('存在时间的五段首尾相接：7、8、30、31、90、91、180、181 天各归一段', () => {
    const on = day('2026-11-22');
    const bandOf = (age: number): string[] =>
      ageBands
        .filter((band) => {
          const { foundFrom, foundTo } = foundWithin(band, on);
          const found = addDays(on, -age);
          return (foundFrom === undefined || found >= foundFrom) && (foundTo === undefined || found <= foundTo);
        })
        .map((band) => band.label);
    for (const [age, label] of [
      [0, '7 天内'],
      [7, '7 天内'],
      [8, '8–30 天'],
      [30, '8–30 天'],
      [31, '31–90 天'],
      [90, '31–90 天'],
      [91, '91–180 天'],
      [180, '91–180 天'],
      [181, '180 天以上'],
      [900, '180 天以上'],
    ] as const)
      expect(bandOf(age)).toEqual([label]);
  });

  it('清零：还剩多少、每天要销多少、按现在的速度哪天清零', () => {
    const on = day('2026-11-22');
    const series = (opens: readonly number[]) =>
      opens.map((open, at) => ({ day: addDays(on, at - opens.length + 1), open }));
    const falling = paceOf(series(Array.from({ length: 30 }, (_, n) => 100 - 2 * n)), on, addDays(on, 21));
    expect(falling).toEqual({
      open: 42,
      daysLeft: 21,
      required: 2,
      recent: 2,
      zeroOn: addDays(on, 21),
      reached: false,
    });
    const growing = paceOf(series([10, 20, 30]), on, addDays(on, 10));
    expect(growing).toMatchObject({ open: 30, required: 3, recent: -10, zeroOn: null });
    expect(paceOf(series([5, 0]), on, on)).toMatchObject({ open: 0, required: null, zeroOn: on, reached: true });
    expect(paceOf(series([5, 5]), on, null)).toMatchObject({ daysLeft: 0, required: null, zeroOn: null });
  });
});

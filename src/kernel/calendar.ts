import { addDays, type Day, dayOf, lastOfMonth, monthOf, weekdayOf, yearOf } from './day.ts';

/** Public holidays and weekends that are worked, of one year; the files lie in `data/calendar`. */
export interface CalendarYear {
  readonly year: number;
  /** Day → name of the holiday. */
  readonly holidays: Readonly<Record<string, string>>;
  /** Weekend day that is worked → the holiday it makes up for. */
  readonly workingWeekends: Readonly<Record<string, string>>;
}

export interface Calendar {
  /** False for a holiday or a free weekend. In a year without data only weekends count as free. */
  works(d: Day): boolean;
  /** Whether the arrangement of that year is known; where it is not, a warning must be shown. */
  knows(year: number): boolean;
  /** Sentence for a person when a day lies in a year without data, else null. */
  warning(d: Day): string | null;
  /** The `days`-th working day after `d` (`days` ≥ 0; 0 gives `d` itself or the next working day). */
  addWorkingDays(d: Day, days: number): Day;
}

/** A calendar from the years that are known. */
export function calendarOf(years: readonly CalendarYear[]): Calendar {
  const known = new Map(years.map((one) => [one.year, one]));
  const works = (d: Day): boolean => {
    const year = known.get(yearOf(d));
    if (year?.workingWeekends[d] !== undefined) return true;
    if (year?.holidays[d] !== undefined) return false;
    return weekdayOf(d) < 6;
  };
  return {
    works,
    knows: (year) => known.has(year),
    warning: (d) =>
      known.has(yearOf(d))
        ? null
        : `${yearOf(d)}年的放假调休安排还没有录入，工作日只按周一至周五推算，请在系统设置里补充后再核对。`,
    addWorkingDays: (d, days) => {
      let at = d;
      while (!works(at)) at = addDays(at, 1);
      for (let left = days; left > 0; ) {
        at = addDays(at, 1);
        if (works(at)) left -= 1;
      }
      return at;
    },
  };
}

/** Parts of the calendar in which duties recur. */
export type Period = 'day' | 'week' | 'month' | 'quarter' | 'half-year' | 'year';

/** First and last day of a stretch of time, both inside it. */
export interface Window {
  readonly from: Day;
  readonly to: Day;
}

export const periodWords: Readonly<Record<Period, string>> = {
  day: '日',
  week: '周',
  month: '月',
  quarter: '季度',
  'half-year': '半年',
  year: '年',
};

/** Months in a period; 0 for days and weeks, which do not follow months. */
const months: Readonly<Record<Period, number>> = { day: 0, week: 0, month: 1, quarter: 3, 'half-year': 6, year: 12 };

/** The period around a day; weeks begin on Monday. */
export function windowAround(d: Day, per: Period): Window {
  if (per === 'day') return { from: d, to: d };
  if (per === 'week') {
    const from = addDays(d, 1 - weekdayOf(d));
    return { from, to: addDays(from, 6) };
  }
  const length = months[per];
  const first = Math.floor((monthOf(d) - 1) / length) * length + 1;
  return { from: dayOf(yearOf(d), first, 1), to: lastOfMonth(yearOf(d), first + length - 1) };
}

import { addDays, type Day, daysBetween } from '../../kernel/day.ts';

/** 清零 asks how many a day; a pace is counted over this many days. */
export const paceDays = 14;

/** How long open problems have been known, by the day on which they were found. */
export const ageBands = [
  { key: 'age_7', from: 0, to: 7, label: '7 天内' },
  { key: 'age_30', from: 8, to: 30, label: '8–30 天' },
  { key: 'age_90', from: 31, to: 90, label: '31–90 天' },
  { key: 'age_180', from: 91, to: 180, label: '91–180 天' },
  { key: 'older', from: 181, to: null, label: '180 天以上' },
] as const;
export type AgeKey = (typeof ageBands)[number]['key'];

/** Days on which problems of an age band were found, seen from a day; for links into the ledger. */
export const foundWithin = (band: (typeof ageBands)[number], on: Day): { foundFrom?: Day; foundTo?: Day } => ({
  ...(band.to === null ? {} : { foundFrom: addDays(on, -band.to) }),
  ...(band.from === 0 ? {} : { foundTo: addDays(on, -band.from) }),
});

/** A share in percent with one decimal; null where there is nothing to have a share of. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1000) / 10;

export type Step = 'day' | 'week' | 'month';

/** First day of the week (Monday), month or day that a day belongs to. */
export function beginOf(day: Day, step: Step): Day {
  if (step === 'day') return day;
  if (step === 'month') return `${day.slice(0, 7)}-01` as Day;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return addDays(day, 1 - weekday);
}

/** The days from–to cut into steps; the first and last may be shorter than a whole step. */
export function stepsOf(from: Day, to: Day, step: Step): { readonly from: Day; readonly to: Day }[] {
  const steps: { from: Day; to: Day }[] = [];
  for (let day = from; day <= to; ) {
    const begin = beginOf(day, step);
    const next = step === 'day' ? addDays(begin, 1) : step === 'week' ? addDays(begin, 7) : nextMonth(begin);
    const last = addDays(next, -1);
    steps.push({ from: day, to: last < to ? last : to });
    day = next;
  }
  return steps;
}

function nextMonth(first: Day): Day {
  const late = addDays(first, 31);
  return `${late.slice(0, 7)}-01` as Day;
}

/** A stretch of days that kept sums cover whole: `first_day` of the period lies in from ≤ … < before. */
export interface Stretch {
  readonly period: 'y' | 'm' | 'd';
  readonly from: Day;
  readonly before: Day;
}

const monthAtOrAfter = (day: Day): Day => (day.endsWith('-01') ? day : nextMonth(`${day.slice(0, 7)}-01` as Day));
const yearAtOrAfter = (day: Day): Day =>
  day.endsWith('-01-01') ? day : (`${Number(day.slice(0, 4)) + 1}-01-01` as Day);

/** The days from–to as few whole years, months and days as possible; they do not overlap and leave nothing out. */
export function stretchesOf(from: Day, to: Day): Stretch[] {
  if (from > to) return [];
  const end = addDays(to, 1);
  const stretches: Stretch[] = [];
  const add = (period: Stretch['period'], begin: Day, before: Day): void => {
    if (begin < before) stretches.push({ period, from: begin, before });
  };
  const months: [Day, Day] = [monthAtOrAfter(from), `${end.slice(0, 7)}-01` as Day];
  if (months[0] >= months[1]) {
    add('d', from, end);
    return stretches;
  }
  add('d', from, months[0]);
  const years: [Day, Day] = [yearAtOrAfter(months[0]), `${end.slice(0, 4)}-01-01` as Day];
  if (years[0] >= years[1]) add('m', months[0], months[1]);
  else {
    add('m', months[0], years[0]);
    add('y', years[0], years[1]);
    add('m', years[1], months[1]);
  }
  add('d', months[1], end);
  return stretches;
}

/** What is needed to be at zero on a day, and whether the present pace reaches it. */
export interface Pace {
  /** Problems still open. */
  readonly open: number;
  /** Days from the day after `on` to `until`, both included; 0 when the day has come. */
  readonly daysLeft: number;
  /** To be closed each day from now on, with one decimal; null when no day is left. */
  readonly required: number | null;
  /** Fewer open per day over the last days, with one decimal; negative when they grew. */
  readonly recent: number;
  /** The day on which the recent pace reaches zero; null when it never does. */
  readonly zeroOn: Day | null;
  readonly reached: boolean;
}

/** 清零进度: `series` are open counts by day up to `on`, oldest first. */
export function paceOf(
  series: readonly { readonly day: Day; readonly open: number }[],
  on: Day,
  until: Day | null,
): Pace {
  const open = series.at(-1)?.open ?? 0;
  const earlier = series[Math.max(0, series.length - 1 - paceDays)];
  const days = earlier ? Math.max(1, daysBetween(earlier.day, on)) : 1;
  const recent = Math.round(((earlier ? earlier.open - open : 0) / days) * 10) / 10;
  const daysLeft = until === null ? 0 : Math.max(0, daysBetween(on, until));
  const exact = earlier ? (earlier.open - open) / days : 0;
  return {
    open,
    daysLeft,
    required: until === null || daysLeft === 0 ? null : Math.ceil((open / daysLeft) * 10) / 10,
    recent,
    zeroOn: open === 0 ? on : exact <= 0 ? null : addDays(on, Math.ceil(open / exact)),
    reached: open === 0,
  };
}

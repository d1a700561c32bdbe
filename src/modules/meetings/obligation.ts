import type { Period } from '../../kernel/calendar.ts';
import { addDays, type Day, daysBetween, later } from '../../kernel/day.ts';
import { type Quota, quotaWindow } from '../../kernel/deadline.ts';

/** A kind of meeting that must be held so many times in each period, from day to day, and the document that demands it. */
export interface Obligation {
  readonly id: string;
  readonly jurisdiction: string;
  /** 区委常委会研究安全生产 */
  readonly name: string;
  readonly convenerUnitId: string | null;
  readonly convener: string;
  /** Who attends, in words; the units that are asked to every one. */
  readonly attends: string;
  readonly attendeeUnitIds: readonly string[];
  readonly count: number;
  readonly per: Period;
  /** 每3年1次; 1 where nothing is said. */
  readonly everyYears: number;
  readonly fromOn: Day;
  readonly toOn: Day | null;
  readonly basis: string;
}

/** A meeting that was held, as obligations count it. */
export interface Held {
  readonly id: string;
  readonly number: string;
  readonly obligationId: string | null;
  readonly heldOn: Day;
  /** The day on which it was recorded: figures of an earlier day do not know of it yet, and stay as they were told. */
  readonly registeredOn: Day;
}

/** How an obligation stands on a day, in the period around the day. Nothing of it is stored. */
export interface Met {
  readonly obligationId: string;
  readonly name: string;
  readonly convener: string;
  readonly convenerUnitId: string | null;
  readonly basis: string;
  /** 每年不少于4次 */
  readonly words: string;
  readonly from: Day;
  readonly to: Day;
  readonly required: number;
  readonly held: number;
  /** How many should have been held by now, were they spread evenly over the period. */
  readonly dueByNow: number;
  /** dueByNow − held, 0 where none is behind. */
  readonly behind: number;
  /** Days since the first one that is missing should have been held; 0 where none is. */
  readonly late: number;
  /** Last day for the next one still in time; null where the period is fulfilled. */
  readonly nextBy: Day | null;
  /** What the period before lacked; 0 where it was fulfilled or the duty had not begun. */
  readonly owedBefore: number;
  readonly meetingIds: readonly string[];
}

export const quotaOf = (one: Pick<Obligation, 'count' | 'per' | 'everyYears' | 'name'>): Quota => ({
  text: one.name,
  count: one.count,
  per: one.per,
  everyYears: one.everyYears,
});

/** The day by which the `nth` of `count` should have been held, spread evenly over a period; the last is due on its last day. */
export const paceOf = (from: Day, to: Day, count: number, nth: number): Day =>
  addDays(from, Math.ceil(((daysBetween(from, to) + 1) * nth) / count) - 1);

export const inForce = (one: Pick<Obligation, 'fromOn' | 'toOn'>, day: Day): boolean =>
  one.fromOn <= day && (one.toOn === null || day <= one.toOn);

/**
 * How the obligation stands on the evening of `day`, as it was known then. A duty that began within the period is spread over
 * what is left of it, and asks for its whole number there only where its text says so: it is then entered from the first day
 * of the period (每年不少于N次 holds for the calendar year; in a year begun later the number falls in proportion, at least 1).
 */
export function met(one: Obligation, held: readonly Held[], day: Day): Met {
  const quota = quotaOf(one);
  const window = quotaWindow(quota, one.fromOn, day);
  const from = later(window.from, one.fromOn);
  const required = requiredIn(one, window.from, window.to);
  const known = held.filter((meeting) => meeting.obligationId === one.id && meeting.registeredOn <= day);
  const inside = known.filter(
    (meeting) => meeting.heldOn >= from && meeting.heldOn <= window.to && meeting.heldOn <= day,
  );
  let dueByNow = 0;
  while (dueByNow < required && paceOf(from, window.to, required, dueByNow + 1) < day) dueByNow += 1;
  const behind = Math.max(0, dueByNow - inside.length);
  const missing = behind > 0 ? paceOf(from, window.to, required, inside.length + 1) : null;
  return {
    obligationId: one.id,
    name: one.name,
    convener: one.convener,
    convenerUnitId: one.convenerUnitId,
    basis: one.basis,
    words: quotaWords(one),
    from,
    to: window.to,
    required,
    held: inside.length,
    dueByNow,
    behind,
    late: missing === null ? 0 : daysBetween(missing, day),
    nextBy: inside.length >= required ? null : paceOf(from, window.to, required, inside.length + 1),
    owedBefore: owedBefore(one, known, window.from),
    meetingIds: inside.map((meeting) => meeting.id),
  };
}

/** The number of a period, in proportion where the duty began inside it. */
function requiredIn(one: Obligation, from: Day, to: Day): number {
  if (one.fromOn <= from) return one.count;
  const share = (daysBetween(one.fromOn, to) + 1) / (daysBetween(from, to) + 1);
  return Math.max(1, Math.floor(one.count * share));
}

function owedBefore(one: Obligation, known: readonly Held[], from: Day): number {
  if (one.fromOn >= from) return 0;
  const before = quotaWindow(quotaOf(one), one.fromOn, addDays(from, -1));
  const begin = later(before.from, one.fromOn);
  const done = known.filter((meeting) => meeting.heldOn >= begin && meeting.heldOn <= before.to).length;
  return Math.max(0, requiredIn(one, before.from, before.to) - done);
}

const perWords: Readonly<Record<Period, string>> = {
  day: '每日',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
};

/** 每年不少于4次, 每季度不少于1次, 每3年不少于1次. */
export const quotaWords = (one: Pick<Obligation, 'count' | 'per' | 'everyYears'>): string =>
  `${one.everyYears > 1 && one.per === 'year' ? `每${one.everyYears}年` : perWords[one.per]}不少于${one.count}次`;

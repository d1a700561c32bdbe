import { type Period, periodWords, type Window, windowAround } from './calendar.ts';
import { addDays, addMonths, type Day, dayOf, daysBetween, earlier, lastOfMonth, later, yearOf } from './day.ts';

export type DeadlineKind = 'date' | 'range' | 'event' | 'stage' | 'recurring' | 'term' | 'after' | 'open';

/**
 * When something must be done, in the words of the document and, where it is known, as a day. `on` is the last day still
 * in time; null while nobody can say (an event without a date, a term of office, 适时).
 */
export interface Deadline {
  readonly kind: DeadlineKind;
  readonly text: string;
  readonly on: Day | null;
  /** First day of a range. */
  readonly from?: Day | null;
  /** The event that the day hangs on; when its date becomes known the deadline moves. */
  readonly eventId?: string | null;
  readonly stageId?: string | null;
  /** How long after the event (kinds 'event' and 'after'). */
  readonly after?: { readonly years?: number; readonly months?: number; readonly days?: number };
}

/** How often something must happen: at least `count` times in each period, or in each `everyYears` years. */
export interface Quota {
  readonly text: string;
  readonly count: number;
  readonly per: Period;
  readonly everyYears?: number | null;
}

/** The day that an event's date gives a deadline which hangs on it. */
export function dueAfter(event: Day, after: Deadline['after']): Day {
  const moved = addMonths(event, (after?.years ?? 0) * 12 + (after?.months ?? 0));
  return addDays(moved, after?.days ?? 0);
}

/** The same deadline with the date of its event filled in; deadlines of other events stay as they are. */
export const settledBy = (deadline: Deadline, eventId: string, date: Day | null): Deadline =>
  deadline.eventId === eventId ? { ...deadline, on: date === null ? null : dueAfter(date, deadline.after) } : deadline;

/** The period of the quota around a day. Several years together begin with the year in which the duty began. */
export function quotaWindow(quota: Quota, begun: Day, d: Day): Window {
  const years = quota.everyYears ?? 1;
  if (quota.per !== 'year' || years <= 1) return windowAround(d, quota.per);
  const first = yearOf(begun) + Math.floor((yearOf(d) - yearOf(begun)) / years) * years;
  return { from: dayOf(first, 1, 1), to: lastOfMonth(first + years - 1, 12) };
}

export interface PeriodCount extends Window {
  readonly required: number;
  readonly done: number;
}

/** No duty of this product runs longer; stops endless loops over wrong dates. */
const MOST_PERIODS = 4000;

/**
 * The earliest period that still lacks occurrences, from the one in which the duty began to the one around `until`;
 * null when all are fulfilled. `done` are the days of the occurrences, in any order.
 */
export function earliestShort(quota: Quota, begun: Day, done: readonly Day[], until: Day | null): PeriodCount | null {
  let at = begun;
  for (let round = 0; round < MOST_PERIODS; round++) {
    if (until !== null && at > until) return null;
    const window = quotaWindow(quota, begun, at);
    const inside = done.filter((d) => d >= window.from && d <= window.to).length;
    if (inside < quota.count) return { ...window, required: quota.count, done: inside };
    at = addDays(window.to, 1);
  }
  return null;
}

/** Last day still in time for the given short period. */
export const shortDue = (short: PeriodCount, until: Day | null): Day =>
  until === null ? short.to : earlier(short.to, later(until, short.from));

/** The day by which the next occurrence should have happened when all are spread evenly over the period. */
export function paceDay(short: PeriodCount, due: Day): Day {
  const length = daysBetween(short.from, due) + 1;
  return addDays(short.from, Math.ceil((length * (short.done + 1)) / short.required) - 1);
}

/** 每年不少于4次, 每3年1次. */
export const quotaInWords = (quota: Quota): string =>
  quota.everyYears && quota.everyYears > 1
    ? `每${quota.everyYears}年不少于${quota.count}次`
    : `每${periodWords[quota.per]}不少于${quota.count}次`;

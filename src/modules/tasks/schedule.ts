import type { Period } from '../../kernel/calendar.ts';
import { addDays, type Day, daysBetween, earlier } from '../../kernel/day.ts';
import { earliestShort, type PeriodCount, paceDay, quotaInWords, shortDue } from '../../kernel/deadline.ts';
import type { Task } from './task.ts';

/** Settings of a jurisdiction: how soon is near, and how far behind plan is behind. */
export interface Pace {
  /** A task is near on and after `dueOn - nearDays`. */
  readonly nearDays: number;
  /** Percentage points that the actual progress may lie behind the planned one. */
  readonly tolerance: number;
}
export const usualPace: Pace = { nearDays: 7, tolerance: 25 };

/** Short periods get shorter notice: a weekly duty is not near for its whole week. */
const shortNotice: Partial<Record<Period, number>> = { day: 0, week: 1 };

/** Below this many days between start and due an even course says nothing. */
const SHORT_TASK = 30;

type Scheduled = Pick<
  Task,
  'startedOn' | 'deadlines' | 'quotas' | 'until' | 'movedTo' | 'occurrences' | 'milestones' | 'percent'
>;

/** A quota with the period that still lacks occurrences; null when all its periods are fulfilled. */
export interface QuotaStanding {
  readonly index: number;
  readonly words: string;
  readonly per: Period;
  readonly short: PeriodCount | null;
  /** Last day for the short period. */
  readonly due: Day | null;
  /** Day by which the next occurrence belongs when spread evenly. */
  readonly pace: Day | null;
}

export function quotaStandings(task: Scheduled): readonly QuotaStanding[] {
  return task.quotas.map((quota, index) => {
    const done = task.occurrences.filter((one) => one.quota === index).map((one) => one.on);
    const short = earliestShort(quota, task.startedOn, done, task.until);
    const due = short ? shortDue(short, task.until) : null;
    return {
      index,
      words: quotaInWords(quota),
      per: quota.per,
      short,
      due,
      pace: short && due ? paceDay(short, due) : null,
    };
  });
}

/** Dated deadlines in order; where there are several (each year's end), an occurrence without quota fulfils one each. */
function datedDue(task: Scheduled): Day | null {
  const dates = task.deadlines.flatMap((one) => (one.on === null ? [] : [one.on])).sort();
  if (dates.length < 2 || task.quotas.length > 0) return dates.at(-1) ?? null;
  const fulfilled = task.occurrences.length;
  return dates[Math.min(fulfilled, dates.length - 1)] ?? null;
}

/**
 * Last day on which the task is still in time. A date set by a person goes first; then what recurs (end of the earliest
 * unfulfilled period, so it moves when that is fulfilled); then the deadlines' dates. Null: nobody can say yet.
 */
export function dueOf(task: Scheduled): Day | null {
  const quotas = quotaStandings(task).flatMap((one) => (one.due === null ? [] : [one.due]));
  const first = quotas.sort()[0];
  if (task.movedTo !== null) return first === undefined ? task.movedTo : later2(first, task.movedTo);
  return first ?? datedDue(task);
}

/** A granted extension holds until a later period is due. */
const later2 = (a: Day, b: Day): Day => (a > b ? a : b);

/** How much should be done by the end of a day, 0–100: by milestones, else evenly from start to due; null: no plan. */
export function plannedPercent(task: Scheduled, due: Day | null, d: Day): number | null {
  if (task.milestones.length > 0) {
    const passed = task.milestones.filter((one) => one.on <= d);
    return passed.at(-1)?.percent ?? 0;
  }
  if (due === null || task.quotas.length > 0 || daysBetween(task.startedOn, due) < SHORT_TASK) return null;
  if (d <= task.startedOn) return 0;
  if (d >= due) return 100;
  return Math.round((daysBetween(task.startedOn, d) / daysBetween(task.startedOn, due)) * 1000) / 10;
}

export const isBehind = (task: Scheduled, due: Day | null, d: Day, pace: Pace): boolean => {
  const planned = plannedPercent(task, due, d);
  return planned !== null && planned - task.percent > pace.tolerance;
};

/** First day on which the actual progress, if it stays as it is, lies too far behind the plan; null when never. */
function behindOn(task: Scheduled, due: Day, pace: Pace): Day | null {
  if (task.milestones.length > 0) {
    const missed = task.milestones.find((one) => one.percent - task.percent > pace.tolerance);
    return missed ? missed.on : null;
  }
  let low = task.startedOn;
  let high = due;
  if (!isBehind(task, due, high, pace)) return null;
  while (low < high) {
    const middle = addDays(low, Math.floor(daysBetween(low, high) / 2));
    if (isBehind(task, due, middle, pace)) high = middle;
    else low = addDays(middle, 1);
  }
  return high;
}

const noticeOf = (task: Scheduled, due: Day, pace: Pace): number => {
  const hit = quotaStandings(task).find((one) => one.due === due);
  return Math.min(pace.nearDays, (hit && shortNotice[hit.per]) ?? pace.nearDays);
};

/**
 * First day on which the task turns amber unless something changes: near its due day, behind its plan, or behind the pace
 * that its quotas need. Null for a task without any of these.
 */
export function amberOf(task: Scheduled, pace: Pace = usualPace): Day | null {
  const due = dueOf(task);
  const days: Day[] = [];
  if (due !== null) {
    days.push(addDays(due, -noticeOf(task, due, pace)));
    const behind = behindOn(task, due, pace);
    if (behind) days.push(behind);
  }
  for (const one of quotaStandings(task)) {
    // The last occurrence of a period may come on its last day: that is "near", not "behind".
    if (one.short && one.pace && one.short.done + 1 < one.short.required) days.push(addDays(one.pace, 1));
  }
  return days.reduce<Day | null>((first, d) => (first === null ? d : earlier(first, d)), null);
}

/** Whether every count that can be demanded by this day is reached; periods that end later count once `until` is set. */
export function occurrencesReached(task: Scheduled, today: Day): boolean {
  return quotaStandings(task).every((one) => one.short === null || (task.until === null && one.short.from > today));
}

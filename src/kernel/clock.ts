import { addDays, type Day, day } from './day.ts';

/** The only source of "now". Rules never see it: they receive a day. */
export interface Clock {
  now(): Date;
  /** Today where the office stands (Asia/Shanghai). */
  today(): Day;
  /** The day that a rehearsal pretends to be, or null when the clock tells the truth. */
  readonly rehearsal: Day | null;
}

const SHANGHAI_MS = 8 * 3_600_000;

/** The day of a moment where the office stands. */
export const dayInShanghai = (moment: Date): Day =>
  day(new Date(moment.getTime() + SHANGHAI_MS).toISOString().slice(0, 10));

/** The clock of a real installation; China has one zone and no summer time. */
export function realClock(read: () => Date = () => new Date()): Clock {
  return { now: read, today: () => dayInShanghai(read()), rehearsal: null };
}

/**
 * A clock that begins on `pretended` and runs on from there at the usual speed: for rehearsals and tests.
 * The page shows a banner for as long as `rehearsal` is set.
 */
export function rehearsalClock(pretended: Day, read: () => Date = () => new Date()): Clock {
  const begun = read();
  const shiftDays = Math.round(
    (Date.parse(`${pretended}T00:00:00Z`) - Date.parse(`${dayInShanghai(begun)}T00:00:00Z`)) / 86_400_000,
  );
  const now = (): Date => new Date(read().getTime() + shiftDays * 86_400_000);
  return { now, today: () => dayInShanghai(now()), rehearsal: addDays(dayInShanghai(begun), shiftDays) };
}

/** A calendar day without time or zone, as `YYYY-MM-DD`. Sorts and compares as text. */
export type Day = string & { readonly day: unique symbol };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_PER_DAY = 86_400_000;

const toUtc = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const fromUtc = (ms: number): Day => new Date(ms).toISOString().slice(0, 10) as Day;

/** The day that the text names, or null when it is no real day (2021-02-30 is none). */
export function parseDay(text: string): Day | null {
  if (!SHAPE.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms)) return null;
  return fromUtc(ms) === text ? (text as Day) : null;
}

/** The day that the text names; throws RangeError when it is no real day. For literals and columns of type date. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === null) throw new RangeError(`not a day: ${text}`);
  return parsed;
}

/** Year, month 1–12 and day 1–31; throws RangeError when there is no such day. */
export function dayOf(year: number, month: number, date: number): Day {
  return day(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`);
}

export const yearOf = (d: Day): number => Number(d.slice(0, 4));
export const monthOf = (d: Day): number => Number(d.slice(5, 7));
export const dateOf = (d: Day): number => Number(d.slice(8, 10));

/** Moves by whole days; negative goes back. */
export const addDays = (d: Day, days: number): Day => fromUtc(toUtc(d) + days * MS_PER_DAY);

/** Whole days from `a` to `b`; positive when `b` is later. */
export const daysBetween = (a: Day, b: Day): number => Math.round((toUtc(b) - toUtc(a)) / MS_PER_DAY);

export const lastOfMonth = (year: number, month: number): Day => fromUtc(Date.UTC(year, month, 0));

/** Moves by whole months; the 31st becomes the last day of a shorter month. */
export function addMonths(d: Day, months: number): Day {
  const index = yearOf(d) * 12 + (monthOf(d) - 1) + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const last = lastOfMonth(year, month);
  return dateOf(last) < dateOf(d) ? last : dayOf(year, month, dateOf(d));
}

/** 1 for Monday … 7 for Sunday. */
export const weekdayOf = (d: Day): number => new Date(toUtc(d)).getUTCDay() || 7;

export const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
export const later = (a: Day, b: Day): Day => (a > b ? a : b);

/** 2026年11月22日, without leading zeros, as documents write it. */
export const dayInWords = (d: Day): string => `${yearOf(d)}年${monthOf(d)}月${dateOf(d)}日`;

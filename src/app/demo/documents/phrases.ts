import {
  addDays,
  type Day,
  dayInWords,
  dayOf,
  daysBetween,
  lastOfMonth,
  monthOf,
  yearOf,
} from '../../../kernel/day.ts';

/** The days that a demonstration document speaks of: all relative to the day on which the demonstration begins. */
export interface DocumentDays {
  readonly today: Day;
  readonly issued: Day;
  /** Last year that the document covers; where it differs from the year of issue, every date carries its year. */
  readonly lastYear: number;
}

/** A closing date nearer than this would leave the demonstration without tasks that still have time. */
const ROOM_DAYS = 34;

/** 31 December of this year, or of the next where this year is nearly over. */
export function closingDay(today: Day): Day {
  const end = dayOf(yearOf(today), 12, 31);
  return daysBetween(today, end) >= ROOM_DAYS ? end : dayOf(yearOf(today) + 1, 12, 31);
}

/** The month's end that lies nearest to the day. */
export function nearestMonthEnd(day: Day): Day {
  const own = lastOfMonth(yearOf(day), monthOf(day));
  const before = addDays(dayOf(yearOf(day), monthOf(day), 1), -1);
  return daysBetween(before, day) < daysBetween(day, own) ? before : own;
}

const PLACE = /\{(yearend|issued|y|Y|(d|D|end|m|Ym)([+-]\d+))\}/g;

/**
 * Fills the dates into one line of a template: `{d+9}` a day, `{D+9}` the same with its year, `{end-50}` the nearest
 * month's end (9月底), `{m-50}` and `{Ym-50}` a month, `{yearend}` the last year's end, `{issued}` the day of issue,
 * `{y}` its year, `{Y}` the years covered (2026, or 2026—2027).
 */
export function fillDays(line: string, days: DocumentDays): string {
  const firstYear = yearOf(days.issued);
  const spans = firstYear !== days.lastYear;
  const year = (day: Day, always: boolean): string => (spans || always ? `${yearOf(day)}年` : '');
  return line.replace(PLACE, (_, whole: string, kind: string | undefined, offset: string | undefined) => {
    if (whole === 'yearend') return `${days.lastYear}年底`;
    if (whole === 'issued') return dayInWords(days.issued);
    if (whole === 'y') return String(firstYear);
    if (whole === 'Y') return spans ? `${firstYear}—${days.lastYear}` : String(firstYear);
    const day = addDays(days.today, Number(offset));
    if (kind === 'end') {
      const end = nearestMonthEnd(day);
      return `${year(end, false)}${monthOf(end)}月底`;
    }
    if (kind === 'm' || kind === 'Ym') return `${year(day, kind === 'Ym')}${monthOf(day)}月`;
    return kind === 'D' ? dayInWords(day) : `${year(day, false)}${dayInWords(day).slice(5)}`;
  });
}

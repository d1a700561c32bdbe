import { day, lastDayOf } from './calendar.ts';
import { readNumber } from './numerals.ts';

/** What a rule must know of the document to place "6月底" in a year. */
export interface DateSetting {
  /** Year that the plan is for, or of its issue; null where the document says neither. */
  readonly year: number | null;
  readonly issuedOn: string | null;
  /** True where the title names the year; otherwise it is the year of issue, and a day long past means the next one. */
  readonly titled?: boolean;
  /** Several years that the plan spans, or null: a bare year divides the work of such a plan only. */
  readonly period: readonly [number, number] | null;
}

/** A point or a stretch of the calendar as written. `first`…`last` are its days once a year is known. */
export interface Point {
  readonly start: number;
  readonly end: number;
  /** Year as written, null where inherited. */
  readonly year: number | null;
  readonly relative: number;
  readonly first: readonly [number, number];
  readonly last: readonly [number, number];
  /** True for 底, 末, 旬, 季度末 and whole days: the expression itself names a limit. */
  readonly limit: boolean;
  readonly grain: 'day' | 'part' | 'month' | 'quarter' | 'half' | 'year';
}

const number = '[一二三四五六七八九十]{1,3}';
const yearOf = `(?:(\\d{4}|二[〇○零][一二三四五六七八九〇○零]{2})年度?|(今年|本年度?|当年|明年|次年))?`;
const source = [
  `${yearOf}(\\d{1,2}|${number})月(?:份)?(?:(\\d{1,2}|${number})[日号]|(上旬|中旬|下旬|底|末|初|中(?=[旬前，]))|)`,
  `${yearOf}第?([一二三四1-4])季度?(末|底|初)?`,
  `${yearOf}(上半年|下半年|年底|年末|年中|年初|(?<![\\d一二两三四五六七八九十几近半百每]个?)年内|底|末|内(?!部|容|涝|设|河|外)|全年)`,
  '(\\d{4})年度?',
  '[“"]?(元旦|五一|七一|八一|十一|国庆)(?:劳动节|国际劳动节|建党节|建军节|国庆节|节)?[”"]?',
]
  .map((s) => `(?:${s})`)
  .join('|');
const pattern = new RegExp(source, 'g');

const holidays: Readonly<Record<string, readonly [number, number]>> = {
  元旦: [1, 1],
  五一: [5, 1],
  七一: [7, 1],
  八一: [8, 1],
  十一: [10, 1],
  国庆: [10, 1],
};

/** Reads the next point of the calendar in the text at or after `from`; null at the end. */
export function nextPoint(text: string, from: number): Point | null {
  pattern.lastIndex = from;
  for (let m = pattern.exec(text); m; m = pattern.exec(text)) {
    const p = build(m);
    if (p && !/\d/.test(/^\d/.test(m[0]) ? (text[p.start - 1] ?? '') : '')) return p;
    pattern.lastIndex = m.index + 1;
  }
  return null;
}

/** Reads a point that begins exactly at `at`. */
export function pointAt(text: string, at: number): Point | null {
  const p = nextPoint(text.slice(at, at + 30), 0);
  return p && p.start === 0 ? { ...p, start: at, end: at + p.end } : null;
}

function build(m: RegExpExecArray): Point | null {
  const at = { start: m.index, end: m.index + m[0].length };
  const yearAs = (written?: string, relative?: string) => ({
    year: written ? readNumber(written) : null,
    relative: relative === '明年' || relative === '次年' ? 1 : 0,
  });
  const monthText = m[3];
  if (monthText) {
    const month = readNumber(monthText);
    if (!(month >= 1 && month <= 12)) return null;
    const y = yearAs(m[1], m[2]);
    if (m[4]) {
      const date = readNumber(m[4]);
      if (!(date >= 1 && date <= 31)) return null;
      return { ...at, ...y, first: [month, date], last: [month, date], limit: true, grain: 'day' };
    }
    const end = lastDayOf(2024, month);
    const spans: Record<string, [number, number]> = {
      上旬: [1, 10],
      初: [1, 10],
      中旬: [11, 20],
      中: [11, 20],
      下旬: [21, end],
      底: [end, end],
      末: [end, end],
    };
    const part = m[5] ? spans[m[5]] : undefined;
    if (part) return { ...at, ...y, first: [month, part[0]], last: [month, part[1]], limit: true, grain: 'part' };
    return { ...at, ...y, first: [month, 1], last: [month, end], limit: false, grain: 'month' };
  }
  if (m[8]) {
    const q = readNumber(m[8]);
    const y = yearAs(m[6], m[7]);
    return {
      ...at,
      ...y,
      first: [q * 3 - 2, 1],
      last: m[9] === '初' ? [q * 3 - 2, 10] : [q * 3, 31],
      limit: Boolean(m[9]),
      grain: 'quarter',
    };
  }
  if (m[12]) {
    const y = yearAs(m[10], m[11]);
    const word = m[12];
    if ((word === '底' || word === '末' || word === '内') && !m[10] && !m[11]) return null;
    if (word === '上半年') return { ...at, ...y, first: [1, 1], last: [6, 30], limit: false, grain: 'half' };
    if (word === '下半年') return { ...at, ...y, first: [7, 1], last: [12, 31], limit: false, grain: 'half' };
    if (word === '年中') return { ...at, ...y, first: [6, 30], last: [6, 30], limit: true, grain: 'part' };
    if (word === '年初') return { ...at, ...y, first: [1, 1], last: [1, 10], limit: true, grain: 'part' };
    if (word === '全年') return { ...at, ...y, first: [1, 1], last: [12, 31], limit: false, grain: 'year' };
    return { ...at, ...y, first: [12, 31], last: [12, 31], limit: true, grain: 'part' };
  }
  if (m[13]) return { ...at, ...yearAs(m[13]), first: [1, 1], last: [12, 31], limit: false, grain: 'year' };
  const feast = m[14] ? holidays[m[14]] : undefined;
  return feast ? { ...at, year: null, relative: 0, first: feast, last: feast, limit: true, grain: 'day' } : null;
}

/** The first or last day of the point in a year, YYYY-MM-DD; the end of February follows the year. */
export function dayOf(point: Point, end: 'first' | 'last', year: number): string | null {
  const [month, date] = point[end];
  return day(year, month, Math.min(date, point.grain === 'day' ? date : lastDayOf(year, month)));
}

const now = /(?:本?(?:方案|通知|文件|意见)?(?:自)?(?:即日|现在|发文之日|印发之日|发布之日|下发之日|文件印发)起?)/y;

/** Length of "即日起", "自发文之日起" … at the position, 0 where it does not stand there. */
export function nowAt(text: string, at: number): number {
  now.lastIndex = at;
  const m = now.exec(text);
  return m ? m[0].length : 0;
}

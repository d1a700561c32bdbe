import { sql } from 'kysely';
import { humanNumber } from '../../kernel/ids.ts';
import { pairsSought, plainForSearch } from '../../kernel/search-text.ts';
import { allOf, oneOf } from './statements.ts';
import type { Condition, Sought } from './table.ts';

/** Numbers that a search for 任-2026-0007, 2026-0007 or 0007 means; serials alone are tried for the years of use. */
function numbersMeant(sought: string, series: string): string[] {
  const text = sought.startsWith(series) ? sought.slice(series.length).replace(/^-/, '') : sought;
  const [, year, serial] = /^(?:(\d{4})-)?(\d{1,8})$/.exec(text) ?? [];
  if (serial === undefined || (year === undefined && serial.length < 3)) return [];
  const years = year === undefined ? Array.from({ length: 40 }, (_, at) => 2015 + at) : [Number(year)];
  return years.map((one) => humanNumber(series, one, Number(serial)));
}

/** What a text typed into a search box seeks among texts, and among the numbers of a series; null: nothing. */
export function soughtIn(text: string | undefined, series: string): Sought | null {
  const plain = plainForSearch(text ?? '');
  if (plain === '') return null;
  const pairs = pairsSought(plain);
  return {
    pairs,
    // One pair is exact by itself; of several, the text must hold them in a row.
    pattern: pairs.length > 1 ? `%${plain.replaceAll(/[\\%_]/g, '\\$&')}%` : null,
    numbers: numbersMeant(plain, series),
  };
}

/** The sought text stands in the texts of the row `t`, or is its number. */
export function holding({ pairs, pattern, numbers }: Sought): Condition {
  const inARow = pattern === null ? [] : [sql`t.plain like ${pattern}`];
  const held = pairs.length === 0 ? [] : [allOf([sql`t.pairs @> ${[...pairs]}::int[]`, ...inARow])];
  const isNumber = numbers.length === 0 ? [] : [sql`t.number = any(${[...numbers]}::text[])`];
  return oneOf([...isNumber, ...held]);
}

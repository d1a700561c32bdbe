import { humanNumber } from '../../kernel/ids.ts';
import type { Queryable } from './connect.ts';
import { prepared } from './prepared.ts';

const take = prepared<{ last: number }>(
  'take-numbers',
  `insert into number_series (jurisdiction, series, year, last) values ($1, $2, $3, $4)
  on conflict (jurisdiction, series, year) do update set last = number_series.last + excluded.last
  returning last`,
);

/**
 * Takes `count` serials of a series at once and gives their human numbers in order (任-2026-0007, …). The row stays locked
 * until the transaction ends, so a number is never given twice, and one that was rolled back leaves no gap.
 */
export async function nextNumbers(
  db: Queryable,
  jurisdiction: string,
  series: string,
  year: number,
  count: number,
): Promise<string[]> {
  if (count === 0) return [];
  const [taken] = await take(db, [jurisdiction, series, year, count]);
  const last = taken?.last ?? count;
  return Array.from({ length: count }, (_, index) => humanNumber(series, year, last - count + index + 1));
}

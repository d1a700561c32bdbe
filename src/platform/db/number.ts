import { sql } from 'kysely';
import { humanNumber } from '../../kernel/ids.ts';
import type { Queryable } from './connect.ts';

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
  const taken = await sql<{ last: number }>`
    insert into number_series (jurisdiction, series, year, last) values (${jurisdiction}, ${series}, ${year}, ${count})
    on conflict (jurisdiction, series, year) do update set last = number_series.last + excluded.last
    returning last`.execute(db);
  const last = taken.rows[0]?.last ?? count;
  return Array.from({ length: count }, (_, index) => humanNumber(series, year, last - count + index + 1));
}

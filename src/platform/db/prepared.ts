import { CompiledQuery } from 'kysely';
import type { Queryable } from './connect.ts';
import { keepPlanOf } from './kept-plans.ts';

/**
 * A statement that every connection has parsed and planned once, for those that run many times a second; `text` has its
 * values as $1, $2 … and is written once, where the module is loaded. The server soon keeps one plan for all values, so
 * it is for statements whose best way does not depend on them.
 */
export function prepared<Row = unknown>(
  name: string,
  text: string,
): (db: Queryable, values: readonly unknown[]) => Promise<readonly Row[]> {
  keepPlanOf(text, name);
  return async (db, values) => (await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;
}

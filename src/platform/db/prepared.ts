import { CompiledQuery } from 'kysely';
import type { Queryable } from './connect.ts';
import { keepPlanOf } from './kept-plans.ts';

/**
 * A statement that every connection has parsed and planned once, for those that run many times a second; `text` has its
 * values as $1, $2 … and is written once, where the module is loaded. The server soon keeps one plan for all values, so
 * it is for statements whose best way does not depend on them.
 *
 * `later`: nobody needs its answer, so within a transaction it is sent together with the next statement, before it; it
 * gives no rows then, and what it fails with is thrown there, at the latest by the commit.
 */
export function prepared<Row = unknown>(
  name: string,
  text: string,
  { later = false }: { readonly later?: boolean } = {},
): (db: Queryable, values: readonly unknown[]) => Promise<readonly Row[]> {
  keepPlanOf(text, name, later);
  return async (db, values) => (await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;
}

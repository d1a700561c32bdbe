import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Queryable } from './connect.ts';

/** Text of each statement that is planned once for a connection → the name under which the server keeps it. */
const names = new Map<string, string>();

/**
 * A statement that every connection has parsed and planned once, for those that run many times a second; `text` has its
 * values as $1, $2 … and is written once, where the module is loaded. The server soon keeps one plan for all values, so
 * it is for statements whose best way does not depend on them.
 */
export function prepared<Row = unknown>(
  name: string,
  text: string,
): (db: Queryable, values: readonly unknown[]) => Promise<readonly Row[]> {
  if (names.has(text)) throw new Error(`the statement ${name} is prepared twice`);
  names.set(text, name);
  return async (db, values) => (await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;
}

/** Lets a new connection keep the plans of prepared statements; their texts reach it through kysely, without a name. */
export function keepPlans(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const named = (...given: unknown[]): unknown => {
    const [text, values] = given;
    const name = typeof text === 'string' && Array.isArray(values) && given.length === 2 ? names.get(text) : undefined;
    return name === undefined ? query(...given) : query({ name, text, values });
  };
  client.query = named as typeof client.query;
}

import { sql } from 'kysely';
import type { Queryable } from '../db/connect.ts';
import { sharesOf } from './shares.ts';
import { allOf, orderOf } from './statements.ts';
import type { Condition, Found, LedgerTable, PageAsked } from './table.ts';
import { IN_MEMORY } from './way.ts';

/** Counted no further where each row has to be looked up; the same in a ledger that is not in memory. */
const MOST_LOOKED_UP = 300;
const MOST_LOOKED_UP_APART = 100;

/** How a ledger stood on a past day: spans of its history. */
export interface AsOfQuestion {
  readonly jurisdictions: readonly string[];
  /**
   * Spans of one jurisdiction (`code`) over the day, narrowed by all that they know; columns jurisdiction, id, k1 (what the
   * list is sorted by), k2 (the serial) and whatever the line shows as it was then.
   */
  readonly spans: (code: Condition) => Condition;
  /** What only the row itself knows, over alias `t`; looked up for one span after the other. */
  readonly lasting: readonly Condition[];
  readonly down: boolean;
}

/**
 * One page of a ledger as it stood on a past day. All spans of the day that fit are read and sorted; what only the rows know
 * is looked up in order until page and count are full. `columns`: of the row `t` and of its span `p`.
 */
export async function pageAsOf<Row>(
  db: Queryable,
  table: LedgerTable,
  { jurisdictions, spans, lasting, down }: AsOfQuestion,
  { page, pageSize, counted = true }: PageAsked,
  columns: Condition,
): Promise<Found<Row>> {
  const name = sql.raw(table.name);
  const offset = (page - 1) * pageSize;
  const order = orderOf({ down });
  const large = (await sharesOf(db, table)).rows > IN_MEMORY;
  const mostLookedUp = large ? MOST_LOOKED_UP_APART : MOST_LOOKED_UP;
  const needed = Math.max(offset + pageSize, counted ? mostLookedUp + 1 : 0);
  const all = sql`select x.* from unnest(${[...jurisdictions]}::text[]) as j (code)
    cross join lateral (${spans(sql`j.code`)}) x`;
  const met =
    lasting.length === 0
      ? all
      : sql`select * from (select * from (${all}) s order by ${order} offset 0) c
          where (select ${allOf(lasting)} from ${name} t where t.jurisdiction = c.jurisdiction and t.id = c.id)
          limit ${needed}`;
  const result = await sql<Row & { met_count: number; met_key: string | null }>`
    with m as materialized (${met})
    select n.n as met_count, r.* from (select count(*)::int as n from m) n left join lateral (
      select t.id as met_key, p.k1, p.k2, ${columns}
      from (select * from m order by ${order} limit ${pageSize} offset ${offset}) p
      join ${name} t on t.jurisdiction = p.jurisdiction and t.id = p.id) r on true
    order by ${order}`.execute(db);
  const rows = result.rows
    .filter((row) => row.met_key !== null)
    .map(({ met_count: _n, met_key: _k, k1: _1, k2: _2, ...row }: Row & Record<string, unknown>) => row as Row);
  const found = result.rows[0]?.met_count ?? 0;
  const most = lasting.length === 0 ? found : Math.max(mostLookedUp, offset + rows.length);
  return {
    rows,
    total: counted ? Math.min(found, most) : offset + rows.length,
    totalIsCapped: counted && found > most,
  };
}

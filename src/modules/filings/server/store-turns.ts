import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { Turn } from '../filing.ts';

export interface TurnRow extends Turn {
  readonly reason: string | null;
  readonly byName: string;
}

/** What happened to a filing, in order. The caller may see it. */
export async function turnsOf(db: Queryable, jurisdiction: string, id: string): Promise<TurnRow[]> {
  const found = await sql<TurnRow>`
    select kind, at, due_at as "dueAt", reason, by_name as "byName" from periodic_report_turn
    where jurisdiction = ${jurisdiction} and report_id = ${id} order by no`.execute(db);
  return found.rows;
}

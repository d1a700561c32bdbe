import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';

/** Title of the superior's list that a problem came with; null where it came with none. */
export async function batchTitle(db: Queryable, jurisdiction: string, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const found = await sql<{ title: string }>`
    select title from problem_batch where jurisdiction = ${jurisdiction} and id = ${id}`.execute(db);
  return found.rows[0]?.title ?? null;
}

import { sql } from 'kysely';
import type { Reading } from '../../../platform/act.ts';

/** What the person registered and is still open, by deadline: the first few and how many there are, counted to a thousand. */
export async function ownRegistrations(
  { db, actor }: Reading,
  most: number,
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const where = sql`t.jurisdiction = ${actor.jurisdiction} and t.open and t.registered_by = ${actor.accountId}`;
  const found = await sql<{ ids: string[]; total: number }>`
    select array(select t.id from problem t where ${where} order by t.due_on, t.serial limit ${most}) as ids,
      (select count(*)::int from (select 1 from problem t where ${where} limit 1000) c) as total`.execute(db);
  return found.rows[0] ?? { ids: [], total: 0 };
}

/** The wording of problems, cut to what a phone shows in a list. The caller has made sure that they may be seen. */
export async function wordingOf({ db, actor }: Reading, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await sql<{ id: string; text: string }>`
    select t.id, left(t.text, 400) as text from problem t
    where t.jurisdiction = ${actor.jurisdiction} and t.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.text]));
}

/** Tags that the latest problems carry, the most frequent first. */
export async function usualTags({ db, actor }: Reading): Promise<string[]> {
  const found = await sql<{ tag: string }>`
    select tag from (select t.tags from problem t where t.jurisdiction = ${actor.jurisdiction} order by t.serial desc limit 300) r,
      unnest(r.tags) as tag
    group by tag order by count(*) desc, tag limit 12`.execute(db);
  return found.rows.map((row) => row.tag);
}

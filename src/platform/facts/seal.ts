import { sql } from 'kysely';
import { addDays, day as asDay, type Day } from '../../kernel/day.ts';
import type { Act } from '../act.ts';
import type { Queryable } from '../db/connect.ts';
import type { Duty } from '../jobs/duty.ts';
import { canonical, sha256 } from './canonical.ts';
import { beginning } from './record.ts';

/** The hash over all facts of one day, in the order of items and their links, and how many there are. */
export async function rootOf(db: Queryable, jurisdiction: string, day: Day): Promise<{ facts: number; root: string }> {
  const found = await sql<{ hash: string }>`
    select hash from fact where jurisdiction = ${jurisdiction} and day = ${day}
    order by item_kind collate "C", item_id collate "C", seq`.execute(db);
  return { facts: found.rows.length, root: sha256(found.rows.map((row) => row.hash).join('')) };
}

export const sealHash = (jurisdiction: string, day: string, facts: number, root: string, previous: string): string =>
  sha256(canonical([jurisdiction, day, facts, root, previous]));

/** Seals every finished day that is not sealed yet, from the first day with facts up to `last`. */
export async function sealUpTo(act: Act, last: Day): Promise<number> {
  const jurisdiction = act.actor.jurisdiction;
  const newest = await sql<{ day: Day; hash: string }>`
    select day, hash from seal where jurisdiction = ${jurisdiction} order by day desc limit 1`.execute(act.db);
  const first = await sql<{ day: Day | null }>`
    select min(day) as day from fact where jurisdiction = ${jurisdiction}`.execute(act.db);
  let day = newest.rows[0] ? addDays(asDay(newest.rows[0].day), 1) : first.rows[0]?.day;
  let previous = newest.rows[0]?.hash ?? beginning;
  let count = 0;
  for (; day && day <= last; day = addDays(day, 1)) {
    const { facts, root } = await rootOf(act.db, jurisdiction, day);
    const hash = sealHash(jurisdiction, day, facts, root, previous);
    await sql`
      insert into seal (jurisdiction, day, facts, root, previous, hash, sealed_at)
      values (${jurisdiction}, ${day}, ${facts}, ${root}, ${previous}, ${hash}, ${act.now})`.execute(act.db);
    previous = hash;
    count += 1;
  }
  return count;
}

/** Ten past midnight: yesterday is over and cannot change any more. */
export const sealDay: Duty = {
  name: 'seal-day',
  word: '封存前一日的记录',
  pattern: '10 0 * * *',
  about: (today) => addDays(today, -1),
  run: async (act, day) => `封存了 ${await sealUpTo(act, day)} 天的记录`,
};

import { sql } from 'kysely';
import { addDays, day as asDay, type Day } from '../../kernel/day.ts';
import type { Act } from '../act.ts';
import type { Queryable } from '../db/connect.ts';
import type { Duty } from '../jobs/duty.ts';
import { writeStubs } from './anchor.ts';
import { canonical, sha256 } from './canonical.ts';
import { beginning } from './record.ts';

/**
 * The hash over all facts of one day, in the order of items and their links, and how many there are. The database puts
 * the hashes together, so that a day of many facts does not pass through this process.
 */
export async function rootOf(db: Queryable, jurisdiction: string, day: Day): Promise<{ facts: number; root: string }> {
  const found = await sql<{ facts: number; root: string }>`
    select count(*)::int as facts, encode(sha256(convert_to(coalesce(string_agg(hash, ''
      order by item_kind collate "C", item_id collate "C", seq), ''), 'UTF8')), 'hex') as root
    from fact where jurisdiction = ${jurisdiction} and day = ${day}`.execute(db);
  const [row] = found.rows;
  if (!row) throw new Error('the facts of a day were not counted');
  return row;
}

/** Name of the duty under which its runs are kept. */
export const sealDuty = 'seal-day';

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

/** The first seal of a day later than `after`: nobody could know it on that day. Null while there is none. */
export async function firstSealAfter(
  db: Queryable,
  jurisdiction: string,
  after: Day,
): Promise<{ day: Day; hash: string } | null> {
  const found = await sql<{ day: Day; hash: string }>`
    select day, hash from seal where jurisdiction = ${jurisdiction} and day > ${after}::date order by day limit 1`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

/**
 * Ten past midnight: yesterday is over and cannot change any more. Each seal is also written to the file of stubs
 * (`anchor.ts`), outside the database.
 */
export const sealDay = (stubs: string): Duty => ({
  name: sealDuty,
  word: '封存前一日的记录',
  pattern: '10 0 * * *',
  about: (today) => addDays(today, -1),
  run: async (act, day) => `封存了 ${await sealUpTo(act, day)} 天的记录`,
  afterwards: (house, jurisdiction) => writeStubs(house.db, stubs, jurisdiction),
});

import { sql } from 'kysely';
import { type Day, parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { asThen, type Told } from '../as-of.ts';
import type { ListingRow } from './store.ts';

/** The past day that is asked for, or null for today; a day that is none, or lies ahead, is refused. */
export function pastDay(reading: Reading, asOf: string | undefined): Day | null {
  if (asOf === undefined) return null;
  const on = parseDay(asOf);
  if (on === null || on > reading.day)
    throw notValid(on === null ? '日期有误，请重新选择。' : '不能查看今天以后的情况，请重新选择日期。', [
      { where: 'query.asOf', says: on === null ? `没有“${asOf}”这一天` : '晚于今天' },
    ]);
  return on === reading.day ? null : on;
}

/** Those of the listings that had been proposed by the evening of the day, as they stood then. */
export async function listingsThen(db: Queryable, listings: readonly ListingRow[], on: Day): Promise<ListingRow[]> {
  const jurisdictions = [...new Set(listings.map((one) => one.jurisdiction))];
  const record = await sql<Told & { id: string }>`
    select item_id as id, kind, day, to_state as "to", data from fact
    where jurisdiction = any(${jurisdictions}) and item_kind = 'listing' and day <= ${on}::date
    order by item_id, seq`.execute(db);
  const told = new Map<string, Told[]>();
  for (const { id, ...one } of record.rows) told.set(id, [...(told.get(id) ?? []), one]);
  const raised = await sql<{ id: string; level: string }>`
    select distinct on (listing_id) listing_id as id, level_before as level from listing_escalation
    where jurisdiction = any(${jurisdictions}) order by listing_id, at`.execute(db);
  const first = new Map(raised.rows.map((row) => [row.id, row.level]));
  return listings.flatMap((listing) => {
    const then = asThen(listing, told.get(listing.id) ?? [], first.get(listing.id) ?? listing.level);
    return then === null ? [] : [{ ...then, jurisdiction: listing.jurisdiction }];
  });
}

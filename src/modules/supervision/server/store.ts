import { sql } from 'kysely';
import { notFound } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { RecordLoader } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { Level, Limits, Listing } from '../listing.ts';
import { usualLevels, usualLimits } from '../listing.ts';
import type { ListingRule } from '../must-list.ts';
import type { Setting } from '../situation.ts';

/** The columns of `Listing` from `listing` (alias t); other names are those of the table. */
const columns = sql`
  t.id, t.number, t.problem_id as "problemId", t.problem_number as "problemNumber", t.state, t.level, t.matter, t.requirements,
  t.reason, t.proposed_on as "proposedOn", t.proposed_by as "proposedBy", t.proposed_by_name as "proposedByName",
  t.proposed_by_person as "proposedByPerson", t.proposed_unit_id as "proposedUnitId", t.proposed_unit_name as "proposedUnitName",
  t.decided_on as "decidedOn", t.decided_by_name as "decidedByName", t.decided_by_post as "decidedByPost", t.decision, t.opinion,
  t.recorded_by as "recordedBy", t.recorded_by_name as "recordedByName", t.listed_on as "listedOn",
  t.notice_number as "noticeNumber", t.plan, t.plan_filed_on as "planFiledOn", t.plan_recorded_on as "planRecordedOn",
  t.applied_on as "appliedOn", t.applied_by as "appliedBy", t.accepted_on as "acceptedOn", t.accepted_by as "acceptedBy",
  t.failures, t.last_failed_on as "lastFailedOn", t.retry_on as "retryOn", t.escalations, t.delisted_on as "delistedOn",
  t.delisting_number as "delistingNumber", t.ended_on as "endedOn", t.version`;

export interface ListingRow extends Listing {
  readonly jurisdiction: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const unknownListing = () => notFound('没有找到这件挂牌督办，可能编号有误，或者它不在您能查看的范围内。');

/** Whether its problem may be seen decides whether a listing may be; the caller asks the ledger. */
export async function listingById(db: Queryable, scope: Scope, id: string): Promise<ListingRow> {
  if (!uuid.test(id)) throw unknownListing();
  const found = await sql<ListingRow>`select t.jurisdiction, ${columns} from listing t
    where t.jurisdiction = any(${scope.jurisdictions as readonly string[]}) and t.id = ${id}`.execute(db);
  const row = found.rows[0];
  if (!row) throw unknownListing();
  return row;
}

export async function lockListing(db: Queryable, scope: Scope, id: string): Promise<ListingRow> {
  if (!uuid.test(id)) throw unknownListing();
  await sql`select 1 from listing t where t.jurisdiction = any(${scope.jurisdictions as readonly string[]}) and t.id = ${id}
    for update`.execute(db);
  return listingById(db, scope, id);
}

/** Every listing of the scope's governments, the newest first; at most 20,000. Which may be seen, the ledger says. */
export async function allListings(db: Queryable, scope: Scope): Promise<ListingRow[]> {
  const found = await sql<ListingRow>`select t.jurisdiction, ${columns} from listing t
    where t.jurisdiction = any(${scope.jurisdictions as readonly string[]})
    order by t.created_at desc, t.number desc limit 20000`.execute(db);
  return found.rows;
}

/** The listings of some problems of one government, the newest first. */
export async function listingsOfProblems(
  db: Queryable,
  jurisdictions: readonly string[],
  problemIds: readonly string[],
): Promise<ListingRow[]> {
  if (problemIds.length === 0) return [];
  const found = await sql<ListingRow>`select t.jurisdiction, ${columns} from listing t
    where t.jurisdiction = any(${[...jurisdictions]}) and t.problem_id = any(${[...problemIds]}::uuid[])
    order by t.created_at desc`.execute(db);
  return found.rows;
}

/** The rules of the district, those that have ended included. */
export async function listingRules(
  db: Queryable,
  jurisdictions: readonly string[],
): Promise<(ListingRule & { jurisdiction: string })[]> {
  const found = await sql<ListingRule & { jurisdiction: string }>`
    select jurisdiction, id, name, basis, sectors, kinds, tags, clauses, from_on as "fromOn", to_on as "toOn",
      within_days as "withinDays" from listing_rule where jurisdiction = any(${[...jurisdictions]})
    order by from_on desc, name`.execute(db);
  return found.rows;
}

/** Levels and days as the jurisdiction set them: `supervision.levels`, `supervision.acceptanceDays`, `supervision.planDays`. */
export async function settingOf(db: Queryable, jurisdiction: string): Promise<Setting> {
  const found = await sql<{ name: string; value: unknown }>`
    select name, value from setting where jurisdiction = ${jurisdiction} and name like 'supervision.%'`.execute(db);
  const set = new Map(found.rows.map((row) => [row.name, row.value]));
  const days = (name: keyof Limits): number => {
    const value = set.get(`supervision.${name}`);
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : usualLimits[name];
  };
  const levels = set.get('supervision.levels');
  return {
    limits: { acceptanceDays: days('acceptanceDays'), planDays: days('planDays') },
    levels: Array.isArray(levels) && levels.length > 0 ? (levels as Level[]) : usualLevels,
  };
}

/** All rows that make up each listing. */
export const listingRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select t.id, jsonb_build_object(
      'listing', to_jsonb(t),
      'progress', (select jsonb_agg(to_jsonb(x) order by x.id) from listing_progress x
        where x.jurisdiction = t.jurisdiction and x.listing_id = t.id),
      'acceptances', (select jsonb_agg(to_jsonb(x) order by x.id) from listing_acceptance x
        where x.jurisdiction = t.jurisdiction and x.listing_id = t.id),
      'escalations', (select jsonb_agg(to_jsonb(x) order by x.id) from listing_escalation x
        where x.jurisdiction = t.jurisdiction and x.listing_id = t.id)) as record
    from listing t where t.jurisdiction = ${jurisdiction} and t.id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

/** The one row of each item of a table whose items are their rows. */
export const rowRecord =
  (table: string): RecordLoader =>
  async (db, jurisdiction, ids) => {
    const found = await sql<{ id: string; record: unknown }>`
      select t.id, to_jsonb(t) as record from ${sql.table(table)} t
      where t.jurisdiction = ${jurisdiction} and t.id = any(${ids}::uuid[])`.execute(db);
    return new Map(found.rows.map((row) => [row.id, row.record]));
  };

import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../../../../platform/db/connect.ts';
import type { PoolItem } from '../../look-back.ts';
import type { Grade } from '../../problem.ts';

/** Which closed problems a list is made of. Empty lists narrow nothing. */
export interface PoolFilter {
  readonly from: string;
  readonly to: string;
  readonly units?: readonly string[];
  readonly sectors?: readonly string[];
  readonly grades?: readonly Grade[];
}

const narrowed = (jurisdiction: string, filter: PoolFilter): RawBuilder<unknown> => sql`
  t.jurisdiction = ${jurisdiction} and t.state = 'closed'
  and t.closed_on between ${filter.from}::date and ${filter.to}::date
  and (${filter.units?.length ? [...filter.units] : null}::uuid[] is null
    or t.lead_unit_id = any(${[...(filter.units ?? [])]}::uuid[]))
  and (${filter.sectors?.length ? [...filter.sectors] : null}::text[] is null
    or t.sector = any(${[...(filter.sectors ?? [])]}::text[]))
  and (${filter.grades?.length ? [...filter.grades] : null}::text[] is null
    or t.grade = any(${[...(filter.grades ?? [])]}::text[]))`;

/** Problems that are closed now and were closed within the days, at most `most`. */
export async function closedProblems(
  db: Queryable,
  jurisdiction: string,
  filter: PoolFilter,
  most: number,
): Promise<PoolItem[]> {
  const found = await sql<PoolItem>`
    select t.id, t.number, t.lead_unit_id as "unitId", t.sector, t.grade from problem t
    where ${narrowed(jurisdiction, filter)} order by t.serial limit ${most}`.execute(db);
  return found.rows;
}

/** How many such problems there are, by unit and sector. */
export async function closedCounts(
  db: Queryable,
  jurisdiction: string,
  filter: PoolFilter,
): Promise<{ unitId: string; sector: string | null; grade: Grade; count: number }[]> {
  const found = await sql<{ unitId: string; sector: string | null; grade: Grade; count: number }>`
    select t.lead_unit_id as "unitId", t.sector, t.grade, count(*)::int as count from problem t
    where ${narrowed(jurisdiction, filter)} group by 1, 2, 3`.execute(db);
  return found.rows;
}

/** Who closed a problem and how it stands, as the draw keeps it. */
export interface ClosedCard {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: string;
  readonly unitId: string;
  readonly sector: string | null;
  readonly grade: Grade;
  readonly cycle: number;
  readonly closedOn: string | null;
  readonly doneBy: string | null;
  readonly doneByName: string | null;
  readonly recheckedBy: string | null;
  readonly recheckedByName: string | null;
  readonly recheckedUnitId: string | null;
  readonly closedBy: string | null;
  readonly closedByName: string | null;
  /** Accounts and persons who rectified, rechecked or closed it; one person may have several accounts. */
  readonly hands: readonly string[];
}

/** The problems with these ids, in no order; locked where the caller is going to act on them. */
export async function closedCards(
  db: Queryable,
  jurisdiction: string,
  ids: readonly string[],
  lock = false,
): Promise<ReadonlyMap<string, ClosedCard>> {
  const found = await sql<ClosedCard>`
    select id, number, title, state, lead_unit_id as "unitId", sector, grade, cycle, closed_on as "closedOn",
      done_by as "doneBy", done_by_name as "doneByName", rechecked_by as "recheckedBy",
      rechecked_by_name as "recheckedByName", rechecked_unit_id as "recheckedUnitId", closed_by as "closedBy",
      closed_by_name as "closedByName",
      array_remove(array[done_by, done_by_person::text, rechecked_by, rechecked_by_person::text, closed_by], null)
        || array(select distinct x from problem_progress p cross join lateral (values (p.by_id), (p.by_person::text)) as v (x)
          where p.jurisdiction = problem.jurisdiction and p.problem_id = problem.id and p.cycle = problem.cycle and x is not null)
        as hands
    from problem where jurisdiction = ${jurisdiction} and id = any(${[...ids]}::uuid[])
    order by id ${lock ? sql`for update` : sql``}`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row]));
}

import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { spansOn } from './store-figures.ts';

/** A task by which a unit is behind, with its deadline. */
export interface BehindTask {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly on: Day;
}

/** A unit with overdue tasks: how many, when the newest of them came to count, the oldest 200 of them. */
export interface UnitBehindTasks {
  readonly unitId: string;
  readonly figure: number;
  readonly latest: Day;
  readonly items: readonly BehindTask[];
}

const MOST = 200;

/** Units with tasks that were overdue by at least so many days in the evening of the day, as the ledger stood then. */
export async function overdueTasks(
  db: Queryable,
  jurisdiction: string,
  day: Day,
  asked: { readonly days: number; readonly sectors: readonly string[] },
): Promise<readonly UnitBehindTasks[]> {
  const conditions = [
    sql`s.state <> 'suspended'`,
    sql`s.due_on + ${asked.days}::int <= ${day}::date`,
    ...(asked.sectors.length > 0 ? [sql`s.sector = any(${[...asked.sectors]}::text[])`] : []),
  ];
  const columns = sql`s.lead_unit_id as unit, s.task_id as id, s.due_on as "on", s.serial`;
  const found = await sql<{
    unit: string;
    figure: number;
    latest: Day;
    id: string;
    number: string;
    title: string;
    on: Day;
  }>`
    with late as materialized (
      select s.*, t.number, t.title,
        greatest(s."on" + ${asked.days}::int, (t.created_at at time zone 'Asia/Shanghai')::date) as since
      from (${spansOn(sql`${jurisdiction}`, day, columns, conditions)}) s
      join task t on t.jurisdiction = ${jurisdiction} and t.id = s.id),
    sums as (select unit, count(*)::int as figure, max(since) as latest from late group by unit),
    firsts as (select * from (
      select late.*, row_number() over (partition by unit order by "on", serial) as place from late) x where place <= ${MOST})
    select f.unit, s.figure, s.latest, f.id, f.number, f.title, f."on" from firsts f join sums s on s.unit = f.unit
    order by f.unit, f.place`.execute(db);
  const units = new Map<string, { unitId: string; figure: number; latest: Day; items: BehindTask[] }>();
  for (const { unit, figure, latest, ...item } of found.rows) {
    const one = units.get(unit) ?? { unitId: unit, figure, latest, items: [] };
    one.items.push(item);
    units.set(unit, one);
  }
  return [...units.values()];
}

/** Those of the tasks that were open and overdue in the evening of the day. */
export async function stillOverdueTasks(
  db: Queryable,
  jurisdiction: string,
  ids: readonly string[],
  day: Day,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const found = await sql<{ id: string }>`
    select s.task_id as id from task_span s
    where s.jurisdiction = ${jurisdiction} and s.task_id = any(${[...ids]}::uuid[]) and s.from_on <= ${day}::date
      and (s.to_on is null or s.to_on > ${day}::date) and s.state <> 'suspended' and s.due_on < ${day}::date`.execute(
    db,
  );
  return new Set(found.rows.map((row) => row.id));
}

/** Those of the tasks that were open in the evening of the day. */
export async function stillOpenTasks(
  db: Queryable,
  jurisdiction: string,
  ids: readonly string[],
  day: Day,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const found = await sql<{ id: string }>`
    select s.task_id as id from task_span s
    where s.jurisdiction = ${jurisdiction} and s.task_id = any(${[...ids]}::uuid[]) and s.from_on <= ${day}::date
      and (s.to_on is null or s.to_on > ${day}::date)`.execute(db);
  return new Set(found.rows.map((row) => row.id));
}

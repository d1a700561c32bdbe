import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { behindByUnit, type UnitBehind } from '../../../platform/ledger/behind.ts';
import { spansOn } from './store-figures.ts';

/** Units with tasks that were overdue by at least so many days in the evening of the day, as the ledger stood then. */
export async function overdueTasks(
  db: Queryable,
  jurisdiction: string,
  day: Day,
  asked: { readonly days: number; readonly sectors: readonly string[] },
): Promise<readonly UnitBehind[]> {
  const conditions = [
    sql`s.state <> 'suspended'`,
    sql`s.due_on + ${asked.days}::int <= ${day}::date`,
    ...(asked.sectors.length > 0 ? [sql`s.sector = any(${[...asked.sectors]}::text[])`] : []),
  ];
  const columns = sql`s.lead_unit_id as unit, s.task_id as id, s.due_on as "on", s.serial`;
  return behindByUnit(
    db,
    jurisdiction,
    'task',
    sql`select s.*, greatest(s."on" + ${asked.days}::int, (t.created_at at time zone 'Asia/Shanghai')::date) as since
      from (${spansOn(sql`${jurisdiction}`, day, columns, conditions)}) s
      join task t on t.jurisdiction = ${jurisdiction} and t.id = s.id`,
  );
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

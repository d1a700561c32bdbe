import { sql } from 'kysely';
import type { Difference } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';

type Differs = (where: Difference) => void;

/** Findings of one kind; more of them would say nothing new. */
const MOST = 200;

/** Counts anew what lists and the wall keep ready beside the tasks, and tells where it differs from them. */
export async function recountTasks(db: Queryable, differs: Differs): Promise<void> {
  await recountSpans(db, differs);
  await recountSight(db, differs);
  await recountTally(db, differs);
}

/** An open task has one running span, and it shows the task as it now stands; any other task has none. */
async function recountSpans(db: Queryable, differs: Differs): Promise<void> {
  const found = await sql<{ jurisdiction: string; where: string }>`
    select coalesce(t.jurisdiction, s.jurisdiction) as jurisdiction, coalesce(t.number, s.task_id::text) as "where"
    from (select * from task where open) t
    full join (select * from task_span where to_on is null) s on s.jurisdiction = t.jurisdiction and s.task_id = t.id
    where (t.state, t.lead_unit_id, t.sector, t.plan_id, t.stage_id, t.due_on, t.amber_on, t.percent::real,
        t.person_name is not null, t.serial)
      is distinct from
      (s.state, s.lead_unit_id, s.sector, s.plan_id, s.stage_id, s.due_on, s.amber_on, s.percent, s.has_person, s.serial)
    order by 1, 2 limit ${MOST}`.execute(db);
  for (const { jurisdiction, where } of found.rows)
    differs({ jurisdiction, where: `任务 ${where}`, says: '挂图用的历史与任务现状不符，挂图上的数字不可信。' });
}

/** Whoever takes part in a task sees it, and nobody else but the lead unit of the task above it. */
async function recountSight(db: Queryable, differs: Differs): Promise<void> {
  const found = await sql<{ jurisdiction: string; number: string }>`
    select t.jurisdiction, t.number from task t
    left join task p on p.jurisdiction = t.jurisdiction and p.id = t.parent_id
    join (select jurisdiction, task_id, array_agg(unit_id) as units from task_unit group by 1, 2) u
      on u.jurisdiction = t.jurisdiction and u.task_id = t.id
    where not (t.units @> u.units and t.units <@ (u.units || p.lead_unit_id))
    order by 1, 2 limit ${MOST}`.execute(db);
  for (const { jurisdiction, number } of found.rows)
    differs({ jurisdiction, where: `任务 ${number}`, says: '能看到这件任务的单位与参与单位不符。' });
}

/** The counts of closed tasks, by month and year, for each combination that is kept (see `store-tally.ts`). */
async function recountTally(db: Queryable, differs: Differs): Promise<void> {
  const found = await sql<{ jurisdiction: string; period: string; day: string; kept: number; closed: number }>`
    with closed as (
      select jurisdiction, plan_id::text as plan, stage_id::text as stage, lead_unit_id::text as unit,
        nullif(sector, '') as sector, p.period, p.first_day, count(*)::int as n, (count(*) filter (where closed_late))::int as late
      from task cross join lateral (values ('m', date_trunc('month', closed_on)::date), ('y', date_trunc('year', closed_on)::date))
        as p (period, first_day)
      where closed_on is not null group by 1, 2, 3, 4, 5, 6, 7),
    places as (
      select c.*, x.plan_key, x.stage_key from closed c cross join lateral (values ('', '', true), (c.plan, '', c.plan is not null),
        (c.plan, c.stage, c.plan is not null and c.stage is not null)) as x (plan_key, stage_key, holds) where x.holds),
    cells as (
      select p.jurisdiction, p.plan_key, p.stage_key, x.unit_key, x.sector_key, p.period, p.first_day,
        sum(p.n)::int as n, sum(p.late)::int as late
      from places p cross join lateral (values ('', '', true), (p.unit, '', true), ('', p.sector, p.sector is not null),
        (p.unit, p.sector, p.sector is not null and (p.plan_key = '' or p.period = 'y'))) as x (unit_key, sector_key, holds)
      where x.holds group by 1, 2, 3, 4, 5, 6, 7),
    kept as (
      select jurisdiction, plan_id, stage_id, unit_id, sector, period, first_day, sum(closed)::int as n, sum(closed_late)::int as late
      from task_tally group by 1, 2, 3, 4, 5, 6, 7)
    select coalesce(c.jurisdiction, k.jurisdiction) as jurisdiction, coalesce(c.period, k.period) as period,
      coalesce(c.first_day, k.first_day)::text as day, coalesce(k.n, 0) as kept, coalesce(c.n, 0) as closed
    from cells c full join kept k on k.jurisdiction = c.jurisdiction and k.plan_id = c.plan_key and k.stage_id = c.stage_key
      and k.unit_id = c.unit_key and k.sector = c.sector_key and k.period = c.period and k.first_day = c.first_day
    where (coalesce(c.n, 0), coalesce(c.late, 0)) <> (coalesce(k.n, 0), coalesce(k.late, 0))
    order by 1, 3, 2 limit ${MOST}`.execute(db);
  for (const { jurisdiction, period, day, kept, closed } of found.rows) {
    const when = period === 'y' ? `${day.slice(0, 4)}年` : `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月`;
    differs({
      jurisdiction,
      where: `${when}的办结统计`,
      says: `统计表记 ${kept} 件，按任务重数是 ${closed} 件（或其中逾期办结的件数不符），挂图上的数字不可信。`,
    });
  }
}

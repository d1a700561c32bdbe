import { sql } from 'kysely';
import type { Difference } from '../../../../platform/act.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { flowColumns, flowSums, names, sums } from './dimensions.ts';

type Differs = (where: Difference) => void;
const MOST = 200;

/** Counts the kept figures anew from turns and spans, and tells where they differ. For `verify`. */
export async function recountFigures(db: Queryable, differs: Differs): Promise<void> {
  await recountFlow(db, differs);
  await recountStock(db, differs);
}

/** Sums of turns by unit, sector and altogether, for each kept month. */
async function recountFlow(db: Queryable, differs: Differs): Promise<void> {
  const found = await sql<{ jurisdiction: string; day: string }>`
    with turns as (
      select e.jurisdiction, p.dim, p.key, date_trunc('month', e.day)::date as first_day, ${flowSums}
      from problem_turn e join problem_kept k on k.jurisdiction = e.jurisdiction and e.day <= k.flow_day
      cross join lateral (values ('all', ''), ('unit', e.lead_unit_id::text), ('sector', coalesce(e.sector, ''))) as p (dim, key)
      group by 1, 2, 3, 4),
    kept as (
      select jurisdiction, dim, key, first_day, ${sums(flowColumns, 'f')} from problem_flow f
      where dim in ('all', 'unit', 'sector') and slice = '' and period = 'm' group by 1, 2, 3, 4),
    days as (
      select jurisdiction, dim, key, date_trunc('month', first_day)::date as first_day, ${sums(flowColumns, 'f')} from problem_flow f
      where dim in ('all', 'unit', 'sector') and slice = '' and period = 'd' group by 1, 2, 3, 4)
    select distinct coalesce(t.jurisdiction, k.jurisdiction, d.jurisdiction) as jurisdiction,
      coalesce(t.first_day, k.first_day, d.first_day)::text as day
    from turns t full join kept k using (jurisdiction, dim, key, first_day) full join days d using (jurisdiction, dim, key, first_day)
    where (${names(flowColumns.map((column) => `t.${column}`))}) is distinct from (${names(flowColumns.map((column) => `k.${column}`))})
      or (${names(flowColumns.map((column) => `t.${column}`))}) is distinct from (${names(flowColumns.map((column) => `d.${column}`))})
    order by 1, 2 limit ${MOST}`.execute(db);
  for (const { jurisdiction, day } of found.rows)
    differs({
      jurisdiction,
      where: `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月的问题统计`,
      says: '登记、销号等汇总数与流水重数的结果不符，态势图上的数字不可信。',
    });
}

/** How many were open, late and major by lead unit on each kept morning. */
async function recountStock(db: Queryable, differs: Differs): Promise<void> {
  const found = await sql<{ jurisdiction: string; day: string }>`
    with mornings as (select distinct jurisdiction, day from problem_stock),
    counted as (
      select m.jurisdiction, m.day, s.lead_unit_id::text as key, count(*)::int as open,
        (count(*) filter (where s.grade = 'major'))::int as major,
        (count(*) filter (where s.due_on < m.day and s.state not in ('disputed', 'planned')))::int as red
      from mornings m join problem_span s on s.jurisdiction = m.jurisdiction and s.from_on < m.day
        and (s.to_on is null or s.to_on >= m.day)
      group by 1, 2, 3),
    kept as (select jurisdiction, day, key, open, major, red from problem_stock where dim = 'unit' and slice = '')
    select distinct coalesce(c.jurisdiction, k.jurisdiction) as jurisdiction, coalesce(c.day, k.day)::text as day
    from counted c full join kept k using (jurisdiction, day, key)
    where (c.open, c.major, c.red) is distinct from (k.open, k.major, k.red) order by 1, 2 limit ${MOST}`.execute(db);
  for (const { jurisdiction, day } of found.rows)
    differs({
      jurisdiction,
      where: `${day}的问题存量`,
      says: '备好的存量数与问题历史重数的结果不符，态势图上的数字不可信。',
    });
}

import { sql } from 'kysely';
import { addDays, type Day } from '../../../../kernel/day.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import type { Duty } from '../../../../platform/jobs/duty.ts';
import {
  flowColumns,
  flowSums,
  names,
  placesOf,
  slicesOf,
  stockColumns,
  stockSums,
  sums,
  tagsOf,
} from './dimensions.ts';
import { spansOpen } from './spans.ts';

/** The last day whose turns are summed up; null: none is. */
export async function flowKeptTo(db: Queryable, jurisdiction: string): Promise<Day | null> {
  const found = await sql<{ day: Day }>`
    select flow_day as day from problem_kept where jurisdiction = ${jurisdiction}`.execute(db);
  return found.rows[0]?.day ?? null;
}

/** Turns of the days after `after` up to `to`, counted from the turns themselves, under every key. */
const turnsSummed = (jurisdiction: string, after: Day | null, to: Day) => sql`
  select e.jurisdiction, p.dim, p.key, p.key2, z.slice, e.day, ${flowSums}
  from problem_turn e
  cross join lateral (select * from ${placesOf('e', false)} union all select * from ${tagsOf('e')} t) p
  cross join lateral ${slicesOf('e')}
  where e.jurisdiction = ${jurisdiction} and e.day <= ${to}::date and (${after}::date is null or e.day > ${after}::date)
    and p.key is not null and z.holds and (z.slice = '' or p.dim in ('all', 'unit', 'sector', 'source', 'area'))
  group by 1, 2, 3, 4, 5, 6`;

/** Sums up the turns of finished days that are not kept yet, up to and including `to`. */
async function keepFlow(db: Queryable, jurisdiction: string, to: Day): Promise<void> {
  const after = await flowKeptTo(db, jurisdiction);
  if (after !== null && after >= to) return;
  const added = sql.raw(
    flowColumns.map((column) => `${column} = problem_flow.${column} + excluded.${column}`).join(', '),
  );
  await sql`
    with counted as materialized (${turnsSummed(jurisdiction, after, to)})
    insert into problem_flow (jurisdiction, dim, key, key2, slice, period, first_day, ${names(flowColumns)})
    select c.jurisdiction, c.dim, c.key, c.key2, c.slice, t.period, t.first_day, ${sums(flowColumns, 'c')}
    from counted c cross join lateral (values ('d', c.day), ('m', date_trunc('month', c.day)::date),
      ('y', date_trunc('year', c.day)::date)) as t (period, first_day)
    group by 1, 2, 3, 4, 5, 6, 7
    on conflict (jurisdiction, dim, key, key2, slice, period, first_day) do update set ${added}`.execute(db);
  await sql`
    insert into problem_kept (jurisdiction, flow_day) values (${jurisdiction}, ${to})
    on conflict (jurisdiction) do update set flow_day = greatest(problem_kept.flow_day, excluded.flow_day)`.execute(db);
}

/** What the morning of a day found open, under every key, with the lamps of that day. Counted once; bears being run again. */
export async function keepStock(db: Queryable, jurisdiction: string, day: Day): Promise<void> {
  await sql`delete from problem_stock where jurisdiction = ${jurisdiction} and day = ${day}::date`.execute(db);
  await sql`
    with s as materialized (${spansOpen(jurisdiction, addDays(day, -1))}),
    places as (
      select s.*, p.dim, p.key, p.key2, z.slice from s
      cross join lateral (select * from ${placesOf('s', true)} union all select * from ${tagsOf('s')} t) p
      cross join lateral ${slicesOf('s')}
      where p.key is not null and z.holds and (z.slice = '' or p.dim in ('all', 'unit', 'sector', 'source', 'area'))),
    months as (
      select dim, key, key2, slice, jsonb_object_agg(month, n) as opened from (
        select dim, key, key2, slice, to_char(opened_on, 'YYYY-MM') as month, count(*)::int as n
        from places where dim in ('all', 'unit', 'sector', 'unitSector') group by 1, 2, 3, 4, 5) m group by 1, 2, 3, 4)
    insert into problem_stock (jurisdiction, day, dim, key, key2, slice, ${names(stockColumns)}, oldest, opened)
    select ${jurisdiction}, ${day}::date, s.dim, s.key, s.key2, s.slice, s.open, s.red, s.amber, s.grey, s.listed, s.major,
      s.to_receive, s.underway, s.to_recheck, s.to_close, s.disputed, s.planned, s.age_7, s.age_30, s.age_90, s.age_180, s.oldest,
      coalesce(m.opened, '{}')
    from (select s.dim, s.key, s.key2, s.slice, ${stockSums(day)} from places s group by 1, 2, 3, 4) s
    left join months m using (dim, key, key2, slice)`.execute(db);
}

/**
 * Keeps the figures of finished days ready: turns up to the day before `today`, and the mornings of the days up to
 * `today`. `mornings`: how many days back mornings are made where they are missing, and the first of each of the last twelve
 * months (all since the first problem when absent). Figures are right without it; with it their cost does not grow with the ledger. Bears being run again.
 */
export async function rollUpFigures(
  db: Queryable,
  jurisdiction: string,
  today: Day,
  mornings: number | null = null,
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext(${`problem_kept ${jurisdiction}`}))`.execute(db);
  await keepFlow(db, jurisdiction, addDays(today, -1));
  const first = await sql<{ day: Day | null }>`
    select min(day) as day from problem_turn where jurisdiction = ${jurisdiction}`.execute(db);
  const begun = first.rows[0]?.day;
  if (!begun) return 0;
  const earliest = mornings === null ? addDays(begun, 1) : addDays(today, -mornings);
  const from = earliest > begun ? earliest : addDays(begun, 1);
  const missing = await sql<{ day: Day }>`
    select d::date as day from generate_series(least(${from}::date, (date_trunc('month', ${today}::date) - interval '12 months')::date),
      ${today}::date, interval '1 day') d
    where d::date > ${begun}::date and (d::date >= ${from}::date or extract(day from d) = 1) and not exists (select 1 from problem_stock s where s.jurisdiction = ${jurisdiction} and s.day = d::date
      and s.dim = 'all' and s.key = '' and s.key2 = '' and s.slice = '')
    order by 1`.execute(db);
  for (const { day } of missing.rows) await keepStock(db, jurisdiction, day);
  return missing.rows.length;
}

/** Shortly after midnight: yesterday is over, its turns are summed up and the morning of today is counted. */
export const keepFigures: Duty = {
  name: 'keep-figures',
  word: '汇总前一日的问题数字',
  pattern: '20 0 * * *',
  about: (today) => today,
  run: async (act, day) => `备好 ${await rollUpFigures(act.db, act.actor.jurisdiction, day)} 天的存量数字`,
};

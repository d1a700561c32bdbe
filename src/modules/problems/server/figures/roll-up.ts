import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day, daysBetween, yearOf } from '../../../../kernel/day.ts';
import { type Queryable, transaction } from '../../../../platform/db/connect.ts';
import type { Duty } from '../../../../platform/jobs/duty.ts';
import { flowColumns, flowSums, names, sums } from './dimensions.ts';
import { keepBlocks, keepCodes } from './keep-blocks.ts';

type Sql = RawBuilder<unknown>;

/** The last day that is kept; null: none is. */
export async function keptTo(db: Queryable, jurisdiction: string): Promise<Day | null> {
  const found = await sql<{ day: Day }>`
    select flow_day as day from problem_kept where jurisdiction = ${jurisdiction}`.execute(db);
  return found.rows[0]?.day ?? null;
}

/** Turns of these days, and where spans began or ended (`step`), as rows to be counted. */
const happened = (jurisdiction: string, from: Day, to: Day): Sql => {
  const marks = (row: string): Sql =>
    sql.raw(
      ['lead_unit_id', 'sector', 'kind', 'grade', 'plan_id', 'batch_id', 'tags']
        .map((name) => `${row}.${name}`)
        .join(', '),
    );
  const within = (row: string, day: string): Sql =>
    sql`${sql.ref(`${row}.jurisdiction`)} = ${jurisdiction} and ${sql.ref(day)} between ${from}::date and ${to}::date`;
  const step = (day: string, by: number): Sql => sql`
    select ${sql.ref(day)} as day, ${marks('s')}, 'span' as turn, false as late, false as on_spot, false as at_grid,
      null::boolean as passed, null::boolean as first, ${sql.raw(String(by))} as step from problem_span s`;
  return sql`
    select e.day, ${marks('e')}, e.turn, e.late, e.on_spot, e.at_grid, e.passed, e.first, 0 as step
      from problem_turn e where ${within('e', 'e.day')}
    union all ${step('s.from_on', 1)} where ${within('s', 's.from_on')}
    union all ${step('s.to_on', -1)} where s.to_on is not null and ${within('s', 's.to_on')}`;
};

const sumsOfDay: Sql = sql`${flowSums}, sum(e.step)::int as net, bool_or(e.turn <> 'span') as turned`;

/** One row per day and key. grouping() gives one bit per column left out: grade, kind, unit, sector, plan, batch. */
const counted = (jurisdiction: string, from: Day, to: Day): Sql => sql`
  with e as materialized (${happened(jurisdiction, from, to)}),
  wide as (
    select e.day, grouping(e.grade, e.kind, e.lead_unit_id, e.sector, e.plan_id, e.batch_id) as g, e.grade, e.kind,
      e.lead_unit_id::text as unit, coalesce(e.sector, '') as sector, e.plan_id::text as plan, e.batch_id::text as batch, ${sumsOfDay}
    from e group by grouping sets ((e.day), (e.day, e.grade), (e.day, e.kind), (e.day, e.lead_unit_id), (e.day, e.sector),
      (e.day, e.lead_unit_id, e.sector), (e.day, e.plan_id), (e.day, e.batch_id), (e.day, e.lead_unit_id, e.plan_id),
      (e.day, e.lead_unit_id, e.batch_id), (e.day, e.lead_unit_id, e.grade), (e.day, e.lead_unit_id, e.kind),
      (e.day, e.sector, e.grade), (e.day, e.sector, e.kind))),
  tagged as (
    select e.day, grouping(e.lead_unit_id) as g, e.lead_unit_id::text as unit, t.tag, ${sumsOfDay}
    from e cross join lateral (select distinct x as tag from unnest(e.tags) x) t
    where e.tags <> '{}' group by grouping sets ((e.day, t.tag), (e.day, e.lead_unit_id, t.tag)))
  select day, turned, k.dim, case k.first when 'unit' then unit when 'sector' then sector when 'plan' then plan
      when 'batch' then batch else '' end as key,
    case k.second when 'sector' then sector when 'plan' then plan when 'batch' then batch else '' end as key2,
    case k.slice when 'grade' then grade when 'kind' then kind else '' end as slice, ${names(flowColumns)}
  from wide join (values (63, 'all', '', '', ''), (31, 'all', '', '', 'grade'), (47, 'all', '', '', 'kind'),
    (55, 'unit', 'unit', '', ''), (23, 'unit', 'unit', '', 'grade'), (39, 'unit', 'unit', '', 'kind'),
    (59, 'sector', 'sector', '', ''), (27, 'sector', 'sector', '', 'grade'), (43, 'sector', 'sector', '', 'kind'),
    (51, 'unitSector', 'unit', 'sector', ''), (61, 'plan', 'plan', '', ''), (62, 'batch', 'batch', '', ''),
    (53, 'unitPlan', 'unit', 'plan', ''), (54, 'unitBatch', 'unit', 'batch', '')) as k (g, dim, first, second, slice) using (g)
  where (k.slice <> 'grade' or grade = 'major') and (k.slice <> 'kind' or kind <> 'hazard')
    and (k.dim not in ('plan', 'unitPlan') or plan is not null) and (k.dim not in ('batch', 'unitBatch') or batch is not null)
  union all select day, turned, case g when 1 then 'tag' else 'unitTag' end, case g when 1 then tag else unit end,
    case g when 1 then '' else tag end, '', ${names(flowColumns)} from tagged`;

/** Sums up the turns of finished days, a year at a time. Pairs are asked about turns only. */
async function keepFlow(db: Queryable, jurisdiction: string, first: Day, to: Day): Promise<void> {
  const added = sql.raw(
    flowColumns.map((column) => `${column} = problem_flow.${column} + excluded.${column}`).join(', '),
  );
  for (let from = first; from <= to; from = `${yearOf(from) + 1}-01-01` as Day) {
    const newYearsEve = `${from.slice(0, 4)}-12-31` as Day;
    const last = newYearsEve < to ? newYearsEve : to;
    await sql`
      with c as materialized (${counted(jurisdiction, from, last)})
      insert into problem_flow (jurisdiction, dim, key, key2, slice, period, first_day, ${names(flowColumns)})
      select ${jurisdiction}, c.dim, c.key, c.key2, c.slice, t.period, t.first_day, ${sums(flowColumns, 'c')}
      from c cross join lateral (values ('d', c.day), ('m', date_trunc('month', c.day)::date),
        ('y', date_trunc('year', c.day)::date)) as t (period, first_day)
      where c.turned or (c.net <> 0 and c.key2 = '' and c.dim not in ('unitSector', 'unitPlan', 'unitBatch', 'unitTag'))
      group by c.dim, c.key, c.key2, c.slice, t.period, t.first_day
      on conflict (jurisdiction, dim, key, key2, slice, period, first_day) do update set ${added}`.execute(db);
  }
}

/**
 * Keeps the figures of finished days ready, up to the day before `today`: sums of turns by unit, sector and so on, and blocks
 * of the history from which any narrowing is counted. Figures are right without it; with it their cost does not grow with the
 * ledger. Bears being run again. Gives how many days were added.
 */
export function rollUpFigures(db: Queryable, jurisdiction: string, today: Day): Promise<number> {
  return transaction(db, async (within) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`problem_kept ${jurisdiction}`}))`.execute(within);
    const to = addDays(today, -1);
    const after = await keptTo(within, jurisdiction);
    if (after !== null && after >= to) return 0;
    const first = after === null ? await firstDay(within, jurisdiction) : addDays(after, 1);
    if (first === null || first > to) return 0;
    // The first time is long on a ledger that has grown large without it.
    await sql`set local statement_timeout = 0`.execute(within);
    await sql`set local work_mem = '256MB'`.execute(within);
    await keepFlow(within, jurisdiction, first, to);
    await keepCodes(within, jurisdiction, { after, to });
    await keepBlocks(within, jurisdiction, first, to);
    await sql`
      insert into problem_kept (jurisdiction, flow_day) values (${jurisdiction}, ${to})
      on conflict (jurisdiction) do update set flow_day = excluded.flow_day`.execute(within);
    return daysBetween(first, to) + 1;
  });
}

/** The day of the first thing that happened. */
async function firstDay(db: Queryable, jurisdiction: string): Promise<Day | null> {
  const found = await sql<{ day: Day | null }>`
    select least((select min(day) from problem_turn where jurisdiction = ${jurisdiction}),
      (select min(from_on) from problem_span where jurisdiction = ${jurisdiction})) as day`.execute(db);
  return found.rows[0]?.day ?? null;
}

/** Shortly after midnight: yesterday is over, and what happened on it and was open in its evening is written down. */
export const keepFigures: Duty = {
  name: 'keep-figures',
  word: '汇总前一日的问题数字',
  pattern: '20 0 * * *',
  about: (today) => today,
  run: async (act, day) => `备好 ${await rollUpFigures(act.db, act.actor.jurisdiction, day)} 天的数字`,
};

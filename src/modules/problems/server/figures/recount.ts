import { sql } from 'kysely';
import type { Day } from '../../../../kernel/day.ts';
import type { Difference } from '../../../../platform/act.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { flowColumns, flowSums, names, sums } from './dimensions.ts';
import { blocksFrom, lastDay, sharesOf } from './keep-blocks.ts';

type Differs = (where: Difference) => void;
const MOST = 200;
const zeroed = (of: string) => names(flowColumns.map((column) => `coalesce(${of}.${column}, 0)`));
const monthWord = (day: string): string => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月`;

/** Counts the kept figures anew from turns and spans, and tells where they differ. For `verify`. */
export async function recountFigures(db: Queryable, differs: Differs): Promise<void> {
  await recountFlow(db, differs);
  await recountBlocks(db, differs);
}

/** Sums of turns by unit, sector and altogether, for each kept month. */
async function recountFlow(db: Queryable, differs: Differs): Promise<void> {
  const found = await sql<{ jurisdiction: string; day: string }>`
    with marks as (
      select e.jurisdiction, e.day, e.lead_unit_id, e.sector, e.turn, e.late, e.at_grid, e.on_spot, e.passed, e.first, 0 as step
      from problem_turn e
      union all select jurisdiction, from_on, lead_unit_id, sector, 'span', false, false, false, null, null, 1 from problem_span
      union all select jurisdiction, to_on, lead_unit_id, sector, 'span', false, false, false, null, null, -1 from problem_span
        where to_on is not null),
    turns as (
      select e.jurisdiction, p.dim, p.key, date_trunc('month', e.day)::date as first_day, ${flowSums}, sum(e.step)::int as net
      from marks e join problem_kept k on k.jurisdiction = e.jurisdiction and e.day <= k.flow_day
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
    where (${zeroed('t')}) is distinct from (${zeroed('k')})
      or (${zeroed('t')}) is distinct from (${zeroed('d')})
    order by 1, 2 limit ${MOST}`.execute(db);
  for (const { jurisdiction, day } of found.rows)
    differs({
      jurisdiction,
      where: `${monthWord(day)}的问题统计`,
      says: '登记、销号等汇总数与流水重数的结果不符，态势图上的数字不可信。',
    });
}

/** Each block written anew from turns and spans, as it was written on its night. */
async function recountBlocks(db: Queryable, differs: Differs): Promise<void> {
  const kept = await sql<{ jurisdiction: string; what: 'stock' | 'flow'; first: Day; last: Day }>`
    select b.jurisdiction, b.what, min(b.first_day) as first, k.flow_day as last
    from problem_block b join problem_kept k using (jurisdiction) group by 1, 2, 4 order by 1, 2`.execute(db);
  for (const { jurisdiction, what, first, last } of kept.rows)
    for (const { blocks, from, before } of blocksFrom(jurisdiction, what, first, last)) {
      const found = await sql<{ day: Day }>`
        select distinct first_day as day from (select p.*, ${lastDay(what, last)} as to_day from (${blocks}) p) c
        full join (select p.what, b.first_day, b.to_day, p.share, p.body, p.more, p.serials from problem_block b
          left join problem_block_part p on p.jurisdiction = b.jurisdiction and p.what = any(${sharesOf[what]}::text[])
            and p.first_day = b.first_day
          where b.jurisdiction = ${jurisdiction} and b.what = ${what}
            and b.first_day >= ${from}::date and b.first_day < ${before}::date) b using (what, first_day, share)
        where (c.to_day, c.body, c.more, c.serials) is distinct from (b.to_day, b.body, b.more, b.serials)
        order by 1 limit ${MOST}`.execute(db);
      for (const { day } of found.rows)
        differs(
          what === 'stock'
            ? {
                jurisdiction,
                where: `${day}起的问题存量`,
                says: '备好的存量与问题历史重写的结果不符，态势图上的数字不可信。',
              }
            : {
                jurisdiction,
                where: `${monthWord(day)}的问题经过`,
                says: '备好的登记、销号等经过与流水重写的结果不符，态势图上的数字不可信。',
              },
        );
    }
}

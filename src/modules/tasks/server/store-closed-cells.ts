import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { keptFor } from './store-tally.ts';

/** Closed tasks of one sector in one stage; null where a task has none. */
export interface ClosedCell {
  readonly sector: string | null;
  readonly stageId: string | null;
  readonly closed: number;
}

interface Counted {
  stage: string;
  sector: string;
  closed: number;
}

/**
 * Closed tasks by sector and stage up to and including a day, from kept counts and from the closing days since the last
 * kept period: of a whole jurisdiction years, months and the running month; of the few units of a narrower scope, whose
 * cells are kept by year, years and the running year.
 */
export async function closedCells(
  db: Queryable,
  scope: Scope,
  filters: { readonly plan?: string },
  on: Day,
): Promise<readonly ClosedCell[]> {
  const codes = [...scope.jurisdictions];
  const { yearsBefore, monthsBefore } = await keptFor(db, codes, on);
  const own = scope.units === 'all' ? null : [...scope.units];
  const keptIn = (which: RawBuilder<unknown>, when: RawBuilder<unknown>) => sql`
    select c.stage_id as stage, c.sector, c.closed from task_tally c
    where c.jurisdiction = any(${codes}::text[]) and ${which} and ${when}
      and ((c.stage_id = '' and c.plan_id = ${filters.plan ?? ''})
        or (c.stage_id <> '' and ${filters.plan ? sql`c.plan_id = ${filters.plan}` : sql`c.plan_id <> ''`}))`;
  const years = sql`c.first_day < ${yearsBefore}::date`;
  const months = sql`c.first_day >= ${yearsBefore}::date and c.first_day < ${monthsBefore}::date`;
  const whole = (period: 'y' | 'm') => sql`c.unit_id = '' and c.period = ${period}`;
  const kept =
    own === null
      ? sql`${keptIn(whole('y'), years)} union all ${keptIn(whole('m'), months)}`
      : keptIn(sql`c.unit_id = any(${own}::text[]) and c.unit_id <> '' and c.period = 'y'`, years);
  const found = await sql<Counted & { kept: boolean }>`
    select true as kept, stage, sector, sum(closed)::int as closed from (${kept}) c group by 2, 3
    union all
    select false, coalesce(t.stage_id::text, ''), coalesce(t.sector, ''), count(*)::int from task t
    where t.jurisdiction = any(${codes}::text[]) and t.closed_on <= ${on}::date
      and t.closed_on >= ${own === null ? monthsBefore : yearsBefore}::date
      ${own === null ? sql`` : sql`and t.lead_unit_id = any(${own}::uuid[])`}
      ${filters.plan ? sql`and t.plan_id = ${filters.plan}::uuid` : sql``}
    group by t.stage_id, t.sector`.execute(db);
  return addUp([
    ...cellsOf(found.rows.filter((row) => row.kept)),
    ...found.rows.filter((row) => !row.kept).map(cellOf),
  ]);
}

const cellOf = (row: Counted): ClosedCell => ({
  sector: row.sector || null,
  stageId: row.stage || null,
  closed: row.closed,
});

/** The counts keep totals ('' stands for all), so what has no stage or no sector is what the parts leave over. */
function cellsOf(rows: readonly Counted[]): ClosedCell[] {
  const cells: ClosedCell[] = [];
  const named = rows.filter((row) => row.sector !== '');
  const sum = (some: readonly Counted[]): number => some.reduce((total, row) => total + row.closed, 0);
  for (const total of rows.filter((row) => row.sector === '' && row.stage !== '')) {
    const parts = named.filter((row) => row.stage === total.stage);
    cells.push(...parts.map(cellOf), { sector: null, stageId: total.stage, closed: total.closed - sum(parts) });
  }
  const staged = (sector: string | null): number =>
    cells.filter((cell) => cell.sector === sector).reduce((all, cell) => all + cell.closed, 0);
  const perSector = named.filter((row) => row.stage === '');
  const unstaged = perSector.map(
    (row): ClosedCell => ({ sector: row.sector, stageId: null, closed: row.closed - staged(row.sector) }),
  );
  const all = sum(rows.filter((row) => row.sector === '' && row.stage === ''));
  const rest = all - sum(perSector) - staged(null);
  return [...cells, ...unstaged, { sector: null, stageId: null, closed: rest }];
}

function addUp(cells: readonly ClosedCell[]): readonly ClosedCell[] {
  const sums = new Map<string, ClosedCell>();
  for (const cell of cells) {
    const key = `${cell.stageId}|${cell.sector}`;
    sums.set(key, { ...cell, closed: (sums.get(key)?.closed ?? 0) + cell.closed });
  }
  return [...sums.values()].filter((cell) => cell.closed > 0);
}

import { type RawBuilder, sql } from 'kysely';
import { type Day, yearOf } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';

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
 * Closed tasks by sector and stage up to and including a day. Over a whole jurisdiction from the kept counts (years,
 * months) and the closing days of the running month; for the few units of a narrower scope from their tasks.
 */
export async function closedCells(
  db: Queryable,
  scope: Scope,
  filters: { readonly plan?: string },
  on: Day,
): Promise<readonly ClosedCell[]> {
  const month = `${on.slice(0, 7)}-01`;
  const live = (from: RawBuilder<unknown>) => sql<Counted>`
    select coalesce(t.stage_id::text, '') as stage, coalesce(t.sector, '') as sector, count(*)::int as closed
    from task t
    where t.jurisdiction = any(${[...scope.jurisdictions]}::text[]) and t.closed_on <= ${on}::date ${from}
      ${filters.plan ? sql`and t.plan_id = ${filters.plan}::uuid` : sql``}
    group by 1, 2`;
  if (scope.units !== 'all') {
    const found = await live(sql`and t.lead_unit_id = any(${[...scope.units]}::uuid[])`).execute(db);
    return found.rows.map(cellOf);
  }
  const keptIn = (period: 'y' | 'm', when: RawBuilder<unknown>) => sql`
    select c.stage_id as stage, c.sector, c.closed from task_tally c
    where c.jurisdiction = any(${[...scope.jurisdictions]}::text[]) and c.unit_id = '' and c.period = ${period} and ${when}
      and ((c.stage_id = '' and c.plan_id = ${filters.plan ?? ''})
        or (c.stage_id <> '' and ${filters.plan ? sql`c.plan_id = ${filters.plan}` : sql`c.plan_id <> ''`}))`;
  const [kept, running] = await Promise.all([
    sql<Counted>`
      select stage, sector, sum(closed)::int as closed from (
        ${keptIn('y', sql`c.first_day < ${`${yearOf(on)}-01-01`}::date`)} union all
        ${keptIn('m', sql`c.first_day >= ${`${yearOf(on)}-01-01`}::date and c.first_day < ${month}::date`)}) c
      group by 1, 2`.execute(db),
    live(sql`and t.closed_on >= ${month}::date`).execute(db),
  ]);
  return addUp([...cellsOf(kept.rows), ...running.rows.map(cellOf)]);
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

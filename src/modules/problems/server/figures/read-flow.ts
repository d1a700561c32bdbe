import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day, earlier, later } from '../../../../kernel/day.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { stretchesOf } from '../../figures.ts';
import { type Flow, type FlowColumn, flowColumns, flowSums, names, type Slice, sums } from './dimensions.ts';
import { breakdownOf, conditionsOf, type FigureFilters, type Kept, keptFor } from './filters.ts';
import type { Way } from './read-stock.ts';
import { flowKeptTo } from './roll-up.ts';

type Sql = RawBuilder<unknown>;

export interface Flows {
  readonly all: Record<FlowColumn, number>;
  readonly units: Map<string, Record<FlowColumn, number>>;
  readonly sectors: Map<string, Record<FlowColumn, number>>;
}

const nothing = Object.fromEntries(flowColumns.map((column) => [column, 0])) as Flow;
export const noFlow = (): Record<FlowColumn, number> => ({ ...nothing });
const at = (cells: Map<string, Record<FlowColumn, number>>, key: string): Record<FlowColumn, number> => {
  const found = cells.get(key) ?? noFlow();
  cells.set(key, found);
  return found;
};
const add = (to: Record<FlowColumn, number>, row: Flow, sign: number): void => {
  for (const column of flowColumns) to[column] += sign * row[column];
};

/** Periods that cover the days, as a condition on the alias k. */
const within = (from: Day, to: Day, onlyDays = false): Sql =>
  onlyDays
    ? sql`(k.period = 'd' and k.first_day between ${from}::date and ${to}::date)`
    : sql`(${sql.join(
        stretchesOf(from, to).map(
          (one) =>
            sql`(k.period = ${one.period} and k.first_day >= ${one.from}::date and k.first_day < ${one.before}::date)`,
        ),
        sql` or `,
      )})`;

type KeptRow = Flow & { dim: string; key: string; slice: Slice; keyed: number };

const keysOf = (kept: Kept): string[] => [...kept.keys];

async function fromKept(
  db: Queryable,
  jurisdiction: string,
  kept: Kept,
  from: Day,
  to: Day,
  flows: Flows,
): Promise<void> {
  const [units, sectors] = [breakdownOf(kept, 'unit'), breakdownOf(kept, 'sector')];
  const own = sql`k.dim = ${kept.dim} and k.key = any(${keysOf(kept)}::text[])`;
  const part = (found: ReturnType<typeof breakdownOf>): Sql =>
    found === null
      ? sql`false`
      : found.keyed === null
        ? sql`k.dim = ${found.dim}`
        : sql`k.dim = ${found.dim} and ${sql.ref(`k.${found.keyed}`)} = any(${keysOf(kept)}::text[])`;
  // a pair is broken down by its other half
  const key = kept.dim === 'unit' ? sql`case when k.dim = 'unitSector' then k.key2 else k.key end` : sql`k.key`;
  const found = await sql<KeptRow>`
    select k.dim, ${key} as key, k.slice, ${sums(flowColumns, 'k')} from problem_flow k
    where k.jurisdiction = ${jurisdiction} and k.slice = any(${Object.keys(kept.slices)}::text[])
      and ((${own}) or (${part(units)}) or (${part(sectors)})) and ${within(from, to)}
    group by 1, 2, 3`.execute(db);
  for (const row of found.rows) {
    const sign = kept.slices[row.slice] ?? 0;
    if (row.dim === kept.dim) add(flows.all, row, sign);
    if (row.dim === 'unit' || (row.dim === 'unitSector' && kept.dim === 'sector'))
      add(at(flows.units, row.key), row, sign);
    if (row.dim === 'sector' || (row.dim === 'unitSector' && kept.dim === 'unit'))
      add(at(flows.sectors, row.key), row, sign);
  }
}

type LiveRow = Flow & { level: number; unit: string | null; sector: string | null };

const turnsWithin = (jurisdiction: string, where: readonly Sql[], from: Day, to: Day): Sql => sql`
  from problem_turn e where e.jurisdiction = ${jurisdiction} and e.day between ${from}::date and ${to}::date
    and e.turn in ('registered', 'rechecked', 'closed', 'withdrawn', 'merged', 'unfounded', 'reopened')
    ${where.length === 0 ? sql`` : sql`and ${sql.join([...where], sql` and `)}`}`;

async function fromTurns(
  db: Queryable,
  jurisdiction: string,
  where: readonly Sql[],
  from: Day,
  to: Day,
  flows: Flows,
): Promise<void> {
  const found = await sql<LiveRow>`
    select grouping(e.lead_unit_id, e.sector) as level, e.lead_unit_id as unit, e.sector, ${flowSums}
    ${turnsWithin(jurisdiction, where, from, to)}
    group by grouping sets ((), (e.lead_unit_id), (e.sector))`.execute(db);
  for (const row of found.rows) {
    const cell =
      row.level === 0b01
        ? at(flows.units, row.unit ?? '')
        : row.level === 0b10
          ? at(flows.sectors, row.sector ?? '')
          : flows.all;
    add(cell, row, 1);
  }
}

/** Up to which day the kept sums are used for a question; null: not at all. */
async function keptUpTo(
  db: Queryable,
  jurisdiction: string,
  kept: Kept | null,
  way: Way | undefined,
): Promise<Day | null> {
  return kept === null || way === 'spans' ? null : flowKeptTo(db, jurisdiction);
}

/**
 * What happened from one day to another, both included, as it was then: by unit and sector. Finished days come from kept
 * sums of years, months and days, the rest by index from the turns. `filters` are already within the scope.
 */
export async function flowBetween(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  from: Day,
  to: Day,
  way?: Way,
): Promise<Flows> {
  const flows: Flows = { all: noFlow(), units: new Map(), sectors: new Map() };
  const found = keptFor(filters);
  // plans, batches and tags are not broken down by unit
  const kept = found && breakdownOf(found, 'unit') ? found : null;
  const where = conditionsOf(filters, 'e');
  for (const jurisdiction of scope.jurisdictions) {
    const last = await keptUpTo(db, jurisdiction, kept, way);
    const until = last === null ? null : earlier(last, to);
    if (kept && until !== null && from <= until) await fromKept(db, jurisdiction, kept, from, until, flows);
    const rest = until === null || until < from ? from : later(from, addDays(until, 1));
    if (rest <= to) await fromTurns(db, jurisdiction, where, rest, to, flows);
  }
  return flows;
}

/** The same for single days (months where `monthly`): first day of the step → sums. */
export async function flowByDay(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  from: Day,
  to: Day,
  way?: Way,
): Promise<Map<Day, Record<FlowColumn, number>>> {
  const days = new Map<Day, Record<FlowColumn, number>>();
  const kept = keptFor(filters);
  const where = conditionsOf(filters, 'e');
  const on = (day: Day, row: Flow, sign: number): void => {
    const cell = days.get(day) ?? noFlow();
    days.set(day, cell);
    add(cell, row, sign);
  };
  for (const jurisdiction of scope.jurisdictions) {
    const last = await keptUpTo(db, jurisdiction, kept, way);
    const until = last === null ? null : earlier(last, to);
    if (kept && until !== null && from <= until) {
      const found = await sql<Flow & { day: Day; slice: Slice }>`
        select k.first_day as day, k.slice, ${names(flowColumns)} from problem_flow k
        where k.jurisdiction = ${jurisdiction} and k.dim = ${kept.dim} and k.key = any(${keysOf(kept)}::text[])
          and k.key2 = '' and k.slice = any(${Object.keys(kept.slices)}::text[]) and ${within(from, until, true)}`.execute(
        db,
      );
      for (const row of found.rows) on(row.day, row, kept.slices[row.slice] ?? 0);
    }
    const rest = until === null || until < from ? from : later(from, addDays(until, 1));
    if (rest <= to) {
      const found = await sql<Flow & { day: Day }>`
        select e.day, ${flowSums} ${turnsWithin(jurisdiction, where, rest, to)} group by e.day`.execute(db);
      for (const row of found.rows) on(row.day, row, 1);
    }
  }
  return days;
}

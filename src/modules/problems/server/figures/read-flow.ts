import { type RawBuilder, sql } from 'kysely';
import { addDays, addMonths, type Day, dateOf, earlier, later } from '../../../../kernel/day.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { type Stretch, stretchesOf } from '../../figures.ts';
import { type BlockHead, type Codes, type KeptDays, keptDays, overBlocks, partsOf } from './blocks.ts';
import { type Flow, type FlowColumn, flowColumns, flowSums, names, type Slice, sums } from './dimensions.ts';
import { type Asking, breakdownOf, conditionsOf, type FigureFilters, type Kept, keptFor, once } from './filters.ts';
import { holdAll } from './hold.ts';
import { monthOfBlock } from './keep-blocks.ts';
import { TURNS, turnCode } from './layout.ts';
import { looksFurther, sharesIn, sieveOf } from './scan.ts';
import { addTurn, addTurns, type ScannedFlow, scanFlow } from './scan-flow.ts';

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

/** Periods as a condition on the alias k. */
export const during = (stretches: readonly Stretch[]): Sql =>
  sql`(${sql.join(
    stretches.map(
      (one) =>
        sql`(k.period = ${one.period} and k.first_day >= ${one.from}::date and k.first_day < ${one.before}::date)`,
    ),
    sql` or `,
  )})`;

type KeptRow = Flow & { dim: string; key: string; slice: Slice };

const keysOf = (kept: Kept): string[] => [...kept.keys];

async function fromKept(
  db: Queryable,
  jurisdiction: string,
  kept: Kept,
  whole: readonly Stretch[],
  flows: Flows,
): Promise<void> {
  const [units, sectors] = [breakdownOf(kept, 'unit'), breakdownOf(kept, 'sector')];
  const keys = sql`${keysOf(kept)}::text[]`;
  const wanted = new Map<string, Sql>([[kept.dim, sql`k.key = any(${keys})`]]);
  for (const found of [units, sectors])
    if (found !== null && found.dim !== kept.dim)
      wanted.set(found.dim, found.keyed === null ? sql`true` : sql`${sql.ref(`k.${found.keyed}`)} = any(${keys})`);
  // a pair is broken down by its other half
  const key = kept.dim === 'unit' ? sql`case when k.dim = 'unitSector' then k.key2 else k.key end` : sql`k.key`;
  // each a stretch of the index over time
  const parts = [...wanted].flatMap(([dim, which]) =>
    Object.keys(kept.slices).flatMap((slice) =>
      whole.map(
        (one) => sql`select k.dim, ${key} as key, k.slice, ${names(flowColumns)} from problem_flow k
          where k.jurisdiction = ${jurisdiction} and k.dim = ${dim} and k.slice = ${slice} and k.period = ${one.period}
            and k.first_day >= ${one.from}::date and k.first_day < ${one.before}::date and ${which}`,
      ),
    ),
  );
  const found = await sql<KeptRow>`
    select k.dim, k.key, k.slice, ${sums(flowColumns, 'k')} from (${sql.join(parts, sql` union all `)}) k
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
    select grouping(e.lead_unit_id, e.sector) as level, e.lead_unit_id as unit, e.sector, ${flowSums}, 0 as net
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

const lastKept = async (db: Queryable, jurisdiction: string, asking: Asking): Promise<Day | null> =>
  (await keptDays(db, jurisdiction, asking))?.last ?? null;

/** Turns of days that are not finished: by day, by unit (neither null) and by sector. */
interface TailRow {
  readonly day: Day | null;
  readonly unit: string | null;
  readonly sector: string | null;
  readonly code: number;
  readonly n: number;
}

function tail(
  db: Queryable,
  jurisdiction: string,
  where: readonly Sql[],
  from: Day,
  to: Day,
  asking: Asking,
): Promise<readonly TailRow[]> {
  return once(asking, `tail ${jurisdiction} ${from} ${to}`, async () => {
    const found = await sql<TailRow>`
      select e.day, e.unit, e.sector, e.code, count(*)::int as n
      from (select e.day, e.lead_unit_id as unit, e.sector, ${turnCode} as code ${turnsWithin(jurisdiction, where, from, to)}) e
      group by grouping sets ((e.day, e.code), (e.unit, e.code), (e.sector, e.code))`.execute(db);
    return found.rows;
  });
}

/** Adds what is not finished: of the net, turns alone do not tell it. */
function addOfTail(to: Record<FlowColumn, number>, code: number, n: number): void {
  const { net } = to;
  addTurn(to, code, n);
  to.net = net;
}

interface Month {
  readonly firstDay: Day;
  readonly codes: Codes;
  readonly scanned: ScannedFlow;
}

/** What happened from day to day, month by month, out of the blocks of finished days. */
async function monthsOf(
  db: Queryable,
  jurisdiction: string,
  { heads, codes }: KeptDays,
  filters: FigureFilters,
  from: Day,
  to: Day,
): Promise<Month[]> {
  const sieve = sieveOf(filters, codes);
  const sizes = { unit: codes.valuesOf('unit').length, sector: codes.valuesOf('sector').length };
  const asked = JSON.stringify(filters);
  const wanted: { head: BlockHead; first: number; last: number; key: string }[] = [];
  for (let month = monthOfBlock(from); month <= to; month = addMonths(month, 1)) {
    const head = heads.flow.get(month);
    if (head === undefined) continue;
    const first = month < from ? dateOf(from) - 1 : 0;
    const last = addMonths(month, 1) > to ? dateOf(to) - 1 : 30;
    wanted.push({ head, first, last, key: `${head.stamp} ${first} ${last} ${asked}` });
  }
  const further = looksFurther(sieve);
  // whichever of the two is asked for
  const of = sieve.unit === undefined && sieve.sector !== undefined ? 'sector' : 'unit';
  const scanned = await holdAll(
    wanted.map(({ key }) => key),
    async (missing) => {
      const months = missing.flatMap((place) => wanted[place] ?? []);
      const parts = await partsOf(
        db,
        jurisdiction,
        of === 'sector' ? 'flowBySector' : 'flow',
        months.map(({ head }) => head),
        sharesIn(sieve, codes, of),
        further ? ['body', 'more'] : ['body'],
      );
      return months.map(({ first, last }, at) => scanFlow(of, parts[at] ?? [], further, first, last, sieve, sizes));
    },
    (found) => 4 * (found.units.length + found.sectors.length + found.days.length),
  );
  return wanted.flatMap(({ head: { firstDay } }, at) => {
    const month = scanned[at];
    return month === undefined ? [] : [{ firstDay, codes, scanned: month }];
  });
}

async function fromBlocks(
  db: Queryable,
  jurisdiction: string,
  filters: FigureFilters,
  from: Day,
  to: Day,
  flows: Flows,
  asking: Asking,
): Promise<void> {
  const groups = (cells: Flows['units'], counts: Int32Array, values: readonly string[]): void => {
    for (let code = 0; code * TURNS < counts.length; code += 1) {
      const sums = noFlow();
      if (addTurns(sums, counts, code * TURNS)) add(at(cells, values[code] ?? ''), sums, 1);
    }
  };
  const months = await overBlocks(db, jurisdiction, asking, (kept) =>
    monthsOf(db, jurisdiction, kept, filters, from, to),
  );
  for (const { codes, scanned } of months) {
    groups(flows.units, scanned.units, codes.valuesOf('unit'));
    groups(flows.sectors, scanned.sectors, codes.valuesOf('sector'));
    for (let day = 0; day < 31; day += 1) addTurns(flows.all, scanned.days, day * TURNS);
  }
}

/**
 * What happened from one day to another, both included, as it was then: by unit and sector. Finished days come from kept
 * sums of years, months and days, or under other narrowings from blocks of months; the rest by index from the turns. `filters`
 * are already within the scope. `net` is that of finished days.
 */
export async function flowBetween(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  from: Day,
  to: Day,
  asking: Asking = {},
): Promise<Flows> {
  const flows: Flows = { all: noFlow(), units: new Map(), sectors: new Map() };
  const found = keptFor(filters);
  // plans, batches and tags are not broken down by unit in what is summed up
  const kept = found && breakdownOf(found, 'unit') ? found : null;
  const where = conditionsOf(filters, 'e');
  for (const jurisdiction of scope.jurisdictions) {
    const last = await lastKept(db, jurisdiction, asking);
    const until = last === null ? null : earlier(last, to);
    if (until !== null && from <= until) {
      const whole = kept === null ? [] : stretchesOf(from, until).filter((one) => one.period !== 'd');
      const edges =
        kept === null
          ? [{ from, before: addDays(until, 1) }]
          : stretchesOf(from, until).filter((one) => one.period === 'd');
      await Promise.all([
        ...(kept !== null && whole.length > 0 ? [fromKept(db, jurisdiction, kept, whole, flows)] : []),
        ...edges.map((edge) =>
          fromBlocks(db, jurisdiction, filters, edge.from, addDays(edge.before, -1), flows, asking),
        ),
      ]);
    }
    const rest = until === null || until < from ? from : later(from, addDays(until, 1));
    if (rest > to) continue;
    if (last === null) await fromTurns(db, jurisdiction, where, rest, to, flows);
    else
      for (const { unit, sector, day, code, n } of await tail(db, jurisdiction, where, rest, to, asking))
        addOfTail(
          unit !== null ? at(flows.units, unit) : day !== null ? flows.all : at(flows.sectors, sector ?? ''),
          code,
          n,
        );
  }
  return flows;
}

export interface FlowDays {
  readonly days: Map<Day, Record<FlowColumn, number>>;
  /** Whether `net` is told: of finished days, and of the others after `addTail`. */
  readonly withNet: boolean;
  readonly addTail: () => Promise<void>;
}

/** The same for single days. */
export async function flowByDay(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  from: Day,
  to: Day,
  asking: Asking = {},
): Promise<FlowDays> {
  const days: FlowDays['days'] = new Map();
  const kept = keptFor(filters);
  const where = conditionsOf(filters, 'e');
  const on = (day: Day): Record<FlowColumn, number> => {
    const cell = days.get(day) ?? noFlow();
    days.set(day, cell);
    return cell;
  };
  let withNet = true;
  const tails: { readonly jurisdiction: string; readonly rest: Day }[] = [];
  for (const jurisdiction of scope.jurisdictions) {
    const last = await lastKept(db, jurisdiction, asking);
    const until = last === null ? null : earlier(last, to);
    if (until !== null && from <= until && kept) {
      const found = await sql<Flow & { day: Day; slice: Slice }>`
        select k.first_day as day, k.slice, ${names(flowColumns)} from problem_flow k
        where k.jurisdiction = ${jurisdiction} and k.dim = ${kept.dim} and k.key = any(${keysOf(kept)}::text[])
          and k.key2 = '' and k.slice = any(${Object.keys(kept.slices)}::text[]) and k.period = 'd' and k.first_day between ${from}::date and ${until}::date`.execute(
        db,
      );
      for (const row of found.rows) add(on(row.day), row, kept.slices[row.slice] ?? 0);
    } else if (until !== null && from <= until) {
      const months = await overBlocks(db, jurisdiction, asking, (of) =>
        monthsOf(db, jurisdiction, of, filters, from, until),
      );
      for (const { firstDay, scanned } of months)
        for (let day = 0; day < 31; day += 1) {
          const sums = noFlow();
          if (addTurns(sums, scanned.days, day * TURNS)) add(on(addDays(firstDay, day)), sums, 1);
        }
    }
    const rest = until === null || until < from ? from : later(from, addDays(until, 1));
    if (rest > to) continue;
    if (last === null) {
      withNet = false;
      const found = await sql<Flow & { day: Day }>`
        select e.day, ${flowSums}, 0 as net ${turnsWithin(jurisdiction, where, rest, to)} group by e.day`.execute(db);
      for (const row of found.rows) add(on(row.day), row, 1);
      continue;
    }
    for (const { day, code, n } of await tail(db, jurisdiction, where, rest, to, asking))
      if (day !== null) addOfTail(on(day), code, n);
    tails.push({ jurisdiction, rest });
  }
  const addTail = async (): Promise<void> => {
    for (const { jurisdiction, rest } of tails)
      for (const [day, net] of await netOfSpans(db, jurisdiction, filters, rest, to)) on(day).net += net;
  };
  return { days, withNet, addTail };
}

/** By how much each of these days moved the number of open ones. */
async function netOfSpans(
  db: Queryable,
  jurisdiction: string,
  filters: FigureFilters,
  from: Day,
  to: Day,
): Promise<[Day, number][]> {
  const where = conditionsOf(filters, 's');
  const more = where.length === 0 ? sql`` : sql`and ${sql.join(where, sql` and `)}`;
  const found = await sql<{ day: Day; net: number }>`
    select day, sum(n)::int as net from (
      select s.from_on as day, count(*) as n from problem_span s where s.jurisdiction = ${jurisdiction} and s.to_on is null
        and s.from_on between ${from}::date and ${to}::date ${more} group by 1
      union all select s.from_on, count(*) from problem_span s where s.jurisdiction = ${jurisdiction} and s.to_on is not null
        and s.from_on between ${from}::date and ${to}::date ${more} group by 1
      union all select s.to_on, -count(*) from problem_span s where s.jurisdiction = ${jurisdiction} and s.to_on is not null
        and s.to_on between ${from}::date and ${to}::date ${more} group by 1) d
    group by 1`.execute(db);
  return found.rows.map((row) => [row.day, row.net]);
}

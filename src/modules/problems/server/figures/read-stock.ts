import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day } from '../../../../kernel/day.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import {
  type Flow,
  names,
  SERIALS,
  type Slice,
  type StockColumn,
  type StockSums,
  stockColumns,
  stockSums,
} from './dimensions.ts';
import { breakdownOf, conditionsOf, type FigureFilters, type Kept, keptFor } from './filters.ts';
import { spansBegun, spansEnded, spansOpen } from './spans.ts';

type Sql = RawBuilder<unknown>;

/** Open problems of one group on the evening of a day. */
export interface StockCell {
  readonly sums: Record<StockColumn, number>;
  /** Of these the ones whose present run began before the cut. */
  old: number;
  /** Of the red ones the first: days of its deadline since 1970 × 2^38 + serial. */
  oldest: number | null;
}

export interface Stock {
  readonly all: StockCell;
  readonly units: Map<string, StockCell>;
  readonly sectors: Map<string, StockCell>;
  readonly sources: Map<string, StockCell>;
  readonly areas: Map<string, StockCell>;
}

const nothing = Object.fromEntries(stockColumns.map((column) => [column, 0])) as StockSums;
const emptyCell = (): StockCell => ({ sums: { ...nothing }, old: 0, oldest: null });
const emptyStock = (): Stock => ({
  all: emptyCell(),
  units: new Map(),
  sectors: new Map(),
  sources: new Map(),
  areas: new Map(),
});

const at = (cells: Map<string, StockCell>, key: string): StockCell => {
  const found = cells.get(key) ?? emptyCell();
  cells.set(key, found);
  return found;
};
const earliest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

type KeptRow = StockSums & {
  dim: string;
  key: string;
  key2: string;
  slice: Slice;
  oldest: number | null;
  opened: Record<string, number>;
};

/** Months that lie whole before the cut, which is the first of a month. */
const oldOf = (opened: Record<string, number>, cut: Day | null): number =>
  cut === null
    ? 0
    : Object.entries(opened).reduce((sum, [month, count]) => sum + (month < cut.slice(0, 7) ? count : 0), 0);

/** Which kept rows a question needs, over the alias k. */
function wanted(kept: Kept): Sql {
  const keys = [...kept.keys];
  const slices = Object.keys(kept.slices);
  const plain = sql`k.slice = any(${slices}::text[])`;
  if (kept.dim === 'unit')
    return sql`${plain} and (k.dim = 'unit' or k.dim = 'unitSector') and k.key = any(${keys}::text[])`;
  if (kept.dim === 'sector')
    return sql`${plain} and ((k.dim = 'sector' and k.key = any(${keys}::text[])) or (k.dim = 'unitSector' and k.key2 = any(${keys}::text[])))`;
  return sql`${plain} and k.dim in ('all', 'unit', 'sector', 'source', 'area')`;
}

/** Where the rows of a question belong: groups that they are added to. */
function groupsOf(stock: Stock, kept: Kept, row: KeptRow): StockCell[] {
  if (row.dim === 'unit')
    return kept.dim === 'unit' ? [stock.all, at(stock.units, row.key)] : [at(stock.units, row.key)];
  if (row.dim === 'sector')
    return kept.dim === 'sector' ? [stock.all, at(stock.sectors, row.key)] : [at(stock.sectors, row.key)];
  if (row.dim === 'unitSector') return [kept.dim === 'unit' ? at(stock.sectors, row.key2) : at(stock.units, row.key)];
  if (row.dim === 'source') return [at(stock.sources, row.key)];
  if (row.dim === 'area') return [at(stock.areas, row.key)];
  return [stock.all];
}

/** Is the morning of this day kept? An empty ledger's is not, and is counted as quickly. */
async function hasMorning(db: Queryable, jurisdiction: string, day: Day): Promise<boolean> {
  const found = await sql`select 1 from problem_stock where jurisdiction = ${jurisdiction} and day = ${day}::date
    and dim = 'all' and key = '' and key2 = '' and slice = ''`.execute(db);
  return found.rows.length > 0;
}

/** Groups whose first red problem of the morning ended during the day: it has to be looked for again. */
type Stale = Set<StockCell>;

async function addMorning(
  db: Queryable,
  jurisdiction: string,
  kept: Kept,
  day: Day,
  cut: Day | null,
  stock: Stock,
): Promise<void> {
  const found = await sql<KeptRow>`
    select k.dim, k.key, k.key2, k.slice, ${names(stockColumns)}, k.oldest, k.opened
    from problem_stock k where k.jurisdiction = ${jurisdiction} and k.day = ${day}::date and ${wanted(kept)}`.execute(
    db,
  );
  for (const row of found.rows) {
    const sign = kept.slices[row.slice] ?? 0;
    for (const cell of groupsOf(stock, kept, row)) {
      for (const column of stockColumns) cell.sums[column] += sign * row[column];
      cell.old += sign * oldOf(row.opened, cut);
      cell.oldest = earliest(cell.oldest, row.oldest);
    }
  }
}

/** The evening of a day: what its morning found, and what began and ended since. */
async function fromMorning(
  db: Queryable,
  jurisdiction: string,
  kept: Kept,
  where: readonly Sql[],
  day: Day,
  cut: Day | null,
  stock: Stock,
): Promise<Stale> {
  const mine = emptyStock();
  await addMorning(db, jurisdiction, kept, day, cut, mine);
  const morning = new Map(cellsOf(mine).map((cell) => [cell, cell.oldest]));
  const changed = sql`select -1 as w, x.* from (${spansEnded(jurisdiction, day, where)}) x
    union all select 1, x.* from (${spansBegun(jurisdiction, day, where)}) x`;
  const found = await sql<LiveRow & { w: number }>`
    with s as (${changed})
    select s.w, ${levels}, ${oldSum(cut)}, ${stockSums(day)} from s
    group by grouping sets ((s.w), (s.w, s.lead_unit_id), (s.w, s.sector), (s.w, s.source_type), (s.w, s.area_code))`.execute(
    db,
  );
  const gone = new Map<StockCell, number>();
  for (const row of found.rows) {
    const cell = cellAt(mine, row);
    for (const column of stockColumns) cell.sums[column] += row.w * row[column];
    cell.old += row.w * row.old;
    if (row.oldest === null) continue;
    if (row.w === -1) gone.set(cell, row.oldest);
    else cell.oldest = earliest(cell.oldest, row.oldest);
  }
  const simple = Object.values(kept.slices).every((sign) => sign === 1);
  const stale: Stale = new Set();
  for (const cell of cellsOf(mine))
    if (!simple || (gone.has(cell) && gone.get(cell) === morning.get(cell) && cell.oldest === gone.get(cell)))
      stale.add(cell);
  return merge(stock, mine, stale);
}

const cellsOf = (stock: Stock): StockCell[] => [stock.all, ...stock.units.values(), ...stock.sectors.values()];

/** Adds one government's stock to the whole; gives the cells of the whole that are stale. */
function merge(stock: Stock, part: Stock, stale: Stale): Stale {
  const told: Stale = new Set();
  const add = (to: StockCell, from: StockCell): void => {
    for (const column of stockColumns) to.sums[column] += from.sums[column];
    to.old += from.old;
    to.oldest = earliest(to.oldest, from.oldest);
    if (stale.has(from)) told.add(to);
  };
  add(stock.all, part.all);
  for (const group of ['units', 'sectors', 'sources', 'areas'] as const)
    for (const [key, cell] of part[group]) add(at(stock[group], key), cell);
  return told;
}

/** Looks for the first red problem of units anew, among all that were open on the evening. */
async function mendOldest(
  db: Queryable,
  jurisdiction: string,
  where: readonly Sql[],
  day: Day,
  running: boolean,
  stock: Stock,
  stale: Stale,
): Promise<void> {
  const units = [...stock.units].filter(([, cell]) => stale.has(cell)).map(([unit]) => unit);
  for (const cell of stale) cell.oldest = null;
  const sought = units.filter((unit) => (stock.units.get(unit)?.sums.red ?? 0) > 0);
  if (sought.length === 0) return;
  const value = sql`(s.due_on - date '1970-01-01') * ${SERIALS}::bigint + s.serial`;
  const late = sql`s.state <> 'disputed' and s.state <> 'planned' and s.due_on < ${day}::date`;
  const more = where.length === 0 ? sql`` : sql`and ${sql.join([...where], sql` and `)}`;
  const found = running
    ? await sql<{ unit: string; oldest: number }>`
      select u.unit, f.oldest from unnest(${sought}::uuid[]) as u (unit)
      cross join lateral (select ${value} as oldest from problem_span s
        where s.jurisdiction = ${jurisdiction} and s.lead_unit_id = u.unit and s.to_on is null and ${late} ${more}
        order by s.due_on, s.serial limit 1) f`.execute(db)
    : await sql<{ unit: string; oldest: number }>`
      select s.lead_unit_id as unit, min(${value}) as oldest
      from (${spansOpen(jurisdiction, day, [...where, sql`s.lead_unit_id = any(${sought}::uuid[])`])}) s
      where ${late} group by 1`.execute(db);
  for (const row of found.rows) at(stock.units, row.unit).oldest = row.oldest;
}

type LiveRow = StockSums & {
  level: number;
  unit: string | null;
  sector: string | null;
  source: string | null;
  area: string | null;
  old: number;
  oldest: number | null;
};

const levels = sql`grouping(s.lead_unit_id, s.sector, s.source_type, s.area_code) as level, s.lead_unit_id as unit, s.sector,
  s.source_type as source, s.area_code as area`;
const oldSum = (cut: Day | null): Sql =>
  cut === null ? sql`0 as old` : sql`(count(*) filter (where s.opened_on < ${cut}::date))::int as old`;

/** The group of a row; grouping() gives one bit per column left out. */
function cellAt(stock: Stock, row: LiveRow): StockCell {
  switch (row.level) {
    case 0b0111:
      return at(stock.units, row.unit ?? '');
    case 0b1011:
      return at(stock.sectors, row.sector ?? '');
    case 0b1101:
      return at(stock.sources, row.source ?? '');
    case 0b1110:
      return at(stock.areas, row.area ?? '');
    default:
      return stock.all;
  }
}

/** Counted from the spans themselves. */
async function fromSpans(
  db: Queryable,
  jurisdiction: string,
  where: readonly Sql[],
  day: Day,
  cut: Day | null,
  stock: Stock,
): Promise<void> {
  const found = await sql<LiveRow>`
    with s as (${spansOpen(jurisdiction, day, where)})
    select ${levels}, ${oldSum(cut)}, ${stockSums(day)}
    from s group by grouping sets ((), (s.lead_unit_id), (s.sector), (s.source_type), (s.area_code))`.execute(db);
  for (const row of found.rows) {
    const cell = cellAt(stock, row);
    for (const column of stockColumns) cell.sums[column] += row[column];
    cell.old += row.old;
    cell.oldest = earliest(cell.oldest, row.oldest);
  }
}

/** How the answer is found; changes the time, never the answer. For tests. */
export type Way = 'kept' | 'spans';

/**
 * Open problems on the evening of a day (as of now for today), with the lamps and ages of that day, by unit, sector, source and
 * area. Cost depends on what is open, or on what changed on that day where its morning is kept; never on what was closed.
 * `filters` are already within the scope.
 */
export async function stockAsOf(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  day: Day,
  today: Day,
  options: { readonly way?: Way; readonly cut?: Day } = {},
): Promise<Stock> {
  const stock = emptyStock();
  const cut = options.cut ?? null;
  const found = keptFor(filters);
  // kept mornings tell by the month when runs began
  const monthly = cut === null || cut.endsWith('-01');
  const kept = found && monthly && breakdownOf(found, 'unit') && options.way !== 'spans' ? found : null;
  const where = conditionsOf(filters, 's');
  for (const jurisdiction of scope.jurisdictions) {
    if (kept && (await hasMorning(db, jurisdiction, day))) {
      const stale = await fromMorning(db, jurisdiction, kept, where, day, cut, stock);
      await mendOldest(db, jurisdiction, where, day, day === today, stock, stale);
    } else await fromSpans(db, jurisdiction, where, day, cut, stock);
  }
  for (const cells of [stock.units, stock.sectors, stock.sources, stock.areas])
    for (const [key, cell] of cells) if (cell.sums.open === 0) cells.delete(key);
  if (filters.leadUnit?.length || filters.sector?.length) {
    // such combinations are not kept; whichever way was taken, the answer is the same
    stock.sources.clear();
    stock.areas.clear();
  }
  return stock;
}

/** What the morning of a day found open, by unit and sector: the stock before that day. Lamps and ages are of that day. */
export async function stockBefore(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  day: Day,
  way?: Way,
): Promise<Stock> {
  const stock = emptyStock();
  const found = keptFor(filters);
  const kept = found && breakdownOf(found, 'unit') && way !== 'spans' ? found : null;
  for (const jurisdiction of scope.jurisdictions)
    if (kept && (await hasMorning(db, jurisdiction, day))) await addMorning(db, jurisdiction, kept, day, null, stock);
    else await fromSpans(db, jurisdiction, conditionsOf(filters, 's'), addDays(day, -1), null, stock);
  return stock;
}

/**
 * Open counts on the evenings of days before `on`, oldest first; null for a day that is not kept. For all problems, a plan or a
 * batch, which no problem leaves while it is open, they follow from the count on `on` and the turns since; else from mornings;
 * from spans where no morning was ever kept. `patient`: combinations that are not kept are counted from spans too, which takes
 * long on a large ledger.
 */
export async function openByDay(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  days: readonly Day[],
  on: { readonly day: Day; readonly open: number },
  turns: ReadonlyMap<Day, Flow>,
  patient = false,
): Promise<(number | null)[]> {
  const kept = keptFor(filters);
  const plain = kept !== null && Object.keys(kept.slices).length === 1 && kept.slices[''] === 1;
  const [first] = days;
  if (first === undefined) return [];
  if (kept && plain && ['all', 'plan', 'batch'].includes(kept.dim)) {
    const evenings = new Map<Day, number>();
    let open = on.open;
    for (let one = on.day; one > first; one = addDays(one, -1)) {
      const flow = turns.get(one);
      if (flow) open -= flow.registered + flow.reopened - flow.closed - flow.other_end;
      evenings.set(addDays(one, -1), open);
    }
    return days.map((one) => evenings.get(one) ?? null);
  }
  const sums = new Map<Day, number>();
  const missing = new Set<Day>();
  for (const jurisdiction of scope.jurisdictions) {
    const ever = await everKept(db, jurisdiction);
    const known = ever && plain && kept ? await fromMornings(db, jurisdiction, kept, days) : null;
    const found =
      known ??
      (ever && !patient
        ? new Map<Day, number>()
        : await eveningsOfSpans(db, jurisdiction, conditionsOf(filters, 's'), days));
    for (const one of days) {
      const open = found.get(one);
      if (open === undefined) missing.add(one);
      else sums.set(one, (sums.get(one) ?? 0) + open);
    }
  }
  return days.map((one) => (missing.has(one) ? null : (sums.get(one) ?? 0)));
}

/** Was any morning ever kept? Where none was, the ledger is new or small. */
const everKept = async (db: Queryable, jurisdiction: string): Promise<boolean> =>
  (await sql`select 1 from problem_stock where jurisdiction = ${jurisdiction} limit 1`.execute(db)).rows.length > 0;

/** The evening of a day is the morning after it, as far as counts of open ones go. */
async function fromMornings(
  db: Queryable,
  jurisdiction: string,
  kept: Kept,
  days: readonly Day[],
): Promise<Map<Day, number>> {
  const found = await sql<{ day: Day; open: number }>`
    select m.day, coalesce(sum(k.open), 0)::int as open from problem_stock m
    left join problem_stock k on k.jurisdiction = m.jurisdiction and k.day = m.day and k.dim = ${kept.dim}
      and k.key = any(${[...kept.keys]}::text[]) and k.key2 = '' and k.slice = ''
    where m.jurisdiction = ${jurisdiction} and m.dim = 'all' and m.key = '' and m.key2 = '' and m.slice = ''
      and m.day = any(${days.map((one) => addDays(one, 1))}::date[])
    group by m.day`.execute(db);
  return new Map(found.rows.map((row) => [addDays(row.day, -1), row.open]));
}

async function eveningsOfSpans(
  db: Queryable,
  jurisdiction: string,
  where: readonly Sql[],
  days: readonly Day[],
): Promise<Map<Day, number>> {
  const more = where.length === 0 ? sql`` : sql`and ${sql.join([...where], sql` and `)}`;
  const [first, last] = [days[0], days.at(-1)];
  const found = await sql<{ day: Day; open: number }>`
    select d.day, count(s.from_on)::int as open from unnest(${[...days]}::date[]) as d (day)
    left join (select s.from_on, s.to_on from problem_span s
        where s.jurisdiction = ${jurisdiction} and s.to_on is null and s.from_on <= ${last}::date ${more}
      union all select s.from_on, s.to_on from problem_span s
        where s.to_on is not null and s.days && int8range(span_day(${jurisdiction}, ${first}::date),
          span_day(${jurisdiction}, ${last}::date), '[]') ${more}) s
      on s.from_on <= d.day and (s.to_on is null or s.to_on > d.day)
    group by 1`.execute(db);
  return new Map(found.rows.map((row) => [row.day, row.open]));
}

import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day } from '../../../../kernel/day.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import {
  names,
  placesOf,
  SERIALS,
  type Slice,
  type StockColumn,
  type StockSums,
  slicesOf,
  stockColumns,
  stockSums,
} from './dimensions.ts';
import { conditionsOf, type FigureFilters, type Kept, keptFor } from './filters.ts';
import { spansBegun, spansEnded, spansOpen } from './spans.ts';

type Sql = RawBuilder<unknown>;

/** Open problems of one group on the evening of a day. */
export interface StockCell {
  readonly sums: Record<StockColumn, number>;
  /** Months (YYYY-MM) in which their present run began. */
  readonly opened: Map<string, number>;
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
const emptyCell = (): StockCell => ({ sums: { ...nothing }, opened: new Map(), oldest: null });
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
const openedAdd = (cell: StockCell, month: string, count: number): void => {
  cell.opened.set(month, (cell.opened.get(month) ?? 0) + count);
};
const earliest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

type Row = StockSums & {
  dim: string;
  key: string;
  key2: string;
  slice: Slice;
  /** 0: as the morning found them; 1: begun during the day; -1: ended during it. */
  w: number;
  oldest: number | null;
  opened: Record<string, number> | null;
  month: string | null;
};

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
function groupsOf(stock: Stock, kept: Kept, row: Row): StockCell[] {
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

/** The evening of a day: what its morning found, and what began and ended since. */
async function fromMorning(
  db: Queryable,
  jurisdiction: string,
  kept: Kept,
  where: readonly Sql[],
  day: Day,
  stock: Stock,
): Promise<Stale> {
  const changed = sql`
    select s.w, p.dim, p.key, p.key2, z.slice, to_char(s.opened_on, 'YYYY-MM') as month, ${stockSums(day)}
    from (select -1 as w, x.* from (${spansEnded(jurisdiction, day, where)}) x
      union all select 1, x.* from (${spansBegun(jurisdiction, day, where)}) x) s
    cross join lateral ${placesOf('s', false)} cross join lateral ${slicesOf('s')}
    where p.key is not null and z.holds group by 1, 2, 3, 4, 5, 6`;
  const found = await sql<Row>`
    select 0 as w, k.dim, k.key, k.key2, k.slice, null as month, ${names(stockColumns)}, k.oldest, k.opened
    from problem_stock k where k.jurisdiction = ${jurisdiction} and k.day = ${day}::date and ${wanted(kept)}
    union all
    select k.w, k.dim, k.key, k.key2, k.slice, k.month, ${names(stockColumns)}, k.oldest, null
    from (${changed}) k where ${wanted(kept)}`.execute(db);
  const morning = new Map<StockCell, number>();
  const gone = new Map<StockCell, number>();
  const simple = Object.values(kept.slices).every((sign) => sign === 1);
  for (const row of found.rows) {
    const sign = (kept.slices[row.slice] ?? 0) * (row.w === -1 ? -1 : 1);
    for (const cell of groupsOf(stock, kept, row)) {
      for (const column of stockColumns) cell.sums[column] += sign * row[column];
      if (row.month !== null) openedAdd(cell, row.month, sign * row.open);
      for (const [month, count] of Object.entries(row.opened ?? {})) openedAdd(cell, month, sign * count);
      if (row.oldest === null) continue;
      if (row.w === -1) gone.set(cell, earliest(gone.get(cell) ?? null, row.oldest) ?? row.oldest);
      else {
        if (row.w === 0) morning.set(cell, earliest(morning.get(cell) ?? null, row.oldest) ?? row.oldest);
        cell.oldest = earliest(cell.oldest, row.oldest);
      }
    }
  }
  const stale: Stale = new Set();
  for (const cell of [stock.all, ...stock.units.values(), ...stock.sectors.values()])
    if (!simple || (gone.has(cell) && gone.get(cell) === morning.get(cell) && cell.oldest === gone.get(cell)))
      stale.add(cell);
  return stale;
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
  month: string | null;
  oldest: number | null;
};

/** Counted from the spans themselves. `alone`: only what no kept sums answer; sources and areas where nothing is narrowed. */
async function fromSpans(
  db: Queryable,
  jurisdiction: string,
  where: readonly Sql[],
  day: Day,
  stock: Stock,
): Promise<void> {
  const found = await sql<LiveRow>`
    with s as materialized (${spansOpen(jurisdiction, day, where)})
    select grouping(s.lead_unit_id, s.sector, s.source_type, s.area_code) as level, s.lead_unit_id as unit, s.sector,
      s.source_type as source, s.area_code as area, null as month, ${stockSums(day)}
    from s group by grouping sets ((), (s.lead_unit_id), (s.sector), (s.source_type), (s.area_code))
    union all
    select 16 + grouping(s.lead_unit_id, s.sector), s.lead_unit_id, s.sector, null, null, to_char(s.opened_on, 'YYYY-MM'),
      count(*)::int, ${sql.raw(
        stockColumns
          .slice(1)
          .map(() => '0')
          .join(', '),
      )}, null::bigint
    from s group by grouping sets ((to_char(s.opened_on, 'YYYY-MM')), (s.lead_unit_id, to_char(s.opened_on, 'YYYY-MM')),
      (s.sector, to_char(s.opened_on, 'YYYY-MM')))`.execute(db);
  const cellOf = (row: LiveRow): StockCell => {
    // grouping() gives one bit per column left out
    switch (row.level) {
      case 0b0111:
      case 16 + 0b01:
        return at(stock.units, row.unit ?? '');
      case 0b1011:
      case 16 + 0b10:
        return at(stock.sectors, row.sector ?? '');
      case 0b1101:
        return at(stock.sources, row.source ?? '');
      case 0b1110:
        return at(stock.areas, row.area ?? '');
      default:
        return stock.all;
    }
  };
  for (const row of found.rows) {
    const cell = cellOf(row);
    if (row.month !== null) openedAdd(cell, row.month, row.open);
    else {
      for (const column of stockColumns) cell.sums[column] += row[column];
      cell.oldest = earliest(cell.oldest, row.oldest);
    }
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
  options: { readonly way?: Way; readonly openedBefore?: Day } = {},
): Promise<Stock> {
  const stock = emptyStock();
  const found = keptFor(filters);
  const kept =
    found && (found.dim === 'all' || found.dim === 'unit' || found.dim === 'sector') && !options.openedBefore
      ? found
      : null;
  const where = [
    ...conditionsOf(filters, 's'),
    ...(options.openedBefore ? [sql`s.opened_on < ${options.openedBefore}::date`] : []),
  ];
  for (const jurisdiction of scope.jurisdictions) {
    if (kept && options.way !== 'spans' && (await hasMorning(db, jurisdiction, day))) {
      const stale = await fromMorning(db, jurisdiction, kept, where, day, stock);
      await mendOldest(db, jurisdiction, where, day, day === today, stock, stale);
    } else await fromSpans(db, jurisdiction, where, day, stock);
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

/** Open counts on the evenings of days, oldest first; from mornings where they are kept, from spans where not. */
export async function openByDay(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  days: readonly Day[],
  today: Day,
): Promise<number[] | null> {
  const kept = keptFor(filters);
  if (!kept || Object.values(kept.slices).some((sign) => sign !== 1) || !('' in kept.slices)) {
    if (days.length > 120) return null;
  }
  const open = new Map<Day, number>(days.map((one) => [one, 0]));
  for (const jurisdiction of scope.jurisdictions) {
    // the evening of a day is the morning after it, as far as counts of open ones go
    const mornings = new Map<Day, number>();
    if (kept && '' in kept.slices && Object.keys(kept.slices).length === 1) {
      const found = await sql<{ day: Day; open: number }>`
        select m.day, coalesce(sum(k.open), 0)::int as open from problem_stock m
        left join problem_stock k on k.jurisdiction = m.jurisdiction and k.day = m.day and k.dim = ${kept.dim}
          and k.key = any(${[...kept.keys]}::text[]) and k.key2 = '' and k.slice = ''
        where m.jurisdiction = ${jurisdiction} and m.dim = 'all' and m.key = '' and m.key2 = '' and m.slice = ''
          and m.day = any(${days.map((one) => addDays(one, 1))}::date[])
        group by m.day`.execute(db);
      for (const row of found.rows) mornings.set(addDays(row.day, -1), row.open);
    }
    const missing = days.filter((one) => !mornings.has(one));
    if (missing.length > 0) {
      const where = conditionsOf(filters, 's');
      const more = where.length === 0 ? sql`` : sql`and ${sql.join(where, sql` and `)}`;
      const [first, last] = [missing[0] ?? today, missing.at(-1) ?? today];
      const found = await sql<{ day: Day; open: number }>`
        select d.day, count(*)::int as open from unnest(${missing}::date[]) as d (day)
        join (select s.from_on, s.to_on from problem_span s
            where s.jurisdiction = ${jurisdiction} and s.to_on is null and s.from_on <= ${last}::date ${more}
          union all select s.from_on, s.to_on from problem_span s
            where s.to_on is not null and s.days && int8range(span_day(${jurisdiction}, ${first}::date),
              span_day(${jurisdiction}, ${last}::date), '[]') ${more}) s
          on s.from_on <= d.day and (s.to_on is null or s.to_on > d.day)
        group by 1`.execute(db);
      for (const row of found.rows) mornings.set(row.day, row.open);
    }
    for (const [one, count] of mornings) open.set(one, (open.get(one) ?? 0) + count);
  }
  return days.map((one) => open.get(one) ?? 0);
}

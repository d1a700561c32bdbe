import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day, daysBetween, earlier } from '../../../../kernel/day.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { type BlockHead, type Codes, type KeptDays, keptDays, overBlocks, partsOf, serialsAt } from './blocks.ts';
import { SERIALS, type StockColumn, type StockSums, stockColumns, stockSums } from './dimensions.ts';
import { type Asking, conditionsOf, type FigureFilters } from './filters.ts';
import { hold } from './hold.ts';
import { stockBlockOf } from './keep-blocks.ts';
import { stateCode, stockRow, three } from './layout.ts';
import type { FlowDays, Flows } from './read-flow.ts';
import { looksFurther, type Sieve, sharesIn, sieveOf } from './scan.ts';
import { type Counts, type ScannedStock, scanStock } from './scan-stock.ts';
import { spansBegun, spansEnded, spansOpen } from './spans.ts';

type Sql = RawBuilder<unknown>;

/** How many were open on an evening: altogether, by unit and by sector. */
export interface Opened {
  readonly open: number;
  readonly units: ReadonlyMap<string, number>;
  readonly sectors: ReadonlyMap<string, number>;
}

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
  /** The last kept evening up to the day, and what was open then; null where nothing is kept, or of several governments. */
  kept: (Opened & { readonly day: Day }) | null;
  readonly units: Map<string, StockCell>;
  readonly sectors: Map<string, StockCell>;
  readonly sources: Map<string, StockCell>;
  readonly areas: Map<string, StockCell>;
}

const nothing = Object.fromEntries(stockColumns.map((column) => [column, 0])) as StockSums;
const emptyCell = (): StockCell => ({ sums: { ...nothing }, old: 0, oldest: null });
const emptyStock = (): Stock => ({
  all: emptyCell(),
  kept: null,
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

/** Groups whose first red problem has ended since the last kept evening: it has to be looked for again. */
type Stale = Set<StockCell>;

/** Days since 1970. */
export const dayNumber = (day: Day): number => daysBetween('1970-01-01' as Day, day);

/** A kept evening: the block that it lies in, if anything was open, and what the block's codes stand for. */
export interface KeptEvening {
  readonly head: BlockHead | null;
  readonly evening: number;
  readonly codes: Codes;
  readonly sieve: Sieve;
}

export function keptEvening({ heads, codes }: KeptDays, filters: FigureFilters, day: Day): KeptEvening {
  const begin = stockBlockOf(day);
  const head = heads.stock.get(begin) ?? null;
  return { head, evening: daysBetween(begin, day), codes, sieve: sieveOf(filters, codes) };
}

/** The open ones of a kept evening, with the lamps of the day `on`. */
async function addKept(
  db: Queryable,
  jurisdiction: string,
  filters: FigureFilters,
  { head, evening, codes, sieve }: KeptEvening,
  on: Day,
  cut: Day | null,
  oldest: boolean,
  stock: Stock,
): Promise<void> {
  if (head === null) return;
  const scanned = await hold(
    `${head.stamp} ${evening} ${on} ${cut ?? ''} ${JSON.stringify(filters)}`,
    async () => {
      const further = looksFurther(sieve);
      const columns = further ? (['body', 'more'] as const) : (['body'] as const);
      const [parts = []] = await partsOf(db, jurisdiction, 'stock', [head], sharesIn(sieve, codes), columns);
      const size = (kind: 'unit' | 'sector' | 'source' | 'area'): number => codes.valuesOf(kind).length;
      const sizes = { unit: size('unit'), sector: size('sector'), source: size('source'), area: size('area') };
      const since = cut === null ? null : dayNumber(cut);
      const found = scanStock(parts, further, evening, dayNumber(on), since, sieve, sizes);
      const late = parts.flatMap(({ share: unit, body }) => {
        const row = found.units.first[unit] ?? -1;
        return row === -1 ? [] : [{ unit, row, count: 1, due: three(body, row * stockRow.width + stockRow.due) }];
      });
      return { found, late, serials: null as Promise<number[][]> | null };
    },
    ({ found }) => 40 * (found.units.open.length + found.sectors.open.length) + 2000,
  );
  addScanned(stock, scanned.found, codes);
  if (!oldest) return;
  scanned.serials ??= serialsAt(db, jurisdiction, head, scanned.late).catch((error) => {
    scanned.serials = null;
    throw error;
  });
  const serials = await scanned.serials;
  for (const [index, { unit, due }] of scanned.late.entries()) {
    const cell = at(stock.units, codes.valuesOf('unit')[unit] ?? '');
    cell.oldest = earliest(cell.oldest, due * SERIALS + (serials[index]?.[0] ?? 0));
  }
}

function addScanned(stock: Stock, found: ScannedStock, codes: Codes): void {
  for (const column of stockColumns) stock.all.sums[column] += found.all[column];
  stock.all.old += found.old;
  const groups = (cells: Map<string, StockCell>, kind: 'unit' | 'sector', counts: Counts): void => {
    for (const [code, open] of counts.open.entries()) {
      if (open === 0) continue;
      const cell = at(cells, codes.valuesOf(kind)[code] ?? '');
      cell.sums.open += open;
      for (const column of ['red', 'amber', 'grey', 'major'] as const) cell.sums[column] += counts[column][code] ?? 0;
      cell.old += counts.old[code] ?? 0;
    }
  };
  groups(stock.units, 'unit', found.units);
  groups(stock.sectors, 'sector', found.sectors);
  for (const [cells, kind, counts] of [
    [stock.sources, 'source', found.sources],
    [stock.areas, 'area', found.areas],
  ] as const)
    for (const [code, open] of counts.entries())
      if (open > 0) at(cells, codes.valuesOf(kind)[code] ?? '').sums.open += open;
}

const openedOf = ({ all, units, sectors }: Stock): Opened => {
  const opens = (cells: Stock['units']) => new Map([...cells].map(([key, cell]) => [key, cell.sums.open]));
  return { open: all.sums.open, units: opens(units), sectors: opens(sectors) };
};

/** The evening of a day: what the last kept one before it found, and what came and went since. */
async function fromBlocks(
  db: Queryable,
  jurisdiction: string,
  kept: KeptDays,
  filters: FigureFilters,
  last: Day,
  day: Day,
  { cut = null, oldest = false }: { readonly cut?: Day | null; readonly oldest?: boolean },
): Promise<{ mine: Stock; stale: Stale }> {
  const mine = emptyStock();
  const stale: Stale = new Set();
  const add = (): Promise<void> =>
    addKept(db, jurisdiction, filters, keptEvening(kept, filters, earlier(last, day)), day, cut, oldest, mine);
  if (day <= last) {
    await add();
    mine.kept = { day, ...openedOf(mine) };
    return { mine, stale };
  }
  const [, found] = await Promise.all([add(), movedSince(db, jurisdiction, filters, last, day, cut, oldest)]);
  mine.kept = { day: last, ...openedOf(mine) };
  const known = new Map([...mine.units.values()].map((cell) => [cell, cell.oldest]));
  const gone = new Map<StockCell, number>();
  for (const row of found) {
    if (row.level === LEVELS.all) {
      addMarks(mine.all, row.marks ?? 0, row.w * row.n);
      continue;
    }
    const cell = groupOf(mine, row);
    cell.sums.open += row.w * row.n;
    if (row.lamp !== null) {
      const lamp = lamps[row.lamp >> 1];
      if (lamp) cell.sums[lamp] += row.w * row.n;
      if ((row.lamp & 1) === 1) cell.old += row.w * row.n;
    }
    if (row.oldest === null || row.level !== LEVELS.unit) continue;
    if (row.w === -1) gone.set(cell, earliest(gone.get(cell) ?? null, row.oldest) ?? row.oldest);
    else cell.oldest = earliest(cell.oldest, row.oldest);
  }
  for (const cell of mine.units.values())
    if (gone.has(cell) && gone.get(cell) === known.get(cell) && cell.oldest === gone.get(cell)) stale.add(cell);
  return { mine, stale };
}

interface MovedRow {
  readonly w: 1 | -1;
  readonly level: number;
  readonly unit: string | null;
  readonly sector: string | null;
  readonly source: string | null;
  readonly area: string | null;
  /** lamp × 2 + old; of units and sectors. */
  readonly lamp: number | null;
  /** ((lamp × 2 + old) × 6 + state) × 20 + age × 4 + major × 2 + listed; of all. */
  readonly marks: number | null;
  readonly n: number;
  readonly oldest: number | null;
}

/** Bits of grouping(): one for each of unit, sector, source, area and marks that was left out. */
const LEVELS = { all: 0b11110, unit: 0b01111, sector: 0b10111, source: 0b11011, area: 0b11101 } as const;
const lamps = ['red', 'amber', null, 'grey'] as const;
const ages = ['age_7', 'age_30', 'age_90', 'age_180', null] as const;
const stateColumns = ['to_receive', 'underway', 'to_recheck', 'to_close', 'disputed', 'planned'] as const;

function addMarks(cell: StockCell, marks: number, n: number): void {
  const [lampAndOld, state, age] = [Math.floor(marks / 120), Math.floor(marks / 20) % 6, (marks >> 2) % 5];
  const lamp = lamps[lampAndOld >> 1];
  const ageColumn = ages[age];
  const stateColumn = stateColumns[state];
  cell.sums.open += n;
  if (lamp) cell.sums[lamp] += n;
  if ((lampAndOld & 1) === 1) cell.old += n;
  if (stateColumn) cell.sums[stateColumn] += n;
  if (ageColumn) cell.sums[ageColumn] += n;
  if ((marks & 2) !== 0) cell.sums.major += n;
  if ((marks & 1) !== 0) cell.sums.listed += n;
}

function groupOf(stock: Stock, row: MovedRow): StockCell {
  if (row.level === LEVELS.unit) return at(stock.units, row.unit ?? '');
  if (row.level === LEVELS.sector) return at(stock.sectors, row.sector ?? '');
  if (row.level === LEVELS.source) return at(stock.sources, row.source ?? '');
  return at(stock.areas, row.area ?? '');
}

/** What came (w = 1) and went (−1) between the evenings of two days, with the lamps of the later; each group counted by one number. */
async function movedSince(
  db: Queryable,
  jurisdiction: string,
  filters: FigureFilters,
  after: Day,
  day: Day,
  cut: Day | null,
  oldest: boolean,
): Promise<MovedRow[]> {
  const lamp = sql`(case when s.state = 'disputed' or s.state = 'planned' then 3 when s.due_on < ${day}::date then 0
    when s.amber_on <= ${day}::date then 1 else 2 end) * 2 + ${cut === null ? sql`0` : sql`(s.opened_on < ${cut}::date)::int`}`;
  const age = sql`case when s.found_on >= ${day}::date - 7 then 0 when s.found_on >= ${day}::date - 30 then 1
    when s.found_on >= ${day}::date - 90 then 2 when s.found_on >= ${day}::date - 180 then 3 else 4 end`;
  const first = oldest
    ? sql`min(case when s.lamp < 2 then (s.due_on - date '1970-01-01') * ${SERIALS}::bigint + s.serial end)`
    : sql`null::bigint`;
  const where = conditionsOf(filters, 's');
  const counted = (spans: Sql) =>
    sql<MovedRow>`
    select s.w, grouping(s.lead_unit_id, s.sector, s.source_type, s.area_code, s.marks) as level, s.lead_unit_id as unit, s.sector,
      s.source_type as source, s.area_code as area, s.lamp, s.marks, count(*)::int as n, ${first} as oldest
    from (
      select s.w, s.lead_unit_id, s.sector, s.source_type, s.area_code, s.due_on, s.serial, s.lamp,
        (s.lamp * 6 + ${stateCode}) * 20 + (${age}) * 4 + (s.grade = 'major')::int * 2 + s.listed::int as marks
      from (select s.*, ${lamp} as lamp from (${spans}) s offset 0) s offset 0) s
    group by grouping sets ((s.w, s.marks), (s.w, s.lead_unit_id, s.lamp), (s.w, s.sector, s.lamp), (s.w, s.source_type),
      (s.w, s.area_code))`.execute(db);
  const [gone, come] = await Promise.all([
    counted(spansEnded(jurisdiction, after, day, where)),
    counted(spansBegun(jurisdiction, after, day, where)),
  ]);
  return [...gone.rows, ...come.rows];
}

/** Adds one government's stock to the whole; gives the cells of the whole that are stale. */
function merge(stock: Stock, part: Stock, stale: Stale, scopeOfOne: boolean): Stale {
  const told: Stale = new Set();
  const add = (to: StockCell, from: StockCell): void => {
    for (const column of stockColumns) to.sums[column] += from.sums[column];
    to.old += from.old;
    to.oldest = earliest(to.oldest, from.oldest);
    if (stale.has(from)) told.add(to);
  };
  stock.kept = scopeOfOne ? part.kept : null;
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

/**
 * Open problems on the evening of a day (as of now for today), with the lamps and ages of that day, by unit, sector, source and
 * area. Cost depends on what was open then, and on what came and went since the last finished day; never on what was closed.
 * `filters` are already within the scope. `oldest`: also each unit's problem whose deadline passed first. Of units and sectors
 * only open ones, lamps and major ones are told, of sources and areas only open ones.
 */
export async function stockAsOf(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  day: Day,
  today: Day,
  options: Asking & { readonly cut?: Day; readonly oldest?: boolean } = {},
): Promise<Stock> {
  const stock = emptyStock();
  const where = conditionsOf(filters, 's');
  for (const jurisdiction of scope.jurisdictions) {
    const last = (await keptDays(db, jurisdiction, options))?.last ?? null;
    if (last === null) {
      await fromSpans(db, jurisdiction, where, day, options.cut ?? null, stock);
      continue;
    }
    const { mine, stale } = await overBlocks(db, jurisdiction, options, (kept) =>
      fromBlocks(db, jurisdiction, kept, filters, last, day, options),
    );
    await mendOldest(
      db,
      jurisdiction,
      where,
      day,
      day === today,
      stock,
      merge(stock, mine, stale, scope.jurisdictions.length === 1),
    );
  }
  for (const cells of [stock.units, stock.sectors, stock.sources, stock.areas])
    for (const [key, cell] of cells) if (cell.sums.open === 0) cells.delete(key);
  return stock;
}

/**
 * What the morning of the day `cut` found open. It follows from a later evening and by how much the days between moved the
 * count, `since` (from `cut` on); only where that is not known it is counted.
 */
export async function stockBefore(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  cut: Day,
  today: Day,
  later: { readonly stock: Stock; readonly since: Flows },
  asking: Asking = {},
): Promise<Opened> {
  const evening = addDays(cut, -1);
  const { kept } = later.stock;
  if (kept === null || evening > kept.day) return openedOf(await stockAsOf(db, scope, filters, evening, today, asking));
  const less = (opened: Opened['units'], moved: Flows['units']): Map<string, number> => {
    const left = new Map(opened);
    for (const [key, { net }] of moved) left.set(key, (left.get(key) ?? 0) - net);
    return new Map([...left].filter(([, open]) => open !== 0));
  };
  return {
    open: kept.open - later.since.all.net,
    units: less(kept.units, later.since.units),
    sectors: less(kept.sectors, later.since.sectors),
  };
}

/**
 * Open counts on the evenings of these days before the stock's, oldest first: they follow from the stock and by how much each
 * day since moved it (`flows`, from the first of the days on); from spans where nothing is kept.
 */
export async function openByDay(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  days: readonly Day[],
  on: { readonly day: Day; readonly stock: Stock },
  flows: FlowDays,
): Promise<number[]> {
  const [first] = days;
  if (first === undefined) return [];
  const evenings = new Map<Day, number>();
  if (flows.withNet) {
    const { kept, all } = on.stock;
    const known = kept !== null && days.every((one) => one <= kept.day);
    if (!known) await flows.addTail();
    let { day, open } = known ? kept : { day: on.day, open: all.sums.open };
    for (evenings.set(day, open); day > first; evenings.set(day, open)) {
      open -= flows.days.get(day)?.net ?? 0;
      day = addDays(day, -1);
    }
  } else
    for (const jurisdiction of scope.jurisdictions)
      for (const [day, open] of await eveningsOfSpans(db, jurisdiction, conditionsOf(filters, 's'), days))
        evenings.set(day, (evenings.get(day) ?? 0) + open);
  return days.map((one) => evenings.get(one) ?? 0);
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

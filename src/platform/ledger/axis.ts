import { sql } from 'kysely';
import { type Day, daysBetween } from '../../kernel/day.ts';
import type { Queryable } from '../db/connect.ts';
import type { Condition, LedgerQuestion, LedgerTable, Range } from './table.ts';
import {
  DAYS_IN_BLOCK,
  dayBlock,
  EPOCH,
  lowBehind,
  lowOf,
  SERIALS_IN_BLOCK,
  SERIALS_OF_YEAR,
  serialBlock,
  YEAR_ZERO,
} from './words.ts';

/** A block of an axis: the lower half of its words, and its first and last serial, or day counted from 1970, as far as is asked for. */
export interface Block {
  readonly low: number;
  readonly first: number;
  readonly last: number;
  /** Rows without a day, behind all days. */
  readonly behind: boolean;
  /** Set where it is a part of what the words call a block; beyond: of rows newer than the database knows of. */
  readonly part?: 'known' | 'beyond';
}

const serialsOf = (from: number, to: number, low: (block: number) => number, behind: boolean): Block[] =>
  Array.from({ length: serialBlock(to) - serialBlock(from) + 1 }, (_, at) => {
    const block = serialBlock(from) + at;
    const first = YEAR_ZERO + block * SERIALS_IN_BLOCK;
    return { low: low(block), first: Math.max(first, from), last: Math.min(first + SERIALS_IN_BLOCK - 1, to), behind };
  });

const daysOf = (from: Day, to: Day, axis: number): Block[] => {
  const start = Math.floor(daysBetween(EPOCH, from) / DAYS_IN_BLOCK);
  const [begin, end] = [daysBetween(EPOCH, from), daysBetween(EPOCH, to)];
  return Array.from({ length: Math.max(0, dayBlock(to) - dayBlock(from) + 1) }, (_, at) => {
    const first = (start + at) * DAYS_IN_BLOCK;
    return {
      low: lowOf(axis, dayBlock(from) + at),
      first: Math.max(first, begin),
      last: Math.min(first + DAYS_IN_BLOCK - 1, end),
      behind: false,
    };
  });
};

/**
 * The blocks that may hold rows, in the order of the list: days, and behind them the rows without a day. Of days and serials
 * only those within `stretch`, where that is known.
 */
export async function runsOf(
  db: Queryable,
  table: LedgerTable,
  question: LedgerQuestion,
  stretch: Range | null,
): Promise<Block[]> {
  const { axis } = question;
  const inOrder = (blocks: Block[]): Block[] => (question.down ? blocks.reverse() : blocks);
  const { column = '', without } = table.axes[axis] ?? {};
  if (axis === 0) {
    const years = await yearsOf(db, table, question);
    const range = stretch ?? question.ranges.find((one) => one.axis === 0);
    const [from, to] = [Number(range?.from ?? 0), Number(range?.to ?? Number.MAX_SAFE_INTEGER)];
    return inOrder(
      years
        .map((ends) => ({ first: Math.max(ends.first, from), last: Math.min(ends.last, to) }))
        .filter(({ first, last }) => first <= last)
        .flatMap(({ first, last }) => serialsOf(first, last, (block) => lowOf(0, block), false)),
    );
  }
  const range = question.ranges.find((one) => one.axis === axis);
  const ends = stretch
    ? { first: stretch.from as Day, last: stretch.to as Day }
    : await daysWithin(db, table, question, range);
  const days = ends === null ? [] : daysOf(ends.first, ends.last, axis);
  if (range || without !== 'behind') return inOrder(days);
  const dayless = await yearsOf(db, table, question, sql`t.${sql.raw(column)} is null`);
  const behind = dayless.flatMap((one) => serialsOf(one.first, one.last, (block) => lowBehind(axis, block), true));
  return inOrder([...days, ...behind]);
}

/** The first and last serial of the rows of some days; null where there is none. Needs a btree (jurisdiction, column, serial). */
export async function serialsOfDays(
  db: Queryable,
  table: LedgerTable,
  jurisdictions: readonly string[],
  column: string,
  from: Day,
  to: Day,
): Promise<{ first: number; last: number } | null> {
  const end = (direction: Condition): Condition => sql`(select t.serial from ${sql.raw(table.name)} t
    where t.jurisdiction = j.code and t.${sql.raw(column)} = d.day::date order by t.serial ${direction} limit 1)`;
  const found = await sql<{ first: number | null; last: number | null }>`
    select min(x.first) as first, max(x.last) as last from unnest(${[...jurisdictions]}::text[]) as j (code)
    cross join generate_series(${from}::date, ${to}::date, interval '1 day') as d (day)
    cross join lateral (select ${end(sql`asc`)} as first, ${end(sql`desc`)} as last) x`.execute(db);
  const row = found.rows[0];
  return row && row.first !== null && row.last !== null ? { first: row.first, last: row.last } : null;
}

/** Days of a range whose ends are looked up; a day takes 10 µs. */
const MOST_LOOKED_UP = 400;
/** Days of the order of which one is sought; a day takes 2 µs, and most end early. */
const MOST_PASSED = 4_000;

/** Serials among which the rows in the ranges of all other axes lie; null: there are none. */
async function serialsElsewhere(
  db: Queryable,
  table: LedgerTable,
  { jurisdictions, ranges, axis }: LedgerQuestion,
): Promise<{ first: number; last: number } | null> {
  let [first, last] = [0, Number.MAX_SAFE_INTEGER];
  for (const range of ranges) {
    const { from, to } = range;
    if (range.axis === axis || from === null || to === null) continue;
    const isDays = typeof from === 'string' && typeof to === 'string';
    if (isDays && (daysBetween(from, to) + 1) * jurisdictions.length > MOST_LOOKED_UP) continue;
    const column = table.axes[range.axis]?.column ?? '';
    const found = isDays
      ? await serialsOfDays(db, table, jurisdictions, column, from, to)
      : { first: Number(from), last: Number(to) };
    if (found === null) return null;
    [first, last] = [Math.max(first, found.first), Math.min(last, found.last)];
  }
  return first > last ? null : { first, last };
}

/** The first and last day of the order on which a row has one of these serials. */
async function daysOfSerials(
  db: Queryable,
  table: LedgerTable,
  { jurisdictions, axis }: LedgerQuestion,
  within: { readonly first: Day; readonly last: Day },
  serials: { readonly first: number; readonly last: number },
): Promise<{ first: Day; last: Day } | null> {
  const column = sql.raw(table.axes[axis]?.column ?? '');
  // Asked day by day until one has such a row; as a condition that exists the planner would read all serials instead.
  const end = (from: Day, to: Day, step: string): Condition => sql`(select d.day::date
    from generate_series(${from}::date, ${to}::date, ${step}::interval) as d (day)
    where (select 1 from unnest(${[...jurisdictions]}::text[]) as j (code) cross join lateral (select 1 from ${sql.raw(table.name)} t
      where t.jurisdiction = j.code and t.${column} = d.day::date and t.serial between ${serials.first} and ${serials.last}
      limit 1) x limit 1) is not null limit 1)`;
  const found = await sql<{ first: Day | null; last: Day | null }>`
    select ${end(within.first, within.last, '1 day')} as first, ${end(within.last, within.first, '-1 day')} as last`.execute(
    db,
  );
  const row = found.rows[0];
  return row && row.first !== null && row.last !== null ? { first: row.first, last: row.last } : null;
}

/** What ranges of other axes leave of the order, and of the serials. */
export interface Narrowed {
  /** Days or serials of the order outside which no row lies; null: not known. */
  readonly stretch: Range | null;
  readonly serials: { readonly first: number; readonly last: number } | null;
}

/**
 * How far ranges of other axes narrow the order: each day of a range has a first and a last serial, and the serials a first and a last day
 * of the order, all of which lie at the ends of indexes. null: no row fits. Ranges are closed.
 */
export async function narrowed(db: Queryable, table: LedgerTable, question: LedgerQuestion): Promise<Narrowed | null> {
  const { axis, ranges, jurisdictions } = question;
  if (ranges.every((range) => range.axis === axis)) return { stretch: null, serials: null };
  const serials = await serialsElsewhere(db, table, question);
  if (serials === null) return null;
  if (serials.first === 0 && serials.last === Number.MAX_SAFE_INTEGER) return { stretch: null, serials: null };
  const own = ranges.find((range) => range.axis === axis);
  if (axis === 0) {
    const from = Math.max(Number(own?.from ?? 0), serials.first);
    const to = Math.min(Number(own?.to ?? serials.last), serials.last);
    return from > to ? null : { stretch: { axis, from, to }, serials };
  }
  // Rows without the day come behind all days: none of them may be lost.
  const behind = table.axes[axis]?.without === 'behind' && !own;
  const ends = await daysWithin(db, table, question, own);
  if (ends === null) return behind ? { stretch: null, serials } : null;
  if ((daysBetween(ends.first, ends.last) + 1) * jurisdictions.length > MOST_PASSED) return { stretch: null, serials };
  const days = await daysOfSerials(db, table, question, ends, serials);
  if (days === null) return behind ? { stretch: null, serials } : null;
  return { stretch: { axis, from: days.first, to: days.last }, serials };
}

/** The question with the open ends of its ranges closed at the first and last day that occur. */
export async function closedRanges(
  db: Queryable,
  table: LedgerTable,
  question: LedgerQuestion,
): Promise<LedgerQuestion> {
  if (question.ranges.every(({ from, to }) => from !== null && to !== null)) return question;
  const ranges = await Promise.all(
    question.ranges.map(async (range) => {
      if (range.from !== null && range.to !== null) return range;
      const ends = await endsOf<Day | number>(db, table, question, table.axes[range.axis]?.column ?? '');
      return { ...range, from: range.from ?? ends?.first ?? range.to, to: range.to ?? ends?.last ?? range.from };
    }),
  );
  return { ...question, ranges };
}

/** The first and last serial of each year; the serials of a year fill a small part of their hundred million. */
async function yearsOf(
  db: Queryable,
  table: LedgerTable,
  question: LedgerQuestion,
  where: Condition = sql`true`,
): Promise<{ first: number; last: number }[]> {
  const name = sql.raw(table.name);
  const end = (direction: Condition, within: Condition): Condition => sql`(select t.serial from ${name} t
    where t.jurisdiction = j.code and ${where} ${within} order by t.serial ${direction} limit 1)`;
  const ofYear = sql`and t.serial between y.year * ${SERIALS_OF_YEAR}::bigint and (y.year + 1) * ${SERIALS_OF_YEAR}::bigint - 1`;
  const found = await sql<{ first: number; last: number }>`
    select min(x.first) as first, max(x.last) as last from unnest(${[...question.jurisdictions]}::text[]) as j (code)
    cross join lateral (select ${end(sql`asc`, sql``)} as first, ${end(sql`desc`, sql``)} as last) a
    cross join lateral generate_series(a.first / ${SERIALS_OF_YEAR}::bigint, a.last / ${SERIALS_OF_YEAR}::bigint) as y (year)
    cross join lateral (select ${end(sql`asc`, ofYear)} as first, ${end(sql`desc`, ofYear)} as last) x
    where x.first is not null group by y.year order by y.year`.execute(db);
  return found.rows;
}

/** The first and last day of the order that occur, no further than its own range reaches; null: there is none. */
async function daysWithin(
  db: Queryable,
  table: LedgerTable,
  question: LedgerQuestion,
  own: Range | undefined,
): Promise<{ first: Day; last: Day } | null> {
  const ends = await endsOf<Day>(db, table, question, table.axes[question.axis]?.column ?? '');
  if (ends === null) return null;
  const first = own?.from && own.from > ends.first ? (own.from as Day) : ends.first;
  const last = own?.to && own.to < ends.last ? (own.to as Day) : ends.last;
  return first > last ? null : { first, last };
}

/** The first and the last value of a column within the jurisdictions, each from the end of its index. */
async function endsOf<T>(
  db: Queryable,
  table: LedgerTable,
  { jurisdictions }: LedgerQuestion,
  column: string,
  where: Condition = sql`t.${sql.raw(column)} is not null`,
): Promise<{ first: T; last: T } | null> {
  const key = sql.raw(column);
  const end = (direction: Condition): Condition => sql`(select t.${key} from ${sql.raw(table.name)} t
    where t.jurisdiction = j.code and ${where} order by t.${key} ${direction} limit 1)`;
  const found = await sql<{ first: T | null; last: T | null }>`
    select min(x.first) as first, max(x.last) as last from unnest(${[...jurisdictions]}::text[]) as j (code)
    cross join lateral (select ${end(sql`asc`)} as first, ${end(sql`desc`)} as last) x`.execute(db);
  const row = found.rows[0];
  return row && row.first !== null && row.last !== null ? { first: row.first, last: row.last } : null;
}

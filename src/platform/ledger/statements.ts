import { sql } from 'kysely';
import { addDays, type Day, daysBetween } from '../../kernel/day.ts';
import type { Queryable } from '../db/connect.ts';
import type { AnyOf, Condition, LedgerQuestion, LedgerTable, Range, Sought } from './table.ts';
import { dayBlock, lowOf, serialBlock, wordOf } from './words.ts';

export const allOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql.join(conditions as Condition[], sql` and `);

export const oneOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions as Condition[], sql` or `)})`;

/**
 * The sought text stands in the row `t` or is its number, said so that the planner expects nearly every row to fit: it thinks of
 * neighbouring pairs as independent, and would read the whole table for the few rows that it expects.
 */
export function heldWhileWalking({ pairs, pattern, numbers }: Sought): Condition {
  const inARow = pattern === null ? sql`` : sql` and t.plain like ${pattern}`;
  const held = pairs.length === 0 ? sql`false` : sql`t.pairs @> ${[...pairs]}::int[]${inARow}`;
  const isNumber = numbers.length === 0 ? sql`` : sql` or t.number = any(${[...numbers]}::text[])`;
  return sql`(case when ${held}${isNumber} then 1 else 0 end) <> 0`;
}

export const keyOf = (table: LedgerTable, { axis }: Pick<LedgerQuestion, 'axis'>): Condition =>
  sql.raw(table.axes[axis]?.column ?? table.axes[0].column);

/** By the key of the axis, then by serial; over columns k1 and k2. */
export const orderOf = ({ down }: Pick<LedgerQuestion, 'down'>): Condition =>
  down ? sql`k1 desc, k2 desc` : sql`k1, k2`;

/**
 * What is kept of each row that is met: its place on the disk, at which it is found again without asking an index; where
 * rows are met in an index alone, its key. `row`: the alias t, or a selection of it that hands the place on as `place`.
 */
export const foundAgain = (byKey: boolean, place = sql`t.ctid`): Condition =>
  byKey ? sql`t.jurisdiction, t.id` : sql`${place} as place`;

/** The facets' words in these blocks (`lows`), block by block. */
export const wordsOf = (jurisdictions: readonly string[], anyOf: AnyOf, lows: readonly number[]): string[] =>
  lows.flatMap((low) => anyOf.flatMap((facet) => jurisdictions.map((code) => wordOf(code, facet, low))));

/** One of the facets' words in one of these blocks. */
export const hasWord = (
  table: LedgerTable,
  jurisdictions: readonly string[],
  anyOf: AnyOf,
  lows: readonly number[],
): Condition => sql`${sql.raw(table.words)} && ${wordsOf(jurisdictions, anyOf, lows)}::bigint[]`;

/** Place of stretches of days among the axes, see `ledger_span_words`. */
const STRETCH = 14;

/** A stretch with one of the facets touches the block of the day; `words`: the `ledger_span_words(…)` of its index. */
export const touches = (words: string, jurisdictions: readonly string[], anyOf: AnyOf, day: Day): Condition =>
  sql`${sql.raw(words)} && ${wordsOf(jurisdictions, anyOf, [lowOf(STRETCH, dayBlock(day))])}::bigint[]`;

/** Rows without the day by which the list is sorted are left out where the axis says so. */
export const absentOf = (table: LedgerTable, question: LedgerQuestion): Condition[] =>
  table.axes[question.axis]?.without === 'absent' ? [sql`t.${keyOf(table, question)} is not null`] : [];

/** The same for each jurisdiction, one after the other, so that each can walk its index in order. */
export function perJurisdiction({ jurisdictions }: LedgerQuestion, of: (code: Condition) => Condition): Condition {
  const [only] = jurisdictions;
  if (jurisdictions.length === 1) return of(sql`${only}::text`);
  return sql`select x.* from unnest(${[...jurisdictions]}::text[]) as j (code) cross join lateral (${of(sql`j.code`)}) x`;
}

/** Most blocks that are asked for by name at once. */
const MOST_BLOCKS = 200;

/** Blocks that the range covers; null where its ends are open or too far apart. */
export function blocksOf({ axis, from, to }: Range): number[] | null {
  if (from === null || to === null) return null;
  const blockOf = (end: Day | number): number => (typeof end === 'number' ? serialBlock(end) : dayBlock(end));
  const [first, last] = [blockOf(from), blockOf(to)];
  if (last - first >= MOST_BLOCKS) return null;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => lowOf(axis, first + at));
}

/** A first and a last serial, or day. */
export type Ends = readonly [number, number] | readonly [Day, Day];

/** What is asked of the indexes before any row is read. */
export interface Asked {
  /** Words that a row must have wherever it lies. */
  readonly words: readonly Condition[];
  /** Facets that it must have in one of `lows`, which are blocks of one axis. */
  readonly inBlocks: readonly AnyOf[];
  readonly lows: readonly number[];
  /** Of each block the first and the last serial or day of the order, where only that part of it is asked for. */
  readonly ends: readonly Ends[] | null;
  /** Along days: these serials alone; each of the days is then looked up by itself. */
  readonly serials: { readonly first: number; readonly last: number } | null;
  /** Pairs of the sought text. */
  readonly pairs: readonly number[];
  /** What indexes of axes narrow besides; without words they find the rows alone. */
  readonly part: readonly Condition[];
  /** What the rows that are found are compared with besides. */
  readonly rest: readonly Condition[];
}

/** All days from the first to the last, as the database reads them. */
const everyDay = ([first, last]: readonly [Day, Day]): string[] =>
  Array.from({ length: daysBetween(first, last) + 1 }, (_, at) => addDays(first, at));

const isDays = (ends: readonly Ends[]): ends is readonly (readonly [Day, Day])[] => typeof ends[0]?.[0] === 'string';

/** Serials or days from a first to a last, over the alias t. */
export const between = (key: Condition, [first, last]: Ends): Condition => {
  const type = sql.raw(typeof first === 'string' ? 'date' : 'bigint');
  return sql`t.${key} between ${first}::${type} and ${last}::${type}`;
};

/** The parts of the order from each first to its last, said with one value for each of them: a list, and what holds of a member. */
function stretches(
  ends: readonly Ends[],
  key: Condition,
  { serials }: Asked,
): [string[], (list: Condition) => Condition] {
  if (!isDays(ends) || serials === null) {
    const list = ends.map(([first, last]) => `[${first},${last}]`);
    const type = sql.raw(isDays(ends) ? 'daterange' : 'int8range');
    return [list, (one) => sql`t.${key} between lower(${one}::${type}) and upper(${one}::${type}) - 1`];
  }
  const list = ends.map((each) => `{${everyDay(each)}}`);
  return [list, (one) => sql`t.${key} = any(${one}::date[]) and t.serial between ${serials.first} and ${serials.last}`];
}

/** The same for all of them at once. */
function stretch(ends: readonly Ends[], key: Condition, asked: Asked): Condition {
  if (isDays(ends) && asked.serials !== null) {
    const days = ends.flatMap(everyDay);
    return sql`t.${key} = any(${days}::date[]) and t.serial between ${asked.serials.first} and ${asked.serials.last}`;
  }
  const [firsts, lasts] = [ends.map(([first]) => first), ends.map(([, last]) => last)];
  return between(key, [firsts.reduce((a, b) => (b < a ? b : a)), lasts.reduce((a, b) => (b > a ? b : a))] as Ends);
}

/** The rows of several blocks, one block after the other; `rowsWith`: the query of one. */
function eachBlock(
  table: LedgerTable,
  question: LedgerQuestion,
  asked: Asked,
  rowsWith: (conditions: readonly Condition[]) => Condition,
): Condition {
  const { inBlocks, lows, ends } = asked;
  const words = inBlocks.map((anyOf, at) => ({
    list: lows.map((low) => `{${wordsOf(question.jurisdictions, anyOf, [low])}}`),
    holds: sql`${sql.raw(table.words)} && b.${sql.raw(`c${at}`)}::bigint[]`,
  }));
  const [list, within] = ends === null ? [[], null] : stretches(ends, keyOf(table, question), asked);
  const part = within === null ? [] : [{ list, holds: within(sql.raw(`b.c${words.length}`)) }];
  const each = [...words, ...part];
  const columns = each.map((_, at) => sql.raw(`c${at}`));
  return sql`select t.* from unnest(${sql.join(each.map((one) => sql`${one.list}::text[]`))}) as b (${sql.join(columns)})
    cross join lateral (${rowsWith(each.map((one) => one.holds))}) t`;
}

/**
 * Rows found through the search index (nothing else may be chosen), then compared exactly. Blocks are asked one after the other: asked
 * for several at once, the index would compare each place that it reads with the words of all of them.
 */
export function throughWords(table: LedgerTable, question: LedgerQuestion, asked: Asked): Condition {
  const key = keyOf(table, question);
  const { sought, jurisdictions } = question;
  const pairs = asked.pairs.length === 0 ? [] : [sql`t.pairs @> ${[...asked.pairs]}::int[]`];
  const inARow = sought?.pattern ? [sql`t.plain like ${sought.pattern}`] : [];
  const within = sql`t.jurisdiction = any(${[...jurisdictions]}::text[])`;
  const byAxis = asked.ends !== null || asked.part.length > 0;
  const everywhere = [...asked.words, ...pairs, ...(byAxis ? [within] : []), ...asked.part];
  const name = sql.raw(table.name);
  const rowsWith = (conditions: readonly Condition[]): Condition =>
    sql`select t.*, t.ctid as place from ${name} t where ${allOf([...conditions, ...everywhere])} offset 0`;
  const met =
    asked.lows.length > 1 && asked.inBlocks.length > 0
      ? eachBlock(table, question, asked, rowsWith)
      : rowsWith([
          ...asked.inBlocks.map((anyOf) => hasWord(table, jurisdictions, anyOf, asked.lows)),
          ...(asked.ends === null ? [] : [stretch(asked.ends, key, asked)]),
        ]);
  return sql`select ${foundAgain(table.covering, sql`t.place`)}, t.${key} as k1, t.serial as k2 from (${met}) t
    where ${allOf([within, ...absentOf(table, question), ...question.where, ...asked.rest, ...inARow])}`;
}

/** All rows that are found so, and those whose number the sought text may be. */
export async function wordsOrNumber(
  db: Queryable,
  table: LedgerTable,
  question: LedgerQuestion,
  asked: Asked,
): Promise<Condition> {
  const { sought } = question;
  const met = sought !== null && sought.pairs.length === 0 ? null : throughWords(table, question, asked);
  const numbered = await byNumber(db, table, question);
  if (numbered === null) return met ?? throughWords(table, question, { ...asked, words: [sql`false`] });
  return met === null ? numbered : sql`${met} union ${numbered}`;
}

/** Rows whose number is one of those that the text may mean; null where there is none. */
async function byNumber(db: Queryable, table: LedgerTable, question: LedgerQuestion): Promise<Condition | null> {
  const { sought, jurisdictions } = question;
  if (sought === null || sought.numbers.length === 0) return null;
  const found = await sql<{ id: string }>`select id from ${sql.raw(table.name)}
    where jurisdiction = any(${[...jurisdictions]}::text[]) and number = any(${[...sought.numbers]}::text[])`.execute(
    db,
  );
  if (found.rows.length === 0) return null;
  const key = keyOf(table, question);
  return sql`select ${foundAgain(table.covering)}, t.${key} as k1, t.serial as k2 from ${sql.raw(table.name)} t
    where ${allOf([
      sql`t.jurisdiction = any(${[...jurisdictions]}::text[])`,
      sql`t.id = any(${found.rows.map((row) => row.id)}::uuid[])`,
      ...absentOf(table, question),
      ...question.where,
    ])}`;
}

/** A slice of what was met in order, with the columns of its rows, and how many were met in all. `byKey`: see `foundAgain`. */
export async function slice<Row>(
  db: Queryable,
  table: LedgerTable,
  question: LedgerQuestion,
  met: Condition,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  columns: Condition,
  byKey = table.covering,
): Promise<{ rows: Row[]; found: number }> {
  const order = orderOf(question);
  const same = byKey ? sql`t.jurisdiction = p.jurisdiction and t.id = p.id` : sql`t.ctid = p.place`;
  const result = await sql<Row & { met_count: number; met_key: string | null }>`
    with m as materialized (${met})
    select c.n as met_count, r.* from (select count(*)::int as n from m) c left join lateral (
      select t.id as met_key, p.k1, p.k2, ${columns}
      from (select * from m order by ${order} limit ${limit} offset ${offset}) p
      join ${sql.raw(table.name)} t on ${same}) r on true
    order by ${order}`.execute(db);
  const rows = result.rows
    .filter((row) => row.met_key !== null)
    .map(({ met_count: _n, met_key: _k, k1: _1, k2: _2, ...row }: Row & Record<string, unknown>) => row as Row);
  return { rows, found: result.rows[0]?.met_count ?? 0 };
}

import { sql } from 'kysely';
import type { Day } from '../../kernel/day.ts';
import type { Queryable } from '../db/connect.ts';
import { blocksOf, hasWord, slice, throughWords } from './statements.ts';
import type { AnyOf, Condition, LedgerQuestion, LedgerTable } from './table.ts';
import type { Way } from './way.ts';
import { dayBlock, lowBehind, lowOf, serialBlock } from './words.ts';

/** Rows that the first group of blocks shall yield. */
const FIRST = 500;
/** Most blocks in one statement; each costs a look into the index for every facet. */
const MOST_IN_GROUP = 96;

/** Neighbouring blocks of an axis, first to last in the order of the list. */
interface Run {
  readonly low: (block: number) => number;
  readonly first: number;
  readonly last: number;
}

/**
 * Page and count block by block in the order of the list: as many blocks in one statement as are expected to yield what is
 * still needed, by what the blocks before have yielded.
 */
export async function findInBlocks<Row>(
  db: Queryable,
  table: LedgerTable,
  question: LedgerQuestion,
  way: Way,
  { offset, pageSize, needed }: { readonly offset: number; readonly pageSize: number; readonly needed: number },
  columns: Condition,
): Promise<{ rows: Row[]; found: number }> {
  const blocks = (await runsOf(db, table, question)).flatMap(listed);
  const rows: Row[] = [];
  let found = 0;
  let at = 0;
  let density = way.expected / Math.max(1, blocks.length);
  let most = MOST_IN_GROUP / 4;
  while (at < blocks.length && found < needed) {
    const wanted = at === 0 ? Math.min(FIRST, needed) : (needed - found) * 1.2;
    const size = Math.min(most, Math.max(1, Math.ceil(wanted / Math.max(density, 0.01))));
    const lows = blocks.slice(at, at + size);
    const part = await slice<Row>(
      db,
      table,
      question,
      throughWords(table, question, wordsIn(table, question, way, lows)),
      { offset: Math.max(0, offset - found), limit: Math.max(0, pageSize - rows.length) },
      columns,
    );
    rows.push(...part.rows);
    found += part.found;
    at += lows.length;
    density = found / at;
    most = MOST_IN_GROUP;
  }
  return { rows, found };
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
      const ends = await endsOf<Day>(db, table, question, table.axes[range.axis]?.column ?? '');
      return { ...range, from: range.from ?? ends?.first ?? range.to, to: range.to ?? ends?.last ?? range.from };
    }),
  );
  return { ...question, ranges };
}

/** Every facet in these blocks; ranges of other axes through the narrowest facet in their blocks. */
function wordsIn(table: LedgerTable, question: LedgerQuestion, way: Way, lows: readonly number[]): Condition[] {
  const { jurisdictions, many, few, ranges, axis } = question;
  const has = (anyOf: AnyOf, places: readonly number[]): Condition => hasWord(table, jurisdictions, anyOf, places);
  const narrowest = way.narrowest === null ? [''] : (many[way.narrowest] ?? ['']);
  const inRanges = ranges.flatMap((range) => {
    const places = range.axis === axis ? null : blocksOf(range);
    return places === null ? [] : [has(narrowest, places)];
  });
  return [
    ...(many.length === 0 ? [has([''], lows)] : many.map((anyOf) => has(anyOf, lows))),
    ...inRanges,
    ...few.map((anyOf) => has(anyOf, [0])),
  ];
}

function listed({ low, first, last }: Run): number[] {
  const step = first <= last ? 1 : -1;
  return Array.from({ length: Math.abs(last - first) + 1 }, (_, at) => low(first + at * step));
}

/** The blocks that hold rows, in the order of the list: days, and behind them the rows without a day. */
async function runsOf(db: Queryable, table: LedgerTable, question: LedgerQuestion): Promise<Run[]> {
  const { axis, down } = question;
  const column = table.axes[axis]?.column ?? '';
  const run = (low: Run['low'], from: number, to: number): Run[] =>
    from > to ? [] : [down ? { low, first: to, last: from } : { low, first: from, last: to }];
  const serials = async (low: Run['low']): Promise<Run[]> => {
    const ends = await endsOf<number>(db, table, question, table.axes[0].column);
    return ends === null ? [] : run(low, serialBlock(ends.first), serialBlock(ends.last));
  };
  if (axis === 0) return serials((block) => lowOf(0, block));
  const range = question.ranges.find((one) => one.axis === axis);
  const ends = await endsOf<Day>(db, table, question, column);
  const from = range?.from && ends && range.from > ends.first ? range.from : ends?.first;
  const to = range?.to && ends && range.to < ends.last ? range.to : ends?.last;
  const days =
    from === undefined || to === undefined ? [] : run((block) => lowOf(axis, block), dayBlock(from), dayBlock(to));
  if (range || table.axes[axis]?.without !== 'behind') return days;
  const behind = await serials((block) => lowBehind(axis, block));
  return down ? [...behind, ...days] : [...days, ...behind];
}

/** The first and the last value of a column within the jurisdictions, each from the end of its index. */
async function endsOf<T>(
  db: Queryable,
  table: LedgerTable,
  { jurisdictions }: LedgerQuestion,
  column: string,
): Promise<{ first: T; last: T } | null> {
  const name = sql.raw(table.name);
  const key = sql.raw(column);
  const end = (direction: Condition): Condition => sql`(select t.${key} from ${name} t
    where t.jurisdiction = j.code and t.${key} is not null order by t.${key} ${direction} limit 1)`;
  const found = await sql<{ first: T | null; last: T | null }>`
    select min(x.first) as first, max(x.last) as last from unnest(${[...jurisdictions]}::text[]) as j (code)
    cross join lateral (select ${end(sql`asc`)} as first, ${end(sql`desc`)} as last) x`.execute(db);
  const row = found.rows[0];
  return row && row.first !== null && row.last !== null ? { first: row.first, last: row.last } : null;
}

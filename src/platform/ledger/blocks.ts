import { sql } from 'kysely';
import { addDays, type Day, day as dayFrom, daysBetween } from '../../kernel/day.ts';
import type { Queryable } from '../db/connect.ts';
import { type Block, runsOf } from './axis.ts';
import {
  absentOf,
  allOf,
  blocksOf,
  foundAgain,
  hasWord,
  heldWhileWalking,
  keyOf,
  orderOf,
  perJurisdiction,
  slice,
  throughWords,
  wordsOf,
} from './statements.ts';
import type { AnyOf, Condition, LedgerQuestion, LedgerTable } from './table.ts';
import { PLACE, partsOf, type Way, worthAsking } from './way.ts';

/** Rows that the first group of blocks shall yield. */
const FIRST = 500;
/** Most blocks in one statement; each costs a look into the index for every facet. */
const MOST_IN_GROUP = 96;
/** A group is at most so many times the one before: rows may lie close together somewhere. */
const GROWTH = 4;

/** Microseconds that finding the first block may take. */
const MOST_FOR_FIRST = 4_000;

interface Wanted {
  readonly offset: number;
  readonly pageSize: number;
  readonly needed: number;
  readonly parts: number | undefined;
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
  { offset, pageSize, needed, parts: asked }: Wanted,
  columns: Condition,
): Promise<{ rows: Row[]; found: number }> {
  const dense = way.kind === 'dense';
  const elsewhere = question.ranges.some((range) => range.axis !== question.axis);
  const runs = await runsOf(db, table, question);
  // Nearly all that is passed over before the first row in a range of another axis is not read.
  const first = elsewhere ? await firstBlock(db, table, question, way, runs) : 0;
  if (first === null) return { rows: [], found: 0 };
  const whole = runs.slice(first);
  const expected = elsewhere ? way.hits : way.expected / Math.max(1, whole.length);
  const parts = dense ? 1 : (asked ?? partsOf(question.axis, expected / (Math.min(FIRST, needed) * 1.2)));
  const blocks = inParts(whole, question, parts, asked === undefined ? way.known : Number.POSITIVE_INFINITY);
  const rows: Row[] = [];
  let found = 0;
  let at = 0;
  let size = 0;
  const foretold = elsewhere ? way.hits / parts : way.expected / Math.max(1, blocks.length);
  let density = foretold;
  // What nobody foretold, a state that recent rows do not have yet, makes the next group larger, but only step by step.
  let budget = Math.max(needed * 1.3, FIRST);
  while (at < blocks.length && found < needed) {
    const wanted = size === 0 ? Math.min(FIRST, needed) : (needed - found) * 1.2;
    const most = size === 0 ? MOST_IN_GROUP / 4 : Math.min(MOST_IN_GROUP, size * GROWTH);
    const within = Math.min(most, wanted / Math.max(density, 0.01), budget / Math.max(foretold, 0.01));
    size = dense ? Math.max(1, size * 2) : Math.max(1, Math.ceil(within));
    budget *= 2;
    const group = alike(blocks.slice(at, at + size));
    const met = dense
      ? alongBlocks(table, question, group, needed - found)
      : throughWords(table, question, wordsIn(table, question, way, group, parts), partOf(table, question, group));
    // Once the page is full the rest is only counted, in no order.
    const counting = rows.length >= pageSize && !dense ? sql`${met} limit ${needed - found}` : met;
    const place = { offset: Math.max(0, offset - found), limit: Math.max(0, pageSize - rows.length) };
    const part = await slice<Row>(db, table, question, counting, place, columns);
    rows.push(...part.rows);
    found += part.found;
    at += group.length;
    // Where nothing was found, ever more blocks are asked at once.
    density = part.found > 0 ? part.found / group.length : density / GROWTH;
  }
  return { rows, found };
}

/**
 * Blocks cut into `parts` each where one holds far more than is needed: every row that is met may lie on a page of its own, so
 * that reading a whole block to show its first rows costs most of the time. Only blocks within what the database knows of the
 * order: of newer rows it expects so few that it would look at all of them instead of asking the search index.
 */
function inParts(
  blocks: readonly Block[],
  { down }: LedgerQuestion,
  parts: number,
  known: Day | number | null,
): Block[] {
  if (parts < 2 || known === null) return [...blocks];
  const end = typeof known === 'number' ? known : daysBetween(EPOCH, known);
  return blocks.flatMap((block) => {
    if (block.behind || block.last > end) return [block];
    const width = block.last - block.first + 1;
    const step = Math.ceil(width / parts);
    const cut = Array.from({ length: Math.ceil(width / step) }, (_, at) => {
      const first = block.first + at * step;
      return { ...block, first, last: Math.min(block.last, first + step - 1), part: true };
    });
    return down ? cut.reverse() : cut;
  });
}

const EPOCH = dayFrom('1970-01-01');

/** Serials or days from the first to the last of these blocks, over the alias t. */
function stretchOf(table: LedgerTable, question: LedgerQuestion, group: readonly Block[]): Condition {
  const first = Math.min(...group.map((one) => one.first));
  const last = Math.max(...group.map((one) => one.last));
  const key = keyOf(table, question);
  if (question.axis === 0) return sql`t.serial between ${first} and ${last}`;
  if (group[0]?.behind) return sql`t.${key} is null and t.serial between ${first} and ${last}`;
  return sql`t.${key} between ${addDays(EPOCH, first)}::date and ${addDays(EPOCH, last)}::date`;
}

/** What the index of the order can leave out of the blocks of a group. */
const partOf = (table: LedgerTable, question: LedgerQuestion, group: readonly Block[]): Condition[] =>
  group.some((block) => block.part)
    ? [sql`t.jurisdiction = any(${[...question.jurisdictions]}::text[])`, stretchOf(table, question, group)]
    : [];

/** The first blocks of a group that lie on the same side of the end of the days, and all of which are parts or whole. */
function alike(group: readonly Block[]): readonly Block[] {
  const other = group.findIndex((block) => block.behind !== group[0]?.behind || block.part !== group[0]?.part);
  return other === -1 ? group : group.slice(0, other);
}

/** Every facet in these blocks; ranges of other axes through the narrowest facet in their blocks. */
function wordsIn(
  table: LedgerTable,
  question: LedgerQuestion,
  way: Way,
  group: readonly Block[],
  parts: number,
): Condition[] {
  const { jurisdictions, many, few, ranges, axis } = question;
  const lows = [...new Set(group.map((block) => block.low))];
  const has = (anyOf: AnyOf, places: readonly number[]): Condition => hasWord(table, jurisdictions, anyOf, places);
  const narrowest = way.narrowest === null ? [''] : (many[way.narrowest] ?? ['']);
  const inRanges = ranges.flatMap((range) => {
    const places = range.axis === axis ? null : blocksOf(range);
    return places === null ? [] : [has(narrowest, places)];
  });
  const worth = worthAsking(way.many, way.inBlock * lows.length, (way.inBlock * group.length) / parts);
  return [
    ...(many.length === 0 ? [has([''], lows)] : many.flatMap((anyOf, at) => (worth[at] ? [has(anyOf, lows)] : []))),
    ...inRanges,
    ...few.map((anyOf) => has(anyOf, [0])),
  ];
}

/** The first block in which some row lies in a range of another axis; null: none. 0 where such a range is too long to ask. */
async function firstBlock(
  db: Queryable,
  table: LedgerTable,
  question: LedgerQuestion,
  way: Way,
  blocks: readonly Block[],
): Promise<number | null> {
  const { jurisdictions, many, ranges, axis } = question;
  const places = ranges.flatMap((range) => (range.axis === axis ? [] : [blocksOf(range)]))[0] ?? null;
  const anyOf = way.narrowest === null ? [''] : (many[way.narrowest] ?? ['']);
  const share = way.narrowest === null ? 1 : (way.many[way.narrowest] ?? 1);
  if (places === null || places.length * way.inBlock * share * PLACE > MOST_FOR_FIRST) return 0;
  const found = await sql<{ at: number | null }>`select ledger_first_block(${table.name}, ${table.words},
    ${wordsOf(
      jurisdictions,
      anyOf,
      blocks.map((block) => block.low),
    )}::bigint[], ${jurisdictions.length * anyOf.length},
    ${wordsOf(jurisdictions, anyOf, places)}::bigint[], 0) as at`.execute(db);
  return found.rows[0]?.at ?? null;
}

/** The rows of neighbouring blocks that fit, along the index of the axis; all on one side of the end of the days. */
function alongBlocks(table: LedgerTable, question: LedgerQuestion, group: readonly Block[], needed: number): Condition {
  const text = question.sought === null ? [] : [heldWhileWalking(question.sought)];
  const key = keyOf(table, question);
  const within = stretchOf(table, question, group);
  return perJurisdiction(
    question,
    (code) => sql`select ${foundAgain(table)}, t.${key} as k1, t.serial as k2 from ${sql.raw(table.name)} t
      where ${allOf([sql`t.jurisdiction = ${code}`, within, ...absentOf(table, question), ...question.where, ...text])}
      order by ${orderOf(question)} limit ${needed}`,
  );
}

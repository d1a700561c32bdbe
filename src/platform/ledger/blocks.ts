import { sql } from 'kysely';
import { addDays, type Day, day as dayFrom, daysBetween } from '../../kernel/day.ts';
import type { Queryable } from '../db/connect.ts';
import { type Block, runsOf } from './axis.ts';
import {
  absentOf,
  allOf,
  foundAgain,
  hasWord,
  heldWhileWalking,
  keyOf,
  orderOf,
  perJurisdiction,
  slice,
  throughWords,
} from './statements.ts';
import type { AnyOf, Condition, LedgerQuestion, LedgerTable, Range } from './table.ts';
import { IN_MEMORY, LEFT_OUT, PASSED, partsOf, type Way, worthAsking } from './way.ts';

/** Rows that the first group of blocks shall yield. */
const FIRST = 500;
/** Most blocks in one statement; each costs a look into the index for every facet. */
const MOST_IN_GROUP = 96;
/** A group is at most so many times the one before: rows may lie close together somewhere. */
const GROWTH = 4;

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
  const runs = await runsOf(db, table, question, way.within.stretch);
  const elsewhere = question.ranges.some((range) => range.axis !== question.axis);
  const wanted = way.hits / (Math.min(FIRST, needed) * 1.2);
  const parts = asked ?? (dense || way.rows <= IN_MEMORY ? 1 : partsOf(question.axis, wanted));
  const known = asked === undefined ? way.known : Number.POSITIVE_INFINITY;
  const blocks = dense ? runs : inParts(within(runs, way.within.stretch), question, elsewhere, parts, known);
  const rows: Row[] = [];
  let found = 0;
  let at = 0;
  let size = 0;
  const foretold = elsewhere ? way.hits / parts : way.expected / Math.max(1, blocks.length);
  let density = foretold;
  // What nobody foretold, a state that recent rows do not have yet, makes the next group larger, but only step by step.
  let budget = Math.max(needed * 1.3, FIRST);
  while (at < blocks.length && found < needed) {
    const lacking = size === 0 ? Math.min(FIRST, needed) : (needed - found) * 1.2;
    const most = size === 0 ? MOST_IN_GROUP / 4 : Math.min(MOST_IN_GROUP, size * GROWTH);
    const fits = Math.min(most, lacking / Math.max(density, 0.01), budget / Math.max(foretold, 0.01));
    size = dense ? Math.max(1, size * 2) : Math.max(1, Math.ceil(fits));
    budget *= 2;
    const group = alike(blocks.slice(at, at + size));
    const met = dense
      ? alongBlocks(table, question, group, needed - found)
      : throughWords(table, question, ...conditionsIn(table, question, way, group, parts));
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

const EPOCH = dayFrom('1970-01-01');

/** The ends of a stretch as blocks count them. */
const endOf = (end: Day | number): number => (typeof end === 'number' ? end : daysBetween(EPOCH, end));

/** Blocks no further than the stretch; what was cut off no longer is what the words call a block. */
function within(blocks: readonly Block[], stretch: Range | null): Block[] {
  const { from = null, to = null } = stretch ?? {};
  if (from === null || to === null) return [...blocks];
  const [low, high] = [endOf(from), endOf(to)];
  return blocks.map((block) =>
    block.behind ? block : { ...block, first: Math.max(block.first, low), last: Math.min(block.last, high) },
  );
}

/**
 * Blocks cut into `parts` each where one holds far more than is needed: every row that is met may lie on a page of its own, so
 * that reading a whole block to show its first rows costs most of the time. Only blocks within what the database knows of the
 * order: of newer rows it expects so few that it would look at all of them instead of asking the search index. With a range of
 * another axis every block counts as a part: the indexes of both axes then say which rows are read.
 */
function inParts(
  blocks: readonly Block[],
  { down }: LedgerQuestion,
  elsewhere: boolean,
  parts: number,
  known: Day | number | null,
): Block[] {
  if ((parts < 2 && !elsewhere) || known === null) return [...blocks];
  const end = endOf(known);
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

/** Serials or days from the first to the last of these blocks, over the alias t. */
function stretchOf(table: LedgerTable, axis: number, group: readonly Block[]): Condition {
  const first = Math.min(...group.map((one) => one.first));
  const last = Math.max(...group.map((one) => one.last));
  const key = keyOf(table, { axis });
  if (axis === 0) return sql`t.serial between ${first} and ${last}`;
  if (group[0]?.behind) return sql`t.${key} is null and t.serial between ${first} and ${last}`;
  return sql`t.${key} between ${addDays(EPOCH, first)}::date and ${addDays(EPOCH, last)}::date`;
}

/** The first blocks of a group that lie on the same side of the end of the days, and all of which are parts or whole. */
function alike(group: readonly Block[]): readonly Block[] {
  const other = group.findIndex((block) => block.behind !== group[0]?.behind || block.part !== group[0]?.part);
  return other === -1 ? group : group.slice(0, other);
}

/** Places of an index that one day of it takes to be found among serials. */
const PLACES_OF_DAY = 60;
/** At the ends of a stretch at least this share of the rows lies outside the range by which it was found. */
const AT_ENDS = 0.2;

/**
 * What is asked of the indexes for a group of blocks: every facet that is worth asking for (of whole blocks without any, that a
 * row lies in them); of parts of blocks besides the stretch of the order, and of ranges of other axes what costs less than
 * looking at the rows that it leaves out. Then what only the rows that are found are compared with.
 */
function conditionsIn(
  table: LedgerTable,
  { jurisdictions, many, few, ranges, axis, sought }: LedgerQuestion,
  way: Way,
  group: readonly Block[],
  parts: number,
): [Condition[], Condition[], Condition[]] {
  const lows = [...new Set(group.map((block) => block.low))];
  const has = (anyOf: AnyOf, places: readonly number[]): Condition => hasWord(table, jurisdictions, anyOf, places);
  const rows = (way.inBlock * group.length) / parts;
  const worth = worthAsking(way.many, way.inBlock * lows.length, rows);
  const words = [
    ...many.flatMap((anyOf, at) => (worth[at] ? [has(anyOf, lows)] : [])),
    ...few.map((anyOf) => has(anyOf, [0])),
  ];
  // Of a small jurisdiction in a large table the planner expects next to nothing in a part, and would compute the words of every row.
  if (way.rows <= IN_MEMORY && words.length > 0) return [words, [], [stretchOf(table, axis, group)]];
  const isPart = group.some((block) => block.part);
  // A text is found nowhere but in the search index, and there only as far as the blocks reach.
  if (words.length === 0 && (!isPart || sought !== null)) words.push(has([''], lows));
  if (!isPart) return [words, [], []];
  const left = way.many.reduce((product, share, at) => product * (worth[at] ? share : 1), rows);
  const elsewhere = ranges.flatMap(({ axis: other, from, to }) => {
    // Along another axis the serials have left out nearly all that lies outside the range.
    if (axis !== 0 || other === 0 || typeof from !== 'string' || typeof to !== 'string') return [];
    const places = daysBetween(from, to) * PLACES_OF_DAY + rows;
    if (left * Math.max(AT_ENDS, 1 - way.density) * LEFT_OUT < places * PASSED) return [];
    return [sql`t.${sql.raw(table.axes[other]?.column ?? '')} between ${from}::date and ${to}::date`];
  });
  const { serials } = way.within;
  const bySerial = axis === 0 || serials === null ? [] : [sql`t.serial between ${serials.first} and ${serials.last}`];
  const within = sql`t.jurisdiction = any(${[...jurisdictions]}::text[])`;
  return [words, [within, stretchOf(table, axis, group), ...bySerial, ...elsewhere], []];
}

/** The rows of neighbouring blocks that fit, along the index of the axis; all on one side of the end of the days. */
function alongBlocks(table: LedgerTable, question: LedgerQuestion, group: readonly Block[], needed: number): Condition {
  const text = question.sought === null ? [] : [heldWhileWalking(question.sought)];
  const key = keyOf(table, question);
  const within = stretchOf(table, question.axis, group);
  return perJurisdiction(
    question,
    (code) => sql`select ${foundAgain(table.covering)}, t.${key} as k1, t.serial as k2 from ${sql.raw(table.name)} t
      where ${allOf([sql`t.jurisdiction = ${code}`, within, ...absentOf(table, question), ...question.where, ...text])}
      order by ${orderOf(question)} limit ${needed}`,
  );
}

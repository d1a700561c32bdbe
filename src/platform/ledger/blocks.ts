import { sql } from 'kysely';
import { type Day, daysBetween } from '../../kernel/day.ts';
import type { Queryable } from '../db/connect.ts';
import { askedInBlocks, stretchOf } from './asked.ts';
import { type Block, runsOf } from './axis.ts';
import {
  absentOf,
  allOf,
  foundAgain,
  heldWhileWalking,
  keyOf,
  orderOf,
  perJurisdiction,
  slice,
  throughWords,
} from './statements.ts';
import type { Condition, LedgerQuestion, LedgerTable } from './table.ts';
import { IN_MEMORY, partsOf, type Way } from './way.ts';
import { DAYS_IN_BLOCK, EPOCH, SERIALS_IN_BLOCK } from './words.ts';

/** Rows that the first group of blocks shall yield. */
const FIRST = 500;
/** No fewer rows may come in one group than this, where they lie as they were foretold. */
const LEAST_BUDGET = 200;
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
  const blocks = dense ? runs : inParts(runs, question, elsewhere, parts, known);
  const rows: Row[] = [];
  let found = 0;
  let at = 0;
  let size = 0;
  const foretold = elsewhere ? way.hits / parts : way.expected / Math.max(1, blocks.length);
  let density = foretold;
  // What nobody foretold, a state that recent rows do not have yet, makes the next group larger, but only step by step.
  let budget = Math.max(needed * 1.3, LEAST_BUDGET);
  while (at < blocks.length && found < needed) {
    const lacking = size === 0 ? Math.min(FIRST, needed) : (needed - found) * 1.2;
    const most = size === 0 ? MOST_IN_GROUP / 4 : Math.min(MOST_IN_GROUP, size * GROWTH);
    const fits = Math.min(most, lacking / Math.max(density, 0.01), budget / Math.max(foretold, 0.01));
    size = dense ? Math.max(1, size * 2) : Math.max(1, Math.ceil(fits));
    budget *= 2;
    const group = alike(blocks.slice(at, at + size));
    const met = dense
      ? alongBlocks(table, question, group, needed - found)
      : throughWords(table, question, askedInBlocks(table, question, way, group, parts));
    // Once the page is full the rest is only counted, in no order.
    const counting = rows.length >= pageSize && !dense ? sql`${met} limit ${needed - found}` : met;
    const place = { offset: Math.max(0, offset - found), limit: Math.max(0, pageSize - rows.length) };
    const part = await slice<Row>(db, table, question, counting, place, columns);
    rows.push(...part.rows);
    found += part.found;
    at += group.length;
    // Where nothing was found, ever more blocks are asked at once; the few rows beyond what is known say nothing.
    if (group[0]?.part !== 'beyond') density = part.found > 0 ? part.found / group.length : density / GROWTH;
  }
  return { rows, found };
}

/**
 * Blocks cut into `parts` each where one holds far more than is needed: every row that is met may lie on a page of its own, so
 * that reading a whole block to show its first rows costs most of the time. What lies beyond what the database knows of the order
 * remains in one: it expects so few rows there that it would look at all of them instead of asking the search index. With a range
 * of another axis every block counts as a part: the indexes of both axes then say which rows are read.
 */
function inParts(
  blocks: readonly Block[],
  question: LedgerQuestion,
  elsewhere: boolean,
  parts: number,
  known: Day | number | null,
): Block[] {
  if ((parts < 2 && !elsewhere) || known === null) return [...blocks];
  const end = typeof known === 'number' ? known : daysBetween(EPOCH, known);
  return blocks.flatMap((block) => {
    if (block.behind || block.first > end) return [block];
    const step = Math.ceil((question.axis === 0 ? SERIALS_IN_BLOCK : DAYS_IN_BLOCK) / parts);
    const last = Math.min(block.last, end);
    const cut: Block[] = Array.from({ length: Math.ceil((last - block.first + 1) / step) }, (_, at) => {
      const first = block.first + at * step;
      return { ...block, first, last: Math.min(last, first + step - 1), part: 'known' };
    });
    if (last < block.last) cut.push({ ...block, first: last + 1, part: 'beyond' });
    return question.down ? cut.reverse() : cut;
  });
}

/** The first blocks of a group that lie on the same side of the end of the days, and all of which are parts or whole. */
function alike(group: readonly Block[]): readonly Block[] {
  const other = group.findIndex((block) => block.behind !== group[0]?.behind || block.part !== group[0]?.part);
  return other === -1 ? group : group.slice(0, other);
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

import { sql } from 'kysely';
import { addDays, type Day, day as dayFrom } from '../../kernel/day.ts';
import type { Queryable } from '../db/connect.ts';
import { type Block, runsOf } from './axis.ts';
import {
  absentOf,
  allOf,
  blocksOf,
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
import type { Way } from './way.ts';

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
  { offset, pageSize, needed }: Wanted,
  columns: Condition,
): Promise<{ rows: Row[]; found: number }> {
  const blocks = await runsOf(db, table, question);
  const dense = way.kind === 'dense';
  const rows: Row[] = [];
  let found = 0;
  let at = 0;
  let size = 0;
  let density = way.expected / Math.max(1, blocks.length);
  while (at < blocks.length && found < needed) {
    const next = dense && found === 0 ? await firstBlock(db, table, question, blocks, at) : at;
    if (next === null) break;
    const wanted = size === 0 ? Math.min(FIRST, needed) : (needed - found) * 1.2;
    const most = size === 0 ? MOST_IN_GROUP / 4 : Math.min(MOST_IN_GROUP, size * GROWTH);
    size = dense ? Math.max(1, size * 2) : Math.min(most, Math.max(1, Math.ceil(wanted / Math.max(density, 0.01))));
    const group = alike(blocks.slice(next, next + size));
    const met = dense
      ? alongBlocks(table, question, group, needed - found)
      : throughWords(table, question, wordsIn(table, question, way, group));
    // Once the page is full the rest is only counted, in no order.
    const counting = rows.length >= pageSize && !dense ? sql`${met} limit ${needed - found}` : met;
    const place = { offset: Math.max(0, offset - found), limit: Math.max(0, pageSize - rows.length) };
    const part = await slice<Row>(db, table, question, counting, place, columns);
    rows.push(...part.rows);
    found += part.found;
    at = next + group.length;
    // Where nothing was found, ever more blocks are asked at once.
    density = part.found > 0 ? part.found / group.length : density / GROWTH;
  }
  return { rows, found };
}

/** The first blocks of a group that lie on the same side of the end of the days. */
const alike = (group: readonly Block[]): Block[] => group.filter((block) => block.behind === group[0]?.behind);

/** Every facet in these blocks; ranges of other axes through the narrowest facet in their blocks. */
function wordsIn(table: LedgerTable, question: LedgerQuestion, way: Way, group: readonly Block[]): Condition[] {
  const { jurisdictions, many, few, ranges, axis } = question;
  const lows = group.map((block) => block.low);
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

/** The next block in which some row lies in the first range of another axis; nearly all that is passed over is not read. */
async function firstBlock(
  db: Queryable,
  table: LedgerTable,
  question: LedgerQuestion,
  blocks: readonly Block[],
  from: number,
): Promise<number | null> {
  const { jurisdictions, ranges, axis } = question;
  const places = ranges.flatMap((range) => (range.axis === axis ? [] : [blocksOf(range)]))[0] ?? null;
  if (places === null) return from;
  const found = await sql<{ at: number | null }>`select ledger_first_block(${table.name}, ${table.words},
    ${wordsOf(
      jurisdictions,
      [''],
      blocks.map((block) => block.low),
    )}::bigint[], ${jurisdictions.length},
    ${wordsOf(jurisdictions, [''], places)}::bigint[], ${from}::int) as at`.execute(db);
  return found.rows[0]?.at ?? null;
}

/** The rows of neighbouring blocks that fit, along the index of the axis; all on one side of the end of the days. */
function alongBlocks(table: LedgerTable, question: LedgerQuestion, group: readonly Block[], needed: number): Condition {
  const block = {
    first: Math.min(...group.map((one) => one.first)),
    last: Math.max(...group.map((one) => one.last)),
    behind: group[0]?.behind ?? false,
  };
  const text = question.sought === null ? [] : [heldWhileWalking(question.sought)];
  const key = keyOf(table, question);
  const serials = sql`t.serial between ${block.first} and ${block.last}`;
  const epoch = dayFrom('1970-01-01');
  const days = (): Condition =>
    sql`t.${key} between ${addDays(epoch, block.first) as Day}::date and ${addDays(epoch, block.last) as Day}::date`;
  const within = question.axis === 0 ? serials : block.behind ? sql`t.${key} is null and ${serials}` : days();
  return perJurisdiction(
    question,
    (code) => sql`select t.jurisdiction, t.id, t.${key} as k1, t.serial as k2 from ${sql.raw(table.name)} t
      where ${allOf([sql`t.jurisdiction = ${code}`, within, ...absentOf(table, question), ...question.where, ...text])}
      order by ${orderOf(question)} limit ${needed}`,
  );
}

import { sql } from 'kysely';
import { addDays, daysBetween } from '../../kernel/day.ts';
import type { Block } from './axis.ts';
import { type Asked, between, blocksOf, type Ends, hasWord, keyOf } from './statements.ts';
import type { AnyOf, Condition, LedgerQuestion, LedgerTable } from './table.ts';
import {
  BLOCK,
  FEW,
  FOUND,
  IN_MEMORY,
  LEFT_OUT,
  PASSED,
  PLACE,
  pairsWorthAsking,
  placesOf,
  type Way,
  worthAsking,
} from './way.ts';
import { DAYS_IN_BLOCK, EPOCH } from './words.ts';

/** Every row has it. */
const ANY: AnyOf = [''];

const productOf = (shares: readonly number[], worth: readonly boolean[]): number =>
  shares.reduce((product, share, at) => product * (worth[at] ? share : 1), 1);

/**
 * What is asked for all rows of a question that has few of them: words of the whole ledger, or, where a range leaves so little of it
 * that this costs less, of the blocks of that range.
 */
export function askedAnywhere(table: LedgerTable, question: LedgerQuestion, way: Way): Asked {
  const { jurisdictions, many, few, ranges, sought } = question;
  const all = [...way.few, ...way.many];
  const nowhere = { inBlocks: [], lows: [], ends: null, serials: null, part: [], rest: [] };
  const worth = worthAsking(all, way.rows, way.rows);
  const left = way.rows * productOf(all, worth);
  const words = [...few, ...many].flatMap((anyOf, at) =>
    worth[at] ? [hasWord(table, jurisdictions, anyOf, [0])] : [],
  );
  const anywhere = {
    ...nowhere,
    words: words.length > 0 || sought !== null ? words : [hasWord(table, jurisdictions, ANY, [0])],
    pairs: pairsWorthAsking(way.pairs, way.rows, left),
    cost: way.rows * placesOf(all, worth) * PLACE + left * FOUND,
  };
  const inRanges = ranges.flatMap((range, at) => {
    const lows = blocksOf(range);
    if (lows === null || lows.length === 0) return [];
    const rows = way.rows * (way.ranges[at] ?? 1);
    const asked = worthAsking(all, rows, rows);
    const found = rows * productOf(all, asked);
    const within = many.filter((_, place) => asked[few.length + place]);
    return [
      {
        ...nowhere,
        words: few.flatMap((anyOf, place) => (asked[place] ? [hasWord(table, jurisdictions, anyOf, [0])] : [])),
        inBlocks: within.length > 0 ? within : [ANY],
        lows,
        pairs: pairsWorthAsking(way.pairs, rows, found),
        cost: lows.length * BLOCK * (1 + within.length) + rows * placesOf(all, asked) * PLACE + found * FOUND,
      },
    ];
  });
  const { cost: _, ...best } = inRanges.reduce(
    (least: (typeof inRanges)[number] | typeof anywhere, one) => (one.cost < least.cost ? one : least),
    anywhere,
  );
  return best;
}

/** The first and the last serial or day of these blocks. */
function endsOf(axis: number, group: readonly Block[]): Ends {
  const first = Math.min(...group.map((one) => one.first));
  const last = Math.max(...group.map((one) => one.last));
  return axis === 0 || group[0]?.behind ? [first, last] : [addDays(EPOCH, first), addDays(EPOCH, last)];
}

/** Serials or days from the first to the last of these blocks, over the alias t. */
export function stretchOf(table: LedgerTable, axis: number, group: readonly Block[]): Condition {
  const ends = endsOf(axis, group);
  const key = keyOf(table, { axis });
  return group[0]?.behind ? sql`t.${key} is null and ${between(sql`serial`, ends)}` : between(key, ends);
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
export function askedInBlocks(
  table: LedgerTable,
  { jurisdictions, many, few, ranges, axis, sought }: LedgerQuestion,
  way: Way,
  group: readonly Block[],
  parts: number,
): Asked {
  const lows = [...new Set(group.map((block) => block.low))];
  // Where the serials are known, the days of the order are looked up among these alone.
  const serials = axis !== 0 && group[0]?.part === 'known' ? way.within.serials : null;
  const rows = ((way.inBlock * group.length) / parts) * (serials === null ? 1 : way.density);
  const whole = way.inBlock * lows.length;
  const worth = worthAsking(way.many, whole, rows);
  const inBlocks = many.filter((_, at) => worth[at]);
  const words = few.map((anyOf) => hasWord(table, jurisdictions, anyOf, [0]));
  const left = rows * productOf(way.many, worth);
  const asked = {
    words,
    inBlocks,
    lows,
    ends: null,
    serials,
    pairs: pairsWorthAsking(way.pairs, whole, left),
    part: [],
    rest: [],
  };
  const named = words.length + inBlocks.length > 0;
  // Of a small jurisdiction in a large table the planner expects next to nothing in a part, and would compute the words of every row.
  if (way.rows <= IN_MEMORY && named) return { ...asked, rest: [stretchOf(table, axis, group)] };
  const part = group[0]?.part;
  // A text is found nowhere but in the search index, and there only as far as the blocks reach.
  const some = inBlocks.length === 0 && (part !== 'known' || sought !== null) ? { ...asked, inBlocks: [ANY] } : asked;
  if (part === undefined) return some;
  const ofBlock = (low: number): Block[] => group.filter((block) => block.low === low);
  const ends = lows.map((low) => endsOf(axis, ofBlock(low)));
  if (part === 'beyond') {
    const perUnit = axis === 0 ? 1 : way.inBlock / DAYS_IN_BLOCK;
    const newer = group.reduce((sum, { first, last }) => sum + (last - first + 1) * perUnit, 0);
    return newer < FEW
      ? { ...asked, words: [], inBlocks: [], ends }
      : { ...some, rest: [stretchOf(table, axis, group)] };
  }
  const outside = left * Math.max(AT_ENDS, 1 - way.density);
  const elsewhere = ranges.flatMap(({ axis: other, from, to }) => {
    // Along another axis the serials have left out nearly all that lies outside the range.
    if (axis !== 0 || other === 0 || typeof from !== 'string' || typeof to !== 'string') return [];
    const places = (daysBetween(from, to) * PLACES_OF_DAY + rows) * lows.length;
    if (outside * LEFT_OUT < places * PASSED) return [];
    return [sql`t.${sql.raw(table.axes[other]?.column ?? '')} between ${from}::date and ${to}::date`];
  });
  const narrowed = { ...some, part: elsewhere };
  const cut = some.inBlocks.length === 0 || (whole - rows) * (left / rows) * LEFT_OUT >= rows * PASSED;
  return cut ? { ...narrowed, ends } : { ...narrowed, rest: [stretchOf(table, axis, group)] };
}

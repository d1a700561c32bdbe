import { type Day, daysBetween } from '../../kernel/day.ts';
import type { Narrowed } from './axis.ts';
import { baseShare, facetShare, pairShare, rangeShare, type Shares, textShare } from './shares.ts';
import type { LedgerQuestion, LedgerTable, WayKind } from './table.ts';
import { DAYS_IN_BLOCK, SERIALS_IN_BLOCK } from './words.ts';

/** Largest number that is counted exactly where a walk meets nearly every row; beyond it a list says 超过. */
const MOST_COUNTED = 10_000;
/** The same where each hit costs more, and where texts are compared. */
const MOST_COUNTED_IN_BLOCKS = 1_000;
const MOST_COUNTED_IN_TEXT = 300;
/**
 * Where far more are expected than would be counted exactly, counting stops early: each row that is met may lie on a page of its own,
 * or at least has to be passed.
 */
const FAR_MORE = 1_000;
const MOST_COUNTED_OF_FAR_MORE = { apart: 100, inOrder: 1_000 };
/** The same where counting exactly costs more than this, in microseconds; … */
const DEAR = 40_000;
/** … but not in a ledger that is small enough to be in memory: there people get the number. */
export const IN_MEMORY = 200_000;

/** So many rows are fetched and sorted at once. */
export const FEW = 2_000;
/** More than this is never read at once, however it was guessed. */
const MOST_AT_ONCE = 20_000;

/**
 * Costs of a row, in microseconds of a database that has most of what is asked in memory: met along an index that holds all that
 * is asked, or that includes far more than its key; read on the way where rows lie in that order; read where each lies on a page of
 * its own, one after the other; …
 */
const COVERED = 0.25;
const INCLUDED = 0.8;
const READ = 1.2;
const READ_APART = 8;
/** … compared with a text besides; found through words, pages asked for ahead, and sorted; passed over in the index of the order … */
const COMPARED = 1.3;
export const FOUND = 4;
export const PASSED = 0.08;
/** … of asking the search index for one more block, and of one more statement. */
export const BLOCK = 60;
const STATEMENT = 700;
/** Reading one place that the search index keeps of a facet; a common one has millions. */
export const PLACE = 0.025;
/** A row that is left out need not be read. */
export const LEFT_OUT = 30;
/** Rows lie so much less evenly than blocks suppose, and those of a small set. */
const UNEVEN = { any: 2, ofSet: 4 };

export interface Way {
  readonly kind: WayKind;
  /** Rows that are expected to fit. */
  readonly expected: number;
  /** Shares of the rows that have each of `many`, and each of `few`. */
  readonly many: readonly number[];
  readonly few: readonly number[];
  /** Rows of the jurisdictions; rows in one block of the order, and of these the ones that fit. */
  readonly rows: number;
  readonly inBlock: number;
  readonly hits: number;
  /** Of the rows in the order, or in the stretch of it, the share that lies within ranges of other axes. */
  readonly density: number;
  /** Shares of the rows that lie in each of the ranges, by themselves. */
  readonly ranges: readonly number[];
  readonly pairs: readonly PairShare[];
  /** How ranges of other axes narrow the order and the serials. */
  readonly within: Narrowed;
  /** The last day or serial of the order that the database knows of; it takes what lies beyond for next to nothing. */
  readonly known: Day | number | null;
  /** Counted no further than this. */
  readonly most: number;
}

/** Rows in one block of the axis by which the list is sorted. */
function rowsInBlock(shares: Shares, axis: number, rows: number): number {
  if (axis === 0) return Math.min(SERIALS_IN_BLOCK, rows);
  const bounds = shares.bounds[axis] ?? [];
  const [first, last] = [bounds[0], bounds.at(-1)];
  if (typeof first !== 'string' || typeof last !== 'string') return rows;
  return Math.min(rows, (rows * DAYS_IN_BLOCK) / Math.max(1, daysBetween(first as Day, last as Day)));
}

/** Most parts that a block of serials is cut into; one of days is cut into days at most. */
const MOST_PARTS = 64;

/** Into how many parts blocks are cut, where `wanted` would hold what is needed. */
export const partsOf = (axis: number, wanted: number): number =>
  Math.max(1, Math.min(axis === 0 ? MOST_PARTS : DAYS_IN_BLOCK, Math.floor(wanted)));

/**
 * Which facets are asked of the search index, by their shares of `rows`: reading all places that it keeps of a common one costs
 * more than looking at the rows that it would leave out of the `left` ones. The narrowest always is.
 */
export function worthAsking(shares: readonly number[], rows: number, left: number): boolean[] {
  const worth = shares.map(() => false);
  let still = left;
  const byShare = shares.map((share, at) => ({ share, at })).sort((a, b) => a.share - b.share);
  for (const [rank, { share, at }] of byShare.entries()) {
    if (rank > 0 && still * (1 - share) * LEFT_OUT <= rows * share * PLACE) continue;
    worth[at] = true;
    still *= share;
  }
  return worth;
}

/** Of the rows, the places that the search index keeps of the facets that are asked for. */
export const placesOf = (shares: readonly number[], worth: readonly boolean[]): number =>
  shares.reduce((sum, share, at) => sum + (worth[at] ? share : 0), 0);

/** A pair of characters of a sought text, and the share of the rows that hold it. */
export interface PairShare {
  readonly pair: number;
  readonly share: number;
}

/**
 * Which pairs of a sought text are asked of the search index: the rarest, and the others as long as that is worth it. The text itself
 * is compared afterwards; pairs of one text mostly come together, so that a further one leaves out less than it would alone.
 */
export function pairsWorthAsking(pairs: readonly PairShare[], rows: number, left: number): number[] {
  const asked: number[] = [];
  let still = left;
  for (const { pair, share } of [...pairs].sort((a, b) => a.share - b.share)) {
    const kept = asked.length === 0 ? share : Math.sqrt(share);
    if (asked.length > 0 && still * (1 - kept) * LEFT_OUT <= rows * share * PLACE) break;
    asked.push(pair);
    still *= kept;
  }
  return asked;
}

/** The small set as far as its indexes narrow it: its rows, and the share of them that fits. */
function setOf(
  { smallSet, jurisdictions, many }: LedgerQuestion,
  shares: Shares,
  { rows, base, met }: { readonly rows: number; readonly base: number; readonly met: number },
): { size: number; fitting: number } {
  const of = (signs: string): number[] =>
    many
      .filter(([first = '']) => signs.includes(first[0] ?? ' '))
      .map((anyOf) => facetShare(shares, jurisdictions, anyOf, base));
  const share = Math.min(1, ...of(smallSet?.whole ?? '')) * Math.min(1, ...of(smallSet?.within ?? ''));
  return { size: rows * share, fitting: Math.min(1, met / share) };
}

/** How the rows are found: whichever is expected to cost least. `shown`: rows up to the end of the page. */
export function wayOf(
  table: LedgerTable,
  shares: Shares,
  question: LedgerQuestion,
  narrow: Narrowed,
  shown: number,
  forced: WayKind | undefined,
): Way {
  const { jurisdictions, many, few, ranges, sought, axis } = question;
  const base = baseShare(shares, jurisdictions);
  const rows = shares.rows * base;
  const manyShares = many.map((anyOf) => facetShare(shares, jurisdictions, anyOf, base));
  const fewShares = few.map((anyOf) => facetShare(shares, jurisdictions, anyOf, base));
  const facets = [...manyShares, ...fewShares].reduce((product, share) => product * share, 1);
  const met = Math.max(1e-9, facets * textShare(shares, sought));
  const rangeShares = ranges.map((range) => rangeShare(shares, range));
  const within = rangeShares.reduce((product, share) => product * share, 1);
  const expected = rows * met * within;
  const own = narrow.stretch ?? ranges.find((range) => range.axis === axis);
  const density = Math.min(1, within / (own ? rangeShare(shares, own) : 1));
  const exact = sought ? MOST_COUNTED_IN_TEXT : MOST_COUNTED_IN_BLOCKS;
  const farMore = expected > FAR_MORE && rows > IN_MEMORY;
  const early = Math.min(exact, MOST_COUNTED_OF_FAR_MORE.apart);
  const inBlock = rowsInBlock(shares, axis, rows);
  const hits = met * density * inBlock;
  const way = (kind: WayKind, most: number): Way => ({
    kind,
    expected,
    most,
    rows,
    inBlock,
    hits,
    density,
    ranges: rangeShares,
    pairs: (sought?.pairs ?? []).map((pair) => ({ pair, share: pairShare(shares, pair) })),
    within: narrow,
    many: manyShares,
    few: fewShares,
    known: shares.last[axis] ?? null,
  });
  // The search index knows texts, not numbers: where a number may be meant, its blocks alone would miss it.
  const numbered = sought !== null && sought.numbers.length > 0;
  if (forced !== undefined) return way(numbered && forced === 'blocks' ? 'all' : forced, MOST_COUNTED);
  if (expected < MOST_AT_ONCE && (few.length > 0 || numbered)) return way('all', MOST_COUNTED);
  // Rows come in the order of their serials and mostly stay where they were put.
  const apart = table.covering ? COVERED : axis === 0 ? READ : READ_APART;
  const met1 = apart + (sought ? (table.covering ? READ + COMPARED : COMPARED) : 0);
  const elsewhere = ranges.some((range) => range.axis !== axis);
  const never = Number.POSITIVE_INFINITY;
  const set = setOf(question, shares, { rows, base, met });
  const covered = question.smallSet?.covered ?? false;
  const reading = (all: readonly number[], among: number, left: number): number =>
    among * placesOf(all, worthAsking(all, among, left)) * PLACE;
  const cheapest = (counted: number): { kind: WayKind; cost: number } => {
    const needed = Math.min(expected, Math.max(shown, counted));
    const parts = partsOf(axis, hits / (needed * 1.2));
    const costs: Readonly<Record<WayKind, number>> = {
      all: expected < FEW ? expected * FOUND + reading([...fewShares, ...manyShares], rows, rows) : never,
      // The index of a small set lies in the order of axis 1 and can be left when enough are met.
      set:
        question.smallSet && sought === null
          ? Math.min(set.size, axis === 1 ? needed / set.fitting : set.size) * (covered ? INCLUDED : READ_APART)
          : never,
      walk: elsewhere ? never : (needed / met) * met1,
      // A range of another axis leaves part of what is passed over.
      dense: elsewhere && sought === null && table.covering ? (needed / (met * density)) * met1 * 3 : never,
      blocks: numbered
        ? never
        : (Math.max(needed * 1.3, hits / parts) * FOUND +
            (parts > 1 ? (inBlock / parts) * PASSED : 0) +
            (needed / (hits / parts)) * BLOCK +
            Math.ceil(needed / hits) * reading(manyShares, inBlock, (inBlock * density) / parts) +
            STATEMENT) *
          (covered ? UNEVEN.ofSet : UNEVEN.any),
    };
    const kind = (Object.keys(costs) as WayKind[]).reduce((best, one) => (costs[one] < costs[best] ? one : best));
    return { kind, cost: costs[kind] };
  };
  const exactly = cheapest(farMore ? early : exact);
  // Where the exact number is dear, counting stops early too.
  const roughly = !farMore && exactly.cost > DEAR && rows > IN_MEMORY ? cheapest(early) : exactly;
  const stops = farMore || roughly.cost < exactly.cost / 4;
  const { kind } = stops ? roughly : exactly;
  const counted = stops ? early : exact;
  const inOrder =
    (kind === 'set' && covered) || (kind === 'walk' && sought === null && met > 0.2 && (axis === 0 || table.covering));
  if (kind === 'all' || (kind === 'set' && set.size < FEW)) return way(kind, MOST_COUNTED);
  return way(kind, inOrder ? (stops ? MOST_COUNTED_OF_FAR_MORE.inOrder : MOST_COUNTED) : counted);
}

import { type Day, daysBetween } from '../../kernel/day.ts';
import { baseShare, facetShare, rangeShare, type Shares, textShare } from './shares.ts';
import type { LedgerQuestion, LedgerTable, WayKind } from './table.ts';
import { DAYS_IN_BLOCK, SERIALS_IN_BLOCK } from './words.ts';

/** Largest number that is counted exactly where a walk meets nearly every row; beyond it a list says 超过. */
const MOST_COUNTED = 10_000;
/** The same where each hit costs more, and where texts are compared. */
const MOST_COUNTED_IN_BLOCKS = 1_000;
const MOST_COUNTED_IN_TEXT = 300;
/** Where far more are expected than would be counted exactly, counting stops early: each row that is met may lie on a page of its own. */
const FAR_MORE = 2_000;
const MOST_COUNTED_OF_FAR_MORE = 300;

/** So many rows are fetched and sorted at once. */
const FEW = 5_000;
/** More than this is never read at once, however it was guessed. */
const MOST_AT_ONCE = 20_000;

/** Costs of a row, in microseconds of a warm database: met along an index that holds all that is asked, read on the way, … */
const COVERED = 0.25;
const READ = 1.2;
/** … compared with a text, found through words and sorted; and of asking the search index for one more block. */
const READ_TEXT = 2.5;
const FOUND = 2;
const BLOCK = 60;

export interface Way {
  readonly kind: WayKind;
  /** Rows that are expected to fit. */
  readonly expected: number;
  /** Place in `many` of the facet that fewest rows have; null where there is none. */
  readonly narrowest: number | null;
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

/** How the rows are found: whichever is expected to cost least. `shown`: rows up to the end of the page. */
export function wayOf(
  table: LedgerTable,
  shares: Shares,
  question: LedgerQuestion,
  shown: number,
  forced: WayKind | undefined,
): Way {
  const { jurisdictions, many, few, ranges, sought, axis } = question;
  const base = baseShare(shares, jurisdictions);
  const rows = shares.rows * base;
  const manyShares = many.map((anyOf) => facetShare(shares, jurisdictions, anyOf, base));
  const least = Math.min(1, ...manyShares);
  const narrowest = many.length === 0 ? null : manyShares.indexOf(least);
  const facets = [...manyShares, ...few.map((anyOf) => facetShare(shares, jurisdictions, anyOf, base))].reduce(
    (product, share) => product * share,
    1,
  );
  const met = Math.max(1e-9, facets * textShare(shares, sought));
  const expected = ranges.reduce((product, range) => product * rangeShare(shares, range), rows * met);
  const exact = sought ? MOST_COUNTED_IN_TEXT : MOST_COUNTED_IN_BLOCKS;
  const counted = expected > FAR_MORE ? Math.min(exact, MOST_COUNTED_OF_FAR_MORE) : exact;
  const way = (kind: WayKind, most: number): Way => ({ kind, expected, narrowest, most });
  // The search index knows texts, not numbers: where a number may be meant, its blocks alone would miss it.
  const numbered = sought !== null && sought.numbers.length > 0;
  if (forced !== undefined) return way(numbered && forced === 'blocks' ? 'all' : forced, MOST_COUNTED);
  if (expected < MOST_AT_ONCE && (few.length > 0 || numbered)) return way('all', MOST_COUNTED);
  const needed = Math.min(expected, Math.max(shown, counted));
  const met1 = sought ? READ_TEXT : table.covering ? COVERED : READ;
  const hits = met * rowsInBlock(shares, axis, rows);
  const elsewhere = ranges.some((range) => range.axis !== axis);
  const never = Number.POSITIVE_INFINITY;
  const costs: Readonly<Record<WayKind, number>> = {
    all: expected < FEW ? expected * FOUND : never,
    set: question.smallSet && sought === null ? rows * least * met1 : never,
    walk: elsewhere ? never : (needed / met) * met1,
    // A range of another axis leaves part of what is passed over, even where it begins.
    dense: elsewhere && sought === null ? (needed / met) * met1 * 3 : never,
    blocks: numbered ? never : Math.max(needed * 1.3, hits) * FOUND + (needed / hits) * BLOCK,
  };
  const kinds = Object.keys(costs) as WayKind[];
  const kind = kinds.reduce((best, one) => (costs[one] < costs[best] ? one : best));
  const exactly = kind === 'all' || kind === 'set' || (kind === 'walk' && sought === null && met > 0.2);
  return way(kind, exactly ? MOST_COUNTED : counted);
}

import { baseShare, facetShare, rangeShare, type Shares, textShare } from './shares.ts';
import type { LedgerQuestion, WayKind } from './table.ts';

/** Largest number that is counted exactly where a walk meets nearly every row; beyond it a list says 超过. */
const MOST_COUNTED = 10_000;
/** The same where each hit costs more, and where texts are compared. */
const MOST_COUNTED_IN_BLOCKS = 1_000;
const MOST_COUNTED_IN_TEXT = 300;

/** So many rows are fetched and sorted sooner than looked for in order. */
const FEW = 4_000;
/** One row in so many must fit for a walk along an index. */
const WALK_STEPS = 40;
const WALK_STEPS_IN_TEXT = 12;
/** A small set is read whole up to so many rows. */
const SET = 60_000;

export interface Way {
  readonly kind: WayKind;
  /** Rows that are expected to fit. */
  readonly expected: number;
  /** Place in `many` of the facet that fewest rows have; null where there is none. */
  readonly narrowest: number | null;
  /** Counted no further than this. */
  readonly most: number;
}

/** How the rows are found, from how many are expected. */
export function wayOf(shares: Shares, question: LedgerQuestion, forced: WayKind | undefined): Way {
  const { jurisdictions, many, few, ranges, sought, axis } = question;
  const base = baseShare(shares, jurisdictions);
  const manyShares = many.map((anyOf) => facetShare(shares, jurisdictions, anyOf, base));
  const least = Math.min(1, ...manyShares);
  const narrowest = many.length === 0 ? null : manyShares.indexOf(least);
  const facets = [...manyShares, ...few.map((anyOf) => facetShare(shares, jurisdictions, anyOf, base))].reduce(
    (product, share) => product * share,
    1,
  );
  const text = textShare(shares, sought);
  const otherRanges = ranges.filter((range) => range.axis !== axis);
  const inRanges = ranges.reduce((product, range) => product * rangeShare(shares, range), 1);
  const expected = shares.rows * base * facets * text * inRanges;
  const way = (kind: WayKind, most: number): Way => ({ kind, expected, narrowest, most });
  const counted = sought ? MOST_COUNTED_IN_TEXT : MOST_COUNTED_IN_BLOCKS;
  if (forced !== undefined) return way(forced, MOST_COUNTED);
  if (sought && sought.numbers.length > 0 && expected < 4 * FEW) return way('all', MOST_COUNTED);
  if (question.smallSet && sought === null && shares.rows * base * least < SET) return way('set', MOST_COUNTED);
  if (expected < FEW || few.length > 0) return way('all', MOST_COUNTED);
  const met = facets * text;
  if (otherRanges.length === 0 && met * (sought ? WALK_STEPS_IN_TEXT : WALK_STEPS) >= 1)
    return way('walk', sought === null && met > 0.2 ? MOST_COUNTED : counted);
  // Nearly every row of a block fits but for its day on another axis.
  return way(sought === null && met * WALK_STEPS >= 1 ? 'dense' : 'blocks', counted);
}

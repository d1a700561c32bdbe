import type { RawBuilder } from 'kysely';
import type { Day } from '../../kernel/day.ts';

export type Condition = RawBuilder<unknown>;

/** An order in which a ledger can be walked and cut into blocks. The first axis of a ledger is always its serial. */
export interface Axis {
  /** Column of the table. A btree over (jurisdiction, column, serial) must exist; for the serial (jurisdiction, serial). */
  readonly column: string;
  /**
   * What happens to rows without the day. never: there are none; behind: they come after all days, by serial;
   * absent: they are not in the list at all when it is sorted by this axis.
   */
  readonly without: 'never' | 'behind' | 'absent';
}

/**
 * A table that lists are made of. It needs: jurisdiction text, id uuid (primary key jurisdiction, id), serial bigint (year ×
 * 100,000,000 + running number), pairs int[] (`pairsOf` of its texts), plain text (`plainForSearch` of its texts), and
 *
 *   create index <index> on <name> using gin (pairs, ledger_words(jurisdiction, serial, days, many, few));
 *   alter index <index> alter column 2 set statistics 300;
 *
 * with `days` in the order of `axes` after the serial (coalesce(due_on, 'infinity') where rows without it come behind).
 */
export interface LedgerTable {
  readonly name: string;
  readonly index: string;
  /** The `ledger_words(…)` of the index, written word for word the same over the alias `t`. */
  readonly words: string;
  readonly axes: readonly [Axis, ...Axis[]];
  /** Whether the btrees of the axes include all columns that `where` may ask for: a walk then reads no row. */
  readonly covering: boolean;
}

/** A facet that a row must have: one of these texts (sign and value, as the table's words are made of them). */
export type AnyOf = readonly string[];

/** Days (of axis 0: serials) between which an axis must lie; both ends included, an open end is null. */
export interface Range {
  /** Place in `axes`. */
  readonly axis: number;
  readonly from: Day | number | null;
  readonly to: Day | number | null;
}

/** What is sought in the texts: pairs of characters, the text in a row, and the numbers that it may be. */
export interface Sought {
  readonly pairs: readonly number[];
  /** null: one pair, which is exact by itself. */
  readonly pattern: string | null;
  /** Human numbers that the text may mean; a row with one of them is found too. Column `number`. */
  readonly numbers: readonly string[];
}

export interface LedgerQuestion {
  readonly jurisdictions: readonly string[];
  /** Facets that many rows have (words in blocks too). Leave out what follows from another, and values that most rows have. */
  readonly many: readonly AnyOf[];
  /** Facets of which each value has a few thousand rows at most. */
  readonly few: readonly AnyOf[];
  /** All that must hold but the text, exactly, over alias `t`; facets and ranges are said here again. */
  readonly where: readonly Condition[];
  readonly ranges: readonly Range[];
  readonly sought: Sought | null;
  /** Place in `axes` by which the list is sorted; the serial decides between equal days. */
  readonly axis: number;
  readonly down: boolean;
  /** Filters leave only rows of a small set that has partial indexes of its own: it may be read whole. */
  readonly smallSet: SmallSet | null;
}

/**
 * A small set of rows with a partial index over (jurisdiction, axis 1) and others. Signs of the facets that say which rows
 * belong to it (`whole`: of several the rarest counts), and of those by which its indexes narrow it further (`within`).
 */
export interface SmallSet {
  readonly whole: string;
  readonly within: string;
  /** Whether these indexes include all columns that `where` asks for: no row is read but those of the page. */
  readonly covered: boolean;
}

/** A page asked for; `page` counts from 1. */
export interface PageAsked {
  readonly page: number;
  readonly pageSize: number;
  /** false: nobody asks how many there are; the total is then that of the page. */
  readonly counted?: boolean;
  /** Takes this way whatever the shares say; changes the time, never the answer. For tests. */
  readonly way?: WayKind;
  /** Cuts blocks into so many parts, whatever they are expected to hold. For tests. */
  readonly parts?: number;
}

/**
 * all: fetch everything and sort. blocks: block by block in order. dense: the same along the index of the order, from the
 * first block in which a range of another axis occurs. walk: along the index. set: read a small set whole.
 */
export type WayKind = 'all' | 'blocks' | 'dense' | 'walk' | 'set';

export interface Found<Row> {
  readonly rows: Row[];
  readonly total: number;
  readonly totalIsCapped: boolean;
}

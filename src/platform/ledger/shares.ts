import { sql } from 'kysely';
import { type Day, daysBetween } from '../../kernel/day.ts';
import type { Queryable } from '../db/connect.ts';
import type { AnyOf, LedgerTable, Range, Sought } from './table.ts';
import { wordOf } from './words.ts';

/** What the database has counted in a sample of the table: how many rows, and how often each word and pair occurs. */
export interface Shares {
  readonly rows: number;
  readonly words: ReadonlyMap<string, number>;
  readonly pairs: ReadonlyMap<string, number>;
  /** Days, or serials, that cut the rows of an axis into parts of equal size, by place in `axes`. */
  readonly bounds: readonly (readonly (Day | number)[])[];
  /** The last day or serial of each axis that the sample holds; null: none. */
  readonly last: readonly (Day | number | null)[];
}

const HOLD_MS = 5 * 60_000;
const kept = new Map<string, { readonly shares: Shares; readonly at: number }>();

interface Stat {
  attname: string;
  elems: string[] | null;
  freqs: number[] | null;
  bounds: string[] | null;
  /** Of a column of an axis the days that are too common to count among the bounds. */
  common: string[] | null;
}

const places = new WeakMap<Queryable, string>();

/** Which database this is; a process may have several open. */
async function placeOf(db: Queryable): Promise<string> {
  const known = places.get(db);
  if (known !== undefined) return known;
  const found = await sql<{ place: string }>`select current_database() || '.' || current_schema as place`.execute(db);
  const place = found.rows[0]?.place ?? '';
  places.set(db, place);
  return place;
}

/** The shares of a ledger, read again every few minutes; of an empty or never counted table: no rows. */
export async function sharesOf(db: Queryable, table: LedgerTable): Promise<Shares> {
  const key = `${await placeOf(db)} ${table.name}`;
  const known = kept.get(key);
  if (known && performance.now() - known.at < HOLD_MS) return known.shares;
  const [size, stats] = await Promise.all([
    sql<{
      rows: number;
    }>`select greatest(reltuples, 0)::float8 as rows from pg_class where oid = ${table.name}::regclass`.execute(db),
    sql<Stat>`select attname, most_common_elems::text::text[] as elems, most_common_elem_freqs as freqs,
        histogram_bounds::text::text[] as bounds,
        case when attname = any(${table.axes.map(({ column }) => column)}::text[]) then most_common_vals::text::text[] end as common
      from pg_stats
      where schemaname = current_schema and tablename in (${table.name}, ${table.index})`.execute(db),
  ]);
  const mapOf = (is: (stat: Stat) => boolean): Map<string, number> => {
    const stat = stats.rows.find(is);
    return new Map((stat?.elems ?? []).map((elem, at) => [elem, stat?.freqs?.[at] ?? 0]));
  };
  const axes = table.axes.map(({ column }, at) => {
    const stat = stats.rows.find((one) => one.attname === column);
    const read = (values: readonly string[] | null | undefined): (Day | number)[] =>
      at === 0 ? (values ?? []).map(Number) : ((values ?? []) as Day[]);
    return { bounds: read(stat?.bounds), common: read(stat?.common) };
  });
  const shares: Shares = {
    rows: size.rows[0]?.rows ?? 0,
    words: mapOf((stat) => /words/.test(stat.attname)),
    pairs: mapOf((stat) => stat.attname === 'pairs'),
    bounds: axes.map(({ bounds }) => bounds),
    last: axes.map(({ bounds, common }) =>
      [...bounds, ...common].reduce<Day | number | null>(
        (last, one) => (last === null || one > last ? one : last),
        null,
      ),
    ),
  };
  kept.set(key, { shares, at: performance.now() });
  return shares;
}

const leastIn = (map: ReadonlyMap<string, number>): number => {
  let least = 0.001;
  for (const share of map.values()) if (share < least) least = share;
  return least;
};

/** The share of all rows that lie in one of the jurisdictions. */
export function baseShare(shares: Shares, jurisdictions: readonly string[]): number {
  if (shares.words.size === 0) return 1;
  const least = leastIn(shares.words);
  const sum = jurisdictions.reduce((all, code) => all + (shares.words.get(wordOf(code, '', 0)) ?? least), 0);
  return Math.min(1, Math.max(sum, 1e-9));
}

/** The share of the jurisdictions' rows that have one of the facets. */
export function facetShare(shares: Shares, jurisdictions: readonly string[], anyOf: AnyOf, base: number): number {
  const least = leastIn(shares.words);
  let sum = 0;
  for (const facet of anyOf)
    for (const code of jurisdictions) sum += shares.words.get(wordOf(code, facet, 0)) ?? least / jurisdictions.length;
  return Math.min(1, sum / base);
}

/** The share of rows that hold the text, guessed from its rarest pair: neighbouring pairs depend on each other. */
export function textShare(shares: Shares, sought: Sought | null): number {
  if (sought === null) return 1;
  return Math.min(1, ...sought.pairs.map((pair) => pairShare(shares, pair)));
}

/** The share of all rows whose texts hold the pair of characters. */
export const pairShare = (shares: Shares, pair: number): number =>
  shares.pairs.get(String(pair)) ?? leastIn(shares.pairs);

const distance = (from: Day | number, to: Day | number): number =>
  typeof from === 'number' || typeof to === 'number' ? Number(to) - Number(from) : daysBetween(from, to);

/** The share of rows whose day or serial lies in the range. */
export function rangeShare(shares: Shares, { axis, from, to }: Range): number {
  const bounds = shares.bounds[axis] ?? [];
  if (bounds.length < 2) return 0.2;
  const place = (end: Day | number): number => {
    const at = bounds.findIndex((bound) => bound > end);
    if (at === -1) return bounds.length - 1;
    if (at === 0) return 0;
    const low = bounds[at - 1] ?? end;
    return at - 1 + distance(low, end) / Math.max(1, distance(low, bounds[at] ?? low));
  };
  const share =
    ((to === null ? bounds.length - 1 : place(to)) - (from === null ? 0 : place(from))) / (bounds.length - 1);
  return Math.min(1, Math.max(share, 0.0005));
}

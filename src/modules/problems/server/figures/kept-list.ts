import { type Day, earlier } from '../../../../kernel/day.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import type { Filters, Question } from '../store-filters.ts';
import { type BlockHead, type Codes, keptDays, overBlocks, type Part, partsOf, serialsAt } from './blocks.ts';
import { SERIALS } from './dimensions.ts';
import { FIRST_GREY, MORE_OF_STOCK, one, stateOrder, stockRow, three, two } from './layout.ts';
import { dayNumber, keptEvening } from './read-stock.ts';
import { looksFurther, passesFurther, type Sieve, sharesIn, sieveOf } from './scan.ts';

/** What a list of a past day may be narrowed to so that blocks alone can answer; the order says nothing here. */
const known = new Set<string>([
  ...[
    'sort',
    'asOf',
    'state',
    'lamp',
    'leadUnit',
    'sector',
    'area',
    'source',
    'kind',
    'grade',
    'tag',
    'plan',
    'batch',
    'only',
  ],
  ...['foundFrom', 'foundTo', 'dueFrom', 'dueTo', 'openedFrom', 'openedTo'],
]);

const isSet = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

/** Whether blocks know everything that the question asks. */
function answerable({ filters, sight, units }: Question): boolean {
  return (
    sight === null &&
    units === null &&
    (filters.only ?? []).every((flag) => flag === 'listed') &&
    (filters.tag?.length ?? 0) <= 1 &&
    Object.entries(filters).every(([name, value]) => known.has(name) || !isSet(value))
  );
}

/** '' among the values lets through what has none. */
function listSieve(filters: Filters, codes: Codes): Sieve {
  const { leadUnit, sector, source, area, kind, grade, plan, batch, tag } = filters;
  const sieve = sieveOf(
    { leadUnit, sector, source, area, kind, grade, plan, batch, tag: tag?.[0] } as Parameters<typeof sieveOf>[0],
    codes,
  );
  if (sector?.includes('') && sieve.sector) sieve.sector[0] = 1;
  if (area?.includes('') && sieve.area) sieve.area[0] = 1;
  return sieve;
}

interface Bounds {
  readonly found: readonly [number, number];
  readonly due: readonly [number, number];
  readonly opened: readonly [number, number];
}

function boundsOf(filters: Filters): Bounds {
  const between = (from: string | undefined, to: string | undefined): [number, number] => [
    from === undefined ? 0 : dayNumber(from as Day),
    to === undefined ? Number.MAX_SAFE_INTEGER : dayNumber(to as Day),
  ];
  return {
    found: between(filters.foundFrom, filters.foundTo),
    due: between(filters.dueFrom, filters.dueTo),
    opened: between(filters.openedFrom, filters.openedTo),
  };
}

const within = (day: number, [from, to]: readonly [number, number]): boolean => day >= from && day <= to;

/** Rows of one unit's share that were open in the evening and fit, in their order: by deadline and serial. */
function fitting(
  filters: Filters,
  { body, more }: Part,
  further: boolean,
  evening: number,
  on: number,
  sieve: Sieve,
): Uint32Array {
  const { sector, source, area, traits } = sieve;
  const state = filters.state?.length ? stateOrder.map((name) => filters.state?.includes(name) === true) : null;
  const lamps = filters.lamp?.length ? new Set<string>(filters.lamp) : null;
  const listed = filters.only?.includes('listed') === true;
  const bounds = boundsOf(filters);
  const bounded = ['foundFrom', 'foundTo', 'dueFrom', 'dueTo', 'openedFrom', 'openedTo'].some((name) =>
    isSet(filters[name as 'foundFrom']),
  );
  const { width } = stockRow;
  const rows = new Uint32Array(body.length / width);
  let count = 0;
  for (let at = 0, row = 0; at < body.length; at += width, row += 1) {
    if (one(body, at) > evening || one(body, at + 1) <= evening) continue;
    if (sector !== undefined && sector[two(body, at + stockRow.sector)] !== 1) continue;
    if (source !== undefined && source[two(body, at + stockRow.source)] !== 1) continue;
    if (area !== undefined && area[two(body, at + stockRow.area)] !== 1) continue;
    const ofTraits = one(body, at + stockRow.traits);
    if (traits !== undefined && traits[ofTraits] !== 1) continue;
    if (listed && (ofTraits & 1) === 0) continue;
    const ofState = one(body, at + stockRow.state);
    if (state !== null && !state[ofState]) continue;
    if (lamps !== null) {
      const lamp =
        ofState >= FIRST_GREY
          ? 'grey'
          : three(body, at + stockRow.due) < on
            ? 'red'
            : three(body, at + stockRow.amber) <= on
              ? 'amber'
              : 'green';
      if (!lamps.has(lamp)) continue;
    }
    if (
      bounded &&
      !(
        within(three(body, at + stockRow.found), bounds.found) &&
        within(three(body, at + stockRow.due), bounds.due) &&
        within(three(body, at + stockRow.opened), bounds.opened)
      )
    )
      continue;
    if (further && !passesFurther(sieve, more, row * MORE_OF_STOCK)) continue;
    rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** Moves the `count` least keys to the front, in any order. */
function bringLeast(keys: Float64Array, count: number): void {
  let [low, high] = [0, keys.length - 1];
  while (low < high) {
    const pivot = keys[(low + high) >> 1] as number;
    let [a, b] = [low, high];
    while (a <= b) {
      while ((keys[a] as number) < pivot) a += 1;
      while ((keys[b] as number) > pivot) b -= 1;
      if (a > b) break;
      const swapped = keys[a] as number;
      keys[a] = keys[b] as number;
      keys[b] = swapped;
      a += 1;
      b -= 1;
    }
    if (count <= b + 1) high = b;
    else if (count > a) low = a;
    else return;
  }
}

/** Serials of one page by keys that end in the serial, ascending or descending. */
function pageOf(keys: Float64Array, down: boolean, offset: number, size: number): number[] {
  const sign = down ? -1 : 1;
  if (down) for (let at = 0; at < keys.length; at += 1) keys[at] = -(keys[at] as number);
  const needed = Math.min(keys.length, offset + size);
  if (needed < keys.length) bringLeast(keys, needed);
  return [...keys.subarray(0, needed).sort().subarray(offset)].map((key) => (key * sign) % SERIALS);
}

interface Share {
  readonly part: Part;
  readonly rows: Uint32Array;
}

/** Serials of one page by deadline and serial; serials are read only of rows with the deadlines that the page shows. */
async function pageByDue(
  db: Queryable,
  jurisdiction: string,
  head: BlockHead,
  shares: readonly Share[],
  down: boolean,
  offset: number,
  size: number,
): Promise<number[]> {
  const sign = down ? -1 : 1;
  const dueOf = ({ body }: Part, row: number): number => three(body, row * stockRow.width + stockRow.due);
  const dues = new Float64Array(shares.reduce((sum, { rows }) => sum + rows.length, 0));
  let at = 0;
  for (const { part, rows } of shares) for (const row of rows) dues[at++] = sign * dueOf(part, row);
  const needed = Math.min(dues.length, offset + size);
  if (needed < dues.length) bringLeast(dues, needed);
  const sorted = dues.subarray(0, needed).sort();
  const [least, most] = [sorted[offset] as number, sorted[needed - 1] as number];
  const shown = shares
    .map(({ part, rows }) => ({
      part,
      rows: [...rows.filter((row) => sign * dueOf(part, row) >= least && sign * dueOf(part, row) <= most)],
    }))
    .filter(({ rows }) => rows.length > 0);
  const serials = await serialsAt(
    db,
    jurisdiction,
    head,
    shown.map(({ part, rows: [row = 0, ...others] }) => ({
      unit: part.share,
      row,
      count: (others.at(-1) ?? row) - row + 1,
    })),
  );
  const keys = shown.flatMap(({ part, rows }, share) => {
    const [first = 0] = rows;
    return rows.map((row) => dueOf(part, row) * SERIALS + (serials[share]?.[row - first] ?? 0));
  });
  const before = sorted.indexOf(least);
  return pageOf(Float64Array.from(keys), down, offset - before, size);
}

export interface KeptPage {
  readonly serials: readonly number[];
  readonly total: number;
}

/**
 * One page of what was open in the evening of a kept day, as serials in order, and how many there are; null where blocks do
 * not know what is asked, or the day is not kept. `sort`: what the list is ordered by before the serial.
 */
export async function keptPage(
  db: Queryable,
  jurisdiction: string,
  question: Question,
  on: Day,
  sort: 'due' | 'found' | 'number',
  down: boolean,
  { page, pageSize }: { readonly page: number; readonly pageSize: number },
): Promise<KeptPage | null> {
  if (!answerable(question)) return null;
  const asking = { shared: new Map<string, Promise<unknown>>() };
  const last = (await keptDays(db, jurisdiction, asking))?.last ?? null;
  if (last === null || earlier(last, on) !== on) return null;
  return overBlocks(db, jurisdiction, asking, async (kept) => {
    const { head, evening, codes } = keptEvening(kept, {}, on);
    if (head === null) return { serials: [], total: 0 };
    const sieve = listSieve(question.filters, codes);
    const further = looksFurther(sieve);
    const [parts = []] = await partsOf(db, jurisdiction, 'stock', [head], sharesIn(sieve, codes), [
      'body',
      ...(further ? (['more'] as const) : []),
      ...(sort === 'due' ? [] : (['serials'] as const)),
    ]);
    const shares = parts.map((part) => ({
      part,
      rows: fitting(question.filters, part, further, evening, dayNumber(on), sieve),
    }));
    const total = shares.reduce((sum, { rows }) => sum + rows.length, 0);
    const offset = (page - 1) * pageSize;
    if (offset >= total) return { serials: [], total };
    if (sort === 'due')
      return { serials: await pageByDue(db, jurisdiction, head, shares, down, offset, pageSize), total };
    const keys = new Float64Array(total);
    let at = 0;
    for (const { part, rows } of shares) {
      const { body, serials } = part;
      const eight = new DataView(serials.buffer, serials.byteOffset, serials.byteLength);
      for (const row of rows) {
        const serial = eight.getUint32(row * 8) * 2 ** 32 + eight.getUint32(row * 8 + 4);
        keys[at++] = sort === 'number' ? serial : three(body, row * stockRow.width + stockRow.found) * SERIALS + serial;
      }
    }
    return { serials: pageOf(keys, down, offset, pageSize), total };
  });
}

import type { Part } from './blocks.ts';
import type { StockColumn } from './dimensions.ts';
import { FIRST_GREY, MORE_OF_STOCK, moreRow, one, stateOrder, stockRow, three, two } from './layout.ts';
import { looksFurther, passesFurther, type Sieve } from './scan.ts';

/** Open problems of one group, by code; `first`, of units, is the row in their share whose deadline passed first, −1 without a red one. */
export interface Counts {
  readonly open: Int32Array;
  readonly red: Int32Array;
  readonly amber: Int32Array;
  readonly grey: Int32Array;
  readonly major: Int32Array;
  readonly old: Int32Array;
  readonly first: Int32Array;
}

export interface ScannedStock {
  readonly all: Record<StockColumn, number>;
  old: number;
  readonly units: Counts;
  readonly sectors: Counts;
  readonly sources: Int32Array;
  readonly areas: Int32Array;
}

const countsOf = (codes: number): Counts => ({
  open: new Int32Array(codes),
  red: new Int32Array(codes),
  amber: new Int32Array(codes),
  grey: new Int32Array(codes),
  major: new Int32Array(codes),
  old: new Int32Array(codes),
  first: new Int32Array(codes).fill(-1),
});

/** How many codes there are of each kind, none included. */
export interface Sizes {
  readonly unit: number;
  readonly sector: number;
  readonly source: number;
  readonly area: number;
}

const bump = (counts: Int32Array, code: number): void => {
  counts[code] = (counts[code] as number) + 1;
};

/**
 * Counts the open problems of one evening of a block with the lamps and ages of the day `on` (days since 1970). `cut`: runs
 * that began before it are old. `further`: the sieve looks at the rows beside, too. Rows of a share lie by deadline and serial.
 */
export function scanStock(
  parts: readonly Part[],
  further: boolean,
  evening: number,
  on: number,
  cut: number | null,
  sieve: Sieve,
  sizes: Sizes,
): ScannedStock {
  const { sector, source, area, traits } = sieve;
  const units = countsOf(sizes.unit);
  const sectors = countsOf(sizes.sector);
  const sources = new Int32Array(sizes.source);
  const areas = new Int32Array(sizes.area);
  const states = new Int32Array(stateOrder.length);
  const ages = new Int32Array(5);
  let [listed, oldOnes] = [0, 0];
  const { width } = stockRow;
  for (const { share: ofUnit, body, more } of parts) {
    let [open, red, amber, grey, major, old, first] = [0, 0, 0, 0, 0, 0, -1];
    for (let at = 0, row = 0; at < body.length; at += width, row += 1) {
      if (one(body, at) > evening || one(body, at + 1) <= evening) continue;
      const ofSector = two(body, at + stockRow.sector);
      if (sector !== undefined && sector[ofSector] !== 1) continue;
      const ofTraits = one(body, at + stockRow.traits);
      if (traits !== undefined && traits[ofTraits] !== 1) continue;
      const ofSource = two(body, at + stockRow.source);
      if (source !== undefined && source[ofSource] !== 1) continue;
      const ofArea = two(body, at + stockRow.area);
      if (area !== undefined && area[ofArea] !== 1) continue;
      if (further && !passesFurther(sieve, more, row * MORE_OF_STOCK)) continue;
      open += 1;
      bump(sectors.open, ofSector);
      bump(sources, ofSource);
      bump(areas, ofArea);
      const state = one(body, at + stockRow.state);
      bump(states, state);
      if (state >= FIRST_GREY) {
        grey += 1;
        bump(sectors.grey, ofSector);
      } else if (three(body, at + stockRow.due) < on) {
        if (red === 0) first = row;
        red += 1;
        bump(sectors.red, ofSector);
      } else if (three(body, at + stockRow.amber) <= on) {
        amber += 1;
        bump(sectors.amber, ofSector);
      }
      const age = on - three(body, at + stockRow.found);
      bump(ages, age <= 7 ? 0 : age <= 30 ? 1 : age <= 90 ? 2 : age <= 180 ? 3 : 4);
      if ((ofTraits & 2) !== 0) {
        major += 1;
        bump(sectors.major, ofSector);
      }
      if ((ofTraits & 1) !== 0) listed += 1;
      if (cut !== null && three(body, at + stockRow.opened) < cut) {
        old += 1;
        bump(sectors.old, ofSector);
      }
    }
    units.open[ofUnit] = open;
    units.red[ofUnit] = red;
    units.amber[ofUnit] = amber;
    units.grey[ofUnit] = grey;
    units.major[ofUnit] = major;
    units.old[ofUnit] = old;
    units.first[ofUnit] = first;
    oldOnes += old;
  }
  const total = (counts: Int32Array): number => counts.reduce((sum, count) => sum + count, 0);
  const [open, red, amber] = [total(units.open), total(units.red), total(units.amber)];
  const [grey, major] = [total(units.grey), total(units.major)];
  const [to_receive = 0, underway = 0, to_recheck = 0, to_close = 0, disputed = 0, planned = 0] = states;
  const [age_7 = 0, age_30 = 0, age_90 = 0, age_180 = 0] = ages;
  return {
    all: {
      ...{ open, red, amber, grey, listed, major, to_receive, underway, to_recheck, to_close, disputed, planned },
      ...{ age_7, age_30, age_90, age_180 },
    },
    old: oldOnes,
    units,
    sectors,
    sources,
    areas,
  };
}

export interface Dots {
  readonly open: Int32Array;
  readonly red: Int32Array;
  readonly major: Int32Array;
}

/** The same by one of the marks: where the open ones of an evening lie, or what they belong to. */
export function scanBy(
  by: 'cell' | 'area' | 'plan' | 'batch' | 'tags',
  codes: number,
  parts: readonly Part[],
  evening: number,
  on: number,
  sieve: Sieve,
): Dots {
  const { sector, source, area, traits } = sieve;
  const [open, red, major] = [new Int32Array(codes), new Int32Array(codes), new Int32Array(codes)];
  const further = looksFurther(sieve);
  const { width } = stockRow;
  for (const { body, more } of parts)
    for (let at = 0, beside = 0; at < body.length; at += width, beside += MORE_OF_STOCK) {
      if (one(body, at) > evening || one(body, at + 1) <= evening) continue;
      if (sector !== undefined && sector[two(body, at + stockRow.sector)] !== 1) continue;
      const ofTraits = one(body, at + stockRow.traits);
      if (traits !== undefined && traits[ofTraits] !== 1) continue;
      if (source !== undefined && source[two(body, at + stockRow.source)] !== 1) continue;
      const ofArea = two(body, at + stockRow.area);
      if (area !== undefined && area[ofArea] !== 1) continue;
      if (further && !passesFurther(sieve, more, beside)) continue;
      const code =
        by === 'area'
          ? ofArea
          : by === 'plan'
            ? two(more, beside + moreRow.plan)
            : three(more, beside + moreRow[by as 'batch' | 'tags' | 'cell']);
      bump(open, code);
      if ((ofTraits & 2) !== 0) bump(major, code);
      if (one(body, at + stockRow.state) < FIRST_GREY && three(body, at + stockRow.due) < on) bump(red, code);
    }
  return { open, red, major };
}

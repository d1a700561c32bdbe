import { createHash } from 'node:crypto';
import { type Day, day as dayFrom, daysBetween } from '../../kernel/day.ts';

/** Blocks of the axes as `ledger_words` (see the migration) numbers them. */
const AXIS = 2 ** 28;
const BEHIND = 2 ** 27;
const DAYS_ZERO = 2 ** 20;
export const SERIALS_IN_BLOCK = 65_536;
export const DAYS_IN_BLOCK = 16;
/** A serial is the year times this, and the running number. */
export const SERIALS_OF_YEAR = 100_000_000;
/** Serials of the year 2000 begin here; blocks are counted from there. */
export const YEAR_ZERO = 200_000_000_000;
/** Days are counted from here. */
export const EPOCH = dayFrom('1970-01-01');

const highs = new Map<string, bigint>();

/** The upper half of a facet's words. */
function highOf(code: string, facet: string): bigint {
  const key = code + facet;
  const known = highs.get(key);
  if (known !== undefined) return known;
  if (highs.size > 50_000) highs.clear();
  const high = BigInt(createHash('md5').update(key).digest().readUInt32BE(0)) << 32n;
  highs.set(key, high);
  return high;
}

/** The facet's word for the whole ledger (`low` 0) or for a block; a number of 64 bits with sign, as text. */
export const wordOf = (code: string, facet: string, low: number): string =>
  BigInt.asIntN(64, highOf(code, facet) | BigInt(low)).toString();

/** Number of the block of a serial, or of a day, without the axis. */
export const serialBlock = (serial: number): number => Math.floor((serial - YEAR_ZERO) / SERIALS_IN_BLOCK);
export const dayBlock = (day: Day): number => Math.floor(daysBetween(EPOCH, day) / DAYS_IN_BLOCK) + DAYS_ZERO;

/** Lower halves: axis 0 is the serial. */
export const lowOf = (axis: number, block: number): number => (axis + 1) * AXIS + block;
export const lowBehind = (axis: number, block: number): number => (axis + 1) * AXIS + BEHIND + block;

import { type RawBuilder, sql } from 'kysely';
import { problemKinds } from '../../problem.ts';

type Sql = RawBuilder<unknown>;

/*
 * How the history of finished days lies in `problem_block_part`, one row of the table for each block and lead unit, of flow also one for each sector: rows of equal
 * width, each number written in digits of 64 ('0' to 'o'), so that the database hands them over as they are and a loop over bytes counts two hundred thousand open problems in
 * a few milliseconds. Codes are those of `problem_code`; days are counted from 1970.
 */

/** Evenings in one block of stock. */
export const EVENINGS = 16;

/** Places of a row of stock: `from` and `to` are evenings of the block (open when from ≤ evening < to). */
export const stockRow = {
  width: 22,
  from: 0,
  to: 1,
  sector: 2,
  source: 4,
  area: 6,
  traits: 8,
  state: 9,
  due: 10,
  amber: 13,
  found: 16,
  opened: 19,
} as const;

/** Places of a row of flow, in a unit's share (in a sector's the unit stands where the sector does): `day` of the month from 0, what happened, and how often with these marks. */
export const flowRow = {
  width: 12,
  day: 0,
  sector: 1,
  source: 3,
  area: 5,
  traits: 7,
  turn: 8,
  count: 9,
} as const;

/** Places of a row beside one of stock or flow. */
export const moreRow = { plan: 0, batch: 2, tags: 5, cell: 8 } as const;
export const MORE_OF_STOCK = 11;
export const MORE_OF_FLOW = 8;

/** States of open problems by their digit; the last two stop the clock. */
export const stateOrder = ['toReceive', 'underway', 'toRecheck', 'toClose', 'disputed', 'planned'] as const;
export const FIRST_GREY = 4;

/** kind × 4 + major × 2 + listed. */
export const TRAITS = problemKinds.length * 4;

const ZERO = 48;
/** An SQL number as `count` digits. */
export const digits = (value: Sql, count: 1 | 2 | 3): Sql =>
  sql.join(
    Array.from({ length: count }, (_, at) => {
      const shift = (count - 1 - at) * 6;
      return sql`chr(${sql.raw(String(ZERO))} + (((${value}) >> ${sql.raw(String(shift))}) & 63))`;
    }),
    sql` || `,
  );

export const one = (bytes: Uint8Array, at: number): number => (bytes[at] as number) - ZERO;
export const two = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] as number) - ZERO) << 6) | ((bytes[at + 1] as number) - ZERO);
export const three = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] as number) - ZERO) << 12) |
  (((bytes[at + 1] as number) - ZERO) << 6) |
  ((bytes[at + 2] as number) - ZERO);

/** What happened, by digit of a row of flow: turn with what is told of it. Nets are problems that came to these marks or left. */
export const registeredAt = 0;
export const closedAt = 8;
export const otherEnd = 16;
export const reopened = 17;
export const recheckedAt = 18;
export const came = 22;
export const left = 23;
export const TURNS = 24;

/** Digit of a turn (alias e): + late × 4 + on spot × 2 + at grid; rechecked: + passed × 2 + first. */
export const turnCode: Sql = sql.raw(`case
  when e.turn = 'registered' then ${registeredAt} + e.late::int * 4 + e.on_spot::int * 2 + e.at_grid::int
  when e.turn = 'closed' then ${closedAt} + e.late::int * 4 + e.on_spot::int * 2 + e.at_grid::int
  when e.turn = 'rechecked' then ${recheckedAt} + coalesce(e.passed, false)::int * 2 + coalesce(e.first, false)::int
  when e.turn = 'reopened' then ${reopened}
  else ${otherEnd} end`);

/** Kind and grade of a span or turn; `listed` of spans only. */
export const traitsOf = (row: 's' | 'e', listed: boolean): Sql =>
  sql.raw(`(case ${row}.kind ${problemKinds.map((kind, at) => `when '${kind}' then ${at * 4}`).join(' ')} end
    + (${row}.grade = 'major')::int * 2${listed ? ` + ${row}.listed::int` : ''})`);

export const stateCode: Sql = sql.raw(
  `case s.state ${stateOrder.map((state, at) => `when '${state}' then ${at}`).join(' ')} end`,
);

/** Map cell of a span as hundredths of degrees, `11834,3122`. */
export const cellValue: Sql = sql.raw(`case when s.longitude is not null and s.latitude is not null then
  floor(s.longitude::float8 * 100)::int || ',' || floor(s.latitude::float8 * 100)::int end`);
/** The same as lists and addresses name it: `118.34,31.22`. */
export const cellName = (value: string): string =>
  value
    .split(',')
    .map((part) => (Number(part) / 100).toFixed(2))
    .join(',');

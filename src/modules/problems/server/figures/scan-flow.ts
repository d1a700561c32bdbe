import type { Part } from './blocks.ts';
import type { FlowColumn } from './dimensions.ts';
import {
  came,
  closedAt,
  flowRow,
  left,
  MORE_OF_FLOW,
  one,
  otherEnd,
  recheckedAt,
  registeredAt,
  reopened,
  TURNS,
  three,
  two,
} from './layout.ts';
import { passesFurther, type Sieve } from './scan.ts';

/** What happened on days of one month: how often which turn, by unit, by sector and by day (from 0), `TURNS` places each. */
export interface ScannedFlow {
  readonly units: Int32Array;
  readonly sectors: Int32Array;
  readonly days: Int32Array;
}

/** Where the rows of a day of the month (from 0) begin; rows of a share lie by day. */
function beginOf(body: Uint8Array, day: number): number {
  const { width } = flowRow;
  let [low, high] = [0, body.length / width];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (one(body, middle * width) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Counts the turns of the days `from`–`to` of a month, from 0, both included, in shares of units or of sectors. `further`: the sieve looks at the rows beside, too. */
export function scanFlow(
  of: 'unit' | 'sector',
  parts: readonly Part[],
  further: boolean,
  from: number,
  to: number,
  sieve: Sieve,
  sizes: { readonly unit: number; readonly sector: number },
): ScannedFlow {
  const { source, area, traits } = sieve;
  const other = of === 'unit' ? sieve.sector : sieve.unit;
  const units = new Int32Array(sizes.unit * TURNS);
  const sectors = new Int32Array(sizes.sector * TURNS);
  const days = new Int32Array(31 * TURNS);
  const [byShare, byOther] = of === 'unit' ? [units, sectors] : [sectors, units];
  const { width } = flowRow;
  for (const { share, body, more } of parts) {
    const end = beginOf(body, to + 1);
    for (let row = beginOf(body, from); row < end; row += 1) {
      const at = row * width;
      const ofOther = two(body, at + flowRow.sector);
      if (other !== undefined && other[ofOther] !== 1) continue;
      if (traits !== undefined && traits[one(body, at + flowRow.traits)] !== 1) continue;
      if (source !== undefined && source[two(body, at + flowRow.source)] !== 1) continue;
      if (area !== undefined && area[two(body, at + flowRow.area)] !== 1) continue;
      if (further && !passesFurther(sieve, more, row * MORE_OF_FLOW)) continue;
      const turn = one(body, at + flowRow.turn);
      const count = three(body, at + flowRow.count);
      const [inShare, inOther, inDays] = [share * TURNS + turn, ofOther * TURNS + turn, one(body, at) * TURNS + turn];
      byShare[inShare] = (byShare[inShare] as number) + count;
      byOther[inOther] = (byOther[inOther] as number) + count;
      days[inDays] = (days[inDays] as number) + count;
    }
  }
  return { units, sectors, days };
}

/** What each digit of a turn adds to the columns of flow. */
const adds: readonly (readonly [FlowColumn, number][])[] = Array.from({ length: TURNS }, (_, turn) => {
  const column = (name: FlowColumn, holds = true): [FlowColumn, number][] => (holds ? [[name, 1]] : []);
  const [late, spot, grid] = [(turn & 4) !== 0, (turn & 2) !== 0, (turn & 1) !== 0];
  if (turn >= registeredAt && turn < closedAt)
    return [
      ...column('registered'),
      ...column('late_entry', late),
      ...column('fixed_on_spot', spot),
      ...column('found_at_grid', grid),
      ...column('net'),
    ];
  if (turn < otherEnd)
    return [
      ...column('closed'),
      ...column('closed_late', late),
      ...column('closed_on_spot', spot),
      ...column('closed_at_grid', grid),
      ['net', -1],
    ];
  if (turn === otherEnd) return [...column('other_end'), ['net', -1]];
  if (turn === reopened) return [...column('reopened'), ...column('net')];
  if (turn === came) return column('net');
  if (turn === left) return [['net', -1]];
  const marks = turn - recheckedAt;
  const [passed, first] = [(marks & 2) !== 0, (marks & 1) !== 0];
  return [
    ...column('rechecked'),
    ...column('passed', passed),
    ...column('first_checked', first),
    ...column('first_passed', first && passed),
  ];
});

/** Adds `count` turns of one digit. */
export function addTurn(to: Record<FlowColumn, number>, turn: number, count: number): void {
  for (const [column, sign] of adds[turn] ?? []) to[column] += sign * count;
}

/** Adds the turns of one group, which begin at `at`, to its columns; whether there were any. */
export function addTurns(to: Record<FlowColumn, number>, counts: Int32Array, at: number): boolean {
  let any = false;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const count = counts[at + turn] as number;
    if (count === 0) continue;
    any = true;
    addTurn(to, turn, count);
  }
  return any;
}

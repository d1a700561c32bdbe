import type { GridCell } from './grid.ts';
import { bodyRight, glue, type Line, linesOf, type Page, type Ruling, type Run, roomNeeded } from './page.ts';

/** A cell that knows the room after its last line (in signs), so that text from the next page can go on in that line. */
export interface PageCell extends GridCell {
  endRoom?: number;
}

/** A table found by its rulings on one page, placed at `top`–`bottom` (points from the top of the page). */
export interface PageTable {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly edges: readonly number[];
  readonly rows: number;
  readonly cells: readonly PageCell[];
}

const NEAR = 3;

/** Finds ruled tables and takes the runs inside them; `rest` is what lies outside. */
export function tablesOf(page: Page): { tables: PageTable[]; rest: Run[] } {
  const tables: PageTable[] = [];
  let rest = [...page.runs];
  for (const rulings of components(joinCollinear(page.rulings))) {
    const frame = frameOf(rulings);
    if (!frame) continue;
    const inside: Run[] = [];
    const outside: Run[] = [];
    for (const run of rest) (isInside(frame, run) ? inside : outside).push(run);
    if (inside.length === 0) continue;
    const table = readTable(frame, inside);
    if (table.cells.length < 2) continue;
    rest = outside;
    tables.push(table);
  }
  return { tables: tables.sort((a, b) => a.top - b.top), rest };
}

interface Frame {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly horizontals: readonly Ruling[];
  readonly verticals: readonly Ruling[];
}

/** Pieces of one line, and doubled lines of neighbouring cells, become one ruling. */
function joinCollinear(rulings: readonly Ruling[]): Ruling[] {
  const joined: Ruling[] = [];
  for (const horizontal of [true, false]) {
    const sorted = rulings
      .filter((ruling) => ruling.horizontal === horizontal)
      .sort((a, b) => a.at - b.at || a.from - b.from);
    const open: { horizontal: boolean; at: number; from: number; to: number }[] = [];
    for (const ruling of sorted) {
      const same = open.findLast(
        (each) => ruling.at - each.at <= 1.5 && ruling.from <= each.to + NEAR && ruling.to >= each.from - NEAR,
      );
      if (same) {
        same.from = Math.min(same.from, ruling.from);
        same.to = Math.max(same.to, ruling.to);
      } else open.push({ ...ruling });
    }
    joined.push(...open.filter((each) => each.to - each.from > 4));
  }
  return joined.slice(0, 4000);
}

/** Groups of rulings that touch one another. */
function components(rulings: readonly Ruling[]): Ruling[][] {
  const group = rulings.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (group[at] !== at) at = group[at] ?? at;
    return at;
  };
  for (const [a, first] of rulings.entries()) {
    if (!first.horizontal) continue;
    for (const [b, second] of rulings.entries()) {
      if (!second.horizontal && crosses(first, second)) group[root(a)] = root(b);
    }
  }
  const byRoot = new Map<number, Ruling[]>();
  for (const [index, ruling] of rulings.entries()) {
    const key = root(index);
    const members = byRoot.get(key);
    if (members) members.push(ruling);
    else byRoot.set(key, [ruling]);
  }
  return [...byRoot.values()];
}

function crosses(horizontal: Ruling, vertical: Ruling): boolean {
  return (
    vertical.at >= horizontal.from - NEAR &&
    vertical.at <= horizontal.to + NEAR &&
    horizontal.at >= vertical.from - NEAR &&
    horizontal.at <= vertical.to + NEAR
  );
}

function frameOf(rulings: readonly Ruling[]): Frame | undefined {
  const horizontals = rulings.filter((ruling) => ruling.horizontal);
  const verticals = rulings.filter((ruling) => !ruling.horizontal);
  if (horizontals.length < 2 || verticals.length < 1) return undefined;
  const xs = [...verticals.map((ruling) => ruling.at)];
  const ys = [...horizontals.map((ruling) => ruling.at)];
  // A table whose sides are open still reaches as far as its lines do.
  const left = Math.min(...horizontals.map((ruling) => ruling.from));
  const right = Math.max(...horizontals.map((ruling) => ruling.to));
  const top = Math.min(...verticals.map((ruling) => ruling.from));
  const bottom = Math.max(...verticals.map((ruling) => ruling.to));
  if (Math.min(...xs) - left > 12) xs.push(left);
  if (right - Math.max(...xs) > 12) xs.push(right);
  if (Math.min(...ys) - top > 8) ys.push(top);
  if (bottom - Math.max(...ys) > 8) ys.push(bottom);
  const columns = distinct(xs);
  const rows = distinct(ys);
  return columns.length >= 2 && rows.length >= 2 ? { xs: columns, ys: rows, horizontals, verticals } : undefined;
}

function distinct(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.filter((value, index) => index === 0 || value - (sorted[index - 1] ?? 0) > NEAR);
}

function isInside(frame: Frame, run: Run): boolean {
  const x = run.x + Math.min(run.width / 2, run.size / 2);
  const y = run.y - run.size * 0.35;
  return (
    x > (frame.xs[0] ?? 0) - 1 &&
    x < (frame.xs.at(-1) ?? 0) + 1 &&
    y > (frame.ys[0] ?? 0) - 1 &&
    y < (frame.ys.at(-1) ?? 0) + 1
  );
}

function readTable(frame: Frame, runs: readonly Run[]): PageTable {
  const { xs, ys } = frame;
  const columns = xs.length - 1;
  const rows = ys.length - 1;
  const owner: (PageCell | undefined)[][] = Array.from({ length: rows }, () => new Array(columns).fill(undefined));
  const cells: PageCell[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (owner[row]?.[column]) continue;
      const cell: PageCell = { row, column, rowSpan: 1, columnSpan: 1, text: '' };
      while (
        column + cell.columnSpan < columns &&
        !owner[row]?.[column + cell.columnSpan] &&
        !hasVertical(frame, row, column + cell.columnSpan)
      ) {
        cell.columnSpan += 1;
      }
      while (row + cell.rowSpan < rows && isOpenBelow(frame, cell)) cell.rowSpan += 1;
      for (let r = row; r < row + cell.rowSpan; r += 1) {
        const line = owner[r];
        if (line) line.fill(cell, column, column + cell.columnSpan);
      }
      cells.push(cell);
    }
  }
  const byCell = new Map<PageCell, Run[]>();
  for (const run of runs) {
    const row = slot(ys, run.y - run.size * 0.35);
    const column = slot(xs, run.x + Math.min(run.width / 2, run.size / 2));
    const cell = owner[row]?.[column];
    if (!cell) continue;
    const list = byCell.get(cell);
    if (list) list.push(run);
    else byCell.set(cell, [run]);
  }
  fillCells(frame, byCell);
  return {
    top: ys[0] ?? 0,
    bottom: ys.at(-1) ?? 0,
    left: xs[0] ?? 0,
    right: xs.at(-1) ?? 0,
    edges: xs,
    rows,
    cells,
  };
}

function slot(edges: readonly number[], value: number): number {
  for (let at = 1; at < edges.length; at += 1) if (value < (edges[at] ?? 0)) return at - 1;
  return edges.length - 2;
}

function hasVertical(frame: Frame, row: number, edge: number): boolean {
  const x = frame.xs[edge] ?? 0;
  const y = ((frame.ys[row] ?? 0) + (frame.ys[row + 1] ?? 0)) / 2;
  return frame.verticals.some((each) => Math.abs(each.at - x) <= NEAR && each.from <= y && each.to >= y);
}

function isOpenBelow(frame: Frame, cell: GridCell): boolean {
  const y = frame.ys[cell.row + cell.rowSpan] ?? 0;
  for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1) {
    const x = ((frame.xs[column] ?? 0) + (frame.xs[column + 1] ?? 0)) / 2;
    if (frame.horizontals.some((each) => Math.abs(each.at - y) <= NEAR && each.from <= x && each.to >= x)) return false;
  }
  return true;
}

/** Wrapped lines of a cell are one line again; a line that had room for the next word was ended by hand. */
function fillCells(frame: Frame, byCell: ReadonlyMap<PageCell, readonly Run[]>): void {
  const columns = new Map<string, { cell: PageCell; lines: Line[] }[]>();
  for (const [cell, runs] of byCell) {
    const key = `${cell.column}:${cell.columnSpan}`;
    const entry = { cell, lines: linesOf(runs) };
    const column = columns.get(key);
    if (column) column.push(entry);
    else columns.set(key, [entry]);
  }
  for (const column of columns.values()) fillColumn(frame, column);
}

function fillColumn(frame: Frame, column: readonly { cell: PageCell; lines: Line[] }[]): void {
  const [first] = column;
  if (!first) return;
  const left = frame.xs[first.cell.column] ?? 0;
  const edge = frame.xs[first.cell.column + first.cell.columnSpan] ?? 0;
  const reached = Math.max(...column.flatMap(({ lines }) => lines.map(bodyRight)));
  const room = (line: Line): number => {
    // Cells are padded by some 5 points; where lines reach further than that the padding is smaller.
    const limit = edge - reached < 5.4 ? reached : edge - 5.4;
    return roomAfter(line, left, edge, limit);
  };
  const isWrapped = (line: Line, next: Line): boolean => room(line) < roomNeeded(line.text, next.text, next.size) - 0.2;
  const joints = column.flatMap(({ lines }) =>
    lines.slice(1).map((next, index) => isWrapped(lines[index] ?? next, next)),
  );
  const isListed =
    joints.filter((wrapped) => !wrapped).length >= joints.length * 0.15 || namesUnits(column.map(({ lines }) => lines));
  for (const { cell, lines } of column) {
    let text = lines[0]?.text ?? '';
    for (const [index, next] of lines.slice(1).entries()) {
      const line = lines[index] ?? next;
      const goesOn = isWrapped(line, next) && !(isListed && isBetweenUnits(line.text, next.text));
      text = goesOn ? glue(text, next.text) : `${text}\n${next.text}`;
    }
    cell.text = text;
    const last = lines.at(-1);
    if (last) cell.endRoom = room(last) / last.size;
  }
}

const UNIT_END = /[办局部委会室院队署厅处所站司团校门位组心][)）]?$/;

/** True for a column in which nearly every cell ends with the name of a body and none holds a sentence. */
function namesUnits(cells: readonly (readonly Line[])[]): boolean {
  const texts = cells.slice(1).map((lines) => lines.map((line) => line.text).join(''));
  const named = texts.filter((text) => UNIT_END.test(text) && !/[。；：]/.test(text));
  return named.length >= 3 && named.length >= texts.length * 0.7;
}

/**
 * In a column of names one per line, a name that happens to fill its line still ends there: the line ends as names of
 * bodies end and the next begins as they begin.
 */
function isBetweenUnits(before: string, after: string): boolean {
  if (!UNIT_END.test(before)) return false;
  return (
    /^(?:[区市县省镇乡][^、，。（(]|公安|负有|有关|相关|其他)/.test(after) || (/^各/.test(after) && !/会$/.test(before))
  );
}

function roomAfter(line: Line, left: number, edge: number, limit: number): number {
  const leftGap = line.left - left;
  const rightGap = edge - line.right;
  const padding = edge - limit;
  const isCentred = leftGap > 5.4 + line.size * 0.3 && Math.abs(leftGap - rightGap) < line.size * 0.5;
  return isCentred ? leftGap + rightGap - 2 * Math.max(padding, 5) : limit - line.right;
}

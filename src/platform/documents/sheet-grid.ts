import type { DocumentBuilder } from './builder.ts';
import type { GridCell } from './grid.ts';

export interface SheetCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** Corners of a merged area, counted from 0, both inclusive. */
export interface SheetMerge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/**
 * Lays one worksheet out as a person reads it: lines above the table that stand alone or across its width become
 * paragraphs, the rest one table with the sheet's name as caption. Empty rows and columns at the edges are left out.
 */
export function addSheet(
  builder: DocumentBuilder,
  caption: string,
  cells: readonly SheetCell[],
  merges: readonly SheetMerge[],
): void {
  const filled = cells.filter((cell) => cell.text.trim() !== '');
  if (filled.length === 0) return;
  const mergeAt = new Map(merges.map((merge) => [`${merge.top}:${merge.left}`, merge]));
  const byRow = new Map<number, SheetCell[]>();
  for (const cell of filled) {
    const line = byRow.get(cell.row);
    if (line) line.push(cell);
    else byRow.set(cell.row, [cell]);
  }
  const usedRows = [...byRow.keys()].sort((a, b) => a - b);
  const right = (cell: SheetCell): number => mergeAt.get(`${cell.row}:${cell.column}`)?.right ?? cell.column;
  let firstColumn = Number.POSITIVE_INFINITY;
  let lastColumn = 0;
  for (const line of byRow.values()) {
    for (const cell of line) {
      firstColumn = Math.min(firstColumn, cell.column);
      if (line.length > 1) lastColumn = Math.max(lastColumn, cell.column);
    }
  }
  let next = 0;
  for (; next < usedRows.length; next += 1) {
    const line = byRow.get(usedRows[next] ?? -1) ?? [];
    const only = line[0];
    if (line.length !== 1 || !only) break;
    const followsTable = (byRow.get(usedRows[next + 1] ?? -1)?.length ?? 0) > 0 || next + 1 === usedRows.length;
    const merge = mergeAt.get(`${only.row}:${only.column}`);
    if (!followsTable || (merge !== undefined && merge.bottom > merge.top && right(only) < lastColumn)) break;
    const centred = merge !== undefined && merge.right > merge.left;
    for (const text of only.text.split('\n')) {
      if (text.trim() !== '') builder.paragraph({ text: text.trim(), centred });
    }
  }
  const top = usedRows[next];
  if (top === undefined) return;
  const bottom = usedRows.at(-1) ?? top;
  const rowAt = new Map<number, number>();
  // Rows without any text are left out unless a merged cell runs through them.
  for (let row = top, placed = 0; row <= bottom; row += 1) {
    if (byRow.has(row)) {
      rowAt.set(row, placed);
      placed += 1;
    }
  }
  const table: GridCell[] = [];
  let columns = 0;
  const rowOrder = usedRows.slice(next);
  const span = (from: number, to: number): number => rowOrder.filter((row) => row >= from && row <= to).length;
  for (const row of rowOrder) {
    const line = byRow.get(row) ?? [];
    const present = new Map(line.map((cell) => [cell.column, cell]));
    for (let column = firstColumn; column <= Math.max(lastColumn, line.at(-1)?.column ?? 0); column += 1) {
      if (isCovered(merges, row, column)) continue;
      const merge = mergeAt.get(`${row}:${column}`);
      const lastOfMerge = Math.min(merge?.right ?? column, Math.max(lastColumn, column));
      const placed: GridCell = {
        row: rowAt.get(row) ?? 0,
        column: column - firstColumn,
        rowSpan: merge ? Math.max(1, span(row, merge.bottom)) : 1,
        columnSpan: lastOfMerge - column + 1,
        text: present.get(column)?.text.trim() ?? '',
      };
      table.push(placed);
      columns = Math.max(columns, placed.column + placed.columnSpan);
    }
  }
  builder.table({ rows: rowOrder.length, columns, cells: table, caption });
}

/** True where the cell lies in a merged area without being its first cell. */
function isCovered(merges: readonly SheetMerge[], row: number, column: number): boolean {
  for (const merge of merges) {
    if (row < merge.top || row > merge.bottom || column < merge.left || column > merge.right) continue;
    if (row !== merge.top || column !== merge.left) return true;
  }
  return false;
}

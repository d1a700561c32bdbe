/** A table before it is laid into the flat text. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
  rowSpan: number;
  columnSpan: number;
  text: string;
}

export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly GridCell[];
  readonly caption?: string;
}

/** Paragraph before it is laid into the flat text. */
export interface Paragraph {
  readonly text: string;
  readonly outline?: number;
  readonly centred?: boolean;
  readonly bold?: boolean;
  readonly generatedNumber?: number;
}

/** A cell as a row-by-row source names it: columns are given by order and span, rows below may be taken by a merge. */
export interface RaggedCell {
  readonly text: string;
  readonly columnSpan: number;
  readonly rowSpan: number;
}

/** Lays rows with spans (as HTML declares them) onto a grid: a cell moves right past columns taken from above. */
export function gridFromRows(rows: readonly (readonly RaggedCell[])[], caption?: string): Grid {
  const cells: GridCell[] = [];
  const takenUntil: number[] = [];
  let columns = 0;
  for (const [row, line] of rows.entries()) {
    let column = 0;
    for (const cell of line) {
      while ((takenUntil[column] ?? 0) > row) column += 1;
      const rowSpan = Math.max(1, Math.min(cell.rowSpan, rows.length - row));
      const columnSpan = Math.max(1, Math.min(cell.columnSpan, 1000));
      cells.push({ row, column, rowSpan, columnSpan, text: cell.text });
      for (let at = column; at < column + columnSpan; at += 1) takenUntil[at] = row + rowSpan;
      column += columnSpan;
      columns = Math.max(columns, column);
    }
  }
  return { rows: rows.length, columns, cells, ...(caption ? { caption } : {}) };
}

/** The table as lines of tab-separated cells, for a table inside a cell. */
export function gridText(grid: Grid): string {
  const lines: string[][] = Array.from({ length: grid.rows }, () => []);
  for (const cell of grid.cells) lines[cell.row]?.push(cell.text);
  return lines.map((line) => line.join('\t')).join('\n');
}

import type { CellBlock, TableBlock } from '../../kernel/document.ts';
import type { ColumnRole, FeedbackTable } from './feedback.ts';

/** What became of one line of the list: how far, when done, whether closed. */
export interface Outcome {
  readonly status: string;
  readonly doneOn: string;
  readonly closed: string;
}

export interface ReportCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly text: string;
  readonly header: boolean;
}

/** A table of the report: the sender's columns in his order and wording, with the outcome filled in. */
export interface ReportTable {
  readonly caption: string | null;
  readonly rows: number;
  readonly columns: number;
  readonly cells: readonly ReportCell[];
}

const asked: readonly (readonly [ColumnRole, string])[] = [
  ['status', '整改情况'],
  ['doneOn', '完成时间'],
  ['closed', '是否销号'],
];

/**
 * The sender's table with 整改情况, 完成时间 and 是否销号: written into his own columns where he has them, appended where
 * not. `outcomeOf` gives the outcome of a row, null for rows that are no problem (headings, sums).
 */
export function reportTable(
  text: string,
  table: TableBlock,
  layout: FeedbackTable,
  outcomeOf: (row: number) => Outcome | null,
): ReportTable {
  const places = asked.map(([role]) => layout.roles.indexOf(role));
  const added = asked.filter((_, index) => (places[index] ?? -1) < 0);
  const columns = table.columns + added.length;
  const told = (role: ColumnRole, outcome: Outcome): string =>
    role === 'status' ? outcome.status : role === 'doneOn' ? outcome.doneOn : outcome.closed;
  const isHead = (row: number): boolean => row <= layout.headerLast && layout.headerFirst >= 0;
  const cells = table.cells.map((cell: CellBlock): ReportCell => {
    const own = text.slice(cell.start, cell.end).trim();
    const role = asked[places.indexOf(cell.column)]?.[0];
    const filled = role === undefined || isHead(cell.row) ? null : fill(cell, role);
    // A line across the whole table stays across the whole table.
    const across = cell.columnSpan === table.columns ? added.length : 0;
    return {
      row: cell.row,
      column: cell.column,
      rowSpan: cell.rowSpan,
      columnSpan: cell.columnSpan + across,
      text: filled ?? own,
      header: isHead(cell.row),
    };
  });
  function fill(cell: CellBlock, role: ColumnRole): string | null {
    const values = Array.from({ length: cell.rowSpan }, (_, k) => outcomeOf(cell.row + k)).flatMap((one) =>
      one ? [told(role, one)] : [],
    );
    return values.length === 0 ? null : [...new Set(values)].join('\n');
  }
  const taken = new Set(
    cells.flatMap((cell) =>
      Array.from({ length: cell.rowSpan }, (_, r) =>
        Array.from({ length: cell.columnSpan }, (__, c) => `${cell.row + r}:${cell.column + c}`),
      ).flat(),
    ),
  );
  const headed = new Set<number>();
  for (let row = 0; row < table.rows; row++) {
    // Cells that a short row left out: the sender's own columns without text, and the appended ones.
    const outcome = outcomeOf(row);
    const head = isHead(row);
    for (let column = 0; column < columns; column++) {
      if (taken.has(`${row}:${column}`)) continue;
      const role = column < table.columns ? asked[places.indexOf(column)]?.[0] : added[column - table.columns]?.[0];
      const word = added[column - table.columns]?.[1];
      const topOfHead = head && row === layout.headerFirst && word !== undefined;
      const value = topOfHead ? word : outcome && role ? told(role, outcome) : '';
      const rowSpan = topOfHead ? layout.headerLast - layout.headerFirst + 1 : 1;
      if (head && headed.has(column)) continue;
      if (topOfHead) headed.add(column);
      cells.push({ row, column, rowSpan, columnSpan: 1, text: value, header: head });
    }
  }
  return { caption: table.caption ?? null, rows: table.rows, columns, cells };
}

/** A table for lists in prose: the product's own columns. */
export function proseTable(
  lines: readonly {
    readonly number: string;
    readonly text: string;
    readonly unit: string;
    readonly due: string;
    readonly outcome: Outcome;
  }[],
): ReportTable {
  const heads = ['序号', '问题', '责任单位', '整改时限', '整改情况', '完成时间', '是否销号'];
  const rows = [
    heads,
    ...lines.map(({ number, text, unit, due, outcome }) => [
      number,
      text,
      unit,
      due,
      outcome.status,
      outcome.doneOn,
      outcome.closed,
    ]),
  ];
  return {
    caption: null,
    rows: rows.length,
    columns: heads.length,
    cells: rows.flatMap((row, r) =>
      row.map((text, column) => ({ row: r, column, rowSpan: 1, columnSpan: 1, text, header: r === 0 })),
    ),
  };
}

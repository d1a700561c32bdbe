import {
  AlignmentType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';

const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312' };
const HEAD_FONT = { ...FONT, eastAsia: '黑体' };
/** Width that a landscape A4 page leaves between its margins, in twentieths of a point. */
const PAGE_WIDTH = 14570;

/** How many rows the cell covers: itself and the merged ones (null) below it. */
function rowsCovered(rows: readonly (readonly (string | null)[])[], row: number, column: number): number {
  let count = 1;
  while (row + count < rows.length && rows[row + count]?.[column] === null) count += 1;
  return count;
}

/** The rows as a table with merged cells; the header row repeats on each page, `/` in a cell begins a new line. */
export function letterTable(widths: readonly number[], rows: readonly (readonly (string | null)[])[]): Table {
  const unit = PAGE_WIDTH / widths.reduce((sum, each) => sum + each, 0);
  const columns = widths.map((width) => Math.round(width * unit));
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: PAGE_WIDTH, type: WidthType.DXA },
    columnWidths: columns,
    rows: rows.map(
      (cells, row) =>
        new TableRow({
          tableHeader: row === 0,
          cantSplit: true,
          children: widths.flatMap((_, column) => {
            const text = cells[column] === undefined ? '' : cells[column];
            if (text === null) return [];
            const long = row > 0 && (column === 3 || column === 4);
            return [
              new TableCell({
                rowSpan: rowsCovered(rows, row, column),
                width: { size: columns[column] ?? 0, type: WidthType.DXA },
                verticalAlign: VerticalAlign.CENTER,
                margins: { top: 40, bottom: 40, left: 80, right: 80 },
                children: text.split('/').map(
                  (line) =>
                    new Paragraph({
                      alignment: long ? AlignmentType.LEFT : AlignmentType.CENTER,
                      children: [
                        new TextRun({ text: line, size: 22, bold: row === 0, font: row === 0 ? HEAD_FONT : FONT }),
                      ],
                    }),
                ),
              }),
            ];
          }),
        }),
    ),
  });
}

import ExcelJS from 'exceljs';
import { paragraph, wordFile } from './fixtures.ts';
import { printPage } from './print.ts';

/** A paragraph, or a table in which ↑ continues the cell above and ← the cell to the left. */
export type ListLine = string | { readonly caption?: string; readonly table: readonly (readonly string[])[] };

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly rows: number;
  readonly columns: number;
}

function cellsOf(table: readonly (readonly string[])[]): Cell[] {
  return table.flatMap((line, row) =>
    line.flatMap((text, column) => {
      if (text === '↑' || text === '←') return [];
      let columns = 1;
      while (table[row]?.[column + columns] === '←') columns++;
      let rows = 1;
      while (table[row + rows]?.[column] === '↑') rows++;
      return [{ row, column, text, rows, columns }];
    }),
  );
}

function docx(lines: readonly ListLine[]): Uint8Array {
  const body = lines.map((line) => {
    if (typeof line === 'string') return paragraph(line);
    const cells = cellsOf(line.table);
    const rows = line.table.map((words, row) => {
      const out: string[] = [];
      for (let column = 0; column < words.length; column++) {
        const cell = cells.find((each) => each.column === column && each.row <= row && row < each.row + each.rows);
        if (!cell) continue;
        const merge = cell.rows > 1 ? `<w:vMerge${cell.row === row ? ' w:val="restart"' : ''}/>` : '';
        const span = cell.columns > 1 ? `<w:gridSpan w:val="${cell.columns}"/>` : '';
        out.push(`<w:tc><w:tcPr>${span}${merge}</w:tcPr>${paragraph(cell.row === row ? cell.text : '')}</w:tc>`);
      }
      return `<w:tr>${out.join('')}</w:tr>`;
    });
    return `<w:tbl>${rows.join('')}</w:tbl>`;
  });
  return wordFile(body.join(''));
}

async function xlsx(lines: readonly ListLine[]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const titles = lines.filter((line) => typeof line === 'string');
  for (const [index, line] of lines.filter((each) => typeof each !== 'string').entries()) {
    const sheet = book.addWorksheet(line.caption ?? `清单${index + 1}`);
    const width = line.table[0]?.length ?? 1;
    let top = 1;
    for (const title of index === 0 ? titles : []) {
      sheet.getCell(top, 1).value = title;
      sheet.mergeCells(top, 1, top, width);
      top += 1;
    }
    for (const cell of cellsOf(line.table)) {
      const at = sheet.getCell(top + cell.row, cell.column + 1);
      // Slashed dates are real dates of the sheet, as somebody types them.
      const m = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/.exec(cell.text);
      at.value = m ? new Date(Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]))) : cell.text;
      if (m) at.numFmt = 'yyyy/m/d';
      if (cell.rows > 1 || cell.columns > 1)
        sheet.mergeCells(top + cell.row, cell.column + 1, top + cell.row + cell.rows - 1, cell.column + cell.columns);
    }
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function pdf(lines: readonly ListLine[]): Promise<Uint8Array> {
  const body = lines.map((line) => {
    if (typeof line === 'string') return `<p>${line}</p>`;
    const cells = cellsOf(line.table);
    const rows = line.table.map(
      (_, row) =>
        `<tr>${cells
          .filter((each) => each.row === row)
          .map((each) => `<td rowspan="${each.rows}" colspan="${each.columns}">${each.text}</td>`)
          .join('')}</tr>`,
    );
    return `<table>${rows.join('')}</table>`;
  });
  const css =
    '@page{size:A4 landscape;margin:15mm}body{font:12pt "Noto Sans CJK SC",sans-serif}table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:3pt}p{text-indent:2em;margin:4pt 0}';
  return new Uint8Array(await printPage(`<!doctype html><meta charset="utf-8"><style>${css}</style>${body.join('')}`));
}

/** Makes a document of the written lines, as an office would send it. For tests. */
export async function listFile(format: 'docx' | 'xlsx' | 'pdf', lines: readonly ListLine[]): Promise<Uint8Array> {
  if (format === 'docx') return docx(lines);
  return format === 'xlsx' ? xlsx(lines) : pdf(lines);
}

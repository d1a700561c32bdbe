import type { Block, CellBlock, SourceDocument } from '../../kernel/document.ts';

/** A line of a written example: a paragraph, or a table in which ↑ continues the cell above and ← the cell to the left. */
export type CaseLine = string | { readonly table: readonly (readonly string[])[] };

/** Makes a document out of written lines, as a reader would. */
export function documentOf(lines: readonly CaseLine[]): SourceDocument {
  let text = '';
  const blocks: Block[] = [];
  for (const line of lines) {
    if (typeof line === 'string') {
      const start = text.length;
      text += line;
      blocks.push({ kind: 'paragraph', start, end: text.length });
      text += '\n';
      continue;
    }
    const start = text.length;
    const cells: CellBlock[] = [];
    line.table.forEach((row, r) => {
      row.forEach((word, c) => {
        if (word === '↑' || word === '←') return;
        const at = (y: number, x: number) => line.table[y]?.[x];
        let columnSpan = 1;
        while (at(r, c + columnSpan) === '←') columnSpan++;
        let rowSpan = 1;
        while (at(r + rowSpan, c) === '↑') rowSpan++;
        const from = text.length;
        text += word;
        cells.push({ start: from, end: text.length, row: r, column: c, rowSpan, columnSpan });
        text += '\n';
      });
    });
    blocks.push({
      kind: 'table',
      start,
      end: text.length,
      rows: line.table.length,
      columns: line.table[0]?.length ?? 0,
      cells,
    });
  }
  return { format: 'txt', text, blocks, losses: [] };
}

import type { Block, CellBlock, Loss, SourceDocument } from '../../kernel/document.ts';
import type { Grid, GridCell, Paragraph } from './grid.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { DocumentRefused } from './refused.ts';

/** Lays paragraphs and tables one after another into the flat text and keeps their exact offsets. */
export class DocumentBuilder {
  private parts: string[] = [];
  private chunks: string[] = [];
  private length = 0;
  private readonly blocks: Block[] = [];
  private readonly losses = new Map<string, Loss>();
  private readonly limits: Limits;

  constructor(limits: Limits = DEFAULT_LIMITS) {
    this.limits = limits;
  }

  private write(text: string): void {
    this.parts.push(text);
    this.length += text.length;
    if (this.parts.length > 2000) this.flatten();
    if (this.length > this.limits.textLength) {
      throw new DocumentRefused('too-large', '文件的文字过多，超出一次读取的上限，请拆分成几份后再导入。');
    }
  }

  /** Joins what was collected, so that slices of source chunks do not keep the whole source in memory. */
  private flatten(): void {
    this.chunks.push(this.parts.join(''));
    this.parts = [];
  }

  private begin(): number {
    if (this.blocks.length > 0) this.write('\n');
    return this.length;
  }

  paragraph(paragraph: Paragraph): void {
    const start = this.begin();
    this.write(paragraph.text);
    this.blocks.push({
      kind: 'paragraph',
      start,
      end: this.length,
      ...(paragraph.outline ? { outline: paragraph.outline } : {}),
      ...(paragraph.centred ? { centred: true } : {}),
      ...(paragraph.bold ? { bold: true } : {}),
      ...(paragraph.generatedNumber ? { generatedNumber: paragraph.generatedNumber } : {}),
    });
  }

  table(grid: Grid): void {
    const start = this.begin();
    const byRow: GridCell[][] = Array.from({ length: grid.rows }, () => []);
    for (const cell of grid.cells) byRow[cell.row]?.push(cell);
    const cells: CellBlock[] = [];
    for (const [row, line] of byRow.entries()) {
      if (row > 0) this.write('\n');
      line.sort((a, b) => a.column - b.column);
      for (const [index, cell] of line.entries()) {
        if (index > 0) this.write('\t');
        const cellStart = this.length;
        this.write(cell.text);
        const { column, rowSpan, columnSpan } = cell;
        cells.push({ start: cellStart, end: this.length, row, column, rowSpan, columnSpan });
      }
    }
    this.blocks.push({
      kind: 'table',
      start,
      end: this.length,
      rows: grid.rows,
      columns: grid.columns,
      cells,
      ...(grid.caption ? { caption: grid.caption } : {}),
    });
  }

  /** Notes a loss once per kind. */
  loss(kind: string, message: string): void {
    if (!this.losses.has(kind)) this.losses.set(kind, { kind, message });
  }

  finish(format: string): SourceDocument {
    this.flatten();
    return { format, text: this.chunks.join(''), blocks: this.blocks, losses: [...this.losses.values()] };
  }
}

import type { DocumentBuilder } from './builder.ts';
import { type Grid, type GridCell, gridText, type Paragraph } from './grid.ts';
import type { WordNumbering } from './word-numbering.ts';
import { isOn, type WordStyles } from './word-styles.ts';
import { attribute, type XmlHandler } from './xml.ts';

type Item = { readonly paragraph: Paragraph } | { readonly table: Grid };

interface OpenParagraph {
  parts: string[];
  style?: string;
  outline?: number;
  centred?: boolean;
  numberingId?: string;
  level?: number;
  /** Only bold runs so far; undefined before the first visible character. */
  bold?: boolean;
  /** The paragraph mark itself was deleted in a tracked change: the next paragraph goes on in the same line. */
  markDeleted: boolean;
  hidden: boolean;
  /** What text boxes anchored here hold; printed after the paragraph. */
  readonly boxes: Item[];
}

interface OpenCell {
  readonly column: number;
  columnSpan: number;
  merge: 'none' | 'restart' | 'continue';
  sideways: boolean;
  readonly items: Item[];
}

interface OpenTable {
  readonly cells: GridCell[];
  readonly items: Map<GridCell, Item[]>;
  row: number;
  column: number;
  columns: number;
  rowDropped: boolean;
  cell?: OpenCell;
  /** The cell that still covers a column from above. */
  readonly above: (GridCell | undefined)[];
}

/** Parts of the file that are not read: deleted text, field codes, settings of sections, doubles for old programs. */
const SKIPPED = new Set([
  'del',
  'moveFrom',
  'instrText',
  'delInstrText',
  'delText',
  'Fallback',
  'pPrChange',
  'rPrChange',
  'tblPrChange',
  'tcPrChange',
  'trPrChange',
  'sectPrChange',
  'sectPr',
  'sdtPr',
  'rt',
  'tblGrid',
  'tblPrEx',
  'framePr',
  'annotation',
]);

/** Characters of symbol fonts that stand in Chinese forms for boxes and ticks. */
const SYMBOLS: Record<string, string> = {
  A8: '□',
  A3: '□',
  '6F': '□',
  FE: '☑',
  '52': '☑',
  FC: '✓',
  FD: '☒',
  '6C': '●',
};

/** Turns the tokens of a Word body (or of its notes) into paragraphs and tables. */
export class WordBody implements XmlHandler {
  private readonly builder: DocumentBuilder;
  private readonly styles: WordStyles;
  private readonly numbering: WordNumbering;
  private readonly noteWord: string | undefined;
  private skipping = '';
  private skipDepth = 0;
  private readonly paragraphs: OpenParagraph[] = [];
  private readonly tables: (OpenTable | 'box')[] = [];
  private readonly boxItems: Item[][] = [];
  /** One entry per open field: true while between its beginning and its result. */
  private readonly fields: boolean[] = [];
  private inText = false;
  private inRunProperties = 0;
  private inParagraphProperties = 0;
  private runBold: boolean | undefined;
  private runHidden = false;
  private held: OpenParagraph | undefined;
  private noteIsReal = true;

  constructor(builder: DocumentBuilder, styles: WordStyles, numbering: WordNumbering, noteWord?: string) {
    this.builder = builder;
    this.styles = styles;
    this.numbering = numbering;
    this.noteWord = noteWord;
  }

  open(name: string, attributes: string): void {
    if (this.skipping !== '') {
      if (name === this.skipping) this.skipDepth += 1;
      return;
    }
    if (name === 'del' && this.inParagraphProperties > 0) {
      const paragraph = this.paragraphs.at(-1);
      if (paragraph) paragraph.markDeleted = true;
    }
    if ((name === 'del' || name === 'ins') && this.table() && this.paragraphs.length === 0) {
      const table = this.table();
      if (table && name === 'del') table.rowDropped = true;
    }
    if (name === 'del' || name === 'ins' || name === 'moveFrom') {
      this.builder.loss('tracked-changes', '文件中留有修订痕迹，已按接受全部修订后的文字读取；请核对定稿。');
    }
    if (SKIPPED.has(name)) {
      this.skipping = name;
      this.skipDepth = 1;
      return;
    }
    this.enter(name, attributes);
  }

  private enter(name: string, attributes: string): void {
    const paragraph = this.paragraphs.at(-1);
    switch (name) {
      case 'p':
        this.paragraphs.push({ parts: [], markDeleted: false, hidden: false, boxes: [] });
        break;
      case 'pPr':
        this.inParagraphProperties += 1;
        break;
      case 'rPr':
        this.inRunProperties += 1;
        break;
      case 'r':
        this.runBold = undefined;
        this.runHidden = false;
        break;
      case 't':
        this.inText = true;
        break;
      case 'b':
        if (this.inRunProperties > 0 && this.inParagraphProperties === 0)
          this.runBold = isOn(attribute(attributes, 'val'));
        break;
      case 'vanish':
        if (this.inRunProperties > 0 && this.inParagraphProperties === 0) {
          this.runHidden = isOn(attribute(attributes, 'val'));
        }
        break;
      case 'tab':
        if (this.inParagraphProperties === 0) this.write('\t');
        break;
      case 'ptab':
        this.write('\t');
        break;
      case 'cr':
        this.write('\n');
        break;
      case 'br': {
        const type = attribute(attributes, 'type');
        if (type !== 'page' && type !== 'column') this.write('\n');
        break;
      }
      case 'noBreakHyphen':
        this.write('-');
        break;
      case 'sym':
        this.write(SYMBOLS[(attribute(attributes, 'char') ?? '').slice(-2).toUpperCase()] ?? '□');
        break;
      case 'fldChar': {
        const type = attribute(attributes, 'fldCharType');
        if (type === 'begin') this.fields.push(true);
        else if (type === 'separate') this.fields[this.fields.length - 1] = false;
        else if (type === 'end') this.fields.pop();
        break;
      }
      case 'txbxContent':
        this.tables.push('box');
        this.boxItems.push([]);
        break;
      case 'footnote':
      case 'endnote':
        this.noteIsReal = attribute(attributes, 'type') === undefined;
        break;
      case 'tbl':
      case 'tr':
      case 'tc':
      case 'gridSpan':
      case 'vMerge':
      case 'hMerge':
      case 'gridBefore':
        this.enterTable(name, attributes);
        break;
      default:
        if (paragraph && this.inParagraphProperties > 0) readParagraphProperty(paragraph, name, attributes);
    }
  }

  private enterTable(name: string, attributes: string): void {
    const table = this.table();
    const value = attribute(attributes, 'val');
    switch (name) {
      case 'tbl':
        this.tables.push({
          cells: [],
          items: new Map(),
          row: -1,
          column: 0,
          columns: 0,
          rowDropped: false,
          above: [],
        });
        break;
      case 'tr':
        if (table) {
          table.row += 1;
          table.column = 0;
          table.rowDropped = false;
        }
        break;
      case 'gridBefore':
        if (table) table.column += Number(value) || 0;
        break;
      case 'tc':
        if (table) {
          table.cell = { column: table.column, columnSpan: 1, merge: 'none', sideways: false, items: [] };
        }
        break;
      case 'gridSpan':
        if (table?.cell) table.cell.columnSpan = Math.max(1, Math.min(Number(value) || 1, 1000));
        break;
      case 'vMerge':
        if (table?.cell) table.cell.merge = value === 'restart' ? 'restart' : 'continue';
        break;
      case 'hMerge':
        if (table?.cell) table.cell.sideways = value !== 'restart';
        break;
    }
  }

  private table(): OpenTable | undefined {
    const top = this.tables.at(-1);
    return top === 'box' ? undefined : top;
  }

  close(name: string): void {
    if (this.skipping !== '') {
      if (name === this.skipping) {
        this.skipDepth -= 1;
        if (this.skipDepth === 0) this.skipping = '';
      }
      return;
    }
    switch (name) {
      case 't':
        this.inText = false;
        break;
      case 'pPr':
        this.inParagraphProperties -= 1;
        break;
      case 'rPr':
        this.inRunProperties -= 1;
        break;
      case 'p':
        this.closeParagraph();
        break;
      case 'tc':
        this.closeCell();
        break;
      case 'tr': {
        const table = this.table();
        if (table?.rowDropped) dropRow(table);
        break;
      }
      case 'tbl':
        this.closeTable();
        break;
      case 'txbxContent': {
        this.flushHeld();
        this.tables.pop();
        const items = this.boxItems.pop() ?? [];
        const host = this.paragraphs.at(-1);
        if (host) host.boxes.push(...items);
        else for (const item of items) this.emit(item);
        break;
      }
    }
  }

  text(text: string): void {
    if (this.inText && this.skipping === '') this.write(text);
  }

  private write(text: string): void {
    const paragraph = this.paragraphs.at(-1);
    if (!paragraph || this.runHidden || this.fields.includes(true)) return;
    if (text.trim() !== '') {
      const bold = this.runBold ?? this.styles.inherited(paragraph.style, 'bold') ?? false;
      paragraph.bold = (paragraph.bold ?? true) && bold;
    }
    paragraph.parts.push(text);
  }

  private closeParagraph(): void {
    const paragraph = this.paragraphs.pop();
    if (!paragraph) return;
    if (this.held) {
      paragraph.parts.unshift(...this.held.parts);
      this.held = undefined;
    }
    if (paragraph.markDeleted) {
      this.held = paragraph;
      return;
    }
    this.emitParagraph(paragraph);
  }

  private flushHeld(): void {
    const { held } = this;
    this.held = undefined;
    if (held && held.parts.length > 0) this.emitParagraph(held);
  }

  private emitParagraph(paragraph: OpenParagraph): void {
    const { styles } = this;
    if (styles.isContents(paragraph.style)) {
      this.builder.loss('contents', '自动生成的目录页没有读取，只读取了正文。');
      return;
    }
    if (this.noteWord !== undefined && !this.noteIsReal) return;
    const words = paragraph.parts.join('');
    const text = paragraph.boxes.length > 0 && words.trim() === '' ? '' : words;
    const number = this.numbering.next(paragraph.style, paragraph.numberingId, paragraph.level) ?? '';
    const outline = paragraph.outline ?? styles.outline(paragraph.style);
    const note = this.noteWord === undefined ? '' : `${this.noteWord}：`;
    if (!(paragraph.boxes.length > 0 && text === '')) {
      this.emit({
        paragraph: {
          text: `${note}${number}${number === '' ? text : text.trimStart()}`,
          ...(outline !== undefined && outline < 10 ? { outline } : {}),
          centred: paragraph.centred ?? styles.inherited(paragraph.style, 'centred') ?? false,
          bold: paragraph.bold ?? false,
          generatedNumber: number.length,
        },
      });
    }
    for (const item of paragraph.boxes) this.emit(item);
  }

  private emit(item: Item): void {
    const top = this.tables.at(-1);
    if (top === 'box') this.boxItems.at(-1)?.push(item);
    else if (top?.cell) top.cell.items.push(item);
    else if ('paragraph' in item) this.builder.paragraph(item.paragraph);
    else this.builder.table(item.table);
  }

  private closeCell(): void {
    this.flushHeld();
    const table = this.table();
    const cell = table?.cell;
    if (!table || !cell) return;
    table.cell = undefined;
    const left = table.cells.at(-1);
    if (cell.sideways && left && left.row === table.row) {
      left.columnSpan += cell.columnSpan;
      this.fill(table, left, cell);
      return;
    }
    const above = cell.merge === 'continue' ? table.above[cell.column] : undefined;
    if (above && above.row < table.row) {
      above.rowSpan = table.row - above.row + 1;
      table.items
        .get(above)
        ?.push(...cell.items.filter((item) => 'table' in item || item.paragraph.text.trim() !== ''));
      table.column += cell.columnSpan;
      return;
    }
    const { column, columnSpan } = cell;
    const placed: GridCell = { row: table.row, column, rowSpan: 1, columnSpan, text: '' };
    table.cells.push(placed);
    table.items.set(placed, cell.items);
    this.fill(table, placed, undefined, cell.merge !== 'none');
  }

  private fill(table: OpenTable, placed: GridCell, more?: OpenCell, opensMerge = false): void {
    if (more) table.items.get(placed)?.push(...more.items);
    const end = placed.column + placed.columnSpan;
    for (let at = placed.column; at < end; at += 1) table.above[at] = opensMerge ? placed : undefined;
    table.column = end;
    table.columns = Math.max(table.columns, end);
  }

  private closeTable(): void {
    const table = this.table();
    if (!table) return;
    this.tables.pop();
    if (table.cells.length === 1) {
      // A frame around a piece of text is not a table.
      for (const items of table.items.values()) for (const item of items) this.emit(item);
      return;
    }
    if (table.cells.length === 0) return;
    for (const [cell, items] of table.items) cell.text = itemsText(items);
    this.emit({ table: { rows: table.row + 1, columns: table.columns, cells: table.cells } });
  }

  finish(): void {
    this.flushHeld();
  }
}

function readParagraphProperty(paragraph: OpenParagraph, name: string, attributes: string): void {
  const value = attribute(attributes, 'val');
  if (name === 'pStyle') paragraph.style = value;
  else if (name === 'outlineLvl') paragraph.outline = Number(value) + 1;
  else if (name === 'jc') paragraph.centred = value === 'center';
  else if (name === 'numId') paragraph.numberingId = value;
  else if (name === 'ilvl') paragraph.level = Number(value);
}

function dropRow(table: OpenTable): void {
  while (table.cells.at(-1)?.row === table.row) {
    const dropped = table.cells.pop();
    if (dropped) table.items.delete(dropped);
  }
  for (const cell of table.cells) cell.rowSpan = Math.min(cell.rowSpan, table.row - cell.row);
  table.row -= 1;
}

function itemsText(items: readonly Item[]): string {
  const lines = items.map((item) => ('paragraph' in item ? item.paragraph.text : gridText(item.table)));
  while (lines.at(-1)?.trim() === '') lines.pop();
  while (lines[0]?.trim() === '') lines.shift();
  return lines.join('\n');
}

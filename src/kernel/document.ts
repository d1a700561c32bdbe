/**
 * What a document reader hands to the rules: one plain text and the blocks that point into it.
 * Offsets are UTF-16 code units into `text`; every reader (docx, doc, pdf, xlsx, xls, txt, html, ofd) yields this shape,
 * so that the rules never know which program made the file.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One paragraph as a person reads it, numbering included ("一、", "（一）" …) even where the word processor generated it. */
export interface ParagraphBlock extends Span {
  readonly kind: 'paragraph';
  /** 1 for the outermost heading, as the word processor declares it; absent where it declares nothing. */
  readonly outline?: number;
  /** True where the word processor centres the line (titles, document numbers). */
  readonly centred?: boolean;
  /** True where the whole paragraph is bold. */
  readonly bold?: boolean;
  /** Length of the number that the word processor generated at the head of the text, 0 or absent where typed by hand. */
  readonly generatedNumber?: number;
}

/** A table cell. A merged cell appears once, with the rows and columns that it covers. */
export interface CellBlock extends Span {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

export interface TableBlock extends Span {
  readonly kind: 'table';
  readonly rows: number;
  readonly columns: number;
  /** In reading order; rows may be ragged. Cell spans lie inside the span of the table. */
  readonly cells: readonly CellBlock[];
  /** Sheet name for workbooks. */
  readonly caption?: string;
}

export type Block = ParagraphBlock | TableBlock;

/** Something that the reader could not carry over, said in Chinese to the person who brought the file. */
export interface Loss {
  readonly kind: string;
  readonly message: string;
}

export interface SourceDocument {
  /** txt · docx · doc · wps · pdf · xlsx · xls · html · ofd */
  readonly format: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly losses: readonly Loss[];
}

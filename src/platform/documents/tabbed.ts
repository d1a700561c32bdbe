import type { Block, CellBlock } from '../../kernel/document.ts';

/** Stands for a real table among the lines; it ends every cell before it. */
const TABLE_MARK = '\0';

/** Lines `from` (inclusive) to `to` (exclusive) are one exported table; each cell knows where its text lies in the lines. */
interface TabbedTable {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly rows: readonly (readonly TabbedCell[])[];
}

/** Text of a cell: from line `from` (after its leading tab) to line `to` (exclusive), blank lines at its end left out. */
interface TabbedCell {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds tables that a word processor flattened into text: every cell begins with a tab at the start of its line, further
 * lines of a cell have none, a blank line follows each row, and a cell covered by a merge is a tab alone.
 */
function findTabbedTables(lines: readonly string[]): TabbedTable[] {
  const tables: TabbedTable[] = [];
  let at = 0;
  while (at < lines.length) {
    if (!opensCell(lines[at])) {
      at += 1;
      continue;
    }
    const table = readTable(lines, at);
    if (table) tables.push(table);
    at = table ? table.to : skipRun(lines, at);
  }
  return tables;
}

function opensCell(line: string | undefined): boolean {
  return line?.startsWith('\t') === true && !line.slice(1).includes('\t');
}

function isBlank(line: string | undefined): boolean {
  return line !== undefined && ((line.trim() === '' && !line.startsWith('\t')) || line === TABLE_MARK);
}

function skipRun(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && opensCell(lines[at])) at += 1;
  return at;
}

interface Piece {
  readonly cells: TabbedCell[];
  readonly to: number;
}

/** One run of lines up to a blank line: the cells that begin in it. */
function readPiece(lines: readonly string[], from: number): Piece {
  const cells: TabbedCell[] = [];
  let at = from;
  while (at < lines.length && !isBlank(lines[at])) {
    const start = at;
    at += 1;
    while (at < lines.length && !isBlank(lines[at]) && !opensCell(lines[at])) at += 1;
    cells.push({ from: start, to: at });
  }
  return { cells, to: at };
}

function readTable(lines: readonly string[], from: number): TabbedTable | undefined {
  const pieces: Piece[] = [];
  let at = from;
  while (at < lines.length && opensCell(lines[at])) {
    const piece = readPiece(lines, at);
    pieces.push(piece);
    at = piece.to;
    while (at < lines.length && isBlank(lines[at]) && lines[at] !== TABLE_MARK) at += 1;
  }
  const columns = commonWidth(pieces);
  if (columns < 2) return undefined;
  const rows: TabbedCell[][] = [];
  let row: TabbedCell[] = [];
  let to = from;
  for (const [index, piece] of pieces.entries()) {
    row.push(...piece.cells);
    to = piece.to;
    const following = pieces[index + 1];
    // A blank line inside a cell leaves the row unfinished; a row that is short for another reason ends before a full one.
    if (following && row.length + following.cells.length <= columns) continue;
    while (row.length > columns && row.length % columns === 0) rows.push(row.splice(0, columns));
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  const full = rows.filter((each) => each.length === columns).length;
  return full >= 2 && full * 2 >= rows.length ? { from, to, columns, rows } : undefined;
}

/** The number of cells that most pieces have; a blank line inside a cell makes some of them shorter, none longer. */
function commonWidth(pieces: readonly Piece[]): number {
  const counts = new Map<number, number>();
  for (const piece of pieces) counts.set(piece.cells.length, (counts.get(piece.cells.length) ?? 0) + 1);
  let best = 0;
  let most = 0;
  for (const [width, count] of counts) {
    if (count > most || (count === most && width > best)) {
      best = width;
      most = count;
    }
  }
  return best;
}

/** Which rows a cell covers: cells empty below a filled one in a column that shows merging are part of it. */
export function mergedRowSpans(texts: readonly (readonly string[])[], columns: number): number[][] {
  const spans = texts.map((row) => row.map(() => 1));
  for (let column = 0; column < columns; column += 1) {
    if (!isMergingColumn(texts, column, columns)) continue;
    // Columns further left are settled by now, so that one look tells which of them shows merging.
    const guide = lastMergedBefore(spans, column);
    let top = -1;
    // The heading row never reaches down into the body.
    for (let row = 1; row < texts.length; row += 1) {
      const text = texts[row]?.[column];
      if (texts[row]?.length !== columns || text === undefined) top = -1;
      else if (text.trim() !== '' || (guide >= 0 && spans[row]?.[guide] !== 0)) top = text.trim() === '' ? -1 : row;
      else if (top >= 0) {
        const above = spans[top];
        const own = spans[row];
        if (above && own) {
          above[column] = row - top + 1;
          own[column] = 0;
        }
      }
    }
  }
  return spans;
}

/**
 * The nearest column to the left that has merges, -1 where none has. A merge never reaches past the merge of that column:
 * where that one begins anew, so does this one.
 */
function lastMergedBefore(spans: readonly (readonly number[])[], column: number): number {
  for (let left = column - 1; left >= 0; left -= 1) {
    if (spans.some((each) => (each[left] ?? 1) !== 1)) return left;
  }
  return -1;
}

/**
 * Blanks left of the column with the long wording mean merging. Right of it they do too (one unit for several lines),
 * except in a column that is hardly used, such as remarks.
 */
function isMergingColumn(texts: readonly (readonly string[])[], column: number, columns: number): boolean {
  const full = texts.slice(1).filter((row) => row.length === columns);
  const lengths = Array.from({ length: columns }, (_, at) =>
    full.reduce((sum, row) => sum + (row[at]?.trim().length ?? 0), 0),
  );
  const wording = lengths.indexOf(Math.max(...lengths));
  if (column <= wording) return column < wording;
  const filled = full.filter((row) => row[column]?.trim() !== '').length;
  return filled >= full.length * 0.3 && !/备\s*注/.test(texts[0]?.[column] ?? '');
}

/** Replaces runs of paragraphs that are an exported table by a table block over the same characters. */
export function withTabbedTables(text: string, blocks: readonly Block[]): Block[] {
  const lines = blocks.map((block) => (block.kind === 'paragraph' ? text.slice(block.start, block.end) : TABLE_MARK));
  if (lines.filter(opensCell).length < 4) return [...blocks];
  const placed: Block[] = [];
  let at = 0;
  for (const table of findTabbedTables(lines)) {
    placed.push(...blocks.slice(at, table.from), tableBlock(text, blocks, table));
    at = table.to;
  }
  placed.push(...blocks.slice(at));
  return placed;
}

function tableBlock(text: string, blocks: readonly Block[], table: TabbedTable): Block {
  const placed = table.rows.map((row) =>
    row.map((cell) => {
      const first = blocks[cell.from]?.start ?? 0;
      const raw = text.slice(first, blocks[cell.to - 1]?.end ?? first);
      const body = raw.trim();
      return { start: first + (body === '' ? 1 : raw.length - raw.trimStart().length), text: body };
    }),
  );
  const spans = mergedRowSpans(
    placed.map((row) => row.map((cell) => cell.text)),
    table.columns,
  );
  const cells: CellBlock[] = [];
  for (const [row, line] of placed.entries()) {
    for (const [column, cell] of line.entries()) {
      const rowSpan = spans[row]?.[column] ?? 1;
      if (rowSpan === 0) continue;
      const columnSpan = line.length === 1 ? table.columns : 1;
      cells.push({ start: cell.start, end: cell.start + cell.text.length, row, column, rowSpan, columnSpan });
    }
  }
  return {
    kind: 'table',
    start: blocks[table.from]?.start ?? 0,
    end: blocks[table.to - 1]?.end ?? 0,
    rows: table.rows.length,
    columns: table.columns,
    cells,
  };
}

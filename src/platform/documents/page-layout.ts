import type { DocumentBuilder } from './builder.ts';
import type { Grid, GridCell, Paragraph } from './grid.ts';
import { chineseNumber } from './numerals.ts';
import { advance, bodyRight, glue, headWidth, type Line, linesOf, type Page, roomNeeded } from './page.ts';
import { type PageCell, type PageTable, tablesOf } from './page-tables.ts';
import { printedTables } from './page-tabs.ts';

interface PlacedLine extends Line {
  readonly kind: 'line';
  readonly page: number;
  readonly pageWidth: number;
  readonly pageHeight: number;
}

interface PlacedTable extends PageTable {
  readonly kind: 'table';
  readonly page: number;
}

/** Turns printed pages back into running text: page furniture dropped, wrapped lines and tables over pages re-joined. */
export function layoutPages(pages: readonly Page[], builder: DocumentBuilder): void {
  const placed: (PlacedLine | PlacedTable)[] = [];
  for (const [index, page] of pages.entries()) {
    const { tables, rest } = tablesOf(page);
    const lines = linesOf(rest).map(
      (line): PlacedLine => ({ ...line, kind: 'line', page: index, pageWidth: page.width, pageHeight: page.height }),
    );
    const here = [...lines, ...tables.map((table): PlacedTable => ({ ...table, kind: 'table', page: index }))];
    placed.push(
      ...here.sort(
        (a, b) => (a.kind === 'line' ? a.y - a.size * 0.5 : a.top) - (b.kind === 'line' ? b.y - b.size * 0.5 : b.top),
      ),
    );
  }
  const furniture = furnitureOf(placed, pages.length);
  const content = placed.filter((each) => each.kind === 'table' || !(furniture.has(each) || isContents(each.text)));
  if (placed.some((each) => each.kind === 'line' && isContents(each.text))) {
    builder.loss('contents', '目录页没有读取，只读取了正文。');
  }
  const column = columnOf(content.filter((each) => each.kind === 'line'));
  let at = 0;
  while (at < content.length) {
    const first = content[at];
    if (first?.kind === 'table') {
      const parts: PlacedTable[] = [first];
      let next = content[at + parts.length];
      while (next?.kind === 'table' && continues(parts.at(-1) ?? first, next)) {
        parts.push(next);
        next = content[at + parts.length];
      }
      builder.table(joinTables(parts));
      at += parts.length;
      continue;
    }
    const lines: PlacedLine[] = [];
    for (let next = content[at]; next?.kind === 'line'; next = content[at]) {
      lines.push(next);
      at += 1;
    }
    for (const paragraph of flowOf(lines, column)) builder.paragraph(paragraph);
  }
}

const PAGE_NUMBER =
  /^(?:[-—–－―─·•~\s]*[0-9０-９]{1,4}[-—–－―─·•~\s]*|第\s*[0-9一二三四五六七八九十]+\s*页.{0,12}|[0-9]{1,4}\s*[/／]\s*[0-9]{1,4}|[IVXivx]{1,6})$/;

/** Page numbers, and lines that stand at the same place of several pages. */
function furnitureOf(placed: readonly (PlacedLine | PlacedTable)[], pages: number): Set<PlacedLine> {
  const furniture = new Set<PlacedLine>();
  const numbers = new Set<PlacedLine>();
  const repeated = new Map<string, PlacedLine[]>();
  for (let page = 0; page < pages; page += 1) {
    const here = placed.filter((each) => each.page === page);
    for (const [line, isEnd] of edgeLines(here)) {
      const isMargin = line.y < line.pageHeight * 0.12 || line.y > line.pageHeight * 0.88;
      if (isMargin && isEnd && PAGE_NUMBER.test(line.text)) numbers.add(line);
      const key = `${line.text.replace(/[0-9０-９]+/g, '#')}@${Math.round(line.y / 6)}`;
      const same = repeated.get(key);
      if (same) same.push(line);
      else repeated.set(key, [line]);
    }
  }
  for (const lines of repeated.values()) {
    const isMargin = lines.every((line) => line.y < line.pageHeight * 0.15 || line.y > line.pageHeight * 0.85);
    if (isMargin && lines.length >= 3 && lines.length >= pages * 0.3) for (const line of lines) furniture.add(line);
  }
  const body = placed.filter((each) => each.kind === 'table' || !(furniture.has(each) || numbers.has(each)));
  for (const line of numbers) {
    if (!/^[0-9０-９]+$/.test(line.text) || countsPages(line, numbers) || !isAmong(line, body)) furniture.add(line);
  }
  return furniture;
}

/** True where another page has a number at the same height that differs as the pages do. */
function countsPages(line: PlacedLine, numbers: ReadonlySet<PlacedLine>): boolean {
  const value = (each: PlacedLine): number => Number(each.text.normalize('NFKC'));
  return [...numbers].some(
    (each) =>
      each.page !== line.page && Math.abs(each.y - line.y) < 4 && value(each) - value(line) === each.page - line.page,
  );
}

/** A bare number may be the first or last line of the text: then the text of other pages reaches as far as it. */
function isAmong(line: PlacedLine, body: readonly (PlacedLine | PlacedTable)[]): boolean {
  const lines = body.filter((each) => each.kind === 'line').filter((each) => each.pageHeight === line.pageHeight);
  const heights = lines.map((each) => each.y);
  const slack = line.size * 0.4;
  return line.y >= Math.min(...heights) - slack && line.y <= Math.max(...heights) + slack;
}

/** A line of a table of contents: words, a row of dots, a page number. */
function isContents(text: string): boolean {
  return /(?:[.．·]\s?){8,}|…{4,}/.test(text) && /[0-9０-９][)）]?$|…$|[.·]$/.test(text.trim());
}

/** First two and last two lines of a page, with whether they are the outermost. */
function edgeLines(here: readonly (PlacedLine | PlacedTable)[]): [PlacedLine, boolean][] {
  const edges = new Map<PlacedLine, boolean>();
  for (const at of [0, 1, here.length - 2, here.length - 1]) {
    const each = here[at];
    const isEnd = at === 0 || at === here.length - 1;
    if (each?.kind === 'line') edges.set(each, isEnd || (edges.get(each) ?? false));
  }
  return [...edges];
}

interface Column {
  readonly left: number;
  readonly right: number;
}

/** The column that the running text fills, per page width. */
function columnOf(lines: readonly PlacedLine[]): Map<number, Column> {
  const columns = new Map<number, Column>();
  for (const width of new Set(lines.map((line) => Math.round(line.pageWidth)))) {
    const own = lines.filter((line) => Math.round(line.pageWidth) === width);
    const left = border(own.map((line) => line.left));
    const right = -border(own.map((line) => -bodyRight(line)));
    // Where all lines are short they do not show the margin: the page is taken to be symmetrical.
    columns.set(width, { left, right: right < width * 0.7 ? Math.max(right, width - left) : right });
  }
  return columns;
}

/** Smallest value near which at least three (or a twentieth) of the values lie. */
function border(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const needed = Math.min(Math.max(3, Math.floor(sorted.length / 20)), sorted.length);
  for (const value of sorted) {
    if (sorted.filter((other) => other >= value && other - value < 7).length >= needed) return value;
  }
  return sorted[0] ?? 0;
}

const HEADING =
  /^(?:第[一二三四五六七八九十百]+[章节条部]|[一二三四五六七八九十]{1,4}[、.．]|[（(][一二三四五六七八九十]{1,4}[)）]|[0-9]{1,3}[.．、](?![0-9])|[（(][0-9]{1,3}[)）]|[①-⑳]|附件|附[:：])/;
const SENTENCE_END = /[。；！？：:;!?…]["”’）)]?$/;

/** Paragraphs, and line by line what was a flattened table before it was printed. */
function flowOf(lines: readonly PlacedLine[], columns: ReadonlyMap<number, Column>): Paragraph[] {
  const flow: Paragraph[] = [];
  let at = 0;
  for (const table of printedTables(lines, (line) => columns.get(Math.round(line.pageWidth)))) {
    flow.push(...paragraphsOf(lines.slice(at, table.from), columns), ...table.rebuilt.map((text) => ({ text })));
    at = table.to;
  }
  return [...flow, ...paragraphsOf(lines.slice(at), columns)];
}

function paragraphsOf(lines: readonly PlacedLine[], columns: ReadonlyMap<number, Column>): Paragraph[] {
  const pitch = usualPitch(lines);
  const paragraphs: Paragraph[] = [];
  let text = '';
  let centred = false;
  let before: PlacedLine | undefined;
  for (const line of lines) {
    const column = columns.get(Math.round(line.pageWidth)) ?? { left: line.left, right: line.right };
    if (before && !startsParagraph(before, line, column, pitch)) {
      text = glue(text, line.text);
    } else {
      if (before) paragraphs.push({ text, centred });
      text = line.text;
      centred = isCentred(line, column);
    }
    before = line;
  }
  if (before) paragraphs.push({ text, centred });
  return paragraphs;
}

function isCentred(line: Line, column: Column): boolean {
  const left = line.left - column.left;
  const right = column.right - line.right;
  return left > line.size * 0.8 && right > line.size * 0.8 && Math.abs(left - right) < line.size * 1.2;
}

function startsParagraph(before: PlacedLine, line: PlacedLine, column: Column, pitch: number): boolean {
  const size = Math.max(before.size, line.size);
  if (Math.abs(before.size - line.size) > size * 0.15) return true;
  const samePage = before.page === line.page;
  if (samePage && line.y - before.y > Math.max(pitch * 1.45, size * 1.2)) return true;
  if (isCentred(before, column) && isCentred(line, column)) return true;
  if (
    column.right - before.right >=
    roomNeeded(before.text, line.text, Math.max(advance(before), line.size)) + size * 0.15
  )
    return true;
  const indent = line.left - column.left;
  const sign = Math.max(advance(before), line.size);
  const isHeading = HEADING.test(line.text);
  if (indent > sign * 1.2) {
    // Set in as far as the full line before it, or much further than a paragraph begins: the text goes on there.
    const goesOn = Math.abs(line.left - before.left) < size * 0.3 || indent > sign * 2.8;
    return !goesOn || isHeading || SENTENCE_END.test(before.text);
  }
  return isHeading && SENTENCE_END.test(before.text);
}

/** Usual distance between two lines of a paragraph. */
function usualPitch(lines: readonly PlacedLine[]): number {
  const gaps: number[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before && before.page === line.page && line.y > before.y) gaps.push(line.y - before.y);
  }
  gaps.sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length * 0.5)] ?? 0;
}

/** True where the second table is the first one gone on to the next page. */
function continues(first: PlacedTable, second: PlacedTable): boolean {
  return (
    second.page === first.page + 1 &&
    first.edges.length === second.edges.length &&
    first.edges.every((edge, index) => Math.abs(edge - (second.edges[index] ?? 0)) <= 4)
  );
}

/** One table from its parts on several pages: repeated headings dropped, cut rows and cut merged cells mended. */
function joinTables(parts: readonly PlacedTable[]): Grid {
  const cells: PageCell[] = [];
  const columns = (parts[0]?.edges.length ?? 1) - 1;
  const required = requiredColumns(parts, columns);
  const merging = mergingColumns(parts, columns);
  const heading = rowText(parts[0], 0);
  let rows = 0;
  for (const [index, part] of parts.entries()) {
    const skip = index > 0 && heading !== '' && rowText(part, 0) === heading ? 1 : 0;
    const own = part.cells.filter((cell) => cell.row >= skip);
    const first = own.filter((cell) => cell.row === skip);
    const taken = new Set<PageCell>();
    let base = rows - skip;
    const above = (cell: PageCell): PageCell | undefined =>
      cells.find((each) => each.row + each.rowSpan === rows && isSameColumn(each, cell));
    if (index > 0 && isCutRow(first, above, required)) {
      // The row began on the page before: its cells go on there, and everything below moves up by one.
      base -= 1;
      for (const cell of first) {
        const upper = above(cell);
        if (!upper) continue;
        if (upper.text === '' || cell.text === '') upper.text += cell.text;
        else
          upper.text =
            (upper.endRoom ?? 0) >= roomNeeded(upper.text, cell.text, 1)
              ? `${upper.text}\n${cell.text}`
              : glue(upper.text, cell.text);
        upper.endRoom = cell.endRoom;
        taken.add(cell);
      }
      for (const cell of first) {
        const upper = taken.has(cell) ? above(cell) : undefined;
        if (upper) upper.rowSpan += cell.rowSpan - 1;
      }
    } else if (index > 0) {
      for (const cell of first) {
        const upper = above(cell);
        if (cell.text !== '' || !upper || upper.text === '' || !isMergeCut(cell, upper, first, merging)) continue;
        upper.rowSpan += cell.rowSpan;
        taken.add(cell);
      }
    }
    for (const cell of own) {
      if (!taken.has(cell)) cells.push({ ...cell, row: Math.max(0, cell.row + base) });
    }
    rows = base + part.rows;
  }
  return {
    rows,
    columns,
    cells: cells.map(({ row, column, rowSpan, columnSpan, text }) => ({ row, column, rowSpan, columnSpan, text })),
  };
}

function isSameColumn(a: GridCell, b: GridCell): boolean {
  return a.column === b.column && a.columnSpan === b.columnSpan;
}

const EMPTY: PageCell = { row: 0, column: 0, rowSpan: 1, columnSpan: 1, text: '' };

function longestOf(cells: readonly PageCell[]): PageCell {
  return cells.reduce((best, cell) => (cell.text.length > best.text.length ? cell : best), EMPTY);
}

/** An empty cell at the head of a page that belongs to the merged cell at the foot of the page before. */
function isMergeCut(
  cell: PageCell,
  upper: PageCell,
  first: readonly PageCell[],
  merging: ReadonlySet<number>,
): boolean {
  const isMerged = upper.rowSpan > 1 || cell.rowSpan > 1 || merging.has(cell.column);
  return cell.column < longestOf(first).column || isMerged;
}

/** Columns that have merged cells and, but for the heads of the pages, no empty ones. */
function mergingColumns(parts: readonly PlacedTable[], columns: number): Set<number> {
  const merging = new Set<number>();
  for (let column = 0; column < columns; column += 1) {
    const cells = parts.flatMap((part) => part.cells.filter((cell) => cell.column === column && cell.row > 0));
    if (cells.some((cell) => cell.rowSpan > 1) && cells.every((cell) => cell.text !== '')) merging.add(column);
  }
  return merging;
}

/** Columns that are filled in nearly every row: an empty cell there shows that a row was cut by the page end. */
function requiredColumns(parts: readonly PlacedTable[], columns: number): Set<number> {
  const required = new Set<number>();
  for (let column = 0; column < columns; column += 1) {
    // The first row of each page may itself be the rest of a cut row and says nothing.
    const cells = parts.flatMap((part) => part.cells.filter((cell) => cell.column === column && cell.row > 0));
    // In a column with merged cells an empty one at the head of a page may be the rest of a merged one.
    if (cells.some((cell) => cell.rowSpan > 1)) continue;
    const filled = cells.filter((cell) => cell.text !== '').length;
    if (cells.length > 2 && filled >= cells.length * 0.9) required.add(column);
  }
  return required;
}

function rowText(part: PageTable | undefined, row: number): string {
  const cells = part?.cells.filter((cell) => cell.row === row) ?? [];
  return cells.every((cell) => cell.rowSpan === 1) ? cells.map((cell) => cell.text.replace(/\s/g, '')).join('|') : '';
}

/**
 * A row cut by the page end: its first cell is empty, and it lacks a cell that every row has, goes on with the next number
 * of a list, or goes on with an unfinished sentence.
 */
function isCutRow(
  first: readonly PageCell[],
  above: (cell: PageCell) => PageCell | undefined,
  required: ReadonlySet<number>,
): boolean {
  if (first[0]?.text !== '') return false;
  const longest = longestOf(first);
  const upper = longest === EMPTY ? undefined : above(longest);
  if (!upper) return false;
  const lacks = first.some((cell) => {
    const over = above(cell);
    return (
      cell.text === '' && cell.rowSpan === 1 && required.has(cell.column) && over?.rowSpan === 1 && over.text !== ''
    );
  });
  if (lacks || isNextNumber(upper.text, longest.text)) return true;
  const begins = (cell: PageCell): boolean =>
    cell.text !== '' && (above(cell)?.endRoom ?? Number.POSITIVE_INFINITY) >= headWidth(cell.text, 1);
  if (first.some((cell) => cell.column < longest.column && begins(cell))) return false;
  const isShort = (text: string): boolean => text !== '' && text.length < 20;
  // A wording that ended with room left, beside another entry that has its own text again, was a whole row.
  const isWhole =
    (upper.endRoom ?? 0) >= roomNeeded(upper.text, longest.text, 1) &&
    !/[，、]$/.test(upper.text) &&
    first.some((cell) => cell.column > longest.column && isShort(cell.text) && isShort(above(cell)?.text ?? ''));
  return upper.text.length > 12 && !isWhole && !SENTENCE_END.test(upper.text) && !HEADING.test(longest.text);
}

/** True where the text begins with （八） or 8、 and the text above lists up to （七） or 7、 behind its own beginning. */
function isNextNumber(above: string, text: string): boolean {
  const match = /^([（(]?)([一二三四五六七八九十]{1,3}|[0-9]{1,2})([）)、.．])/.exec(text);
  if (!match) return false;
  const [, open = '', number = '', close = ''] = match;
  const arabic = Number(number);
  for (let before = 1; before < 40; before += 1) {
    const [written, next] =
      arabic > 0 ? [String(before), String(before + 1)] : [chineseNumber(before), chineseNumber(before + 1)];
    if (next === number)
      return (
        above.indexOf(`${open}${written}${close}`) > 0 && above.includes(`${open}${arabic > 0 ? 1 : '一'}${close}`)
      );
  }
  return false;
}

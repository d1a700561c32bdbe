import type { Block, CellBlock } from '../../kernel/document.ts';
import { mergedRowSpans } from './tabbed.ts';

interface Cell {
  /** Offset into the whole text. */
  readonly start: number;
  readonly end: number;
}

type Splitter = (line: string) => [number, number][] | undefined;

const RULED = /^[\s|+│┃├┤┌┐└┘┬┴┼─━═:-]+$/;

/** `| a | b |` as Markdown and terminal programs print it; undefined for other lines. */
const byBars: Splitter = (line) => {
  const bars = [...line.matchAll(/[|│┃｜]/g)].map((m) => m.index);
  if (bars.length < 2) return undefined;
  const first = bars[0] ?? 0;
  const last = bars.at(-1) ?? 0;
  const edges = [...bars];
  if (line.slice(0, first).trim() !== '') edges.unshift(-1);
  if (line.slice(last + 1).trim() !== '') edges.push(line.length);
  return edges.slice(1).map((to, i) => [(edges[i] ?? -1) + 1, to]);
};

/** Cells between tabs, as a table copied out of a word processor or a workbook has them. */
const byTabs: Splitter = (line) => {
  if (!line.includes('\t')) return undefined;
  const cells: [number, number][] = [];
  let from = 0;
  for (let at = line.indexOf('\t'); at >= 0; at = line.indexOf('\t', from)) {
    cells.push([from, at]);
    from = at + 1;
  }
  cells.push([from, line.length]);
  return cells;
};

/** Columns kept apart by two or more blanks. */
const byGaps: Splitter = (line) => {
  const cells = [...line.matchAll(/\S+(?:[ \u3000]\S+)*/g)].map((m): [number, number] => [
    m.index,
    m.index + m[0].length,
  ]);
  return cells.length >= 3 ? cells : undefined;
};

const filled = (line: string, cells: readonly [number, number][] | undefined): number =>
  cells?.filter(([from, to]) => line.slice(from, to).trim() !== '').length ?? 0;

/** Begins a section of a table rather than going on with the cell above. */
const SECTION = /^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+)/;

interface Found {
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly rows: readonly (readonly Cell[])[];
}

/** Replaces runs of lines that each hold one row of a table (parted by tabs, bars or wide gaps) by a table block. */
export function withRowTables(text: string, blocks: readonly Block[]): Block[] {
  const placed: Block[] = [];
  let at = 0;
  while (at < blocks.length) {
    const table =
      tableAt(text, blocks, at, byTabs) ?? tableAt(text, blocks, at, byBars) ?? tableAt(text, blocks, at, byGaps);
    const block = blocks[at];
    if (table) {
      placed.push(tableBlock(text, blocks, table));
      at = table.to;
    } else {
      if (block) placed.push(block);
      at += 1;
    }
  }
  return placed;
}

function lineAt(text: string, blocks: readonly Block[], at: number): string | undefined {
  const block = blocks[at];
  return block?.kind === 'paragraph' ? text.slice(block.start, block.end) : undefined;
}

function tableAt(text: string, blocks: readonly Block[], from: number, split: Splitter): Found | undefined {
  const head = lineAt(text, blocks, from);
  if (head === undefined || head.length < 5 || head.length > 400) return undefined;
  const first = split(head);
  if (!first || filled(head, first) < 3 || RULED.test(head)) return undefined;
  // Column names are short; running text with tabs in it is no table.
  if (first.some(([a, b]) => head.slice(a, b).trim().length > 20)) return undefined;
  const columns = first.length;
  const rows: Cell[][] = [];
  let full = 0;
  let to = from;
  let blank = 0;
  for (let at = from; at < blocks.length; at += 1) {
    const line = lineAt(text, blocks, at);
    if (line === undefined) break;
    if (line.trim() === '' && !line.includes('\t')) {
      blank += 1;
      if (blank > 1) break;
      continue;
    }
    if (RULED.test(line) && split === byBars) {
      to = at + 1;
      continue;
    }
    const start = blocks[at]?.start ?? 0;
    const cells = split(line)?.map(([a, b]): Cell => ({ start: start + a, end: start + b }));
    const last = rows.at(-1);
    // A row that ends with a bar is closed: what follows without bars is no part of it.
    const closed = split === byBars && /[|│┃｜]\s*$/.test(lineAt(text, blocks, at - 1) ?? '');
    if (cells && cells.length === columns) {
      rows.push(cells);
      full += 1;
    } else if (split === byGaps || (closed && !cells)) break;
    else if (last && at > from && goesOn(last.length, cells?.length ?? 1, columns, line)) {
      const [more, ...rest] = cells ?? [{ start, end: start + line.length }];
      const open = last.pop();
      if (open && more) last.push({ start: open.start, end: more.end }, ...rest);
      if (last.length === columns) full += 1;
    } else if (cells && cells.length >= 2 && cells.length <= columns + 1) rows.push(cells.slice(0, columns));
    else if (!cells && split === byTabs && line.length <= 40 && reaches(text, blocks, at + 1, split, columns))
      rows.push([{ start, end: start + line.length }]);
    else break;
    blank = 0;
    to = at + 1;
    // Lines that only happen to hold tabs are given up early, or a long run of them would be read once per line.
    if (rows.length > 12 && full * 3 < rows.length) return undefined;
  }
  const enough = split === byGaps ? 3 : 2;
  return full >= enough && full * 2 >= rows.length ? { from, to, columns, rows } : undefined;
}

/** Whether a line is the rest of the last cell of an unfinished row, and what follows it. */
function goesOn(have: number, more: number, columns: number, line: string): boolean {
  if (have >= columns || SECTION.test(line)) return false;
  return more === 1 ? !line.startsWith('\t') : have + more - 1 <= columns && !line.startsWith('\t');
}

/** Whether the next line that is not blank is a row of the same table. */
function reaches(text: string, blocks: readonly Block[], from: number, split: Splitter, columns: number): boolean {
  for (let at = from; at < Math.min(blocks.length, from + 3); at += 1) {
    const line = lineAt(text, blocks, at);
    if (line === undefined) return false;
    if (line.trim() === '') continue;
    const cells = split(line);
    return cells !== undefined && cells.length >= 2 && cells.length <= columns;
  }
  return false;
}

function tableBlock(text: string, blocks: readonly Block[], table: Found): Block {
  const trimmed = table.rows.map((row) =>
    row.map((cell) => {
      const raw = text.slice(cell.start, cell.end);
      const body = raw.trim();
      const start = cell.start + (body === '' ? 0 : raw.length - raw.trimStart().length);
      return { start, end: start + body.length, text: body };
    }),
  );
  // Trailing cells that the export left out are empty ones.
  const grid = trimmed.map((row) => {
    const end = row.at(-1)?.end ?? 0;
    const missing = row.length > 1 ? Math.max(0, table.columns - row.length) : 0;
    return [...row, ...Array.from({ length: missing }, () => ({ start: end, end, text: '' }))];
  });
  const spans = mergedRowSpans(
    grid.map((row) => row.map((cell) => cell.text)),
    table.columns,
  );
  const cells: CellBlock[] = [];
  for (const [row, line] of grid.entries()) {
    for (const [column, cell] of line.entries()) {
      const rowSpan = spans[row]?.[column] ?? 1;
      if (rowSpan === 0) continue;
      const columnSpan = line.length === 1 ? table.columns : 1;
      cells.push({ start: cell.start, end: cell.end, row, column, rowSpan, columnSpan });
    }
  }
  return {
    kind: 'table',
    start: blocks[table.from]?.start ?? 0,
    end: blocks[table.to - 1]?.end ?? 0,
    rows: grid.length,
    columns: table.columns,
    cells,
  };
}

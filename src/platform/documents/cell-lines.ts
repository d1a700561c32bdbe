import type { Block, CellBlock } from '../../kernel/document.ts';

/** One line of text that is not blank, by its place among the blocks. */
interface Line {
  readonly block: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const FIRST_COLUMN = /^(?:序号|编号|序)$/;
const LAST_LINES = /^(?:注|备注|说明|填表说明|附件|抄送)[\d：:]|^[一二三四五六七八九十]{1,3}、/;

/**
 * Finds tables whose cells were written one to a line, as a page of the web copied as text has them: column names from
 * 序号 on, then rows that begin with 1, 2, 3 … on a line alone. Rows that do not fit the columns give the extra lines to
 * their longest cell; where too few rows fit, the lines stay paragraphs.
 */
export function withCellLines(text: string, blocks: readonly Block[]): Block[] {
  const lines: Line[] = [];
  blocks.forEach((block, index) => {
    if (block.kind !== 'paragraph') {
      lines.push({ block: index, start: block.start, end: block.start, text: '' });
      return;
    }
    const raw = text.slice(block.start, block.end);
    const body = raw.trim();
    if (body === '') return;
    const start = block.start + raw.length - raw.trimStart().length;
    lines.push({ block: index, start, end: start + body.length, text: body.replace(/\s+/g, '') });
  });
  const placed: Block[] = [];
  let done = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (!line || !FIRST_COLUMN.test(line.text)) continue;
    const table = tableAt(lines, at);
    const last = table && lines[table.to - 1];
    if (!table || !last) continue;
    placed.push(...blocks.slice(done, line.block), blockOf(lines, at, table));
    done = last.block + 1;
    at = table.to - 1;
  }
  placed.push(...blocks.slice(done));
  return placed;
}

interface Found {
  readonly to: number;
  readonly columns: number;
  readonly rows: readonly (readonly Line[][])[];
}

function tableAt(lines: readonly Line[], from: number): Found | undefined {
  let columns = 0;
  while (columns < 12 && isColumnName(lines[from + columns]?.text)) columns += 1;
  if (columns < 3 || columns > 10 || lines[from + columns]?.text !== '1') return undefined;
  const rows: Line[][] = [];
  let at = from + columns;
  while (lines[at]?.text === String(rows.length + 1)) {
    const row: Line[] = [];
    const next = String(rows.length + 2);
    for (let line = lines[at]; line && row.length < columns * 4; line = lines[at]) {
      if (row.length > 0 && (line.text === next || line.text === '' || LAST_LINES.test(line.text))) break;
      row.push(line);
      at += 1;
      if (row.length < columns || lines[at]?.text === next || laterSerial(lines, at, next, columns)) continue;
      // The last row goes on to its time, where the rows above it end with theirs.
      if (rows.length === 0 || !rows.every((r) => isTime(r.at(-1)?.text)) || isTime(row.at(-1)?.text)) break;
      if (!lines.slice(at, at + 4).some((later) => isTime(later.text))) break;
    }
    rows.push(row);
  }
  const exact = rows.filter((row) => row.length === columns);
  // A longer row fits too where it ends with its time as all the others do.
  const timed = rows.every((row) => isTime(row.at(-1)?.text));
  const fitting = timed ? rows.filter((row) => row.length >= columns && row.length <= columns + 4) : exact;
  if (rows.length < 2 || exact.length === 0 || fitting.length * 3 < rows.length * 2) return undefined;
  const lengths = Array.from({ length: columns }, (_, c) =>
    exact.reduce((sum, row) => sum + (row[c]?.text.length ?? 0), 0),
  );
  const wording = lengths.indexOf(Math.max(...lengths));
  const names = lines.slice(from, from + columns).map((line) => line.text);
  const helpers = names.findIndex((name, c) => c > wording && HELPERS.test(name));
  const grows = helpers > 0 ? helpers : Math.min(wording + 1, columns - 1);
  return { to: at, columns, rows: rows.map((row) => cellsOf(row, columns, wording, grows)) };
}

/** Columns that name several units rather than one. */
const HELPERS = /责任|配合|参与|参加|协办|协同|协助|落实|实施/;

const isTime = (text: string | undefined): boolean =>
  text !== undefined &&
  text.length <= 20 &&
  /^(?:\d{4}年|\d{1,2}月|[一二三四]季度|[上下]半年|年[底内]|全年|长期|持续|每[年季月周]|常态|立即|\d{4}[.—/-]\d)/.test(
    text,
  );

function isColumnName(text: string | undefined): boolean {
  return text !== undefined && text !== '' && text.length <= 12 && !/^\d|[，。；：、]/.test(text);
}

/** Whether the number of the next row still comes within the lines that one row may have. */
function laterSerial(lines: readonly Line[], from: number, next: string, columns: number): boolean {
  for (let at = from; at < Math.min(lines.length, from + columns); at += 1) if (lines[at]?.text === next) return true;
  return false;
}

function cellsOf(row: readonly Line[], columns: number, wording: number, grows: number): Line[][] {
  const extra = row.length - columns;
  if (extra <= 0) return row.map((line) => [line]);
  // A further line of the wording is long or ends its sentence; a further line of units is neither.
  let grown = 0;
  while (grown < extra) {
    const line = row[wording + 1 + grown]?.text ?? '';
    if (line.length <= 20 && !/[。；]$/.test(line)) break;
    grown += 1;
  }
  const sizes = Array.from({ length: columns }, (_, c) =>
    c === wording ? 1 + grown : c === grows ? 1 + extra - grown : 1,
  );
  const cells: Line[][] = [];
  let at = 0;
  for (const size of sizes) {
    cells.push(row.slice(at, at + size));
    at += size;
  }
  return cells;
}

function blockOf(lines: readonly Line[], from: number, table: Found): Block {
  const cells: CellBlock[] = [];
  const place = (row: number, column: number, of: readonly Line[]) => {
    const first = of[0];
    const last = of.at(-1);
    if (first && last) cells.push({ start: first.start, end: last.end, row, column, rowSpan: 1, columnSpan: 1 });
  };
  for (let c = 0; c < table.columns; c += 1) place(0, c, lines.slice(from + c, from + c + 1));
  for (const [r, row] of table.rows.entries()) for (const [c, cell] of row.entries()) place(r + 1, c, cell);
  return {
    kind: 'table',
    start: lines[from]?.start ?? 0,
    end: lines[table.to - 1]?.end ?? 0,
    rows: table.rows.length + 1,
    columns: table.columns,
    cells,
  };
}

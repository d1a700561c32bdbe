import type { CellBlock, SourceDocument, Span, TableBlock } from '../../kernel/document.ts';
import { passageOf } from '../plans/passages.ts';
import { readUnits } from '../plans/units.ts';
import type { ColumnRole, FeedbackLine, FeedbackTable, Said } from './feedback.ts';
import { isHeader, rolesOf } from './feedback-columns.ts';
import { partsOf } from './feedback-parts.ts';
import {
  gradeIn,
  looksLikeOffice,
  looksLikeSubject,
  readDue,
  readFound,
  remarksClosed,
  type Setting,
  saidAt,
  saysClosed,
} from './feedback-words.ts';

const HEADER_WITHIN = 8;
const summary = /^(?:合计|小计|总计|共计|填表人|制表人|审核人|填报人|注[：:]|说明[：:])/;
const numbering =
  /^(?:[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十]{1,3}）|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.．]|第[一二三四五六七八九十]+(?:部分|类)[、：]?)\s*/;

interface Header {
  readonly first: number;
  readonly last: number;
  readonly roles: readonly (ColumnRole | null)[];
  readonly words: readonly string[];
}

class Grid {
  private readonly byPlace = new Map<number, CellBlock>();
  constructor(
    private readonly text: string,
    readonly table: TableBlock,
  ) {
    for (const cell of table.cells)
      for (let r = cell.row; r < cell.row + cell.rowSpan; r++)
        for (let c = cell.column; c < cell.column + cell.columnSpan; c++) this.byPlace.set(r * 512 + c, cell);
  }
  at(row: number, column: number): CellBlock | undefined {
    return this.byPlace.get(row * 512 + column);
  }
  words(cell: CellBlock | undefined): string {
    return cell ? this.text.slice(cell.start, cell.end).replace(/\s+/g, '') : '';
  }
  said(cell: CellBlock | undefined): Said | null {
    return cell ? saidAt(this.text, cell) : null;
  }
  /** Different cells of the row that are not empty. */
  filled(row: number): CellBlock[] {
    const cells = new Set<CellBlock>();
    for (let c = 0; c < this.table.columns; c++) {
      const cell = this.at(row, c);
      if (cell && this.words(cell) !== '') cells.add(cell);
    }
    return [...cells];
  }
  headerAt(row: number): Header | null {
    let last = row;
    for (let c = 0; c < this.table.columns; c++) {
      const cell = this.at(row, c);
      if (cell && cell.row === row && cell.rowSpan > 1 && cell.columnSpan < this.table.columns)
        last = Math.min(row + 2, Math.max(last, row + cell.rowSpan - 1));
    }
    for (const low of last > row ? [last] : [row, row + 1]) {
      const words = Array.from({ length: this.table.columns }, (_, c) => {
        const top = this.at(row, c);
        const below = this.at(low, c);
        return top !== below && below ? [this.words(top), this.words(below)] : [this.words(top)];
      });
      // Two header rows without merged cells: the lower one must consist of column names only.
      if (low === row + 1 && last === row && !this.splits(row)) continue;
      const values = (column: number): readonly string[] =>
        Array.from({ length: Math.min(20, this.table.rows - low - 1) }, (_, k) =>
          this.words(this.at(low + 1 + k, column)),
        );
      const narrow = rolesOf(
        words.map((pair) => pair.at(-1) ?? ''),
        values,
      );
      const wide = rolesOf(
        words.map((pair) => pair.join('')),
        values,
      );
      const taken = new Set(narrow.filter((role) => role !== null));
      const merged = narrow.map((role, c) => {
        const other = wide[c] ?? null;
        return role ?? (other !== null && !taken.has(other) ? other : null);
      });
      if (isHeader(merged)) return { first: row, last: low, roles: merged, words: words.map((pair) => pair.join('')) };
    }
    return null;
  }
  /** Some cell of the row covers several columns: names of groups of columns stand there. */
  private splits(row: number): boolean {
    return this.table.cells.some(
      (cell) => cell.row === row && cell.columnSpan > 1 && cell.columnSpan < this.table.columns,
    );
  }
}

interface Reading {
  readonly text: string;
  readonly setting: Setting;
  readonly lines: FeedbackLine[];
  readonly tables: FeedbackTable[];
}

const terminal = /[。！？；.]$/;

/** Reads every table that lists problems. A table without a header of its own goes on with the one before it. */
export function readTables(doc: SourceDocument, setting: Setting): { lines: FeedbackLine[]; tables: FeedbackTable[] } {
  const reading: Reading = { text: doc.text, setting, lines: [], tables: [] };
  let last: Header | null = null;
  let path: readonly string[] = [];
  const captions = new Set(
    doc.blocks.flatMap((block) => (block.kind === 'table' && block.caption ? [block.caption] : [])),
  );
  doc.blocks.forEach((block, index) => {
    if (block.kind !== 'table') {
      return;
    }
    const grid = new Grid(doc.text, block);
    let header: Header | null = null;
    for (let row = 0; row < Math.min(HEADER_WITHIN, block.rows) && !header; row++) header = grid.headerAt(row);
    const carried = !header && last && last.roles.length === block.columns && !block.caption;
    if (!header && carried && last) header = { ...last, first: -1, last: -1 };
    if (!header) return;
    if (header.first >= 0) path = captions.size > 1 && block.caption ? [block.caption] : [];
    last = header;
    path = readRows(reading, grid, index, header, path, block.caption ?? null);
  });
  return { lines: reading.lines, tables: reading.tables };
}

function readRows(
  reading: Reading,
  grid: Grid,
  block: number,
  first: Header,
  above: readonly string[],
  caption: string | null,
): readonly string[] {
  let header = first;
  let path = above;
  const base = above.length > 0 && caption !== null && above[0] === caption ? 1 : 0;
  const ordinal = reading.tables.length + 1;
  reading.tables.push({
    block,
    headerFirst: header.first,
    headerLast: header.last,
    roles: header.roles,
    words: header.words,
  });
  for (let row = header.last + 1; row < grid.table.rows; row++) {
    const again = isAgain(grid, row, header);
    if (again > 0) {
      row += again - 1;
      continue;
    }
    const filled = grid.filled(row);
    // Another header further down, of a list that was pasted below: short words only, and no number in front.
    const names =
      filled.length >= 3 && filled.every((cell) => grid.words(cell).length <= 16 && !/^\d+$/.test(grid.words(cell)));
    const other = names ? grid.headerAt(row) : null;
    if (other && other.roles.filter((role) => role !== null).length >= 3) {
      header = other;
      row = other.last;
      continue;
    }
    const [only] = filled;
    if (!only || filled.some((cell) => summary.test(grid.words(cell)))) continue;
    const textColumn = header.roles.indexOf('text');
    const textCell = grid.at(row, textColumn);
    if (filled.length === 1 && (only !== textCell || only.columnSpan * 2 >= grid.table.columns)) {
      const heading = grid.words(only).replace(numbering, '');
      if (only.row === row && /[^\d]/.test(heading) && heading.length <= 40) path = [...path.slice(0, base), heading];
      continue;
    }
    // The cell with the problem reaches over several rows: it was read with the first of them.
    if (textCell && textCell.row < row && grid.words(textCell) !== '') continue;
    const line = lineOf(reading, grid, block, row, header, path, { caption, ordinal });
    if (!line) continue;
    if (!continues(reading, header, line)) reading.lines.push(line.line);
  }
  return path;
}

/** How many rows of the header are repeated from `row` on; 0 where none is. */
function isAgain(grid: Grid, row: number, header: Header): number {
  const height = header.first < 0 ? 1 : header.last - header.first + 1;
  const own = Array.from({ length: grid.table.columns }, (_, c) => {
    const top = grid.at(row, c);
    const low = grid.at(row + height - 1, c);
    return top !== low && low && height > 1 ? `${grid.words(top)}${grid.words(low)}` : grid.words(top);
  });
  const same = own.filter((words, c) => words !== '' && words === header.words[c]).length;
  return same >= 2 && same * 3 >= header.words.filter((words) => words !== '').length * 2 ? height : 0;
}

function lineOf(
  reading: Reading,
  grid: Grid,
  block: number,
  row: number,
  header: Header,
  path: readonly string[],
  where: { readonly caption: string | null; readonly ordinal: number },
): { line: FeedbackLine; number: boolean } | null {
  const { text, setting } = reading;
  const cellOf = (role: ColumnRole): CellBlock | undefined => {
    const column = header.roles.indexOf(role);
    return column < 0 ? undefined : grid.at(row, column);
  };
  const said = (role: ColumnRole): Said | null => grid.said(cellOf(role));
  const unitsOf = (role: ColumnRole): readonly Said[] => {
    const cell = cellOf(role);
    return cell && grid.words(cell) !== '' ? readUnits(passageOf(text, cell.start, cell.end, {}, true)) : [];
  };
  const words = said('text');
  const number = said('number') ?? said('serial');
  const subject = said('subject');
  if (!words && !subject && !said('measures') && !said('lead') && !said('responsible')) return null;
  const heading = path.at(-1) ?? null;
  const area = said('area');
  const named = [...unitsOf('lead'), ...(unitsOf('lead').length === 0 ? unitsOf('responsible') : [])];
  const co = [...(unitsOf('lead').length > 0 ? unitsOf('responsible') : []), ...unitsOf('co')];
  const headingSaid =
    heading === null ? null : { text: heading, source: { start: grid.table.start, end: grid.table.start } };
  const fromHeading = headingSaid && looksLikeOffice(headingSaid.text) ? headingSaid : null;
  const fromArea = area && looksLikeOffice(area.text) ? area : null;
  const lead = named.length > 0 ? named : fromArea ? [fromArea] : fromHeading ? [fromHeading] : [];
  const gradeSaid = said('grade');
  const gradeHeader = header.words[header.roles.indexOf('grade')] ?? '';
  const due = said('due');
  const found = said('found');
  const status = said('status');
  const closed = said('closed');
  const closedHeader = header.words[header.roles.indexOf('closed')] ?? '是否销号';
  const cells = grid.filled(row);
  const extra = header.roles.flatMap((role, c) => {
    const value = role === 'note' || role === null ? grid.said(grid.at(row, c)) : null;
    return value && (c === 0 || grid.at(row, c) !== grid.at(row, c - 1))
      ? [{ header: header.words[c] ?? '', value }]
      : [];
  });
  const firstNote = extra[0];
  // a list without a column for it says in a word under 备注 what is done already
  const remark =
    status === null && closed === null
      ? (extra.find(({ header: name, value }) => /备注|说明/.test(name) && remarksClosed(value.text))?.value ?? null)
      : null;
  const isClosed =
    remark !== null ||
    (closed !== null && saysClosed(closed.text, closedHeader)) ||
    (closed === null && status !== null && saysClosed(status.text, ''));
  const statusSaid = [status, closed, remark].filter((one) => one !== null);
  const [firstStatus] = statusSaid;
  const passage = words ? passageOf(text, words.source.start, words.source.end) : null;
  const label = number?.text ?? '';
  return {
    number: label !== '',
    line: {
      place: where.caption ? `「${where.caption}」${label || `第${row + 1}行`}` : `表${where.ordinal}第${row + 1}行`,
      originalNumber: label === '' ? null : label.slice(0, 80),
      path,
      source: spanOf(cells),
      row: { block, row },
      text: words,
      subject: subject
        ? { ...subject, from: 'own' }
        : headingSaid && looksLikeSubject(headingSaid.text)
          ? { ...headingSaid, from: 'heading' }
          : null,
      address: said('address'),
      area,
      category: said('category'),
      grade: gradeSaid ? { ...gradeSaid, means: gradeIn(gradeSaid.text, gradeHeader) } : null,
      lead,
      co,
      supervising: unitsOf('supervising')[0] ?? said('supervising'),
      unitFrom: named.length > 0 ? 'own' : fromArea ? 'area' : fromHeading ? 'heading' : null,
      person: said('person'),
      measures: said('measures'),
      due: due ? { ...readDue(text, due, setting), common: false } : null,
      found: found ? readFound(text, found, setting) : null,
      finder: said('finder'),
      status: firstStatus
        ? { text: statusSaid.map((one) => one.text).join('；'), source: firstStatus.source, closed: isClosed }
        : null,
      note: firstNote
        ? {
            text: extra
              .map((one) =>
                extra.length > 1 || !/备注|说明/.test(one.header) ? `${one.header}：${one.value.text}` : one.value.text,
              )
              .join('；'),
            source: firstNote.value.source,
          }
        : null,
      several: passage ? partsOf(passage, 0, passage.compact.length) : [],
    },
  };
}

/**
 * A row without a number that was cut by a page end goes on with the row before it; a row whose enterprise is empty is a
 * problem of the enterprise above. True where the row was taken care of.
 */
function continues(reading: Reading, header: Header, read: { line: FeedbackLine; number: boolean }): boolean {
  const previous = reading.lines.at(-1);
  const { line } = read;
  if (!previous?.row) return false;
  const bare =
    !read.number && !line.subject && line.lead.length === 0 && line.due === null && !line.grade && line.found === null;
  const numbered = header.roles.includes('number') || header.roles.includes('serial');
  const unfinished = previous.text !== null && !terminal.test(previous.text.text);
  if (bare && numbered && unfinished && line.text && previous.text) {
    reading.lines[reading.lines.length - 1] = {
      ...previous,
      text: { text: `${previous.text.text}${line.text.text}`, source: span(previous.text.source, line.text.source) },
      measures: joinSaid(previous.measures, line.measures),
      source: span(previous.source, line.source),
      several: [],
    };
    return true;
  }
  if (line.subject || !previous.subject || !header.roles.includes('subject') || !same(previous.path, line.path))
    return false;
  const { text, source } = previous.subject;
  reading.lines.push({ ...line, subject: { text, source, from: 'above' } });
  return true;
}

const span = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });
const same = (a: readonly string[], b: readonly string[]): boolean => a.join('\n') === b.join('\n');
const joinSaid = (a: Said | null, b: Said | null): Said | null =>
  a && b ? { text: `${a.text}${b.text}`, source: span(a.source, b.source) } : (a ?? b);

function spanOf(cells: readonly CellBlock[]): Span {
  return { start: Math.min(...cells.map((cell) => cell.start)), end: Math.max(...cells.map((cell) => cell.end)) };
}

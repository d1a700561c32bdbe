import { advance, glue, type Line, roomNeeded } from './page.ts';

/** A line that knows its page; `y` counts from the top of that page. */
export interface LineOnPage extends Line {
  readonly page: number;
  readonly pageWidth: number;
  readonly pageHeight: number;
}

interface Margins {
  readonly left: number;
  readonly right: number;
}

/** Lines `from` to `to` (exclusive) were printed from a flattened table; `rebuilt` are its lines before printing. */
export interface PrintedTable {
  readonly from: number;
  readonly to: number;
  readonly rebuilt: readonly string[];
}

/**
 * Finds tables that were flattened into text before printing (see tabbed.ts): cells begin at one tab stop, their further
 * lines at the margin. Blank lines are not in the page any more, but the room that they took is: it tells where a row ends
 * and how many empty cells stand between two filled ones.
 */
export function printedTables(
  lines: readonly LineOnPage[],
  marginsOf: (line: LineOnPage) => Margins | undefined,
): PrintedTable[] {
  const tables: PrintedTable[] = [];
  let at = 0;
  while (at < lines.length) {
    const table = readPrintedTable(lines, at, marginsOf);
    if (table) tables.push(table);
    at = table?.to ?? at + 1;
  }
  return tables;
}

const SENTENCE = /[。；！？：;!?]/;
const LONGEST_HEADING = 14;

function readPrintedTable(
  lines: readonly LineOnPage[],
  from: number,
  marginsOf: (line: LineOnPage) => Margins | undefined,
): PrintedTable | undefined {
  const first = lines[from];
  const margins = first && marginsOf(first);
  if (!margins || first.left - margins.left < first.size * 1.2) return undefined;
  const opens = (line: LineOnPage): boolean => Math.abs(line.left - first.left) < 1.5;
  const goesOn = (line: LineOnPage): boolean => Math.abs(line.left - margins.left) < 1.5;
  const region: LineOnPage[] = [];
  for (const line of lines.slice(from)) {
    if (!(opens(line) || goesOn(line)) || Math.abs(line.size - first.size) > 0.6) break;
    region.push(line);
  }
  const columns = headingCells(region, opens);
  if (columns < 3) return undefined;
  const pitch = pitchOf(region);
  let best: { cells: PrintedCell[]; layout: Layout } | undefined;
  for (const heights of heightsOf(region, pitch)) {
    let cells = cellsOf(region, opens, new Gaps(lines, heights));
    let layout = layoutOf(cells, columns);
    while (!layout) {
      // Perhaps what follows a blank line at the margin is no cell any more, but the text below the table.
      const end = cells.findLastIndex((cell) => cell.emptyHead);
      if (end <= columns) break;
      cells = cells.slice(0, end);
      layout = layoutOf(cells, columns);
    }
    if (layout && (!best || layout.cost < best.layout.cost)) best = { cells, layout };
  }
  if (!best) return undefined;
  const { cells, layout } = best;
  return {
    from,
    to: from + (cells.at(-1)?.to ?? 0),
    rebuilt: rebuild(region, cells, layout.places, columns, margins),
  };
}

function cellsOf(region: readonly LineOnPage[], opens: (line: LineOnPage) => boolean, gaps: Gaps): PrintedCell[] {
  const last = region.findLastIndex(opens);
  const cells: PrintedCell[] = [];
  for (const [index, line] of region.entries()) {
    const before = region[index - 1];
    const gap = before ? gaps.between(before, line) : CLOSE;
    const cell = cells.at(-1);
    if (opens(line)) cells.push({ from: index, to: index + 1, gap, text: line.text, emptyHead: false });
    else if (cell && gap.holes.some((each) => each.blanks === 0)) cell.to = index + 1;
    else if (index < last && gap.holes.some((each) => each.blanks === 1)) {
      // A cell whose first line is blank: only its further lines are seen, and they stand at the margin.
      cells.push({ from: index, to: index + 1, gap: CLOSE, text: line.text, emptyHead: true });
    } else break;
  }
  return cells;
}

/** Number of short lines at the tab stop that stand close together at the head, when room follows them; else 0. */
function headingCells(region: readonly LineOnPage[], opens: (line: LineOnPage) => boolean): number {
  let cells = 0;
  const pitch = (region[1]?.y ?? 0) - (region[0]?.y ?? 0);
  for (const [index, line] of region.entries()) {
    const before = region[index - 1];
    if (before && (line.page !== before.page || line.y - before.y > pitch * 1.3)) return opens(line) ? cells : 0;
    if (line.text.length > LONGEST_HEADING || SENTENCE.test(line.text)) return 0;
    if (opens(line)) cells += 1;
    if (cells > 20) return 0;
  }
  return 0;
}

/** Distance between two lines of Chinese text with nothing between them. */
function pitchOf(region: readonly LineOnPage[]): number {
  const deltas: number[] = [];
  for (const [index, line] of region.entries()) {
    const before = region[index - 1];
    if (before?.page === line.page && !isLatin(line)) deltas.push(line.y - before.y);
  }
  deltas.sort((a, b) => a - b);
  return deltas[Math.floor(deltas.length / 4)] ?? 0;
}

function isLatin(line: Line): boolean {
  return !/[\u2E80-\uFFEF]/.test(line.text);
}

/** Heights in points: of a line of text, of a line with a tab alone (an empty cell), and of a line with nothing in it. */
interface Heights {
  readonly text: number;
  readonly tab: number;
  readonly blank: number;
}

/**
 * Heights that a line without text may have: it is set in the Latin font and may be lower than a Chinese line. The few
 * are given with which the rooms come out as whole numbers of lines; which of them is right shows when rows are formed.
 */
function heightsOf(region: readonly LineOnPage[], pitch: number): Heights[] {
  const rooms = region
    .slice(1)
    .map((line, index) => ({ line, before: region[index] }))
    .filter(({ line, before }) => before?.page === line.page && line.y - before.y > pitch * 1.4);
  const found: { heights: Heights; error: number }[] = [];
  for (let share = 0.56; share <= 1.3; share += 0.02) {
    const tab = pitch * share;
    for (const blank of Math.abs(share - 1) < 0.03 ? [tab] : [tab, pitch]) {
      const heights: Heights = { text: pitch, tab, blank };
      let error = Math.abs(share - 1) * 0.05;
      for (const { line, before } of rooms) {
        const room = line.y - (before?.y ?? 0) - (isLatin(line) ? tab : pitch);
        const off = (value: number): number => Math.abs(value - Math.round(value));
        error += Math.min(off(room / tab), off((room - blank) / tab)) / rooms.length;
      }
      found.push({ heights, error });
    }
  }
  return found
    .sort((a, b) => a.error - b.error)
    .slice(0, 8)
    .map(({ heights }) => heights);
}

/** A possible number of blank lines, and how unlikely it is. */
interface Count {
  readonly blanks: number;
  readonly cost: number;
}

/** What the room before a line may be: empty cells within a row, blank lines within a cell, or the end of a row. */
interface Gap {
  readonly holes: readonly Count[];
  readonly loose: readonly Count[];
  readonly rowEnd: readonly Count[];
}

const NOTHING: readonly Count[] = [{ blanks: 0, cost: 0 }];
const CLOSE: Gap = { holes: NOTHING, loose: NOTHING, rowEnd: [] };

class Gaps {
  private readonly top: number;
  private readonly bottom: number;
  /** The lowest foot that a page can have if its margins are alike. */
  private readonly lowest: number;
  private readonly heights: Heights;

  constructor(lines: readonly LineOnPage[], heights: Heights) {
    this.heights = heights;
    this.top = Math.min(...lines.map((line) => line.y));
    this.bottom = Math.max(...lines.map((line) => line.y));
    const pageHeight = lines[0]?.pageHeight ?? 0;
    this.lowest = Math.max(this.bottom, pageHeight - this.top + heights.text * 0.55);
  }

  between(before: LineOnPage, line: LineOnPage): Gap {
    const { text, tab, blank } = this.heights;
    const own = isLatin(line) ? tab : text;
    if (before.page === line.page) {
      const room = line.y - before.y - own;
      return { holes: near(room / tab), loose: near(room / blank), rowEnd: near((room - blank) / tab + 1) };
    }
    const counts = line.page === before.page + 1 ? this.acrossPages(before, line, own) : NOTHING;
    return { holes: counts, loose: counts, rowEnd: counts };
  }

  private acrossPages(before: LineOnPage, line: LineOnPage, own: number): Count[] {
    const { text, tab } = this.heights;
    const above = (line.y - this.top - (own - text)) / tab;
    // Room at the foot that was left because the next line, or two lines that keep together, had no place there.
    const likely = Math.max(0, Math.floor((this.bottom - before.y) / tab + 0.3));
    const most = Math.max(likely, Math.floor((this.lowest - before.y) / tab + 0.1));
    const found: Count[] = [];
    if (above > 0.6) {
      const whole = Math.round(above);
      for (let foot = likely; foot <= most; foot += 1)
        found.push({ blanks: whole + foot, cost: (foot - likely) * 0.3 });
      return found;
    }
    const least = Math.max(0, Math.floor((this.bottom - before.y - text * 2) / tab + 0.1));
    for (let blanks = least; blanks <= most + 1; blanks += 1) {
      found.push({ blanks, cost: Math.max(0, blanks - likely) * 0.2 });
    }
    return found;
  }
}

function near(room: number): Count[] {
  const whole = Math.max(0, Math.round(room));
  const off = Math.abs(room - whole);
  const found: Count[] = [{ blanks: whole, cost: off }];
  if (off > 0.3) {
    const other = room > whole ? whole + 1 : whole - 1;
    if (other >= 0) found.push({ blanks: other, cost: 1 - off });
  }
  return found;
}

interface PrintedCell {
  readonly from: number;
  to: number;
  /** Blank lines before it. */
  readonly gap: Gap;
  readonly text: string;
  readonly emptyHead: boolean;
}

/** Where a cell stands: its column, and the blank lines before it that are no cells (the one after a row not counted). */
interface Place {
  readonly column: number;
  readonly newRow: boolean;
  readonly loose: number;
}

interface Way {
  readonly cost: number;
  readonly place: Place;
  readonly from: number;
}

/** What a blank line inside a cell, and an empty cell between filled ones, cost against a plain row. */
const LOOSE = 1;
const HOLE = 1.2;
const MOST_COST_PER_ROW = 1.5;

interface Layout {
  readonly places: readonly Place[];
  readonly cost: number;
}

/**
 * Gives every filled cell its column so that each row has all its cells: the blank lines between two rows are the empty
 * cells at the end of the one, the line after the row, and the empty cells at the head of the other.
 */
function layoutOf(cells: readonly PrintedCell[], columns: number): Layout | undefined {
  const first = cheapestLayout(cells, columns, []);
  // The second time the usual length of the wording of each column is known.
  return first && cheapestLayout(cells, columns, usualLengths(cells, first.places, columns));
}

function usualLengths(cells: readonly PrintedCell[], places: readonly Place[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const own = cells.slice(columns).filter((_cell, index) => places[index + columns]?.column === column);
    const sum = own.reduce((total, cell) => total + Math.log(1 + cell.text.length), 0);
    return own.length > 2 ? sum / own.length : Number.NaN;
  });
}

function cheapestLayout(cells: readonly PrintedCell[], columns: number, usual: readonly number[]): Layout | undefined {
  const kinds = kindsOf(cells, columns);
  const ways: (Way | undefined)[][] = cells.map(() => new Array<Way | undefined>(columns).fill(undefined));
  const start = ways[0];
  if (!start) return undefined;
  start[0] = { cost: 0, place: { column: 0, newRow: true, loose: 0 }, from: -1 };
  for (const [index, cell] of cells.entries()) {
    const here = ways[index];
    const last = ways[index - 1];
    if (!here || !last) continue;
    for (let from = 0; from < columns; from += 1) {
      const before = last[from];
      if (!before) continue;
      for (let column = 0; column < columns; column += 1) {
        const strange = unlikeness(cell, usual[column]) + (index < columns ? 0 : misfit(cell, kinds[column]));
        // The heading has all its cells.
        if (index < columns ? column !== index : index === columns && from !== columns - 1) continue;
        for (const step of stepsTo(cell, from, column, columns)) {
          const cost = before.cost + step.cost + strange;
          if (cost < (here[column]?.cost ?? Number.POSITIVE_INFINITY)) here[column] = { cost, place: step.place, from };
        }
      }
    }
  }
  return traceBack(ways, columns);
}

function traceBack(ways: readonly (readonly (Way | undefined)[])[], columns: number): Layout | undefined {
  let way: Way | undefined;
  for (const each of ways.at(-1) ?? []) if (each && each.cost < (way?.cost ?? Number.POSITIVE_INFINITY)) way = each;
  if (!way) return undefined;
  const total = way.cost;
  const places: Place[] = [];
  for (let index = ways.length - 1; way; index -= 1) {
    places.unshift(way.place);
    way = ways[index - 1]?.[way.from];
  }
  const rows = places.filter((place) => place.newRow).length;
  const isTable = rows >= 3 && ways.length >= columns + rows && total <= rows * MOST_COST_PER_ROW;
  return isTable ? { places, cost: total } : undefined;
}

function stepsTo(cell: PrintedCell, from: number, column: number, columns: number): { place: Place; cost: number }[] {
  const steps: { place: Place; cost: number }[] = [];
  const holes = column - from - 1;
  if (holes >= 0) {
    for (const { blanks, cost } of holes === 0 ? cell.gap.loose : cell.gap.holes) {
      const loose = blanks - holes;
      if (loose < 0) continue;
      steps.push({ place: { column, newRow: false, loose }, cost: cost + holes * HOLE + loose * LOOSE });
    }
  }
  for (const { blanks, cost } of cell.gap.rowEnd) {
    const loose = blanks - 1 - (columns - 1 - from) - column;
    if (loose >= 0) steps.push({ place: { column, newRow: true, loose }, cost: cost + loose * LOOSE });
  }
  return steps;
}

function unlikeness(cell: PrintedCell, usual = Number.NaN): number {
  return Number.isNaN(usual) ? 0 : Math.abs(Math.log(1 + cell.text.length) - usual) * 0.2;
}

type Kind = 'number' | 'day' | 'short' | 'any';

const SERIAL = /^(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[.、．]?$/;
const DAY = /^(?:[0-9]{4}\s*年|[0-9]{1,2}\s*月|全年|长期|持续|每[年月季])/;

/** What the headings promise: a column of numbers, of days, or of short entries such as bodies. */
function kindsOf(cells: readonly PrintedCell[], columns: number): Kind[] {
  return cells.slice(0, columns).map(({ text }, column): Kind => {
    if (column === 0 && SERIAL.test(cells[columns]?.text ?? '')) return 'number';
    if (/时限|时间|期限|日期/.test(text)) return 'day';
    return /单位|部门|序号|科室|责任人|联系人/.test(text) ? 'short' : 'any';
  });
}

/** How ill a cell suits a column of that kind. */
function misfit(cell: PrintedCell, kind: Kind = 'any'): number {
  if (SERIAL.test(cell.text) !== (kind === 'number')) return 3;
  const isDay = DAY.test(cell.text) && cell.text.length < 16;
  if (kind === 'day') return isDay ? 0 : 0.6;
  return (isDay ? 0.6 : 0) + (kind === 'short' && /[。；]/.test(cell.text) ? 1 : 0);
}

function rebuild(
  region: readonly LineOnPage[],
  cells: readonly PrintedCell[],
  places: readonly Place[],
  columns: number,
  margins: Margins,
): string[] {
  const rebuilt: string[] = [];
  const empty = (count: number): void => {
    for (let at = 0; at < count; at += 1) rebuilt.push('\t');
  };
  let last = -1;
  for (const [index, cell] of cells.entries()) {
    const place = places[index] ?? { column: 0, newRow: true, loose: 0 };
    for (let at = 0; at < place.loose; at += 1) rebuilt.push('');
    if (!place.newRow) empty(place.column - last - 1);
    else {
      if (index > 0) {
        empty(columns - 1 - last);
        rebuilt.push('');
      }
      empty(place.column);
    }
    last = place.column;
    let before: LineOnPage | undefined;
    for (const line of region.slice(cell.from, cell.to)) {
      if (!before) rebuilt.push(...(cell.emptyHead ? ['\t', line.text] : [`\t${line.text}`]));
      else if (isWrapped(before, line, margins)) rebuilt.push(glue(rebuilt.pop() ?? '', line.text));
      else rebuilt.push(line.text);
      before = line;
    }
  }
  empty(columns - 1 - last);
  return rebuilt;
}

/** True where the next word had no room any more in the line before it. */
function isWrapped(before: LineOnPage, line: LineOnPage, margins: Margins): boolean {
  return (
    margins.right - before.right <
    roomNeeded(before.text, line.text, Math.max(advance(before), line.size)) + line.size * 0.15
  );
}

import { advance, glue, headWidth, type Line } from './page.ts';

/** A line that knows its page; `y` counts from the top of that page. */
export interface LineOnPage extends Line {
  readonly page: number;
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
  const height = blankHeight(region, pitch);
  const gaps = new Gaps(lines, pitch, height);
  let cells = cellsOf(region, opens, gaps);
  let places = placesOf(cells, columns);
  while (!places) {
    // Perhaps what follows a blank line at the margin is no cell any more, but the text below the table.
    const end = cells.findLastIndex((cell) => cell.emptyHead);
    if (end <= columns) return undefined;
    cells = cells.slice(0, end);
    places = placesOf(cells, columns);
  }
  return {
    from,
    to: from + (cells.at(-1)?.to ?? 0),
    rebuilt: rebuild(region, cells, places, columns, margins),
  };
}

function cellsOf(region: readonly LineOnPage[], opens: (line: LineOnPage) => boolean, gaps: Gaps): PrintedCell[] {
  const last = region.findLastIndex(opens);
  const cells: PrintedCell[] = [];
  for (const [index, line] of region.entries()) {
    const before = region[index - 1];
    const gap = before ? gaps.between(before, line) : [];
    const cell = cells.at(-1);
    if (opens(line)) cells.push({ from: index, to: index + 1, gap, text: line.text, emptyHead: false });
    else if (cell && gap.some((each) => each.blanks === 0)) cell.to = index + 1;
    else if (index < last && gap.some((each) => each.blanks === 1)) {
      // A cell whose first line is blank: only its further lines are seen, and they stand at the margin.
      const close = [{ blanks: 0, cost: LOOSE }];
      cells.push({ from: index, to: index + 1, gap: close, text: line.text, emptyHead: true });
    } else break;
  }
  return cells;
}

/** Number of short lines at the tab stop that stand close together at the head, when room follows them; else 0. */
function headingCells(region: readonly LineOnPage[], opens: (line: LineOnPage) => boolean): number {
  let cells = 0;
  for (const [index, line] of region.entries()) {
    const before = region[index - 1];
    if (before && (line.page !== before.page || line.y - before.y > line.size * 2.1)) return opens(line) ? cells : 0;
    if (line.text.length > LONGEST_HEADING || SENTENCE.test(line.text)) {
      // The heading is followed by room that may be as small as one line with loose leading: then a long cell ends it.
      return 0;
    }
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

/**
 * Height of a blank line. It is set in the Latin font and may be lower than a Chinese line: of all heights the one is
 * taken that makes the rooms whole numbers of lines.
 */
function blankHeight(region: readonly LineOnPage[], pitch: number): number {
  const pairs = region
    .slice(1)
    .map((line, index) => ({ line, before: region[index] }))
    .filter(({ line, before }) => before?.page === line.page && line.y - before.y > pitch * 1.4);
  let best = pitch;
  let least = Number.POSITIVE_INFINITY;
  for (let share = 0.55; share <= 1.3; share += 0.01) {
    const height = pitch * share;
    let error = Math.abs(share - 1) * 0.05;
    for (const { line, before } of pairs) {
      const room = (line.y - (before?.y ?? 0) - (isLatin(line) ? height : pitch)) / height;
      error += Math.abs(room - Math.round(room)) / pairs.length;
    }
    if (error < least) {
      least = error;
      best = height;
    }
  }
  return best;
}

/** A possible number of blank lines, and how unlikely it is. */
interface Gap {
  readonly blanks: number;
  readonly cost: number;
}

class Gaps {
  private readonly top: number;
  private readonly bottom: number;
  /** The lowest foot that a page can have if its margins are alike. */
  private readonly lowest: number;
  private readonly pitch: number;
  private readonly height: number;

  constructor(lines: readonly LineOnPage[], pitch: number, height: number) {
    this.pitch = pitch;
    this.height = height;
    this.top = Math.min(...lines.map((line) => line.y));
    this.bottom = Math.max(...lines.map((line) => line.y));
    const pageHeight = lines[0]?.pageHeight ?? 0;
    this.lowest = Math.max(this.bottom, pageHeight - this.top + pitch * 0.55);
  }

  between(before: LineOnPage, line: LineOnPage): Gap[] {
    const own = isLatin(line) ? this.height : this.pitch;
    if (before.page === line.page) return near((line.y - before.y - own) / this.height);
    if (line.page !== before.page + 1) return [{ blanks: 0, cost: 1 }];
    const above = (line.y - this.top - (own - this.pitch)) / this.height;
    // Room at the foot that was left because the next line, or two lines that keep together, had no place there.
    const likely = Math.max(0, Math.floor((this.bottom - before.y) / this.height + 0.3));
    const most = Math.max(likely, Math.floor((this.lowest - before.y) / this.height + 0.1));
    if (above > 0.6) {
      const whole = Math.round(above);
      const found: Gap[] = [];
      for (let foot = likely; foot <= most; foot += 1)
        found.push({ blanks: whole + foot, cost: (foot - likely) * 0.3 });
      return found;
    }
    const least = Math.max(0, Math.floor((this.bottom - before.y - this.pitch * 2) / this.height + 0.1));
    const found: Gap[] = [];
    for (let blanks = least; blanks <= most + 1; blanks += 1) {
      found.push({ blanks, cost: Math.max(0, blanks - likely) * 0.2 });
    }
    return found;
  }
}

function near(room: number): Gap[] {
  const whole = Math.max(0, Math.round(room));
  const off = Math.abs(room - whole);
  const found: Gap[] = [{ blanks: whole, cost: off }];
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
  readonly gap: readonly Gap[];
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

/**
 * Gives every filled cell its column so that each row has all its cells: the blank lines between two rows are the empty
 * cells at the end of the one, the line after the row, and the empty cells at the head of the other.
 */
function placesOf(cells: readonly PrintedCell[], columns: number): Place[] | undefined {
  let likeness: readonly number[] | undefined;
  let places: Place[] | undefined;
  // The second time the usual length of the wording of each column is known.
  for (let round = 0; round < 2; round += 1) {
    places = cheapestPlaces(cells, columns, likeness);
    if (!places) return undefined;
    likeness = usualLengths(cells, places, columns);
  }
  return places;
}

function usualLengths(cells: readonly PrintedCell[], places: readonly Place[], columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    const own = cells.slice(columns).filter((_cell, index) => places[index + columns]?.column === column);
    const sum = own.reduce((total, cell) => total + Math.log(1 + cell.text.length), 0);
    return own.length > 2 ? sum / own.length : Number.NaN;
  });
}

function cheapestPlaces(
  cells: readonly PrintedCell[],
  columns: number,
  usual: readonly number[] | undefined,
): Place[] | undefined {
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
        // The heading has all its cells.
        if (index < columns ? column !== index : index === columns && from !== columns - 1) continue;
        for (const step of stepsTo(cell, from, column, columns)) {
          const cost = before.cost + step.cost + unlikeness(cell, column, usual);
          if (cost < (here[column]?.cost ?? Number.POSITIVE_INFINITY)) here[column] = { cost, place: step.place, from };
        }
      }
    }
  }
  return traceBack(ways, columns);
}

function traceBack(ways: readonly (readonly (Way | undefined)[])[], columns: number): Place[] | undefined {
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
  return isTable ? places : undefined;
}

function stepsTo(cell: PrintedCell, from: number, column: number, columns: number): { place: Place; cost: number }[] {
  const steps: { place: Place; cost: number }[] = [];
  for (const { blanks, cost } of cell.gap) {
    const holes = column - from - 1;
    if (holes >= 0 && blanks >= holes) {
      const loose = blanks - holes;
      steps.push({ place: { column, newRow: false, loose }, cost: cost + holes * HOLE + loose * LOOSE });
    }
    const loose = blanks - 1 - (columns - 1 - from) - column;
    if (loose >= 0) steps.push({ place: { column, newRow: true, loose }, cost: cost + loose * LOOSE });
  }
  return steps;
}

function unlikeness(cell: PrintedCell, column: number, usual: readonly number[] | undefined): number {
  const length = usual?.[column] ?? Number.NaN;
  return Number.isNaN(length) ? 0 : Math.abs(Math.log(1 + cell.text.length) - length) * 0.2;
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
  return margins.right - before.right < headWidth(line.text, Math.max(advance(before), line.size)) + line.size * 0.15;
}

import { type Day, parseDay } from './day.ts';

/** One worksheet as text; `row` is the number that the person sees beside the line in the spreadsheet. */
export interface SheetText {
  readonly name: string;
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

/** A column that a form knows, by any of its headers; the first one is what the template writes. */
export interface FormColumn {
  readonly key: string;
  readonly names: readonly string[];
  /** A sheet without it cannot be used. */
  readonly needed?: boolean;
}

/**
 * What is to be said about a cell. 'wrong': the row cannot be entered so. 'doubt': it can, but somebody should look.
 * `cell` is its address (C7), '' for the whole row.
 */
export interface RowTrouble {
  readonly level: 'wrong' | 'doubt';
  readonly sheet: string;
  readonly row: number;
  readonly cell: string;
  readonly column: string;
  readonly says: string;
  readonly mend: string;
}

/** A line of a recognised sheet. */
export interface FormRow {
  readonly sheet: string;
  readonly row: number;
  /** All cells as written, in the order of the sheet. */
  readonly cells: readonly string[];
  /** The column's text, trimmed; '' when it is empty or the sheet does not have it. */
  at(key: string): string;
  /** Whether the sheet has the column at all: an absent column leaves what is known, an empty cell may clear it. */
  has(key: string): boolean;
  /** A remark about one cell of this row; key '' for the whole row. */
  trouble(level: RowTrouble['level'], key: string, says: string, mend: string): RowTrouble;
}

export interface FormSheet {
  readonly name: string;
  /** The header line as written, for reports in the layout of the sender. */
  readonly header: readonly string[];
  readonly headerRow: number;
  readonly rows: readonly FormRow[];
  /** Headers that no column of the form has: said to the person, not an error. */
  readonly unknown: readonly string[];
}

/** C for 2, AA for 26. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s*]/g, '')
    .replace(/\([^()]*\)/g, '');

const HEADER_WITHIN = 15;

/**
 * Finds the header and the rows of every sheet that has the needed columns. The header is the first of the top lines
 * that has all of them; titles and remarks above it and empty lines are skipped. Sheets called 说明, 须知 or 示例 are not
 * read. What cannot be used is said as troubles.
 */
export function recogniseForm(
  sheets: readonly SheetText[],
  columns: readonly FormColumn[],
): { readonly sheets: readonly FormSheet[]; readonly troubles: readonly RowTrouble[] } {
  const found: FormSheet[] = [];
  const troubles: RowTrouble[] = [];
  const whole = (sheet: string, row: number, says: string, mend: string): void => {
    troubles.push({ level: 'wrong', sheet, row, cell: '', column: '整行', says, mend });
  };
  for (const sheet of sheets) {
    const filled = sheet.rows.filter((line) => line.cells.some((cell) => cell.trim() !== ''));
    if (filled.length === 0 || /说明|须知|示例|填报要求/.test(sheet.name)) continue;
    const header = headerOf(filled.slice(0, HEADER_WITHIN), columns);
    if (header === null) {
      const needed = columns.filter((column) => column.needed).map((column) => `「${column.names[0]}」`);
      whole(
        sheet.name,
        filled[0]?.row ?? 1,
        `没有找到表头，表中至少要有${needed.join('')}列`,
        '请下载空白模板，按模板的表头填写；不要导入的工作表请删去',
      );
    } else found.push(formSheet(sheet.name, filled, header, columns));
  }
  if (found.length === 0 && troubles.length === 0)
    whole(sheets[0]?.name ?? '', 1, '表格里没有内容', '请按模板填写后再导入');
  return { sheets: found, troubles };
}

interface Header {
  readonly index: number;
  readonly places: ReadonlyMap<string, number>;
}

function headerOf(lines: SheetText['rows'], columns: readonly FormColumn[]): Header | null {
  for (const [index, line] of lines.entries()) {
    const texts = line.cells.map(plain);
    const places = new Map<string, number>();
    const taken = new Set<number>();
    // Exact names of all columns first: a loose one must not take the place of a column that is named exactly.
    for (const column of columns)
      for (const name of column.names) {
        const at = texts.findIndex((text, place) => text === plain(name) && !taken.has(place));
        if (at < 0 || places.has(column.key)) continue;
        places.set(column.key, at);
        taken.add(at);
      }
    if (columns.every((column) => !column.needed || places.has(column.key))) return { index, places };
  }
  return null;
}

function formSheet(
  name: string,
  filled: SheetText['rows'],
  { index, places }: Header,
  columns: readonly FormColumn[],
): FormSheet {
  const header = filled[index]?.cells ?? [];
  const known = new Set(places.values());
  const nameOf = (key: string): string => {
    const at = places.get(key);
    return (
      (at === undefined ? '' : (header[at] ?? '').trim()) || (columns.find((one) => one.key === key)?.names[0] ?? key)
    );
  };
  return {
    name,
    header,
    headerRow: filled[index]?.row ?? 1,
    unknown: header.filter((text, at) => text.trim() !== '' && !known.has(at)).map((text) => text.trim()),
    rows: filled.slice(index + 1).map(
      ({ row, cells }): FormRow => ({
        sheet: name,
        row,
        cells,
        at: (key) => (cells[places.get(key) ?? -1] ?? '').trim(),
        has: (key) => places.has(key),
        trouble: (level, key, says, mend) => {
          const at = places.get(key);
          return {
            level,
            sheet: name,
            row,
            cell: at === undefined ? '' : `${columnLetters(at)}${row}`,
            column: key === '' ? '整行' : nameOf(key),
            says,
            mend,
          };
        },
      }),
    ),
  };
}

/** Several names in one text, each once; what stands in brackets is part of a name: 各镇（街道、开发区）. */
export function namesInCell(text: string): string[] {
  const names: string[] = [''];
  let depth = 0;
  for (const sign of text) {
    if (/[（(]/.test(sign)) depth += 1;
    else if (/[）)]/.test(sign)) depth = Math.max(0, depth - 1);
    if (sign === '\n' || (depth === 0 && /[、，,；;]/.test(sign))) {
      names.push('');
      depth = 0;
    } else names[names.length - 1] += sign;
  }
  return [...new Set(names.map((one) => one.trim()).filter((one) => one !== ''))];
}

/** What a cell says about a day: the day, or why it is none; `doubt` where something had to be assumed. */
export interface DayInCell {
  readonly day: Day | null;
  readonly wrong: string | null;
  readonly doubt: string | null;
}

const EXCEL_FIRST = 20_000;
const EXCEL_LAST = 80_000;

/**
 * The day that a cell means: 2026-01-05, 2026/1/5, 2026.1.5, 2026年1月5日, 20260105, with or without a time behind; a
 * bare Excel day number (46027); a two-digit year (26.1.5, taken as 2026 and said as a doubt); a month without day (its
 * first day, or its last with `monthEnd`, said as a doubt). An empty cell gives neither day nor wrong.
 */
export function dayInCell(text: string, options: { readonly monthEnd?: boolean } = {}): DayInCell {
  const nothing = { day: null, wrong: null, doubt: null };
  const plainText = text
    .normalize('NFKC')
    .trim()
    .replace(/[T\s]+\d{1,2}[:时].*$/, '')
    .replace(/\s/g, '');
  if (plainText === '') return nothing;
  const wrong = { ...nothing, wrong: `日期「${text.trim()}」认不出来` };
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(plainText);
  const parts = packed ?? /^(\d{2}|\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})?日?)?$/.exec(plainText);
  if (parts) {
    const [, yearText = '', month = '', date] = parts;
    const year = yearText.length === 2 ? `20${yearText}` : yearText;
    const of = (d: number) => parseDay(`${year}-${month.padStart(2, '0')}-${String(d).padStart(2, '0')}`);
    const day = date ? of(Number(date)) : options.monthEnd ? lastDay(of) : of(1);
    if (day === null) return { ...wrong, wrong: `没有「${text.trim()}」这一天` };
    const doubts = [
      ...(yearText.length === 2 ? [`年份只写了两位，按 ${year} 年读取`] : []),
      ...(date ? [] : [`没有写日，按 ${day} 读取`]),
    ];
    return { day, wrong: null, doubt: doubts.length > 0 ? doubts.join('；') : null };
  }
  const serial = Number(plainText);
  if (/^\d{5}(?:\.\d+)?$/.test(plainText) && serial >= EXCEL_FIRST && serial <= EXCEL_LAST) {
    const day = parseDay(new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10));
    return { day, wrong: null, doubt: `单元格里是数字 ${plainText}，按表格日期读作 ${day}` };
  }
  if (/^(\d{1,2})[-/.月](\d{1,2})日?$/.test(plainText)) return { ...wrong, wrong: `日期「${text.trim()}」没有写年份` };
  return wrong;
}

function lastDay(of: (date: number) => Day | null): Day | null {
  for (const date of [31, 30, 29, 28]) {
    const day = of(date);
    if (day !== null) return day;
  }
  return null;
}

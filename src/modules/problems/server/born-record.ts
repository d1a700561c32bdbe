import { canonical, sha256 } from '../../../platform/facts/canonical.ts';

/** A row as it is written: names are those of the columns. */
type Row = Readonly<Record<string, unknown>>;

/** Columns that follow from others and are no part of the record; see `problemRecord` of store.ts. */
const derived = new Set(['pairs', 'plain', 'units', 'flags']);
const uuids = new Set(['id', 'problem_id', 'merged_into', 'photo_id', 'done_by_person', 'rechecked_by_person']);
const isUuid = (column: string): boolean => uuids.has(column) || column.endsWith('_id') || column.endsWith('_ids');
/** Named like ids, but kept as the text that they are. */
const texts = new Set(['record_id', 'by_id']);

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment as the database writes it into JSON: in the zone of the country, without zeros at the end of its fraction. */
export function momentInJson(moment: Date): string {
  const local = new Date(moment.getTime() + 8 * 3_600_000);
  const millis = local.getUTCMilliseconds();
  const fraction = millis === 0 ? '' : `.${String(millis).padStart(3, '0').replace(/0+$/, '')}`;
  const day = `${local.getUTCFullYear()}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`;
  return `${day}T${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}${fraction}+08:00`;
}

/** A number as a column of single precision gives it back: with as few digits as tell it from its neighbours. */
export function inSinglePrecision(value: number | null): number | null {
  if (value === null) return null;
  const single = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  return Number(single.toPrecision(9));
}

/** A column of a record: how its name stands in the canonical text, and whether its values are ids. */
interface Column {
  readonly name: string;
  readonly key: string;
  readonly id: boolean;
}

const columnsOf = new Map<string, readonly Column[]>();

/** The columns of the rows of one table in the order of the canonical text; `table` only tells one from another. */
function columns(table: string, row: Row, over: Row): readonly Column[] {
  const known = columnsOf.get(table);
  if (known) return known;
  const made = Object.keys({ ...row, ...over })
    .filter((name) => !derived.has(name))
    .sort()
    .map((name) => ({ name, key: `${JSON.stringify(name)}:`, id: isUuid(name) && !texts.has(name) }));
  columnsOf.set(table, made);
  return made;
}

const lower = (value: unknown): unknown =>
  typeof value === 'string' ? value.toLowerCase() : Array.isArray(value) ? value.map(lower) : value;

const nothing: Row = {};

/**
 * The canonical text of the row as it is read back, with what the database makes otherwise in `over`: written column by
 * column, since there are a hundred of them.
 */
function textOf(table: string, row: Row, over: Row = nothing): string {
  let text = '{';
  for (const { name, key, id } of columns(table, row, over)) {
    const value = name in over ? over[name] : row[name];
    text += `${text.length === 1 ? '' : ','}${key}`;
    if (value === null) text += 'null';
    else if (typeof value === 'boolean' || typeof value === 'number') text += JSON.stringify(value);
    else text += canonical(id ? lower(value) : value);
  }
  return `${text}}`;
}

/** What was only just made: its rows with the names of their columns; no span where it is not open. */
export interface Born {
  readonly row: Row;
  readonly span: Row | null;
  readonly turns: readonly Row[];
}

/** The same as canonical texts without the derived columns. */
export interface BornTexts {
  readonly problem: string;
  readonly span: string | null;
  readonly turns: readonly string[];
}

export function textsOfBorn({ row, span, turns }: Born, createdAt: Date): BornTexts {
  const { done_on, closed_on, due_on } = row as Record<string, string | null>;
  const closedLate = closed_on !== null && (done_on ?? closed_on ?? '') > (due_on ?? '');
  return {
    problem: textOf('problem', row, { closed_late: closedLate, created_at: momentInJson(createdAt) }),
    span: span && textOf('span', span),
    turns: turns.map((turn) => textOf('turn', turn)),
  };
}

/**
 * The hash of a problem that was only just made and to which nothing else belongs, as `problemRecord` of its rows would have
 * it: reading a hundred columns back costs more than writing them. A test compares the two over all columns.
 */
export const imageOfBorn = ({ problem, span, turns }: BornTexts): string =>
  sha256(
    `[{"evidence":null,"problem":${problem},"progress":null,"requests":null,"spans":${span === null ? 'null' : `[${span}]`},` +
      `"turns":[${turns.join(',')}]},[]]`,
  );

/** The text of a row with its derived columns, as it is handed to the database; numbers of a search as an array's text. */
export function withDerived(text: string, row: Row): string {
  let whole = text.slice(0, -1);
  for (const column of derived) {
    const value = row[column];
    if (value === undefined) continue;
    whole += `,"${column}":${column === 'pairs' ? `"{${String(value)}}"` : JSON.stringify(value)}`;
  }
  return `${whole}}`;
}

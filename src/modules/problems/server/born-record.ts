import { imageOf } from '../../../platform/facts/canonical.ts';

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

const lower = (value: unknown): unknown =>
  typeof value === 'string' ? value.toLowerCase() : Array.isArray(value) ? value.map(lower) : value;

/** The row as it is read back. */
function readBack(row: Row): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const column of Object.keys(row)) {
    if (derived.has(column)) continue;
    const value = row[column];
    read[column] = value !== null && isUuid(column) && !texts.has(column) ? lower(value) : value;
  }
  return read;
}

/** What was only just made, as its rows are written. */
export interface Born {
  readonly row: Row;
  readonly span: Row | null;
  readonly turns: readonly Row[];
}

/**
 * The hash of a problem that was only just made and to which nothing else belongs, as `problemRecord` of its rows would have
 * it: reading a hundred columns back costs more than writing them. A test compares the two over all columns.
 */
export function imageOfBorn({ row, span, turns }: Born, createdAt: Date): string {
  const { done_on, closed_on, due_on } = row as Record<string, string | null>;
  const problem = {
    ...readBack(row),
    closed_late: closed_on !== null && (done_on ?? closed_on ?? '') > (due_on ?? ''),
    created_at: momentInJson(createdAt),
  };
  const record = {
    problem,
    progress: null,
    requests: null,
    evidence: null,
    spans: span === null ? null : [readBack(span)],
    turns: turns.map(readBack),
  };
  return imageOf([record, []]);
}

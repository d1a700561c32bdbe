import { sql } from 'kysely';
import { addMonths, type Day, dateOf, later } from '../../../../kernel/day.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { type Codes, codesOf, headsOf, type Part, partsOf } from './blocks.ts';
import { type Dim, type FlowColumn, flowColumns, names, type Slice } from './dimensions.ts';
import { monthOfBlock } from './keep-blocks.ts';
import { flowRow, MORE_OF_FLOW, moreRow, one, TURNS, three, two } from './layout.ts';
import { noFlow } from './read-flow.ts';
import { addTurns } from './scan-flow.ts';

/** Which sums are kept of single days; the others of months and years. Pairs and slices of units are asked for long times. */
const ofDays = new Set<Dim>(['all', 'unit', 'sector', 'plan', 'batch', 'tag']);

/** How often which turn, by dimension, keys and slice; of single days (from 0) or of the whole month (31). */
type Counted = Map<string, Int32Array>;
const MONTH = 31;

/** Counts the turns of a month's block from the day `first` (of the month, from 0) on under every key. */
function countMonth(parts: readonly Part[], first: number, codes: Codes): Counted {
  const counted: Counted = new Map();
  const { width } = flowRow;
  const tagsOf = codes
    .valuesOf('tags')
    .map((value) => (value === '' ? [] : [...new Set(JSON.parse(value) as string[])]));
  const tagCodes = new Map<string, number>();
  for (const tag of tagsOf.flat()) if (!tagCodes.has(tag)) tagCodes.set(tag, tagCodes.size);
  const sets = tagsOf.map((tags) => tags.map((tag) => tagCodes.get(tag) ?? 0));
  // one table of counts for each dimension and slice, by number of the key
  const tables = new Map<string, Map<number, Int32Array>>();
  const table = (name: string): Map<number, Int32Array> => {
    const found = tables.get(name) ?? new Map<number, Int32Array>();
    tables.set(name, found);
    return found;
  };
  const slices: readonly Slice[] = ['', 'major', 'problem', 'accidentLead'];
  const whole = slices.map((slice) => table(`all\t${slice}`));
  const byUnit = slices.map((slice) => table(`unit\t${slice}`));
  const bySector = slices.map((slice) => table(`sector\t${slice}`));
  const [pairs, plans, batches, tagged] = [table('unitSector\t'), table('plan\t'), table('batch\t'), table('tag\t')];
  const [unitPlans, unitBatches, unitTags] = [table('unitPlan\t'), table('unitBatch\t'), table('unitTag\t')];
  const bump = (
    into: Map<number, Int32Array> | undefined,
    key: number,
    day: number,
    turn: number,
    count: number,
  ): void => {
    let counts = into?.get(key);
    if (counts === undefined) {
      counts = new Int32Array(TURNS * (day === MONTH ? 1 : MONTH + 1));
      into?.set(key, counts);
    }
    const place = (day === MONTH ? 0 : day * TURNS) + turn;
    counts[place] = (counts[place] as number) + count;
  };
  const PAIR = 2 ** 20;
  const count = (unit: number, body: Uint8Array, at: number, more: Uint8Array, beside: number): void => {
    const day = one(body, at);
    if (day < first) return;
    const turn = one(body, at + flowRow.turn);
    const n = three(body, at + flowRow.count);
    const sector = two(body, at + flowRow.sector);
    const traits = one(body, at + flowRow.traits);
    const kind = traits >> 2;
    bump(whole[0], 0, day, turn, n);
    bump(byUnit[0], unit, day, turn, n);
    bump(bySector[0], sector, day, turn, n);
    for (const slice of [...((traits & 2) !== 0 ? [1] : []), ...(kind > 0 ? [kind + 1] : [])]) {
      bump(whole[slice], 0, day, turn, n);
      bump(byUnit[slice], unit, MONTH, turn, n);
      bump(bySector[slice], sector, MONTH, turn, n);
    }
    bump(pairs, unit * PAIR + sector, MONTH, turn, n);
    const plan = two(more, beside + moreRow.plan);
    if (plan > 0) {
      bump(plans, plan, day, turn, n);
      bump(unitPlans, unit * PAIR + plan, MONTH, turn, n);
    }
    const batch = three(more, beside + moreRow.batch);
    if (batch > 0) {
      bump(batches, batch, day, turn, n);
      bump(unitBatches, unit * PAIR + batch, MONTH, turn, n);
    }
    for (const tag of sets[three(more, beside + moreRow.tags)] ?? []) {
      bump(tagged, tag, day, turn, n);
      bump(unitTags, unit * PAIR + tag, MONTH, turn, n);
    }
  };
  for (const { share: unit, body, more } of parts)
    for (let at = 0, beside = 0; at < body.length; at += width, beside += MORE_OF_FLOW)
      count(unit, body, at, more, beside);
  const [units, sectors] = [codes.valuesOf('unit'), codes.valuesOf('sector')];
  const tags = [...tagCodes.keys()];
  const keysOf: Readonly<Record<Dim, (key: number) => [string, string]>> = {
    all: () => ['', ''],
    unit: (key) => [units[key] ?? '', ''],
    sector: (key) => [sectors[key] ?? '', ''],
    unitSector: (key) => [units[Math.floor(key / PAIR)] ?? '', sectors[key % PAIR] ?? ''],
    plan: (key) => [codes.valuesOf('plan')[key] ?? '', ''],
    batch: (key) => [codes.valuesOf('batch')[key] ?? '', ''],
    tag: (key) => [tags[key] ?? '', ''],
    unitPlan: (key) => [units[Math.floor(key / PAIR)] ?? '', codes.valuesOf('plan')[key % PAIR] ?? ''],
    unitBatch: (key) => [units[Math.floor(key / PAIR)] ?? '', codes.valuesOf('batch')[key % PAIR] ?? ''],
    unitTag: (key) => [units[Math.floor(key / PAIR)] ?? '', tags[key % PAIR] ?? ''],
  };
  for (const [name, rows] of tables) {
    const [dim = 'all', slice = ''] = name.split('\t') as [Dim, Slice];
    for (const [key, counts] of rows) {
      const called = JSON.stringify([dim, ...keysOf[dim](key), slice]);
      const known = counted.get(called);
      // no sector and an empty one are called alike
      if (known)
        counts.forEach((count, place) => {
          known[place] = (known[place] ?? 0) + count;
        });
      else counted.set(called, counts);
    }
  }
  return counted;
}

type SumRow = { dim: Dim; key: string; key2: string; slice: Slice; period: string; first_day: string } & Record<
  FlowColumn,
  number
>;

/** Rows of `problem_flow`: days of most keys, and what the month and its year have more. */
function rowsOf(counted: Counted, month: Day): SumRow[] {
  const rows: SumRow[] = [];
  for (const [name, counts] of counted) {
    const [dim, key, key2, slice] = JSON.parse(name) as [Dim, string, string, Slice];
    const all = noFlow();
    for (let day = 0; day * TURNS < counts.length; day += 1) {
      const sums = noFlow();
      if (!addTurns(sums, counts, day * TURNS)) continue;
      for (const column of flowColumns) all[column] += sums[column];
      if (ofDays.has(dim) && counts.length > TURNS)
        rows.push({
          dim,
          key,
          key2,
          slice,
          period: 'd',
          first_day: `${month.slice(0, 8)}${String(day + 1).padStart(2, '0')}`,
          ...sums,
        });
    }
    rows.push({ dim, key, key2, slice, period: 'm', first_day: month, ...all });
    rows.push({ dim, key, key2, slice, period: 'y', first_day: `${month.slice(0, 4)}-01-01`, ...all });
  }
  return rows;
}

const text = new Set(['dim', 'key', 'key2', 'slice', 'period']);

/** Sums up what happened on the days from `first` to `to`, out of the blocks of their months. */
export async function keepSums(db: Queryable, jurisdiction: string, first: Day, to: Day): Promise<void> {
  const codes = await codesOf(db, jurisdiction);
  const units = [...codes.valuesOf('unit').keys()];
  const columns = ['dim', 'key', 'key2', 'slice', 'period', 'first_day', ...flowColumns] as const;
  const added = sql.raw(
    flowColumns.map((column) => `${column} = problem_flow.${column} + excluded.${column}`).join(', '),
  );
  for (let month = monthOfBlock(first); month <= to; month = addMonths(month, 1)) {
    const heads = await headsOf(db, jurisdiction, 'flow', [month]);
    const [parts = []] = await partsOf(db, jurisdiction, 'flow', heads, units, ['body', 'more']);
    if (parts.length === 0) continue;
    const rows = rowsOf(countMonth(parts, dateOf(later(first, month)) - 1, codes), month);
    const values = columns.map((column) => {
      const type = text.has(column) ? 'text' : column === 'first_day' ? 'date' : 'int';
      return sql`${rows.map((row) => row[column])}::${sql.raw(type)}[]`;
    });
    await sql`
      insert into problem_flow (jurisdiction, ${names(columns)})
      select ${jurisdiction}, x.* from unnest(${sql.join(values)}) x
      on conflict (jurisdiction, dim, key, key2, slice, period, first_day) do update set ${added}`.execute(db);
  }
}

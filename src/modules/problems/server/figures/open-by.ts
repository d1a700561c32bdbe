import { type RawBuilder, sql } from 'kysely';
import { type Day, earlier } from '../../../../kernel/day.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { type KeptDays, keptDays, overBlocks, partsOf } from './blocks.ts';
import { type Asking, conditionsOf, type FigureFilters } from './filters.ts';
import { hold } from './hold.ts';
import { dayNumber, keptEvening } from './read-stock.ts';
import { looksFurther, sharesIn } from './scan.ts';
import { type Dots, scanBy } from './scan-stock.ts';
import { spansBegun, spansEnded, spansOpen } from './spans.ts';

type Sql = RawBuilder<unknown>;

export interface Dot {
  open: number;
  red: number;
  major: number;
}

/** A mark of open problems: as blocks know it, and as an expression over a span `s`. */
export interface Mark {
  readonly by: 'cell' | 'area' | 'plan' | 'batch' | 'tags';
  readonly key: Sql;
  /** What a value of a block counts for: a set of tags for each of them; '' stands for none. */
  readonly keysOf: (value: string) => readonly string[];
}

type Dotted = Map<string, Dot>;

/**
 * Open, red and major problems on the evening of a day by each of these marks, in their order. `filters` are already within
 * the scope.
 */
export async function openBy(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  day: Day,
  marks: readonly Mark[],
  asking: Asking = {},
): Promise<Dotted[]> {
  const all = marks.map((): Dotted => new Map());
  const add = (of: number, value: string, open: number, red: number, major: number): void => {
    const dots = all[of];
    for (const key of value === '' ? [''] : (marks[of]?.keysOf(value) ?? [])) {
      const dot = dots?.get(key) ?? { open: 0, red: 0, major: 0 };
      dots?.set(key, { open: dot.open + open, red: dot.red + red, major: dot.major + major });
    }
  };
  const names = marks.map((_, of) => sql.ref(`k${of}`));
  const keys = marks.map((mark, of) => sql`${mark.key} as ${names[of]}`);
  const addSpans = async (spans: Sql): Promise<void> => {
    const found = await sql<Dot & { level: number; keys: (string | null)[] }>`
      select grouping(${sql.join(names)}) as level, array[${sql.join(names)}] as keys, sum(s.w)::int as open,
        coalesce(sum(s.w) filter (where s.red), 0)::int as red, coalesce(sum(s.w) filter (where s.major), 0)::int as major
      from (select s.w, s.due_on < ${day}::date and s.state <> 'disputed' and s.state <> 'planned' as red,
        s.grade = 'major' as major, ${sql.join(keys)} from (${spans}) s) s
      group by grouping sets (${sql.join(names.map((name) => sql`(${name})`))})`.execute(db);
    // a row stands for the one mark that was not left out
    for (const { level, keys, open, red, major } of found.rows)
      for (const [of, key] of keys.entries())
        if (((level >> (marks.length - 1 - of)) & 1) === 0) add(of, key ?? '', open, red, major);
  };
  const where = conditionsOf(filters, 's');
  for (const jurisdiction of scope.jurisdictions) {
    const last = (await keptDays(db, jurisdiction, asking))?.last ?? null;
    if (last === null) {
      await addSpans(sql`select 1 as w, x.* from (${spansOpen(jurisdiction, day, where)}) x`);
      continue;
    }
    const evening = earlier(last, day);
    const [kept] = await Promise.all([
      overBlocks(db, jurisdiction, asking, (of) =>
        Promise.all(marks.map(({ by }) => scanned(db, jurisdiction, of, filters, evening, day, by))),
      ),
      ...(day > last
        ? [addSpans(spansEnded(jurisdiction, last, day, where)), addSpans(spansBegun(jurisdiction, last, day, where))]
        : []),
    ]);
    for (const [of, found] of kept.entries())
      for (const [code, open] of found?.dots.open.entries() ?? [])
        if (open > 0)
          add(of, found?.values[code] ?? '', open, found?.dots.red[code] ?? 0, found?.dots.major[code] ?? 0);
  }
  return all;
}

/** The same out of the block of a kept evening, by code; null where nothing was open. */
async function scanned(
  db: Queryable,
  jurisdiction: string,
  kept: KeptDays,
  filters: FigureFilters,
  day: Day,
  on: Day,
  by: Mark['by'],
): Promise<{ dots: Dots; values: readonly string[] } | null> {
  const { head, evening, codes, sieve } = keptEvening(kept, filters, day);
  if (head === null) return null;
  const values = codes.valuesOf(by);
  const dots = await hold(
    `${head.stamp} ${by} ${evening} ${on} ${JSON.stringify(filters)}`,
    async () => {
      const beside = by !== 'area' || looksFurther(sieve);
      const columns = beside ? (['body', 'more'] as const) : (['body'] as const);
      const [parts = []] = await partsOf(db, jurisdiction, 'stock', [head], sharesIn(sieve, codes), columns);
      return scanBy(by, values.length, parts, evening, dayNumber(on), sieve);
    },
    (found) => 12 * found.open.length,
  );
  return { dots, values };
}

import { type RawBuilder, sql } from 'kysely';
import { type Day, earlier } from '../../../../kernel/day.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { type KeptDays, keptDays, overBlocks, partsOf } from './blocks.ts';
import { type Asking, conditionsOf, type FigureFilters } from './filters.ts';
import { hold } from './hold.ts';
import { dayNumber, keptEvening } from './read-stock.ts';
import { looksFurther, unitsIn } from './scan.ts';
import { type Dots, scanBy } from './scan-stock.ts';
import { spansMoved, spansOpen } from './spans.ts';

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

/** Open, red and major problems on the evening of a day by one of their marks. `filters` are already within the scope. */
export async function openBy(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  day: Day,
  mark: Mark,
  asking: Asking = {},
): Promise<Map<string, Dot>> {
  const dots = new Map<string, Dot>();
  const add = (key: string, open: number, red: number, major: number): void => {
    const dot = dots.get(key) ?? { open: 0, red: 0, major: 0 };
    dots.set(key, { open: dot.open + open, red: dot.red + red, major: dot.major + major });
  };
  const addSpans = async (spans: Sql): Promise<void> => {
    const found = await sql<{ key: string | null } & Dot>`
      select ${mark.key} as key, sum(s.w)::int as open, coalesce(sum(s.w) filter (where s.due_on < ${day}::date
          and s.state <> 'disputed' and s.state <> 'planned'), 0)::int as red,
        coalesce(sum(s.w) filter (where s.grade = 'major'), 0)::int as major
      from (${spans}) s group by 1`.execute(db);
    for (const { key, open, red, major } of found.rows)
      for (const one of key === null || mark.by === 'cell' ? [key ?? ''] : mark.keysOf(key)) add(one, open, red, major);
  };
  for (const jurisdiction of scope.jurisdictions) {
    const last = (await keptDays(db, jurisdiction, asking))?.last ?? null;
    if (last === null) {
      await addSpans(sql`select 1 as w, x.* from (${spansOpen(jurisdiction, day, conditionsOf(filters, 's'))}) x`);
      continue;
    }
    const [kept] = await Promise.all([
      overBlocks(db, jurisdiction, asking, (of) =>
        scanned(db, jurisdiction, of, filters, earlier(last, day), day, mark.by),
      ),
      day > last ? addSpans(spansMoved(jurisdiction, last, day, conditionsOf(filters, 's'))) : null,
    ]);
    if (kept === null) continue;
    for (const [code, open] of kept.dots.open.entries())
      if (open > 0) {
        const value = kept.values[code] ?? '';
        for (const key of value === '' ? [''] : mark.keysOf(value))
          add(key, open, kept.dots.red[code] ?? 0, kept.dots.major[code] ?? 0);
      }
  }
  return dots;
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
      const [parts = []] = await partsOf(db, jurisdiction, 'stock', [head], unitsIn(sieve, codes), columns);
      return scanBy(by, values.length, parts, evening, dayNumber(on), sieve);
    },
    (found) => 12 * found.open.length,
  );
  return { dots, values };
}

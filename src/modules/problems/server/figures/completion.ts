import { sql } from 'kysely';
import type { Static } from 'typebox';
import { addDays, type Day, earlier } from '../../../../kernel/day.ts';
import type { Reading } from '../../../../platform/act.ts';
import type { figuresApi } from '../../api-figures.ts';
import { shareOf, stretchesOf } from '../../figures.ts';
import { keptDays } from './blocks.ts';
import { conditionsOf, type Way, withinScope } from './filters.ts';
import { monthOfBlock } from './keep-blocks.ts';
import { titlesOf } from './names.ts';
import { openBy } from './open-by.ts';
import { baseQuery, figureDay, openQuery, turnQuery } from './overview.ts';
import { during } from './read-flow.ts';

export type Completion = Static<typeof figuresApi.batchCompletion.response>;

interface Sums {
  registered: number;
  other_end: number;
  open: number;
  red: number;
}

/** Batches, plans and tags with problems, and how far each is done on a day. */
export async function completion(
  reading: Reading,
  query: { readonly asOf?: string; readonly by?: 'batch' | 'plan' | 'tag' },
  way?: Way,
): Promise<Completion> {
  const { db, scope, day: today } = reading;
  const by = query.by ?? 'batch';
  const day = figureDay(query.asOf, today);
  const filters = withinScope(scope, {});
  const found = new Map<string, Sums>();
  const at = (key: string): Sums => {
    const sums = found.get(key) ?? { registered: 0, other_end: 0, open: 0, red: 0 };
    found.set(key, sums);
    return sums;
  };
  const asking = { way, shared: new Map<string, Promise<unknown>>() };
  const countFlow = async (jurisdiction: string): Promise<void> => {
    const kept = (await keptDays(db, jurisdiction, asking))?.last ?? null;
    // a unit's own are kept in pairs with it, of whole months only
    const after =
      kept === null
        ? null
        : scope.units === 'all'
          ? earlier(kept, day)
          : addDays(monthOfBlock(addDays(earlier(kept, day), 1)), -1);
    const finished = async (after: Day): Promise<void> => {
      const own = scope.units === 'all' ? null : [...(filters.leadUnit ?? [])];
      const rows = await sql<{ key: string; registered: number; other_end: number }>`
        select ${own === null ? sql`k.key` : sql`k.key2`} as key, sum(k.registered)::int as registered,
          sum(k.other_end)::int as other_end
        from problem_flow k where k.jurisdiction = ${jurisdiction} and k.slice = '' and ${during(stretchesOf('1990-01-01' as Day, after))}
          and ${own === null ? sql`k.dim = ${by} and k.key2 = ''` : sql`k.dim = ${`unit${by[0]?.toUpperCase()}${by.slice(1)}`} and k.key = any(${own}::text[])`}
        group by 1`.execute(db);
      for (const row of rows.rows) {
        at(row.key).registered += row.registered;
        at(row.key).other_end += row.other_end;
      }
    };
    const key = by === 'tag' ? sql`x.tag` : by === 'batch' ? sql`e.batch_id::text` : sql`e.plan_id::text`;
    const tags = by === 'tag' ? sql`cross join lateral unnest(e.tags) as x (tag)` : sql``;
    const where = conditionsOf(filters, 'e');
    const turns = sql<{ key: string; registered: number; other_end: number }>`
      select ${key} as key, (count(*) filter (where e.turn = 'registered'))::int as registered,
        (count(*) filter (where e.turn in ('withdrawn', 'merged', 'unfounded')))::int as other_end
      from problem_turn e ${tags}
      where e.jurisdiction = ${jurisdiction} and e.turn in ('registered', 'withdrawn', 'merged', 'unfounded')
        and e.day <= ${day}::date and (${after}::date is null or e.day > ${after}::date) and ${key} is not null
        ${where.length === 0 ? sql`` : sql`and ${sql.join(where, sql` and `)}`}
      group by 1`.execute(db);
    const [told] = await Promise.all([turns, after === null ? null : finished(after)]);
    for (const row of told.rows) {
      at(row.key).registered += row.registered;
      at(row.key).other_end += row.other_end;
    }
  };
  const stocks = openBy(
    db,
    scope,
    filters,
    day,
    [
      by === 'tag'
        ? {
            by: 'tags',
            key: sql`array_to_json(s.tags)::text`,
            keysOf: (tags) => [...new Set(JSON.parse(tags || '[]') as string[])],
          }
        : { by, key: by === 'batch' ? sql`s.batch_id::text` : sql`s.plan_id::text`, keysOf: (id) => [id] },
    ],
    asking,
  );
  const [[stock]] = await Promise.all([stocks, ...scope.jurisdictions.map(countFlow)]);
  for (const [key, dots] of stock ?? []) {
    if (key === '') continue;
    at(key).open += dots.open;
    at(key).red += dots.red;
  }
  const titles = by === 'tag' ? new Map<string, string>() : await titlesOf(db, scope, by, [...found.keys()]);
  const base = baseQuery(scope, {}, day, today);
  return {
    day,
    rows: [...found]
      .map(([key, sums]) => {
        const closed = Math.max(0, sums.registered - sums.other_end - sums.open);
        const narrowed = { ...base, ...(by === 'tag' ? { tag: [key] } : { [by]: key }) };
        return {
          key,
          name: by === 'tag' ? key : (titles.get(key) ?? key),
          registered: sums.registered,
          closed,
          open: sums.open,
          red: sums.red,
          otherEnd: sums.other_end,
          share: shareOf(closed, sums.registered - sums.other_end),
          query: turnQuery(narrowed, 'registered', '1900-01-01' as Day, day),
          openQuery: openQuery(narrowed),
        };
      })
      .sort((a, b) => b.open - a.open || b.registered - a.registered || (a.name < b.name ? -1 : 1)),
  };
}

import { addDays, type Day, daysBetween } from '../../../../kernel/day.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { SERIALS } from './dimensions.ts';
import { type Asking, type FigureFilters, withinScope } from './filters.ts';
import { baseQuery, openQuery } from './overview.ts';
import { flowBetween, noFlow } from './read-flow.ts';
import { stockAsOf, stockBefore } from './read-stock.ts';

/** How one unit stood on the evening of a day, and what happened since a first day. */
export interface UnitStanding {
  readonly unitId: string;
  readonly open: number;
  readonly red: number;
  /** Days by which its oldest overdue problem is late; 0 where none is. */
  readonly longestDays: number;
  /** Open on the morning of the first day, and how many of these still are. */
  readonly before: number;
  readonly remaining: number;
  readonly closed: number;
  readonly closedLate: number;
  readonly reopened: number;
  readonly firstChecked: number;
  readonly firstPassed: number;
  readonly queries: Readonly<Record<'open' | 'red' | 'remaining', Record<string, string | string[]>>>;
}

/** What several narrowings of one question look up only once. */
export const sharedLookups = (): Asking => ({ shared: new Map() });

/**
 * The figures of `overview` that scores are made of, by unit and nothing else: without series, areas, sectors and titles.
 * Units with neither stock nor flow are absent. `today`: the day on which it is asked.
 */
export async function standingsByUnit(
  db: Queryable,
  scope: Scope,
  asked: FigureFilters,
  of: { readonly from: Day; readonly day: Day; readonly today: Day },
  asking: Asking = {},
): Promise<UnitStanding[]> {
  const { from, day, today } = of;
  const filters = withinScope(scope, asked);
  const [stock, flow] = await Promise.all([
    stockAsOf(db, scope, filters, day, today, { ...asking, cut: from, oldest: true }),
    flowBetween(db, scope, filters, from, day, asking),
  ]);
  const before = await stockBefore(db, scope, filters, from, today, { stock, since: flow }, asking);
  const base = baseQuery(scope, asked, day, today);
  const on = daysBetween('1970-01-01' as Day, day);
  return [...new Set([...stock.units.keys(), ...flow.units.keys(), ...before.units.keys()])].map((unitId) => {
    const cell = stock.units.get(unitId);
    const turns = flow.units.get(unitId) ?? noFlow();
    const oldest = cell?.oldest ?? null;
    const mine = { ...base, leadUnit: [unitId] };
    return {
      unitId,
      open: cell?.sums.open ?? 0,
      red: cell?.sums.red ?? 0,
      longestDays: oldest === null ? 0 : on - Math.floor(oldest / SERIALS),
      before: before.units.get(unitId) ?? 0,
      remaining: cell?.old ?? 0,
      closed: turns.closed,
      closedLate: turns.closed_late,
      reopened: turns.reopened,
      firstChecked: turns.first_checked,
      firstPassed: turns.first_passed,
      queries: {
        open: openQuery(mine),
        red: { ...mine, lamp: ['red'] },
        remaining: openQuery(mine, { openedTo: addDays(from, -1) }),
      },
    };
  });
}

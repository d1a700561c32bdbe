import { sql } from 'kysely';
import type { Day } from '../../kernel/day.ts';
import type { Queryable } from '../db/connect.ts';
import type { Condition } from './table.ts';

/** An item by which a unit is behind; `on`: the day from which it is counted, such as its deadline. */
export interface BehindItem {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly on: Day;
}

/** A unit that is behind: how many items count, when the newest of them came to count, the oldest 200 of them. */
export interface UnitBehind {
  readonly unitId: string;
  readonly figure: number;
  readonly latest: Day;
  readonly items: readonly BehindItem[];
}

const MOST = 200;

/**
 * Units that are behind, with the items that make them so. `late`: a query of unit, id, "on", since and serial, each row of
 * it one reason; `table`: where numbers and titles of the items stand.
 */
export async function behindByUnit(
  db: Queryable,
  jurisdiction: string,
  table: 'task' | 'problem',
  late: Condition,
): Promise<readonly UnitBehind[]> {
  const found = await sql<BehindItem & { unit: string; figure: number; latest: Day }>`
    with late as materialized (${late}),
    sums as (select unit, count(*)::int as figure, max(since) as latest from late group by unit),
    firsts as (select * from (
      select late.*, row_number() over (partition by unit order by "on", serial) as place from late) x where place <= ${MOST})
    select f.unit, s.figure, s.latest, f.id, t.number, t.title, f."on" from firsts f join sums s on s.unit = f.unit
    join ${sql.table(table)} t on t.jurisdiction = ${jurisdiction} and t.id = f.id
    order by f.unit, f.place`.execute(db);
  const units = new Map<string, { unitId: string; figure: number; latest: Day; items: BehindItem[] }>();
  for (const { unit, figure, latest, ...item } of found.rows) {
    const one = units.get(unit) ?? { unitId: unit, figure, latest, items: [] };
    one.items.push(item);
    units.set(unit, one);
  }
  return [...units.values()];
}

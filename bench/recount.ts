import { sql } from 'kysely';
import { addDays, type Day, day } from '../src/kernel/day.ts';
import { scopeOf } from '../src/kernel/scope.ts';
import { figuresAsOf } from '../src/modules/tasks/server/door.ts';
import type { Queryable } from '../src/platform/db/connect.ts';
import { testActor } from '../src/platform/testing.ts';
import type { Seeded } from './seed-tasks.ts';

interface Counted {
  open: number;
  red: number;
  amber: number;
  grey: number;
  closed: number;
  late: number;
  today: number;
}

/** Counts every row of every task, without the sums and indexes that the figures use. */
async function recount(db: Queryable, jurisdiction: string, unit: string | null, on: Day): Promise<Counted> {
  const mine = unit === null ? sql`true` : sql`lead_unit_id = ${unit}::uuid`;
  const found = await sql<Counted>`
    select * from (
      select count(*)::int as open, (count(*) filter (where state <> 'suspended' and due_on < ${on}::date))::int as red,
        (count(*) filter (where state <> 'suspended' and not coalesce(due_on < ${on}::date, false) and amber_on <= ${on}::date))::int as amber,
        (count(*) filter (where state = 'suspended'))::int as grey
      from task_span where jurisdiction = ${jurisdiction} and ${mine} and from_on <= ${on}::date
        and coalesce(to_on > ${on}::date, true)) o,
      (select count(*)::int as closed,
        (count(*) filter (where coalesce(submitted_on, closed_on) > due_on))::int as late,
        (count(*) filter (where closed_on = ${on}::date))::int as today
      from task where jurisdiction = ${jurisdiction} and ${mine} and closed_on <= ${on}::date) c`.execute(db);
  const row = found.rows[0];
  if (!row) throw new Error('a count gave no row');
  return row;
}

/** Where the figures differ from a recount: today and past days, the whole jurisdiction and two units. */
export async function differences(db: Queryable, seeded: Seeded): Promise<string[]> {
  const today = day(seeded.today);
  const wrong: string[] = [];
  for (const on of [0, 1, 21, 22, 100, 326, 700, 1500].map((back) => addDays(today, -back)))
    for (const unit of [null, seeded.units[0] ?? '', seeded.units[7] ?? '']) {
      const actor = testActor({
        roles: [unit === null ? 'officer' : 'clerk'],
        unitId: unit ?? seeded.units[1] ?? null,
        jurisdiction: seeded.jurisdiction,
      });
      const shown = await figuresAsOf(db, scopeOf(actor), {}, on);
      const { open, red, amber, grey, closed, closedLate: late, closedToday: today } = shown;
      const counted = JSON.stringify(await recount(db, seeded.jurisdiction, unit, on));
      const said = JSON.stringify({ open, red, amber, grey, closed, late, today });
      if (counted !== said) wrong.push(`${on} ${unit ?? 'all'}: ${said}, counted ${counted}`);
    }
  return wrong;
}

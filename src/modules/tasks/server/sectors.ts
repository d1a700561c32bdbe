import { sql } from 'kysely';
import type { Reading } from '../../../platform/act.ts';
import { unitNames } from './lines.ts';

interface Choice {
  jurisdiction: string;
  kind: 'sector' | 'plan' | 'unit';
  value: string;
}

/**
 * Sectors, plans and lead units that occur in the scope. Each is found by jumping through its index from value to value,
 * and a unit's own by meeting one of its tasks there, so that the cost follows the number of values and not of tasks.
 */
async function choicesIn({ db, scope }: Reading): Promise<readonly Choice[]> {
  const { jurisdictions, units } = scope;
  const own =
    units === 'all'
      ? sql``
      : sql`and (${
          units.length === 0
            ? sql`false`
            : sql.join(
                units.map((unit) => sql`${unit}::uuid = any(t.units)`),
                sql` or `,
              )
        })`;
  const jump = (kind: Choice['kind'], name: string) => {
    const column = sql.raw(name);
    return sql`
    select code as jurisdiction, ${kind}::text as kind, v.value::text as value
    from unnest(${[...jurisdictions]}::text[]) as j (code) cross join lateral (
      with recursive walk as (
        (select ${column} as value from task t where t.jurisdiction = j.code and ${column} is not null
          order by ${column} limit 1)
        union all
        select (select ${column} from task t where t.jurisdiction = j.code and ${column} > w.value
          order by ${column} limit 1) from walk w where w.value is not null)
      select value from walk where value is not null limit 500) v
    where (select true from task t where t.jurisdiction = j.code and t.${column} = v.value ${own} limit 1)`;
  };
  const found = await sql<Choice>`${jump('sector', 'sector')} union all ${jump('plan', 'plan_id')} union all
    ${jump('unit', 'lead_unit_id')}`.execute(db);
  return found.rows;
}

/** What the person can filter by: nothing that occurs only in tasks out of his sight. */
export async function choices(reading: Reading) {
  const found = await choicesIn(reading);
  const of = (kind: Choice['kind']) => found.filter((row) => row.kind === kind);
  const plans = await Promise.all(
    of('plan').map(async ({ jurisdiction, value }) => {
      const one = await sql<{ title: string | null }>`
        select origin->>'planTitle' as title from task where jurisdiction = ${jurisdiction} and plan_id = ${value}::uuid limit 1`.execute(
        reading.db,
      );
      return { id: value, title: one.rows[0]?.title ?? '（未命名方案）' };
    }),
  );
  const names = await unitNames(
    reading.db,
    of('unit').map((row) => ({ jurisdiction: row.jurisdiction, unitIds: [row.value] })),
  );
  return {
    sectors: [...new Set(of('sector').map((row) => row.value))],
    plans,
    units: of('unit').map((row) => ({ id: row.value, name: names.get(row.value) ?? '（单位已不存在）' })),
  };
}

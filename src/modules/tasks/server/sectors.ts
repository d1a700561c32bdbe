import { sql } from 'kysely';
import type { Reading } from '../../../platform/act.ts';
import { unitNames } from './lines.ts';

interface Choice {
  jurisdiction: string;
  kind: 'sector' | 'plan' | 'unit';
  value: string;
}

/** The choices of a unit: only of the tasks in which it takes part. */
async function choicesOfUnits(reading: Reading, units: readonly string[]): Promise<readonly Choice[]> {
  const found = await sql<Choice>`
    with own as materialized (
      select distinct t.jurisdiction, t.sector, t.plan_id, t.lead_unit_id from task t
      where t.jurisdiction = any(${[...reading.scope.jurisdictions]}::text[]) and t.units && ${[...units]}::uuid[])
    select distinct jurisdiction, 'sector' as kind, sector as value from own where sector is not null
    union all select distinct jurisdiction, 'plan', plan_id::text from own where plan_id is not null
    union all select distinct jurisdiction, 'unit', lead_unit_id::text from own`.execute(reading.db);
  return found.rows;
}

/**
 * What can be filtered by: sectors, plans and lead units that occur in the scope. Each is found by jumping through its
 * index from value to value, so that the cost follows the number of values and not of tasks.
 */
async function choicesOfAll(reading: Reading): Promise<readonly Choice[]> {
  const codes = [...reading.scope.jurisdictions];
  const jump = (kind: Choice['kind'], column: string) => sql`
    select code as jurisdiction, ${kind}::text as kind, v.value::text as value
    from unnest(${codes}::text[]) as j (code) cross join lateral (
      with recursive walk as (
        (select ${sql.raw(column)} as value from task t where t.jurisdiction = j.code and ${sql.raw(column)} is not null
          order by ${sql.raw(column)} limit 1)
        union all
        select (select ${sql.raw(column)} from task t where t.jurisdiction = j.code and ${sql.raw(column)} > w.value
          order by ${sql.raw(column)} limit 1) from walk w where w.value is not null)
      select value from walk where value is not null limit 500) v`;
  const found = await sql<Choice>`${jump('sector', 'sector')} union all ${jump('plan', 'plan_id')} union all
    ${jump('unit', 'lead_unit_id')}`.execute(reading.db);
  return found.rows;
}

/** What the person can filter by: nothing that occurs only in tasks out of his sight. */
export async function choices(reading: Reading) {
  const { units } = reading.scope;
  const found = units === 'all' ? await choicesOfAll(reading) : await choicesOfUnits(reading, units);
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

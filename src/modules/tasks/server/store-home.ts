import { sql } from 'kysely';
import { type Actor, hasRole } from '../../../kernel/actor.ts';
import { addDays, type Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import { allOf } from '../../../platform/ledger/statements.ts';
import type { Condition } from '../../../platform/ledger/table.ts';
import type { LineRow } from './line-row.ts';
import { type Filters, plainly, questionOf } from './store-filters.ts';
import { linesById } from './store-view.ts';

/** Questions of the home page that no filter of the list can ask. All are about open tasks of the actor's own government. */
export type HomeKey = 'sentBack' | 'short' | 'childChecks' | 'coReceive' | 'extensions' | 'notReceived';

/** What only the task's own row tells; looked up for the few that the rest has left. */
const taskSays = (says: Condition): Condition =>
  sql`(select ${says} from task x where x.jurisdiction = t.jurisdiction and x.id = t.id)`;

function conditionOf(key: HomeKey, actor: Actor, day: Day): Condition {
  const unit = sql`${actor.unitId}::uuid`;
  switch (key) {
    case 'sentBack':
      return sql`t.lead_unit_id = ${unit} and t.state = 'underway' and t.sent_back > 0 and ${taskSays(sql`x.evidence = 0`)}`;
    case 'short':
      return sql`t.lead_unit_id = ${unit} and t.state = 'underway' and t.amber_on <= ${day}::date
        and ${taskSays(sql`x.quotas <> '[]'`)}`;
    case 'childChecks':
      return sql`t.state = 'submitted' and exists (select 1 from task x join task p on p.jurisdiction = x.jurisdiction
        and p.id = x.parent_id where x.jurisdiction = t.jurisdiction and x.id = t.id and p.lead_unit_id = ${unit})`;
    case 'coReceive':
      return sql`t.state in ('toReceive', 'underway') and ${unit} = any(t.units) and t.lead_unit_id <> ${unit}
        and (select u.role <> 'lead' and u.received_on is null from task_unit u
          where u.jurisdiction = t.jurisdiction and u.task_id = t.id and u.unit_id = ${unit})`;
    case 'extensions':
      return sql`t.id in (select e.task_id from task_extension e where e.jurisdiction = ${actor.jurisdiction}
        and e.decision is null)`;
    case 'notReceived':
      return sql`t.state = 'toReceive' and t.created_at < ${addDays(day, -2)}::date`;
  }
}

/**
 * The first few tasks of every group and how many each has, in one pass over the open tasks of the actor's government:
 * all of them for those who direct, else those in which his unit takes part.
 */
export async function homeRows(
  { db, actor, day }: Reading,
  scope: Scope,
  groups: readonly { readonly key: string; readonly ask: Filters | HomeKey }[],
  most: number,
): Promise<{ rows: ReadonlyMap<string, LineRow>; groups: ReadonlyMap<string, { total: number; ids: string[] }> }> {
  if (groups.length === 0) return { rows: new Map(), groups: new Map() };
  const mine = hasRole(actor, 'officer', 'leader') ? sql`` : sql`and ${actor.unitId}::uuid = any(t.units)`;
  const asked = groups.map(({ key, ask }) => {
    const where = typeof ask === 'string' ? conditionOf(ask, actor, day) : allOf(plainly(questionOf(scope, ask), day));
    const first = ask === 'notReceived' ? sql`t.created_at` : sql`t.due_on`;
    return sql`select ${key}::text as key, g.* from (select (count(*) over ())::int as total, t.id, ${first}::text as first, t.serial
      from t where ${where} order by ${first}, t.serial limit ${most}) g`;
  });
  const found = await sql<{ key: string; total: number; id: string }>`
    with t as materialized (
      select t.jurisdiction, t.id, t.serial, t.state, t.due_on, t.amber_on, t.lead_unit_id, t.sector, t.plan_id, t.stage_id,
        t.person_name, t.sent_back, t.created_at, t.units
      from task t where t.jurisdiction = ${actor.jurisdiction} and t.state <> 'closed' and t.state <> 'withdrawn' ${mine})
    select key, total, id from (${sql.join(asked, sql` union all `)}) g order by key, first, serial`.execute(db);
  const ids = new Map<string, { total: number; ids: string[] }>();
  for (const row of found.rows) {
    const group = ids.get(row.key) ?? { total: row.total, ids: [] };
    group.ids.push(row.id);
    ids.set(row.key, group);
  }
  const wanted = [...new Set(found.rows.map((row) => row.id))];
  const rows = wanted.length === 0 ? [] : await linesById(db, actor.jurisdiction, { ids: wanted });
  return { rows: new Map(rows.map((row) => [row.id, row])), groups: ids };
}

import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { addDays, type Day } from '../../../kernel/day.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { LineRow } from './store-list.ts';
import { linesById } from './store-view.ts';

/** Questions of the home page that no filter of the list can ask. All are about open tasks of the actor's own government. */
export type HomeKey = 'sentBack' | 'short' | 'childChecks' | 'coReceive' | 'extensions' | 'notReceived';

interface Question {
  readonly where: RawBuilder<unknown>;
  readonly order: RawBuilder<unknown>;
}

function questionOf(key: HomeKey, actor: Actor, day: Day): Question {
  const unit = sql`${actor.unitId}::uuid`;
  const byDue = sql`t.due_on, t.serial`;
  switch (key) {
    case 'sentBack':
      return {
        where: sql`t.lead_unit_id = ${unit} and t.state = 'underway' and t.sent_back > 0 and t.evidence = 0`,
        order: byDue,
      };
    case 'short':
      return {
        where: sql`t.lead_unit_id = ${unit} and t.state = 'underway' and t.quotas <> '[]' and t.amber_on <= ${day}::date`,
        order: byDue,
      };
    case 'childChecks':
      return {
        where: sql`t.state = 'submitted' and exists (select 1 from task p where p.jurisdiction = t.jurisdiction
          and p.id = t.parent_id and p.lead_unit_id = ${unit})`,
        order: byDue,
      };
    case 'coReceive':
      return {
        where: sql`t.state in ('toReceive', 'underway') and t.units && array[${unit}] and exists (select 1 from task_unit u
          where u.jurisdiction = t.jurisdiction and u.task_id = t.id and u.unit_id = ${unit} and u.role <> 'lead'
            and u.received_on is null)`,
        order: byDue,
      };
    case 'extensions':
      return {
        where: sql`t.id in (select e.task_id from task_extension e where e.jurisdiction = ${actor.jurisdiction}
          and e.decision is null)`,
        order: byDue,
      };
    case 'notReceived':
      return {
        where: sql`t.state = 'toReceive' and t.created_at < ${addDays(day, -2)}::date`,
        order: sql`t.created_at, t.serial`,
      };
  }
}

/** The first few of such tasks and how many there are. */
export async function homeRows(
  db: Queryable,
  actor: Actor,
  day: Day,
  key: HomeKey,
  most: number,
): Promise<{ rows: LineRow[]; total: number; totalIsCapped: boolean }> {
  const { where, order } = questionOf(key, actor, day);
  const found = await sql<{ id: string; total: number }>`
    select t.id, (count(*) over ())::int as total from task t
    where t.jurisdiction = ${actor.jurisdiction} and t.state <> 'closed' and t.state <> 'withdrawn' and ${where} order by ${order} limit ${most}`.execute(
    db,
  );
  const ids = found.rows.map((row) => row.id);
  const lines = new Map((await linesById(db, actor.jurisdiction, { ids })).map((row) => [row.id, row]));
  return {
    rows: ids.flatMap((id) => lines.get(id) ?? []),
    total: found.rows[0]?.total ?? 0,
    totalIsCapped: false,
  };
}

import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Deadline, Quota } from '../../../kernel/deadline.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { RecordLoader } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { TaskState } from '../lifecycle.ts';
import type { Pace } from '../schedule.ts';
import { usualPace } from '../schedule.ts';
import type { CoUnit, ExtensionRequest, Milestone, Occurrence, Target, Task, TaskOrigin } from '../task.ts';

interface TaskRow {
  jurisdiction: string;
  id: string;
  number: string;
  title: string;
  text: string;
  origin: TaskOrigin;
  plan_id: string | null;
  stage_id: string | null;
  sector: string | null;
  state: TaskState;
  lead_unit_id: string;
  person_id: string | null;
  person_name: string | null;
  started_on: Day;
  deadlines: Deadline[];
  quotas: Quota[];
  targets: Target[];
  milestones: Milestone[];
  until_on: Day | null;
  moved_to: Day | null;
  first_due_on: Day | null;
  due_on: Day | null;
  amber_on: Day | null;
  extensions: number;
  percent: number;
  evidence: number;
  parent_id: string | null;
  parent_lead: string | null;
  parent_due: Day | null;
  open_children: number;
  child_count: number;
  received_on: Day | null;
  submitted_on: Day | null;
  submitted_by: string | null;
  closed_on: Day | null;
  ended_on: Day | null;
  suspended_on: Day | null;
  disputed_by: string | null;
  sent_back: number;
  version: number;
  co_units: { unitId: string; role: CoUnit['role']; receivedOn: Day | null }[];
  occurrences: Occurrence[];
  request: ExtensionRequest | null;
}

/** Everything that rules ask about a task, in one statement. Column names of `t` are those of the table `task`. */
const aggregate = sql`
  t.*, p.lead_unit_id as parent_lead, p.due_on as parent_due,
  coalesce(k.open_children, 0) as open_children, coalesce(k.child_count, 0) as child_count,
  coalesce(u.list, '[]') as co_units, coalesce(o.list, '[]') as occurrences, e.request
  from task t
  left join task p on p.jurisdiction = t.jurisdiction and p.id = t.parent_id
  left join lateral (select count(*) filter (where c.open)::int as open_children, count(*)::int as child_count
    from task c where c.jurisdiction = t.jurisdiction and c.parent_id = t.id) k on true
  left join lateral (select jsonb_agg(jsonb_build_object('unitId', unit_id, 'role', role, 'receivedOn', received_on)
      order by sort, unit_id) as list
    from task_unit where jurisdiction = t.jurisdiction and task_id = t.id and role <> 'lead') u on true
  left join lateral (select jsonb_agg(jsonb_build_object('on', held_on, 'quota', quota) order by held_on, id) as list
    from task_occurrence where jurisdiction = t.jurisdiction and task_id = t.id) o on true
  left join lateral (select jsonb_build_object('id', id, 'askedBy', asked_by, 'askedByName', asked_by_name,
      'askedOn', asked_on, 'oldDue', old_due, 'newDue', new_due, 'reason', reason) as request
    from task_extension where jurisdiction = t.jurisdiction and task_id = t.id and decision is null) e on true`;

const taskOf = (row: TaskRow): Task => ({
  id: row.id,
  number: row.number,
  title: row.title,
  text: row.text,
  origin: row.origin,
  planId: row.plan_id,
  stageId: row.stage_id,
  sector: row.sector,
  state: row.state,
  leadUnitId: row.lead_unit_id,
  personId: row.person_id,
  personName: row.person_name,
  startedOn: row.started_on,
  deadlines: row.deadlines,
  quotas: row.quotas,
  targets: row.targets,
  milestones: row.milestones,
  until: row.until_on,
  movedTo: row.moved_to,
  firstDueOn: row.first_due_on,
  dueOn: row.due_on,
  amberOn: row.amber_on,
  extensions: row.extensions,
  percent: row.percent,
  evidence: row.evidence,
  parentId: row.parent_id,
  parentLeadUnitId: row.parent_lead,
  parentDueOn: row.parent_due,
  openChildren: row.open_children,
  childCount: row.child_count,
  receivedOn: row.received_on,
  submittedOn: row.submitted_on,
  submittedBy: row.submitted_by,
  closedOn: row.closed_on,
  endedOn: row.ended_on,
  suspendedOn: row.suspended_on,
  disputedBy: row.disputed_by,
  sentBack: row.sent_back,
  coUnits: row.co_units,
  occurrences: row.occurrences,
  request: row.request,
  version: row.version,
});

/** Condition on a row of `task` (alias t) for a scope; closed unless opened. A child's parent unit sees the child too. */
export const inScope = (scope: Scope) =>
  scope.units === 'all'
    ? sql`t.jurisdiction = any(${scope.jurisdictions as readonly string[]})`
    : sql`t.jurisdiction = any(${scope.jurisdictions as readonly string[]}) and t.units && ${scope.units as readonly string[]}::uuid[]`;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The task with the government that keeps it, or a not-found refusal; outside the scope is not found. */
export async function taskInScope(
  db: Queryable,
  scope: Scope,
  id: string,
): Promise<{ jurisdiction: string; task: Task }> {
  if (!uuid.test(id)) throw notFound();
  const found = await sql<TaskRow>`select ${aggregate} where ${inScope(scope)} and t.id = ${id}`.execute(db);
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这件任务，可能编号有误，或者它不在您能查看的范围内。');
  return { jurisdiction: row.jurisdiction, task: taskOf(row) };
}

/**
 * Locks the tasks' rows in a fixed order (so that two batches never wait for each other) and reads them.
 * Unknown ids and those outside the scope are absent.
 */
export async function lockTasks(db: Queryable, scope: Scope, ids: readonly string[]): Promise<Map<string, Task>> {
  const sound = ids.filter((id) => uuid.test(id));
  await sql`select 1 from task t where ${inScope(scope)} and t.id = any(${sound}::uuid[]) order by t.jurisdiction, t.id
    for update`.execute(db);
  const found =
    await sql<TaskRow>`select ${aggregate} where ${inScope(scope)} and t.id = any(${sound}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, taskOf(row)]));
}

export async function lockTask(db: Queryable, scope: Scope, id: string): Promise<Task> {
  const task = (await lockTasks(db, scope, [id])).get(id);
  if (!task) throw notFound('没有找到这件任务，可能编号有误，或者它不在您能查看的范围内。');
  return task;
}

/**
 * All rows that make up each task, its history for the wall included; the scanned columns `pairs`, `plain` and `units` follow
 * from the others and are left out.
 */
export const taskRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select t.id, jsonb_build_object(
      'task', to_jsonb(t) - 'pairs' - 'plain' - 'units',
      'units', (select jsonb_agg(to_jsonb(x) order by x.unit_id) from task_unit x
        where x.jurisdiction = t.jurisdiction and x.task_id = t.id),
      'progress', (select jsonb_agg(to_jsonb(x) order by x.id) from task_progress x
        where x.jurisdiction = t.jurisdiction and x.task_id = t.id),
      'occurrences', (select jsonb_agg(to_jsonb(x) order by x.id) from task_occurrence x
        where x.jurisdiction = t.jurisdiction and x.task_id = t.id),
      'extensions', (select jsonb_agg(to_jsonb(x) order by x.id) from task_extension x
        where x.jurisdiction = t.jurisdiction and x.task_id = t.id),
      'spans', (select jsonb_agg(to_jsonb(x) - 'days' order by x.from_on) from task_span x
        where x.jurisdiction = t.jurisdiction and x.task_id = t.id)) as record
    from task t where t.jurisdiction = ${jurisdiction} and t.id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

/** How soon is near and how far behind is behind, as the jurisdiction set it. */
export async function paceOf(db: Queryable, jurisdiction: string): Promise<Pace> {
  const found = await sql<{ name: string; value: unknown }>`
    select name, value from setting
    where jurisdiction = ${jurisdiction} and name in ('tasks.nearDays', 'tasks.tolerance')`.execute(db);
  const value = (name: string, otherwise: number): number => {
    const set = found.rows.find((row) => row.name === name)?.value;
    return typeof set === 'number' ? set : otherwise;
  };
  return {
    nearDays: value('tasks.nearDays', usualPace.nearDays),
    tolerance: value('tasks.tolerance', usualPace.tolerance),
  };
}

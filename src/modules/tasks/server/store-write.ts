import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import type { Task } from '../task.ts';

/** Rows that belong to a task, written by its actions before `saveTask`. The jurisdiction is always the actor's own. */
export async function markReceived(act: Act, taskId: string, unitId: string): Promise<void> {
  await sql`update task_unit set received_on = ${act.day}, received_by_name = ${act.actor.name}
    where jurisdiction = ${act.actor.jurisdiction} and task_id = ${taskId} and unit_id = ${unitId}`.execute(act.db);
}

export async function insertProgress(
  act: Act,
  taskId: string,
  entry: {
    readonly text: string;
    readonly figures: readonly unknown[];
    readonly percent: number | null;
    readonly fileIds: readonly string[];
  },
): Promise<void> {
  const { actor } = act;
  await sql`
    insert into task_progress (jurisdiction, id, task_id, day, at, by_id, by_name, unit_id, unit_name, text, figures, percent, file_ids)
    values (${actor.jurisdiction}, ${randomUUID()}, ${taskId}, ${act.day}, ${act.now}, ${actor.accountId}, ${actor.name},
      ${actor.unitId}, ${actor.unitName}, ${entry.text}, ${JSON.stringify(entry.figures)}::jsonb, ${entry.percent},
      ${entry.fileIds}::uuid[])`.execute(act.db);
}

export async function insertOccurrence(
  act: Act,
  taskId: string,
  entry: { readonly on: Day; readonly quota: number; readonly text: string; readonly fileIds: readonly string[] },
): Promise<void> {
  const { actor } = act;
  await sql`
    insert into task_occurrence (jurisdiction, id, task_id, held_on, quota, text, file_ids, by_id, by_name, at)
    values (${actor.jurisdiction}, ${randomUUID()}, ${taskId}, ${entry.on}, ${entry.quota}, ${entry.text},
      ${entry.fileIds}::uuid[], ${actor.accountId}, ${actor.name}, ${act.now})`.execute(act.db);
}

export async function insertExtension(
  act: Act,
  taskId: string,
  asked: { readonly oldDue: Day | null; readonly newDue: Day; readonly reason: string },
): Promise<void> {
  const { actor } = act;
  await sql`
    insert into task_extension (jurisdiction, id, task_id, asked_by, asked_by_name, asked_on, old_due, new_due, reason)
    values (${actor.jurisdiction}, ${randomUUID()}, ${taskId}, ${actor.accountId}, ${actor.name}, ${act.day},
      ${asked.oldDue}, ${asked.newDue}, ${asked.reason})`.execute(act.db);
}

export async function closeExtension(
  act: Act,
  taskId: string,
  id: string,
  approve: boolean,
  opinion: string,
): Promise<void> {
  await sql`
    update task_extension set decision = ${approve ? 'approved' : 'refused'}, decided_by = ${act.actor.accountId},
      decided_by_name = ${act.actor.name}, decided_on = ${act.day}, opinion = ${opinion}
    where jurisdiction = ${act.actor.jurisdiction} and task_id = ${taskId} and id = ${id}`.execute(act.db);
}

/** A request that the end of the task has overtaken is refused by that, so that it waits in nobody's list. */
export async function dropRequest(act: Act, task: Task): Promise<void> {
  if (task.request) await closeExtension(act, task.id, task.request.id, false, '任务已了结');
}

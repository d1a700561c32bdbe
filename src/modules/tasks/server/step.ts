import { sql } from 'kysely';
import { notNow, notValid } from '../../../kernel/refusal.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { TaskAction, TaskState } from '../lifecycle.ts';
import { type Given, judge } from '../situation.ts';
import type { Task } from '../task.ts';
import { saveTask } from './save.ts';
import { factsAfter, lockTask, paceOf } from './store.ts';

/** Which task, and the version that the person had before his eyes. */
export interface Seen {
  readonly id: string;
  readonly version: number;
}

/** What every changing route answers. */
export interface Done {
  readonly id: string;
  readonly version: number;
  readonly state: TaskState;
}

/** Loads and locks a task of the actor's own jurisdiction; `seen.version` absent: an addition that conflicts with nothing. */
export async function load(act: Act, seen: { readonly id: string; readonly version?: number }): Promise<Task> {
  const task = await lockTask(act.db, ownJurisdiction(act.scope, act.actor), seen.id);
  if (seen.version !== undefined && seen.version !== task.version) await refuseStale(act, task, seen.version);
  return task;
}

/** Says who did what since the page was opened; `detail.facts` carries it for the page. */
async function refuseStale(act: Act, task: Task, version: number): Promise<never> {
  const since = await factsAfter(act.db, act.actor.jurisdiction, task.id, version);
  const last = since.at(-1);
  const happened = last
    ? `由${last.unitName ?? ''}${last.actorName}于${clock(last.at)}办理：${last.says}`
    : '有了变化。';
  throw notNow(`任务${task.number}在您打开之后已${happened}请看最新情况后再操作。`, {
    facts: since.map((fact) => ({
      says: fact.says,
      by: `${fact.unitName ?? ''}${fact.actorName}`,
      at: fact.at.toISOString(),
    })),
    version: task.version,
  });
}

const clock = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');

/** Where the action leads; throws the rule's refusal. */
export function decide(act: Act, task: Task, action: TaskAction, given: Given = {}): TaskState {
  const verdict = judge(task, act.actor, action, act.day, given);
  if (!verdict.may) throw verdict.refusal;
  return verdict.to;
}

/** Saves the changes with version, history and counts. */
export const save = async (act: Act, task: Task, changes: Partial<Task>): Promise<Task> =>
  saveTask(act, task, { ...task, ...changes }, await paceOf(act.db, act.actor.jurisdiction));

/** Announces what happened, with the version that it made. */
export async function tell(
  act: Act,
  before: Task,
  after: Task,
  kind: string,
  says: string,
  data: Readonly<Record<string, unknown>> = {},
): Promise<Done> {
  await announce(act, {
    item: { kind: 'task', id: after.id },
    kind,
    says,
    from: before.state,
    to: after.state,
    data: { version: after.version, number: after.number, ...data },
  });
  return { id: after.id, version: after.version, state: after.state };
}

/** 区某局张某 – who did it, for sentences. */
export const who = (act: Act): string => `${act.actor.unitName ?? ''}${act.actor.name}`;

/** Files must have been uploaded to this very task; throws a not-valid refusal otherwise. Gives them without repeats. */
export async function ownFiles(act: Act, taskId: string, ids: readonly string[] = []): Promise<string[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const found = await sql<{ id: string }>`
    select id from file where jurisdiction = ${act.actor.jurisdiction} and item_kind = 'task' and item_id = ${taskId}
      and id = any(${wanted}::uuid[])`.execute(act.db);
  if (found.rows.length < wanted.length)
    throw notValid('有附件没有上传到这件任务，请重新上传后再提交。', [{ where: 'body.fileIds', says: '附件不存在' }]);
  return wanted;
}

import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { ownFiles as filesOf, refuseStale } from '../../../platform/case.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { TaskAction, TaskState } from '../lifecycle.ts';
import { type Given, judge } from '../situation.ts';
import type { Task } from '../task.ts';
import { saveTask } from './save.ts';
import { lockTask, paceOf } from './store.ts';

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
  await refuseStale(act, '任务', { kind: 'task', ...task }, seen.version);
  return task;
}

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

/** Files must have been uploaded to this very task; throws a not-valid refusal otherwise. Gives them without repeats. */
export const ownFiles = (act: Act, taskId: string, ids: readonly string[] = []): Promise<string[]> =>
  filesOf(act, { kind: 'task', id: taskId }, ids, '有附件没有上传到这件任务，请重新上传后再提交。');

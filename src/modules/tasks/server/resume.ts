import { daysBetween } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 恢复: back to where it was, signed for or not. */
export async function resume(act: Act, input: Seen): Promise<Done> {
  const task = await load(act, input);
  const state = decide(act, task, 'resume');
  const saved = await save(act, task, { state, suspendedOn: null });
  const days = task.suspendedOn === null ? '' : `，共暂停${daysBetween(task.suspendedOn, act.day)}天`;
  return tell(act, task, saved, 'task.resumed', `${who(act)}恢复任务${days}。`);
}

import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { dropRequest } from './store-write.ts';

/** 撤回: the office takes the task back for good; it counts neither as open nor as closed. */
export async function withdraw(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const task = await load(act, input);
  const state = decide(act, task, 'withdraw', { reason: input.reason });
  await dropRequest(act, task);
  const saved = await save(act, task, { state, endedOn: act.day, request: null });
  return tell(act, task, saved, 'task.withdrawn', `${who(act)}撤回任务：${input.reason.trim()}`);
}

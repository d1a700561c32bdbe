import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 暂停: no lamp while it lasts; the due day stays as it is, the office moves it if need be. */
export async function suspend(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const task = await load(act, input);
  const state = decide(act, task, 'suspend', { reason: input.reason });
  const saved = await save(act, task, { state, suspendedOn: act.day });
  return tell(act, task, saved, 'task.suspended', `${who(act)}暂停任务：${input.reason.trim()}`);
}

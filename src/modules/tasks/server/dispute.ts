import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 提出异议: the lead unit says that the task is not its own; the office settles. */
export async function dispute(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const task = await load(act, input);
  const state = decide(act, task, 'dispute', { reason: input.reason });
  const saved = await save(act, task, { state, disputedBy: act.actor.accountId });
  return tell(act, task, saved, 'task.disputed', `${who(act)}提出异议：${input.reason.trim()}`);
}

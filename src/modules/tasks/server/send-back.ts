import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 退回: not done; the unit reports anew before it may submit again. */
export async function sendBack(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const task = await load(act, input);
  const state = decide(act, task, 'sendBack', { reason: input.reason });
  const saved = await save(act, task, {
    state,
    sentBack: task.sentBack + 1,
    submittedOn: null,
    submittedBy: null,
    evidence: 0,
  });
  return tell(
    act,
    task,
    saved,
    'task.sentBack',
    `${who(act)}核查后退回（第${saved.sentBack}次）：${input.reason.trim()}`,
  );
}

import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 恢复整改: what was put into the governance plan is rectified after all; its deadline stays the plan's. */
export async function resume(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const loaded = await load(act, input);
  const reason = input.reason.trim();
  const state = decide(act, loaded, 'resume', { reason });
  const saved = await save(act, loaded, { state });
  return tell(act, loaded.problem, saved, 'problem.resumed', `${who(act)}恢复整改：${reason}`, { reason });
}

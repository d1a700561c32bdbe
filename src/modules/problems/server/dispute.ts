import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 提出异议: the unit says that the problem is not its own; the office settles it. */
export async function dispute(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const loaded = await load(act, input);
  const reason = input.reason.trim();
  const state = decide(act, loaded, 'dispute', { reason });
  const saved = await save(act, loaded, { state });
  return tell(act, loaded.problem, saved, 'problem.disputed', `${who(act)}提出异议：${reason}`, { reason });
}

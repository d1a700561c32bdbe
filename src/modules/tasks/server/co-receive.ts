import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, save, tell } from './step.ts';
import { markReceived } from './store-write.ts';

/** 配合单位签收: takes no version, since twenty towns may sign in the same minute and none hinders another. */
export async function coReceive(act: Act, seen: { readonly id: string }): Promise<Done> {
  const task = await load(act, { id: seen.id });
  const state = decide(act, task, 'coReceive');
  await markReceived(act, task.id, act.actor.unitId ?? '');
  const saved = await save(act, task, { state });
  return tell(act, task, saved, 'task.coReceived', `${who(act)}（配合单位）签收。`, { unitId: act.actor.unitId });
}

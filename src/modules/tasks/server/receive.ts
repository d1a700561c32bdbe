import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { markReceived } from './store-write.ts';

/** 签收: the lead unit takes the task. */
export async function receive(act: Act, seen: Seen): Promise<Done> {
  const task = await load(act, seen);
  const state = decide(act, task, 'receive');
  await markReceived(act, task.id, task.leadUnitId);
  const saved = await save(act, task, { state, receivedOn: act.day });
  return tell(act, task, saved, 'task.received', `${who(act)}签收。`);
}

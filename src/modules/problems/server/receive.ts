import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 签收: the responsible unit takes the problem over. */
export async function receive(act: Act, input: Seen): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'receive');
  const saved = await save(act, loaded, { state, receivedOn: act.day });
  return tell(act, loaded.problem, saved, 'problem.received', `${who(act)}签收。`);
}

import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 撤回提请: by the unit that proposed, before the plate hangs. */
export async function retract(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const loaded = await load(act, input);
  const reason = input.reason.trim();
  const state = decide(act, loaded, 'retract', { reason });
  const saved = await save(act, loaded.listing, { state, endedOn: act.day });
  return tell(act, loaded.listing, saved, 'listing.retracted', `${who(act)}撤回提请：${reason}`, { reason });
}

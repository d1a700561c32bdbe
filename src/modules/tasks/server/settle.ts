import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { handedTo, unitFor } from './reassign.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 裁定: the office keeps the unit or names another; either way the task is signed for anew. */
export async function settle(
  act: Act,
  input: Seen & { readonly keep: boolean; readonly unitId?: string | null; readonly reason: string },
): Promise<Done> {
  const task = await load(act, input);
  const reason = input.reason.trim();
  if (input.keep) {
    const state = decide(act, task, 'settleKeep', { reason });
    const saved = await save(act, task, { state, disputedBy: null, receivedOn: null });
    return tell(act, task, saved, 'task.settled', `${who(act)}裁定仍由原单位主办：${reason}`, { keep: true });
  }
  const newLeadUnitId = input.unitId ?? task.leadUnitId;
  const state = decide(act, task, 'settleMove', { reason, newLeadUnitId });
  const unit = await unitFor(act, newLeadUnitId);
  const saved = await save(act, task, { ...handedTo(task, newLeadUnitId), state });
  return tell(act, task, saved, 'task.settled', `${who(act)}裁定改由${unit.name}主办：${reason}`, {
    keep: false,
    leadUnitId: newLeadUnitId,
  });
}

import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { handedTo } from './reassign.ts';
import { closeRequest } from './requests.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { unitFor } from './units-of.ts';

/** 裁定: the office keeps the unit, or moves the problem to another one. */
export async function settle(
  act: Act,
  input: Seen & { readonly keep: boolean; readonly unitId?: string | null; readonly reason: string },
): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const reason = input.reason.trim();
  if (input.keep) {
    const state = decide(act, loaded, 'settleKeep', { reason });
    const saved = await save(act, loaded, { state, receivedOn: null });
    return tell(act, problem, saved, 'problem.settled', `${who(act)}裁定仍由原单位整改：${reason}`, {
      reason,
      keep: true,
    });
  }
  const unitId = input.unitId?.toLowerCase();
  const state = decide(act, loaded, 'settleMove', {
    reason,
    ...(unitId === undefined ? {} : { newLeadUnitId: unitId }),
  });
  const unit = await unitFor(act, unitId ?? '');
  if (problem.request) await closeRequest(act, problem, false, '问题已改派，申请作废');
  const saved = await save(act, loaded, { ...handedTo(problem, unit.id), state });
  return tell(act, problem, saved, 'problem.settled', `${who(act)}裁定改由${unit.name}整改：${reason}`, {
    reason,
    keep: false,
    formerLeadUnitId: problem.leadUnitId,
    leadUnitId: unit.id,
  });
}

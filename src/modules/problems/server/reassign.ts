import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { Problem } from '../problem.ts';
import { closeRequest } from './requests.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { unitFor } from './units-of.ts';

/** What changes when another unit takes over: it receives anew, and what the former one reported is no proof of its own. */
export const handedTo = (problem: Problem, leadUnitId: string): Partial<Problem> => ({
  leadUnitId,
  coUnitIds: problem.coUnitIds.filter((unit) => unit !== leadUnitId),
  personName: null,
  receivedOn: null,
  evidence: 0,
  afterFiles: 0,
  moved: problem.moved + 1,
  request: null,
});

/** 改派: the office hands the problem to another unit; a request of the former one is overtaken by it. */
export async function reassign(
  act: Act,
  input: Seen & { readonly unitId: string; readonly reason: string },
): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const unitId = input.unitId.toLowerCase();
  const reason = input.reason.trim();
  const state = decide(act, loaded, 'reassign', { reason, newLeadUnitId: unitId });
  const unit = await unitFor(act, unitId);
  if (problem.request) await closeRequest(act, problem, false, '问题已改派，申请作废');
  const saved = await save(act, loaded, { ...handedTo(problem, unitId), state });
  return tell(act, problem, saved, 'problem.reassigned', `${who(act)}改派给${unit.name}：${reason}`, {
    reason,
    formerLeadUnitId: problem.leadUnitId,
    leadUnitId: unitId,
  });
}

import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type UnitCard, unitsByIds } from '../../units/server/door.ts';
import type { Task } from '../task.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** What changes when another unit takes over: it signs anew, and what the former one reported is no evidence of its own. */
export const handedTo = (task: Task, leadUnitId: string): Partial<Task> => ({
  leadUnitId,
  coUnits: task.coUnits.filter((one) => one.unitId !== leadUnitId),
  personId: null,
  personName: null,
  receivedOn: null,
  submittedOn: null,
  submittedBy: null,
  disputedBy: null,
  suspendedOn: null,
  evidence: 0,
});

/** The unit, or a not-valid refusal when there is none. */
export async function unitFor(act: Act, unitId: string): Promise<UnitCard> {
  const [unit] = await unitsByIds(act.db, act.actor.jurisdiction, [unitId]);
  if (!unit) throw notValid('没有找到所选的单位，请重新选择。', [{ where: 'body.unitId', says: '单位不存在' }]);
  return unit;
}

/** 改派: the office hands the task to another lead unit. */
export async function reassign(
  act: Act,
  input: Seen & { readonly unitId: string; readonly reason: string },
): Promise<Done> {
  const task = await load(act, input);
  const state = decide(act, task, 'reassign', { reason: input.reason, newLeadUnitId: input.unitId });
  const unit = await unitFor(act, input.unitId);
  const saved = await save(act, task, { ...handedTo(task, input.unitId), state });
  return tell(act, task, saved, 'task.reassigned', `${who(act)}改派给${unit.name}：${input.reason.trim()}`, {
    formerLeadUnitId: task.leadUnitId,
    leadUnitId: input.unitId,
  });
}

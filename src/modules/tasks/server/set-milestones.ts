import { day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { inOrder } from '../milestones.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 倒排工期: the points of the plan against which progress is measured from now on. */
export async function setMilestones(
  act: Act,
  input: Seen & { readonly milestones: readonly { on: string; percent: number; name: string }[] },
): Promise<Done> {
  const task = await load(act, input);
  const milestones = input.milestones.map((one) => ({ ...one, on: day(one.on) }));
  decide(act, task, 'setMilestones', { ordered: inOrder(milestones, task.startedOn, task.dueOn) });
  const saved = await save(act, task, { milestones });
  const words = milestones.map((one) => `${one.on} ${one.name} ${one.percent}%`).join('，');
  return tell(act, task, saved, 'task.milestonesSet', `${who(act)}倒排工期：${words || '取消全部节点'}。`, {
    milestones,
  });
}

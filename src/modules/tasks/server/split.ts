import { day } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { subordinateUnits } from '../../units/server/door.ts';
import { createTasks } from './create-tasks.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

export interface SplitInput extends Seen {
  readonly children: readonly {
    readonly unitId: string;
    readonly title: string;
    readonly text: string;
    readonly dueOn?: string | null;
  }[];
}

/** 分办: a child task for each chosen subordinate or co-unit; the parent closes after its children. */
export async function split(act: Act, input: SplitInput): Promise<Done> {
  const task = await load(act, input);
  const below: readonly string[] = await subordinateUnits(act.db, act.actor.jurisdiction, task.leadUnitId);
  const allowed = new Set([...below, ...task.coUnits.map((one) => one.unitId)]);
  allowed.delete(task.leadUnitId);
  const splitAllowed = input.children.length > 0 && input.children.every((child) => allowed.has(child.unitId));
  decide(act, task, 'split', { splitAllowed });
  const children = input.children.map((child, at) => {
    const dueOn = child.dueOn ? day(child.dueOn) : task.dueOn;
    if (dueOn !== null && task.dueOn !== null && dueOn > task.dueOn)
      throw notValid(`第${at + 1}件分办任务的时限晚于本任务的时限${task.dueOn}，请改早。`, [
        { where: `body.children[${at}].dueOn`, says: '晚于本任务的时限' },
      ]);
    return { ...child, dueOn };
  });
  const made = await createTasks(
    act,
    children.map((child) => ({
      title: child.title.trim() || task.title,
      text: child.text.trim() || task.text,
      origin: { ...task.origin, kind: 'split' },
      planId: task.planId,
      stageId: task.stageId,
      sector: task.sector,
      leadUnitId: child.unitId,
      responsibleUnitIds: [],
      territorialUnitIds: [],
      deadlines: child.dueOn === null ? [] : [{ kind: 'date', text: '分办时限', on: child.dueOn }],
      quotas: [],
      targets: [],
      parentId: task.id,
      parentLeadUnitId: task.leadUnitId,
    })),
  );
  const saved = await save(act, task, {});
  const numbers = made.map((one) => one.number).join('、');
  return tell(act, task, saved, 'task.split', `${who(act)}分办为${made.length}件：${numbers}。`, { children: made });
}

import { day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 确定时限: the office says the day where the document left it open, or corrects it; the first day stays visible. */
export async function fixDeadline(
  act: Act,
  input: Seen & { readonly on: string; readonly reason: string },
): Promise<Done> {
  const task = await load(act, input);
  const on = day(input.on);
  decide(act, task, 'fixDeadline', { newDue: on, reason: input.reason });
  const saved = await save(act, task, { movedTo: on });
  const from = task.dueOn === null ? '' : `由${task.dueOn}`;
  return tell(
    act,
    task,
    saved,
    'task.deadlineFixed',
    `${who(act)}将完成时限${from}定为${saved.dueOn}：${input.reason.trim()}`,
    {
      oldDue: task.dueOn,
      newDue: saved.dueOn,
    },
  );
}

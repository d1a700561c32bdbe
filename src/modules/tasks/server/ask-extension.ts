import { day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { insertExtension } from './store-write.ts';

/** 申请延期: before expiry only; the due day stays until another person agrees. */
export async function askExtension(
  act: Act,
  input: Seen & { readonly newDue: string; readonly reason: string },
): Promise<Done> {
  const task = await load(act, input);
  const newDue = day(input.newDue);
  const state = decide(act, task, 'askExtension', { newDue, reason: input.reason });
  const reason = input.reason.trim();
  await insertExtension(act, task.id, { oldDue: task.dueOn, newDue, reason });
  const saved = await save(act, task, { state });
  return tell(act, task, saved, 'task.extensionAsked', `${who(act)}申请延期，从${task.dueOn}延至${newDue}：${reason}`, {
    oldDue: task.dueOn,
    newDue,
  });
}

import { notNow } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { closeExtension } from './store-write.ts';

/** 审批延期: by somebody else than who asked; a granted one counts, and the old day stays visible. */
export async function decideExtension(
  act: Act,
  input: Seen & { readonly approve: boolean; readonly opinion: string },
): Promise<Done> {
  const task = await load(act, input);
  const opinion = input.opinion.trim();
  decide(act, task, input.approve ? 'approveExtension' : 'refuseExtension', { reason: opinion });
  const { request } = task;
  if (request === null) throw notNow('没有等待审批的延期申请。');
  await closeExtension(act, task.id, request.id, input.approve, opinion);
  const said = opinion === '' ? '' : `意见：${opinion}`;
  if (!input.approve) {
    const saved = await save(act, task, { request: null });
    return tell(act, task, saved, 'task.extensionRefused', `${who(act)}不批准延期，完成时限仍为${task.dueOn}。${said}`);
  }
  const saved = await save(act, task, { request: null, movedTo: request.newDue, extensions: task.extensions + 1 });
  const says = `${who(act)}批准延期，完成时限由${request.oldDue}改为${saved.dueOn}（第${saved.extensions}次延期）。${said}`;
  return tell(act, task, saved, 'task.extensionApproved', says, { oldDue: request.oldDue, newDue: saved.dueOn });
}

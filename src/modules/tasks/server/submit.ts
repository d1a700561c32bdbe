import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, ownFiles, type Seen, save, tell } from './step.ts';
import { insertProgress } from './store-write.ts';

/** 提交办结: the lead unit says that it is done; whether it is, somebody else checks. */
export async function submit(
  act: Act,
  input: Seen & { readonly text: string; readonly fileIds?: readonly string[] },
): Promise<Done> {
  const task = await load(act, input);
  const fileIds = await ownFiles(act, task.id, input.fileIds);
  const text = input.text.trim();
  const state = decide(act, task, 'submit', { content: text });
  await insertProgress(act, task.id, { text, figures: [], percent: null, fileIds });
  const saved = await save(act, task, { state, submittedOn: act.day, submittedBy: act.actor.accountId });
  return tell(act, task, saved, 'task.submitted', `${who(act)}提交办结：${text}`, { fileIds });
}

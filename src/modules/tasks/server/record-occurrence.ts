import { day } from '../../../kernel/day.ts';
import { quotaInWords } from '../../../kernel/deadline.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, ownFiles, save, tell } from './step.ts';
import { insertOccurrence } from './store-write.ts';

/** 登记一次: one meeting, check or class that counts towards a quota; the due day moves when its period is fulfilled. */
export async function recordOccurrence(
  act: Act,
  input: {
    readonly id: string;
    readonly on: string;
    readonly quota: number;
    readonly text: string;
    readonly fileIds?: readonly string[];
  },
): Promise<Done> {
  const task = await load(act, { id: input.id });
  const on = day(input.on);
  const quota = task.quotas[input.quota];
  if (input.quota > 0 && !quota)
    throw notValid('这件任务没有这一项次数要求，请重新选择。', [{ where: 'body.quota', says: '没有这一项' }]);
  const fileIds = await ownFiles(act, task.id, input.fileIds);
  decide(act, task, 'recordOccurrence', { content: input.text.trim() || (fileIds.length > 0 ? '附纪要' : ''), on });
  await insertOccurrence(act, task.id, { on, quota: input.quota, text: input.text.trim(), fileIds });
  const saved = await save(act, task, {
    occurrences: [...task.occurrences, { on, quota: input.quota }],
    evidence: task.evidence + 1,
  });
  const counts = quota ? `（${quotaInWords(quota)}）` : '';
  return tell(act, task, saved, 'task.occurred', `${who(act)}登记${on}开展一次${counts}。`, {
    on,
    fileIds,
    dueOn: saved.dueOn,
  });
}

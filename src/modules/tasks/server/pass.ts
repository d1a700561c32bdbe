import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { dropRequest } from './store-write.ts';

/** 核查通过: the task is closed. Never by the unit that worked, nor by the person who submitted. */
export async function pass(act: Act, input: Seen & { readonly opinion?: string }): Promise<Done> {
  const task = await load(act, input);
  const state = decide(act, task, 'pass');
  await dropRequest(act, task);
  const saved = await save(act, task, { state, closedOn: act.day, endedOn: act.day, percent: 100, request: null });
  const late = saved.dueOn !== null && (task.submittedOn ?? act.day) > saved.dueOn;
  const opinion = (input.opinion ?? '').trim();
  return tell(
    act,
    task,
    saved,
    'task.closed',
    `${who(act)}核查通过，任务${late ? '逾期' : '按时'}办结。${opinion === '' ? '' : `意见：${opinion}`}`,
    { late },
  );
}

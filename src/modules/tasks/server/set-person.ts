import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 明确责任人: the person in the lead unit who answers for the task. */
export async function setPerson(
  act: Act,
  input: Seen & { readonly personId?: string | null; readonly personName: string },
): Promise<Done> {
  const task = await load(act, input);
  const personName = input.personName.trim();
  decide(act, task, 'setPerson', { content: personName });
  const saved = await save(act, task, { personId: input.personId ?? null, personName });
  const former = task.personName ? `（原为${task.personName}）` : '';
  return tell(act, task, saved, 'task.personSet', `${who(act)}明确责任人为${personName}${former}。`, { personName });
}

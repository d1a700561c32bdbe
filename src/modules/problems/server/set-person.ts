import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 明确责任人: in words, whoever answers for the rectification. */
export async function setPerson(act: Act, input: Seen & { readonly personName: string }): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const personName = input.personName.trim();
  const state = decide(act, loaded, 'setPerson', { content: personName });
  const saved = await save(act, loaded, { state, personName });
  const before = problem.personName === null ? '' : `（原为${problem.personName}）`;
  return tell(act, problem, saved, 'problem.personSet', `${who(act)}明确责任人：${personName}${before}`, {
    personName,
    former: problem.personName,
  });
}

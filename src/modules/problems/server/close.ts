import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { closedBy } from './recheck.ts';
import { type Done, decide, load, newRound, type Seen, save, tell } from './step.ts';

/** 销号: the office has the last word on a major hazard and on what a superior handed down. */
export async function close(
  act: Act,
  input: Seen & { readonly approve: boolean; readonly opinion: string },
): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const opinion = input.opinion.trim();
  if (input.approve) {
    const state = decide(act, loaded, 'close', { content: opinion });
    const saved = await save(act, loaded, { ...closedBy(act, problem), state }, [{ turn: 'closed' }]);
    return tell(act, problem, saved, 'problem.closed', `${who(act)}销号：${opinion}`, { opinion });
  }
  const state = decide(act, loaded, 'refuseClose', { reason: opinion });
  const saved = await save(act, loaded, { ...newRound, state, sentBack: problem.sentBack + 1 });
  return tell(act, problem, saved, 'problem.closeRefused', `${who(act)}不予销号，退回继续整改：${opinion}`, {
    opinion,
    doneBy: problem.doneBy,
    recheckedBy: problem.recheckedBy,
    recheckedUnitId: problem.recheckedUnitId,
  });
}

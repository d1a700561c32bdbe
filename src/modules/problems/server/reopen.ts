import type { Day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, decideAs, load, newRound, save, tell } from './step.ts';

/**
 * Reopens a closed problem under its number: a new cycle with a new deadline, the old one stays in its record. `version`
 * absent: a look-back found it (`lookBackId` is kept in the fact), whatever page was open; the look-back then has made sure
 * that this person checks this problem.
 */
export async function reopenProblem(
  act: Act,
  asked: {
    readonly id: string;
    readonly version?: number;
    readonly reason: string;
    readonly dueOn: Day;
    readonly lookBackId?: string;
  },
): Promise<Done> {
  const given = { reason: asked.reason, newDue: asked.dueOn };
  const looked = asked.lookBackId !== undefined;
  const loaded = await load(act, asked, looked ? 'anywhere' : 'inSight');
  const { problem } = loaded;
  const state = looked ? decideAs(act, loaded, 'office', 'reopen', given) : decide(act, loaded, 'reopen', given);
  const after = await save(
    act,
    loaded,
    {
      ...newRound,
      state,
      cycle: problem.cycle + 1,
      openedOn: act.day,
      dueOn: asked.dueOn,
      closedOn: null,
      closedBy: null,
      closedByName: null,
      closeKind: null,
      endedOn: null,
      five: {},
    },
    [{ turn: 'reopened' }],
  );
  return tell(
    act,
    problem,
    after,
    'problem.reopened',
    `${who(act)}重新打开：${asked.reason.trim()}；新的整改时限${asked.dueOn}。`,
    {
      reason: asked.reason.trim(),
      oldDue: problem.dueOn,
      newDue: asked.dueOn,
      cycle: after.cycle,
      closed: {
        on: problem.closedOn,
        by: problem.closedBy,
        byName: problem.closedByName,
        doneBy: problem.doneBy,
        doneByName: problem.doneByName,
        recheckedBy: problem.recheckedBy,
        recheckedByName: problem.recheckedByName,
        recheckedUnitId: problem.recheckedUnitId,
      },
      ...(asked.lookBackId === undefined ? {} : { lookBackId: asked.lookBackId }),
    },
  );
}

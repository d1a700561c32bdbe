import { sql } from 'kysely';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { Problem } from '../problem.ts';
import { keepEvidence } from './photos.ts';
import { type EvidenceInput, evidenceOf } from './rounds.ts';
import { type Done, decide, load, newRound, type Seen, save, tell } from './step.ts';
import type { Turn } from './turns.ts';

/** Was it never rechecked before in this cycle? */
async function isFirst(act: Act, problem: Problem): Promise<boolean> {
  const found = await sql`
    select 1 from problem_turn where jurisdiction = ${act.actor.jurisdiction} and problem_id = ${problem.id}
      and turn = 'rechecked' and cycle = ${problem.cycle} limit 1`.execute(act.db);
  return found.rows.length === 0;
}

/** What ends with a closing. Fixed on the spot stays fixed on the spot, where no round followed. */
export const closedBy = (act: Act, problem: Problem): Partial<Problem> => ({
  closedOn: act.day,
  closedBy: act.actor.accountId,
  closedByName: act.actor.name,
  closeKind: problem.onSpot && problem.cycle === 1 && problem.sentBack === 0 ? 'onSpot' : 'rectified',
  endedOn: act.day,
});

/**
 * 复查: by somebody who did not rectify it, for a major hazard of another unit. Passed: closed, or, for a major hazard and
 * what a superior handed down, on to 销号. Failed: back to the unit, counted, with nothing proved.
 */
export async function recheck(
  act: Act,
  input: Seen & {
    readonly pass: boolean;
    readonly opinion: string;
    readonly evidence?: readonly EvidenceInput[];
  },
): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const opinion = input.opinion.trim();
  const action = input.pass ? 'passRecheck' : 'failRecheck';
  const state = decide(act, loaded, action, { content: opinion, reason: opinion });
  const first = await isFirst(act, problem);
  const kept = await keepEvidence(act, problem.id, problem.cycle, evidenceOf(input.evidence));
  const turn: Turn = { turn: 'rechecked', passed: input.pass, first };
  if (!input.pass) {
    const saved = await save(act, loaded, { ...newRound, state, sentBack: problem.sentBack + 1 }, [turn]);
    const times = saved.sentBack > 1 ? `（第${saved.sentBack}次退回）` : '';
    return tell(act, problem, saved, 'problem.sentBack', `${who(act)}复查退回${times}：${opinion}`, {
      opinion,
      files: kept,
      doneBy: problem.doneBy,
      doneOn: problem.doneOn,
    });
  }
  const rechecked: Partial<Problem> = {
    recheckedOn: act.day,
    recheckedBy: act.actor.accountId,
    recheckedByName: act.actor.name,
    recheckedByPerson: act.actor.personId,
    recheckedUnitId: act.actor.unitId,
  };
  const closes = state === 'closed';
  const saved = await save(
    act,
    loaded,
    { ...rechecked, ...(closes ? closedBy(act, problem) : {}), state },
    closes ? [turn, { turn: 'closed' }] : [turn],
  );
  return tell(
    act,
    problem,
    saved,
    closes ? 'problem.closed' : 'problem.rechecked',
    `${who(act)}复查通过${closes ? '，销号' : '，等安委办销号'}：${opinion}`,
    { opinion, files: kept, first },
  );
}

import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { ProblemAction } from '../lifecycle.ts';
import { type Problem, type ProblemRequest, type RequestKind, requestWords } from '../problem.ts';
import { closeRequest } from './requests.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { targetOf } from './store.ts';
import type { Turn } from './turns.ts';

const approving: Readonly<Record<RequestKind, ProblemAction>> = {
  extension: 'approveExtension',
  withdrawal: 'approveWithdrawal',
  merge: 'approveMerge',
  unfounded: 'approveUnfounded',
  plan: 'approvePlan',
};
const facts: Readonly<Record<RequestKind, string>> = {
  extension: 'problem.requestApproved',
  withdrawal: 'problem.withdrawn',
  merge: 'problem.merged',
  unfounded: 'problem.unfounded',
  plan: 'problem.planned',
};

/** What an approved request does to the problem; the first deadline is never touched. */
function granted(act: Act, problem: Problem, request: ProblemRequest): { changes: Partial<Problem>; turns: Turn[] } {
  const dueOn = request.newDue ?? problem.dueOn;
  const extensions = problem.extensions + 1;
  switch (request.kind) {
    case 'extension':
      return { changes: { dueOn, extensions }, turns: [] };
    case 'plan':
      return { changes: { dueOn, extensions, controlMeasures: request.controlMeasures }, turns: [] };
    case 'withdrawal':
      return { changes: { endedOn: act.day }, turns: [{ turn: 'withdrawn' }] };
    case 'unfounded':
      return { changes: { endedOn: act.day }, turns: [{ turn: 'unfounded' }] };
    case 'merge':
      return { changes: { endedOn: act.day, mergedInto: request.targetId }, turns: [{ turn: 'merged' }] };
  }
}

/** 审批: by another person than the one who asked, and never by the unit that asked or works on it. */
export async function decideRequest(
  act: Act,
  input: Seen & { readonly approve: boolean; readonly opinion: string },
): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const { request } = problem;
  const opinion = input.opinion.trim();
  if (!input.approve || !request) {
    decide(act, loaded, 'refuseRequest', { reason: opinion });
    await closeRequest(act, problem, false, opinion);
    const saved = await save(act, loaded, { request: null });
    const word = request ? requestWords[request.kind] : '';
    return tell(act, problem, saved, 'problem.requestRefused', `${who(act)}不批准${word}申请：${opinion}`, {
      requestId: request?.id,
      kind: request?.kind,
      opinion,
    });
  }
  const target = await targetOf(act.db, act.actor.jurisdiction, request.targetId, 'held');
  const state = decide(act, loaded, approving[request.kind], { reason: opinion, target });
  await closeRequest(act, problem, true, opinion);
  const { changes, turns } = granted(act, problem, request);
  const saved = await save(act, loaded, { ...changes, state, request: null }, turns);
  const moved = saved.dueOn === problem.dueOn ? '' : `，整改时限由${problem.dueOn}改为${saved.dueOn}`;
  const into = target ? `，并入${target.number}` : '';
  const told = `${who(act)}批准${requestWords[request.kind]}${into}${moved}${opinion === '' ? '' : `：${opinion}`}`;
  return tell(act, problem, saved, facts[request.kind], `${told}。`, {
    requestId: request.id,
    kind: request.kind,
    opinion,
    oldDue: problem.dueOn,
    newDue: saved.dueOn,
    targetId: request.targetId,
    askedBy: request.askedBy,
  });
}

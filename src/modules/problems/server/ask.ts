import { parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { ProblemAction } from '../lifecycle.ts';
import { type RequestKind, requestWords } from '../problem.ts';
import { openRequest } from './requests.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { targetOf } from './store.ts';

const asking: Readonly<Record<RequestKind, ProblemAction>> = {
  extension: 'askExtension',
  withdrawal: 'askWithdrawal',
  merge: 'askMerge',
  unfounded: 'askUnfounded',
  plan: 'askPlan',
};

/** 申请: for a later deadline, or for an end without rectification; somebody else decides. */
export async function ask(
  act: Act,
  input: Seen & {
    readonly kind: RequestKind;
    readonly reason: string;
    readonly newDue?: string | null;
    readonly targetId?: string | null;
    readonly controlMeasures?: string | null;
  },
): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const { kind } = input;
  const reason = input.reason.trim();
  const moves = kind === 'extension' || kind === 'plan';
  const newDue = moves && input.newDue ? parseDay(input.newDue) : null;
  if (moves && input.newDue && newDue === null)
    throw notValid(`没有“${input.newDue}”这一天，请重新选择时限。`, [{ where: 'body.newDue', says: '日期有误' }]);
  const target = kind === 'merge' ? await targetOf(act.db, act.actor.jurisdiction, input.targetId) : null;
  const controlMeasures = kind === 'plan' ? (input.controlMeasures?.trim() ?? null) : null;
  decide(act, loaded, asking[kind], { reason, newDue, target, controlMeasures });
  const request = await openRequest(act, problem, {
    kind,
    reason,
    newDue,
    targetId: target?.id ?? null,
    controlMeasures,
  });
  const saved = await save(act, loaded, { request });
  const what = target ? `并入${target.number}` : `${requestWords[kind]}${newDue ? `至${newDue}` : ''}`;
  return tell(act, problem, saved, 'problem.requested', `${who(act)}申请${what}：${reason}`, {
    requestId: request.id,
    kind,
    reason,
    oldDue: request.oldDue,
    newDue,
    targetId: request.targetId,
    controlMeasures,
  });
}

import { verdict } from '../../../kernel/lifecycle.ts';
import { notNow } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { type PlanAction, type PlanNeed, planLifecycle } from '../lifecycle.ts';
import { lockPlan, type PlanChange, savePlan } from './store.ts';

async function move(
  act: Act,
  id: string,
  action: PlanAction,
  options: { version?: number; unmet?: readonly PlanNeed[]; kind: string; says: string; change?: PlanChange },
): Promise<{ id: string; version: number }> {
  const plan = await lockPlan(act.db, act.actor, id);
  const judged = verdict(planLifecycle, { state: plan.state, action, parts: ['office'], unmet: options.unmet ?? [] });
  if (!judged.may) throw judged.refusal;
  if (options.version !== undefined && options.version !== plan.version) {
    throw notNow('这份方案在您打开之后已有变化，请看最新情况后再操作。');
  }
  await savePlan(act.db, act.actor.jurisdiction, id, { ...options.change, state: judged.to });
  await announce(act, {
    item: { kind: 'plan', id },
    kind: options.kind,
    says: options.says,
    from: plan.state,
    to: judged.to,
  });
  return { id, version: plan.version + 1 };
}

/** A plan of a superior is kept to be compared with; its lines become no tasks here. */
export const keepForReference = (act: Act, id: string) =>
  move(act, id, 'keepForReference', { kind: 'plan.keptForReference', says: '留作上级方案，供对接任务' });

export const reopenPlan = (act: Act, id: string) =>
  move(act, id, 'reopen', { kind: 'plan.reopened', says: '恢复校核' });

/**
 * Withdraws a plan. Tasks that were handed out stay with their units; each is withdrawn or finished on its own, because
 * work that has begun does not end with a paper.
 */
export const withdrawPlan = (act: Act, id: string, input: { version: number; reason: string }) =>
  move(act, id, 'withdraw', {
    version: input.version,
    unmet: input.reason.trim() === '' ? ['reason'] : [],
    kind: 'plan.withdrawn',
    says: `撤回方案：${input.reason.trim()}`,
    change: { endedBecause: input.reason.trim(), readingStep: null },
  });

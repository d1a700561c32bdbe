import { notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { calledEnterprise, type EnterpriseState, enterpriseStates } from '../enterprise.ts';
import type { Registered } from './create-enterprises.ts';
import { loadFor, nextRow } from './load.ts';
import { addStates, saveEnterprises } from './store.ts';

/** 停业, 恢复在营 or 注销 from a day on, with the reason. The day lies neither in the future nor before the last change. */
export async function changeEnterpriseState(
  act: Act,
  id: string,
  given: { readonly version: number; readonly state: EnterpriseState; readonly on: string; readonly reason: string },
): Promise<Registered> {
  const row = await loadFor(act, id, given.version, 'changeState');
  if (row.state === given.state)
    throw notNow(`${calledEnterprise(row)}现在就是「${enterpriseStates[row.state]}」，不需要变更。`);
  const day = (says: string) => notValid(`${says}，请核对日期。`, [{ where: 'body.on', says }]);
  if (given.on > act.day) throw day(`变更日期 ${given.on} 还没有到`);
  if (given.on < row.stateOn) throw day(`变更日期不能早于上一次变更（${row.stateOn}）`);
  const reason = given.reason.trim();
  await saveEnterprises(act.db, act.actor.jurisdiction, [nextRow(row, { state: given.state, state_on: given.on })]);
  await addStates(act.db, act.actor.jurisdiction, [{ enterpriseId: id, state: given.state, fromOn: given.on, reason }]);
  const word = given.state === 'active' ? '恢复在营' : enterpriseStates[given.state];
  await announce(act, {
    item: { kind: 'enterprise', id },
    kind: 'enterprise.stateChanged',
    from: row.state,
    to: given.state,
    says: `自 ${given.on} 起${word}：${reason}`,
  });
  return { id, number: row.number, version: row.version + 1 };
}

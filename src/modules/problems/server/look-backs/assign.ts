import { sql } from 'kysely';
import { parseDay } from '../../../../kernel/day.ts';
import { notValid, type RefusalPlace } from '../../../../kernel/refusal.ts';
import type { Act } from '../../../../platform/act.ts';
import { who } from '../../../../platform/case.ts';
import { announceMany } from '../../../../platform/facts/record.ts';
import { checkingAccounts } from '../../../access/server/door.ts';
import type { CheckNeed } from '../../look-back-lifecycle.ts';
import { problemsPermissions } from '../../permissions.ts';
import { checkVerdict, decide, sameUnit, tookPart } from './step.ts';
import { checkGone, lockChecks, lockLookBack } from './store.ts';

export const checkRoles = problemsPermissions['lookBack.check']?.roles ?? [];

/** 派发核查: gives drawn problems to a person who had no part in them. All of them, or none with the reasons. */
export async function assignChecks(
  act: Act,
  input: {
    readonly id: string;
    readonly itemIds: readonly string[];
    readonly checkerId: string;
    readonly dueOn: string;
  },
): Promise<{ id: string; number: string; version: number }> {
  const { jurisdiction } = act.actor;
  const draw = await lockLookBack(act.db, jurisdiction, input.id);
  decide(act, draw, 'assign', []);
  const [checker] = await checkingAccounts(act.db, jurisdiction, checkRoles, { id: input.checkerId });
  const due = parseDay(input.dueOn);
  const items = await lockChecks(act.db, jurisdiction, [...new Set(input.itemIds)]);
  if (items.length === 0 || items.some((item) => item.lookBackId !== draw.id)) throw checkGone();
  const places: RefusalPlace[] = [];
  const after = items.map((item) => {
    const unmet: CheckNeed[] = [];
    if (checker === undefined) unmet.push('checkerActive');
    if (checker && tookPart(item, checker)) unmet.push('checkerApart');
    if (checker && sameUnit(item, checker.unitId)) unmet.push('checkerOtherUnit');
    if (due === null || due < act.day) unmet.push('checkDay');
    const found = checkVerdict(act.actor, item, 'assign', unmet);
    if (!found.may) {
      if (items.length === 1) throw found.refusal;
      places.push({ where: item.number, says: found.refusal.says });
    }
    return { item, to: found.may ? found.to : item.state };
  });
  if (places.length > 0 || checker === undefined || due === null)
    throw notValid(`有 ${places.length} 条不能派给这位同志，一条也没有派发；请分开派发。`, places);
  await sql`
    update look_back_item set state = 'toCheck', checker_id = ${checker.accountId}, checker_name = ${checker.name},
      checker_unit_id = ${checker.unitId}, due_on = ${due}, assigned_on = ${act.day}, version = version + 1
    where jurisdiction = ${jurisdiction} and id = any(${items.map((item) => item.id)}::uuid[])`.execute(act.db);
  await announceMany(
    act,
    after.map(({ item, to }) => ({
      item: { kind: 'lookBackItem', id: item.id },
      kind: 'lookBackItem.assigned',
      says: `${who(act)}派${checker.unitName ?? ''}${checker.name}核查${item.number}，期限${due}。${item.checkerName === null ? '' : `原派${item.checkerName}。`}`,
      from: item.state,
      to,
      data: { version: item.version + 1, checkerId: checker.accountId, dueOn: due },
    })),
  );
  return { id: draw.id, number: draw.number, version: draw.version };
}

import { type Actor, hasRole } from '../../kernel/actor.ts';
import type { EnterpriseState } from './enterprise.ts';

/** What can be done with a file once it stands in the register. */
export type EnterpriseAction = 'change' | 'changeRegulator' | 'changeState' | 'merge' | 'confirm';

/** What decides whether somebody may do it. */
export interface InQuestion {
  readonly jurisdiction: string;
  readonly regulatorUnitId: string | null;
  readonly townUnitId: string | null;
  readonly state: EnterpriseState;
  readonly mergedInto: string | null;
}

/** Offices act in their whole jurisdiction; everybody else for the units that are his. */
export const isOwn = (actor: Actor, one: Pick<InQuestion, 'regulatorUnitId' | 'townUnitId'>): boolean =>
  actor.accountId === 'system' ||
  (hasRole(actor, 'officer') && actor.wholeJurisdiction) ||
  actor.units.some((unit) => unit === one.regulatorUnitId || unit === one.townUnitId);

/**
 * Why the actor cannot do this with the file, in one sentence, or null. The same sentence greys the button and refuses
 * the request. The regulator of record is settled by the office once there is one: nobody passes a firm on by himself.
 */
export function whyNot(actor: Actor, one: InQuestion, action: EnterpriseAction): string | null {
  if (one.jurisdiction !== actor.jurisdiction) return '这份档案属于其他地区，您可以查看，但不能办理。';
  if (!hasRole(actor, 'officer', 'clerk', 'unitLeader') && actor.accountId !== 'system')
    return '维护档案由安委办、直接监管单位或属地的经办人办理。';
  if (!isOwn(actor, one)) return '您的单位不是它的直接监管单位或属地，不能办理。';
  if (one.mergedInto !== null) return '这份档案已并入另一份，请到保留的档案办理。';
  if (one.state === 'closed' && action !== 'changeState' && action !== 'merge')
    return '这份档案已注销，不再修改；如果注销有误，请先恢复在营。';
  if (action === 'changeRegulator' && one.regulatorUnitId !== null && !hasRole(actor, 'officer'))
    return '直接监管单位已经登记，变更由安委办办理。';
  return null;
}

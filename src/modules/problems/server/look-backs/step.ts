import { type Actor, hasRole } from '../../../../kernel/actor.ts';
import type { Day } from '../../../../kernel/day.ts';
import { verdict } from '../../../../kernel/lifecycle.ts';
import type { Act } from '../../../../platform/act.ts';
import { refuseStale } from '../../../../platform/case.ts';
import {
  type CheckAction,
  type CheckNeed,
  type CheckPart,
  checkLifecycle,
  type LookBackAction,
  type LookBackNeed,
  lookBackLifecycle,
} from '../../look-back-lifecycle.ts';
import { type CheckItem, type LookBack, lockLookBack } from './store.ts';

export interface Seen {
  readonly id: string;
  readonly version: number;
}

/** Loads and locks a draw; refuses when somebody changed it since the page was opened. */
export async function load(act: Act, seen: Seen): Promise<LookBack> {
  const draw = await lockLookBack(act.db, act.actor.jurisdiction, seen.id);
  await refuseStale(act, '回头看', { ...draw, kind: 'lookBack' }, seen.version);
  return draw;
}

export const lookBackVerdict = (
  actor: Actor,
  draw: Pick<LookBack, 'state'>,
  action: LookBackAction,
  unmet: readonly LookBackNeed[],
) =>
  verdict(lookBackLifecycle, {
    state: draw.state,
    action,
    parts: hasRole(actor, 'officer') ? ['office'] : [],
    unmet,
  });

/** Where the action leads; throws the rule's refusal. */
export function decide(act: Act, draw: LookBack, action: LookBackAction, unmet: readonly LookBackNeed[]) {
  const found = lookBackVerdict(act.actor, draw, action, unmet);
  if (!found.may) throw found.refusal;
  return found.to;
}

/** What the actor is to a drawn problem. */
export function checkParts(actor: Actor, item: Pick<CheckItem, 'checkerId'>): CheckPart[] {
  const parts: CheckPart[] = hasRole(actor, 'officer') ? ['office'] : [];
  if (item.checkerId === actor.accountId) parts.push('checker');
  return parts;
}

/** Did this person, under whatever account, rectify, recheck or close the problem? */
export const tookPart = (
  item: CheckItem,
  person: { readonly accountId: string; readonly personId: string | null },
): boolean =>
  item.hands.includes(person.accountId) || (person.personId !== null && item.hands.includes(person.personId));

/** A major one is looked at by another unit than the one that led its rectification. */
export const sameUnit = (item: CheckItem, unitId: string | null): boolean =>
  item.grade === 'major' && (unitId === null || unitId === item.unitId);

export interface ResultGiven {
  readonly still: boolean;
  readonly text: string;
  readonly files: number;
  readonly newDue: Day | null;
  readonly problemState: string | null;
}

/** Needs of a result that are not met; `given` null: only what does not depend on the form. */
export function unmetOfResult(actor: Actor, item: CheckItem, today: Day, given: ResultGiven | null): CheckNeed[] {
  const unmet: CheckNeed[] = [];
  if (tookPart(item, actor)) unmet.push('actorApart');
  if (sameUnit(item, actor.unitId)) unmet.push('actorOtherUnit');
  if (given === null) return unmet;
  if (given.text.trim().length < 4) unmet.push('content', 'reason');
  if (given.files === 0) unmet.push('photos');
  if (given.newDue === null || given.newDue < today) unmet.push('newDeadline');
  if (given.problemState !== 'closed') unmet.push('reopenable');
  return unmet;
}

export const checkVerdict = (
  actor: Actor,
  item: Pick<CheckItem, 'state' | 'checkerId'>,
  action: CheckAction,
  unmet: readonly CheckNeed[],
) => verdict(checkLifecycle, { state: item.state, action, parts: checkParts(actor, item), unmet });

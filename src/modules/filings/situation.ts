import { type Actor, hasRole } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/day.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import { type Filing, type Filled, flawsOfFilled } from './filing.ts';
import { type FilingAction, type FilingNeed, type FilingPart, type FilingState, filingLifecycle } from './lifecycle.ts';
import type { Rhythm } from './rhythm.ts';

type Person = Pick<Actor, 'roles' | 'unitId'>;

/** What the actor is in relation to the filing. */
export function partsOf(filing: Pick<Filing, 'unitId'>, actor: Person): FilingPart[] {
  const has = (...roles: Actor['roles']): boolean => hasRole(actor as Actor, ...roles);
  return [
    ...(has('officer') ? (['office'] as const) : []),
    ...(actor.unitId !== null &&
    actor.unitId === (filing.unitId as Person['unitId']) &&
    has('officer', 'clerk', 'unitLeader', 'inspector')
      ? (['reporter'] as const)
      : []),
  ];
}

/** What a form has filled in; null instead of it: the form is not open yet. */
export interface Given {
  readonly filled?: Filled;
  readonly reason?: string;
  readonly newHour?: Date;
}

/** Needs that are not met. */
export function unmetNeeds(
  filing: Pick<Filing, 'unitId' | 'opensOn'>,
  rhythm: Pick<Rhythm, 'fields' | 'narrative' | 'cases' | 'practices' | 'attachments'>,
  actor: Person,
  now: { readonly day: Day; readonly at: Date },
  given: Given | null,
): FilingNeed[] {
  const unmet: FilingNeed[] = [];
  if (now.day < filing.opensOn) unmet.push('open');
  if (actor.unitId !== null && actor.unitId === (filing.unitId as Person['unitId'])) unmet.push('apart');
  if (given === null) return unmet;
  if (!given.filled || flawsOfFilled(rhythm, given.filled).length > 0) unmet.push('whole');
  if ((given.reason ?? '').trim().length < 2) unmet.push('reason');
  if (!given.newHour || !(given.newHour > now.at)) unmet.push('newHour');
  return unmet;
}

/** May the actor do this now? The same verdict greys the button and refuses the request. */
export const judge = (
  filing: Filing,
  rhythm: Rhythm,
  actor: Person,
  action: FilingAction,
  now: { readonly day: Day; readonly at: Date },
  given: Given | null,
): Verdict<FilingState> =>
  verdict(filingLifecycle, {
    state: filing.state,
    action,
    parts: partsOf(filing, actor),
    unmet: unmetNeeds(filing, rhythm, actor, now, given),
  });

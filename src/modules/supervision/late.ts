import { addDays, type Day, daysBetween } from '../../kernel/day.ts';
import { hanging } from './lifecycle.ts';
import type { Limits, ListedProblem, Listing } from './listing.ts';

/** What a listing should have had by now; every number is days past the limit, 0 where nothing is late. */
export interface Lateness {
  /** Last day for filing the plan; null before the notice. */
  readonly planDueOn: Day | null;
  readonly planLate: number;
  /** The limit of the listing: the deadline of the problem's rectification. */
  readonly limitOn: Day;
  readonly limitLate: number;
  /** Last day for the on-site acceptance that was asked for; null where none is. */
  readonly acceptanceDueOn: Day | null;
  readonly acceptanceLate: number;
  /** Past the day that a failed acceptance set for doing the work again. */
  readonly retryLate: number;
}

const past = (due: Day | null, today: Day): number => (due === null || today <= due ? 0 : daysBetween(due, today));

/** What is late on a day, and by how much. Nothing of it is stored. */
export function latenessOf(
  listing: Pick<Listing, 'state' | 'listedOn' | 'planFiledOn' | 'appliedOn' | 'retryOn'>,
  problem: Pick<ListedProblem, 'dueOn'>,
  today: Day,
  limits: Limits,
): Lateness {
  const { state } = listing;
  const planDueOn = listing.listedOn === null ? null : addDays(listing.listedOn, limits.planDays);
  const acceptanceDueOn =
    state === 'toAccept' && listing.appliedOn !== null ? addDays(listing.appliedOn, limits.acceptanceDays) : null;
  const working = state === 'listed' || state === 'planFiled' || state === 'rectifying';
  return {
    planDueOn,
    planLate: state === 'listed' ? past(planDueOn, today) : 0,
    limitOn: problem.dueOn,
    // applied for in time is in time: how long the acceptance then takes is not the rectifying unit's delay
    limitLate: working ? past(problem.dueOn, today) : 0,
    acceptanceDueOn,
    acceptanceLate: past(acceptanceDueOn, today),
    retryLate: state === 'rectifying' ? past(listing.retryOn, today) : 0,
  };
}

/** Why a listing may be escalated, in sentences; empty where there is no ground. They are frozen on the escalation. */
export function groundsOf(
  listing: Pick<Listing, 'state' | 'listedOn' | 'planFiledOn' | 'appliedOn' | 'retryOn' | 'failures' | 'lastFailedOn'>,
  problem: Pick<ListedProblem, 'dueOn'>,
  today: Day,
  limits: Limits,
): string[] {
  if (!hanging.includes(listing.state)) return [];
  const late = latenessOf(listing, problem, today, limits);
  const grounds: string[] = [];
  if (late.limitLate > 0) grounds.push(`整改时限${problem.dueOn}已过${late.limitLate}天，没有完成整改。`);
  if (late.planLate > 0) grounds.push(`整改方案应于${late.planDueOn ?? ''}前报送，已逾期${late.planLate}天。`);
  if (late.retryLate > 0) grounds.push(`重新整改时限${listing.retryOn ?? ''}已过${late.retryLate}天，没有完成整改。`);
  if (listing.failures > 0)
    grounds.push(`现场验收不通过${listing.failures}次，最近一次在${listing.lastFailedOn ?? ''}。`);
  return grounds;
}

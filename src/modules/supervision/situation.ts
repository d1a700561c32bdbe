import { type Actor, hasRole } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/day.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import { groundsOf } from './late.ts';
import {
  type ListingAction,
  type ListingNeed,
  type ListingPart,
  type ListingState,
  listingLifecycle,
} from './lifecycle.ts';
import {
  type Acceptor,
  type Check,
  type EscalationKind,
  type Level,
  type Limits,
  type ListedProblem,
  type Listing,
  planParts,
  type RectificationPlan,
  usualLevels,
  usualLimits,
} from './listing.ts';

type Person = Pick<Actor, 'accountId' | 'personId' | 'roles' | 'unitId' | 'name'>;
const has = (actor: Person, ...roles: Actor['roles']): boolean => hasRole(actor as Actor, ...roles);

/** What the actor is in relation to the listing. */
export function partsOf(
  listing: Pick<Listing, 'proposedBy' | 'proposedUnitId'>,
  problem: Pick<ListedProblem, 'leadUnitId' | 'supervisingUnitId'>,
  actor: Person,
): ListingPart[] {
  const parts: ListingPart[] = [];
  if (has(actor, 'officer')) parts.push('office');
  if (has(actor, 'leader')) parts.push('leader');
  const { unitId } = actor;
  const works = has(actor, 'officer', 'clerk', 'inspector', 'unitLeader');
  if (works && (actor.accountId === listing.proposedBy || (unitId !== null && unitId === listing.proposedUnitId)))
    parts.push('proposer');
  if (unitId === null || !works) return parts;
  if (unitId === problem.leadUnitId) parts.push('lead');
  if (unitId === problem.supervisingUnitId) parts.push('supervisor');
  return parts;
}

/** What a form has filled in, as far as rules ask; null instead of it: the form is not open yet. */
export interface Given {
  readonly reason?: string;
  readonly content?: string;
  readonly opinion?: string;
  readonly approver?: { readonly name: string; readonly post: string; readonly on: Day };
  readonly plan?: RectificationPlan;
  readonly people?: readonly Acceptor[];
  readonly checks?: readonly Check[];
  readonly heldOn?: Day;
  readonly retryOn?: Day | null;
  readonly escalation?: {
    readonly kind: EscalationKind;
    readonly level: string | null;
    readonly demands: readonly string[];
    readonly replyOn: Day | null;
  };
}

/** What the rules know beside the listing. */
export interface Setting {
  readonly limits: Limits;
  readonly levels: readonly Level[];
}
export const usualSetting: Setting = { limits: usualLimits, levels: usualLevels };

const short = (text: string | null | undefined): boolean => (text ?? '').trim().length < 2;
/** Names as people write them: white space and brackets do not tell two units apart. */
const plain = (name: string): string => name.replace(/[\s\u3000（）()]/g, '');

function acceptorsApart(people: readonly Acceptor[], problem: ListedProblem): boolean {
  const strangers = [problem.leadUnitName, ...(problem.subject === null ? [] : [problem.subject])].map(plain);
  return people.every(
    ({ name, unitName }) =>
      !strangers.some((one) => one !== '' && (plain(unitName) === one || plain(unitName).startsWith(one))) &&
      (problem.doneByName === null || plain(name) !== plain(problem.doneByName)),
  );
}

function unmetByForm(
  listing: Listing,
  problem: ListedProblem,
  today: Day,
  given: Given,
  levels: readonly Level[],
): ListingNeed[] {
  const unmet: ListingNeed[] = [];
  const { approver, people = [], checks = [], heldOn, escalation } = given;
  if (short(given.reason)) unmet.push('reason');
  if (short(given.content) && (escalation === undefined || escalation.kind === 'measures')) unmet.push('content');
  if (short(given.opinion)) unmet.push('opinion');
  if (
    !approver ||
    short(approver.name) ||
    short(approver.post) ||
    approver.on < listing.proposedOn ||
    approver.on > today
  )
    unmet.push('approver');
  else if (plain(approver.name) === plain(listing.proposedByName)) unmet.push('otherPerson');
  if (!given.plan || planParts.some((part) => short(given.plan?.[part]))) unmet.push('sixParts');
  const whole = people.every((one) => !short(one.name) && !short(one.unitName) && !short(one.post));
  const names = new Set(people.filter((one) => one.as === 'staff').map((one) => plain(one.name)));
  if (!whole || names.size < 2) unmet.push('twoPeople');
  if (!acceptorsApart(people, problem)) unmet.push('peopleApart');
  if (!heldOn || heldOn > today || (listing.appliedOn !== null && heldOn < listing.appliedOn)) unmet.push('heldDay');
  if (checks.length < listing.requirements.length || checks.some((one) => short(one.finding))) unmet.push('checked');
  if (!given.retryOn || given.retryOn <= today) unmet.push('retryDay');
  const rank = (code: string | null): number => levels.findIndex((one) => one.code === code);
  if (escalation?.kind === 'higherLevel' && rank(escalation.level) <= rank(listing.level)) unmet.push('higherLevel');
  if (
    escalation?.kind === 'letter' &&
    (escalation.demands.every(short) || !escalation.replyOn || escalation.replyOn <= today)
  )
    unmet.push('letterWords');
  return unmet;
}

/** Is this the account that proposed, or the same person under another account? */
const proposed = (listing: Listing, actor: Person): boolean =>
  actor.accountId === listing.proposedBy ||
  (listing.proposedByPerson !== null && actor.personId === listing.proposedByPerson);

/** Needs of the table that are not met now. `given` null: only what does not depend on a form. */
export function unmetNeeds(
  listing: Listing,
  problem: ListedProblem,
  actor: Person,
  today: Day,
  given: Given | null,
  setting: Setting = usualSetting,
): ListingNeed[] {
  const unmet: ListingNeed[] = given === null ? [] : unmetByForm(listing, problem, today, given, setting.levels);
  if (proposed(listing, actor)) unmet.push('otherPerson');
  if (!problem.major) unmet.push('stillMajor');
  if (!problem.open) unmet.push('problemOpen');
  if (problem.dueOn < today) unmet.push('limitAhead');
  if (actor.unitId !== null && actor.unitId === problem.leadUnitId) unmet.push('notLead');
  const done = problem.doneOn !== null && ['toRecheck', 'toClose', 'closed'].includes(problem.state);
  if (!done || (listing.lastFailedOn !== null && (problem.doneOn ?? '') < listing.lastFailedOn))
    unmet.push('doneReported');
  if (groundsOf(listing, problem, today, setting.limits).length === 0) unmet.push('grounds');
  if (problem.state !== 'toClose' && problem.state !== 'closed') unmet.push('problemRechecked');
  if (listing.acceptedBy === actor.accountId) unmet.push('delisterApart');
  if (problem.major && !problem.ending && (problem.open || problem.state === 'closed')) unmet.push('problemGone');
  return [...new Set(unmet)];
}

/** May the actor do this now, and where does it lead? The same verdict greys the button and refuses the request. */
export const judge = (
  listing: Listing,
  problem: ListedProblem,
  actor: Person,
  action: ListingAction,
  today: Day,
  given: Given | null,
  setting: Setting = usualSetting,
): Verdict<ListingState> =>
  verdict(listingLifecycle, {
    state: listing.state,
    action,
    parts: partsOf(listing, problem, actor),
    unmet: unmetNeeds(listing, problem, actor, today, given, setting),
  });

/** Who may propose that a problem be listed, and why not. Null: he may. */
export function proposalRefusal(
  problem: ListedProblem,
  actor: Person,
  open: { readonly number: string } | null,
): string | null {
  const { unitId } = actor;
  const may =
    has(actor, 'officer') ||
    (unitId !== null && unitId === problem.supervisingUnitId && has(actor, 'clerk', 'inspector', 'unitLeader'));
  if (open) return `这条问题已有挂牌督办${open.number}在办，不能重复提请。`;
  if (!may) return '提请挂牌应由安委办工作人员或这条问题的督办单位办理，您不在其列。';
  if (!problem.major) return listingLifecycle.needs.stillMajor;
  if (!problem.open) return listingLifecycle.needs.problemOpen;
  return null;
}

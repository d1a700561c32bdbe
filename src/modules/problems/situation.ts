import { type Actor, hasRole } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/day.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import { type Allowances, usualAllowances } from './allowances.ts';
import { correctable } from './fields.ts';
import { fiveComplete } from './five.ts';
import {
  isOpen,
  type ProblemAction,
  type ProblemNeed,
  type ProblemPart,
  type ProblemState,
  problemLifecycle,
} from './lifecycle.ts';
import type { Grade, Problem, RequestKind } from './problem.ts';

type Person = Pick<Actor, 'accountId' | 'personId' | 'roles' | 'unitId'>;

/** What grid staff may do for the town that leads: handle it on the ground. Asking, disputing and approving is the town's. */
const gridActions: readonly ProblemAction[] = ['receive', 'report', 'reportDone'];

/** What the actor is in relation to the problem, for one action. Relation, not role, decides. */
export function partsOf(
  problem: Pick<Problem, 'leadUnitId' | 'coUnitIds' | 'supervisingUnitId' | 'finderUnitId'>,
  actor: Person,
  action: ProblemAction,
): ProblemPart[] {
  const parts: ProblemPart[] = [];
  const has = (...roles: Actor['roles']): boolean => hasRole(actor as Actor, ...roles);
  if (has('officer')) parts.push('office');
  const { unitId } = actor;
  if (unitId === null) return parts;
  const works = has('officer', 'clerk', 'inspector');
  if (unitId === problem.leadUnitId && (works || (has('gridWorker') && gridActions.includes(action))))
    parts.push('lead');
  if (unitId === problem.leadUnitId && has('unitLeader')) parts.push('leadHead');
  if (problem.coUnitIds.includes(unitId) && (works || has('unitLeader'))) parts.push('co');
  if (unitId === problem.supervisingUnitId && (works || has('unitLeader'))) parts.push('supervisor');
  if (unitId === problem.finderUnitId && (works || has('unitLeader', 'gridWorker'))) parts.push('finder');
  return parts;
}

/** The problem that another is to be merged into, as far as the rule asks. */
export interface MergeTarget {
  readonly id: string;
  readonly state: ProblemState;
}

/** What a form has filled in, as far as rules ask for it; null instead of it: the form is not open yet. */
export interface Given {
  readonly reason?: string;
  readonly content?: string;
  readonly newDue?: Day | null;
  readonly newLeadUnitId?: string;
  readonly grade?: Grade;
  readonly clauses?: number;
  readonly fields?: readonly string[];
  readonly target?: MergeTarget | null;
  readonly controlMeasures?: string | null;
  /** Files that come with the form, and those of them that show the state afterwards. */
  readonly files?: number;
  readonly after?: number;
}

const short = (text: string | null | undefined): boolean => (text ?? '').trim().length < 2;

function unmetByForm(problem: Problem, actor: Person, today: Day, given: Given): ProblemNeed[] {
  const unmet: ProblemNeed[] = [];
  if (short(given.reason)) unmet.push('reason');
  if ((given.content ?? '').trim() === '') unmet.push('content');
  if (given.newLeadUnitId === undefined || given.newLeadUnitId === problem.leadUnitId) unmet.push('otherUnit');
  if (given.grade === 'major' ? (given.clauses ?? 0) === 0 : short(given.reason)) unmet.push('clauses');
  if (problem.grade === 'major' && given.grade === 'general') {
    const byJudge = problem.judgement === null || problem.judgement.byId === actor.accountId;
    if (byJudge || !hasRole(actor as Actor, 'officer')) unmet.push('downgradeApart');
  }
  const open: readonly string[] = correctable(problem);
  if ((given.fields ?? []).length === 0 || (given.fields ?? []).some((name) => !open.includes(name)))
    unmet.push('unsealed');
  if (!given.newDue || given.newDue <= problem.dueOn) unmet.push('laterDay');
  if (!given.newDue || given.newDue < today) unmet.push('newDeadline');
  const { target } = given;
  if (!target || target.id === problem.id || !isOpen(target.state)) unmet.push('mergeTarget');
  if (short(given.controlMeasures)) unmet.push('controlMeasures');
  if (problem.evidence + (given.files ?? 0) === 0) unmet.push('evidence');
  if (problem.afterFiles + (given.after ?? 0) === 0) unmet.push('afterPhoto');
  return unmet;
}

const requestNeeds: Readonly<Record<RequestKind, ProblemNeed>> = {
  extension: 'extensionRequest',
  withdrawal: 'withdrawalRequest',
  merge: 'mergeRequest',
  unfounded: 'unfoundedRequest',
  plan: 'planRequest',
};

/** Is this actor the account or, where both are known, the same person under another account? */
const sameAs = (actor: Person, accountId: string | null, personId: string | null): boolean =>
  accountId !== null && (accountId === actor.accountId || (personId !== null && personId === actor.personId));

function unmetByRequest(problem: Problem, actor: Person): ProblemNeed[] {
  const { request } = problem;
  const unmet: ProblemNeed[] = (Object.keys(requestNeeds) as RequestKind[])
    .filter((kind) => kind !== request?.kind)
    .map((kind) => requestNeeds[kind]);
  if (request) {
    unmet.push('noRequest');
    if (sameAs(actor, request.askedBy, request.askedByPerson)) unmet.push('otherPerson');
  } else unmet.push('anyRequest');
  // The unit that works on it, and the one that asked, never decide; where the office is that unit, another officer does.
  const party = actor.unitId !== null && (actor.unitId === problem.leadUnitId || actor.unitId === request?.askedUnitId);
  if (party && !hasRole(actor as Actor, 'officer')) unmet.push('deciderApart');
  return unmet;
}

/** Who worked on it in this cycle: whoever reported progress or that it is done. */
const workedOn = (problem: Problem, actor: Person): boolean =>
  sameAs(actor, problem.doneBy, problem.doneByPerson) ||
  problem.workers.some((one) => sameAs(actor, one.accountId, one.personId));

function unmetByClosing(problem: Problem, actor: Person): ProblemNeed[] {
  const unmet: ProblemNeed[] = [];
  const worked = workedOn(problem, actor);
  if (worked) unmet.push('recheckerApart');
  // a key is the whole unit's: whoever of the unit would recheck what it reported would recheck his own
  const otherUnit = problem.grade === 'major' || problem.doneByKey;
  if (otherUnit && (actor.unitId === null || actor.unitId === problem.leadUnitId)) unmet.push('recheckerOtherUnit');
  unmet.push(problem.grade === 'major' || problem.handedDown ? 'closesAtRecheck' : 'needsClosing');
  if (worked || sameAs(actor, problem.recheckedBy, problem.recheckedByPerson)) unmet.push('closerApart');
  return unmet;
}

/** Needs of the table that are not met now. `given` null: only what does not depend on a form. */
export function unmetNeeds(
  problem: Problem,
  actor: Person,
  action: ProblemAction,
  today: Day,
  given: Given | null,
  allowed: Allowances = usualAllowances,
): ProblemNeed[] {
  const unmet: ProblemNeed[] = given === null ? [] : unmetByForm(problem, actor, today, given);
  if (given === null && correctable(problem).length === 0) unmet.push('unsealed');
  if (given === null && action === 'askUnfounded' && problem.evidence === 0) unmet.push('evidence');
  if (!fiveComplete(problem)) unmet.push('fiveComplete');
  if (problem.listedOn !== null && problem.delistedOn === null) unmet.push('unlisted');
  if (today > problem.dueOn) unmet.push('beforeExpiry');
  if (problem.extensions >= allowed.extensions) unmet.push('extensionsLeft');
  return [...unmet, ...unmetByRequest(problem, actor), ...unmetByClosing(problem, actor)];
}

/** Which of the two ends of a passed recheck it is, is no fault of the person: named only by choosing the row. */
const routing: readonly ProblemNeed[] = ['closesAtRecheck', 'needsClosing'];

/** May the actor do this now, and where does it lead? The same verdict greys the button and refuses the request. */
export function judge(
  problem: Problem,
  actor: Person,
  action: ProblemAction,
  today: Day,
  given: Given | null,
  allowed: Allowances = usualAllowances,
): Verdict<ProblemState> {
  const unmet = unmetNeeds(problem, actor, action, today, given, allowed);
  const now = { state: problem.state, action, parts: partsOf(problem, actor, action) };
  const faults = verdict(problemLifecycle, { ...now, unmet: unmet.filter((need) => !routing.includes(need)) });
  return faults.may ? verdict(problemLifecycle, { ...now, unmet }) : faults;
}

import { type Actor, hasRole } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/day.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import { type TaskAction, type TaskNeed, type TaskPart, type TaskState, taskLifecycle } from './lifecycle.ts';
import { occurrencesReached } from './schedule.ts';
import type { Task } from './task.ts';

type Person = Pick<Actor, 'accountId' | 'roles' | 'unitId' | 'units'> & Partial<Pick<Actor, 'jurisdiction'>>;

/**
 * What the actor is in relation to the task. The office, where it leads a task itself, is both office and lead;
 * `checkerApart` then keeps the two apart by person.
 */
export function partsOf(task: Pick<Task, 'leadUnitId' | 'coUnits' | 'parentLeadUnitId'>, actor: Person): TaskPart[] {
  const parts: TaskPart[] = [];
  const has = (...roles: Actor['roles']): boolean => hasRole(actor as Actor, ...roles);
  const officer = has('officer');
  if (officer) parts.push('office');
  const unit = actor.unitId;
  if (unit === null) return parts;
  if (unit === task.leadUnitId && (officer || has('clerk'))) parts.push('lead');
  if (unit === task.leadUnitId && has('unitLeader')) parts.push('leadHead');
  if (task.coUnits.some((one) => one.unitId === unit) && (officer || has('clerk', 'unitLeader'))) parts.push('co');
  if (unit === task.parentLeadUnitId && (officer || has('clerk', 'unitLeader'))) parts.push('parentLead');
  return parts;
}

/** What a form has filled in, as far as rules ask for it; an absent field means that the form is not open yet. */
export interface Given {
  readonly reason?: string;
  readonly content?: string;
  readonly newDue?: Day | null;
  readonly newLeadUnitId?: string;
  readonly splitAllowed?: boolean;
  readonly ordered?: boolean;
  readonly on?: Day;
}

/** Needs that depend on what is filled in; for a button alone they count as met. */
function unmetByForm(task: Task, today: Day, given: Given): TaskNeed[] {
  const unmet: TaskNeed[] = [];
  if ((given.reason ?? '').trim().length < 2) unmet.push('reason');
  if ((given.content ?? '').trim() === '') unmet.push('content');
  if (given.newDue !== undefined && given.newDue !== null) {
    if (task.dueOn !== null && given.newDue <= task.dueOn) unmet.push('laterDay');
    if (task.parentDueOn !== null && given.newDue > task.parentDueOn) unmet.push('withinParent');
  } else unmet.push('laterDay');
  if (given.newLeadUnitId === undefined || given.newLeadUnitId === task.leadUnitId) unmet.push('otherUnit');
  if (given.splitAllowed !== true) unmet.push('splitUnits');
  if (given.ordered !== true) unmet.push('ordered');
  if (given.on === undefined || given.on > today || given.on.slice(0, 4) < task.startedOn.slice(0, 4))
    unmet.push('notFuture');
  return unmet;
}

/** Needs of the table that are not met now. `given` null: only what does not depend on a form. */
export function unmetNeeds(task: Task, actor: Person, today: Day, given: Given | null): TaskNeed[] {
  const unmet: TaskNeed[] = given === null ? [] : unmetByForm(task, today, given);
  const own = task.coUnits.find((one) => one.unitId === actor.unitId);
  if (own && own.receivedOn !== null) unmet.push('coOpen');
  if (task.evidence === 0) unmet.push('evidence');
  if (task.openChildren > 0) unmet.push('childrenClosed');
  if (!occurrencesReached(task, today)) unmet.push('occurrencesReached');
  if (task.dueOn === null) unmet.push('hasDue');
  else if (today > task.dueOn) unmet.push('beforeExpiry');
  if (task.request) unmet.push('noRequest');
  else unmet.push('request');
  if (task.request && task.request.askedBy === actor.accountId) unmet.push('otherPerson');
  if (task.request && task.parentDueOn !== null && task.request.newDue > task.parentDueOn) unmet.push('withinParent');
  // The working unit never checks itself; where the office works, somebody else than the one who submitted.
  const sameUnit = actor.unitId !== null && actor.unitId === task.leadUnitId;
  if (sameUnit && !hasRole(actor as Actor, 'officer')) unmet.push('checkerApart');
  else if (task.submittedBy === actor.accountId) unmet.push('checkerApart');
  if (task.receivedOn === null) unmet.push('received');
  else unmet.push('notReceived');
  return unmet;
}

/** May the actor do this now, and where does it lead? The same verdict greys the button and refuses the request. */
export const judge = (
  task: Task,
  actor: Person,
  action: TaskAction,
  today: Day,
  given: Given | null,
): Verdict<TaskState> =>
  verdict(taskLifecycle, {
    state: task.state,
    action,
    parts: partsOf(task, actor),
    unmet: unmetNeeds(task, actor, today, given),
  });

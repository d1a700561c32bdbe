import { type Actor, hasRole } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/day.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  type Attendee,
  asksReply,
  type Commitment,
  isOutward,
  type Pressure,
  type PressureKind,
  replyLate,
} from './pressure.ts';
import {
  type PressureAction,
  type PressureNeed,
  type PressurePart,
  type PressureState,
  pressureLifecycle,
} from './pressure-lifecycle.ts';

type Person = Pick<Actor, 'accountId' | 'personId' | 'roles' | 'unitId' | 'name'>;
const has = (actor: Person, ...roles: Actor['roles']): boolean => hasRole(actor as Actor, ...roles);

/** What the actor is in relation to the measure. */
export function pressureParts(
  one: Pick<Pressure, 'kind' | 'unitId' | 'proposedBy' | 'proposedUnitId'>,
  actor: Person,
): PressurePart[] {
  const parts: PressurePart[] = [];
  if (has(actor, 'officer')) parts.push('office');
  if (has(actor, 'officer') && isOutward(one.kind)) parts.push('recorder');
  if (has(actor, 'leader')) parts.push('leader');
  const { unitId } = actor;
  if (
    has(actor, 'officer', 'clerk', 'inspector', 'unitLeader') &&
    (actor.accountId === one.proposedBy || (unitId !== null && unitId === one.proposedUnitId))
  )
    parts.push('proposer');
  // an officer never answers for a unit: what is sent to the office itself is answered by its clerk or head
  if (!isOutward(one.kind) && unitId !== null && unitId === one.unitId && has(actor, 'clerk', 'unitLeader'))
    parts.push('target');
  return parts;
}

/** What a form has filled in, as far as rules ask; null instead of it: the form is not open yet. */
export interface PressureGiven {
  readonly reason?: string;
  readonly content?: string;
  readonly opinion?: string;
  readonly approver?: { readonly name: string; readonly post: string; readonly on: Day };
  readonly demands?: readonly string[];
  readonly addressee?: string;
  readonly replyDueOn?: Day | null;
  readonly meetOn?: Day | null;
  readonly meetAt?: string;
  readonly meetPlace?: string;
  readonly meetHost?: string;
  readonly medium?: string;
  readonly publishedOn?: Day | null;
  readonly heldOn?: Day | null;
  readonly attendees?: readonly Attendee[];
  readonly commitments?: readonly Commitment[];
}

const short = (text: string | null | undefined): boolean => (text ?? '').trim().length < 2;
const plain = (name: string): string => name.replace(/[\s\u3000（）()]/g, '');

function unmetByForm(one: Pressure, today: Day, given: PressureGiven): PressureNeed[] {
  const unmet: PressureNeed[] = [];
  const { approver, attendees = [], commitments = [] } = given;
  if (short(given.reason)) unmet.push('reason');
  if (short(given.content)) unmet.push('content');
  if (short(given.opinion)) unmet.push('opinion');
  if (
    !approver ||
    short(approver.name) ||
    short(approver.post) ||
    approver.on < (one.proposedOn ?? one.suggestedOn) ||
    approver.on > today
  )
    unmet.push('approver');
  else if (one.proposedByName !== null && plain(approver.name) === plain(one.proposedByName)) unmet.push('otherPerson');
  if ((given.demands ?? []).every(short) || short(given.addressee)) unmet.push('demands');
  if (asksReply(one.kind) && one.kind !== 'interview' && (!given.replyDueOn || given.replyDueOn <= today))
    unmet.push('replyDay');
  if (
    one.kind === 'interview' &&
    (!given.meetOn || given.meetOn < today || short(given.meetAt) || short(given.meetPlace) || short(given.meetHost))
  )
    unmet.push('meeting');
  if (one.kind === 'exposure' && (short(given.medium) || !given.publishedOn || given.publishedOn > today))
    unmet.push('publication');
  if (!given.heldOn || given.heldOn > today || (one.servedOn !== null && given.heldOn < one.servedOn))
    unmet.push('held');
  const whole = attendees.every((each) => !short(each.name) && !short(each.post) && !short(each.unitName));
  if (!whole || !attendees.some((each) => each.as === 'host') || !attendees.some((each) => each.as === 'called'))
    unmet.push('attendees');
  if (commitments.length === 0 || commitments.some((each) => short(each.text) || each.dueOn <= today))
    unmet.push('commitments');
  return unmet;
}

/** Is this the account that proposed, or the same person under another account? */
const proposed = (one: Pressure, actor: Person): boolean =>
  actor.accountId === one.proposedBy || (one.proposedByPerson !== null && actor.personId === one.proposedByPerson);

/** Needs of the table that are not met now. `given` null: only what does not depend on a form. */
export function unmetPressureNeeds(
  one: Pressure,
  actor: Person,
  today: Day,
  given: PressureGiven | null,
  openCommitments: number,
): PressureNeed[] {
  const unmet: PressureNeed[] = given === null ? [] : unmetByForm(one, today, given);
  if (proposed(one, actor)) unmet.push('otherPerson');
  if (actor.unitId !== null && actor.unitId === one.unitId) unmet.push('notTarget');
  if (one.kind === 'interview') unmet.push('notInterview');
  else unmet.push('isInterview');
  if (!asksReply(one.kind)) unmet.push('asksReply');
  else if (one.state !== 'replied' && one.state !== 'tracking') unmet.push('answered');
  if (isOutward(one.kind)) unmet.push('inward');
  if (openCommitments > 0) unmet.push('commitmentsDone');
  if (replyLate(one, today) === 0) unmet.push('replyLate');
  return [...new Set(unmet)];
}

/** May the actor do this now, and where does it lead? The same verdict greys the button and refuses the request. */
export const judgePressure = (
  one: Pressure,
  actor: Person,
  action: PressureAction,
  today: Day,
  given: PressureGiven | null,
  openCommitments = 0,
): Verdict<PressureState> =>
  verdict(pressureLifecycle, {
    state: one.state,
    action,
    parts: pressureParts(one, actor),
    unmet: unmetPressureNeeds(one, actor, today, given, openCommitments),
  });

/** Who may propose a measure against a unit, and why not. Null: he may. */
export function pressureProposalRefusal(kind: PressureKind, unitId: string, actor: Person): string | null {
  if (!has(actor, 'officer', 'clerk', 'unitLeader', 'inspector'))
    return '提请督促措施应由安委办或督办单位的工作人员办理。';
  if (actor.unitId === unitId) return '不能对本单位提请督促措施，请选择其他单位。';
  if (kind === 'transfer' && !has(actor, 'officer')) return '线索移交只由安委办工作人员提请，请把情况报安委办。';
  return null;
}

import { type Actor, hasRole } from '../../kernel/actor.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  type MeetingAction,
  type MeetingNeed,
  type MeetingPart,
  type MeetingState,
  meetingLifecycle,
} from './lifecycle.ts';
import type { Attendee, Decision, DecisionAsked, Topic } from './shapes.ts';

/** What is kept of one meeting; its day stands beside, as the day of the case. Days are YYYY-MM-DD. */
export interface Meeting {
  readonly obligationId: string | null;
  readonly name: string;
  readonly convenerUnitId: string | null;
  readonly convener: string;
  readonly time: string;
  readonly place: string;
  readonly chair: string;
  readonly attendees: readonly Attendee[];
  readonly agenda: readonly Topic[];
  readonly noticeNumber: string | null;
  readonly heldOn: string | null;
  /** The day on which somebody recorded that it was held. */
  readonly registeredOn: string | null;
  /** 会议议定的内容, paragraph by paragraph. */
  readonly points: readonly string[];
  readonly decisions: readonly Decision[];
  readonly draftedBy: string | null;
  readonly draftedByName: string | null;
  readonly draftedByPerson: string | null;
  readonly returned: string | null;
  readonly minutesNumber: string | null;
  readonly issuedOn: string | null;
  readonly fileIds: readonly string[];
}

/** What a form has filled in, as far as rules ask. */
export interface MeetingGiven {
  readonly reason?: string;
  readonly agenda?: readonly Topic[];
  readonly heldOn?: string;
  readonly chair?: string;
  readonly attendees?: readonly Attendee[];
  readonly points?: readonly string[];
  readonly decisions?: readonly DecisionAsked[];
}

type Person = Pick<Actor, 'accountId' | 'personId' | 'roles' | 'unitId'>;
const has = (actor: Person, ...roles: Actor['roles']): boolean => hasRole(actor as Actor, ...roles);
const short = (text: string | null | undefined): boolean => (text ?? '').trim().length < 2;

/** What the actor is in relation to the meeting. */
export function meetingParts(meeting: Pick<Meeting, 'convenerUnitId'>, actor: Person): MeetingPart[] {
  const parts: MeetingPart[] = [];
  if (has(actor, 'officer')) parts.push('office');
  if (has(actor, 'leader')) parts.push('leader');
  if (actor.unitId !== null && actor.unitId === meeting.convenerUnitId && has(actor, 'clerk', 'unitLeader', 'officer'))
    parts.push('convener');
  return parts;
}

/** Somebody on leave or who sent another is written down with whom or why. */
const entered = (one: Attendee): boolean =>
  one.came !== null && ((one.came !== 'substitute' && one.came !== 'leave') || !short(one.note));

const sound = (decisions: readonly DecisionAsked[], today: string): boolean =>
  decisions.every((one) => !short(one.text) && (one.leadUnitId === null || (one.dueOn !== null && one.dueOn > today)));

/** Needs of the table that are not met now. `given` null: only what does not depend on a form. */
export function meetingUnmet(
  meeting: Meeting,
  plannedOn: string,
  actor: Person,
  today: string,
  given: MeetingGiven | null,
): MeetingNeed[] {
  const unmet: MeetingNeed[] = [];
  if (short(meeting.place) || meeting.time === '') unmet.push('place');
  if (meeting.attendees.length === 0) unmet.push('people');
  if (plannedOn < today) unmet.push('dayAhead');
  const same =
    meeting.draftedBy === actor.accountId ||
    (meeting.draftedByPerson !== null && meeting.draftedByPerson === actor.personId);
  if (same) unmet.push('otherPerson');
  if ((given?.agenda ?? meeting.agenda).every((one) => short(one.text))) unmet.push('agenda');
  if (given === null) return unmet;
  if (short(given.reason)) unmet.push('reason');
  if (!given.heldOn || given.heldOn > today) unmet.push('heldDay');
  if (short(given.chair)) unmet.push('chair');
  if (!given.attendees || given.attendees.length === 0 || !given.attendees.every(entered)) unmet.push('attendance');
  if ((given.points ?? []).every(short)) unmet.push('points');
  if (!sound(given.decisions ?? meeting.decisions, today)) unmet.push('decisions');
  return unmet;
}

/** May the actor do this now, and where does it lead? The same verdict greys the button and refuses the request. */
export function judgeMeeting(
  now: { readonly state: MeetingState; readonly on: string; readonly body: Meeting },
  actor: Person,
  action: MeetingAction,
  today: string,
  given: MeetingGiven | null,
): Verdict<MeetingState> {
  const unmet = meetingUnmet(now.body, now.on, actor, today, given);
  // before the form is open, an agenda that is about to be set is not missing yet
  const asked = action === 'setAgenda' && given === null ? unmet.filter((need) => need !== 'agenda') : unmet;
  return verdict(meetingLifecycle, {
    state: now.state,
    action,
    parts: meetingParts(now.body, actor),
    unmet: asked,
  });
}

/** Attendance in figures: 应到、实到（含派人）、请假、缺席. */
export function attendanceOf(attendees: readonly Attendee[]): {
  readonly asked: number;
  readonly came: number;
  readonly leave: number;
  readonly absent: number;
} {
  const of = (...kinds: Attendee['came'][]): number => attendees.filter((one) => kinds.includes(one.came)).length;
  return { asked: attendees.length, came: of('present', 'substitute'), leave: of('leave'), absent: of('absent') };
}

import { notAllowed, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { judgeMeeting, type Meeting, meetingParts } from '../meeting.ts';
import type { Attendee } from '../shapes.ts';
import type { Done, Seen } from './cases.ts';
import { dayIn, led, namesOf } from './from-form.ts';
import { type KeptMeeting, meetings } from './kinds.ts';
import { obligationById } from './obligations.ts';

/** When, where, under whom and with whom a meeting is to be. */
export interface MeetingPlan {
  readonly name: string;
  readonly on: string;
  readonly time: string;
  readonly place: string;
  readonly chair: string;
  readonly convenerUnitId?: string | null;
  readonly convener: string;
  readonly attendees: readonly Attendee[];
}

export const unitsOfMeeting = (body: Pick<Meeting, 'convenerUnitId' | 'attendees' | 'decisions'>) => [
  body.convenerUnitId,
  ...body.attendees.map((one) => one.unitId),
  ...body.decisions.flatMap((one) => [one.leadUnitId, ...one.coUnitIds]),
];

async function sound(act: Act, plan: MeetingPlan) {
  const name = plan.name.trim();
  if (name.length < 4) throw notValid('请写明会议名称。', [{ where: 'body.name', says: '请写明名称' }]);
  if (plan.convener.trim().length < 2)
    throw notValid('请写明由谁召集。', [{ where: 'body.convener', says: '请写明召集单位' }]);
  const names = await namesOf(
    act,
    [plan.convenerUnitId ?? null, ...plan.attendees.map((one) => one.unitId)],
    'body.attendees',
  );
  const attendees = plan.attendees.map((one) => ({
    ...one,
    unitName: (one.unitId === null ? one.unitName : (names.get(one.unitId) ?? one.unitName)).trim(),
    name: one.name.trim(),
    post: one.post.trim(),
    came: null,
    note: '',
  }));
  return {
    on: dayIn(plan.on, 'body.on'),
    body: {
      name,
      time: plan.time.trim(),
      place: plan.place.trim(),
      chair: plan.chair.trim(),
      convenerUnitId: plan.convenerUnitId ?? null,
      convener: plan.convener.trim(),
      attendees,
    },
  };
}

/** 计划会议: for an obligation or for its own sake. The office, or a unit that convenes it itself. */
export async function planMeeting(
  act: Act,
  input: MeetingPlan & { readonly obligationId?: string | null },
): Promise<Done> {
  const { on, body } = await sound(act, input);
  const obligation = input.obligationId ? await obligationById(act.db, act.scope, input.obligationId) : null;
  if (!meetingParts(body, act.actor).some((part) => part !== 'leader'))
    throw notAllowed('会议应由安委办或召集单位的工作人员计划，您不在其列。');
  const whole: Meeting = {
    ...body,
    obligationId: obligation?.id ?? null,
    agenda: [],
    noticeNumber: null,
    heldOn: null,
    registeredOn: null,
    points: [],
    decisions: [],
    draftedBy: null,
    draftedByName: null,
    draftedByPerson: null,
    returned: null,
    minutesNumber: null,
    issuedOn: null,
    fileIds: [],
  };
  const made = await meetings.make(
    act,
    { state: 'planned', on, units: unitsOfMeeting(whole), body: whole },
    {
      kind: 'meeting.planned',
      says: (number) =>
        `${who(act)}计划于${on}召开${number}「${body.name}」${obligation ? `（${obligation.name}）` : ''}`,
    },
  );
  return { id: made.id, number: made.number, version: 1, state: made.state };
}

/** The verdict of an action on a meeting under lock. */
export const decide = (
  act: Act,
  one: KeptMeeting,
  action: Parameters<typeof judgeMeeting>[2],
  given: NonNullable<Parameters<typeof judgeMeeting>[4]>,
) => led(judgeMeeting(one, act.actor, action, act.day, given));

/** 调整: day, place, people. A meeting whose notice went out has to be announced anew. */
export async function arrangeMeeting(act: Act, input: Seen & MeetingPlan & { readonly reason: string }): Promise<Done> {
  const one = await meetings.load(act, input);
  const state = decide(act, one, 'arrange', { reason: input.reason });
  const { on, body } = await sound(act, input);
  return meetings.save(
    act,
    one,
    { state, on, units: unitsOfMeeting({ ...one.body, ...body }), body: { ...body, noticeNumber: null } },
    { kind: 'meeting.arranged', says: `${who(act)}调整会议安排，定于${on}：${input.reason.trim()}` },
  );
}

export async function cancelMeeting(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const one = await meetings.load(act, input);
  const state = decide(act, one, 'cancelMeeting', input);
  return meetings.save(
    act,
    one,
    { state },
    { kind: 'meeting.cancelled', says: `${who(act)}取消会议：${input.reason.trim()}` },
  );
}

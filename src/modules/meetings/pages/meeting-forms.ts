import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import type { MeetingAction } from '../lifecycle.ts';
import type { Attendee, DecisionAsked, Topic } from '../shapes.ts';
import { api, type MeetingView } from './meetings-client.ts';

/** All that any form of a meeting may hold; each action uses its part. Kept in the browser until sent. */
export interface MeetingDraft {
  readonly obligationId: string | null;
  readonly name: string;
  readonly on: string | null;
  readonly time: string;
  readonly place: string;
  readonly chair: string;
  readonly convenerUnitId: string | null;
  readonly convener: string;
  readonly attendees: readonly Attendee[];
  readonly agenda: readonly Topic[];
  readonly heldOn: string | null;
  readonly points: string;
  readonly decisions: readonly DecisionAsked[];
  readonly copies: string;
  readonly reason: string;
  readonly fileIds: readonly string[];
}
export type MeetingField =
  | 'plan'
  | 'agenda'
  | 'copies'
  | 'attendance'
  | 'points'
  | 'decisions'
  | 'reason'
  | 'documents';
export type MeetingForm = CaseForm<MeetingField, MeetingDraft, MeetingView>;

const version = (view: MeetingView) => ({ version: view.version });
const reasoned = (draft: MeetingDraft, view: MeetingView) => ({ ...version(view), reason: draft.reason });
export const planOf = (draft: MeetingDraft) => ({
  name: draft.name,
  on: draft.on ?? '',
  time: draft.time,
  place: draft.place,
  chair: draft.chair,
  convenerUnitId: draft.convenerUnitId,
  convener: draft.convener,
  attendees: draft.attendees.filter((one) => one.unitId !== null || one.unitName.trim() !== ''),
});

export const blankAttendee: Attendee = { unitId: null, unitName: '', name: '', post: '', came: null, note: '' };
export const blankDecision: DecisionAsked = {
  text: '',
  leadUnitId: null,
  leadUnitName: '',
  coUnitIds: [],
  dueOn: null,
};

/** For each action of the lifecycle: what its form asks and what it sends. */
export const meetingForms: Readonly<Record<MeetingAction, MeetingForm>> = {
  arrange: {
    fields: ['plan', 'reason'],
    labels: { reason: '为什么调整' },
    call: call(api.arrangeMeeting),
    body: (draft, view) => ({ ...version(view), ...planOf(draft), reason: draft.reason }),
    wide: true,
    says: '已经印发通知的，调整后要重新印发通知。',
  },
  setAgenda: {
    fields: ['agenda'],
    call: call(api.setMeetingAgenda),
    body: (draft, view) => ({ ...version(view), agenda: draft.agenda.filter((one) => one.text.trim() !== '') }),
    wide: true,
  },
  sendNotice: {
    fields: ['copies'],
    call: call(api.sendMeetingNotice),
    body: (draft, view) => ({ ...version(view), copies: draft.copies }),
    says: '将编发文号，生成会议通知，写明时间、地点、议题和参会人员。',
  },
  hold: {
    fields: ['attendance', 'documents'],
    call: call(api.holdMeeting),
    body: (draft, view) => ({
      ...version(view),
      heldOn: draft.heldOn ?? '',
      place: draft.place,
      chair: draft.chair,
      attendees: draft.attendees,
      fileIds: draft.fileIds,
    }),
    wide: true,
  },
  draftMinutes: {
    fields: ['points', 'decisions', 'documents'],
    call: call(api.draftMinutes),
    body: (draft, view) => ({
      ...version(view),
      points: draft.points.split('\n').filter((one) => one.trim() !== ''),
      decisions: draft.decisions.filter((one) => one.text.trim() !== ''),
      fileIds: draft.fileIds,
    }),
    wide: true,
    says: '写明牵头单位和完成时限的交办事项，在纪要印发时成为任务。',
  },
  returnMinutes: {
    fields: ['reason'],
    labels: { reason: '哪里要改' },
    call: call(api.returnMinutes),
    body: reasoned,
  },
  issueMinutes: {
    fields: ['copies'],
    call: call(api.issueMinutes),
    body: (draft, view) => ({ ...version(view), copies: draft.copies }),
    says: '将编发文号，生成会议纪要；交给单位办理的事项同时下达为任务。',
  },
  cancelMeeting: { fields: ['reason'], call: call(api.cancelMeeting), body: reasoned, danger: true },
};

/** What a form of the meeting begins with. */
export const beginDraft = (view: MeetingView, today: string): MeetingDraft => ({
  obligationId: view.obligation?.id ?? null,
  name: view.name,
  on: view.on,
  time: view.time,
  place: view.place,
  chair: view.chair,
  convenerUnitId: view.convenerUnitId,
  convener: view.convener,
  attendees: view.attendees.map((one) => ({ ...one, came: one.came ?? 'present' })),
  agenda: view.agenda,
  heldOn: view.on <= today ? view.on : today,
  points: view.points.join('\n'),
  decisions: view.decisions.map(({ text, leadUnitId, leadUnitName, coUnitIds, dueOn }) => ({
    text,
    leadUnitId,
    leadUnitName,
    coUnitIds,
    dueOn,
  })),
  copies: '',
  reason: '',
  fileIds: [],
});

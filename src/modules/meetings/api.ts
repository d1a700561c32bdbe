import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { pageOf, paging } from '../../kernel/paging.ts';
import { ById, codes, DayText, Id, Nullable, Text } from '../../kernel/shapes.ts';
import { IssuedLine } from '../letters/api.ts';
import { type MeetingState, meetingStates } from './lifecycle.ts';
import { Attendee, caseView, Decision, Done, Files, TaskLine, Topic, Version } from './shapes.ts';

const State = codes<MeetingState>(meetingStates);
export const periods = ['week', 'month', 'quarter', 'half-year', 'year'] as const;

export const MeetingLine = Type.Object({
  id: Type.String(),
  number: Type.String(),
  state: State,
  name: Type.String(),
  obligationName: Nullable(Type.String()),
  convener: Type.String(),
  on: Type.String(),
  time: Type.String(),
  place: Type.String(),
  agenda: Type.Integer(),
  asked: Type.Integer(),
  came: Type.Integer(),
  decisions: Type.Integer(),
  openTasks: Type.Integer(),
  lamp: codes(['red', 'amber', 'green', 'none'] as const),
  lampReason: Type.String(),
  version: Type.Integer(),
});

export const MetLine = Type.Object({
  obligationId: Type.String(),
  name: Type.String(),
  convener: Type.String(),
  convenerUnitId: Nullable(Type.String()),
  basis: Type.String(),
  words: Type.String(),
  from: Type.String(),
  to: Type.String(),
  required: Type.Integer(),
  held: Type.Integer(),
  dueByNow: Type.Integer(),
  behind: Type.Integer(),
  late: Type.Integer(),
  nextBy: Nullable(Type.String()),
  owedBefore: Type.Integer(),
  meetingIds: Type.Array(Type.String()),
});

const Obligation = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  name: Type.String(),
  convenerUnitId: Nullable(Type.String()),
  convener: Type.String(),
  attends: Type.String(),
  attendeeUnitIds: Type.Array(Type.String()),
  count: Type.Integer(),
  per: Type.String(),
  everyYears: Type.Integer(),
  fromOn: Type.String(),
  toOn: Nullable(Type.String()),
  basis: Type.String(),
  words: Type.String(),
});

/** A record that belongs on an agenda, and why. */
const Proposal = Type.Object({
  group: Type.String(),
  text: Type.String(),
  why: Type.String(),
  reporter: Type.String(),
  item: Type.Object({ kind: Type.String(), number: Type.String(), page: Type.String() }),
});

const View = Type.Object({
  ...caseView,
  state: State,
  on: Type.String(),
  name: Type.String(),
  obligation: Nullable(
    Type.Object({ id: Type.String(), name: Type.String(), words: Type.String(), basis: Type.String() }),
  ),
  convenerUnitId: Nullable(Type.String()),
  convener: Type.String(),
  time: Type.String(),
  place: Type.String(),
  chair: Type.String(),
  attendees: Type.Array(Attendee),
  agenda: Type.Array(Topic),
  noticeNumber: Nullable(Type.String()),
  heldOn: Nullable(Type.String()),
  registeredOn: Nullable(Type.String()),
  points: Type.Array(Type.String()),
  decisions: Type.Array(
    Type.Object({
      text: Type.String(),
      leadUnitId: Nullable(Type.String()),
      leadUnitName: Type.String(),
      coUnitIds: Type.Array(Type.String()),
      dueOn: Nullable(Type.String()),
      task: Nullable(TaskLine),
    }),
  ),
  draftedByName: Nullable(Type.String()),
  returned: Nullable(Type.String()),
  minutesNumber: Nullable(Type.String()),
  issuedOn: Nullable(Type.String()),
  fileIds: Type.Array(Type.String()),
  documents: Type.Array(IssuedLine),
});

const plan = {
  name: Text(80),
  on: DayText,
  time: Text(20),
  place: Text(80),
  chair: Text(40),
  convenerUnitId: Type.Optional(Nullable(Id)),
  convener: Text(60),
  attendees: Type.Array(Attendee, { maxItems: 200 }),
};
const seen = { version: Version };
const doing = <B extends TSchema>(path: string, summary: string, body: B) =>
  ({
    method: 'POST',
    path: `/api/meetings/:id/${path}`,
    summary,
    permission: 'meeting.work',
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;

export const meetingsApi = contract({
  listMeetings: {
    method: 'GET',
    path: '/api/meetings',
    summary: '会议清单',
    permission: 'meeting.read',
    audit: null,
    query: Type.Object({
      q: Type.Optional(Text(60)),
      state: Type.Optional(Type.Array(State, { maxItems: 20 })),
      obligation: Type.Optional(Id),
      /** held: it took place; todo: something is to be done by the reader. */
      only: Type.Optional(codes(['open', 'held', 'todo'] as const)),
      from: Type.Optional(DayText),
      to: Type.Optional(DayText),
      ...paging,
    }),
    response: pageOf(MeetingLine),
  },
  meetingsToDo: {
    method: 'GET',
    path: '/api/meetings-to-do',
    summary: '待我办理的会议、请示、责任书和值班',
    permission: 'meeting.read',
    audit: null,
    response: Type.Object({
      groups: Type.Array(
        Type.Object({
          key: Type.String(),
          title: Type.String(),
          hint: Type.String(),
          tone: codes(['red', 'amber', 'plain'] as const),
          to: Type.String(),
          total: Type.Integer(),
          rows: Type.Array(
            Type.Object({
              id: Type.String(),
              to: Type.String(),
              lamp: codes(['red', 'amber', 'green'] as const),
              lampReason: Type.String(),
              number: Type.String(),
              title: Type.String(),
              who: Type.String(),
              tone: codes(['waiting'] as const),
              state: Type.String(),
              due: Type.String(),
            }),
          ),
        }),
      ),
    }),
  },
  obligationsMet: {
    method: 'GET',
    path: '/api/meeting-obligations/met',
    summary: '会议要求落实情况（可看任意一天）',
    permission: 'meeting.read',
    audit: null,
    query: Type.Object({ asOf: Type.Optional(DayText) }),
    response: Type.Object({ day: Type.String(), rows: Type.Array(MetLine) }),
  },
  listObligations: {
    method: 'GET',
    path: '/api/meeting-obligations',
    summary: '会议要求',
    permission: 'meeting.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(Obligation) }),
  },
  makeObligation: {
    method: 'POST',
    path: '/api/meeting-obligations',
    summary: '新增会议要求',
    permission: 'meeting.rules',
    audit: '新增会议要求',
    body: Type.Object({
      name: Text(80),
      convenerUnitId: Type.Optional(Nullable(Id)),
      convener: Text(60),
      attends: Text(200),
      attendeeUnitIds: Type.Array(Id, { maxItems: 200 }),
      count: Type.Integer({ minimum: 1, maximum: 366 }),
      per: codes(periods),
      everyYears: Type.Integer({ minimum: 1, maximum: 10 }),
      fromOn: DayText,
      toOn: Nullable(DayText),
      basis: Text(200),
    }),
    response: Type.Object({ id: Type.String() }),
  },
  endObligation: {
    method: 'POST',
    path: '/api/meeting-obligations/:id/end',
    summary: '停用会议要求',
    permission: 'meeting.rules',
    audit: '停用会议要求',
    params: ById,
    body: Type.Object({ on: DayText }),
    response: Type.Object({ id: Type.String() }),
  },
  viewMeeting: {
    method: 'GET',
    path: '/api/meetings/:id',
    summary: '会议详情',
    permission: 'meeting.read',
    audit: null,
    params: ById,
    response: View,
  },
  proposeAgenda: {
    method: 'GET',
    path: '/api/meetings/:id/agenda-proposals',
    summary: '从台账提出的议题',
    permission: 'meeting.work',
    audit: null,
    params: ById,
    response: Type.Object({ rows: Type.Array(Proposal) }),
  },
  planMeeting: {
    method: 'POST',
    path: '/api/meetings',
    summary: '计划会议',
    permission: 'meeting.work',
    audit: '计划会议',
    body: Type.Object({ obligationId: Type.Optional(Nullable(Id)), ...plan }),
    response: Done,
  },
  arrangeMeeting: doing('arrangement', '调整会议安排', Type.Object({ ...seen, ...plan, reason: Text(300) })),
  setMeetingAgenda: doing(
    'agenda',
    '确定会议议题',
    Type.Object({ ...seen, agenda: Type.Array(Topic, { maxItems: 40 }) }),
  ),
  sendMeetingNotice: doing('notice', '印发会议通知', Type.Object({ ...seen, copies: Type.Optional(Text(300)) })),
  holdMeeting: doing(
    'attendance',
    '登记会议召开',
    Type.Object({
      ...seen,
      heldOn: DayText,
      place: Text(80),
      chair: Text(40),
      attendees: Type.Array(Attendee, { maxItems: 200 }),
      fileIds: Files,
    }),
  ),
  draftMinutes: doing(
    'minutes',
    '起草会议纪要',
    Type.Object({
      ...seen,
      points: Type.Array(Text(2000), { maxItems: 60 }),
      decisions: Type.Array(Decision, { maxItems: 60 }),
      fileIds: Files,
    }),
  ),
  returnMinutes: doing('minutes/return', '退回会议纪要', Type.Object({ ...seen, reason: Text(500) })),
  issueMinutes: doing('minutes/issue', '审定印发会议纪要', Type.Object({ ...seen, copies: Type.Optional(Text(300)) })),
  cancelMeeting: doing('cancellation', '取消会议', Type.Object({ ...seen, reason: Text(300) })),
});

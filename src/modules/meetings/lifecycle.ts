import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type MeetingState = 'planned' | 'noticed' | 'held' | 'minuted' | 'minutesIssued' | 'meetingCancelled';
export type MeetingAction =
  | 'arrange'
  | 'setAgenda'
  | 'sendNotice'
  | 'hold'
  | 'draftMinutes'
  | 'returnMinutes'
  | 'issueMinutes'
  | 'cancelMeeting';
/** convener: who works for the unit that calls the meeting. */
export type MeetingPart = 'office' | 'leader' | 'convener';
export type MeetingNeed =
  | 'place'
  | 'people'
  | 'agenda'
  | 'dayAhead'
  | 'heldDay'
  | 'attendance'
  | 'chair'
  | 'points'
  | 'decisions'
  | 'otherPerson'
  | 'reason';

/** 计划 → 通知 → 召开 → 纪要（起草、另一人审定）→ 印发; each decision with a lead unit becomes a task when the minutes are issued. */
export const meetingLifecycle: Lifecycle<MeetingState, MeetingAction, MeetingPart, MeetingNeed> = {
  noun: '会议',
  initial: 'planned',
  final: ['minutesIssued', 'meetingCancelled'],
  states: {
    planned: '待通知',
    noticed: '待召开',
    held: '待起草纪要',
    minuted: '纪要待审定',
    minutesIssued: '纪要已印发',
    meetingCancelled: '会议已取消',
  },
  actions: {
    arrange: '调整会议安排',
    setAgenda: '确定议题',
    sendNotice: '印发会议通知',
    hold: '登记会议召开',
    draftMinutes: '起草会议纪要',
    returnMinutes: '退回会议纪要',
    issueMinutes: '审定印发纪要',
    cancelMeeting: '取消会议',
  },
  parts: { office: '安委办工作人员', leader: '分管领导', convener: '召集单位' },
  needs: {
    place: '请先写明会议地点和时间（在“调整会议安排”中填写）',
    people: '请先写明参会单位和人员（在“调整会议安排”中填写）',
    agenda: '请先确定至少一项议题',
    dayAhead: '会议日期应不早于今天；已过的请先调整会议安排',
    heldDay: '召开日期应不晚于今天',
    attendance: '请逐人登记到会情况，派人参会、请假的写明何人、何故',
    chair: '请写明会议主持人',
    points: '请至少写明一条会议议定的内容',
    decisions: '每项交办要求应写明内容；交给单位办理的，要写明牵头单位和今天以后的完成时限',
    otherPerson: '起草纪要的人不能审定自己起草的纪要，请由另一位同志审定',
    reason: '请写明原因',
  },
  table: [
    { from: ['planned', 'noticed'], action: 'arrange', to: 'planned', by: ['office', 'convener'], needs: ['reason'] },
    { from: ['planned', 'noticed'], action: 'setAgenda', to: 'same', by: ['office', 'convener'], needs: ['agenda'] },
    {
      from: ['planned'],
      action: 'sendNotice',
      to: 'noticed',
      by: ['office', 'convener'],
      needs: ['place', 'people', 'agenda', 'dayAhead'],
    },
    {
      from: ['noticed'],
      action: 'hold',
      to: 'held',
      by: ['office', 'convener'],
      needs: ['heldDay', 'attendance', 'chair'],
    },
    {
      from: ['held'],
      action: 'draftMinutes',
      to: 'minuted',
      by: ['office', 'convener'],
      needs: ['points', 'decisions'],
    },
    {
      from: ['minuted'],
      action: 'returnMinutes',
      to: 'held',
      by: ['office', 'leader', 'convener'],
      needs: ['otherPerson', 'reason'],
    },
    {
      from: ['minuted'],
      action: 'issueMinutes',
      to: 'minutesIssued',
      by: ['office', 'leader', 'convener'],
      needs: ['otherPerson', 'decisions'],
    },
    {
      from: ['planned', 'noticed'],
      action: 'cancelMeeting',
      to: 'meetingCancelled',
      by: ['office', 'convener'],
      needs: ['reason'],
    },
  ],
};
export const meetingStates = Object.keys(meetingLifecycle.states) as MeetingState[];

import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type PressureState =
  | 'suggested'
  | 'proposed'
  | 'approved'
  | 'served'
  | 'received'
  | 'replied'
  | 'tracking'
  | 'lifted'
  | 'dismissed'
  | 'refused'
  | 'retracted'
  | 'withdrawn';

export type PressureAction =
  | 'takeUp'
  | 'dismiss'
  | 'approve'
  | 'refuse'
  | 'retract'
  | 'serve'
  | 'receive'
  | 'reply'
  | 'returnReply'
  | 'attend'
  | 'commit'
  | 'note'
  | 'urge'
  | 'lift'
  | 'withdraw';

/** target: who answers for the unit that it was sent to; recorder: the office, where it went to an organ outside the system. */
export type PressurePart = 'office' | 'leader' | 'proposer' | 'target' | 'recorder';

export type PressureNeed =
  | 'reason'
  | 'content'
  | 'opinion'
  | 'approver'
  | 'otherPerson'
  | 'notTarget'
  | 'demands'
  | 'replyDay'
  | 'meeting'
  | 'publication'
  | 'isInterview'
  | 'notInterview'
  | 'held'
  | 'attendees'
  | 'asksReply'
  | 'answered'
  | 'inward'
  | 'commitments'
  | 'commitmentsDone'
  | 'replyLate';

/**
 * 规则提示 → 提请 → 审批 → 送达 → 签收 → 回复或到场 → 整改承诺 → 跟踪 → 解除. What a person proposes begins at 提请. Lateness of
 * the reply is derived; the ladder proposes a further measure and leaves this one as it is.
 */
export const pressureLifecycle: Lifecycle<PressureState, PressureAction, PressurePart, PressureNeed> = {
  noun: '督促措施',
  initial: 'suggested',
  final: ['lifted', 'dismissed', 'refused', 'retracted', 'withdrawn'],
  states: {
    suggested: '规则提示',
    proposed: '提请待批',
    approved: '待送达',
    served: '待签收',
    received: '待回复',
    replied: '已回复',
    tracking: '跟踪整改',
    lifted: '已解除',
    dismissed: '提示未采纳',
    refused: '不予采取',
    retracted: '提请撤回',
    withdrawn: '措施撤销',
  },
  actions: {
    takeUp: '采纳提请',
    dismiss: '不予采纳',
    approve: '批准采取',
    refuse: '不批准采取',
    retract: '撤回措施提请',
    serve: '印发送达',
    receive: '签收措施',
    reply: '书面回复',
    returnReply: '退回回复',
    attend: '登记约谈',
    commit: '确认整改承诺',
    note: '记录跟踪情况',
    urge: '催办',
    lift: '解除措施',
    withdraw: '撤销措施',
  },
  parts: {
    office: '安委办工作人员',
    leader: '分管领导',
    proposer: '提请单位',
    target: '受文单位',
    recorder: '登记机关回函的安委办工作人员',
  },
  needs: {
    reason: '请写明原因',
    content: '请写明内容',
    opinion: '请写明意见',
    approver: '请写明由哪位领导审批、职务和审批日期（不早于提请之日，不晚于今天）',
    otherPerson: '提请人不能决定自己的提请，请由另一位同志办理',
    notTarget: '这件措施是对本单位采取的，本单位的同志不能办理，请由其他同志办理',
    demands: '请至少写明一条要求，并写明送给谁',
    replyDay: '请写明回复时限，晚于今天',
    meeting: '请写明约谈的日期（不早于今天）、时间、地点和主持人',
    publication: '请写明曝光的媒体和日期（不晚于今天）',
    isInterview: '只有约谈登记到场和纪要，其他措施由受文单位书面回复',
    notInterview: '约谈由安委办登记到场情况和纪要，不用书面回复',
    held: '约谈日期应不早于送达之日，不晚于今天',
    attendees: '请至少写明一名主持约谈的同志和一名被约谈的同志，每人写明姓名、单位和职务',
    asksReply: '通报批评、曝光不要求回复',
    answered: '受文单位还没有回复（约谈还没有登记到场），请先回复或登记',
    inward: '移交、建议给其他机关的事项，承诺和任务不在这里确认',
    commitments: '请至少写明一条整改承诺，每条有内容和完成时限（晚于今天）',
    commitmentsDone: '还有整改承诺的任务没有办结，办结之后再解除；确需提前了结的，请撤销并写明原因',
    replyLate: '回复时限还没有到，不用催办',
  },
  table: [
    {
      from: ['suggested'],
      action: 'takeUp',
      to: 'proposed',
      by: ['office'],
      needs: ['notTarget', 'demands', 'reason'],
    },
    { from: ['suggested'], action: 'dismiss', to: 'dismissed', by: ['office'], needs: ['notTarget', 'reason'] },
    {
      from: ['proposed'],
      action: 'approve',
      to: 'approved',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'notTarget', 'approver', 'opinion'],
    },
    {
      from: ['proposed'],
      action: 'refuse',
      to: 'refused',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'notTarget', 'approver', 'reason'],
    },
    { from: ['proposed', 'approved'], action: 'retract', to: 'retracted', by: ['proposer'], needs: ['reason'] },
    {
      from: ['approved'],
      action: 'serve',
      to: 'served',
      by: ['office'],
      needs: ['notTarget', 'replyDay', 'meeting', 'publication'],
    },
    { from: ['served'], action: 'receive', to: 'received', by: ['target', 'recorder'] },
    {
      from: ['received'],
      action: 'reply',
      to: 'replied',
      by: ['target', 'recorder'],
      needs: ['asksReply', 'notInterview', 'content'],
    },
    {
      from: ['replied'],
      action: 'returnReply',
      to: 'received',
      by: ['office'],
      needs: ['notTarget', 'notInterview', 'reason', 'replyDay'],
    },
    {
      from: ['served', 'received'],
      action: 'attend',
      to: 'replied',
      by: ['office'],
      needs: ['notTarget', 'isInterview', 'held', 'attendees', 'content'],
    },
    {
      from: ['received', 'replied'],
      action: 'commit',
      to: 'tracking',
      by: ['office'],
      needs: ['notTarget', 'inward', 'answered', 'commitments'],
    },
    {
      from: ['served', 'received', 'replied', 'tracking'],
      action: 'note',
      to: 'same',
      by: ['office', 'target'],
      needs: ['content'],
    },
    {
      from: ['served', 'received'],
      action: 'urge',
      to: 'same',
      by: ['office'],
      needs: ['notTarget', 'notInterview', 'replyLate'],
    },
    {
      from: ['received', 'replied', 'tracking'],
      action: 'lift',
      to: 'lifted',
      by: ['office'],
      needs: ['notTarget', 'answered', 'commitmentsDone', 'opinion'],
    },
    {
      from: ['served', 'received', 'replied', 'tracking'],
      action: 'withdraw',
      to: 'withdrawn',
      by: ['office', 'leader'],
      needs: ['notTarget', 'otherPerson', 'reason'],
    },
  ],
};

export const pressureStates = Object.keys(pressureLifecycle.states) as PressureState[];
export const pressureActions = Object.keys(pressureLifecycle.actions) as PressureAction[];
export const isOpenPressure = (state: PressureState): boolean => !pressureLifecycle.final.includes(state);
/** From here on the unit that it was sent to sees it. */
export const servedStates: readonly PressureState[] = ['served', 'received', 'replied', 'tracking'];

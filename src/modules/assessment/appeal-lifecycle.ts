import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type AppealState = 'filed' | 'upheld' | 'rejected' | 'retracted';
export type AppealAction = 'uphold' | 'reject' | 'retract';
export type AppealPart = 'office' | 'leader' | 'appellant';
export type AppealNeed = 'opinion' | 'otherPerson' | 'scorerApart' | 'newScore' | 'reason' | 'stillShown';

/** 申诉 against one line of a sheet: decided by somebody who neither filed it nor gave the points; the change leaves its trace. */
export const appealLifecycle: Lifecycle<AppealState, AppealAction, AppealPart, AppealNeed> = {
  noun: '申诉',
  initial: 'filed',
  final: ['upheld', 'rejected', 'retracted'],
  states: { filed: '待处理', upheld: '申诉成立', rejected: '申诉不成立', retracted: '申诉已撤回' },
  actions: { uphold: '认定成立', reject: '认定不成立', retract: '撤回申诉' },
  parts: { office: '安委办工作人员', leader: '分管领导', appellant: '申诉单位' },
  needs: {
    opinion: '请写明处理意见',
    otherPerson: '申诉单位的人不能处理本单位的申诉，请由另一位同志处理',
    scorerApart: '给这一项打分的人不能处理对它的申诉，请由另一位同志处理',
    newScore: '请写明更正后的分数，在0分和该项分值之间，与原来的不同',
    reason: '请写明原因',
    stillShown: '这次考核已经不在公示中，不能再处理申诉',
  },
  table: [
    {
      from: ['filed'],
      action: 'uphold',
      to: 'upheld',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'scorerApart', 'opinion', 'newScore', 'stillShown'],
    },
    {
      from: ['filed'],
      action: 'reject',
      to: 'rejected',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'scorerApart', 'opinion', 'stillShown'],
    },
    { from: ['filed'], action: 'retract', to: 'retracted', by: ['appellant'], needs: ['reason', 'stillShown'] },
  ],
};

import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type RequestState = 'asked' | 'sentBackRequest' | 'instructed' | 'carriedOut' | 'requestWithdrawn';
export type RequestAction =
  | 'supplementRequest'
  | 'returnRequest'
  | 'recordInstruction'
  | 'reportOutcome'
  | 'withdrawRequest';
export type RequestPart = 'office' | 'leader' | 'asker';
export type RequestNeed =
  | 'matter'
  | 'instruction'
  | 'instructor'
  | 'otherPerson'
  | 'work'
  | 'outcome'
  | 'tasksDone'
  | 'reason';

/**
 * 请示: an important matter is asked upward before anybody acts on it; the instruction is recorded with who gave it and
 * when, and becomes a task where somebody is told to do something.
 */
export const requestLifecycle: Lifecycle<RequestState, RequestAction, RequestPart, RequestNeed> = {
  noun: '请示',
  initial: 'asked',
  final: ['carriedOut', 'requestWithdrawn'],
  states: {
    asked: '待批示',
    sentBackRequest: '退回补充',
    instructed: '已批示待落实',
    carriedOut: '批示已落实',
    requestWithdrawn: '请示已撤回',
  },
  actions: {
    supplementRequest: '补充请示',
    returnRequest: '退回请示',
    recordInstruction: '登记批示',
    reportOutcome: '报告落实情况',
    withdrawRequest: '撤回请示',
  },
  parts: { office: '安委办工作人员', leader: '分管领导', asker: '请示单位' },
  needs: {
    matter: '请写明请示的事项、情况和建议',
    instruction: '请写明批示内容',
    instructor: '请写明由哪位领导批示、职务和批示日期（不早于请示之日，不晚于今天）',
    otherPerson: '请示人不能批示自己的请示，请由另一位同志办理',
    work: '批示要求办理的，请写明牵头单位和今天以后的完成时限',
    outcome: '请写明落实情况',
    tasksDone: '批示交办的任务还没有办结，办结后再报告落实情况',
    reason: '请写明原因',
  },
  table: [
    { from: ['sentBackRequest'], action: 'supplementRequest', to: 'asked', by: ['asker'], needs: ['matter'] },
    {
      from: ['asked'],
      action: 'returnRequest',
      to: 'sentBackRequest',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'reason'],
    },
    {
      from: ['asked'],
      action: 'recordInstruction',
      to: 'instructed',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'instructor', 'instruction', 'work'],
    },
    {
      from: ['instructed'],
      action: 'reportOutcome',
      to: 'carriedOut',
      by: ['office', 'asker'],
      needs: ['tasksDone', 'outcome'],
    },
    {
      from: ['asked', 'sentBackRequest'],
      action: 'withdrawRequest',
      to: 'requestWithdrawn',
      by: ['asker'],
      needs: ['reason'],
    },
  ],
};

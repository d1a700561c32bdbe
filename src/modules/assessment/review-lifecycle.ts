import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type ReviewState = 'reviewDrafted' | 'reviewRunning' | 'reviewCollected' | 'reviewConfirmed' | 'reviewDropped';
export type ReviewAction =
  | 'editReview'
  | 'issueReview'
  | 'fileStatement'
  | 'scoreStatement'
  | 'collectReview'
  | 'sendBackReview'
  | 'confirmReview'
  | 'dropReview';
/** self: the leader who is assessed. */
export type ReviewPart = 'office' | 'leader' | 'self';
export type ReviewNeed =
  | 'shares'
  | 'drafterApart'
  | 'notSelf'
  | 'content'
  | 'statement'
  | 'range'
  | 'opinion'
  | 'statementScored'
  | 'reason'
  | 'collectorApart';

/**
 * 个人考核: whose units and which shares is drafted by one, issued by another; the leader states how he fulfilled his duties;
 * the score is taken from the units, the duty list and the statement, and confirmed by somebody else. Nobody acts on himself.
 */
export const reviewLifecycle: Lifecycle<ReviewState, ReviewAction, ReviewPart, ReviewNeed> = {
  noun: '个人考核',
  initial: 'reviewDrafted',
  final: ['reviewConfirmed', 'reviewDropped'],
  states: {
    reviewDrafted: '个人考核拟定中',
    reviewRunning: '个人考核进行中',
    reviewCollected: '待核定',
    reviewConfirmed: '已核定',
    reviewDropped: '个人考核已作废',
  },
  actions: {
    editReview: '修改考核构成',
    issueReview: '下达个人考核',
    fileStatement: '报送述职',
    scoreStatement: '评议述职',
    collectReview: '取数评定',
    sendBackReview: '退回重评',
    confirmReview: '核定结果',
    dropReview: '作废个人考核',
  },
  parts: { office: '安委办工作人员', leader: '分管领导', self: '被考核的领导本人' },
  needs: {
    shares: '各部分比例合计应为100%；有单位得分的，请写明分管哪些单位、各占多少',
    drafterApart: '拟定的人不能下达，请由另一位同志下达',
    notSelf: '不能办理对自己的考核，请由另一位同志办理',
    content: '请写明履行安全生产职责的情况，不少于20个字',
    statement: '本人还没有报送述职，不能评议',
    range: '评议分应在0到100之间',
    opinion: '请写明意见',
    statementScored: '述职占有比例，还没有评议，不能评定',
    reason: '请写明原因',
    collectorApart: '评定的人不能自己核定，请由另一位同志核定',
  },
  table: [
    { from: ['reviewDrafted'], action: 'editReview', to: 'same', by: ['office'], needs: ['shares', 'notSelf'] },
    {
      from: ['reviewDrafted'],
      action: 'issueReview',
      to: 'reviewRunning',
      by: ['office', 'leader'],
      needs: ['shares', 'drafterApart', 'notSelf'],
    },
    { from: ['reviewRunning'], action: 'fileStatement', to: 'same', by: ['self'], needs: ['content'] },
    {
      from: ['reviewRunning'],
      action: 'scoreStatement',
      to: 'same',
      by: ['office', 'leader'],
      needs: ['notSelf', 'statement', 'range', 'opinion'],
    },
    {
      from: ['reviewRunning'],
      action: 'collectReview',
      to: 'reviewCollected',
      by: ['office'],
      needs: ['notSelf', 'statementScored'],
    },
    {
      from: ['reviewCollected'],
      action: 'sendBackReview',
      to: 'reviewRunning',
      by: ['office', 'leader'],
      needs: ['notSelf', 'reason'],
    },
    {
      from: ['reviewCollected'],
      action: 'confirmReview',
      to: 'reviewConfirmed',
      by: ['office', 'leader'],
      needs: ['notSelf', 'collectorApart', 'opinion'],
    },
    {
      from: ['reviewDrafted', 'reviewRunning', 'reviewCollected'],
      action: 'dropReview',
      to: 'reviewDropped',
      by: ['office'],
      needs: ['notSelf', 'reason'],
    },
  ],
};

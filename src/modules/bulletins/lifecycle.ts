import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type BulletinState = 'draft' | 'submitted' | 'approved' | 'issued' | 'toPublish' | 'published' | 'voided';
export type BulletinAction =
  | 'edit'
  | 'submit'
  | 'takeBack'
  | 'approve'
  | 'sendBack'
  | 'issue'
  | 'askPublish'
  | 'approvePublish'
  | 'refusePublish'
  | 'void';
/** submitter: who sent it for approval. */
export type BulletinPart = 'office' | 'leader' | 'submitter';
export type BulletinNeed = 'soundText' | 'sealed' | 'otherPerson' | 'publishApart' | 'opinion' | 'reason' | 'channel';

/** 草稿 → 送审 → 审批（另一位同志）→ 印发（文号）→ 公开发布，只有单独批准以后. */
export const bulletinLifecycle: Lifecycle<BulletinState, BulletinAction, BulletinPart, BulletinNeed> = {
  noun: '通报',
  initial: 'draft',
  final: ['published', 'voided'],
  states: {
    draft: '草稿',
    submitted: '待审批',
    approved: '待印发',
    issued: '已印发',
    toPublish: '公开待批',
    published: '已公开发布',
    voided: '已作废',
  },
  actions: {
    edit: '修改文字',
    submit: '送审',
    takeBack: '撤回送审',
    approve: '审批通过',
    sendBack: '退回修改',
    issue: '印发',
    askPublish: '申请公开发布',
    approvePublish: '批准公开发布',
    refusePublish: '不同意公开发布',
    void: '作废',
  },
  parts: { office: '安委办工作人员', leader: '分管领导', submitter: '送审人' },
  needs: {
    soundText: '文字里有手写的数字或快照里没有的数字，请先改正',
    sealed: '快照与封存时的不一致，不能继续办理，请立即核查',
    otherPerson: '起草、修改、送审的人不能审批同一份通报，请由另一位同志审批',
    publishApart: '申请公开发布的人不能批准自己的申请，请由另一位同志办理',
    opinion: '请写明意见',
    reason: '请写明理由',
    channel: '请写明在哪里公开、公开的理由',
  },
  table: [
    { from: ['draft'], action: 'edit', to: 'same', by: ['office'], needs: ['sealed', 'soundText'] },
    { from: ['draft'], action: 'submit', to: 'submitted', by: ['office'], needs: ['sealed', 'soundText'] },
    { from: ['submitted'], action: 'takeBack', to: 'draft', by: ['submitter'] },
    {
      from: ['submitted'],
      action: 'approve',
      to: 'approved',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'sealed', 'soundText', 'opinion'],
    },
    {
      from: ['submitted'],
      action: 'sendBack',
      to: 'draft',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'reason'],
    },
    { from: ['approved'], action: 'issue', to: 'issued', by: ['office'], needs: ['sealed', 'soundText'] },
    { from: ['issued'], action: 'askPublish', to: 'toPublish', by: ['office'], needs: ['channel'] },
    {
      from: ['toPublish'],
      action: 'approvePublish',
      to: 'published',
      by: ['office', 'leader'],
      needs: ['publishApart', 'sealed', 'opinion'],
    },
    {
      from: ['toPublish'],
      action: 'refusePublish',
      to: 'issued',
      by: ['office', 'leader'],
      needs: ['publishApart', 'reason'],
    },
    { from: ['draft', 'submitted', 'approved'], action: 'void', to: 'voided', by: ['office'], needs: ['reason'] },
  ],
};
export const bulletinStates = Object.keys(bulletinLifecycle.states) as BulletinState[];

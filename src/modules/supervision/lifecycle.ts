import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type ListingState =
  | 'proposed'
  | 'approved'
  | 'listed'
  | 'planFiled'
  | 'rectifying'
  | 'toAccept'
  | 'accepted'
  | 'delisted'
  | 'refused'
  | 'retracted'
  | 'revoked';

export type ListingAction =
  | 'approve'
  | 'refuse'
  | 'retract'
  | 'issue'
  | 'filePlan'
  | 'recordPlan'
  | 'returnPlan'
  | 'report'
  | 'apply'
  | 'pass'
  | 'fail'
  | 'escalate'
  | 'delist'
  | 'revoke';

/** proposer: the unit that proposed; lead: who works for the unit that rectifies; supervisor: the unit that oversees it. */
export type ListingPart = 'office' | 'leader' | 'proposer' | 'lead' | 'supervisor';

export type ListingNeed =
  | 'reason'
  | 'content'
  | 'opinion'
  | 'approver'
  | 'otherPerson'
  | 'stillMajor'
  | 'problemOpen'
  | 'limitAhead'
  | 'sixParts'
  | 'notLead'
  | 'doneReported'
  | 'twoPeople'
  | 'peopleApart'
  | 'heldDay'
  | 'checked'
  | 'retryDay'
  | 'grounds'
  | 'higherLevel'
  | 'letterWords'
  | 'problemRechecked'
  | 'delisterApart'
  | 'problemGone';

/**
 * 提请 → 审批 → 挂牌（通知书、公告）→ 方案备案 → 整改 → 申请验收 → 现场验收 → 摘牌. A failed acceptance leads back to the work,
 * with a new day for it; 升级督办 is recorded beside the state. Lateness and the limit are derived and appear nowhere here.
 */
export const listingLifecycle: Lifecycle<ListingState, ListingAction, ListingPart, ListingNeed> = {
  noun: '挂牌督办',
  initial: 'proposed',
  final: ['delisted', 'refused', 'retracted', 'revoked'],
  states: {
    proposed: '待审批',
    approved: '待挂牌',
    listed: '待报方案',
    planFiled: '方案待备案',
    rectifying: '挂牌整改中',
    toAccept: '待验收',
    accepted: '待摘牌',
    delisted: '已摘牌',
    refused: '不予挂牌',
    retracted: '提请已撤回',
    revoked: '挂牌已撤销',
  },
  actions: {
    approve: '批准挂牌',
    refuse: '不批准挂牌',
    retract: '撤回提请',
    issue: '印发挂牌',
    filePlan: '报送整改方案',
    recordPlan: '方案备案',
    returnPlan: '退回方案',
    report: '填报挂牌整改进展',
    apply: '申请验收',
    pass: '验收通过',
    fail: '验收不通过',
    escalate: '升级督办',
    delist: '摘牌',
    revoke: '撤销挂牌',
  },
  parts: {
    office: '安委办工作人员',
    leader: '分管领导',
    proposer: '提请单位',
    lead: '责任单位',
    supervisor: '督办单位',
  },
  needs: {
    reason: '请写明原因',
    content: '请写明内容',
    opinion: '请写明审批意见',
    approver: '请写明由哪位领导审批、职务和审批日期（不早于提请之日，不晚于今天）',
    otherPerson: '提请人不能审批自己的提请，请由另一位同志审批',
    stillMajor: '只有重大隐患可以挂牌督办；这条问题现在不是重大，请先在问题页判定等级',
    problemOpen: '这条问题已经了结，不能再挂牌',
    limitAhead: '整改时限已经过了，请先在问题页办理延期或说明情况，再挂牌',
    sixParts: '整改方案的六项内容（目标任务、方法措施、经费物资、机构责任、时限要求、安全措施和应急预案）都要填写',
    notLead: '责任单位不能办理本单位的备案、验收，请由挂牌一方办理',
    doneReported: '请先在问题页报告整改完成（验收没有通过的，重新整改后要再次报告），再申请验收',
    twoPeople: '现场验收至少要有两名挂牌一方的验收人员，每人写明姓名、单位和职务；另请的专家也要写明',
    peopleApart: '责任单位、隐患单位的人和报告整改完成的人不能作为验收人员或专家',
    heldDay: '验收日期应不早于申请验收之日，不晚于今天',
    checked: '请逐条写明对整改要求的现场核对情况',
    retryDay: '请写明重新整改的时限，晚于今天',
    grounds: '还没有升级督办的情形：整改没有逾期，方案没有逾期，也没有验收不通过',
    higherLevel: '请选择比现在更高的督办级别',
    letterWords: '请写明督办函的要求和回复时限（晚于今天）',
    problemRechecked: '问题还没有复查通过；请先在问题页完成复查，再摘牌，然后销号',
    delisterApart: '组织验收并登记结果的人不能再办理摘牌，请由另一位同志办理',
    problemGone:
      '问题仍是重大隐患，也没有等待审批的撤回、并入或查不属实申请，不能撤销挂牌；整改完成的请按验收、摘牌办理',
  },
  table: [
    {
      from: ['proposed'],
      action: 'approve',
      to: 'approved',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'approver', 'opinion', 'stillMajor', 'problemOpen'],
    },
    {
      from: ['proposed'],
      action: 'refuse',
      to: 'refused',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'approver', 'reason'],
    },
    { from: ['proposed', 'approved'], action: 'retract', to: 'retracted', by: ['proposer'], needs: ['reason'] },
    {
      from: ['approved'],
      action: 'issue',
      to: 'listed',
      by: ['office'],
      needs: ['stillMajor', 'problemOpen', 'limitAhead'],
    },
    { from: ['listed'], action: 'filePlan', to: 'planFiled', by: ['lead'], needs: ['sixParts'] },
    {
      from: ['planFiled'],
      action: 'recordPlan',
      to: 'rectifying',
      by: ['office', 'supervisor'],
      needs: ['notLead'],
    },
    {
      from: ['planFiled'],
      action: 'returnPlan',
      to: 'listed',
      by: ['office', 'supervisor'],
      needs: ['notLead', 'reason'],
    },
    { from: ['rectifying'], action: 'report', to: 'same', by: ['lead'], needs: ['content'] },
    { from: ['rectifying'], action: 'apply', to: 'toAccept', by: ['lead'], needs: ['doneReported', 'content'] },
    {
      from: ['toAccept'],
      action: 'pass',
      to: 'accepted',
      by: ['office', 'supervisor'],
      needs: ['notLead', 'twoPeople', 'peopleApart', 'heldDay', 'checked', 'opinion'],
    },
    {
      from: ['toAccept'],
      action: 'fail',
      to: 'rectifying',
      by: ['office', 'supervisor'],
      needs: ['notLead', 'twoPeople', 'peopleApart', 'heldDay', 'checked', 'opinion', 'retryDay'],
    },
    {
      from: ['listed', 'planFiled', 'rectifying', 'toAccept'],
      action: 'escalate',
      to: 'same',
      by: ['office'],
      needs: ['grounds', 'reason', 'higherLevel', 'letterWords', 'content'],
    },
    {
      from: ['accepted'],
      action: 'delist',
      to: 'delisted',
      by: ['office'],
      needs: ['notLead', 'problemRechecked', 'delisterApart'],
    },
    {
      from: ['approved', 'listed', 'planFiled', 'rectifying', 'toAccept', 'accepted'],
      action: 'revoke',
      to: 'revoked',
      by: ['office'],
      needs: ['problemGone', 'otherPerson', 'reason'],
    },
  ],
};

export const listingStates = Object.keys(listingLifecycle.states) as ListingState[];
export const isOpen = (state: ListingState): boolean => !listingLifecycle.final.includes(state);
/** States in which the plate hangs: from the notice until it is taken down. */
export const hanging: readonly ListingState[] = ['listed', 'planFiled', 'rectifying', 'toAccept', 'accepted'];

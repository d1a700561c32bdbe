import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type ProblemState =
  | 'toReceive'
  | 'underway'
  | 'toRecheck'
  | 'toClose'
  | 'closed'
  | 'disputed'
  | 'planned'
  | 'withdrawn'
  | 'merged'
  | 'unfounded';

export type ProblemAction =
  | 'receive'
  | 'dispute'
  | 'settleKeep'
  | 'settleMove'
  | 'reassign'
  | 'correct'
  | 'judge'
  | 'setPerson'
  | 'setFive'
  | 'report'
  | 'askExtension'
  | 'askWithdrawal'
  | 'askMerge'
  | 'askUnfounded'
  | 'askPlan'
  | 'approveExtension'
  | 'approveWithdrawal'
  | 'approveMerge'
  | 'approveUnfounded'
  | 'approvePlan'
  | 'refuseRequest'
  | 'resume'
  | 'reportDone'
  | 'passRecheck'
  | 'failRecheck'
  | 'close'
  | 'refuseClose'
  | 'reopen';

/**
 * lead: who handles matters for the unit that must rectify; leadHead: its head; co: units that take part;
 * supervisor: the unit that oversees the rectification; finder: the unit that registered the problem.
 */
export type ProblemPart = 'office' | 'lead' | 'leadHead' | 'co' | 'supervisor' | 'finder';

export type ProblemNeed =
  | 'reason'
  | 'content'
  | 'otherUnit'
  | 'clauses'
  | 'downgradeApart'
  | 'unsealed'
  | 'fiveComplete'
  | 'evidence'
  | 'afterPhoto'
  | 'noRequest'
  | 'extensionRequest'
  | 'withdrawalRequest'
  | 'mergeRequest'
  | 'unfoundedRequest'
  | 'planRequest'
  | 'anyRequest'
  | 'otherPerson'
  | 'deciderApart'
  | 'beforeExpiry'
  | 'laterDay'
  | 'extensionsLeft'
  | 'mergeTarget'
  | 'controlMeasures'
  | 'recheckerApart'
  | 'recheckerOtherUnit'
  | 'closesAtRecheck'
  | 'needsClosing'
  | 'closerApart'
  | 'unlisted'
  | 'newDeadline';

/**
 * The life of a problem: 待签收 → 整改中 → 待复查 → (重大或上级交办) 待销号 → 已销号. Lateness, listing and a pending
 * request are overlays and appear nowhere here. 已销号 can be reopened under the same number; the other ends cannot.
 */
export const problemLifecycle: Lifecycle<ProblemState, ProblemAction, ProblemPart, ProblemNeed> = {
  noun: '问题',
  initial: 'toReceive',
  final: ['closed', 'withdrawn', 'merged', 'unfounded'],
  states: {
    toReceive: '待签收',
    underway: '整改中',
    toRecheck: '待复查',
    toClose: '待销号',
    closed: '已销号',
    disputed: '争议待裁',
    planned: '列入治理计划',
    withdrawn: '已撤回',
    merged: '重复并入',
    unfounded: '查不属实',
  },
  actions: {
    receive: '签收',
    dispute: '提出异议',
    settleKeep: '裁定维持',
    settleMove: '裁定改派',
    reassign: '改派',
    correct: '更正登记内容',
    judge: '判定等级',
    setPerson: '明确责任人',
    setFive: '填报五落实',
    report: '填报整改进展',
    askExtension: '申请延期',
    askWithdrawal: '申请撤回',
    askMerge: '申请并入',
    askUnfounded: '申请按查不属实办结',
    askPlan: '申请列入治理计划',
    approveExtension: '批准延期',
    approveWithdrawal: '批准撤回',
    approveMerge: '批准并入',
    approveUnfounded: '认定查不属实',
    approvePlan: '批准列入治理计划',
    refuseRequest: '不批准申请',
    resume: '恢复整改',
    reportDone: '报告整改完成',
    passRecheck: '复查通过',
    failRecheck: '复查退回',
    close: '销号',
    refuseClose: '不予销号',
    reopen: '重新打开',
  },
  parts: {
    office: '安委办工作人员',
    lead: '责任单位经办人',
    leadHead: '责任单位负责人',
    co: '配合单位',
    supervisor: '督办单位',
    finder: '登记单位',
  },
  needs: {
    reason: '请写明原因',
    content: '请写明内容',
    otherUnit: '请选择另一个单位作为责任单位',
    clauses: '判定为重大的，请至少勾选一条判定标准；判定为一般的，请写明理由',
    downgradeApart: '重大改判一般，须由原判定人以外的安委办工作人员办理',
    unsealed: '这项内容已经封存，不能更正；请在进展中说明',
    fiveComplete: '重大隐患的五落实（措施、资金、责任人、时限、应急预案）还没有填全，每项都要有内容、日期和附件',
    evidence: '还没有本轮整改的材料，请先填报整改进展或上传整改后的照片、文件',
    afterPhoto: '请上传整改后的照片或证明文件',
    noRequest: '已有一份申请在等待审批，请等审批后再申请',
    extensionRequest: '没有等待审批的延期申请',
    withdrawalRequest: '没有等待审批的撤回申请',
    mergeRequest: '没有等待审批的并入申请',
    unfoundedRequest: '没有等待审批的查不属实申请',
    planRequest: '没有等待审批的列入治理计划申请',
    anyRequest: '没有等待审批的申请',
    otherPerson: '申请人不能审批自己的申请，请由另一位同志审批',
    deciderApart: '责任单位不能审批本单位的申请',
    beforeExpiry: '已经超过整改时限，不能再申请延期；请尽快整改，并向安委办说明情况',
    laterDay: '新的整改时限应晚于现在的整改时限',
    extensionsLeft: '延期次数已经用完，不能再申请延期',
    mergeTarget: '请选择要并入的另一条问题，它应当还没有了结，且本身没有并入别处',
    controlMeasures: '列入治理计划的，请写明治理期间的管控措施',
    recheckerApart: '整改和报告整改完成的人不能复查，请由另一位同志复查',
    recheckerOtherUnit: '重大隐患，以及由其他系统报告整改完成的问题，须由责任单位以外的单位复查',
    closesAtRecheck: '重大隐患和上级交办的问题，复查通过后还须由安委办销号',
    needsClosing: '一般问题复查通过即销号',
    closerApart: '报告整改完成的人和复查人不能销号，请由另一位同志办理',
    unlisted: '这条问题正在挂牌督办，请先办理验收、摘牌',
    newDeadline: '请写明新的整改时限，不早于今天',
  },
  table: [
    { from: ['toReceive'], action: 'receive', to: 'underway', by: ['lead', 'leadHead'] },
    { from: ['toReceive', 'underway'], action: 'dispute', to: 'disputed', by: ['lead', 'leadHead'], needs: ['reason'] },
    { from: ['disputed'], action: 'settleKeep', to: 'toReceive', by: ['office'], needs: ['reason', 'deciderApart'] },
    {
      from: ['disputed'],
      action: 'settleMove',
      to: 'toReceive',
      by: ['office'],
      needs: ['reason', 'otherUnit', 'deciderApart'],
    },
    {
      from: ['toReceive', 'underway', 'planned'],
      action: 'reassign',
      to: 'toReceive',
      by: ['office'],
      needs: ['reason', 'otherUnit'],
    },
    {
      from: ['toReceive', 'underway', 'disputed'],
      action: 'correct',
      to: 'same',
      by: ['office', 'finder'],
      needs: ['reason', 'unsealed'],
    },
    {
      from: ['toReceive', 'underway', 'planned'],
      action: 'judge',
      to: 'same',
      by: ['office', 'supervisor', 'finder'],
      needs: ['clauses', 'downgradeApart'],
    },
    {
      from: ['toReceive', 'underway', 'planned'],
      action: 'setPerson',
      to: 'same',
      by: ['lead', 'leadHead', 'office'],
      needs: ['content'],
    },
    { from: ['underway', 'planned'], action: 'setFive', to: 'same', by: ['lead', 'leadHead'], needs: ['content'] },
    { from: ['underway', 'planned'], action: 'report', to: 'same', by: ['lead', 'leadHead', 'co'], needs: ['content'] },
    {
      from: ['toReceive', 'underway'],
      action: 'askExtension',
      to: 'same',
      by: ['lead', 'leadHead'],
      needs: ['beforeExpiry', 'extensionsLeft', 'noRequest', 'reason', 'laterDay'],
    },
    {
      from: ['toReceive', 'underway', 'disputed'],
      action: 'askWithdrawal',
      to: 'same',
      by: ['finder', 'office'],
      needs: ['noRequest', 'reason'],
    },
    {
      from: ['toReceive', 'underway', 'disputed'],
      action: 'askMerge',
      to: 'same',
      by: ['finder', 'office', 'lead', 'leadHead'],
      needs: ['noRequest', 'reason', 'mergeTarget'],
    },
    {
      from: ['toReceive', 'underway', 'disputed'],
      action: 'askUnfounded',
      to: 'same',
      by: ['lead', 'leadHead', 'supervisor', 'finder'],
      needs: ['noRequest', 'reason', 'evidence'],
    },
    {
      from: ['underway'],
      action: 'askPlan',
      to: 'same',
      by: ['lead', 'leadHead'],
      needs: ['noRequest', 'reason', 'controlMeasures', 'laterDay'],
    },
    {
      from: ['toReceive', 'underway'],
      action: 'approveExtension',
      to: 'same',
      by: ['office', 'supervisor'],
      needs: ['extensionRequest', 'otherPerson', 'deciderApart'],
    },
    {
      from: ['toReceive', 'underway', 'disputed'],
      action: 'approveWithdrawal',
      to: 'withdrawn',
      by: ['office'],
      needs: ['withdrawalRequest', 'otherPerson', 'deciderApart', 'unlisted'],
    },
    {
      from: ['toReceive', 'underway', 'disputed'],
      action: 'approveMerge',
      to: 'merged',
      by: ['office'],
      needs: ['mergeRequest', 'otherPerson', 'deciderApart', 'mergeTarget', 'unlisted'],
    },
    {
      from: ['toReceive', 'underway', 'disputed'],
      action: 'approveUnfounded',
      to: 'unfounded',
      by: ['office'],
      needs: ['unfoundedRequest', 'otherPerson', 'deciderApart', 'unlisted'],
    },
    {
      from: ['underway'],
      action: 'approvePlan',
      to: 'planned',
      by: ['office'],
      needs: ['planRequest', 'otherPerson', 'deciderApart'],
    },
    {
      from: ['toReceive', 'underway', 'disputed'],
      action: 'refuseRequest',
      to: 'same',
      by: ['office', 'supervisor'],
      needs: ['anyRequest', 'otherPerson', 'deciderApart', 'reason'],
    },
    { from: ['planned'], action: 'resume', to: 'underway', by: ['office', 'lead', 'leadHead'], needs: ['reason'] },
    {
      from: ['underway'],
      action: 'reportDone',
      to: 'toRecheck',
      by: ['lead', 'leadHead'],
      needs: ['content', 'evidence', 'afterPhoto', 'fiveComplete', 'noRequest'],
    },
    {
      from: ['toRecheck'],
      action: 'passRecheck',
      to: 'closed',
      by: ['office', 'supervisor', 'finder', 'lead', 'leadHead'],
      needs: ['content', 'recheckerApart', 'recheckerOtherUnit', 'closesAtRecheck'],
    },
    {
      from: ['toRecheck'],
      action: 'passRecheck',
      to: 'toClose',
      by: ['office', 'supervisor', 'finder', 'lead', 'leadHead'],
      needs: ['content', 'recheckerApart', 'recheckerOtherUnit', 'needsClosing'],
    },
    {
      from: ['toRecheck'],
      action: 'failRecheck',
      to: 'underway',
      by: ['office', 'supervisor', 'finder', 'lead', 'leadHead'],
      needs: ['recheckerApart', 'recheckerOtherUnit', 'reason'],
    },
    { from: ['toClose'], action: 'close', to: 'closed', by: ['office'], needs: ['content', 'closerApart', 'unlisted'] },
    { from: ['toClose'], action: 'refuseClose', to: 'underway', by: ['office'], needs: ['closerApart', 'reason'] },
    { from: ['closed'], action: 'reopen', to: 'underway', by: ['office'], needs: ['reason', 'newDeadline'] },
  ],
};

export const problemStates = Object.keys(problemLifecycle.states) as ProblemState[];
export const isOpen = (state: ProblemState): boolean => !problemLifecycle.final.includes(state);
export const openStates: readonly ProblemState[] = problemStates.filter(isOpen);

import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type TaskState = 'toReceive' | 'underway' | 'submitted' | 'closed' | 'disputed' | 'suspended' | 'withdrawn';

export type TaskAction =
  | 'receive'
  | 'coReceive'
  | 'setPerson'
  | 'setMilestones'
  | 'report'
  | 'recordOccurrence'
  | 'askExtension'
  | 'approveExtension'
  | 'refuseExtension'
  | 'fixDeadline'
  | 'split'
  | 'dispute'
  | 'settleKeep'
  | 'settleMove'
  | 'reassign'
  | 'submit'
  | 'pass'
  | 'sendBack'
  | 'suspend'
  | 'resume'
  | 'withdraw';

/** lead: who handles matters for the lead unit; leadHead: its head; co: responsible and territorial units. */
export type TaskPart = 'office' | 'lead' | 'leadHead' | 'co' | 'parentLead';

export type TaskNeed =
  | 'reason'
  | 'coOpen'
  | 'evidence'
  | 'childrenClosed'
  | 'occurrencesReached'
  | 'beforeExpiry'
  | 'hasDue'
  | 'laterDay'
  | 'noRequest'
  | 'request'
  | 'otherPerson'
  | 'withinParent'
  | 'otherUnit'
  | 'checkerApart'
  | 'received'
  | 'notReceived'
  | 'splitUnits'
  | 'ordered'
  | 'content'
  | 'notFuture';

/**
 * The life of a task: 待签收 → 办理中 → 提交办结 → 核查 → 办结 / 退回. 预警 and 逾期 are derived and appear nowhere here.
 * A child task made by 分办 may be checked by the lead unit of its parent as well as by the office.
 */
export const taskLifecycle: Lifecycle<TaskState, TaskAction, TaskPart, TaskNeed> = {
  noun: '任务',
  initial: 'toReceive',
  final: ['closed', 'withdrawn'],
  states: {
    toReceive: '待签收',
    underway: '办理中',
    submitted: '提交办结',
    closed: '办结',
    disputed: '争议待裁',
    suspended: '暂停',
    withdrawn: '撤回',
  },
  actions: {
    receive: '签收',
    coReceive: '配合单位签收',
    setPerson: '明确责任人',
    setMilestones: '倒排工期',
    report: '填报进展',
    recordOccurrence: '登记一次',
    askExtension: '申请延期',
    approveExtension: '批准延期',
    refuseExtension: '不批准延期',
    fixDeadline: '确定时限',
    split: '分办',
    dispute: '提出异议',
    settleKeep: '裁定维持',
    settleMove: '裁定改派',
    reassign: '改派',
    submit: '提交办结',
    pass: '核查通过',
    sendBack: '退回',
    suspend: '暂停',
    resume: '恢复',
    withdraw: '撤回任务',
  },
  parts: {
    office: '安委办工作人员',
    lead: '主办单位经办人',
    leadHead: '主办单位负责人',
    co: '配合单位',
    parentLead: '上一级任务的主办单位',
  },
  needs: {
    reason: '请写明原因',
    coOpen: '本单位已经签收过这件任务',
    evidence: '还没有任何办理情况，请先填报进展（写明做了什么，或附上材料）再提交',
    childrenClosed: '分办出去的任务还有没办结的，请等它们全部办结',
    occurrencesReached: '规定的次数还没有达到，请先登记已经开展的各次',
    beforeExpiry: '已经超过完成时限，不能再申请延期；请尽快办理，并向安委办说明情况',
    hasDue: '这件任务没有确定的完成时限，不需要申请延期',
    laterDay: '新的完成时限应晚于现在的完成时限',
    noRequest: '已有一份延期申请在等待审批，请等审批后再申请',
    request: '没有等待审批的延期申请',
    otherPerson: '申请人不能审批自己的延期申请，请由另一位同志审批',
    withinParent: '分办任务的时限不能晚于上一级任务的时限，请先由安委办调整上一级任务',
    otherUnit: '请选择另一个单位作为主办单位',
    checkerApart: '承办的单位不能核查自己的任务；安委办自己主办的，请由提交人以外的同志核查',
    received: '暂停之前还没有签收',
    notReceived: '暂停之前已经签收',
    splitUnits: '只能分办给本单位的下属单位或这件任务的配合单位，且至少选择一个',
    ordered: '各节点的日期和进度应逐个增加，进度在0到100之间，日期不早于开始日、不晚于完成时限',
    content: '请写明内容',
    notFuture: '日期不能晚于今天，也不能早于任务开始的年份',
  },
  table: [
    { from: ['toReceive'], action: 'receive', to: 'underway', by: ['lead', 'leadHead'] },
    { from: ['toReceive', 'underway'], action: 'coReceive', to: 'same', by: ['co'], needs: ['coOpen'] },
    {
      from: ['toReceive', 'underway'],
      action: 'setPerson',
      to: 'same',
      by: ['lead', 'leadHead', 'office'],
      needs: ['content'],
    },
    { from: ['underway'], action: 'setMilestones', to: 'same', by: ['lead', 'leadHead'], needs: ['ordered'] },
    { from: ['underway'], action: 'report', to: 'same', by: ['lead', 'leadHead', 'co'], needs: ['content'] },
    {
      from: ['underway'],
      action: 'recordOccurrence',
      to: 'same',
      by: ['lead', 'leadHead'],
      needs: ['content', 'notFuture'],
    },
    {
      from: ['toReceive', 'underway'],
      action: 'askExtension',
      to: 'same',
      by: ['lead', 'leadHead'],
      needs: ['hasDue', 'beforeExpiry', 'noRequest', 'reason', 'laterDay'],
    },
    {
      from: ['toReceive', 'underway', 'submitted', 'suspended'],
      action: 'approveExtension',
      to: 'same',
      by: ['office', 'parentLead'],
      needs: ['request', 'otherPerson', 'withinParent'],
    },
    {
      from: ['toReceive', 'underway', 'submitted', 'suspended'],
      action: 'refuseExtension',
      to: 'same',
      by: ['office', 'parentLead'],
      needs: ['request', 'otherPerson', 'reason'],
    },
    {
      from: ['toReceive', 'underway', 'suspended'],
      action: 'fixDeadline',
      to: 'same',
      by: ['office'],
      needs: ['checkerApart', 'reason', 'withinParent'],
    },
    { from: ['underway'], action: 'split', to: 'same', by: ['lead', 'leadHead'], needs: ['splitUnits'] },
    { from: ['toReceive', 'underway'], action: 'dispute', to: 'disputed', by: ['lead', 'leadHead'], needs: ['reason'] },
    { from: ['disputed'], action: 'settleKeep', to: 'toReceive', by: ['office'], needs: ['reason'] },
    {
      from: ['disputed'],
      action: 'settleMove',
      to: 'toReceive',
      by: ['office'],
      needs: ['reason', 'otherUnit', 'childrenClosed'],
    },
    {
      from: ['toReceive', 'underway', 'suspended'],
      action: 'reassign',
      to: 'toReceive',
      by: ['office'],
      needs: ['reason', 'otherUnit', 'childrenClosed'],
    },
    {
      from: ['underway'],
      action: 'submit',
      to: 'submitted',
      by: ['lead', 'leadHead'],
      needs: ['evidence', 'occurrencesReached', 'childrenClosed', 'content'],
    },
    {
      from: ['submitted'],
      action: 'pass',
      to: 'closed',
      by: ['office', 'parentLead'],
      needs: ['checkerApart', 'childrenClosed'],
    },
    {
      from: ['submitted'],
      action: 'sendBack',
      to: 'underway',
      by: ['office', 'parentLead'],
      needs: ['checkerApart', 'reason'],
    },
    { from: ['toReceive', 'underway'], action: 'suspend', to: 'suspended', by: ['office'], needs: ['reason'] },
    { from: ['suspended'], action: 'resume', to: 'underway', by: ['office'], needs: ['received'] },
    { from: ['suspended'], action: 'resume', to: 'toReceive', by: ['office'], needs: ['notReceived'] },
    {
      from: ['toReceive', 'underway', 'submitted', 'disputed', 'suspended'],
      action: 'withdraw',
      to: 'withdrawn',
      by: ['office'],
      needs: ['childrenClosed', 'reason'],
    },
  ],
};

export const openStates: readonly TaskState[] = (Object.keys(taskLifecycle.states) as TaskState[]).filter(
  (state) => !taskLifecycle.final.includes(state),
);

export const isOpen = (state: TaskState): boolean => !taskLifecycle.final.includes(state);

import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import type { TaskAction } from '../lifecycle.ts';
import { api, type TaskView } from './tasks-client.ts';

/** All that any form of a task may hold; each action uses its part. Kept in the browser until sent. */
export interface ActionDraft {
  readonly text: string;
  readonly reason: string;
  readonly on: string | null;
  readonly percent: number | null;
  readonly figures: readonly { name: string; value: number; unit: string }[];
  readonly targetActuals: readonly (number | null)[];
  readonly fileIds: readonly string[];
  readonly quota: number;
  readonly unitId: string | null;
  readonly personName: string;
  readonly milestones: readonly { on: string; percent: number; name: string }[];
  readonly children: readonly { unitId: string; title: string; text: string; dueOn: string | null }[];
}

export type FieldName =
  | 'text'
  | 'reason'
  | 'opinion'
  | 'on'
  | 'percent'
  | 'figures'
  | 'targets'
  | 'files'
  | 'quota'
  | 'unit'
  | 'person'
  | 'milestones'
  | 'children';

export type ActionForm = CaseForm<FieldName, ActionDraft, TaskView>;

const version = (view: TaskView) => ({ version: view.task.version });

/** For each action of the lifecycle: what its form asks and what it sends. */
export const actionForms: Readonly<Record<TaskAction, ActionForm>> = {
  receive: {
    fields: [],
    call: call(api.receiveTask),
    body: (_draft, view) => version(view),
    says: '签收后由本单位主办，开始计时填报。',
  },
  coReceive: { fields: [], call: call(api.coReceiveTask), body: () => ({}), says: '签收后请配合主办单位办理。' },
  setPerson: {
    fields: ['person'],
    call: call(api.setTaskPerson),
    body: (draft, view) => ({ ...version(view), personName: draft.personName.trim() }),
  },
  setMilestones: {
    fields: ['milestones'],
    call: call(api.setTaskMilestones),
    body: (draft, view) => ({ ...version(view), milestones: draft.milestones }),
    says: '从完成时限往回排：每个节点写明到哪一天应完成百分之几。实际进度落后于节点会亮黄灯。',
  },
  report: {
    fields: ['text', 'percent', 'figures', 'targets', 'files'],
    labels: { text: '办理情况' },
    call: call(api.reportTask),
    body: (draft) => ({
      text: draft.text,
      percent: draft.percent,
      figures: draft.figures.filter((one) => one.name.trim() !== ''),
      targetActuals: draft.targetActuals,
      fileIds: draft.fileIds,
    }),
  },
  recordOccurrence: {
    fields: ['quota', 'on', 'text', 'files'],
    labels: { on: '开展日期', text: '纪要（做了什么、议定什么）' },
    call: call(api.recordTaskOccurrence),
    body: (draft, view) => ({
      on: draft.on ?? '',
      quota: view.quotas.length > 1 ? draft.quota : 0,
      text: draft.text,
      fileIds: draft.fileIds,
    }),
  },
  askExtension: {
    fields: ['on', 'reason'],
    labels: { on: '申请延至' },
    call: call(api.askTaskExtension),
    body: (draft, view) => ({ ...version(view), newDue: draft.on ?? '', reason: draft.reason }),
    says: '批准之前仍按原时限计时；原时限会一直显示。',
  },
  approveExtension: {
    fields: ['opinion'],
    call: call(api.decideTaskExtension),
    body: (draft, view) => ({ ...version(view), approve: true, opinion: draft.reason }),
  },
  refuseExtension: {
    fields: ['reason'],
    call: call(api.decideTaskExtension),
    body: (draft, view) => ({ ...version(view), approve: false, opinion: draft.reason }),
  },
  fixDeadline: {
    fields: ['on', 'reason'],
    labels: { on: '完成时限' },
    call: call(api.fixTaskDeadline),
    body: (draft, view) => ({ ...version(view), on: draft.on ?? '', reason: draft.reason }),
  },
  split: {
    fields: ['children'],
    call: call(api.splitTask),
    body: (draft, view) => ({ ...version(view), children: draft.children }),
    says: '每个单位生成一件子任务；子任务全部办结后，本任务才能提交办结。',
  },
  dispute: {
    fields: ['reason'],
    labels: { reason: '为什么不应由本单位主办' },
    call: call(api.disputeTask),
    body: (draft, view) => ({ ...version(view), reason: draft.reason }),
  },
  settleKeep: {
    fields: ['reason'],
    call: call(api.settleTask),
    body: (draft, view) => ({ ...version(view), keep: true, reason: draft.reason }),
  },
  settleMove: {
    fields: ['unit', 'reason'],
    call: call(api.settleTask),
    body: (draft, view) => ({ ...version(view), keep: false, unitId: draft.unitId, reason: draft.reason }),
  },
  reassign: {
    fields: ['unit', 'reason'],
    call: call(api.reassignTask),
    body: (draft, view) => ({ ...version(view), unitId: draft.unitId ?? '', reason: draft.reason }),
  },
  submit: {
    fields: ['text', 'files'],
    labels: { text: '完成情况' },
    call: call(api.submitTask),
    body: (draft, view) => ({ ...version(view), text: draft.text, fileIds: draft.fileIds }),
    says: '提交后由安委办（分办任务由上一级主办单位）核查，核查通过才算办结。',
  },
  pass: {
    fields: ['opinion'],
    call: call(api.passTask),
    body: (draft, view) => ({ ...version(view), opinion: draft.reason }),
    says: '核查通过后任务办结，不能再改。',
  },
  sendBack: {
    fields: ['reason'],
    labels: { reason: '还差什么' },
    call: call(api.sendBackTask),
    body: (draft, view) => ({ ...version(view), reason: draft.reason }),
  },
  suspend: {
    fields: ['reason'],
    call: call(api.suspendTask),
    body: (draft, view) => ({ ...version(view), reason: draft.reason }),
  },
  resume: { fields: [], call: call(api.resumeTask), body: (_draft, view) => version(view) },
  withdraw: {
    fields: ['reason'],
    danger: true,
    call: call(api.withdrawTask),
    body: (draft, view) => ({ ...version(view), reason: draft.reason }),
    says: '撤回后不能恢复，任务不再计入在办和办结。',
  },
};

export const emptyDraft: ActionDraft = {
  text: '',
  reason: '',
  on: null,
  percent: null,
  figures: [],
  targetActuals: [],
  fileIds: [],
  quota: 0,
  unitId: null,
  personName: '',
  milestones: [],
  children: [],
};

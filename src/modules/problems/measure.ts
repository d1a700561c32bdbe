import type { Day } from '../../kernel/day.ts';
import type { Lifecycle } from '../../kernel/lifecycle.ts';

/**
 * 制度措施事项, the second of the 两个清单: what has to be settled by policy or institution, who leads, what is proposed.
 * 成熟一个研究一个: each goes its own way, none waits for the others.
 */
export type MeasureState = 'sorted' | 'studying' | 'proposed' | 'issued' | 'deferred' | 'revoked';
export type MeasureAction =
  | 'amend'
  | 'study'
  | 'progress'
  | 'propose'
  | 'sendBack'
  | 'issue'
  | 'defer'
  | 'resume'
  | 'revoke';
export type MeasurePart = 'office' | 'lead';
export type MeasureNeed = 'content' | 'reason' | 'proposal' | 'document' | 'deciderApart';

export const measureLifecycle: Lifecycle<MeasureState, MeasureAction, MeasurePart, MeasureNeed> = {
  noun: '制度措施',
  initial: 'sorted',
  final: ['issued', 'revoked'],
  states: {
    sorted: '梳理',
    studying: '研究中',
    proposed: '成熟提请',
    issued: '已出台',
    deferred: '暂缓',
    revoked: '撤销',
  },
  actions: {
    amend: '修改事项',
    study: '开始研究',
    progress: '填报研究进展',
    propose: '成熟提请',
    sendBack: '退回继续研究',
    issue: '出台',
    defer: '暂缓',
    resume: '恢复研究',
    revoke: '撤销',
  },
  parts: { office: '安委办工作人员', lead: '牵头单位' },
  needs: {
    content: '请写明内容',
    reason: '请写明原因',
    proposal: '还没有写明措施建议，请先修改事项补上',
    document: '请写明出台文件的名称和日期，日期不晚于今天',
    deciderApart: '提请的人不能自己认定出台，请由另一位同志办理',
  },
  table: [
    {
      from: ['sorted', 'studying', 'deferred'],
      action: 'amend',
      to: 'same',
      by: ['office', 'lead'],
      needs: ['content'],
    },
    { from: ['sorted'], action: 'study', to: 'studying', by: ['office', 'lead'] },
    { from: ['studying'], action: 'progress', to: 'same', by: ['lead'], needs: ['content'] },
    { from: ['studying'], action: 'propose', to: 'proposed', by: ['lead'], needs: ['proposal', 'content'] },
    { from: ['proposed'], action: 'sendBack', to: 'studying', by: ['office'], needs: ['reason'] },
    { from: ['proposed'], action: 'issue', to: 'issued', by: ['office'], needs: ['document', 'deciderApart'] },
    { from: ['sorted', 'studying', 'proposed'], action: 'defer', to: 'deferred', by: ['office'], needs: ['reason'] },
    { from: ['deferred'], action: 'resume', to: 'studying', by: ['office', 'lead'], needs: ['reason'] },
    {
      from: ['sorted', 'studying', 'proposed', 'deferred'],
      action: 'revoke',
      to: 'revoked',
      by: ['office'],
      needs: ['reason'],
    },
  ],
};
export const measureStates = Object.keys(measureLifecycle.states) as MeasureState[];

/** Policy (needs a decision above the unit) or institution (a rule that the unit or the government can make). */
export const measureKinds = ['institution', 'policy'] as const;
export type MeasureKind = (typeof measureKinds)[number];
export const measureKindWords: Readonly<Record<MeasureKind, string>> = {
  institution: '制度',
  policy: '政策',
};

export interface Measure {
  readonly jurisdiction: string;
  readonly id: string;
  readonly number: string;
  readonly kind: MeasureKind;
  readonly title: string;
  readonly text: string;
  readonly proposal: string | null;
  readonly sector: string | null;
  readonly leadUnitId: string;
  readonly coUnitIds: readonly string[];
  readonly personName: string | null;
  readonly dueOn: Day | null;
  /** Problems that showed that something has to be settled. */
  readonly problemIds: readonly string[];
  readonly state: MeasureState;
  readonly proposedBy: string | null;
  readonly documentTitle: string | null;
  readonly documentNumber: string | null;
  readonly issuedOn: Day | null;
  readonly sortedOn: Day;
  readonly sortedByName: string;
  readonly version: number;
}

import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import type { ProblemAction } from '../lifecycle.ts';
import type { FivePart, Grade, ProblemKind } from '../problem.ts';
import { type ChosenPhoto, evidenceOf } from './PhotosField.tsx';
import { api, type ProblemView } from './problems-client.ts';

/** Fields that 更正 may change, as the form holds them. */
export interface Correction {
  readonly kind: ProblemKind;
  readonly title: string;
  readonly text: string;
  readonly enterpriseId: string | null;
  readonly subject: string;
  readonly address: string;
  readonly grid: string;
  readonly sector: string | null;
  readonly tags: readonly string[];
  readonly measures: string;
  readonly supervisingUnitId: string | null;
}

/** All that any form of a problem may hold; each action uses its part. Kept in the browser until sent. */
export interface ActionDraft {
  readonly text: string;
  readonly reason: string;
  readonly on: string | null;
  readonly unitId: string | null;
  readonly personName: string;
  readonly targetId: string | null;
  readonly controlMeasures: string;
  readonly part: FivePart;
  readonly fileIds: readonly string[];
  readonly photos: readonly ChosenPhoto[];
  readonly grade: Grade;
  readonly criteriaId: string | null;
  readonly clauses: readonly string[];
  readonly correction: Correction;
}

export type FieldName =
  | 'text'
  | 'reason'
  | 'opinion'
  | 'on'
  | 'unit'
  | 'person'
  | 'target'
  | 'control'
  | 'five'
  | 'after'
  | 'documents'
  | 'judgement'
  | 'correction';

export type ActionForm = CaseForm<FieldName, ActionDraft, ProblemView>;

const version = (view: ProblemView) => ({ version: view.problem.version });
const blank = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const ask =
  (kind: 'extension' | 'withdrawal' | 'merge' | 'unfounded' | 'plan') => (draft: ActionDraft, view: ProblemView) => ({
    ...version(view),
    kind,
    reason: draft.reason,
    ...(kind === 'extension' || kind === 'plan' ? { newDue: draft.on } : {}),
    ...(kind === 'merge' ? { targetId: draft.targetId } : {}),
    ...(kind === 'plan' ? { controlMeasures: blank(draft.controlMeasures) } : {}),
  });
const decide = (approve: boolean) => (draft: ActionDraft, view: ProblemView) => ({
  ...version(view),
  approve,
  opinion: draft.reason,
});
const reasoned = (draft: ActionDraft, view: ProblemView) => ({ ...version(view), reason: draft.reason });

/** What was changed by the correction: only the fields that are still open and differ. */
function changesOf(draft: ActionDraft, view: ProblemView): Record<string, unknown> {
  const now = correctionOf(view);
  const next = draft.correction;
  const open = (field: string): boolean => view.correctable.includes(field);
  const changes: Record<string, unknown> = {};
  for (const field of ['kind', 'title', 'text', 'enterpriseId', 'sector', 'supervisingUnitId'] as const)
    if (open(field) && next[field] !== now[field]) changes[field] = next[field];
  for (const field of ['subject', 'measures'] as const)
    if (open(field) && next[field] !== now[field]) changes[field] = blank(next[field]);
  if (open('tags') && next.tags.join('\n') !== now.tags.join('\n')) changes.tags = next.tags;
  if (open('place') && (next.address !== now.address || next.grid !== now.grid))
    changes.place = { ...view.place, address: blank(next.address), grid: blank(next.grid) };
  return changes;
}

/** The correction form as it begins: what the record says now. */
export function correctionOf(view: ProblemView): Correction {
  const { problem, place } = view;
  return {
    kind: problem.kind,
    title: problem.title,
    text: view.text,
    enterpriseId: problem.enterpriseId,
    subject: problem.subject ?? '',
    address: place.address ?? '',
    grid: place.grid ?? '',
    sector: problem.sector,
    tags: problem.tags,
    measures: view.measures ?? '',
    supervisingUnitId: problem.supervisingUnitId,
  };
}

/** For each action of the lifecycle: what its form asks and what it sends. */
export const actionForms: Readonly<Record<ProblemAction, ActionForm>> = {
  receive: {
    fields: [],
    call: call(api.receiveProblem),
    body: (_draft, view) => version(view),
    says: '签收后由本单位负责整改；认为不属于本单位的，请改用“提出异议”。',
  },
  dispute: {
    fields: ['reason'],
    labels: { reason: '为什么不应由本单位整改' },
    call: call(api.disputeProblem),
    body: reasoned,
    says: '由安委办裁定维持或改派；裁定之前整改时限照常计算。',
  },
  settleKeep: {
    fields: ['reason'],
    labels: { reason: '裁定理由' },
    call: call(api.settleProblem),
    body: (draft, view) => ({ ...reasoned(draft, view), keep: true }),
  },
  settleMove: {
    fields: ['unit', 'reason'],
    labels: { reason: '裁定理由' },
    call: call(api.settleProblem),
    body: (draft, view) => ({ ...reasoned(draft, view), keep: false, unitId: draft.unitId }),
  },
  reassign: {
    fields: ['unit', 'reason'],
    call: call(api.reassignProblem),
    body: (draft, view) => ({ ...reasoned(draft, view), unitId: draft.unitId ?? '' }),
  },
  correct: {
    wide: true,
    fields: ['correction', 'reason'],
    labels: { reason: '为什么更正' },
    call: call(api.correctProblem),
    body: (draft, view) => ({ ...reasoned(draft, view), changes: changesOf(draft, view) }),
    says: '只能更正还没有封存的内容；更正前后的内容都记入办理记录。',
  },
  judge: {
    wide: true,
    fields: ['judgement', 'reason'],
    labels: { reason: '判定理由' },
    call: call(api.judgeProblem),
    body: (draft, view) => ({
      ...reasoned(draft, view),
      grade: draft.grade,
      criteriaId: draft.grade === 'major' ? draft.criteriaId : null,
      clauses: draft.grade === 'major' ? draft.clauses : [],
    }),
  },
  setPerson: {
    fields: ['person'],
    call: call(api.setProblemPerson),
    body: (draft, view) => ({ ...version(view), personName: draft.personName.trim() }),
  },
  setFive: {
    fields: ['five', 'text', 'on', 'documents'],
    labels: { text: '内容', on: '落实日期' },
    call: call(api.setProblemFive),
    body: (draft, view) => ({
      ...version(view),
      part: draft.part,
      text: draft.text,
      on: draft.on ?? '',
      fileIds: draft.fileIds,
    }),
    says: '重大隐患五项填全，才能报告整改完成；每项都要有内容、日期和附件。',
  },
  report: {
    fields: ['text', 'after', 'documents'],
    labels: { text: '整改进展' },
    call: call(api.reportProblem),
    body: (draft) => ({ text: draft.text, evidence: evidenceWith(draft) }),
  },
  askExtension: {
    fields: ['on', 'reason'],
    labels: { on: '申请延至' },
    call: call(api.askOfProblem),
    body: ask('extension'),
    says: '批准之前仍按原时限计算；原时限会一直显示。',
  },
  askWithdrawal: { fields: ['reason'], call: call(api.askOfProblem), body: ask('withdrawal'), danger: true },
  askMerge: {
    fields: ['target', 'reason'],
    call: call(api.askOfProblem),
    body: ask('merge'),
    says: '批准后本条了结，以后只办理并入的那一条；本条编号保留。',
  },
  askUnfounded: {
    fields: ['reason'],
    labels: { reason: '查了什么，为什么不属实' },
    call: call(api.askOfProblem),
    body: ask('unfounded'),
    says: '请先用“填报整改进展”上传查证的照片或文件。',
  },
  askPlan: {
    fields: ['control', 'on', 'reason'],
    labels: { on: '治理完成时限', reason: '为什么不能立即整改' },
    call: call(api.askOfProblem),
    body: ask('plan'),
  },
  approveExtension: { fields: ['opinion'], call: call(api.decideProblemRequest), body: decide(true) },
  approveWithdrawal: { fields: ['opinion'], call: call(api.decideProblemRequest), body: decide(true) },
  approveMerge: { fields: ['opinion'], call: call(api.decideProblemRequest), body: decide(true) },
  approveUnfounded: { fields: ['opinion'], call: call(api.decideProblemRequest), body: decide(true) },
  approvePlan: { fields: ['opinion'], call: call(api.decideProblemRequest), body: decide(true) },
  refuseRequest: { fields: ['reason'], call: call(api.decideProblemRequest), body: decide(false) },
  resume: { fields: ['reason'], call: call(api.resumeProblem), body: reasoned },
  reportDone: {
    fields: ['text', 'after', 'documents'],
    labels: { text: '整改完成情况' },
    call: call(api.reportProblemDone),
    body: (draft, view) => ({ ...version(view), text: draft.text, evidence: evidenceWith(draft) }),
    says: '报告后由另一位同志复查；复查通过才能销号。',
  },
  passRecheck: {
    fields: ['opinion', 'after'],
    labels: { opinion: '复查情况', after: '复查照片' },
    call: call(api.recheckProblem),
    body: (draft, view) => ({
      ...version(view),
      pass: true,
      opinion: draft.reason,
      evidence: evidenceOf(draft.photos),
    }),
  },
  failRecheck: {
    fields: ['reason', 'after'],
    labels: { reason: '还差什么', after: '复查照片' },
    call: call(api.recheckProblem),
    body: (draft, view) => ({
      ...version(view),
      pass: false,
      opinion: draft.reason,
      evidence: evidenceOf(draft.photos),
    }),
  },
  close: {
    fields: ['opinion'],
    labels: { opinion: '销号意见' },
    call: call(api.closeProblem),
    body: decide(true),
    says: '销号后登记内容、整改材料都封存；以后回头看发现问题的，按原编号重新打开。',
  },
  refuseClose: {
    fields: ['reason'],
    labels: { reason: '为什么不予销号' },
    call: call(api.closeProblem),
    body: decide(false),
  },
  reopen: {
    fields: ['on', 'reason'],
    labels: { on: '新的整改时限' },
    call: call(api.reopenProblem),
    body: (draft, view) => ({ ...reasoned(draft, view), dueOn: draft.on ?? '' }),
    danger: true,
    says: '按原编号重新打开，责任单位重新整改，重新复查。',
  },
};

function evidenceWith(draft: ActionDraft) {
  return [...evidenceOf(draft.photos), ...draft.fileIds.map((fileId) => ({ fileId, role: 'document' as const }))];
}

/** The form of an action as it begins. */
export const beginDraft = (action: ProblemAction, view: ProblemView, today: string): ActionDraft => ({
  text: '',
  reason: '',
  on: action === 'setFive' ? today : null,
  unitId: null,
  personName: view.problem.personName ?? '',
  targetId: null,
  controlMeasures: view.controlMeasures ?? '',
  part: 'measures',
  fileIds: [],
  photos: [],
  grade: view.problem.grade,
  criteriaId: null,
  clauses: [],
  correction: correctionOf(view),
});

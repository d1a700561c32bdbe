import { type CaseForm, caseCall as call } from '../../../../platform/web/case-form.ts';
import type { Attendee, PressureKind } from '../../pressure.ts';
import type { PressureAction } from '../../pressure-lifecycle.ts';
import { api, type PressureView } from './pressures-client.ts';

export interface PromiseDraft {
  readonly text: string;
  readonly dueOn: string | null;
}

/** All that any form of a measure may hold; each action uses its part. Kept in the browser until sent. */
export interface PressureDraft {
  readonly kind: PressureKind;
  readonly addressee: string;
  readonly matter: string;
  readonly text: string;
  readonly demands: string;
  readonly keepers: readonly string[];
  readonly approverName: string;
  readonly approverPost: string;
  readonly on: string | null;
  readonly replyDueOn: string | null;
  readonly copies: string;
  readonly meetAt: string;
  readonly meetPlace: string;
  readonly meetHost: string;
  readonly medium: string;
  readonly link: string;
  readonly attendees: readonly Attendee[];
  readonly promised: readonly PromiseDraft[];
  readonly fileIds: readonly string[];
}

export type FieldName =
  | 'proposal'
  | 'text'
  | 'opinion'
  | 'approver'
  | 'service'
  | 'replyDay'
  | 'held'
  | 'attendees'
  | 'promised'
  | 'copies'
  | 'documents';

export type PressureForm = CaseForm<FieldName, PressureDraft, PressureView>;

const version = (view: PressureView) => ({ version: view.pressure.version });
const reasoned = (draft: PressureDraft, view: PressureView) => ({ ...version(view), reason: draft.text });
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const promises = (draft: PressureDraft) =>
  draft.promised
    .filter((one) => one.text.trim() !== '')
    .map((one) => ({ text: one.text.trim(), dueOn: one.dueOn ?? '' }));
const decide = (approve: boolean) => (draft: PressureDraft, view: PressureView) => ({
  ...version(view),
  approve,
  opinion: draft.text,
  approver:
    draft.approverName.trim() === ''
      ? null
      : { name: draft.approverName.trim(), post: draft.approverPost.trim(), on: draft.on ?? '' },
});

/** For each action of the lifecycle: what its form asks and what it sends. */
export const pressureForms: Readonly<Record<PressureAction, PressureForm>> = {
  takeUp: {
    fields: ['proposal'],
    call: call(api.takeUpPressure),
    body: (draft, view) => ({
      ...version(view),
      kind: draft.kind,
      addressee: draft.addressee,
      matter: draft.matter,
      reason: draft.text,
      demands: lines(draft.demands),
    }),
    wide: true,
    says: '采纳之后由另一位同志（分管领导或安委办）审批。规则查到的依据已经固定，不能修改。',
  },
  dismiss: {
    fields: ['text'],
    labels: { text: '为什么不采纳' },
    call: call(api.dismissPressure),
    body: reasoned,
    danger: true,
    says: '不采纳之后，同一依据不再提示。',
  },
  approve: {
    fields: ['approver', 'opinion'],
    labels: { opinion: '审批意见' },
    call: call(api.decidePressure),
    body: decide(true),
    says: '分管领导本人审批的，审批人就是本人；由安委办登记的，写明哪位领导、何时、何意见。',
  },
  refuse: {
    fields: ['approver', 'opinion'],
    labels: { opinion: '为什么不采取' },
    call: call(api.decidePressure),
    body: decide(false),
    danger: true,
  },
  retract: {
    fields: ['text'],
    labels: { text: '为什么撤回' },
    call: call(api.retractPressure),
    body: reasoned,
    danger: true,
  },
  serve: {
    fields: ['service'],
    call: call(api.servePressure),
    body: (draft, view) => ({
      ...version(view),
      copies: draft.copies.trim() || null,
      replyDueOn: draft.replyDueOn,
      meetOn: draft.on,
      meetAt: draft.meetAt.trim() || null,
      meetPlace: draft.meetPlace.trim() || null,
      meetHost: draft.meetHost.trim() || null,
      medium: draft.medium.trim() || null,
      publishedOn: draft.on,
      link: draft.link.trim() || null,
    }),
    wide: true,
  },
  receive: {
    fields: ['documents'],
    call: call(api.receivePressure),
    body: (draft, view) => ({ ...version(view), fileIds: draft.fileIds }),
    says: '签收之后请按期回复。',
  },
  reply: {
    fields: ['text', 'promised', 'documents'],
    labels: { text: '办理情况' },
    call: call(api.replyPressure),
    body: (draft, view) => ({ ...version(view), text: draft.text, promised: promises(draft), fileIds: draft.fileIds }),
    says: '写明已经做了什么、还要做什么；还要做的写成承诺，经安委办确认后成为任务。',
  },
  returnReply: {
    fields: ['text', 'replyDay'],
    labels: { text: '回复缺什么、哪里不行' },
    call: call(api.returnReply),
    body: (draft, view) => ({ ...reasoned(draft, view), replyDueOn: draft.replyDueOn ?? '' }),
    danger: true,
  },
  attend: {
    fields: ['held', 'attendees', 'text', 'promised', 'documents'],
    labels: { text: '约谈纪要' },
    call: call(api.attendPressure),
    body: (draft, view) => ({
      ...version(view),
      heldOn: draft.on ?? '',
      attendees: draft.attendees.filter((one) => one.name.trim() !== ''),
      text: draft.text,
      promised: promises(draft),
      fileIds: draft.fileIds,
    }),
    wide: true,
    says: '登记之后编发文号，印发约谈纪要。',
  },
  commit: {
    fields: ['promised'],
    call: call(api.commitPressure),
    body: (draft, view) => ({ ...version(view), commitments: promises(draft) }),
    wide: true,
    says: '每条承诺成为一件任务，由受文单位签收、办理、提交办结；都办结之后才能解除。',
  },
  note: {
    fields: ['text', 'documents'],
    labels: { text: '跟踪情况' },
    call: call(api.notePressure),
    body: (draft) => ({ text: draft.text, fileIds: draft.fileIds }),
  },
  urge: {
    fields: ['copies'],
    call: call(api.urgePressure),
    body: (draft, view) => ({ ...version(view), copies: draft.copies.trim() || null }),
    says: '将编发文号，生成催办函。',
  },
  lift: {
    fields: ['opinion'],
    labels: { opinion: '解除意见' },
    call: call(api.liftPressure),
    body: (draft, view) => ({ ...version(view), opinion: draft.text }),
    says: '书面送达的措施，解除时印发解除通知。',
  },
  withdraw: {
    fields: ['text'],
    labels: { text: '为什么撤销' },
    call: call(api.withdrawPressure),
    body: reasoned,
    danger: true,
    says: '撤销之后，已经发生的办理记录和公文仍然保留。',
  },
};

const promisedLast = (view: PressureView): PromiseDraft[] => {
  const last = view.entries.find((one) => one.promised.length > 0);
  return last ? last.promised.map((one) => ({ ...one })) : [{ text: '', dueOn: null }];
};

/** The form of an action as it begins. */
export const beginDraft = (action: PressureAction, view: PressureView, today: string, name: string): PressureDraft => ({
  kind: view.pressure.kind,
  addressee: view.pressure.addressee,
  matter: view.pressure.matter,
  text: '',
  demands: view.demands.join('\n'),
  keepers: [],
  approverName: '',
  approverPost: '',
  on:
    action === 'approve' || action === 'refuse'
      ? today
      : action === 'attend'
        ? (view.meeting?.on ?? today)
        : action === 'serve' && view.pressure.kind === 'exposure'
          ? today
          : null,
  replyDueOn: null,
  copies: action === 'serve' ? view.usual.copies : '',
  meetAt: '',
  meetPlace: '',
  meetHost: view.usual.host,
  medium: '',
  link: '',
  attendees: [
    { name: view.meeting?.host ?? name, post: '', unitName: '', as: 'host' },
    { name: '', post: '', unitName: view.pressure.unitName, as: 'called' },
  ],
  promised: promisedLast(view),
  fileIds: [],
});

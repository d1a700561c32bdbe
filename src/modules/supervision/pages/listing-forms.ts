import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import type { ListingAction } from '../lifecycle.ts';
import { type Acceptor, type Check, type EscalationKind, type PlanPart, planParts } from '../listing.ts';
import { api, type ListingView } from './supervision-client.ts';

/** All that any form of a listing may hold; each action uses its part. Kept in the browser until sent. */
export interface ListingDraft {
  readonly text: string;
  readonly reason: string;
  readonly approverName: string;
  readonly approverPost: string;
  readonly on: string | null;
  readonly retryOn: string | null;
  readonly addressee: string;
  readonly copies: string;
  readonly announce: boolean;
  readonly plan: Readonly<Record<PlanPart, string>>;
  readonly fileIds: readonly string[];
  readonly place: string;
  readonly people: readonly Acceptor[];
  readonly checks: readonly Check[];
  readonly kind: EscalationKind;
  readonly level: string | null;
  readonly demands: string;
  readonly replyOn: string | null;
  readonly measures: string;
}

export type FieldName =
  | 'text'
  | 'reason'
  | 'opinion'
  | 'approver'
  | 'notice'
  | 'plan'
  | 'documents'
  | 'acceptance'
  | 'retry'
  | 'escalation';

export type ListingForm = CaseForm<FieldName, ListingDraft, ListingView>;

const version = (view: ListingView) => ({ version: view.listing.version });
const reasoned = (draft: ListingDraft, view: ListingView) => ({ ...version(view), reason: draft.reason });
const decide = (approve: boolean) => (draft: ListingDraft, view: ListingView) => ({
  ...version(view),
  approve,
  opinion: draft.reason,
  approver:
    draft.approverName.trim() === ''
      ? null
      : { name: draft.approverName.trim(), post: draft.approverPost.trim(), on: draft.on ?? '' },
});
const accept = (pass: boolean) => (draft: ListingDraft, view: ListingView) => ({
  ...version(view),
  pass,
  heldOn: draft.on ?? '',
  place: draft.place,
  people: draft.people.filter((one) => one.name.trim() !== ''),
  checks: draft.checks,
  opinion: draft.reason,
  retryOn: pass ? null : draft.retryOn,
  fileIds: draft.fileIds,
});

/** For each action of the lifecycle: what its form asks and what it sends. */
export const listingForms: Readonly<Record<ListingAction, ListingForm>> = {
  approve: {
    fields: ['approver', 'opinion'],
    labels: { opinion: '审批意见' },
    call: call(api.decideListing),
    body: decide(true),
    says: '分管领导本人审批的，审批人就是本人；由安委办登记的，写明哪位领导、何时、何意见。',
  },
  refuse: {
    fields: ['approver', 'reason'],
    labels: { reason: '为什么不予挂牌' },
    call: call(api.decideListing),
    body: decide(false),
    danger: true,
  },
  retract: { fields: ['reason'], call: call(api.retractListing), body: reasoned, danger: true },
  issue: {
    fields: ['notice'],
    call: call(api.issueListing),
    body: (draft, view) => ({
      ...version(view),
      addressee: draft.addressee.trim() || null,
      copies: draft.copies.trim() || null,
      announce: draft.announce,
    }),
    says: '将编发文号，生成督办通知书和挂牌公告；整改时限取问题的整改时限，以后只随问题的延期变动。',
  },
  filePlan: {
    fields: ['plan', 'documents'],
    call: call(api.fileListingPlan),
    body: (draft, view) => ({ ...version(view), plan: draft.plan, fileIds: draft.fileIds }),
  },
  recordPlan: {
    fields: ['opinion'],
    call: call(api.decideListingPlan),
    body: (draft, view) => ({ ...version(view), approve: true, opinion: draft.reason }),
  },
  returnPlan: {
    fields: ['reason'],
    labels: { reason: '方案缺什么、哪里不行' },
    call: call(api.decideListingPlan),
    body: (draft, view) => ({ ...version(view), approve: false, opinion: draft.reason }),
  },
  report: {
    fields: ['text', 'documents'],
    labels: { text: '整改进展' },
    call: call(api.reportListing),
    body: (draft) => ({ text: draft.text, fileIds: draft.fileIds }),
  },
  apply: {
    fields: ['text', 'documents'],
    labels: { text: '整改完成情况' },
    call: call(api.applyAcceptance),
    body: (draft, view) => ({ ...version(view), text: draft.text, fileIds: draft.fileIds }),
    says: '申请之后，由挂牌一方在规定天数内组织现场验收。',
  },
  pass: {
    fields: ['acceptance', 'opinion', 'documents'],
    labels: { opinion: '验收意见' },
    call: call(api.acceptListing),
    body: accept(true),
    says: '至少两名挂牌一方的验收人员；责任单位、隐患单位的人不能参加。登记后生成验收意见书。',
  },
  fail: {
    fields: ['acceptance', 'opinion', 'retry', 'documents'],
    labels: { opinion: '验收意见（哪里不合格）' },
    call: call(api.acceptListing),
    body: accept(false),
    danger: true,
    says: '退回整改并写明重新整改的时限；问题已在复查的，请另在问题页退回。',
  },
  escalate: {
    fields: ['escalation', 'reason'],
    labels: { reason: '为什么升级' },
    call: call(api.escalateListing),
    body: (draft, view) => ({
      ...reasoned(draft, view),
      kind: draft.kind,
      level: draft.kind === 'higherLevel' ? draft.level : null,
      addressee: draft.addressee.trim() || null,
      copies: draft.copies.trim() || null,
      demands: draft.demands.split('\n').filter((one) => one.trim() !== ''),
      replyOn: draft.kind === 'letter' ? draft.replyOn : null,
      measures: draft.measures.trim() || null,
    }),
  },
  delist: {
    fields: ['opinion'],
    call: call(api.delistListing),
    body: (draft, view) => ({ ...version(view), opinion: draft.reason }),
    says: '将编发文号，生成摘牌公告，问题上的挂牌同时解除，然后可以销号。',
  },
  revoke: { fields: ['reason'], call: call(api.revokeListing), body: reasoned, danger: true },
};

/** The form of an action as it begins. */
export const beginDraft = (action: ListingAction, view: ListingView, today: string): ListingDraft => ({
  text: '',
  reason: '',
  approverName: '',
  approverPost: '',
  on: ['pass', 'fail', 'approve', 'refuse'].includes(action) ? today : null,
  retryOn: null,
  addressee: view.usual.addressee,
  copies: action === 'escalate' ? '' : view.usual.copies,
  announce: true,
  plan: Object.fromEntries(
    planParts.map((part) => [part, view.plan?.find((one) => one.part === part)?.text ?? '']),
  ) as Record<PlanPart, string>,
  fileIds: [],
  place: view.usual.place,
  people: [
    { name: '', unitName: '', post: '', as: 'staff' },
    { name: '', unitName: '', post: '', as: 'staff' },
  ],
  checks: view.requirements.map((requirement) => ({ requirement, finding: '' })),
  kind: 'letter',
  level: null,
  demands: '',
  replyOn: null,
  measures: '',
});

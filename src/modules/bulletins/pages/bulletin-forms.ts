import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import type { BulletinAction } from '../lifecycle.ts';
import { api, type BulletinView } from './bulletins-client.ts';

export interface BulletinDraft {
  readonly opinion: string;
  readonly reason: string;
  readonly channel: string;
}
export type FieldName = 'opinion' | 'reason' | 'channel';
type BulletinForm = CaseForm<FieldName, BulletinDraft, BulletinView>;

const version = (_: BulletinDraft, view: BulletinView) => ({ version: view.bulletin.version });
const reasoned = (draft: BulletinDraft, view: BulletinView) => ({ ...version(draft, view), reason: draft.reason });
const opined = (draft: BulletinDraft, view: BulletinView) => ({ ...version(draft, view), opinion: draft.opinion });

/** The form of each action; the words are edited on the page itself. */
export const bulletinForms: Readonly<Record<Exclude<BulletinAction, 'edit'>, BulletinForm>> = {
  submit: {
    fields: [],
    call: call(api.submitBulletin),
    body: version,
    says: '送审之后由另一位同志审批；起草、修改、送审的人不能审批。',
  },
  takeBack: { fields: [], call: call(api.takeBackBulletin), body: version },
  approve: { fields: ['opinion'], call: call(api.approveBulletin), body: opined },
  sendBack: { fields: ['reason'], call: call(api.sendBackBulletin), body: reasoned, danger: true },
  issue: {
    fields: [],
    call: call(api.issueBulletin),
    body: version,
    says: '将编期次和发文字号，生成公文和附件，各单位可以看到；印发以后不能再改。',
  },
  askPublish: {
    fields: ['channel', 'reason'],
    call: call(api.askPublishBulletin),
    body: (draft, view) => ({ ...reasoned(draft, view), channel: draft.channel }),
    says: '未经批准不得对外发布；由另一位同志批准。',
  },
  approvePublish: { fields: ['opinion'], call: call(api.approvePublishBulletin), body: opined },
  refusePublish: { fields: ['reason'], call: call(api.refusePublishBulletin), body: reasoned, danger: true },
  void: {
    fields: ['reason'],
    call: call(api.voidBulletin),
    body: reasoned,
    danger: true,
    says: '作废以后这一期可以重新取数。',
  },
};
export const emptyDraft: BulletinDraft = { opinion: '', reason: '', channel: '' };

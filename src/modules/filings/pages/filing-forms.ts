import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import type { FilingAction } from '../lifecycle.ts';
import { api, type FilingView, type Filled } from './filings-client.ts';

/** All that any form of a filing may hold; each action uses its part. */
export interface FilingDraft {
  readonly filled: Filled;
  readonly reason: string;
  readonly dueOn: string | null;
  readonly hour: string;
}
export type FieldName = 'filled' | 'reason' | 'newHour';
type FilingForm = CaseForm<FieldName, FilingDraft, FilingView>;

const version = (view: FilingView) => ({ version: view.filing.version });
const reasoned = (draft: FilingDraft, view: FilingView) => ({ ...version(view), reason: draft.reason });

export const filingForms: Readonly<Record<FilingAction, FilingForm>> = {
  file: {
    fields: ['filled'],
    wide: true,
    call: call(api.fileReport),
    body: (draft, view) => ({ ...version(view), filled: draft.filled }),
    says: '报送之后，系统计算的数字按此刻的情况锁定；需要改正的，可以更正，原来的一份仍然留存。',
  },
  amend: {
    fields: ['filled', 'reason'],
    wide: true,
    call: call(api.amendReport),
    body: (draft, view) => ({ ...reasoned(draft, view), filled: draft.filled }),
  },
  returnReport: {
    fields: ['reason', 'newHour'],
    call: call(api.returnReport),
    body: (draft, view) => ({ ...reasoned(draft, view), dueOn: draft.dueOn ?? '', hour: draft.hour }),
    danger: true,
  },
  exempt: { fields: ['reason'], call: call(api.exemptReport), body: reasoned },
  demand: { fields: ['reason'], call: call(api.demandReport), body: reasoned },
};

/** The form of an action as it begins: what was filed last, to be mended. */
export const beginDraft = (view: FilingView, today: string): FilingDraft => ({
  filled: view.versions[0]?.filled ?? { values: {}, narrative: '', cases: [], practices: [], fileIds: [] },
  reason: '',
  dueOn: today,
  hour: '17:00',
});

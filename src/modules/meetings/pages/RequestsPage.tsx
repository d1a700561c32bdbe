import { Link } from 'react-router';
import { type CaseForm, caseCall } from '../../../platform/web/case-form.ts';
import type { PlainColumn } from '../../../platform/web/parts/PlainTable.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { requestLifecycle } from '../request-lifecycle.ts';
import { CaseList } from './CaseList.tsx';
import { DayField, Words } from './fields.tsx';
import { type RequestLine, requestsOf, requestTone } from './meetings-client.ts';

export interface MatterDraft {
  readonly title: string;
  readonly situation: string;
  readonly proposal: string;
  readonly answerBy: string | null;
}
const form: CaseForm<'all', MatterDraft, null> = {
  fields: ['all'],
  call: caseCall(requestsOf.askRequest),
  body: (draft) => ({ ...draft }),
  wide: true,
  says: '没有批示之前不得擅自表态和处置。提出后编号印制请示。',
};

/** What a request says. */
export function MatterFields({
  draft,
  onChange,
}: {
  draft: MatterDraft;
  onChange: (change: Partial<MatterDraft>) => void;
}) {
  const { today } = useSession();
  return (
    <>
      <Words
        label="请示事项"
        must
        max={80}
        says="标题里用：关于……的请示。"
        value={draft.title}
        onChange={(title) => onChange({ title })}
      />
      <Words
        label="基本情况"
        must
        rows={4}
        max={4000}
        value={draft.situation}
        onChange={(situation) => onChange({ situation })}
      />
      <Words
        label="有关建议"
        must
        rows={4}
        max={4000}
        value={draft.proposal}
        onChange={(proposal) => onChange({ proposal })}
      />
      <DayField
        label="希望何日前答复"
        from={today}
        value={draft.answerBy}
        onChange={(answerBy) => onChange({ answerBy })}
      />
    </>
  );
}

const columns: readonly PlainColumn<RequestLine>[] = [
  { title: '编号', nowrap: true, render: (row) => <Link to={`/requests/${row.id}`}>{row.number}</Link> },
  { title: '事项', render: (row) => <Link to={`/requests/${row.id}`}>{row.title}</Link> },
  { title: '请示单位', render: (row) => row.unitName },
  { title: '请示日期', nowrap: true, render: (row) => row.on },
  {
    title: '状态',
    render: (row) => <StatusTag tone={requestTone[row.state]}>{requestLifecycle.states[row.state]}</StatusTag>,
  },
  {
    title: '希望答复',
    nowrap: true,
    render: (row) =>
      row.late > 0 ? (
        <span className="g-meet-behind">
          {row.answerBy}，已迟{row.late}天
        </span>
      ) : (
        (row.answerBy ?? '—')
      ),
  },
  {
    title: '批示',
    nowrap: true,
    render: (row) => (row.instructedBy ? `${row.instructedBy} ${row.instructedOn ?? ''}` : '—'),
  },
];

/** 请示: important matters asked upward, and what was answered. */
export function RequestsPage() {
  const { may } = useSession();
  return (
    <CaseList<RequestLine, MatterDraft>
      title="请示批示"
      says="重要情况和重大问题先请示、后办理；批示登记何人、何时、何意见，要求办理的成为任务。"
      read={useRead(requestsOf.listRequests, { query: {} })}
      columns={columns}
      empty="还没有请示。"
      make={may('request.work') ? '提出请示' : null}
      dialog={{
        form,
        keep: 'request.ask',
        subject: '重要事项',
        begin: { title: '', situation: '', proposal: '', answerBy: null },
        fields: (draft, change) => <MatterFields draft={draft} onChange={change} />,
      }}
    />
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type CaseForm, caseCall } from '../../../platform/web/case-form.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { requestLifecycle } from '../request-lifecycle.ts';
import { DayField, Words } from './fields.tsx';
import './meetings.css';
import { requestsOf, requestTone } from './meetings-client.ts';

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

/** 请示: important matters asked upward, and what was answered. */
export function RequestsPage() {
  const { may } = useSession();
  const [makes, setMakes] = useState(false);
  const read = useRead(requestsOf.listRequests, { query: {} });
  return (
    <>
      <PageHeader
        title="请示批示"
        says="重要情况和重大问题先请示、后办理；批示登记何人、何时、何意见，要求办理的成为任务。"
        actions={
          may('request.work') ? (
            <Button type="primary" onClick={() => setMakes(true)}>
              提出请示
            </Button>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Card>
        {read.data && read.data.rows.length === 0 ? (
          <p className="g-empty">还没有请示。</p>
        ) : (
          <div className="g-scroll-x">
            <table className="g-plain-table">
              <thead>
                <tr>
                  <th scope="col">编号</th>
                  <th scope="col">事项</th>
                  <th scope="col">请示单位</th>
                  <th scope="col">请示日期</th>
                  <th scope="col">状态</th>
                  <th scope="col">希望答复</th>
                  <th scope="col">批示</th>
                </tr>
              </thead>
              <tbody>
                {(read.data?.rows ?? []).map((row) => (
                  <tr key={row.id}>
                    <td className="g-nowrap">
                      <Link to={`/requests/${row.id}`}>{row.number}</Link>
                    </td>
                    <td>{row.title}</td>
                    <td>{row.unitName}</td>
                    <td className="g-nowrap g-figures">{row.on}</td>
                    <td>
                      <StatusTag tone={requestTone[row.state]}>{requestLifecycle.states[row.state]}</StatusTag>
                    </td>
                    <td className="g-nowrap g-figures">
                      {row.late > 0 ? (
                        <span className="g-meet-behind">
                          {row.answerBy}，已迟{row.late}天
                        </span>
                      ) : (
                        (row.answerBy ?? '—')
                      )}
                    </td>
                    <td className="g-nowrap">
                      {row.instructedBy ? `${row.instructedBy} ${row.instructedOn ?? ''}` : '—'}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {makes ? (
        <CaseDialog<'all', MatterDraft, null>
          form={form}
          view={null}
          id=""
          keep="request.ask"
          word="提出请示"
          subject="重要事项"
          begin={{ title: '', situation: '', proposal: '', answerBy: null }}
          fields={(draft, change) => <MatterFields draft={draft} onChange={change} />}
          onClose={() => setMakes(false)}
          onRefresh={() => void read.refetch()}
        />
      ) : null}
    </>
  );
}

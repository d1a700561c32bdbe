import { Button } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '../../../kernel/contract.ts';
import '../../../platform/web/case.css';
import { client } from '../../../platform/web/client.ts';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { criteriaApi } from '../api-criteria.ts';
import { CriteriaForm } from './CriteriaForm.tsx';
import './problems.css';

const api = client(criteriaApi);
type Line = ResponseOf<typeof criteriaApi.listCriteria>['rows'][number];

function Clauses({ clauses }: { clauses: Line['clauses'] }) {
  return (
    <table className="g-plain-table">
      <thead>
        <tr>
          <th scope="col">条号</th>
          <th scope="col">行业领域</th>
          <th scope="col">条文</th>
        </tr>
      </thead>
      <tbody>
        {clauses.map((clause) => (
          <tr key={clause.code}>
            <td className="g-code">{clause.code}</td>
            <td>{clause.sector ?? '通用'}</td>
            <td>{clause.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One set of criteria in one version: the days on which it holds, its clauses, its end. */
function OneSet({ line }: { line: Line }) {
  const { may, today } = useSession();
  const [open, setOpen] = useState(false);
  const [ending, setEnding] = useState(false);
  const [on, setOn] = useState<string | null>(today);
  const end = useAct(api.endCriteria, { onDone: () => setEnding(false) });
  return (
    <Card
      title={
        <>
          {line.name}（{line.version}） {line.sample ? <span className="g-sample">示例，不是法定标准</span> : null}
        </>
      }
      extra={
        <StatusTag tone={line.holds ? 'done' : 'stopped'}>
          {line.holds ? '今天有效' : line.validFrom > today ? '尚未施行' : '已经废止'}
        </StatusTag>
      }
    >
      <p className="g-quiet">
        施行 {line.validFrom}
        {line.validTo ? `，废止 ${line.validTo}` : ''}；{line.source ? `出处：${line.source}；` : ''}共{' '}
        {line.clauses.length} 条
      </p>
      <div className="g-row">
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? '收起条文' : '查看条文'}
        </Button>
        {may('problem.criteria') && line.validTo === null ? (
          <Button size="small" onClick={() => setEnding(!ending)}>
            写明废止日期
          </Button>
        ) : null}
        {ending ? (
          <>
            <DayPicker label="废止日期（有效的最后一天）" value={on} from={line.validFrom} onChange={setOn} />
            <Button
              size="small"
              type="primary"
              loading={end.busy}
              disabled={on === null}
              onClick={() => void end.act({ params: { id: line.id }, body: { validTo: on ?? '' } })}
            >
              确认废止
            </Button>
            <span className="g-quiet">这一天是有效的最后一天；已经作出的判定不受影响。</span>
          </>
        ) : null}
      </div>
      <RefusalAlert refusal={end.refusal} onResend={() => void end.resend()} />
      {open ? <Clauses clauses={line.clauses} /> : null}
    </Card>
  );
}

/** 判定标准: every set with the days on which it holds; those who may enter the official texts here. */
export function CriteriaPage() {
  const { may } = useSession();
  const read = useRead(api.listCriteria, { query: {} });
  const [adding, setAdding] = useState(false);
  const sample = useAct(api.addSampleCriteria);
  const rows = read.data?.rows ?? [];
  const canEnter = may('problem.criteria');
  return (
    <>
      <PageHeader
        title="判定标准"
        says="判定重大隐患时勾选这里的条文。每次判定都记下标准的版本，以后标准变了也查得到当时的依据。"
        actions={
          canEnter ? (
            <>
              {!read.data || rows.some((row) => row.sample) ? null : (
                <Button loading={sample.busy} onClick={() => void sample.act({})}>
                  装入示例
                </Button>
              )}
              <Button type="primary" onClick={() => setAdding(!adding)}>
                录入标准
              </Button>
            </>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <RefusalAlert refusal={sample.refusal} onResend={() => void sample.resend()} />
      {adding ? <CriteriaForm onDone={() => setAdding(false)} onCancel={() => setAdding(false)} /> : null}
      {read.data && rows.length === 0 ? (
        <Card>
          <p className="g-empty">
            还没有录入判定标准。
            {canEnter ? '请点“录入标准”，上传正式条文的表格或文档；只想试用的，可以先装入示例。' : '请联系安委办录入。'}
          </p>
        </Card>
      ) : null}
      {rows.map((line) => (
        <OneSet key={line.id} line={line} />
      ))}
    </>
  );
}

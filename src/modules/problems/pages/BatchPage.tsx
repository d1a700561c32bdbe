import { Alert, Button, Spin } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { save } from '../../../platform/web/client.ts';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { batchStates, lineStates } from '../batch.ts';
import { type ProblemState, problemLifecycle } from '../lifecycle.ts';
import { sourceWords } from '../problem.ts';
import { BatchHistory } from './BatchHead.tsx';
import { BatchReview } from './BatchReview.tsx';
import './batches.css';
import { type BatchView, batches, batchTone, closedShare } from './batch-client.ts';
import { ledgerAddress } from './problems-client.ts';

/** One list: being read, reviewed beside its text, and afterwards how far it is closed. */
export function BatchPage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const read = useRead(batches.readBatch, { params: { id } }, { refreshEvery: 4000 });
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <Spin />;
  const { batch } = read.data;
  const header = (
    <PageHeader
      title={batch.title}
      tag={<StatusTag tone={batchTone[batch.state]}>{batchStates[batch.state]}</StatusTag>}
      says={[batch.number, batch.sender, batch.documentNumber, sourceWords[batch.sourceType], `${batch.receivedOn}收到`]
        .filter(Boolean)
        .join('　')}
      actions={<Actions view={read.data} />}
    />
  );
  if (batch.state === 'reading' || batch.state === 'unreadable') return <Reading view={read.data} header={header} />;
  if (batch.state === 'reviewing' && may('problem.import'))
    return <BatchReview view={read.data} header={header} refresh={() => void read.refetch()} />;
  return <Progress view={read.data} header={header} />;
}

function Actions({ view }: { view: BatchView }) {
  const { may } = useSession();
  const { batch } = view;
  const registered = batch.lines.registered + batch.lines.merged > 0;
  return (
    <>
      <Button onClick={() => void batches.openBatchFile({ params: { id: batch.id } }).then(save)}>下载原文件</Button>
      {registered && batch.way === 'document' && may('problem.export') ? (
        <>
          <DownloadButton
            call={batches.batchReport}
            input={{ params: { id: batch.id }, query: { as: 'docx' } }}
            label="整改情况报告（Word）"
          />
          <DownloadButton
            call={batches.batchReport}
            input={{ params: { id: batch.id }, query: { as: 'xlsx' } }}
            label="整改情况报告（表格）"
          />
        </>
      ) : null}
    </>
  );
}

function Reading({ view, header }: { view: BatchView; header: React.ReactNode }) {
  const { batch } = view;
  const { may } = useSession();
  const navigate = useNavigate();
  const [ending, setEnding] = useState(false);
  const again = useAct(batches.readBatchAgain);
  const withdraw = useAct(batches.withdrawBatch, { onDone: () => navigate('/problem-batches') });
  return (
    <>
      {header}
      <Card>
        <div role="status" aria-live="polite">
          {batch.state === 'reading' ? (
            <p>
              <Spin size="small" /> {batch.step ?? '正在识读'}…　文件「{batch.fileName}
              」。识读在后台进行，可以先去做别的事。
            </p>
          ) : (
            <Alert type="error" showIcon title={batch.error ?? '读取失败'} />
          )}
        </div>
        <RefusalAlert refusal={again.refusal} />
        {may('problem.import') ? (
          <div className="g-row" style={{ marginTop: 12 }}>
            <Button loading={again.busy} onClick={() => void again.act({ params: { id: batch.id } })}>
              重新识读
            </Button>
            <Button danger onClick={() => setEnding(true)}>
              作废
            </Button>
          </div>
        ) : null}
      </Card>
      <ConfirmWithReason
        open={ending}
        title={`作废${batch.number}`}
        reasonLabel="作废原因"
        confirmLabel="作废"
        danger
        busy={withdraw.busy}
        refusal={withdraw.refusal}
        onConfirm={(reason) =>
          void withdraw.act({ params: { id: batch.id }, body: { version: batch.version, reason } })
        }
        onCancel={() => setEnding(false)}
      />
    </>
  );
}

function Progress({ view, header }: { view: BatchView; header: React.ReactNode }) {
  const { batch, lines } = view;
  const { closing } = batch;
  const open = ledgerAddress({ batch: batch.id, lamp: ['red', 'amber', 'green', 'grey'] });
  return (
    <>
      {header}
      <FigureStrip label="本批整改进度">
        <Figure name="清单条数" value={batch.lines.all} unit="条" />
        <Figure
          name="登记问题"
          value={closing.problems}
          unit="条"
          to={ledgerAddress({ batch: batch.id, lamp: null })}
        />
        <Figure
          name="已销号"
          value={closing.closed}
          unit="条"
          to={ledgerAddress({ batch: batch.id, state: ['closed'], lamp: null })}
        />
        <Figure name="销号率" value={closedShare(closing)} />
        <Figure name="未销号" value={closing.problems - closing.closed} unit="条" to={open} />
        <Figure
          name="逾期"
          value={closing.late}
          unit="条"
          {...(closing.late > 0 ? { colour: 'red' as const } : {})}
          to={ledgerAddress({ batch: batch.id, lamp: ['red'] })}
        />
      </FigureStrip>
      <Card title="来文">
        <Facts
          title="来文"
          rows={[
            { name: '来文单位', value: batch.sender },
            { name: '文号', value: batch.documentNumber },
            { name: '印发日期', value: batch.issuedOn },
            { name: '收到日期', value: batch.receivedOn },
            { name: '检查组', value: batch.finder },
            { name: '导入人', value: `${batch.importedByName}　${batch.importedAt.slice(0, 10)}` },
          ]}
        />
      </Card>
      {batch.way === 'sheet' ? (
        <Card title="各条问题">
          <p>
            这一批由表格导入，共 {batch.lines.all} 条。
            <Link to={ledgerAddress({ batch: batch.id, lamp: null })}>在问题台账中查看</Link>
          </p>
        </Card>
      ) : (
        <Card title={`各条问题（${lines.length}）`}>
          <div style={{ overflowX: 'auto' }}>
            <table className="b-table">
              <thead>
                <tr>
                  <th scope="col">原编号</th>
                  <th scope="col">问题</th>
                  <th scope="col">责任单位</th>
                  <th scope="col">整改时限</th>
                  <th scope="col">结果</th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <tr key={line.id}>
                    <td>{line.originalNumber ?? line.position}</td>
                    <td>
                      {line.problem ? (
                        <Link to={`/problems/${line.problem.id}`}>{line.title || line.text}</Link>
                      ) : (
                        line.title || '（没有写问题）'
                      )}
                    </td>
                    <td>{line.leadUnitName ?? ''}</td>
                    <td className="g-figures">{line.dueOn ?? ''}</td>
                    <td>
                      {line.problem
                        ? `${line.problem.number}　${problemLifecycle.states[line.problem.state as ProblemState] ?? ''}${line.state === 'merged' ? '（并入）' : ''}`
                        : `${lineStates[line.state]}${line.reason ? `：${line.reason}` : ''}`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      <BatchHistory view={view} />
    </>
  );
}

import { Alert, Button, Spin } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { QueryOf } from '../../../kernel/contract.ts';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { FilterBar } from '../../../platform/web/parts/FilterBar.tsx';
import { LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import type { batchesApi } from '../api-batches.ts';
import { batchStates } from '../batch.ts';
import { sourceWords } from '../problem.ts';
import './batches.css';
import { type Batch, batches, batchTone, closedShare, listExtensions } from './batch-client.ts';
import { ledgerAddress } from './problems-client.ts';

const defaults = { q: '', state: [], source: [] };
const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** Lists that superiors sent and workbooks that were imported, with how far each is closed. */
export function BatchListPage() {
  const { may } = useSession();
  const navigate = useNavigate();
  const ledger = useLedger<QueryOf<typeof batchesApi.listBatches>>(defaults, {});
  const list = useRead(batches.listBatches, { query: ledger.query });
  return (
    <>
      <PageHeader
        title="问题批次"
        says="上级反馈意见、移交清单、问题隐患清单：导入后逐条校核、一次登记，按来文版式反馈整改情况。"
        actions={
          may('problem.import') ? <Button onClick={() => navigate('/problem-sheets')}>按模板导入表格</Button> : null
        }
      />
      {may('problem.import') ? <ImportList /> : null}
      <FilterBar
        ledger={ledger}
        fields={[
          { key: 'q', label: '名称、来文单位、文号、编号', kind: 'text' },
          { key: 'state', label: '状态', kind: 'choices', options: options(batchStates) },
          { key: 'source', label: '来源', kind: 'choices', width: 180, options: options(sourceWords) },
        ]}
      />
      <LedgerTable<Batch, QueryOf<typeof batchesApi.listBatches>>
        name="problem-batches"
        label="问题批次"
        ledger={ledger}
        list={list}
        rowKey={(row) => row.id}
        card={(row) => <BatchCard row={row} />}
        columns={[
          {
            key: 'number',
            title: '编号',
            width: 130,
            figures: true,
            render: (row) => <span className="g-code">{row.number}</span>,
          },
          {
            key: 'title',
            title: '清单名称',
            width: 230,
            render: (row) => <Link to={`/problem-batches/${row.id}`}>{row.title}</Link>,
          },
          { key: 'sender', title: '来文单位', width: 150, render: (row) => row.sender ?? '' },
          { key: 'documentNumber', title: '文号', width: 160, hidden: true, render: (row) => row.documentNumber ?? '' },
          { key: 'sourceType', title: '来源', width: 110, render: (row) => sourceWords[row.sourceType] },
          { key: 'receivedOn', title: '收到日期', width: 110, figures: true, render: (row) => row.receivedOn },
          { key: 'lines', title: '条数', width: 70, align: 'right', figures: true, render: (row) => row.lines.all },
          {
            key: 'open',
            title: '待登记',
            width: 80,
            align: 'right',
            figures: true,
            render: (row) => (row.lines.open > 0 ? row.lines.open : ''),
          },
          { key: 'closed', title: '销号进度', width: 150, render: (row) => <Closing row={row} /> },
          {
            key: 'state',
            title: '状态',
            width: 110,
            render: (row) => <StatusTag tone={batchTone[row.state]}>{batchStates[row.state]}</StatusTag>,
          },
          { key: 'importedByName', title: '导入人', width: 90, hidden: true, render: (row) => row.importedByName },
        ]}
        empty={may('problem.import') ? '还没有批次。请把上级发来的清单拖到上面的框里。' : '还没有批次。'}
      />
    </>
  );
}

/** How many of a list's problems are closed, as a bar that opens the ledger. */
export function Closing({ row }: { row: Batch }) {
  const { closing } = row;
  if (closing.problems === 0) return <span className="g-quiet">未登记</span>;
  const share = (closing.closed / closing.problems) * 100;
  return (
    <Link className="b-closing" to={ledgerAddress({ batch: row.id, lamp: null })}>
      <span className="b-bar" aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </span>
      {closing.closed}/{closing.problems}（{closedShare(closing)}）
      {closing.late > 0 ? <b className="g-major">逾期{closing.late}</b> : null}
    </Link>
  );
}

function BatchCard({ row }: { row: Batch }) {
  return (
    <div>
      <div className="g-row">
        <span className="g-code">{row.number}</span>
        <StatusTag tone={batchTone[row.state]}>{batchStates[row.state]}</StatusTag>
      </div>
      <p>
        <Link to={`/problem-batches/${row.id}`}>{row.title}</Link>
      </p>
      <p className="g-quiet">
        {[row.sender, sourceWords[row.sourceType], `${row.receivedOn}收到`, `${row.lines.all}条`]
          .filter(Boolean)
          .join('　')}
      </p>
      <Closing row={row} />
    </div>
  );
}

function ImportList() {
  const navigate = useNavigate();
  const [known, setKnown] = useState<{ id: string; says: string; file: File } | null>(null);
  const take = useAct(batches.importBatch, {
    onDone: (result, input) => {
      if (!result.known) return navigate(`/problem-batches/${result.id}`);
      const says = `这个文件已由${result.importedByName}于${result.importedAt.slice(0, 10)}导入过，即${result.number}《${result.title}》。`;
      setKnown({ id: result.id, says, file: input.file });
    },
  });
  return (
    <section className="g-card" aria-label="导入上级清单">
      <FileUpload
        label="把上级的反馈意见或问题清单拖到这里"
        hint="Word（.docx .doc）、WPS、PDF（有文字层）、Excel、OFD、文本都可以，最大 100 MB。表格式和条文式的清单都能识读，登记前逐条校核。"
        extensions={listExtensions}
        maxBytes={100 * 1024 * 1024}
        progress={take.progress}
        disabled={take.busy}
        onFiles={(files) => {
          setKnown(null);
          const [file] = files;
          if (file) void take.act({ file });
        }}
      />
      {take.busy && take.progress === null ? <Spin size="small" /> : null}
      <RefusalAlert refusal={take.refusal} onResend={take.resend} onClose={take.clear} />
      {known ? (
        <Alert
          type="info"
          showIcon
          title={known.says}
          action={
            <>
              <Button size="small" type="primary" onClick={() => navigate(`/problem-batches/${known.id}`)}>
                打开已有批次
              </Button>{' '}
              <Button size="small" onClick={() => void take.act({ file: known.file, fields: { again: 'true' } })}>
                仍要再导入一份
              </Button>
            </>
          }
        />
      ) : null}
    </section>
  );
}

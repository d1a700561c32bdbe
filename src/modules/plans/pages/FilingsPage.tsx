import { Button, Modal, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
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
import type { plansApi } from '../api.ts';
import { filingLifecycle } from '../filing.ts';
import { filingTone, plans } from './plans-client.ts';

type Filing = ResponseOf<typeof plansApi.listFilings>['rows'][number];
type Asking = { readonly filing: Filing; readonly what: 'file' | 'accept' | 'return' | 'excuse' };
const defaults = { planId: '', state: [], late: undefined };
const words = { accept: '审查通过', return: '退回修改', excuse: '准予免报' } as const;

/** Who has filed a plan of its own and who has not; units file here, the office judges here. */
export function FilingsPage() {
  const { may, actor } = useSession();
  const ledger = useLedger<QueryOf<typeof plansApi.listFilings>>(defaults);
  const list = useRead(plans.listFilings, { query: ledger.query });
  const [asking, setAsking] = useState<Asking | null>(null);
  const file = useAct(plans.fileSubPlan, { onDone: () => setAsking(null) });
  const judge = useAct(plans.judgeFiling, { onDone: () => setAsking(null) });
  const office = may('filing.judge');
  const verdict = asking && asking.what !== 'file' ? asking.what : null;
  return (
    <>
      <PageHeader title="子方案报送" says="按进入系统的日期计算是否按时，退改后以第一次报送为准。" />
      <FilterBar
        ledger={ledger}
        fields={[
          {
            key: 'state',
            label: '状态',
            kind: 'choices',
            options: Object.entries(filingLifecycle.states).map(([value, label]) => ({ value, label })),
          },
          { key: 'late', label: '是否按时', kind: 'choice', options: [{ value: 'true', label: '迟报或逾期' }] },
        ]}
      />
      <LedgerTable
        name="filings"
        label="子方案报送表"
        ledger={ledger}
        list={list}
        rowKey={(row) => row.id}
        columns={[
          { key: 'unitName', title: '应报单位', width: 180, render: (row) => row.unitName },
          { key: 'title', title: '报送内容', render: (row) => row.title },
          {
            key: 'planTitle',
            title: '所属方案',
            render: (row) => <Link to={`/plans/${row.planId}`}>{row.planTitle}</Link>,
          },
          { key: 'dueOn', title: '期限', width: 110, figures: true, render: (row) => row.dueOn },
          {
            key: 'state',
            title: '状态',
            width: 90,
            render: (row) => <StatusTag tone={filingTone[row.state]}>{filingLifecycle.states[row.state]}</StatusTag>,
          },
          {
            key: 'punctuality',
            title: '是否按时',
            width: 130,
            render: (row) => (row.late ? <StatusTag tone="alarm">{row.punctuality}</StatusTag> : row.punctuality),
          },
          {
            key: 'fileName',
            title: '报送文件',
            render: (row) =>
              row.fileName ? <a href={plans.openFilingFile.address({ params: { id: row.id } })}>{row.fileName}</a> : '',
          },
          { key: 'says', title: '审查意见', render: (row) => row.says ?? '' },
          {
            key: 'actions',
            title: '办理',
            width: 130,
            fixed: 'end',
            render: (row) => (
              <Space size={4} wrap>
                {may('filing.file') && row.state !== 'accepted' && (!office || row.unitId === actor?.unitId) ? (
                  <Button size="small" onClick={() => setAsking({ filing: row, what: 'file' })}>
                    {row.state === 'due' ? '报送' : '重新报送'}
                  </Button>
                ) : null}
                {office && row.state === 'filed' ? (
                  <>
                    <Button size="small" type="primary" onClick={() => setAsking({ filing: row, what: 'accept' })}>
                      通过
                    </Button>
                    <Button size="small" onClick={() => setAsking({ filing: row, what: 'return' })}>
                      退改
                    </Button>
                  </>
                ) : null}
                {office && (row.state === 'due' || row.state === 'returned') ? (
                  <Button size="small" onClick={() => setAsking({ filing: row, what: 'excuse' })}>
                    免报
                  </Button>
                ) : null}
              </Space>
            ),
          },
        ]}
        empty="没有应报的子方案。"
      />
      <Modal
        open={asking?.what === 'file'}
        title={`报送「${asking?.filing.title ?? ''}」`}
        footer={null}
        mask={{ closable: false }}
        onCancel={() => setAsking(null)}
      >
        <RefusalAlert refusal={file.refusal} onResend={file.resend} />
        <FileUpload
          label="把方案文件拖到这里"
          extensions={['docx', 'doc', 'wps', 'pdf', 'xlsx', 'xls', 'ofd', 'jpg', 'png']}
          maxBytes={100 * 1024 * 1024}
          progress={file.progress}
          disabled={file.busy}
          onFiles={(files) => {
            const [one] = files;
            if (one && asking) void file.act({ params: { id: asking.filing.id }, file: one });
          }}
        />
      </Modal>
      <ConfirmWithReason
        open={verdict !== null}
        title={`${asking?.filing.unitName ?? ''}：${verdict ? words[verdict] : ''}`}
        reasonLabel={verdict === 'accept' ? '审查意见' : '原因'}
        reasonRequired={verdict !== 'accept'}
        confirmLabel={verdict ? words[verdict] : ''}
        busy={judge.busy}
        refusal={judge.refusal}
        onCancel={() => setAsking(null)}
        onConfirm={(reason) => {
          if (!asking || verdict === null) return;
          void judge.act({
            params: { id: asking.filing.id },
            body: { version: asking.filing.version, verdict, reason },
          });
        }}
      />
    </>
  );
}

import type { QueryOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import { FilterBar } from '../../../platform/web/parts/FilterBar.tsx';
import { LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { momentText } from '../../../platform/web/parts/Timeline.tsx';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { accessApi } from '../api.ts';

const api = client(accessApi);
const defaults = { q: '', from: '', to: '', outcome: undefined, accountId: '' };
const outcomes = { done: '办成', refused: '被拒绝', failed: '出错' } as const;
const tones = { done: 'done', refused: 'waiting', failed: 'alarm' } as const;

/** The log of all acts: who, when, from where, what, with which outcome. It can only be read. */
export function AuditPage() {
  const ledger = useLedger<QueryOf<typeof accessApi.listAudit>>(defaults);
  const list = useRead(api.listAudit, { query: ledger.query });
  const accounts = useRead(api.listAccounts, { query: { pageSize: 200 } });
  return (
    <>
      <PageHeader title="操作日志" says="每次办理和每次被拒绝都在这里，只能查看，不能修改或删除。" />
      <FilterBar
        ledger={ledger}
        fields={[
          { key: 'from', label: '自', kind: 'day' },
          { key: 'to', label: '至', kind: 'day' },
          {
            key: 'outcome',
            label: '结果',
            kind: 'choice',
            options: Object.entries(outcomes).map(([value, label]) => ({ value, label })),
          },
          {
            key: 'accountId',
            label: '账号',
            kind: 'choice',
            width: 200,
            options: (accounts.data?.rows ?? []).map((row) => ({
              value: row.id,
              label: `${row.name}（${row.login}）`,
            })),
          },
          { key: 'q', label: '事项、对象、地址', kind: 'text' },
        ]}
      />
      <LedgerTable
        name="audit"
        label="操作日志"
        ledger={ledger}
        list={list}
        rowKey={(row) => `${row.id}/${row.at}`}
        columns={[
          { key: 'at', title: '时间', width: 160, figures: true, render: (row) => momentText(row.at) },
          { key: 'accountName', title: '账号', width: 130, render: (row) => row.accountName ?? '未登录' },
          { key: 'action', title: '事项', width: 180, render: (row) => row.action },
          {
            key: 'outcome',
            title: '结果',
            width: 90,
            render: (row) => <StatusTag tone={tones[row.outcome]}>{outcomes[row.outcome]}</StatusTag>,
          },
          { key: 'says', title: '说明', render: (row) => row.says ?? '—' },
          {
            key: 'target',
            title: '对象',
            width: 160,
            render: (row) => <span className="g-quiet">{row.target ?? '—'}</span>,
          },
          { key: 'address', title: '网络地址', width: 140, figures: true, render: (row) => row.address ?? '—' },
        ]}
        card={(row) => (
          <>
            <div>
              <span className="g-figures">{momentText(row.at)}</span>　{row.accountName ?? '未登录'}　
              <StatusTag tone={tones[row.outcome]}>{outcomes[row.outcome]}</StatusTag>
            </div>
            <div>{row.action}</div>
            {row.says ? <div className="g-quiet">{row.says}</div> : null}
          </>
        )}
        empty="没有符合条件的记录，请放宽筛选条件。"
      />
    </>
  );
}

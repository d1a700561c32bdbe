import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { FilterBar } from '../../../platform/web/parts/FilterBar.tsx';
import { type LedgerColumn, LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { type MeasureState, measureKindWords, measureLifecycle, measureStates } from '../measure.ts';
import { type MeasureLine, measures, measureTone } from './measures-client.ts';
import './figures.css';

interface Query {
  q?: string;
  state?: MeasureState[];
  page?: number;
  pageSize?: number;
}
const defaults: Partial<Query> = { q: '', state: [] };

const columns: readonly LedgerColumn<MeasureLine>[] = [
  {
    key: 'number',
    title: '编号',
    width: 130,
    figures: true,
    render: (row) => <Link to={`/measures/${row.id}`}>{row.number}</Link>,
  },
  { key: 'kind', title: '类别', width: 70, render: (row) => measureKindWords[row.kind] },
  { key: 'title', title: '事项', width: 300, render: (row) => row.title },
  { key: 'lead', title: '牵头单位', width: 150, render: (row) => row.leadUnitName },
  { key: 'person', title: '责任人', width: 90, render: (row) => row.personName ?? '—' },
  {
    key: 'proposal',
    title: '措施建议',
    width: 320,
    render: (row) => row.proposal ?? <span className="g-quiet">还没有</span>,
  },
  {
    key: 'state',
    title: '状态',
    width: 100,
    render: (row) => <StatusTag tone={measureTone[row.state]}>{measureLifecycle.states[row.state]}</StatusTag>,
  },
  {
    key: 'due',
    title: '时限',
    width: 110,
    figures: true,
    render: (row) => (row.late ? <b className="g-lamp-text-red">{row.dueOn} 已过</b> : (row.dueOn ?? '—')),
  },
  {
    key: 'document',
    title: '出台文件',
    width: 240,
    render: (row) =>
      row.documentTitle
        ? `${row.documentTitle}${row.documentNumber ? `（${row.documentNumber}）` : ''} ${row.issuedOn ?? ''}`
        : '—',
  },
  {
    key: 'problems',
    title: '关联问题',
    width: 90,
    align: 'right',
    figures: true,
    render: (row) => row.problems || '—',
  },
];

/** 制度措施清单: the second of the 两个清单. */
export function MeasureListPage() {
  const { may } = useSession();
  const navigate = useNavigate();
  const ledger = useLedger<Query>(defaults);
  const list = useRead(measures.listMeasures, { query: ledger.query });
  const states = list.data?.states ?? [];
  const { page: _page, pageSize: _size, ...filters } = ledger.query;
  return (
    <>
      <PageHeader
        title="制度措施"
        says="需要从政策、制度层面研究解决的事项，明确牵头单位、责任人和措施建议，成熟一个研究一个。"
        actions={
          <>
            <DownloadButton call={measures.exportMeasures} input={{ query: filters }} label="导出清单" />
            {may('measure.work') ? (
              <Button type="primary" onClick={() => navigate('/measures/new')}>
                梳理一项
              </Button>
            ) : null}
          </>
        }
      />
      <FigureStrip label="各状态的事项">
        {measureStates.map((state) => (
          <Figure
            key={state}
            name={measureLifecycle.states[state]}
            value={states.find((one) => one.state === state)?.count ?? 0}
            unit="项"
            chosen={ledger.filters.state?.includes(state) ?? false}
            onClick={() => ledger.setFilters({ state: ledger.filters.state?.includes(state) ? [] : [state] })}
          />
        ))}
      </FigureStrip>
      <FilterBar
        ledger={ledger}
        fields={[{ kind: 'text', key: 'q', label: '查找', placeholder: '事项、内容、编号' }]}
      />
      <LedgerTable
        name="measures"
        label="制度措施清单"
        ledger={ledger}
        list={list}
        columns={columns}
        rowKey={(row) => row.id}
        empty="还没有梳理制度措施。单位梳理由本单位牵头的，安委办可以替各单位登记。"
        card={(row) => (
          <Link to={`/measures/${row.id}`}>
            <b>{row.number}</b> {row.title}
            <br />
            <StatusTag tone={measureTone[row.state]}>{measureLifecycle.states[row.state]}</StatusTag> {row.leadUnitName}{' '}
            {row.personName ?? ''} {row.dueOn ? `时限 ${row.dueOn}` : ''}
          </Link>
        )}
      />
    </>
  );
}

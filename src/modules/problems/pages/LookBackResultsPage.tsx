import { Link } from 'react-router';
import { type LedgerColumn, LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { type CheckState, checkLifecycle } from '../look-back-lifecycle.ts';
import { type CheckLine, checkTone, lookBacks } from './look-back-client.ts';

interface Query {
  unit?: string;
  sector?: string;
  rechecker?: string;
  asOf?: string;
  from?: string;
  state?: CheckState[];
  page?: number;
  pageSize?: number;
}
const defaults: Partial<Query> = {
  unit: undefined,
  sector: undefined,
  rechecker: undefined,
  asOf: undefined,
  from: undefined,
  state: [],
};

const columns: readonly LedgerColumn<CheckLine>[] = [
  {
    key: 'problem',
    title: '问题',
    width: 320,
    render: (row) =>
      row.title === null ? (
        row.number
      ) : (
        <Link to={`/problems/${row.problemId}`}>
          {row.number} {row.title}
        </Link>
      ),
  },
  {
    key: 'state',
    title: '结果',
    width: 100,
    render: (row) => <StatusTag tone={checkTone[row.state]}>{checkLifecycle.states[row.state]}</StatusTag>,
  },
  { key: 'unit', title: '责任单位', width: 150, render: (row) => row.unitName },
  { key: 'sector', title: '行业领域', width: 110, render: (row) => row.sector ?? '—' },
  {
    key: 'rechecker',
    title: '复查人',
    width: 150,
    render: (row) => `${row.recheckedUnitName ?? ''} ${row.recheckedByName ?? '—'}`,
  },
  {
    key: 'checker',
    title: '核查人',
    width: 150,
    render: (row) => `${row.checkerUnitName ?? ''} ${row.checkerName ?? '—'}`,
  },
  { key: 'result', title: '核查日期', width: 110, figures: true, render: (row) => row.resultOn ?? '—' },
  {
    key: 'lookBack',
    title: '抽取',
    width: 130,
    render: (row) => <Link to={`/look-backs/${row.lookBackId}`}>{row.lookBackNumber}</Link>,
  },
  { key: 'text', title: '核查情况', width: 320, render: (row) => row.text ?? '—' },
];

/** The results behind a figure of the quality of closures. */
export function LookBackResultsPage() {
  const ledger = useLedger<Query>(defaults);
  const states: CheckState[] = ledger.query.state?.length ? ledger.query.state : ['still', 'notStill'];
  const list = useRead(lookBacks.listChecks, { query: { ...ledger.query, state: states } });
  return (
    <>
      <PageHeader title="核查结果" says={ledger.query.asOf ? `截至 ${ledger.query.asOf}` : undefined} />
      <LedgerTable
        name="look-back-results"
        label="核查结果"
        ledger={ledger}
        list={list}
        columns={columns}
        rowKey={(row) => row.id}
        empty="没有符合条件的核查结果。"
      />
    </>
  );
}

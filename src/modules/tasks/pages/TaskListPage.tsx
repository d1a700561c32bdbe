import { useState } from 'react';
import { Link } from 'react-router';
import { AsOf } from '../../../platform/web/parts/AsOf.tsx';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { FilterBar, type FilterField } from '../../../platform/web/parts/FilterBar.tsx';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { type LedgerColumn, LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { LinkedNote } from '../../../platform/web/parts/LinkedNote.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { oneGovernment, useListQuery, useOpenFirst } from '../../../platform/web/use-list-query.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { lamps, lampWords } from '../lamp.ts';
import { taskLifecycle } from '../lifecycle.ts';
import { BatchBar } from './BatchBar.tsx';
import { api, stateTone, type TaskLine, type TaskQuery } from './tasks-client.ts';

const defaults: Partial<TaskQuery> = {
  q: '',
  lamp: [],
  state: [],
  leadUnit: [],
  unit: [],
  sector: [],
  plan: '',
  stage: '',
  dueFrom: '',
  dueTo: '',
  closedFrom: '',
  closedTo: '',
  closing: undefined,
  person: undefined,
  deadline: undefined,
  mine: undefined,
  without: [],
  known: '',
  jurisdiction: undefined,
};

const stillOpen = ['red', 'amber', 'green', 'grey'] as const;
const lists = ['lamp', 'state', 'leadUnit', 'unit', 'sector', 'without'] as const;

const columns: readonly LedgerColumn<TaskLine>[] = [
  { key: 'lamp', title: '灯号', width: 150, render: (row) => <Lamp colour={row.lamp} reason={row.lampReason} /> },
  {
    key: 'number',
    title: '编号',
    width: 120,
    sorts: true,
    figures: true,
    render: (row) => <span className="g-code">{row.number}</span>,
  },
  { key: 'title', title: '任务', width: 222, render: (row) => <Link to={`/tasks/${row.id}`}>{row.title}</Link> },
  {
    key: 'leadUnit',
    title: '主办单位',
    width: 130,
    render: (row) => (
      <>
        {row.leadUnitName}
        {row.coUnitCount > 0 ? <span className="g-quiet"> 等{row.coUnitCount + 1}个单位</span> : null}
      </>
    ),
  },
  {
    key: 'person',
    title: '责任人',
    width: 76,
    render: (row) => row.personName ?? <span className="g-quiet">未明确</span>,
  },
  {
    key: 'due',
    title: '完成时限',
    width: 114,
    sorts: true,
    figures: true,
    render: (row) => (
      <>
        {row.dueOn ?? row.deadlineText ?? '待定'}
        {row.extensions > 0 ? <span className="g-quiet"> 已延{row.extensions}次</span> : null}
      </>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 92,
    render: (row) => <StatusTag tone={stateTone[row.state]}>{taskLifecycle.states[row.state]}</StatusTag>,
  },
  {
    key: 'percent',
    title: '进展',
    width: 64,
    figures: true,
    align: 'right',
    render: (row) => `${Math.round(row.percent)}%`,
  },
  { key: 'sector', title: '行业领域', width: 120, hidden: true, render: (row) => row.sector ?? '—' },
  {
    key: 'source',
    title: '来源',
    width: 160,
    render: (row) => [row.planTitle, row.address].filter(Boolean).join(' ') || '—',
  },
  {
    key: 'closed',
    title: '办结日期',
    width: 110,
    sorts: true,
    figures: true,
    hidden: true,
    render: (row) => row.closedOn ?? '—',
  },
];

/** Filters that came with a link and have no control in the bar, in words. */
function linkedFilters(query: TaskQuery): readonly string[] {
  const { closedFrom, closedTo, closing, known, stage, without, jurisdiction } = query;
  const closed = closedFrom && closedTo ? `${closedFrom} 至 ${closedTo}` : closedFrom ? `${closedFrom} 起` : closedTo;
  return [
    ...(known ? [`截至 ${known} 的全部任务（当时在办的和已办结的）`] : []),
    ...(closed ? [`${closed}${closedFrom ? '' : ' 止'}办结的`] : []),
    ...(closing ? [closing === 'late' ? '逾期办结的' : '按时办结的'] : []),
    ...(stage ? ['方案某一阶段的'] : []),
    ...(without?.includes('stage') ? ['没有分阶段的'] : []),
    ...(without?.includes('sector') ? ['没有分行业的'] : []),
    ...(jurisdiction ? [oneGovernment] : []),
  ];
}

/** 任务清单: filters kept in the address, lamps with their reasons, batch actions, export, any past day. */
export function TaskListPage() {
  const { actor } = useSession();
  useOpenFirst('lamp', stillOpen);
  const ledger = useLedger<TaskQuery>(defaults, { sort: 'due' });
  const { query, filters, isPast } = useListQuery(ledger, lists);
  const list = useRead(api.listTasks, { query });
  const offered = useRead(api.sectorsOfTasks);
  const linked = linkedFilters(query);
  const [chosen, setChosen] = useState<readonly TaskLine[]>([]);
  const fields: readonly FilterField<TaskQuery>[] = [
    { key: 'q', label: '关键词', kind: 'text', placeholder: '任务名称、内容或编号' },
    {
      key: 'lamp',
      label: '灯号',
      kind: 'choices',
      width: 130,
      options: lamps.map((lamp) => ({ value: lamp, label: lampWords[lamp] })),
    },
    {
      key: 'state',
      label: '状态',
      kind: 'choices',
      width: 140,
      options: Object.entries(taskLifecycle.states).map(([value, label]) => ({ value, label })),
    },
    {
      key: 'leadUnit',
      label: '主办单位',
      kind: 'choices',
      width: 170,
      options: (offered.data?.units ?? []).map((unit) => ({ value: unit.id, label: unit.name })),
    },
    {
      key: 'sector',
      label: '行业领域',
      kind: 'choices',
      options: (offered.data?.sectors ?? []).map((sector) => ({ value: sector, label: sector })),
    },
    {
      key: 'plan',
      label: '方案',
      kind: 'choice',
      width: 200,
      options: (offered.data?.plans ?? []).map((plan) => ({ value: plan.id, label: plan.title })),
    },
    { key: 'dueFrom', label: '时限从', kind: 'day' },
    { key: 'dueTo', label: '到', kind: 'day' },
    { key: 'person', label: '责任人', kind: 'choice', width: 110, options: [{ value: 'missing', label: '未明确' }] },
    { key: 'deadline', label: '时限', kind: 'choice', width: 110, options: [{ value: 'missing', label: '待定' }] },
    ...(actor?.unitName
      ? [
          {
            key: 'mine' as const,
            label: '与我单位',
            kind: 'choice' as const,
            width: 140,
            options: [
              { value: 'lead', label: '我单位主办' },
              { value: 'co', label: '我单位参与' },
              { value: 'led', label: '主办（含下属）' },
            ],
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader title="任务清单" actions={<AsOf />} />
      <FilterBar
        ledger={ledger}
        fields={fields}
        extra={<DownloadButton call={api.exportTasks} input={{ query: filters }} label="导出表格" />}
      />
      <LinkedNote linked={linked} onClear={ledger.clear} />
      <LedgerTable
        name="tasks"
        label="任务清单"
        ledger={ledger}
        list={list}
        rowKey={(row) => row.id}
        columns={columns}
        empty="没有符合条件的任务。可以放宽筛选条件；还没有任务的，请先在“方案台账”里导入方案并下达。"
        {...(isPast
          ? {}
          : {
              selection: {
                keys: chosen.map((row) => row.id),
                onChange: (_keys: string[], rows: TaskLine[]) => setChosen(rows.filter(Boolean)),
              },
              toolbar: <BatchBar chosen={chosen} onDone={() => setChosen([])} />,
            })}
        card={(row) => (
          <>
            <Lamp colour={row.lamp} reason={row.lampReason} />
            <p>
              <Link to={`/tasks/${row.id}`}>{row.title}</Link>
            </p>
            <p className="g-quiet">
              {row.leadUnitName}，时限 {row.dueOn ?? '待定'}，{taskLifecycle.states[row.state]}
            </p>
          </>
        )}
      />
    </>
  );
}

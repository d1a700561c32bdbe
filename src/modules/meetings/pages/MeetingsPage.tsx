import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { QueryOf } from '../../../kernel/contract.ts';
import { FilterBar, type FilterField } from '../../../platform/web/parts/FilterBar.tsx';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { type LedgerColumn, LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { listAddress, useListQuery } from '../../../platform/web/use-list-query.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import type { meetingsApi } from '../api.ts';
import { meetingLifecycle, meetingStates } from '../lifecycle.ts';
import './meetings.css';
import { api, type MeetingLine, meetingTone } from './meetings-client.ts';
import { PlanDialog } from './PlanDialog.tsx';

type Query = QueryOf<typeof meetingsApi.listMeetings>;
const defaults: Partial<Query> = {
  q: undefined,
  state: [],
  obligation: undefined,
  only: undefined,
  from: undefined,
  to: undefined,
};

const columns: readonly LedgerColumn<MeetingLine>[] = [
  { key: 'lamp', title: '灯', width: 110, render: (row) => <Lamp colour={row.lamp} reason={row.lampReason} terse /> },
  {
    key: 'number',
    title: '会议编号',
    width: 130,
    figures: true,
    render: (row) => <Link to={`/meetings/${row.id}`}>{row.number}</Link>,
  },
  { key: 'name', title: '会议', width: 260, render: (row) => <Link to={`/meetings/${row.id}`}>{row.name}</Link> },
  {
    key: 'state',
    title: '状态',
    width: 120,
    render: (row) => <StatusTag tone={meetingTone[row.state]}>{meetingLifecycle.states[row.state]}</StatusTag>,
  },
  { key: 'on', title: '日期', width: 110, figures: true, render: (row) => row.on },
  { key: 'convener', title: '召集单位', width: 150, render: (row) => row.convener },
  { key: 'agenda', title: '议题', width: 70, figures: true, render: (row) => row.agenda },
  { key: 'came', title: '实到/应到', width: 100, figures: true, render: (row) => `${row.came}/${row.asked}` },
  {
    key: 'decisions',
    title: '交办（未结）',
    width: 110,
    figures: true,
    render: (row) => `${row.decisions}（${row.openTasks}）`,
  },
  { key: 'obligation', title: '会议要求', width: 200, hidden: true, render: (row) => row.obligationName ?? '—' },
  { key: 'place', title: '地点', width: 160, hidden: true, render: (row) => row.place || '—' },
];

function MeetingCard({ row }: { row: MeetingLine }) {
  return (
    <>
      <p>
        <Lamp colour={row.lamp} reason={row.lampReason} />
      </p>
      <p>
        <Link to={`/meetings/${row.id}`}>
          <span className="g-code">{row.number}</span> {row.name}
        </Link>
      </p>
      <p>
        <StatusTag tone={meetingTone[row.state]}>{meetingLifecycle.states[row.state]}</StatusTag> {row.on}　
        {row.convener}
      </p>
    </>
  );
}

/** How each obligation stands: required, held, due by now; the number held opens the meetings. */
function Met() {
  const read = useRead(api.obligationsMet);
  const rows = read.data?.rows ?? [];
  return (
    <Card title={`会议要求落实情况（${read.data?.day ?? ''}）`} extra={<Link to="/meeting-obligations">会议要求</Link>}>
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      {read.data && rows.length === 0 ? (
        <p className="g-empty">还没有登记会议要求。文件规定每年、每季度至少开几次会的，在“会议要求”页登记。</p>
      ) : (
        <div className="g-scroll-x">
          <table className="g-plain-table">
            <thead>
              <tr>
                <th scope="col">会议</th>
                <th scope="col">要求</th>
                <th scope="col">期间</th>
                <th scope="col" className="g-num">
                  应开
                </th>
                <th scope="col" className="g-num">
                  已开
                </th>
                <th scope="col" className="g-num">
                  到今天应开
                </th>
                <th scope="col">情况</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.obligationId}>
                  <td>
                    {row.name}
                    <br />
                    <span className="g-quiet">{row.convener}召集</span>
                  </td>
                  <td className="g-nowrap">{row.words}</td>
                  <td className="g-nowrap g-figures">
                    {row.from} 至 {row.to}
                  </td>
                  <td className="g-num g-figures">{row.required}</td>
                  <td className="g-num g-figures">
                    <Link
                      to={listAddress('/meetings', {
                        obligation: row.obligationId,
                        only: 'held',
                        from: row.from,
                        to: row.to,
                      })}
                    >
                      {row.held}
                    </Link>
                  </td>
                  <td className="g-num g-figures">{row.dueByNow}</td>
                  <td>
                    {row.behind > 0 ? (
                      <span className="g-meet-behind">
                        欠{row.behind}次，已迟{row.late}天
                      </span>
                    ) : row.nextBy ? (
                      `下一次应于${row.nextBy}前召开`
                    ) : (
                      '本期已完成'
                    )}
                    {row.owedBefore > 0 ? <span className="g-quiet">；上一期少开{row.owedBefore}次</span> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

/** 会议: obligations as figures, then the meetings. */
export function MeetingsPage() {
  const { may } = useSession();
  const [plans, setPlans] = useState(false);
  const ledger = useLedger<Query>(defaults);
  const { query } = useListQuery(ledger, ['state'] as const);
  const list = useRead(api.listMeetings, { query });
  const obligations = useRead(api.listObligations);
  const fields: readonly FilterField<Query>[] = [
    { key: 'q', label: '搜索', kind: 'text', placeholder: '名称、编号、文号' },
    {
      key: 'state',
      label: '状态',
      kind: 'choices',
      options: meetingStates.map((state) => ({ value: state, label: meetingLifecycle.states[state] })),
    },
    {
      key: 'only',
      label: '范围',
      kind: 'choice',
      options: [
        { value: 'todo', label: '待我办理' },
        { value: 'open', label: '未了结' },
        { value: 'held', label: '已召开' },
      ],
    },
    {
      key: 'obligation',
      label: '会议要求',
      kind: 'choice',
      options: (obligations.data?.rows ?? []).map((one) => ({ value: one.id, label: one.name })),
    },
  ];
  return (
    <>
      <PageHeader
        title="会议"
        says="常委会、常务会、安委会等研究安全生产的会议：该开几次、开了几次、定了什么、办得怎样。"
        actions={
          may('meeting.work') ? (
            <Button type="primary" onClick={() => setPlans(true)}>
              计划会议
            </Button>
          ) : null
        }
      />
      <Met />
      <FilterBar ledger={ledger} fields={fields} />
      <LedgerTable
        name="meetings"
        label="会议清单"
        ledger={ledger}
        list={list}
        rowKey={(row) => row.id}
        columns={columns}
        empty="没有符合条件的会议。"
        card={(row) => <MeetingCard row={row} />}
      />
      {plans ? <PlanDialog obligations={obligations.data?.rows ?? []} onClose={() => setPlans(false)} /> : null}
    </>
  );
}

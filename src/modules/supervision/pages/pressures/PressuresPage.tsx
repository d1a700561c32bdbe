import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Figure, FigureStrip } from '../../../../platform/web/parts/Figure.tsx';
import { FilterBar, type FilterField } from '../../../../platform/web/parts/FilterBar.tsx';
import { Lamp } from '../../../../platform/web/parts/Lamp.tsx';
import { type LedgerColumn, LedgerTable } from '../../../../platform/web/parts/LedgerTable.tsx';
import { Card, PageHeader } from '../../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../../platform/web/session.tsx';
import { useLedger } from '../../../../platform/web/use-ledger.ts';
import { listAddress, useListQuery } from '../../../../platform/web/use-list-query.ts';
import { useRead } from '../../../../platform/web/use-read.ts';
import { pressureKinds, pressureWords } from '../../pressure.ts';
import { pressureLifecycle, pressureStates } from '../../pressure-lifecycle.ts';
import '../../../../platform/web/case.css';
import '../supervision.css';
import { ProposePressure } from './ProposePressure.tsx';
import { api, type PressureLine, type PressureQuery, stateTone, stateWord } from './pressures-client.ts';

const defaults: Partial<PressureQuery> = {
  q: undefined,
  kind: [],
  state: [],
  unit: undefined,
  rule: undefined,
  only: undefined,
  servedFrom: undefined,
  servedTo: undefined,
  countedOn: undefined,
  jurisdiction: undefined,
};
const lists = ['state', 'kind'] as const;

const columns: readonly LedgerColumn<PressureLine>[] = [
  { key: 'lamp', title: '灯', width: 140, render: (row) => <Lamp colour={row.lamp} reason={row.lampReason} terse /> },
  {
    key: 'number',
    title: '编号',
    width: 125,
    figures: true,
    render: (row) => <Link to={`/pressures/${row.id}`}>{row.number}</Link>,
  },
  { key: 'kind', title: '措施', width: 85, render: (row) => row.kindWord },
  {
    key: 'matter',
    title: '针对的事项',
    width: 230,
    render: (row) => (
      <>
        <Link to={`/pressures/${row.id}`}>{row.matter}</Link>
        {row.figure === null ? null : <span className="g-quiet">（依据{row.figure}件）</span>}
      </>
    ),
  },
  { key: 'unit', title: '单位', width: 160, render: (row) => row.unitName },
  {
    key: 'state',
    title: '状态',
    width: 110,
    render: (row) => (
      <>
        <StatusTag tone={stateTone[row.state]}>{stateWord(row.kind, row.state, pressureLifecycle.states)}</StatusTag>
        {row.rung > 0 ? <StatusTag tone="alarm">{`递进第${row.rung + 1}级`}</StatusTag> : null}
      </>
    ),
  },
  {
    key: 'from',
    title: '来由',
    width: 140,
    hidden: true,
    render: (row) => row.ruleName ?? `${row.proposedByName ?? ''}提请`,
  },
  { key: 'servedOn', title: '送达', width: 105, figures: true, render: (row) => row.servedOn ?? '—' },
  { key: 'replyDueOn', title: '回复时限', width: 105, figures: true, render: (row) => row.replyDueOn ?? '—' },
  {
    key: 'commitments',
    title: '承诺办结',
    width: 85,
    figures: true,
    render: (row) => (row.commitments === 0 ? '—' : `${row.commitmentsDone}/${row.commitments}`),
  },
  { key: 'document', title: '文号', width: 180, hidden: true, render: (row) => row.documentNumber ?? '—' },
  { key: 'endedOn', title: '了结', width: 105, figures: true, hidden: true, render: (row) => row.endedOn ?? '—' },
];

function PressureCard({ row }: { row: PressureLine }) {
  return (
    <>
      <p>
        <Lamp colour={row.lamp} reason={row.lampReason} />
      </p>
      <p>
        <Link to={`/pressures/${row.id}`}>
          <span className="g-code">{row.number}</span> {row.kindWord}：{row.matter}
        </Link>
      </p>
      <p>
        <StatusTag tone={stateTone[row.state]}>{stateWord(row.kind, row.state, pressureLifecycle.states)}</StatusTag>{' '}
        {row.unitName}
      </p>
      <p className="g-quiet g-figures">
        {row.servedOn ? `${row.servedOn}送达` : `${row.suggestedOn}提出`}
        {row.replyDueOn ? `，回复时限 ${row.replyDueOn}` : ''}
      </p>
    </>
  );
}

/** What the rules propose, waiting for the office to take it up or not. */
function Inbox({ rows, total }: { rows: readonly PressureLine[]; total: number }) {
  if (rows.length === 0) return null;
  return (
    <Card
      title={`规则提示（${total}件待决定）`}
      extra={total > rows.length ? <Link to="/pressures?state=suggested">全部</Link> : null}
    >
      <ul className="g-home-lines">
        {rows.map((row) => (
          <li key={row.id} className="g-home-line">
            {row.lamp === 'amber' ? <Lamp colour={row.lamp} reason={row.lampReason} /> : null}
            <Link to={`/pressures/${row.id}`}>
              {row.unitName}：拟{row.kindWord}「{row.matter}」
            </Link>
            <span className="g-quiet g-figures">
              依据{row.figure ?? 0}件，{row.suggestedOn}提示
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** 督促措施: what the rules propose, figures that open the list, the list itself. */
export function PressuresPage() {
  const { may } = useSession();
  const [proposes, setProposes] = useState(false);
  const ledger = useLedger<PressureQuery>(defaults);
  const { query } = useListQuery(ledger, lists);
  const list = useRead(api.listPressures, { query });
  const figures = useRead(api.pressureFigures);
  const inbox = useRead(
    api.listPressures,
    { query: { state: ['suggested'], pageSize: 5 } },
    { enabled: may('pressure.direct') },
  );
  const fields: readonly FilterField<PressureQuery>[] = [
    { key: 'q', label: '搜索', kind: 'text', placeholder: '事项、编号、文号、单位' },
    {
      key: 'kind',
      label: '措施',
      kind: 'choices',
      options: pressureKinds.map((kind) => ({ value: kind, label: pressureWords[kind] })),
    },
    {
      key: 'state',
      label: '状态',
      kind: 'choices',
      options: pressureStates.map((state) => ({ value: state, label: pressureLifecycle.states[state] })),
    },
    {
      key: 'only',
      label: '范围',
      kind: 'choice',
      options: [
        { value: 'mine', label: '待我办理' },
        { value: 'open', label: '未了结' },
        { value: 'running', label: '正在督促' },
        { value: 'late', label: '回复逾期' },
        { value: 'ended', label: '已了结' },
      ],
    },
    { key: 'servedFrom', label: '送达自', kind: 'day' },
    { key: 'servedTo', label: '送达至', kind: 'day' },
  ];
  return (
    <>
      <PageHeader
        title="督促措施"
        says="提示、警示、督办、约谈、通报、曝光、问责建议、线索移交：规则提示，人来决定，跟踪到解除。"
        actions={
          <>
            <Link to="/pressure-rules">督促规则</Link>
            {may('pressure.propose') ? (
              <Button type="primary" onClick={() => setProposes(true)}>
                提请督促措施
              </Button>
            ) : null}
          </>
        }
      />
      {figures.data ? (
        <FigureStrip label="督促措施各项数字">
          {figures.data.figures.map((figure) => (
            <Figure
              key={figure.key}
              name={figure.name}
              value={figure.value}
              to={listAddress('/pressures', figure.query)}
              {...(figure.red && figure.value > 0 ? { colour: 'red' as const } : {})}
            />
          ))}
        </FigureStrip>
      ) : null}
      {inbox.data && !ledger.filtered ? <Inbox rows={inbox.data.rows} total={inbox.data.total} /> : null}
      <FilterBar ledger={ledger} fields={fields} />
      <LedgerTable
        name="pressures"
        label="督促措施清单"
        ledger={ledger}
        list={list}
        rowKey={(row) => row.id}
        columns={columns}
        empty="没有符合条件的督促措施。"
        card={(row) => <PressureCard row={row} />}
      />
      {proposes ? <ProposePressure matter="" onClose={() => setProposes(false)} /> : null}
    </>
  );
}

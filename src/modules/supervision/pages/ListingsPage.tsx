import { Link } from 'react-router';
import { AsOf } from '../../../platform/web/parts/AsOf.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { FilterBar, type FilterField } from '../../../platform/web/parts/FilterBar.tsx';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { type LedgerColumn, LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAsOf } from '../../../platform/web/use-as-of.ts';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { listAddress, useListQuery } from '../../../platform/web/use-list-query.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { listingLifecycle, listingStates } from '../lifecycle.ts';
import { MissingLines } from './MissingLines.tsx';
import './supervision.css';
import { api, type ListingLine, type ListingQuery, stateTone } from './supervision-client.ts';

const defaults: Partial<ListingQuery> = {
  q: undefined,
  state: [],
  level: undefined,
  leadUnit: undefined,
  sector: undefined,
  late: undefined,
  only: undefined,
  listedFrom: undefined,
  listedTo: undefined,
  delistedFrom: undefined,
  delistedTo: undefined,
  jurisdiction: undefined,
};
const lists = ['state'] as const;

const columns: readonly LedgerColumn<ListingLine>[] = [
  {
    key: 'lamp',
    title: '灯',
    width: 130,
    render: (row) => <Lamp colour={row.lamp} reason={row.lampReason} terse />,
  },
  {
    key: 'number',
    title: '挂牌编号',
    width: 130,
    figures: true,
    render: (row) => <Link to={`/listings/${row.id}`}>{row.number}</Link>,
  },
  {
    key: 'matter',
    title: '督办事项',
    width: 270,
    render: (row) => <Link to={`/listings/${row.id}`}>{row.matter}</Link>,
  },
  {
    key: 'state',
    title: '状态',
    width: 120,
    render: (row) => (
      <>
        <StatusTag tone={stateTone[row.state]}>{listingLifecycle.states[row.state]}</StatusTag>
        {row.escalations > 0 ? <StatusTag tone="alarm">{`升级${row.escalations}次`}</StatusTag> : null}
        {row.failures > 0 ? <StatusTag tone="alarm">{`验收不通过${row.failures}次`}</StatusTag> : null}
      </>
    ),
  },
  { key: 'level', title: '级别', width: 70, render: (row) => row.levelName },
  { key: 'lead', title: '责任单位', width: 140, render: (row) => row.leadUnitName },
  {
    key: 'supervisor',
    title: '督办单位',
    hidden: true,
    width: 140,
    render: (row) => row.supervisingUnitName ?? '安委办',
  },
  { key: 'listedOn', title: '挂牌日期', width: 110, figures: true, render: (row) => row.listedOn ?? '—' },
  { key: 'limitOn', title: '整改时限', width: 110, figures: true, render: (row) => row.limitOn },
  { key: 'acceptance', title: '验收期限', width: 110, figures: true, render: (row) => row.acceptanceDueOn ?? '—' },
  { key: 'notice', title: '督办文号', width: 190, hidden: true, render: (row) => row.noticeNumber ?? '—' },
  {
    key: 'problem',
    title: '问题编号',
    width: 130,
    figures: true,
    hidden: true,
    render: (row) => <Link to={`/problems/${row.problemId}`}>{row.problemNumber}</Link>,
  },
  {
    key: 'delistedOn',
    title: '摘牌日期',
    width: 110,
    figures: true,
    hidden: true,
    render: (row) => row.delistedOn ?? '—',
  },
];

function ListingCard({ row }: { row: ListingLine }) {
  return (
    <>
      <p>
        <Lamp colour={row.lamp} reason={row.lampReason} />
      </p>
      <p>
        <Link to={`/listings/${row.id}`}>
          <span className="g-code">{row.number}</span> {row.matter}
        </Link>
      </p>
      <p>
        <StatusTag tone={stateTone[row.state]}>{listingLifecycle.states[row.state]}</StatusTag> {row.levelName}　
        {row.leadUnitName}
      </p>
      <p className="g-quiet g-figures">
        整改时限 {row.limitOn}
        {row.acceptanceDueOn ? `，验收期限 ${row.acceptanceDueOn}` : ''}
      </p>
    </>
  );
}

/** 挂牌督办: figures that open the list, what must be listed and is not, the list itself. */
export function ListingsPage() {
  const { may } = useSession();
  const ledger = useLedger<ListingQuery>(defaults);
  const { query } = useListQuery(ledger, lists);
  const { day, isPast } = useAsOf();
  const on = isPast ? { asOf: day } : {};
  const list = useRead(api.listListings, { query });
  const figures = useRead(api.listingFigures, { query: on });
  const missing = useRead(api.missingListings, { query: on });
  const lacking = listAddress('/listings/missing', on);
  const all = figures.data;
  const fields: readonly FilterField<ListingQuery>[] = [
    { key: 'q', label: '搜索', kind: 'text', placeholder: '事项、编号、文号、单位' },
    {
      key: 'state',
      label: '状态',
      kind: 'choices',
      options: listingStates.map((state) => ({ value: state, label: listingLifecycle.states[state] })),
    },
    {
      key: 'only',
      label: '范围',
      kind: 'choice',
      options: [
        { value: 'mine', label: '待我办理' },
        { value: 'open', label: '未了结' },
        { value: 'hanging', label: '正在挂牌' },
        { value: 'escalated', label: '已升级督办' },
        { value: 'ended', label: '已了结' },
      ],
    },
    {
      key: 'late',
      label: '逾期',
      kind: 'choice',
      options: [
        { value: 'late', label: '任何一项逾期' },
        { value: 'limit', label: '整改逾期' },
        { value: 'plan', label: '方案逾期' },
        { value: 'acceptance', label: '验收逾期' },
        { value: 'retry', label: '重新整改逾期' },
      ],
    },
    {
      key: 'level',
      label: '级别',
      kind: 'choice',
      options: (all?.levels ?? []).map((level) => ({ value: level.code, label: level.name })),
    },
    { key: 'listedFrom', label: '挂牌自', kind: 'day' },
    { key: 'listedTo', label: '至', kind: 'day' },
    { key: 'delistedFrom', label: '摘牌自', kind: 'day' },
    { key: 'delistedTo', label: '至', kind: 'day' },
  ];
  return (
    <>
      <PageHeader
        title="挂牌督办"
        says="重大隐患公开挂牌，限期整改，现场验收合格后摘牌。提请挂牌请在问题页办理。"
        actions={
          <>
            <AsOf />
            {may('listing.rules') ? <Link to="/document-templates">公文模板</Link> : null}
          </>
        }
      />
      {all ? (
        <div aria-busy={figures.isPlaceholderData} className={figures.isPlaceholderData ? 'g-waiting' : undefined}>
          <FigureStrip label="挂牌督办各项数字">
            <Figure
              name="应挂牌未挂牌"
              value={all.missing}
              to={lacking}
              {...(all.missing > 0 ? { colour: 'red' as const } : {})}
              note={
                all.demanded === 0
                  ? '没有应挂牌的问题'
                  : `应挂牌${all.demanded}，已挂${all.listed}（${Math.floor((100 * all.listed) / all.demanded)}%）${all.missing > 0 ? `，最长${all.oldest}天` : ''}`
              }
            />
            {all.figures.map((figure) => (
              <Figure
                key={figure.key}
                name={figure.name}
                value={figure.value}
                to={listAddress('/listings', figure.query)}
                {...(figure.red && figure.value > 0 ? { colour: 'red' as const } : {})}
              />
            ))}
          </FigureStrip>
        </div>
      ) : null}
      {missing.data && missing.data.rows.length > 0 ? (
        <MissingLines rows={missing.data.rows} total={missing.data.missing} shown={5} all={lacking} />
      ) : null}
      <FilterBar ledger={ledger} fields={fields} />
      <LedgerTable
        name="listings"
        label="挂牌督办清单"
        ledger={ledger}
        list={list}
        rowKey={(row) => row.id}
        columns={columns}
        empty="没有符合条件的挂牌督办。重大隐患可以在问题页提请挂牌。"
        card={(row) => <ListingCard row={row} />}
      />
    </>
  );
}

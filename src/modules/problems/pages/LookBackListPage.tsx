import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { AsOf } from '../../../platform/web/parts/AsOf.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { type LedgerColumn, LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAsOf } from '../../../platform/web/use-as-of.ts';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { lookBackLifecycle } from '../look-back-lifecycle.ts';
import { LookBackChecks } from './LookBackChecks.tsx';
import { LookBackQuality } from './LookBackQuality.tsx';
import { type LookBackLine, lookBacks, lookBackTone } from './look-back-client.ts';
import './figures.css';

const columns: readonly LedgerColumn<LookBackLine>[] = [
  {
    key: 'number',
    title: '编号',
    width: 130,
    figures: true,
    render: (row) => <Link to={`/look-backs/${row.id}`}>{row.number}</Link>,
  },
  { key: 'title', title: '名称', width: 240, render: (row) => row.title },
  {
    key: 'state',
    title: '状态',
    width: 100,
    render: (row) => <StatusTag tone={lookBackTone[row.state]}>{lookBackLifecycle.states[row.state]}</StatusTag>,
  },
  { key: 'period', title: '销号时段', width: 200, figures: true, render: (row) => `${row.from} 至 ${row.to}` },
  { key: 'pool', title: '名单', width: 80, align: 'right', figures: true, render: (row) => row.poolSize },
  { key: 'drawn', title: '抽中', width: 70, align: 'right', figures: true, render: (row) => row.drawn || '—' },
  {
    key: 'checked',
    title: '已核查',
    width: 80,
    align: 'right',
    figures: true,
    render: (row) => (row.drawn === 0 ? '—' : `${row.checked}/${row.drawn}`),
  },
  {
    key: 'notStill',
    title: '整改不实',
    width: 90,
    align: 'right',
    figures: true,
    render: (row) => (row.notStill > 0 ? <b className="g-lamp-text-red">{row.notStill}</b> : '—'),
  },
  {
    key: 'frozen',
    title: '冻结',
    width: 170,
    render: (row) => `${row.frozenOn} ${row.frozenByName}`,
  },
  {
    key: 'linked',
    title: '重抽',
    width: 150,
    render: (row) =>
      row.replacedBy ? (
        <Link to={`/look-backs/${row.replacedBy.id}`}>见 {row.replacedBy.number}</Link>
      ) : row.replaces ? (
        <Link to={`/look-backs/${row.replaces.id}`}>代替 {row.replaces.number}</Link>
      ) : (
        '—'
      ),
  },
];

/** 回头看: what is to be checked by the reader, how well closings held, and every draw that was made. */
export function LookBackListPage() {
  const { may } = useSession();
  const navigate = useNavigate();
  const { day, isPast } = useAsOf();
  const ledger = useLedger<{ page?: number; pageSize?: number }>({});
  const list = useRead(lookBacks.listLookBacks, { query: ledger.query });
  const quality = useRead(lookBacks.lookBackQuality, { query: isPast ? { asOf: day } : {} });
  const mine = useRead(lookBacks.listChecks, { query: { mine: 'checks', state: ['toCheck'], pageSize: 50 } });
  const shown = quality.data;
  return (
    <>
      <PageHeader
        title="回头看"
        says="对已经销号的问题再抽查。名单先冻结并公布摘要，种子后定，谁都能重算，谁也左右不了抽中哪一条。"
        actions={
          <>
            <AsOf />
            {may('lookBack.direct') ? (
              <Button type="primary" onClick={() => navigate('/look-backs/new')}>
                发起回头看
              </Button>
            ) : null}
          </>
        }
      />
      {shown ? (
        <FigureStrip label="销号质量">
          <Figure
            name="销号质量"
            value={shown.rate}
            unit={shown.rate === null ? '' : '%'}
            note="核查后仍然整改到位的占比"
          />
          <Figure name="已核查" value={shown.checked} unit="件" note={`截至 ${shown.day}`} />
          <Figure name="整改属实" colour="green" value={shown.still} unit="件" />
          <Figure name="整改不实" colour="red" value={shown.notStill} unit="件" note="已按原编号重新打开" />
          <Figure
            name="待核查"
            value={shown.toCheck}
            unit="件"
            note={shown.late > 0 ? `超期 ${shown.late}` : '没有超期'}
          />
        </FigureStrip>
      ) : null}
      {mine.data && mine.data.rows.length > 0 ? (
        <Card title={`派给我的核查（${mine.data.total}）`}>
          <LookBackChecks items={mine.data.rows} />
        </Card>
      ) : null}
      <RefusalAlert refusal={quality.error} />
      {shown && shown.checked > 0 ? <LookBackQuality quality={shown} asOf={isPast ? day : null} /> : null}
      <LedgerTable
        name="look-backs"
        label="历次抽取"
        ledger={ledger}
        list={list}
        columns={columns}
        rowKey={(row) => row.id}
        empty="还没有做过回头看。由安委办点“发起回头看”，冻结一段时间内已销号问题的名单后抽取。"
        card={(row) => (
          <Link to={`/look-backs/${row.id}`}>
            <b>{row.number}</b> {row.title}
            <br />
            <StatusTag tone={lookBackTone[row.state]}>{lookBackLifecycle.states[row.state]}</StatusTag> 名单{' '}
            {row.poolSize} 条， 抽中 {row.drawn} 条，已核查 {row.checked} 条，整改不实 {row.notStill} 条
          </Link>
        )}
      />
    </>
  );
}

import { Link } from 'react-router';
import '../../../platform/web/case.css';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { FilterBar, type FilterField } from '../../../platform/web/parts/FilterBar.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { listAddress, useListQuery } from '../../../platform/web/use-list-query.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { standings, standingWords } from '../filing.ts';
import './filings.css';
import { api, clock, type FilingQuery, type Line, standingTone } from './filings-client.ts';

const defaults: Partial<FilingQuery> = {
  dueFrom: undefined,
  dueTo: undefined,
  hour: undefined,
  rhythm: undefined,
  unit: undefined,
  standing: [],
  only: undefined,
  jurisdiction: undefined,
};
const lists = ['standing'] as const;

function Row({ row }: { row: Line }) {
  return (
    <tr>
      <td>
        <StatusTag tone={standingTone[row.standing]}>{standingWords[row.standing]}</StatusTag>
      </td>
      <td>
        <Link className="g-code" to={`/periodic-reports/${row.id}`}>
          {row.number}
        </Link>
      </td>
      <td>{row.unitName}</td>
      <td className="g-whole">
        <Link to={`/periodic-reports/${row.id}`}>{row.rhythmName}</Link>
        <div className="g-quiet">{row.periodWords}</div>
      </td>
      <td className="g-figures">
        <span className="g-filings-label">时限</span>
        {clock(row.dueAt)}
      </td>
      <td className="g-figures">
        <span className="g-filings-label">{row.filedAt ? '报送' : '未报送'}</span>
        {row.filedAt ? clock(row.filedAt) : <span className="g-filings-none">—</span>}
        {row.versions > 1 ? <div className="g-quiet">共{row.versions}次</div> : null}
      </td>
    </tr>
  );
}

/** 报送: what was due within some days, how each unit stands at any hour. */
export function FilingsPage() {
  const { may } = useSession();
  const ledger = useLedger<FilingQuery>(defaults);
  const { filters } = useListQuery(ledger, lists);
  const read = useRead(api.listReports, { query: filters });
  const { data } = read;
  const fields: readonly FilterField<FilingQuery>[] = [
    { key: 'dueFrom', label: '时限自', kind: 'day' },
    { key: 'dueTo', label: '至', kind: 'day' },
    { key: 'hour', label: '到这个时刻', kind: 'text', placeholder: '14:00' },
    {
      key: 'rhythm',
      label: '报送',
      kind: 'choice',
      options: (data?.rhythms ?? []).map((one) => ({ value: one.id, label: one.name })),
    },
    {
      key: 'standing',
      label: '情况',
      kind: 'choices',
      options: standings.map((one) => ({ value: one, label: standingWords[one] })),
    },
    { key: 'only', label: '范围', kind: 'choice', options: [{ value: 'mine', label: '待我单位报送' }] },
  ];
  const to = (standing: (typeof standings)[number][]) =>
    data ? listAddress('/periodic-reports', { dueFrom: data.from, dueTo: data.to, standing }) : '';
  return (
    <>
      <PageHeader
        title="报送"
        says="日报、周报、月报等按报送制度自动布置；系统知道的数字自动填好并锁定，单位只填系统不知道的。"
        actions={<Link to="/report-rhythms">报送制度</Link>}
      />
      <FilterBar ledger={ledger} fields={fields} />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      {data ? (
        <>
          <FigureStrip label="报送情况">
            <Figure name="应报" value={data.whole.required} unit="份" note={`${data.from} 至 ${data.to}`} to={to([])} />
            <Figure name="按时" value={data.whole.onTime} unit="份" to={to(['onTime'])} />
            <Figure name="迟报" value={data.whole.late} unit="份" to={to(['late'])} />
            <Figure
              name="缺报"
              value={data.whole.missing}
              unit="份"
              to={to(['missing'])}
              {...(data.whole.missing > 0 ? { colour: 'red' as const } : {})}
            />
            <Figure name="未到时限" value={data.whole.waiting} unit="份" to={to(['waiting', 'returned'])} />
          </FigureStrip>
          <p className="g-quiet">以下是{clock(data.at)}的情况。</p>
          {may('periodicReport.direct') && data.units.length > 1 ? (
            <Card title="各单位">
              <div className="g-scroll-x">
                <table className="g-plain-table g-filings-units">
                  <thead>
                    <tr>
                      <th scope="col">单位</th>
                      {['应报', '按时', '迟报', '缺报', '未到时限'].map((word) => (
                        <th key={word} scope="col">
                          {word}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {data.units.map((one) => (
                      <tr key={one.unitId}>
                        <td>
                          <Link
                            to={listAddress('/periodic-reports', {
                              unit: one.unitId,
                              dueFrom: data.from,
                              dueTo: data.to,
                            })}
                          >
                            {one.name}
                          </Link>
                        </td>
                        <td>{one.required}</td>
                        <td>{one.onTime}</td>
                        <td>{one.late}</td>
                        <td className={one.missing > 0 ? 'g-filings-missing' : ''}>{one.missing}</td>
                        <td>{one.waiting}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </Card>
          ) : null}
          <Card title={`报送清单（${data.rows.length}份${data.capped ? '，只列出最近的' : ''}）`}>
            {data.rows.length === 0 ? (
              <p className="g-empty">这些天没有到期的报送。</p>
            ) : (
              <div className="g-scroll-x">
                <table className="g-plain-table g-filings-list">
                  <thead>
                    <tr>
                      {['情况', '编号', '单位', '报送', '时限', '报送时间'].map((word) => (
                        <th key={word} scope="col">
                          {word}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {data.rows.map((row) => (
                      <Row key={row.id} row={row} />
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </Card>
        </>
      ) : null}
    </>
  );
}

import { Link } from 'react-router';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { listingLifecycle } from '../lifecycle.ts';
import { type MissingLine, stateTone } from './supervision-client.ts';

/** What must be listed and is not, with how long ago it was found to be major; `shown` of them, all where it is absent. */
export function MissingLines({ rows, shown }: { rows: readonly MissingLine[]; shown?: number }) {
  return (
    <Card
      title={`应挂牌未挂牌（${rows.length}条）`}
      extra={shown !== undefined && rows.length > shown ? <Link to="/listings/missing">查看全部</Link> : null}
    >
      <div className="g-scroll-x">
        <table className="g-plain-table">
          <thead>
            <tr>
              <th scope="col">问题</th>
              <th scope="col">责任单位</th>
              <th scope="col">定为重大</th>
              <th scope="col">已过</th>
              <th scope="col">整改时限</th>
              <th scope="col">依据</th>
              <th scope="col">办理</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown ?? rows.length).map((row) => (
              <tr key={row.problemId}>
                <td>
                  <Link to={`/problems/${row.problemId}`}>
                    <span className="g-code">{row.number}</span> {row.subject ? `${row.subject}：` : ''}
                    {row.title}
                  </Link>
                </td>
                <td>{row.leadUnitName}</td>
                <td className="g-figures">{row.majorOn}</td>
                <td className="g-figures">
                  {row.age}天 {row.late > 0 ? <StatusTag tone="alarm">{`逾期${row.late}天`}</StatusTag> : null}
                </td>
                <td className="g-figures">{row.dueOn}</td>
                <td>{row.rules.join('、')}</td>
                <td>
                  {row.underway ? (
                    <Link to={`/listings/${row.underway.id}`}>
                      <StatusTag tone={stateTone[row.underway.state]}>
                        {listingLifecycle.states[row.underway.state]}
                      </StatusTag>
                    </Link>
                  ) : (
                    '未提请'
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

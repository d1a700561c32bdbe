import { Link } from 'react-router';
import '../../../platform/web/case.css';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { listingLifecycle } from '../lifecycle.ts';
import { type MissingLine, stateTone } from './supervision-client.ts';

/** What must be listed and is not, with how long ago it was found to be major; `shown` of them, all where it is absent. */
export function MissingLines(props: {
  rows: readonly MissingLine[];
  /** How many there are in all. */
  total: number;
  shown?: number;
  /** Where all of them stand. */
  all: string;
}) {
  const { rows, total, shown } = props;
  return (
    <Card
      title={`应挂牌未挂牌（${total}条${shown === undefined && rows.length < total ? `，列出逾期最久的${rows.length}条` : ''}）`}
      extra={shown !== undefined && total > shown ? <Link to={props.all}>查看全部</Link> : null}
    >
      <ul className="g-home-lines">
        {rows.slice(0, shown ?? rows.length).map((row) => (
          <li key={row.problemId} className="g-home-line">
            {row.late > 0 ? (
              <StatusTag tone="alarm">{`逾期${row.late}天`}</StatusTag>
            ) : (
              <StatusTag tone="waiting">期限之内</StatusTag>
            )}
            <Link to={`/problems/${row.problemId}`}>
              <span className="g-code">{row.number}</span>{' '}
              {row.subject && !row.title.includes(row.subject) ? `${row.subject}：` : ''}
              {row.title}
            </Link>
            <span className="g-quiet g-figures">
              {row.leadUnitName}，{row.majorOn}定为重大，已过{row.age}天；依据：{row.rules.join('、')}
            </span>
            {row.underway ? (
              <Link to={`/listings/${row.underway.id}`}>
                <StatusTag tone={stateTone[row.underway.state]}>
                  {`${row.underway.number} ${listingLifecycle.states[row.underway.state]}`}
                </StatusTag>
              </Link>
            ) : (
              <StatusTag tone="stopped">未提请</StatusTag>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

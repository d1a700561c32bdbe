import { Link } from 'react-router';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { indicatorParts } from '../scheme.ts';
import './assessment.css';
import { points, sheetPage, type ScoreTable as Table } from './assessment-client.ts';

/** All units by place; each name opens the working. `schemeId` null: a trial, there is nothing to open. */
export function ScoreTable(props: { table: Table; schemeId: string | null; asOf?: string; standing: boolean }) {
  const { table, schemeId, standing } = props;
  const asked = props.asOf === undefined ? '' : `?asOf=${props.asOf}`;
  const running = table.rows.some((row) => row.total.waiting > 0);
  if (table.rows.length === 0) return <p className="g-empty">没有可以显示的单位。</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="a-scroll" aria-label="各单位得分" tabIndex={0}>
      <table className="a-table a-scores">
        <thead>
          <tr>
            {standing ? <th className="a-right">名次</th> : null}
            <th className="a-first">单位</th>
            <th className="a-right">得分</th>
            {standing ? <th>等次</th> : null}
            {table.columns.map((column) => (
              <th
                key={column.code}
                className="a-right a-column"
                title={`${indicatorParts[column.part]}，${column.weight}分`}
              >
                {column.name}
                <small>
                  {column.part === 'malus' ? '扣至' : column.part === 'bonus' ? '加至' : ''}
                  {column.weight}分{column.by === 'hand' ? '·打分' : ''}
                </small>
              </th>
            ))}
            <th className="a-right">自评</th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.unitId}>
              {standing ? <td className="a-right g-figures">{row.rank}</td> : null}
              <th scope="row" className="a-first">
                {schemeId === null ? (
                  row.name
                ) : (
                  <Link to={`${sheetPage(schemeId, row.unitId)}${asked}`}>{row.name}</Link>
                )}
              </th>
              <td className="a-right g-figures">
                <b>{points(row.total.score)}</b>
                {row.total.waiting > 0 ? (
                  <span className="g-quiet a-open" title={`还有${row.total.waiting}项等待打分`}>
                    ＋待{points(row.total.open)}
                  </span>
                ) : null}
              </td>
              {standing ? (
                <td>
                  <span className={row.vetoed ? 'g-wrong' : ''} title={row.gradeSays}>
                    {running ? '暂列' : ''}
                    {row.gradeName}
                  </span>
                  {row.vetoes.length > 0 ? <StatusTag tone="alarm">一票否决</StatusTag> : null}
                </td>
              ) : null}
              {row.scores.map((one, at) => (
                <td key={table.columns[at]?.code ?? at} className="a-right g-figures">
                  {one.score === null && one.applies ? (
                    <span className={one.mine ? 'a-mine-score' : 'g-quiet'}>{one.mine ? '请打分' : '待打'}</span>
                  ) : one.applies ? (
                    points(one.score ?? 0)
                  ) : (
                    <span className="g-quiet">不考</span>
                  )}
                </td>
              ))}
              <td className="a-right g-figures">{row.selfScore === null ? '—' : points(row.selfScore)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

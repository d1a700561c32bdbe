import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { AsOf } from '../../../platform/web/parts/AsOf.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAsOf } from '../../../platform/web/use-as-of.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { schemeLifecycle } from '../lifecycle.ts';
import './assessment.css';
import { api, pageOf, points, type Scheme, schemeTone, sheetPage } from './assessment-client.ts';

/** 考核: how my unit stands as of any day, and every scheme with its next step. */
export function SchemesPage() {
  const { may } = useSession();
  const { day, isPast } = useAsOf();
  const navigate = useNavigate();
  const list = useRead(api.listSchemes);
  const mine = useRead(api.mySheets, { query: isPast ? { asOf: day } : {} });
  const asked = isPast ? `?asOf=${day}` : '';
  return (
    <>
      <PageHeader
        title="年度考核"
        says="得分随台账实时计算，每一项都能看到算法，打开到具体的任务和问题。"
        actions={
          <>
            <Link to="/assessment/screen">考核大屏</Link>
            {may('assessment.draft') ? (
              <Button type="primary" onClick={() => navigate('/assessment/new')}>
                起草方案
              </Button>
            ) : null}
          </>
        }
      />
      <RefusalAlert refusal={list.error ?? mine.error} onResend={() => void list.refetch()} />
      {mine.data && mine.data.rows.length > 0 ? (
        <Card title="本单位得分" extra={<AsOf />}>
          <ul className="a-mine">
            {mine.data.rows.map((row) => (
              <li key={row.scheme.id}>
                <Link to={`${sheetPage(row.scheme.id, row.unitId)}${asked}`}>{row.scheme.title}</Link>
                <b className="g-figures">{points(row.total.score)}</b>
                <span className="g-quiet">
                  满分{row.totalOf}分
                  {row.total.waiting > 0 ? `，另有${row.total.waiting}项共${points(row.total.open)}分等待打分` : ''}
                  {row.rank === null ? '' : `，第${row.rank}名（共${row.of}个单位），${row.gradeName ?? ''}`}；
                  {row.sealed ? '取数封存' : '实时计算'}，截至{row.day}
                </span>
                {row.vetoes.map((veto) => (
                  <StatusTag key={veto.id} tone="alarm">{`一票否决：${veto.name}`}</StatusTag>
                ))}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      <Card title="考核方案">
        {list.data === undefined ? (
          <p className="g-loading">正在读取…</p>
        ) : list.data.rows.length === 0 ? (
          <p className="g-empty">还没有考核方案。{may('assessment.draft') ? '点“起草方案”开始，也可以导入。' : ''}</p>
        ) : (
          <SchemeTable rows={list.data.rows} />
        )}
      </Card>
    </>
  );
}

function SchemeTable({ rows }: { rows: readonly Scheme[] }) {
  return (
    <div className="a-scroll">
      <table className="a-table a-stack">
        <thead>
          <tr>
            <th>编号</th>
            <th>方案</th>
            <th>状态</th>
            <th>考核对象</th>
            <th className="a-right">单位</th>
            <th className="a-right">指标</th>
            <th>下一步</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="g-code">{row.number}</td>
              <td>
                <Link to={pageOf(row.id)}>{row.title}</Link>
                <div className="g-quiet g-figures">
                  {row.from} 至 {row.to}
                </div>
              </td>
              <td>
                <StatusTag tone={schemeTone[row.state]}>{schemeLifecycle.states[row.state]}</StatusTag>
              </td>
              <td>{row.objectWord}</td>
              <td className="a-right g-figures" data-name="单位">
                {row.units}
              </td>
              <td className="a-right g-figures" data-name="指标">
                {row.indicators}
              </td>
              <td data-name="下一步">{row.nextStep}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

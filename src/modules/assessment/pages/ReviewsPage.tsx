import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { reviewLifecycle } from '../review-lifecycle.ts';
import './assessment.css';
import { points, reviews, reviewTone } from './assessment-client.ts';
import { ReviewDialog } from './ReviewDialog.tsx';

/** 个人考核: leaders of the year with where each stands; a leader sees his own. */
export function ReviewsPage() {
  const { may } = useSession();
  const [makes, setMakes] = useState(false);
  const [year, setYear] = useState<number | undefined>(undefined);
  const read = useRead(reviews.listReviews, { query: year === undefined ? {} : { year } });
  const { data } = read;
  return (
    <>
      <PageHeader
        title="个人考核"
        says="党政领导干部的安全生产履职考核：分管单位得分、履职清单完成、述职评议按比例合成，每个数都能打开。"
        actions={
          may('assessment.draft') ? (
            <Button type="primary" onClick={() => setMakes(true)}>
              拟定个人考核
            </Button>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Card
        title={data ? `${data.year}年度` : ''}
        extra={
          data && data.years.length > 1 ? (
            <div className="g-row">
              {data.years.map((one) => (
                <Button
                  key={one}
                  size="small"
                  type={one === data.year ? 'primary' : 'default'}
                  onClick={() => setYear(one)}
                >
                  {one}年
                </Button>
              ))}
            </div>
          ) : null
        }
      >
        {data === undefined ? (
          <p className="g-loading">正在读取…</p>
        ) : data.rows.length === 0 ? (
          <p className="g-empty">
            {may('assessment.draft')
              ? '还没有个人考核。点“拟定个人考核”，从职责清单选一位领导开始。'
              : '没有对您本人的考核。'}
          </p>
        ) : (
          <div className="a-scroll">
            <table className="a-table a-stack">
              <thead>
                <tr>
                  <th>编号</th>
                  <th>姓名、职务</th>
                  <th>状态</th>
                  <th>述职</th>
                  <th className="a-right">得分</th>
                  <th>等次</th>
                  <th>下一步</th>
                </tr>
              </thead>
              <tbody>
                {data.rows.map((row) => (
                  <tr key={row.id}>
                    <td className="g-code">{row.number}</td>
                    <td>
                      <Link to={`/leader-reviews/${row.id}`}>{row.name}</Link>
                      <div className="g-quiet">{row.post}</div>
                    </td>
                    <td>
                      <StatusTag tone={reviewTone[row.state]}>{reviewLifecycle.states[row.state]}</StatusTag>
                    </td>
                    <td data-name="述职">{row.stated ? '已报送' : '没有报送'}</td>
                    <td className="a-right g-figures" data-name="得分">
                      {row.score === null ? '打开查看' : points(row.score)}
                    </td>
                    <td data-name="等次">
                      {row.gradeName ?? '—'}
                      {row.vetoed ? <StatusTag tone="alarm">一票否决</StatusTag> : null}
                    </td>
                    <td data-name="下一步">{row.nextStep}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {makes && data ? <ReviewDialog view={null} dutyLists={data.dutyLists} onClose={() => setMakes(false)} /> : null}
    </>
  );
}

import { Button, Pagination, Spin } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { totalText } from '../../../platform/web/parts/LedgerTable.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import './batches.css';
import { views } from './batch-client.ts';
import { api } from './problems-client.ts';
import { ViewEditor } from './ViewEditor.tsx';

/** A list view as it prints: its title, its columns in the district's words, its rows. */
export function ViewPage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const navigate = useNavigate();
  const [page, setPage] = useState(1);
  const [editing, setEditing] = useState(false);
  const read = useRead(views.readView, { params: { id }, query: { page, pageSize: 50 } });
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <Spin />;
  const { view, headers, rows, total } = read.data;
  return (
    <>
      <PageHeader
        title={view.title}
        says={[view.name === view.title ? null : view.name, view.unitName ?? '共用', totalText(read.data)]
          .filter(Boolean)
          .join('　')}
        actions={
          <>
            {may('problem.export') ? (
              <DownloadButton
                call={api.exportProblems}
                input={{ query: { view: id } }}
                label={`导出（${view.paper}横向）`}
              />
            ) : null}
            {view.mayChange && may('problem.view.change') ? (
              <Button onClick={() => setEditing(true)}>修改视图</Button>
            ) : null}
            <Button onClick={() => navigate('/problem-views')}>全部视图</Button>
          </>
        }
      />
      <Card>
        {rows.length === 0 ? (
          <p className="g-quiet">现在没有符合这个视图的问题。</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
          <section style={{ overflowX: 'auto' }} tabIndex={0} aria-label={view.title}>
            <table className="b-table b-view">
              <thead>
                <tr>
                  {headers.map((head, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a view have no other name
                    <th key={index} scope="col" style={{ minWidth: Math.min(360, head.width * 9) }}>
                      {head.header}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    {row.cells.map((cell, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a view have no other name
                      <td key={index}>
                        {/^问-\d{4}-\d+$/.test(cell) ? <Link to={`/problems/${row.id}`}>{cell}</Link> : cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {total > 50 ? (
          <Pagination
            style={{ marginTop: 12 }}
            current={page}
            pageSize={50}
            total={total}
            showSizeChanger={false}
            onChange={setPage}
          />
        ) : null}
      </Card>
      {editing ? <ViewEditor view={view} onClose={() => setEditing(false)} /> : null}
    </>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import './batches.css';
import { views } from './batch-client.ts';
import { api } from './problems-client.ts';
import { ViewEditor } from './ViewEditor.tsx';

/** 两表四清单 and whatever a district calls its lists: each a view of the one ledger. */
export function ViewListPage() {
  const { may } = useSession();
  const list = useRead(views.listViews);
  const samples = useAct(views.addSampleViews);
  const [editing, setEditing] = useState<string | null>(null);
  const rows = list.data?.rows ?? [];
  const edited = rows.find((view) => view.id === editing) ?? null;
  return (
    <>
      <PageHeader
        title="清单视图"
        says="各地的“清单”都是同一本台账的视图：标题、列、表头用字、筛选和次序可以自己定，随时导出打印。"
        actions={
          may('problem.view.change') ? (
            <>
              <Button loading={samples.busy} onClick={() => void samples.act({})}>
                加入示例视图
              </Button>
              <Button type="primary" onClick={() => setEditing('new')}>
                新建视图
              </Button>
            </>
          ) : null
        }
      />
      <RefusalAlert refusal={list.error ?? samples.refusal} onClose={samples.clear} />
      {samples.busy || !list.data ? null : rows.length === 0 ? (
        <Card>
          <p>
            还没有视图。可以先加入五个示例（问题隐患清单、整改责任清单、重大隐患清单、上级交办问题整改情况表、逾期未销号清单），再按本地的叫法修改。
          </p>
        </Card>
      ) : (
        <Card title={`视图（${rows.length}）`}>
          <div style={{ overflowX: 'auto' }}>
            <table className="b-table">
              <thead>
                <tr>
                  <th scope="col">名称</th>
                  <th scope="col">标题</th>
                  <th scope="col">列</th>
                  <th scope="col">范围</th>
                  <th scope="col">纸张</th>
                  <th scope="col">操作</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((view) => (
                  <tr key={view.id}>
                    <td>
                      <Link to={`/problem-views/${view.id}`}>{view.name}</Link>
                    </td>
                    <td>{view.title}</td>
                    <td>{view.columns.length}列</td>
                    <td>
                      {view.unitName ?? '共用'}
                      {view.planTitle ? `，《${view.planTitle}》` : ''}
                    </td>
                    <td>{view.paper}横向</td>
                    <td>
                      <div className="g-row">
                        {may('problem.export') ? (
                          <DownloadButton call={api.exportProblems} input={{ query: { view: view.id } }} label="导出" />
                        ) : null}
                        {view.mayChange && may('problem.view.change') ? (
                          <Button onClick={() => setEditing(view.id)}>修改</Button>
                        ) : null}
                      </div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      {editing !== null ? <ViewEditor key={editing} view={edited} onClose={() => setEditing(null)} /> : null}
    </>
  );
}

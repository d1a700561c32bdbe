import { Button, Table } from 'antd';
import { client } from '../../../platform/web/client.ts';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { momentText } from '../../../platform/web/parts/Timeline.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { accessApi } from '../api.ts';

const api = client(accessApi);

/** Where the account is signed in now; any of it can be ended. */
export function MySessionsPage() {
  const list = useRead(api.listMySessions);
  const end = useAct(api.endMySession);
  const endOthers = useAct(api.endMyOtherSessions);
  const rows = list.data?.rows ?? [];
  return (
    <>
      <PageHeader
        title="我的登录"
        says="如果有不认识的登录，请先终止它，再修改密码。"
        actions={
          <Button loading={endOthers.busy} disabled={rows.length < 2} onClick={() => void endOthers.act({})}>
            终止别处的全部登录
          </Button>
        }
      />
      <RefusalAlert refusal={list.error ?? end.refusal ?? endOthers.refusal} />
      <div className="g-card" style={{ overflowX: 'auto' }}>
        <Table
          rowKey="id"
          size="small"
          bordered
          pagination={false}
          loading={list.isLoading}
          dataSource={rows}
          columns={[
            { title: '网络地址', key: 'address', render: (_, row) => row.address },
            { title: '登录时间', key: 'startedAt', render: (_, row) => momentText(row.startedAt) },
            { title: '最近操作', key: 'lastSeenAt', render: (_, row) => momentText(row.lastSeenAt) },
            {
              title: '操作',
              key: 'do',
              render: (_, row) =>
                row.current ? (
                  <span className="g-quiet">当前登录</span>
                ) : (
                  <Button
                    size="small"
                    loading={end.busy}
                    aria-label={`终止 ${momentText(row.startedAt)} 的登录`}
                    onClick={() => void end.act({ params: { id: row.id } })}
                  >
                    终止
                  </Button>
                ),
            },
          ]}
        />
      </div>
    </>
  );
}

import { Button, Checkbox, Input, Modal, Table } from 'antd';
import { useState } from 'react';
import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { momentText } from '../../../platform/web/parts/Timeline.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { Field } from '../../units/pages/Field.tsx';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { exchangeApi } from '../api.ts';
import { deliveryStates, type WebhookEvent, webhookEventNames, webhookEvents } from '../webhook.ts';

const api = client(exchangeApi);
type Hook = ResponseOf<typeof exchangeApi.listWebhooks>['rows'][number];
type Delivery = ResponseOf<typeof exchangeApi.listDeliveries>['rows'][number];
const tones = { waiting: 'waiting', delivered: 'done', failed: 'alarm', outside: 'plain' } as const;

/** Addresses of other systems, what each is told, and whether it arrived. */
export function WebhooksPage() {
  const { may } = useSession();
  const read = useRead(api.listWebhooks, {});
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [ending, setEnding] = useState<Hook | null>(null);
  const [shown, setShown] = useState<Hook | null>(null);
  const disable = useAct(api.disableWebhook, { onDone: () => setEnding(null) });
  const changes = may('webhook.change');
  return (
    <>
      <PageHeader
        title="消息推送"
        says="问题登记、整改、销号时告诉别的系统。没有送达的会隔一段时间再试，两天后仍不成的留在这里。"
        actions={
          changes ? (
            <Button type="primary" onClick={() => setMaking(true)}>
              建立推送
            </Button>
          ) : null
        }
      />
      {read.error ? <RefusalAlert refusal={read.error} /> : null}
      <Card>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
        <section aria-label="消息推送表，可横向滚动" tabIndex={0} style={{ overflowX: 'auto' }}>
          <Table<Hook>
            size="small"
            bordered
            pagination={false}
            rowKey="id"
            loading={read.data === undefined && !read.error}
            dataSource={read.data ? [...read.data.rows] : []}
            style={{ minWidth: 860 }}
            locale={{ emptyText: '还没有消息推送。' }}
            columns={[
              { key: 'name', title: '用途', render: (_, row) => row.name },
              { key: 'address', title: '地址', render: (_, row) => row.address },
              { key: 'unit', title: '范围', width: 160, render: (_, row) => row.unitName ?? '全辖区' },
              {
                key: 'events',
                title: '什么时候推送',
                render: (_, row) => row.events.map((event) => webhookEvents[event]).join('、'),
              },
              {
                key: 'state',
                title: '状态',
                width: 150,
                render: (_, row) =>
                  row.disabledAt ? (
                    <StatusTag tone="stopped">已停用</StatusTag>
                  ) : row.failed > 0 ? (
                    <StatusTag tone="alarm">{`${row.failed}次未送达`}</StatusTag>
                  ) : row.waiting > 0 ? (
                    <StatusTag tone="waiting">{`${row.waiting}次待发`}</StatusTag>
                  ) : (
                    <StatusTag tone="done">正常</StatusTag>
                  ),
              },
              {
                key: 'act',
                title: '办理',
                width: 150,
                render: (_, row) => (
                  <>
                    <Button size="small" onClick={() => setShown(row)}>
                      推送记录
                    </Button>{' '}
                    {changes && row.disabledAt === null ? (
                      <Button size="small" onClick={() => setEnding(row)}>
                        停用
                      </Button>
                    ) : null}
                  </>
                ),
              },
            ]}
          />
        </section>
      </Card>
      <Modal open={making} title="建立消息推送" footer={null} onCancel={() => setMaking(false)} destroyOnHidden>
        <HookForm
          onMade={(secret) => {
            setMaking(false);
            setMade(secret);
          }}
        />
      </Modal>
      <Modal
        open={made !== null}
        title="签名密钥（只显示这一次）"
        okText="我已保存"
        cancelButtonProps={{ style: { display: 'none' } }}
        closable={false}
        mask={{ closable: false }}
        keyboard={false}
        onOk={() => setMade(null)}
      >
        <p>
          对方用它核对签名：请求头 X-Guatu-Signature 等于 sha256= 加上以此为密钥，对“X-Guatu-Timestamp 的值 + . +
          正文”做的 HMAC-SHA256。
        </p>
        <pre style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}>{made}</pre>
      </Modal>
      <Modal
        open={shown !== null}
        title={`「${shown?.name ?? ''}」的推送记录`}
        footer={null}
        width={820}
        onCancel={() => setShown(null)}
        destroyOnHidden
      >
        {shown ? <Deliveries hook={shown} changes={changes && shown.disabledAt === null} /> : null}
      </Modal>
      <ConfirmWithReason
        open={ending !== null}
        title={`停用消息推送「${ending?.name ?? ''}」`}
        says="停用后不能恢复，还没有送达的也不再发送。"
        reasonLabel="停用原因"
        confirmLabel="停用"
        danger
        busy={disable.busy}
        refusal={disable.refusal}
        onCancel={() => setEnding(null)}
        onConfirm={(reason) =>
          ending && void disable.act({ params: { id: ending.id }, body: { version: ending.version, reason } })
        }
      />
    </>
  );
}

function HookForm({ onMade }: { onMade: (secret: string) => void }) {
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [unitId, setUnitId] = useState<string | null>(null);
  const [events, setEvents] = useState<WebhookEvent[]>(['problem.registered', 'problem.closed', 'problem.reopened']);
  const make = useAct(api.createWebhook, { onDone: (done) => onMade(done.secret) });
  return (
    <>
      <Field label="用途" htmlFor="hook-name" required>
        <Input id="hook-name" maxLength={30} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="地址" htmlFor="hook-address" required>
        <Input
          id="hook-address"
          maxLength={300}
          placeholder="https://"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      </Field>
      <Field label="只推送哪个单位的问题（不选为全辖区）" htmlFor="hook-unit">
        <UnitPicker id="hook-unit" label="只推送哪个单位的问题" value={unitId} onChange={setUnitId} />
      </Field>
      <Field label="什么时候推送" required>
        <Checkbox.Group
          value={events}
          options={webhookEventNames.map((event) => ({ value: event, label: webhookEvents[event] }))}
          onChange={(chosen) => setEvents(chosen as WebhookEvent[])}
        />
      </Field>
      <RefusalAlert refusal={make.refusal} onResend={make.resend} />
      <Button
        type="primary"
        loading={make.busy}
        disabled={name.trim() === '' || address.trim() === '' || events.length === 0}
        onClick={() => void make.act({ body: { name: name.trim(), address: address.trim(), events, unitId } })}
      >
        建立
      </Button>
    </>
  );
}

function Deliveries({ hook, changes }: { hook: Hook; changes: boolean }) {
  const [page, setPage] = useState(1);
  const query: QueryOf<typeof exchangeApi.listDeliveries> = { page, pageSize: 20 };
  const read = useRead(api.listDeliveries, { params: { id: hook.id }, query });
  const again = useAct(api.sendAgain);
  return (
    <>
      <RefusalAlert refusal={again.refusal} />
      <Table<Delivery>
        size="small"
        rowKey="id"
        loading={read.data === undefined && !read.error}
        dataSource={read.data ? [...read.data.rows] : []}
        locale={{ emptyText: '还没有推送过。' }}
        pagination={{
          current: page,
          pageSize: 20,
          total: read.data?.total ?? 0,
          showSizeChanger: false,
          onChange: setPage,
        }}
        columns={[
          { key: 'at', title: '时间', width: 150, render: (_, row) => momentText(row.createdAt) },
          { key: 'event', title: '事项', width: 110, render: (_, row) => webhookEvents[row.event] },
          {
            key: 'state',
            title: '结果',
            width: 100,
            render: (_, row) => <StatusTag tone={tones[row.state]}>{deliveryStates[row.state]}</StatusTag>,
          },
          {
            key: 'answer',
            title: '说明',
            render: (_, row) =>
              `${row.answer ?? ''}${row.tries > 1 ? `（试过${row.tries}次）` : ''}${row.nextAt ? `，${momentText(row.nextAt)} 再试` : ''}`,
          },
          {
            key: 'again',
            title: '办理',
            width: 100,
            render: (_, row) =>
              changes && (row.state === 'failed' || row.state === 'delivered') ? (
                <Button
                  size="small"
                  loading={again.busy}
                  onClick={() => void again.act({ params: { id: hook.id, delivery: row.id } })}
                >
                  重新推送
                </Button>
              ) : null,
          },
        ]}
      />
    </>
  );
}

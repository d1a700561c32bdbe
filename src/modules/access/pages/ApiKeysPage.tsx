import { Button, Checkbox, Input, InputNumber, Modal, Radio, Table } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { momentText } from '../../../platform/web/parts/Timeline.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { Field } from '../../units/pages/Field.tsx';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { accessApi } from '../api.ts';
import { type KeySight, keySightWords, USUAL_PER_MINUTE } from '../api-key.ts';

const api = client(accessApi);
type Keys = ResponseOf<typeof accessApi.listApiKeys>;
type Key = Keys['rows'][number];

/** Keys with which other systems call the interface: what each may do, for which unit, until when, and when it was used. */
export function ApiKeysPage() {
  const { may, today } = useSession();
  const read = useRead(api.listApiKeys, {});
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [ending, setEnding] = useState<Key | null>(null);
  const disable = useAct(api.disableApiKey, { onDone: () => setEnding(null) });
  const words = new Map(read.data?.grantable.map((one) => [one.name, one.word]));
  return (
    <>
      <PageHeader
        title="接口密钥"
        says="别的系统凭密钥调用接口。密钥不是人：可以登记、查询、填报，不能复查、审批、销号。"
        actions={
          may('apiKey.change') ? (
            <Button type="primary" onClick={() => setMaking(true)}>
              建立密钥
            </Button>
          ) : null
        }
      />
      {read.error ? <RefusalAlert refusal={read.error} /> : null}
      <Card>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
        <section aria-label="接口密钥表，可横向滚动" tabIndex={0} style={{ overflowX: 'auto' }}>
          <Table<Key>
            size="small"
            bordered
            pagination={false}
            rowKey="id"
            loading={read.data === undefined && !read.error}
            dataSource={read.data ? [...read.data.rows] : []}
            style={{ minWidth: 900 }}
            locale={{ emptyText: '还没有接口密钥。' }}
            columns={[
              { key: 'name', title: '用途', render: (_, row) => `${row.name}（尾号${row.hint}）` },
              {
                key: 'unit',
                title: '单位与范围',
                render: (_, row) => `${row.unitName ?? ''}，可看${keySightWords[row.sight]}`,
              },
              {
                key: 'permissions',
                title: '可以办理',
                render: (_, row) => row.permissions.map((name) => words.get(name) ?? name).join('、'),
              },
              { key: 'rate', title: '每分钟', width: 80, align: 'right', render: (_, row) => row.perMinute },
              {
                key: 'state',
                title: '状态',
                width: 150,
                render: (_, row) =>
                  row.disabledAt ? (
                    <StatusTag tone="stopped">已停用</StatusTag>
                  ) : row.expiresOn <= today ? (
                    <StatusTag tone="stopped">已过期</StatusTag>
                  ) : (
                    <StatusTag tone="done">{`有效至${row.expiresOn}`}</StatusTag>
                  ),
              },
              {
                key: 'used',
                title: '最近使用',
                width: 150,
                render: (_, row) => (row.lastUsedAt ? momentText(row.lastUsedAt) : '没有用过'),
              },
              {
                key: 'act',
                title: '办理',
                width: 80,
                render: (_, row) =>
                  may('apiKey.change') && row.disabledAt === null ? (
                    <Button size="small" onClick={() => setEnding(row)}>
                      停用
                    </Button>
                  ) : null,
              },
            ]}
          />
        </section>
      </Card>
      <Modal open={making} title="建立接口密钥" footer={null} onCancel={() => setMaking(false)} destroyOnHidden>
        <KeyForm
          grantable={read.data?.grantable ?? []}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
          }}
        />
      </Modal>
      <Modal
        open={made !== null}
        title="接口密钥（只显示这一次）"
        okText="我已保存"
        cancelButtonProps={{ style: { display: 'none' } }}
        closable={false}
        mask={{ closable: false }}
        keyboard={false}
        onOk={() => setMade(null)}
      >
        <p>请交给对方系统的管理人员妥善保存。调用时放在请求头里：</p>
        <pre style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}>Authorization: Bearer {made}</pre>
      </Modal>
      <ConfirmWithReason
        open={ending !== null}
        title={`停用接口密钥「${ending?.name ?? ''}」`}
        says="停用后两秒内失效，不能恢复；需要时另建一个。"
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

function KeyForm({ grantable, onMade }: { grantable: Keys['grantable']; onMade: (key: string) => void }) {
  const [name, setName] = useState('');
  const [unitId, setUnitId] = useState<string | null>(null);
  const [sight, setSight] = useState<KeySight>('unit');
  const [permissions, setPermissions] = useState<string[]>([]);
  const [perMinute, setPerMinute] = useState<number>(USUAL_PER_MINUTE);
  const [expiresOn, setExpiresOn] = useState<string | null>(null);
  const make = useAct(api.createApiKey, { onDone: (done) => onMade(done.key) });
  const ready = name.trim() !== '' && unitId !== null && permissions.length > 0 && expiresOn !== null;
  return (
    <>
      <Field label="用途（哪个系统，做什么）" htmlFor="key-name" required>
        <Input id="key-name" maxLength={30} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="代表哪个单位" htmlFor="key-unit" required>
        <UnitPicker id="key-unit" label="代表哪个单位" value={unitId} onChange={setUnitId} />
      </Field>
      <Field label="看得到">
        <Radio.Group
          value={sight}
          options={Object.entries(keySightWords).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setSight(event.target.value as KeySight)}
        />
      </Field>
      <Field label="可以办理" required>
        <Checkbox.Group
          value={permissions}
          options={grantable.map((one) => ({ value: one.name, label: one.word }))}
          onChange={(chosen) => setPermissions(chosen as string[])}
        />
      </Field>
      <Field label="每分钟最多请求" htmlFor="key-rate">
        <InputNumber
          id="key-rate"
          min={1}
          max={60_000}
          value={perMinute}
          suffix="次"
          onChange={(value) => setPerMinute(value ?? USUAL_PER_MINUTE)}
        />
      </Field>
      <Field label="哪一天失效" htmlFor="key-expiry" required>
        <DayPicker id="key-expiry" label="哪一天失效" value={expiresOn} onChange={setExpiresOn} />
      </Field>
      <RefusalAlert refusal={make.refusal} onResend={make.resend} />
      <Button
        type="primary"
        loading={make.busy}
        disabled={!ready}
        onClick={() =>
          unitId !== null &&
          expiresOn !== null &&
          void make.act({ body: { name: name.trim(), unitId, sight, permissions, perMinute, expiresOn } })
        }
      >
        建立
      </Button>
    </>
  );
}

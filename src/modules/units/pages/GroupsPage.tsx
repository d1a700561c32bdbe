import { Button, Input, Modal, Select, Table, Tag } from 'antd';
import { useId, useState } from 'react';
import { useSearchParams } from 'react-router';
import { client } from '../../../platform/web/client.ts';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../api.ts';
import { type UnitClass, unitClasses } from '../group.ts';
import { type UnitKind, unitKinds } from '../unit.ts';
import { Field } from './Field.tsx';
import { UnitsPicker } from './UnitPicker.tsx';

const api = client(unitsApi);
const classOptions = Object.entries(unitClasses).map(([value, label]) => ({ value: value as UnitClass, label }));
const kindOptions = Object.entries(unitKinds).map(([value, label]) => ({ value: value as UnitKind, label }));

/** Groups of units as plan documents name them, expanded as of a day. */
export function GroupsPage() {
  const { may } = useSession();
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const list = useRead(api.listGroups);
  const open = params.get('open');
  const choose = (id: string | null) => setParams(id ? { open: id } : {});
  return (
    <>
      <PageHeader
        title="单位分组"
        says="文件里写“各镇（街道）”“区安委会各成员单位”时，按这里的分组展开为具体单位。"
        actions={
          may('unitGroup.change') ? (
            <Button type="primary" onClick={() => setAdding(true)}>
              新增分组
            </Button>
          ) : null
        }
      />
      <RefusalAlert refusal={list.error} />
      <div className="g-card" style={{ overflowX: 'auto' }}>
        <Table
          rowKey="id"
          size="small"
          bordered
          pagination={false}
          loading={list.isFetching}
          dataSource={list.data?.rows ?? []}
          locale={{ emptyText: '还没有分组。' }}
          columns={[
            {
              title: '分组',
              key: 'name',
              render: (_, group) => (
                <Button type="link" size="small" onClick={() => choose(group.id)}>
                  {group.name}
                </Button>
              ),
            },
            {
              title: '代表的一类单位',
              key: 'class',
              responsive: ['md'],
              render: (_, group) => (group.class ? unitClasses[group.class] : '—'),
            },
            {
              title: '成员',
              width: 140,
              key: 'members',
              render: (_, group) => `${group.memberCount} 个（${group.kind === 'rule' ? '按规则' : '按名单'}）`,
            },
            {
              title: '别名',
              key: 'aliases',
              responsive: ['md'],
              render: (_, group) => group.aliases.join('、') || '—',
            },
          ]}
        />
      </div>
      {open ? <GroupDetail key={open} id={open} onClose={() => choose(null)} /> : null}
      <Modal open={adding} title="新增分组" footer={null} onCancel={() => setAdding(false)} destroyOnHidden>
        <NewGroup
          onDone={(id) => {
            setAdding(false);
            choose(id);
          }}
        />
      </Modal>
    </>
  );
}

function NewGroup({ onDone }: { onDone: (id: string) => void }) {
  const id = useId();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'list' | 'rule'>('list');
  const [kinds, setKinds] = useState<UnitKind[]>([]);
  const [unitIds, setUnitIds] = useState<string[]>([]);
  const [ofClass, setClass] = useState<UnitClass | null>(null);
  const create = useAct(api.createGroup, { onDone: (made) => onDone(made.id) });
  const members = kind === 'list' ? { unitIds } : { rule: { kinds } };
  return (
    <>
      <Field label="分组名称" htmlFor={`${id}n`} required hint="按文件里最常用的写法，例如：区安委会成员单位。">
        <Input id={`${id}n`} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="代表的一类单位" htmlFor={`${id}c`} hint="选定后，同一类的各种写法都认作这个分组。">
        <Select
          id={`${id}c`}
          aria-label="代表的一类单位"
          allowClear
          style={{ width: '100%' }}
          value={ofClass}
          options={classOptions}
          onChange={(value) => setClass(value ?? null)}
        />
      </Field>
      <Field label="成员怎样确定" htmlFor={`${id}k`}>
        <Select
          id={`${id}k`}
          aria-label="成员怎样确定"
          style={{ width: '100%' }}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'list', label: '按名单' },
            { value: 'rule', label: '按类别（新增的单位自动加入）' },
          ]}
        />
      </Field>
      {kind === 'list' ? (
        <Field label="成员单位" htmlFor={`${id}u`}>
          <UnitsPicker id={`${id}u`} label="成员单位" value={unitIds} onChange={setUnitIds} />
        </Field>
      ) : (
        <Field label="单位类别" htmlFor={`${id}r`} required>
          <Select
            id={`${id}r`}
            mode="multiple"
            aria-label="单位类别"
            style={{ width: '100%' }}
            value={kinds}
            options={kindOptions}
            onChange={setKinds}
          />
        </Field>
      )}
      <RefusalAlert refusal={create.refusal} onResend={create.resend} />
      <Button
        type="primary"
        loading={create.busy}
        disabled={name.trim().length < 2}
        onClick={() => void create.act({ body: { name, class: ofClass, kind, ...members } })}
      >
        保存
      </Button>
    </>
  );
}

function GroupDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const { may, today } = useSession();
  const field = useId();
  const [day, setDay] = useState<string | null>(null);
  const [on, setOn] = useState<string | null>(today);
  const [join, setJoin] = useState<string[]>([]);
  const [leave, setLeave] = useState<string[]>([]);
  const [alias, setAlias] = useState('');
  const read = useRead(api.readGroup, { params: { id }, query: day ? { day } : {} });
  const change = useAct(api.changeMembers, {
    onDone: () => {
      setJoin([]);
      setLeave([]);
    },
  });
  const remember = useAct(api.rememberAlias, { onDone: () => setAlias('') });
  const drop = useAct(api.dropAlias);
  const end = useAct(api.endGroup, { onDone: onClose });
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <p className="g-loading">正在打开…</p>;
  const { group, units, members } = read.data;
  const changes = may('unitGroup.change') && group.validTo === null;
  const current = units.map((unit) => unit.id);
  return (
    <Card
      title={group.name}
      extra={
        <div className="g-row">
          <label htmlFor={`${field}d`}>成员截至</label>
          <DayPicker id={`${field}d`} label="成员截至哪一天" value={day ?? today} required onChange={setDay} />
          <Button onClick={onClose}>收起</Button>
        </div>
      }
    >
      <p>
        {read.data.day} 共 {units.length} 个单位：
      </p>
      <div className="g-row">
        {units.map((unit) => (
          <Tag key={unit.id}>{unit.name}</Tag>
        ))}
      </div>
      <h3>别名</h3>
      <div className="g-row">
        {group.aliases.map((one) => (
          <Tag key={one}>
            {one}
            {changes ? (
              <Button
                type="link"
                size="small"
                aria-label={`停用别名${one}`}
                onClick={() => void drop.act({ body: { alias: one } })}
              >
                停用
              </Button>
            ) : null}
          </Tag>
        ))}
        {changes ? (
          <>
            <Input
              aria-label="新的别名"
              style={{ maxWidth: 220 }}
              value={alias}
              maxLength={60}
              onChange={(event) => setAlias(event.target.value)}
            />
            <Button
              disabled={alias.trim().length < 2}
              loading={remember.busy}
              onClick={() => void remember.act({ body: { alias: alias.trim(), groupId: id } })}
            >
              记住别名
            </Button>
          </>
        ) : null}
      </div>
      {group.kind === 'list' && members.some((one) => one.to !== null) ? (
        <>
          <h3>退出的单位</h3>
          <ul>
            {members
              .filter((one) => one.to !== null)
              .map((one) => (
                <li key={`${one.unitId}${one.to}`}>
                  {one.unitName}　{one.from ?? '起初'} 至 {one.to}
                </li>
              ))}
          </ul>
        </>
      ) : null}
      {changes && group.kind === 'list' ? (
        <>
          <h3>调整成员</h3>
          <Field label="自哪一天起" htmlFor={`${field}o`}>
            <DayPicker id={`${field}o`} label="自哪一天起" value={on} required onChange={setOn} />
          </Field>
          <Field label="加入" htmlFor={`${field}j`}>
            <UnitsPicker id={`${field}j`} label="加入的单位" value={join} without={current} onChange={setJoin} />
          </Field>
          <Field label="退出" htmlFor={`${field}l`}>
            <Select
              id={`${field}l`}
              mode="multiple"
              aria-label="退出的单位"
              style={{ width: '100%' }}
              value={leave}
              options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
              onChange={setLeave}
            />
          </Field>
          <Button
            type="primary"
            loading={change.busy}
            disabled={join.length + leave.length === 0}
            onClick={() =>
              void change.act({ params: { id }, body: { version: group.version, on: on ?? today, join, leave } })
            }
          >
            调整成员
          </Button>
        </>
      ) : null}
      {changes ? (
        <p style={{ marginTop: 12 }}>
          <Button
            loading={end.busy}
            onClick={() => void end.act({ params: { id }, body: { version: group.version, on: today } })}
          >
            停用这个分组
          </Button>
        </p>
      ) : null}
      <RefusalAlert refusal={change.refusal ?? remember.refusal ?? drop.refusal ?? end.refusal} />
    </Card>
  );
}

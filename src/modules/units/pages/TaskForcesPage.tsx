import { Button, Input, Modal, Select, Table } from 'antd';
import { useId, useState } from 'react';
import { useSearchParams } from 'react-router';
import { client } from '../../../platform/web/client.ts';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../api.ts';
import { type SeatPart, seatParts } from '../unit.ts';
import { Field } from './Field.tsx';
import { UnitPicker } from './UnitPicker.tsx';

const api = client(unitsApi);
const partOptions = Object.entries(seatParts).map(([value, label]) => ({ value: value as SeatPart, label }));

/** Task forces with leader, deputies and members. */
export function TaskForcesPage() {
  const { may, today } = useSession();
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const list = useRead(api.listTaskForces);
  const open = params.get('open');
  const choose = (id: string | null) => setParams(id ? { open: id } : {});
  return (
    <>
      <PageHeader
        title="专班"
        actions={
          may('taskForce.change') ? (
            <Button type="primary" onClick={() => setAdding(true)}>
              成立专班
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
          locale={{ emptyText: '还没有专班。' }}
          columns={[
            {
              title: '专班',
              key: 'name',
              render: (_, force) => (
                <Button type="link" size="small" onClick={() => choose(force.id)}>
                  {force.name}
                </Button>
              ),
            },
            { title: '组长', key: 'leaders', render: (_, force) => force.leaders || '未定' },
            { title: '人数', key: 'seats', align: 'right', render: (_, force) => force.seatCount },
            { title: '成立日期', key: 'from', responsive: ['md'], render: (_, force) => force.validFrom ?? '—' },
          ]}
        />
      </div>
      {open ? <TaskForceDetail key={open} id={open} onClose={() => choose(null)} /> : null}
      <Modal open={adding} title="成立专班" footer={null} onCancel={() => setAdding(false)} destroyOnHidden>
        <NewTaskForce
          today={today}
          onDone={(id) => {
            setAdding(false);
            choose(id);
          }}
        />
      </Modal>
    </>
  );
}

function NewTaskForce({ today, onDone }: { today: string; onDone: (id: string) => void }) {
  const id = useId();
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState('');
  const [validFrom, setFrom] = useState<string | null>(today);
  const create = useAct(api.createTaskForce, { onDone: (made) => onDone(made.id) });
  return (
    <>
      <Field label="名称" htmlFor={`${id}n`} required>
        <Input id={`${id}n`} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="任务" htmlFor={`${id}p`}>
        <Input.TextArea
          id={`${id}p`}
          value={purpose}
          maxLength={500}
          rows={3}
          onChange={(event) => setPurpose(event.target.value)}
        />
      </Field>
      <Field label="成立日期" htmlFor={`${id}f`}>
        <DayPicker id={`${id}f`} label="成立日期" value={validFrom} onChange={setFrom} />
      </Field>
      <RefusalAlert refusal={create.refusal} onResend={create.resend} />
      <Button
        type="primary"
        loading={create.busy}
        disabled={name.trim().length < 2}
        onClick={() => void create.act({ body: { name, purpose, validFrom } })}
      >
        保存
      </Button>
    </>
  );
}

function TaskForceDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const { may, today } = useSession();
  const field = useId();
  const [q, setQ] = useState('');
  const [personId, setPerson] = useState<string | null>(null);
  const [unitId, setUnit] = useState<string | null>(null);
  const [part, setPart] = useState<SeatPart>('member');
  const [ending, setEnding] = useState(false);
  const changes = may('taskForce.change');
  const read = useRead(api.readTaskForce, { params: { id } });
  const people = useRead(api.listPeople, { query: { pageSize: 50, ...(q ? { q } : {}) } }, { enabled: changes });
  const add = useAct(api.addSeat, {
    onDone: () => {
      setPerson(null);
      setUnit(null);
    },
  });
  const leave = useAct(api.endSeat);
  const end = useAct(api.endTaskForce, { onDone: onClose });
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <p className="g-loading">正在打开…</p>;
  const { taskForce, seats } = read.data;
  const { version } = taskForce;
  const open = changes && taskForce.validTo === null;
  return (
    <Card
      title={taskForce.name}
      extra={
        <div className="g-row">
          {open ? <Button onClick={() => setEnding(true)}>撤销专班</Button> : null}
          <Button onClick={onClose}>收起</Button>
        </div>
      }
    >
      {taskForce.purpose ? <p>{taskForce.purpose}</p> : null}
      <div style={{ overflowX: 'auto' }}>
        <Table
          rowKey="id"
          size="small"
          bordered
          pagination={false}
          dataSource={seats}
          locale={{ emptyText: '还没有人员。' }}
          columns={[
            { title: '席位', key: 'part', render: (_, seat) => seatParts[seat.part] },
            { title: '人员或单位', key: 'who', render: (_, seat) => seat.personName ?? seat.unitName },
            {
              title: '起止',
              key: 'time',
              responsive: ['md'],
              render: (_, seat) => `${seat.from ?? '成立时'} 至 ${seat.to ?? '今'}`,
            },
            {
              title: '操作',
              key: 'do',
              render: (_, seat) =>
                open && seat.to === null ? (
                  <Button
                    size="small"
                    loading={leave.busy}
                    aria-label={`${seat.personName ?? seat.unitName}退出`}
                    onClick={() => void leave.act({ params: { id, seatId: seat.id }, body: { version, on: today } })}
                  >
                    退出
                  </Button>
                ) : null,
            },
          ]}
        />
      </div>
      {open ? (
        <>
          <h3>增加人员或单位</h3>
          <Field label="人员" htmlFor={`${field}p`}>
            <Select
              id={`${field}p`}
              aria-label="人员"
              style={{ width: '100%' }}
              allowClear
              showSearch={{ filterOption: false, onSearch: setQ }}
              placeholder="输入姓名或拼音首字母查找"
              value={personId}
              options={(people.data?.rows ?? []).map((one) => ({
                value: one.id,
                label: `${one.name}（${one.posts[0]?.unitName ?? ''}）`,
              }))}
              onChange={(value) => setPerson(value ?? null)}
            />
          </Field>
          <Field label="单位" htmlFor={`${field}u`} hint="人选未定时，可以先写单位。">
            <UnitPicker id={`${field}u`} label="单位" value={unitId} onChange={setUnit} />
          </Field>
          <Field label="席位" htmlFor={`${field}s`}>
            <Select
              id={`${field}s`}
              aria-label="席位"
              style={{ width: '100%' }}
              value={part}
              options={partOptions}
              onChange={setPart}
            />
          </Field>
          <Button
            type="primary"
            loading={add.busy}
            disabled={personId === null && unitId === null}
            onClick={() => void add.act({ params: { id }, body: { version, personId, unitId, part, from: today } })}
          >
            增加
          </Button>
        </>
      ) : null}
      <RefusalAlert refusal={add.refusal ?? leave.refusal} />
      <ConfirmWithReason
        open={ending}
        title={`撤销「${taskForce.name}」`}
        reasonLabel="撤销原因"
        confirmLabel="撤销"
        danger
        busy={end.busy}
        refusal={end.refusal}
        onCancel={() => setEnding(false)}
        onConfirm={(reason) => void end.act({ params: { id }, body: { version, on: today, reason } })}
      />
    </Card>
  );
}

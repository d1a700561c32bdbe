import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { api, type BatchBody, type TaskLine } from './tasks-client.ts';

type Action = BatchBody['action'];

const choices: readonly {
  action: Action;
  label: string;
  permission: string;
  asks?: 'reason' | 'person' | 'deadline' | 'unit' | 'opinion';
}[] = [
  { action: 'receive', label: '签收', permission: 'task.work' },
  { action: 'coReceive', label: '配合单位签收', permission: 'task.work' },
  { action: 'setPerson', label: '明确责任人', permission: 'task.work', asks: 'person' },
  { action: 'approveExtension', label: '批准延期', permission: 'task.direct', asks: 'opinion' },
  { action: 'pass', label: '核查通过', permission: 'task.direct', asks: 'opinion' },
  { action: 'fixDeadline', label: '确定时限', permission: 'task.direct', asks: 'deadline' },
  { action: 'reassign', label: '改派', permission: 'task.direct', asks: 'unit' },
  { action: 'suspend', label: '暂停', permission: 'task.direct', asks: 'reason' },
  { action: 'resume', label: '恢复', permission: 'task.direct' },
  { action: 'withdraw', label: '撤回任务', permission: 'task.direct', asks: 'reason' },
];

/** The same act on all chosen tasks; afterwards it says row by row what was done and what was refused, and why. */
export function BatchBar({ chosen, onDone }: { chosen: readonly TaskLine[]; onDone: () => void }) {
  const { may } = useSession();
  const [action, setAction] = useState<Action | null>(null);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [personName, setPersonName] = useState('');
  const [on, setOn] = useState<string | null>(null);
  const [unitId, setUnitId] = useState<string | null>(null);
  const [result, setResult] = useState<Awaited<ReturnType<typeof acting.act>>>(null);
  const acting = useAct(api.batchTasks, { onDone: (answer) => setResult(answer) });
  const choice = choices.find((one) => one.action === action);
  const close = () => {
    setOpen(false);
    if (result) onDone();
    setResult(null);
    acting.clear();
  };
  const send = () => {
    if (action === null) return;
    void acting.act({
      body: {
        action,
        tasks: chosen.map(({ id, version }) => ({ id, version })),
        reason,
        ...(personName === '' ? {} : { personName }),
        ...(on === null ? {} : { on }),
        ...(unitId === null ? {} : { unitId }),
      },
    });
  };
  const usable = choices.filter((one) => may(one.permission));
  if (usable.length === 0) return null;
  return (
    <>
      <Select<Action | null>
        aria-label="批量办理"
        placeholder="批量办理"
        style={{ width: 150 }}
        value={action}
        options={usable.map((one) => ({ value: one.action, label: one.label }))}
        onChange={setAction}
      />
      <Button disabled={chosen.length === 0 || action === null} onClick={() => setOpen(true)}>
        办理所选
      </Button>
      {chosen.length === 0 ? <span className="g-quiet">先在表格左边勾选任务，再选办理事项</span> : null}
      <Modal
        open={open}
        title={`${choice?.label ?? ''}：所选 ${chosen.length} 件任务`}
        okText={result ? '知道了' : '确认办理'}
        cancelText="返回"
        confirmLoading={acting.busy}
        mask={{ closable: false }}
        onOk={result ? close : send}
        onCancel={close}
      >
        {result ? (
          <div role="status">
            <p>
              办成 {result.done} 件{result.refused > 0 ? `，没有办成 ${result.refused} 件，原因如下：` : '。'}
            </p>
            <ul className="g-places">
              {result.rows
                .filter((row) => !row.done)
                .map((row) => (
                  <li key={row.id}>
                    <Link to={`/tasks/${row.id}`}>
                      {row.number} {row.title}
                    </Link>
                    ：{row.says}
                  </li>
                ))}
            </ul>
          </div>
        ) : (
          <>
            {choice?.asks === 'person' ? (
              <div className="g-field">
                <label htmlFor="batch-person">责任人姓名（必填）</label>
                <Input
                  id="batch-person"
                  maxLength={30}
                  value={personName}
                  onChange={(event) => setPersonName(event.target.value)}
                />
              </div>
            ) : null}
            {choice?.asks === 'deadline' ? (
              <div className="g-field">
                <label htmlFor="batch-day">完成时限（必填）</label>
                <DayPicker id="batch-day" label="完成时限" value={on} onChange={setOn} />
              </div>
            ) : null}
            {choice?.asks === 'unit' ? (
              <div className="g-field">
                <label htmlFor="batch-unit">改派给（必填）</label>
                <UnitPicker id="batch-unit" label="改派给" value={unitId} onChange={setUnitId} />
              </div>
            ) : null}
            {choice?.asks === undefined || choice.asks === 'person' ? null : (
              <div className="g-field">
                <label htmlFor="batch-reason">{choice.asks === 'opinion' ? '意见' : '原因（必填）'}</label>
                <Input.TextArea
                  id="batch-reason"
                  rows={3}
                  maxLength={500}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              </div>
            )}
            <p className="g-quiet">办得成的照办；不能办的不受影响，会逐件说明原因。</p>
            <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} />
          </>
        )}
      </Modal>
    </>
  );
}

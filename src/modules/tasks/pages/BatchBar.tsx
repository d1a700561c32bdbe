import { Input } from 'antd';
import { useState } from 'react';
import { type BatchChoice, BatchBar as BatchOf } from '../../../platform/web/parts/BatchBar.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { api, type BatchBody, type TaskLine } from './tasks-client.ts';

type Asks = 'reason' | 'person' | 'deadline' | 'unit' | 'opinion';

const choices: readonly BatchChoice<BatchBody['action'], Asks>[] = [
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

/** The same act on all chosen tasks. */
export function BatchBar({ chosen, onDone }: { chosen: readonly TaskLine[]; onDone: () => void }) {
  const [reason, setReason] = useState('');
  const [personName, setPersonName] = useState('');
  const [on, setOn] = useState<string | null>(null);
  const [unitId, setUnitId] = useState<string | null>(null);
  const acting = useAct(api.batchTasks);
  const send = (action: BatchBody['action']) =>
    acting.act({
      body: {
        action,
        tasks: chosen.map(({ id, version }) => ({ id, version })),
        reason,
        ...(personName === '' ? {} : { personName }),
        ...(on === null ? {} : { on }),
        ...(unitId === null ? {} : { unitId }),
      },
    });
  return (
    <BatchOf
      choices={choices}
      chosen={chosen.length}
      counted="件任务"
      addressOf={(id) => `/tasks/${id}`}
      send={send}
      busy={acting.busy}
      refusal={acting.refusal}
      onResend={() => void acting.resend()}
      onClear={acting.clear}
      onDone={onDone}
      fields={(asks) => (
        <>
          {asks === 'person' ? (
            <Labelled id="batch-person" label="责任人姓名" must>
              <Input
                id="batch-person"
                maxLength={30}
                value={personName}
                onChange={(event) => setPersonName(event.target.value)}
              />
            </Labelled>
          ) : null}
          {asks === 'deadline' ? (
            <Labelled id="batch-day" label="完成时限" must>
              <DayPicker id="batch-day" label="完成时限" value={on} onChange={setOn} />
            </Labelled>
          ) : null}
          {asks === 'unit' ? (
            <Labelled id="batch-unit" label="改派给" must>
              <UnitPicker id="batch-unit" label="改派给" value={unitId} onChange={setUnitId} />
            </Labelled>
          ) : null}
          {asks === undefined || asks === 'person' ? null : (
            <Labelled id="batch-reason" label={asks === 'opinion' ? '意见' : '原因'} must={asks !== 'opinion'}>
              <Input.TextArea
                id="batch-reason"
                rows={3}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </Labelled>
          )}
        </>
      )}
    />
  );
}

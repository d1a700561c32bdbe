import { Radio } from 'antd';
import { useId, useState } from 'react';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { Field } from '../../units/pages/Field.tsx';
import { type EnterpriseState, enterpriseStates } from '../enterprise.ts';
import { EnterprisePicker } from './EnterprisePicker.tsx';
import { api, type EnterpriseFile } from './enterprises-client.ts';

interface Dialog {
  readonly enterprise: EnterpriseFile['enterprise'];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDone: (says: string) => void;
}

/** 停业, 恢复, 注销 from a day on. */
export function StateDialog({ enterprise, open, onClose, onDone }: Dialog) {
  const { today } = useSession();
  const others = (Object.keys(enterpriseStates) as EnterpriseState[]).filter((state) => state !== enterprise.state);
  const [state, setState] = useState<EnterpriseState | null>(null);
  const [on, setOn] = useState<string | null>(today);
  const act = useAct(api.changeEnterpriseState, { onDone: () => onDone('状态已变更。') });
  const wanted = state !== null && others.includes(state) ? state : others[0];
  return (
    <ConfirmWithReason
      open={open}
      title={`变更「${enterprise.name}」的状态`}
      says={`现为「${enterpriseStates[enterprise.state]}」，自 ${enterprise.stateOn} 起。档案和编号都保留。`}
      reasonLabel="原因"
      confirmLabel="变更"
      busy={act.busy}
      refusal={act.refusal}
      onCancel={onClose}
      onConfirm={(reason) =>
        wanted &&
        void act.act({
          params: { id: enterprise.id },
          body: { version: enterprise.version, state: wanted, on: on ?? today, reason },
        })
      }
    >
      <Field label="变更为" required>
        <Radio.Group
          aria-label="变更为"
          value={wanted}
          options={others.map((value) => ({ value, label: enterpriseStates[value] }))}
          onChange={(event) => setState(event.target.value as EnterpriseState)}
        />
      </Field>
      <Field label="自哪天起" required>
        <DayPicker label="自哪天起" value={on} required from={enterprise.stateOn} to={today} onChange={setOn} />
      </Field>
    </ConfirmWithReason>
  );
}

/** The file turns out to be a duplicate: the other one is kept. */
export function MergeDialog({ enterprise, open, onClose, onDone }: Dialog) {
  const id = useId();
  const [into, setInto] = useState<string | null>(null);
  const act = useAct(api.mergeEnterprise, { onDone: () => onDone('已并入保留的档案。') });
  return (
    <ConfirmWithReason
      open={open}
      title={`「${enterprise.name}」并入另一份档案`}
      says="同一家登记了两次时用。这份档案从名录中隐去，编号不再使用，按编号和名称仍能找到保留的那一份。"
      reasonLabel="原因"
      confirmLabel="并入"
      busy={act.busy}
      refusal={act.refusal}
      onCancel={onClose}
      onConfirm={(reason) =>
        into !== null &&
        void act.act({ params: { id: enterprise.id }, body: { version: enterprise.version, into, reason } })
      }
    >
      <Field label="保留的档案" htmlFor={id} required>
        <EnterprisePicker id={id} label="保留的档案" value={into} without={enterprise.id} onChange={setInto} />
      </Field>
    </ConfirmWithReason>
  );
}

/** Somebody stands for it that the file is true today. */
export function ConfirmDialog({ enterprise, open, onClose, onDone }: Dialog) {
  const act = useAct(api.confirmEnterprise, { onDone: () => onDone('已记下核实。') });
  return (
    <ConfirmWithReason
      open={open}
      title={`核实「${enterprise.name}」的档案`}
      says="表示您已对照营业执照或现场，档案内容属实。核实人和日期会记入档案。"
      reasonLabel="怎样核实的"
      reasonRequired={false}
      confirmLabel="核实"
      busy={act.busy}
      refusal={act.refusal}
      onCancel={onClose}
      onConfirm={(note) =>
        void act.act({
          params: { id: enterprise.id },
          body: { version: enterprise.version, ...(note === '' ? {} : { note: note.slice(0, 200) }) },
        })
      }
    />
  );
}

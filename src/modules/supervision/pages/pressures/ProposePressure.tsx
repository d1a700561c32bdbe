import { Modal } from 'antd';
import { useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { Labelled } from '../../../../platform/web/parts/Labelled.tsx';
import { RefusalAlert } from '../../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../../platform/web/session.tsx';
import { useAct } from '../../../../platform/web/use-act.ts';
import { UnitPicker } from '../../../units/pages/UnitPicker.tsx';
import { isOutward } from '../../pressure.ts';
import { ProposalFields } from './PressureFields.tsx';
import type { PressureDraft } from './pressure-forms.ts';
import { api } from './pressures-client.ts';

type Draft = Pick<PressureDraft, 'kind' | 'addressee' | 'matter' | 'text' | 'demands' | 'keepers'>;

/** 提请 by a person, about a unit, a problem or tasks; leads on to the page of the new measure. */
export function ProposePressure(props: {
  unitId?: string;
  addressee?: string;
  matter: string;
  problemIds?: readonly string[];
  onClose: () => void;
}) {
  const id = useId();
  const go = useNavigate();
  const { may } = useSession();
  const [unitId, setUnitId] = useState<string | null>(props.unitId ?? null);
  const [draft, setDraft] = useState<Draft>({
    kind: 'reminder',
    addressee: props.addressee ?? '',
    matter: props.matter,
    text: '',
    demands: '',
    keepers: [],
  });
  const making = useAct(api.proposePressure, { onDone: (made) => void go(`/pressures/${made.id}`) });
  const send = () =>
    void making.act({
      body: {
        kind: draft.kind,
        unitId: unitId ?? '',
        addressee: draft.addressee.trim() || null,
        matter: draft.matter,
        reason: draft.text,
        demands: draft.demands.split('\n').filter((line) => line.trim() !== ''),
        ...(props.problemIds ? { problemIds: [...props.problemIds] } : {}),
        keepers: draft.kind === 'transfer' ? [...draft.keepers] : [],
      },
    });
  return (
    <Modal
      open
      title="提请督促措施"
      okText="提请"
      cancelText="返回"
      width={720}
      okButtonProps={{ disabled: unitId === null }}
      confirmLoading={making.busy}
      mask={{ closable: false }}
      onOk={send}
      onCancel={props.onClose}
    >
      <p className="g-quiet">提请之后由另一位同志（分管领导或安委办）审批；批准后由安委办印发送达。</p>
      {props.unitId ? null : (
        <Labelled id={`${id}-unit`} label="对哪个单位" must>
          <UnitPicker id={`${id}-unit`} label="对哪个单位" value={unitId} onChange={setUnitId} />
        </Labelled>
      )}
      <ProposalFields
        draft={draft}
        onChange={(change) => setDraft({ ...draft, ...change })}
        without={may('pressure.direct') ? [] : ['transfer']}
      />
      {isOutward(draft.kind) ? null : <p className="g-quiet">主送单位留空的，就是被督促的单位。</p>}
      <RefusalAlert refusal={making.refusal} onResend={() => void making.resend()} />
    </Modal>
  );
}

import { Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { type CheckLine, lookBacks } from './look-back-client.ts';

/** The checker's result: still rectified, or not; with what he saw and photos. Not rectified reopens the problem. */
export function LookBackResult({ item, onClose }: { item: CheckLine; onClose: () => void }) {
  const { today } = useSession();
  const [still, setStill] = useState<boolean | null>(null);
  const [text, setText] = useState('');
  const [fileIds, setFileIds] = useState<string[]>([]);
  const [newDue, setNewDue] = useState<string | null>(null);
  const acting = useAct(lookBacks.recordCheck, { onDone: onClose });
  return (
    <Modal
      open
      title={`登记核查结果：${item.number}`}
      okText={still === false ? '认定整改不实，重新打开' : '登记结果'}
      cancelText="返回"
      width={680}
      confirmLoading={acting.busy}
      okButtonProps={{ disabled: still === null, danger: still === false }}
      mask={{ closable: false }}
      onOk={() =>
        void acting.act({
          params: { id: item.id },
          body: {
            version: item.version,
            still: still === true,
            text,
            fileIds,
            ...(still === false ? { newDue } : {}),
          },
        })
      }
      onCancel={onClose}
    >
      <p className="g-quiet">{item.title}</p>
      <Radio.Group value={still} onChange={(event) => setStill(event.target.value as boolean)} aria-label="核查结果">
        <Radio value={true}>整改属实，仍然到位</Radio>
        <Radio value={false}>整改不实，没有到位或者已经反弹</Radio>
      </Radio.Group>
      {still === false ? (
        <p className="g-quiet">登记后问题按原编号重新打开，结果计入销号单位和复查人的销号质量。</p>
      ) : null}
      <Labelled id="check-text" label={still === false ? '哪里没有整改到位' : '现场核查的情况'} must>
        <Input.TextArea
          id="check-text"
          autoSize={{ minRows: 3, maxRows: 8 }}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Labelled>
      {still === false ? (
        <Labelled id="check-due" label="新的整改时限" must>
          <DayPicker id="check-due" label="新的整改时限" value={newDue} from={today} onChange={setNewDue} />
        </Labelled>
      ) : null}
      <EvidenceField
        itemKind="lookBackItem"
        itemId={item.id}
        label="现场照片（必填）"
        hint="本次核查时拍的照片或者取得的材料"
        files={[]}
        chosen={fileIds}
        onChange={setFileIds}
      />
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} />
    </Modal>
  );
}

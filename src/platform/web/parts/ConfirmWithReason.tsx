import { Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { RefusedError } from '../refused.ts';
import { RefusalAlert } from './RefusalAlert.tsx';

/**
 * Asks once more before an act, with the reason that the act needs. Stays open with the refusal in it, so that what was
 * typed is not lost; the page closes it when the act was acknowledged.
 */
export function ConfirmWithReason(props: {
  open: boolean;
  title: string;
  says?: ReactNode;
  /** Label of the reason; without it no reason is asked. */
  reasonLabel?: string;
  reasonRequired?: boolean;
  confirmLabel: string;
  danger?: boolean;
  busy?: boolean;
  refusal?: RefusedError | null;
  onConfirm: (reason: string) => void;
  onCancel: () => void;
  children?: ReactNode;
}) {
  const id = useId();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const needs = props.reasonLabel !== undefined && props.reasonRequired !== false;
  const confirm = () => {
    setMissing(needs && reason.trim() === '');
    if (!needs || reason.trim() !== '') props.onConfirm(reason.trim());
  };
  return (
    <Modal
      open={props.open}
      title={props.title}
      okText={props.confirmLabel}
      cancelText="返回"
      okButtonProps={{ danger: props.danger ?? false }}
      confirmLoading={props.busy ?? false}
      mask={{ closable: false }}
      afterClose={() => {
        setReason('');
        setMissing(false);
      }}
      onOk={confirm}
      onCancel={props.onCancel}
    >
      {props.says ? <p>{props.says}</p> : null}
      {props.children}
      {props.reasonLabel === undefined ? null : (
        <div className="g-field">
          <label htmlFor={id}>
            {props.reasonLabel}
            {needs ? <span className="g-must">（必填）</span> : null}
          </label>
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={1000}
            value={reason}
            status={missing ? 'error' : ''}
            onChange={(event) => setReason(event.target.value)}
          />
          {missing ? (
            <p role="alert" className="g-wrong">
              请填写{props.reasonLabel}。
            </p>
          ) : null}
        </div>
      )}
      <RefusalAlert refusal={props.refusal} onResend={confirm} />
    </Modal>
  );
}

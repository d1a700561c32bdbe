import { Modal } from 'antd';
import type { ReactNode } from 'react';
import type { RefusedError } from '../refused.ts';
import { RefusalAlert } from './RefusalAlert.tsx';

/**
 * A dialog that sends one act: what is asked stands inside, why it was refused below. It does not close by a click beside it,
 * which would lose what was typed. For the actions of a case with a draft that is kept: `CaseDialog`.
 */
export function ActDialog(props: {
  title: string;
  okText: string;
  acting: { readonly busy: boolean; readonly refusal: RefusedError | null; readonly resend: () => Promise<unknown> };
  width?: number;
  danger?: boolean;
  disabled?: boolean;
  onSend: () => void;
  onClose: () => void;
  onRefresh?: () => void;
  children: ReactNode;
}) {
  const { acting } = props;
  return (
    <Modal
      open
      title={props.title}
      okText={props.okText}
      cancelText="返回"
      okButtonProps={{ danger: props.danger ?? false, disabled: props.disabled ?? false }}
      confirmLoading={acting.busy}
      mask={{ closable: false }}
      onOk={props.onSend}
      onCancel={props.onClose}
      {...(props.width === undefined ? {} : { width: props.width })}
    >
      {props.children}
      <RefusalAlert
        refusal={acting.refusal}
        onResend={() => void acting.resend()}
        {...(props.onRefresh ? { onRefresh: props.onRefresh } : {})}
      />
    </Modal>
  );
}

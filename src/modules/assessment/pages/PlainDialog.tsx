import { Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { RouteContract } from '../../../kernel/contract.ts';
import type { ApiCall, InputOf } from '../../../platform/web/client.ts';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';

/** An act that asks for no more than a text, or for nothing but a yes. */
export function PlainDialog(props: {
  title: string;
  okText: string;
  says?: ReactNode;
  /** Label of the text; absent: nothing is asked. */
  label?: string;
  danger?: boolean;
  call: ApiCall<RouteContract>;
  params: { readonly id: string };
  body: (text: string) => Readonly<Record<string, unknown>>;
  onClose: () => void;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const acting = useAct(props.call, { onDone: props.onClose });
  return (
    <Modal
      open
      title={props.title}
      okText={props.okText}
      cancelText="返回"
      okButtonProps={{ danger: props.danger ?? false }}
      confirmLoading={acting.busy}
      mask={{ closable: false }}
      onOk={() =>
        void acting.act({ params: props.params, body: props.body(text) } as unknown as InputOf<RouteContract>)
      }
      onCancel={props.onClose}
    >
      {props.says ? <p className="g-quiet">{props.says}</p> : null}
      {props.label ? (
        <Labelled id={`${id}-text`} label={props.label} must>
          <Input.TextArea
            id={`${id}-text`}
            rows={3}
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Labelled>
      ) : null}
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} />
    </Modal>
  );
}

import { type ReactNode, useState } from 'react';
import type { RouteContract } from '../../../kernel/contract.ts';
import type { ApiCall, InputOf } from '../../../platform/web/client.ts';
import { ActDialog } from '../../../platform/web/parts/ActDialog.tsx';
import { TextField } from '../../../platform/web/parts/TextField.tsx';
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
  const [text, setText] = useState('');
  const acting = useAct(props.call, { onDone: props.onClose });
  return (
    <ActDialog
      title={props.title}
      okText={props.okText}
      danger={props.danger ?? false}
      acting={acting}
      onSend={() =>
        void acting.act({ params: props.params, body: props.body(text) } as unknown as InputOf<RouteContract>)
      }
      onClose={props.onClose}
    >
      {props.says ? <p className="g-quiet">{props.says}</p> : null}
      {props.label ? <TextField label={props.label} value={text} onChange={setText} /> : null}
    </ActDialog>
  );
}

import { Button, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { RefusedError } from '../refused.ts';
import { useSession } from '../session.tsx';
import { RefusalAlert } from './RefusalAlert.tsx';

/** One act that can be done to all ticked rows; `asks` is what its form needs, in the room's own words. */
export interface BatchChoice<Action extends string, Asks extends string> {
  readonly action: Action;
  readonly label: string;
  readonly permission: string;
  readonly asks?: Asks;
}

/** What became of the ticked rows: done, or refused with the reason of each. */
export interface BatchResult {
  readonly done: number;
  readonly refused: number;
  readonly rows: readonly {
    readonly id: string;
    readonly number: string;
    readonly title: string;
    readonly done: boolean;
    readonly says: string;
  }[];
}

/** The same act on all chosen rows; afterwards it says row by row what was done and what was refused, and why. */
export function BatchBar<Action extends string, Asks extends string>(props: {
  choices: readonly BatchChoice<Action, Asks>[];
  chosen: number;
  /** 「件任务」: what is counted. */
  counted: string;
  addressOf: (id: string) => string;
  /** The controls that the chosen act asks for. */
  fields: (asks: Asks | undefined) => ReactNode;
  send: (action: Action) => Promise<BatchResult | null>;
  busy: boolean;
  /** How far it has come, in words, while it runs. */
  progress?: string | null;
  refusal: RefusedError | null;
  onResend?: () => void;
  onClear: () => void;
  onDone: () => void;
}) {
  const { may } = useSession();
  const [action, setAction] = useState<Action | null>(null);
  const [open, setOpen] = useState(false);
  const [result, setResult] = useState<BatchResult | null>(null);
  const choice = props.choices.find((one) => one.action === action);
  const close = () => {
    setOpen(false);
    if (result) props.onDone();
    setResult(null);
    props.onClear();
  };
  const send = async () => {
    if (action !== null) setResult(await props.send(action));
  };
  const usable = props.choices.filter((one) => may(one.permission));
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
      <Button disabled={props.chosen === 0 || action === null} onClick={() => setOpen(true)}>
        办理所选
      </Button>
      {props.chosen === 0 ? <span className="g-quiet">先在表格左边勾选，再选办理事项</span> : null}
      <Modal
        open={open}
        title={`${choice?.label ?? ''}：所选 ${props.chosen} ${props.counted}`}
        okText={result ? '知道了' : '确认办理'}
        cancelText="返回"
        confirmLoading={props.busy}
        mask={{ closable: false }}
        onOk={result ? close : () => void send()}
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
                    <Link to={props.addressOf(row.id)}>
                      {row.number} {row.title}
                    </Link>
                    ：{row.says}
                  </li>
                ))}
            </ul>
          </div>
        ) : (
          <>
            {props.fields(choice?.asks)}
            <p className="g-quiet">办得成的照办；不能办的不受影响，会逐件说明原因。</p>
            {props.progress ? <p role="status">{props.progress}</p> : null}
            <RefusalAlert refusal={props.refusal} {...(props.onResend ? { onResend: props.onResend } : {})} />
          </>
        )}
      </Modal>
    </>
  );
}

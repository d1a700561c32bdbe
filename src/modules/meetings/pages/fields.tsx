import { Button, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useId } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import './meetings.css';

interface Field<T> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly must?: boolean;
  readonly says?: string;
}

/** One line, or several where `rows` is given. */
export function Words(props: Field<string> & { rows?: number; max?: number; placeholder?: string }) {
  const id = useId();
  const { label, value, onChange, must = false, says, rows, max = 500, placeholder } = props;
  const common = { id, value, maxLength: max, ...(placeholder ? { placeholder } : {}) };
  return (
    <Labelled id={id} label={label} must={must} {...(says ? { says } : {})}>
      {rows ? (
        <Input.TextArea {...common} rows={rows} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <Input {...common} onChange={(event) => onChange(event.target.value)} />
      )}
    </Labelled>
  );
}

export function DayField(props: Field<string | null> & { from?: string; to?: string }) {
  const id = useId();
  const { label, value, onChange, must = false, says, from, to } = props;
  return (
    <Labelled id={id} label={label} must={must} {...(says ? { says } : {})}>
      <DayPicker
        id={id}
        label={label}
        value={value}
        onChange={onChange}
        {...(from ? { from } : {})}
        {...(to ? { to } : {})}
      />
    </Labelled>
  );
}

export function NumberField(props: Field<number> & { min?: number; max?: number }) {
  const id = useId();
  const { label, value, onChange, must = false, says, min = 0, max = 100_000 } = props;
  return (
    <Labelled id={id} label={label} must={must} {...(says ? { says } : {})}>
      <InputNumber
        id={id}
        aria-label={label}
        min={min}
        max={max}
        value={value}
        onChange={(next) => onChange(next ?? min)}
      />
    </Labelled>
  );
}

export function Choose<T extends string>(
  props: Field<T> & { options: readonly { readonly value: T; readonly label: string }[] },
) {
  const id = useId();
  return (
    <Labelled id={id} label={props.label} must={props.must ?? false} {...(props.says ? { says: props.says } : {})}>
      <Select<T>
        id={id}
        aria-label={props.label}
        value={props.value}
        style={{ width: '100%' }}
        options={props.options.map((one) => ({ ...one }))}
        onChange={props.onChange}
      />
    </Labelled>
  );
}

/** Under its label, a control that brings its own. */
export function Under(props: { label: string; must?: boolean; says?: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <Labelled id={id} label={props.label} must={props.must ?? false} {...(props.says ? { says: props.says } : {})}>
      {props.children(id)}
    </Labelled>
  );
}

/** Lines that may be added and taken away. `one` draws the controls of a line; its labels should name the line. */
export function Lines<T>(props: {
  legend: string;
  add: string;
  lines: readonly T[];
  blank: T;
  onChange: (lines: T[]) => void;
  one: (line: T, change: (part: Partial<T>) => void, at: number) => ReactNode;
  fixed?: boolean;
}) {
  const { lines, onChange } = props;
  return (
    <fieldset className="g-rows">
      <legend>{props.legend}</legend>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name of its own while it is typed in
        <div key={at} className="g-entry-row">
          {props.one(
            line,
            (part) => onChange(lines.map((old, index) => (index === at ? { ...old, ...part } : old))),
            at,
          )}
          {props.fixed ? null : (
            <Button aria-label={`删去第${at + 1}行`} onClick={() => onChange(lines.filter((_, index) => index !== at))}>
              删去
            </Button>
          )}
        </div>
      ))}
      {props.fixed ? null : <Button onClick={() => onChange([...lines, props.blank])}>{props.add}</Button>}
    </fieldset>
  );
}

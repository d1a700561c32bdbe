import { Input } from 'antd';
import { useId } from 'react';
import { Labelled } from './Labelled.tsx';

/** Some lines of text under their label; has to be filled in unless `must` is false. */
export function TextField(props: {
  label: string;
  value: string;
  onChange: (text: string) => void;
  must?: boolean;
  rows?: number;
  maxLength?: number;
}) {
  const id = useId();
  return (
    <Labelled id={id} label={props.label} must={props.must ?? true}>
      <Input.TextArea
        id={id}
        rows={props.rows ?? 3}
        maxLength={props.maxLength ?? 500}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Labelled>
  );
}

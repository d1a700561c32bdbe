import { Select } from 'antd';

/** A choice among few words. */
export function Choice<T extends string>(props: {
  id: string;
  label: string;
  value: T | null;
  options: readonly { readonly value: T; readonly label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <Select<T>
      id={props.id}
      aria-label={props.label}
      value={props.value}
      style={{ width: '100%' }}
      options={props.options.map((one) => ({ ...one }))}
      onChange={props.onChange}
    />
  );
}

import { DatePicker } from 'antd';
import dayjs from 'dayjs';

/** A day as `YYYY-MM-DD` text, or null. Takes typed days too. */
export function DayPicker(props: {
  value: string | null | undefined;
  onChange: (day: string | null) => void;
  label: string;
  id?: string;
  /** First and last day that can be chosen. */
  from?: string;
  to?: string;
  disabled?: boolean;
  required?: boolean;
}) {
  return (
    <DatePicker
      {...(props.id === undefined ? {} : { id: props.id })}
      aria-label={props.label}
      placeholder="年-月-日"
      format={['YYYY-MM-DD', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD']}
      value={props.value ? dayjs(props.value) : null}
      {...(props.from === undefined ? {} : { minDate: dayjs(props.from) })}
      {...(props.to === undefined ? {} : { maxDate: dayjs(props.to) })}
      allowClear={!props.required}
      disabled={props.disabled ?? false}
      onChange={(picked) => props.onChange(picked ? picked.format('YYYY-MM-DD') : null)}
    />
  );
}

import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useMemo } from 'react';

/** The same object for the same day: a new one at each drawing would throw away what is being typed. */
const useDay = (day: string | null | undefined) => useMemo(() => (day ? dayjs(day) : null), [day]);

const formats = ['YYYY-MM-DD', 'YYYY/M/D', 'YYYY.M.D', 'YYYYMMDD'];

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
  const value = useDay(props.value);
  const first = useDay(props.from);
  const last = useDay(props.to);
  return (
    <DatePicker
      {...(props.id === undefined ? {} : { id: props.id })}
      aria-label={props.label}
      placeholder="年-月-日"
      format={formats}
      value={value}
      {...(first === null ? {} : { minDate: first })}
      {...(last === null ? {} : { maxDate: last })}
      allowClear={!props.required}
      disabled={props.disabled ?? false}
      onChange={(picked) => props.onChange(picked ? picked.format('YYYY-MM-DD') : null)}
    />
  );
}

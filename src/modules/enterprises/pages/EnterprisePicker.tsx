import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useRead } from '../../../platform/web/use-read.ts';
import { api, type EnterpriseLine } from './enterprises-client.ts';

/** Chooses one enterprise or place out of those in sight: name, number, code or pinyin initials find it. */
export function EnterprisePicker(props: {
  label: string;
  id?: string;
  value: string | null;
  disabled?: boolean;
  /** `chosen` is null when the choice was cleared. */
  onChange: (enterpriseId: string | null, chosen: EnterpriseLine | null) => void;
  /** One that cannot be chosen. */
  without?: string;
}) {
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  const choices = useRead(api.enterpriseChoices, {
    query: { ...(q === '' ? {} : { q }), ...(props.value === null ? {} : { id: props.value }) },
  });
  const rows = (choices.data?.rows ?? []).filter((row) => row.id !== props.without);
  return (
    <Select<string>
      {...(props.id ? { id: props.id } : {})}
      aria-label={props.label}
      style={{ width: '100%' }}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      disabled={props.disabled ?? false}
      placeholder="输入名称、编号或拼音首字母查找"
      loading={choices.isFetching}
      notFoundContent={choices.isFetching ? '正在查找…' : '没有找到，请换个写法；名录里没有的请先登记。'}
      value={rows.some((row) => row.id === props.value) ? (props.value ?? null) : (null as unknown as string)}
      options={rows.map((row) => ({
        value: row.id,
        label: `${row.name}（${row.number}${row.townName ? `，${row.townName}` : ''}）`,
      }))}
      onChange={(value: string | undefined) =>
        props.onChange(value ?? null, rows.find((row) => row.id === value) ?? null)
      }
    />
  );
}

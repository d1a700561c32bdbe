import { Select } from 'antd';
import { useEffect, useState } from 'react';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { enterprisesApi } from '../../enterprises/api.ts';

const api = client(enterprisesApi);
export type EnterpriseLine = ResponseOf<typeof enterprisesApi.enterpriseChoices>['rows'][number];

/** What was typed, when the typing has paused. */
function usePaused(text: string, ms: number): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return paused;
}

/** Chooses one enterprise or place by name, number, code or pinyin initials, searched as one types. */
export function EnterpriseChoice(props: {
  id?: string;
  label: string;
  value: string | null;
  /** Gives the whole line, so that the form can fill in its place and its units. */
  onChange: (line: EnterpriseLine | null) => void;
  disabled?: boolean;
}) {
  const [typed, setTyped] = useState('');
  const q = usePaused(typed.trim(), 250);
  const own = useRead(api.enterpriseChoices, { query: { id: props.value ?? '' } }, { enabled: props.value !== null });
  const found = useRead(api.enterpriseChoices, { query: { q } }, { enabled: q !== '' });
  const rows = q === '' ? (props.value === null ? [] : (own.data?.rows ?? [])) : (found.data?.rows ?? []);
  return (
    <Select
      {...(props.id ? { id: props.id } : {})}
      aria-label={props.label}
      style={{ width: '100%' }}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      disabled={props.disabled ?? false}
      placeholder="输入名称、编号、信用代码或拼音首字母查找"
      loading={found.isFetching}
      value={props.value}
      notFoundContent={
        q === '' ? '请输入名称中的两个字' : found.isFetching ? '正在查找…' : '名录里没有，可以在下面直接写明对象'
      }
      options={rows.map((row) => ({ value: row.id, label: row.address ? `${row.name}（${row.address}）` : row.name }))}
      onChange={(id: string | undefined) => {
        props.onChange(rows.find((row) => row.id === id) ?? null);
        setTyped('');
      }}
    />
  );
}

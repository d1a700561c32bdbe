import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useRead } from '../../../platform/web/use-read.ts';
import { openStates } from '../lifecycle.ts';
import { api } from './problems-client.ts';

/** Chooses another open problem by its number or words: where a duplicate is merged to. */
export function ProblemChoice(props: {
  id: string;
  label: string;
  value: string | null;
  without: string;
  onChange: (id: string | null) => void;
}) {
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useRead(
    api.listProblems,
    { query: { q, state: [...openStates], pageSize: 20 } },
    { enabled: q.length > 1 },
  );
  const chosen = useRead(api.viewProblem, { params: { id: props.value ?? '' } }, { enabled: props.value !== null });
  const rows = [
    ...(chosen.data && props.value !== null ? [chosen.data.problem] : []),
    ...(found.data?.rows ?? []).filter((row) => row.id !== props.without && row.id !== props.value),
  ];
  return (
    <Select
      id={props.id}
      aria-label={props.label}
      style={{ width: '100%' }}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder="输入编号或内容中的两个字查找"
      loading={found.isFetching}
      value={props.value}
      notFoundContent={q.length < 2 ? '请输入编号或内容中的两个字' : '没有找到还没有了结的问题'}
      options={rows.map((row) => ({ value: row.id, label: `${row.number} ${row.title}（${row.leadUnitName}）` }))}
      onChange={(id: string | undefined) => props.onChange(id ?? null)}
    />
  );
}

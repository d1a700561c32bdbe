import { Select } from 'antd';
import { useMemo } from 'react';
import { client } from '../../../platform/web/client.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../api.ts';
import { type UnitKind, unitKinds } from '../unit.ts';

const api = client(unitsApi);

interface Common {
  readonly label: string;
  readonly id?: string;
  /** Only units of these kinds. */
  readonly kinds?: readonly UnitKind[];
  /** Units that cannot be chosen. */
  readonly without?: readonly string[];
  readonly disabled?: boolean;
}

/** Existing units as choices, grouped by kind; typed characters find the name, the short name and pinyin initials. */
function useChoices(kinds: readonly UnitKind[] | undefined, without: readonly string[] | undefined) {
  const tree = useRead(api.readUnitTree);
  const options = useMemo(() => {
    const wanted = (tree.data?.units ?? []).filter(
      (unit) => (!kinds || kinds.includes(unit.kind)) && !without?.includes(unit.id),
    );
    return (Object.keys(unitKinds) as UnitKind[]).flatMap((kind) => {
      const own = wanted.filter((unit) => unit.kind === kind);
      if (own.length === 0) return [];
      return [
        {
          label: unitKinds[kind],
          title: unitKinds[kind],
          options: own.map((unit) => ({
            value: unit.id,
            label: unit.name,
            search: `${unit.name} ${unit.shortName ?? ''} ${unit.search}`.toLowerCase(),
          })),
        },
      ];
    });
  }, [tree.data, kinds, without]);
  return { options, loading: tree.isLoading };
}

const found = (typed: string, option?: object): boolean =>
  option !== undefined && 'search' in option && String(option.search).includes(typed.trim().toLowerCase());

/** Chooses one existing unit. */
export function UnitPicker(props: Common & { value: string | null; onChange: (unitId: string | null) => void }) {
  const { options, loading } = useChoices(props.kinds, props.without);
  return (
    <Select
      {...(props.id ? { id: props.id } : {})}
      aria-label={props.label}
      style={{ width: '100%' }}
      showSearch={{ filterOption: found }}
      allowClear
      placeholder="输入名称或拼音首字母查找"
      loading={loading}
      disabled={props.disabled ?? false}
      value={props.value}
      options={options}
      onChange={(value: string | undefined) => props.onChange(value ?? null)}
    />
  );
}

/** Chooses several existing units. */
export function UnitsPicker(props: Common & { value: readonly string[]; onChange: (unitIds: string[]) => void }) {
  const { options, loading } = useChoices(props.kinds, props.without);
  return (
    <Select
      {...(props.id ? { id: props.id } : {})}
      mode="multiple"
      aria-label={props.label}
      style={{ width: '100%' }}
      showSearch={{ filterOption: found }}
      placeholder="输入名称或拼音首字母查找"
      loading={loading}
      disabled={props.disabled ?? false}
      value={[...props.value]}
      options={options}
      onChange={(value: string[]) => props.onChange(value)}
    />
  );
}

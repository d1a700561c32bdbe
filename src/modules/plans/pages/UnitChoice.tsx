import { Select } from 'antd';
import { client } from '../../../platform/web/client.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../../units/api.ts';
import type { MentionTarget } from '../plan.ts';

const units = client(unitsApi);

export interface UnitNames {
  readonly options: readonly { readonly value: string; readonly label: string; readonly search: string }[];
  readonly byKey: ReadonlyMap<string, MentionTarget>;
  readonly names: readonly string[];
}

/** All units and groups of the jurisdiction, for choosing; the keys are `unit:` or `group:` and the id. */
export function useUnitNames(): UnitNames {
  const tree = useRead(units.readUnitTree, {});
  const groups = useRead(units.listGroups, { query: {} });
  const unitRows = tree.data?.units ?? [];
  const groupRows = groups.data?.rows ?? [];
  const options = [
    ...unitRows.map((unit) => ({
      value: `unit:${unit.id}`,
      label: unit.name,
      search: `${unit.name}${unit.shortName ?? ''} ${unit.search}`.toLowerCase(),
    })),
    ...groupRows.map((group) => ({
      value: `group:${group.id}`,
      label: `${group.name}（${group.memberCount}家）`,
      search: `${group.name}${group.aliases.join('')}`.toLowerCase(),
    })),
  ];
  const byKey = new Map<string, MentionTarget>([
    ...unitRows.map((unit): [string, MentionTarget] => [
      `unit:${unit.id}`,
      { kind: 'unit', id: unit.id, name: unit.name },
    ]),
    ...groupRows.map((group): [string, MentionTarget] => [
      `group:${group.id}`,
      { kind: 'group', id: group.id, name: group.name },
    ]),
  ]);
  return { options, byKey, names: [...unitRows.map((unit) => unit.name), ...groupRows.map((group) => group.name)] };
}

/** Chooses one unit or class of units, by part of its name or by pinyin initials. */
export function UnitChoice(props: {
  names: UnitNames;
  label: string;
  disabled?: boolean;
  onChoose: (target: MentionTarget) => void;
}) {
  return (
    <Select
      aria-label={props.label}
      className="p-unit-choice"
      size="small"
      placeholder="选其他单位或一类单位"
      value={null}
      disabled={props.disabled ?? false}
      showSearch={{
        filterOption: (typed, option) => (option?.search ?? '').includes(typed.trim().toLowerCase()),
      }}
      options={[...props.names.options]}
      onChange={(key: string | null) => {
        const target = key === null ? undefined : props.names.byKey.get(key);
        if (target) props.onChoose(target);
      }}
    />
  );
}

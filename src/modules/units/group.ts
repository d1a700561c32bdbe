import { holdsOn, type UnitKind } from './unit.ts';

/**
 * Classes of units that plan documents name without listing them. Which units belong to a class is data of the
 * jurisdiction: a group carries the class that it stands for.
 */
export const unitClasses = {
  towns: '各镇（街道）',
  townsOnly: '各镇（乡）',
  streets: '各街道',
  zones: '各开发区（园区）',
  townsAndZones: '各镇（街道）、开发区',
  committeeMembers: '安委会成员单位',
  sectorCommittees: '各专委会',
  supervisors: '负有安全生产监督管理职责的部门',
  departments: '有关部门和单位',
  campaignLeads: '专项整治牵头部门',
} as const;
export type UnitClass = keyof typeof unitClasses;
export const unitClassCodes = Object.keys(unitClasses) as UnitClass[];

/** Who belongs to a group by what he is. All conditions that are given must hold. */
export interface GroupRule {
  readonly kinds?: readonly UnitKind[];
  /** Begin of the division code. */
  readonly areaCode?: string;
  /** Units whose name ends like one of these (街道, 镇). */
  readonly nameEnds?: readonly string[];
  /** Exceptions by id. */
  readonly except?: readonly string[];
}

export interface GroupMember {
  readonly unitId: string;
  readonly from: string | null;
  readonly to: string | null;
}

export interface GroupUnit {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly areaCode: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * Who belongs to the group on `day`: members of a list whose time covers it, or existing units that meet the rule.
 * Units that do not exist on that day are left out of both. In the order of `units`.
 */
export function membersOn(
  group: { readonly kind: 'list' | 'rule'; readonly rule: GroupRule | null; readonly members: readonly GroupMember[] },
  units: readonly GroupUnit[],
  day: string,
): string[] {
  const there = units.filter((unit) => holdsOn(unit.from, unit.to, day));
  if (group.kind === 'list') {
    const on = new Set(group.members.filter((one) => holdsOn(one.from, one.to, day)).map((one) => one.unitId));
    return there.filter((unit) => on.has(unit.id)).map((unit) => unit.id);
  }
  const { rule } = group;
  if (rule === null || (!rule.kinds?.length && !rule.areaCode && !rule.nameEnds?.length)) return [];
  return there
    .filter((unit) => !rule.kinds?.length || rule.kinds.some((kind) => kind === unit.kind))
    .filter((unit) => !rule.areaCode || unit.areaCode.startsWith(rule.areaCode))
    .filter((unit) => !rule.nameEnds?.length || rule.nameEnds.some((end) => unit.name.endsWith(end)))
    .filter((unit) => !rule.except?.includes(unit.id))
    .map((unit) => unit.id);
}

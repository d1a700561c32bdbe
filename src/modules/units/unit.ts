import type { UnitId } from '../../kernel/ids.ts';

/** What a unit is, in the order in which lists show them. */
export const unitKinds = {
  committeeOffice: '安委办',
  sectorCommittee: '专委会',
  partyOffice: '党委机构',
  department: '政府部门',
  organ: '人大政协、法检、群团',
  town: '镇街',
  zone: '开发区',
  subordinate: '下属单位',
  village: '村（社区）',
  enterprise: '企业',
} as const;
export type UnitKind = keyof typeof unitKinds;
export const unitKindCodes = Object.keys(unitKinds) as UnitKind[];

/** What a person does in a unit; the title (局长, 科员) is free text beside it. */
export const postDuties = {
  principal: '主要负责人',
  inCharge: '分管负责人',
  liaison: '联络员',
  staff: '工作人员',
} as const;
export type PostDuty = keyof typeof postDuties;

export const seatParts = { leader: '组长', deputy: '副组长', member: '成员' } as const;
export type SeatPart = keyof typeof seatParts;

/** What other rooms need to show a unit. */
export interface UnitCard {
  readonly id: UnitId;
  readonly name: string;
  readonly shortName: string | null;
  readonly kind: UnitKind;
  readonly areaCode: string;
  readonly parentId: UnitId | null;
}

/** Name of a unit as mentions and imports compare it: widths, brackets and white space made equal. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff]/g, '')
    .replace(/[〔【[{「『《]/g, '(')
    .replace(/[〕】\]}」』》]/g, ')')
    .replace(/[·•‧]/g, '·');

/** True where something that begins and ends on these days (both included, null = open) holds on `day`. */
export const holdsOn = (from: string | null, to: string | null, day: string): boolean =>
  (from === null || from <= day) && (to === null || day <= to);

/** 企业 or 公共场所: what is registered; both stand in one register with one series of numbers. */
export const enterpriseKinds = { enterprise: '企业', place: '公共场所' } as const;
export type EnterpriseKind = keyof typeof enterpriseKinds;

export const enterpriseStates = { active: '在营', stopped: '停业', closed: '注销' } as const;
export type EnterpriseState = keyof typeof enterpriseStates;

/** Size by the statistical classes 大中小微. */
export const enterpriseSizes = { large: '大型', medium: '中型', small: '小型', micro: '微型' } as const;
export type EnterpriseSize = keyof typeof enterpriseSizes;

/** Colours of graded risk, worst first. */
export const riskColours = {
  red: '红（重大风险）',
  orange: '橙（较大风险）',
  yellow: '黄（一般风险）',
  blue: '蓝（低风险）',
} as const;
export type RiskColour = keyof typeof riskColours;

/** Series of the human numbers: 企-2026-0042. */
export const enterpriseSeries = '企';

/** What other rooms need to show an enterprise. */
export interface EnterpriseCard {
  readonly id: string;
  readonly jurisdiction: string;
  readonly number: string;
  readonly kind: EnterpriseKind;
  readonly name: string;
  readonly creditCode: string | null;
  readonly sector: string | null;
  readonly address: string | null;
  readonly areaCode: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly grid: string | null;
  readonly regulatorUnitId: string | null;
  readonly townUnitId: string | null;
  readonly state: EnterpriseState;
  readonly risk: RiskColour | null;
  readonly mergedInto: string | null;
}

/** What a person fills in about an enterprise or place; empty means not known. */
export interface EnterpriseDraft {
  readonly kind: EnterpriseKind;
  readonly name: string;
  readonly creditCode?: string | null;
  readonly sector?: string | null;
  readonly industry?: string | null;
  readonly address?: string | null;
  readonly areaCode?: string | null;
  readonly longitude?: number | null;
  readonly latitude?: number | null;
  readonly grid?: string | null;
  readonly gridCode?: string | null;
  readonly regulatorUnitId?: string | null;
  readonly townUnitId?: string | null;
  readonly legalPerson?: string | null;
  readonly safetyHead?: string | null;
  readonly safetyPhone?: string | null;
  readonly size?: EnterpriseSize | null;
  readonly headcount?: number | null;
  readonly risk?: RiskColour | null;
  readonly note?: string | null;
}

/** The fields of a draft in the order in which pages and change notes list them, with what people call them. */
export const fieldWords = {
  kind: '类别',
  name: '名称',
  creditCode: '统一社会信用代码',
  sector: '行业领域',
  industry: '国民经济行业代码',
  address: '地址',
  areaCode: '区划代码',
  longitude: '经度',
  latitude: '纬度',
  grid: '网格',
  gridCode: '网格编码',
  regulatorUnitId: '直接监管单位',
  townUnitId: '属地',
  legalPerson: '法定代表人',
  safetyHead: '安全负责人',
  safetyPhone: '安全负责人电话',
  size: '规模',
  headcount: '从业人数',
  risk: '风险等级',
  note: '备注',
} as const satisfies Record<keyof EnterpriseDraft, string>;
export type EnterpriseField = keyof typeof fieldWords;

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff]/g, '')
    .replace(/[〔【[{「『《]/g, '(')
    .replace(/[〕】\]}」』》]/g, ')');

/** A name as registers compare it: widths, brackets and white space made equal. */
export const enterpriseKey = (name: string): string => plain(name).toLowerCase();

/** An address as registers compare it: punctuation dropped too, because every list writes it differently. */
export const addressKey = (address: string | null | undefined): string =>
  plain(address ?? '')
    .toLowerCase()
    .replace(/[,，.。、;；:：#()-]/g, '');

/** The name without what differs from list to list: brackets, the legal form, 省市区 at the head are kept. */
export const nameCore = (name: string): string => {
  const key = enterpriseKey(name).replace(/\([^()]*\)/g, '');
  const core = key.replace(
    /(?:集团)?(?:股份有限公司|有限责任公司|有限公司|股份公司|总公司|公司|\(个体工商户\)|个体工商户|经营部|工作室)$/,
    '',
  );
  return core.length >= 2 ? core : key;
};

/** What to call it in a sentence, with its number. */
export const calledEnterprise = (one: { readonly number: string; readonly name: string }): string =>
  `${one.number}「${one.name}」`;

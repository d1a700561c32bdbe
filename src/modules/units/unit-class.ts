import type { UnitClass } from './group.ts';

export interface ClassMention {
  readonly class: UnitClass;
  /** True for 有关, 相关, 其他: only some of the class are meant, and the text does not say which. */
  readonly some: boolean;
}

const TOWNS = /^(?:镇街|乡街|镇街道|乡镇|乡镇街|乡镇街道|镇乡街道|街镇|街道镇|街道乡镇|镇办|乡镇办|地|地区)$/;
const ZONE = /(?:开发区|功能区|园区|工业园|高新区)+$/;
const COMMITTEE = /^(?:安委会|安全生产委员会)?成员单位$/;
const SECTOR = /^(?:安委会)?(?:安全)?(?:生产)?(?:专委会|专业委员会|专业委)$/;
const SUPERVISORS = /^负有安全生产?(?:监督|监管)(?:管理)?(?:和?行业(?:监督)?管理)?职责的?(?:部门|单位|部门单位)$/;
const DEPARTMENTS = /^(?:职能|职责|责任|行业主管|行业监管|监管|主管)?(?:部门|单位|部门单位)$/;
const LEADS = /专项(?:整治|治理)?(?:行动)?.{0,4}牵头(?:部门|单位|部门单位)$/;

/**
 * Recognises a class of units by the drafting conventions of the genre: 各镇（街道）, 区安委会各成员单位,
 * 区有关部门和单位, 负有安全生产监督管理职责的部门 … Null when the text names no class. `text` comes from nameKey().
 * It does NOT say who belongs to the class: that is data of the jurisdiction.
 */
export function classOf(text: string): ClassMention | null {
  let rest = text.replace(/^(?:全|本|我)?[区县市旗州](?=各|有关|相关|其他|级|安委|安全生产|负有|专|部门|直|\d)/, '');
  rest = rest.replace(/^(?:级|直)/, '');
  const some = /有关|相关|其他|其它/.test(rest);
  const every = /各/.test(rest);
  rest = rest.replace(/各|有关|相关|其他|其它|全部|所有/g, '').replace(/[()、和与及及其,/]/g, '');
  const found = (name: UnitClass): ClassMention => ({ class: name, some });
  if (TOWNS.test(rest) && (every || rest.length > 2 || rest === '乡镇' || some)) return found('towns');
  if (every && /^(?:镇|乡)$/.test(rest)) return found('townsOnly');
  if (/^街道?$/.test(rest) && (every || rest === '街道')) return found('streets');
  const zone = ZONE.exec(rest);
  if (zone && (every || /[(]/.test(text))) {
    const before = rest.slice(0, zone.index).replace(/区$/, '');
    if (before === '') return every ? found('zones') : null;
    if (TOWNS.test(before) || /^(?:镇|街道)$/.test(before)) return found('townsAndZones');
  }
  if (COMMITTEE.test(rest)) return found('committeeMembers');
  if (SECTOR.test(rest)) return found('sectorCommittees');
  if (SUPERVISORS.test(rest)) return found('supervisors');
  if (LEADS.test(rest)) return found('campaignLeads');
  if (DEPARTMENTS.test(rest) && (every || some || /职能|部门/.test(rest))) return found('departments');
  return null;
}
